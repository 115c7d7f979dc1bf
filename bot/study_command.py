"""`attache study` and `attache brief`: cards and briefs to take along.

Comes in: what somebody typed, and the knowledge base. Goes out: files, or a brief on standard output.
"""

import datetime
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.ask import open_engine
from bot.choices import entities_named
from bot.engine import Engine
from bot.knowledge.dates import first_day
from bot.settings import settings

app = typer.Typer(no_args_is_help=True, help="Learn from the same facts: cards to take along.")

Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="As of this day (YYYY-MM-DD).")]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="The knowledge folder (else KNOWLEDGE_DIR).")]


@app.callback()
def study() -> None:
    """Learn from the same facts: cards to take along."""


@app.command()
def export(
    topic: Annotated[
        str | None, typer.Argument(help="A relation, a group, or whom it is about; everything, if left out.")
    ] = None,
    listed: Annotated[
        str | None, typer.Option("--list", metavar="QUESTION", help="The facts that answer this question instead.")
    ] = None,
    anki: Annotated[Path | None, typer.Option("--anki", metavar="FILE", help="Write a package for Anki.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write a table.")] = None,
    today: Today = None,
    knowledge: Knowledge = None,
) -> None:
    """Write cards for Anki, or a table of them. A later export updates the cards and keeps what was learned."""
    from bot.study import anki_package
    from bot.study import export as cards
    from bot.study.basis import Asker
    from bot.study.making import Maker

    if anki is None and csv is None:
        raise typer.BadParameter("give --anki FILE, --csv FILE or both")
    if topic is not None and listed is not None:
        raise typer.BadParameter("give a topic or --list, not both")
    engine, now = open_engine(knowledge or settings().knowledge_dir, settings().cache_dir), _now()
    day = _day(today) or now.date()
    facts = _of_list(engine, listed, day) if listed is not None else _of_topic(engine, topic, day)
    made = list(cards.taken(engine.kb, Maker(Asker(engine, day)), facts))
    if not made:
        raise typer.BadParameter("nothing on file there can be asked")
    if anki is not None:
        anki.write_bytes(anki_package.write(made, now))
    if csv is not None:
        csv.write_bytes(cards.to_csv(made))
    sys.stdout.write(f"{len(made)} cards\n")


def brief(
    name: Annotated[str, typer.Argument(help="Whom the brief is of.")],
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write a page to print.")] = None,
    md: Annotated[Path | None, typer.Option("--md", metavar="FILE", help="Write Markdown.")] = None,
    today: Today = None,
    knowledge: Knowledge = None,
) -> None:
    """Write a brief of one page: what is on file, each line with its date and sources. Else Markdown is printed."""
    from bot.study import brief_markdown, brief_pdf
    from bot.study.brief import brief as made_of
    from bot.study.brief import cited

    engine = open_engine(knowledge or settings().knowledge_dir, settings().cache_dir)
    day = _day(today) or _now().date()
    made = made_of(engine, _entity(engine, name, day), day)
    if not made.sections:
        raise typer.BadParameter(f"nothing for a brief is on file about {made.name}", param_hint="NAME")
    text = brief_markdown.write(made, cited(engine, made))
    if md is not None:
        md.write_text(text, encoding="utf-8", newline="\n")
    if pdf is not None:
        pdf.write_bytes(brief_pdf.write(made, lambda short: cited(engine, short)))
    if md is None and pdf is None:
        sys.stdout.write(text)


def _of_topic(engine: Engine, typed: str | None, day: datetime.date) -> Iterable[str]:
    from bot.study.topics import ANYTHING, facts_of, topic_of

    found = None if typed is None else topic_of(engine, typed, day)
    if typed is not None and found is None:
        raise typer.BadParameter(f"'{typed}' is no topic, or may be several: write the whole name", param_hint="TOPIC")
    return facts_of(engine.kb, ANYTHING if found is None else found.key, day)


def _of_list(engine: Engine, question: str, day: datetime.date) -> Iterable[str]:
    made = engine.ask(question, today=day)
    if made.status != "answered":
        raise typer.BadParameter(made.text, param_hint="--list")
    return made.facts


def _entity(engine: Engine, typed: str, day: datetime.date) -> str:
    heads = {kind for r in engine.kb.relations.values() if r.digest for role in r.roles for kind in role}
    found = entities_named(engine, typed, day, heads)
    if len(found) == 1:
        return found[0]
    names = ", ".join(engine.kb.entities[id_].name for id_ in found)
    problem = f"'{typed}' may be {names}" if found else f"'{typed}' is no {' or '.join(sorted(heads))} on file"
    raise typer.BadParameter(problem, param_hint="NAME")


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return first_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--today") from error


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
