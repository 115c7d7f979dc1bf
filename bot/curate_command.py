"""The commands of `attache curate`, as typer reads them; what they do is in `curate.py`, imported when one is run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import settings

if TYPE_CHECKING:
    from bot.curation.desk import Curation
    from bot.curation.drafts import Action, Draft, SourceDraft
    from bot.curation.queue import Queue

app = typer.Typer(
    no_args_is_help=True,
    help="Change the facts: find, show, add, correct, end, dispute, confirm, retire, history, undo, review.",
)

Words = Annotated[list[str], typer.Argument(metavar="WORDS", help="A question, names and what it is about, or an id.")]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="The knowledge folder (else KNOWLEDGE_DIR).")]
Yes = Annotated[bool, typer.Option("--yes", help="Save without being asked.")]
Name = Annotated[str, typer.Option("--name", help="Who you are (else git's user.name); taken at your word.")]
Reason = Annotated[str, typer.Option("--reason", help="Why it is changed.")]
Url = Annotated[
    list[str] | None, typer.Option("--source", metavar="URL", help="The page that shows it; again for more.")
]
Title = Annotated[list[str] | None, typer.Option("--title", help="The title of each page, in order.")]
Publisher = Annotated[list[str] | None, typer.Option("--publisher", help="The publisher of each page, in order.")]
Published = Annotated[list[str] | None, typer.Option("--published", metavar="DATE", help="The date of each page.")]
Kind = Annotated[str, typer.Option("--kind", help="official, news, reference, scholarly or opinion.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Of which day it is (else the newest page's).")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Since when: a date, 'by DATE' or 'unknown'.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="The first day on which it is over.")]
Note = Annotated[str | None, typer.Option("--note", help="A sentence that goes with the answer.")]
Text = Annotated[str | None, typer.Option("--text", help="The sentence that is the answer.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason that an answer tells.")]
Not = Annotated[bool | None, typer.Option("--no/--yes-it-does", help="That it is not so, by a source.")]
Narrows = Annotated[list[str] | None, typer.Option("--narrows", metavar="NAME=VALUE", help="The narrower sense.")]


@app.command()
def find(words: Words, knowledge: Knowledge = None) -> None:
    """List the facts that are meant."""
    from bot import curate

    with _desk(knowledge) as desk:
        engine = desk.live.engine
        facts = curate.found(engine, " ".join(words))
        for fact in facts:
            typer.echo(curate.told(engine, fact))
        if not facts:
            typer.echo("nothing on file", err=True)


@app.command()
def show(words: Words, knowledge: Knowledge = None) -> None:
    """Print a fact as its file has it, and where."""
    from bot import curate

    with _desk(knowledge) as desk:
        shown = desk.show(curate.chosen(desk, " ".join(words)))
        if shown is not None:
            typer.echo(f"{shown.path}:{shown.line}\n{shown.text}", nl=False)


@app.command()
def add(
    relation: Annotated[str, typer.Argument(help="What it says: the title of a relation.")],
    one: Annotated[list[str] | None, typer.Option("--subject", "--one", help="Who; again for several.")] = None,
    two: Annotated[list[str] | None, typer.Option("--object", "--other", help="Whom; again for several.")] = None,
    no: Not = None, since: Since = None, until: Until = None, text: Text = None, note: Note = None, why: Why = None,
    narrows: Narrows = None, as_of: AsOf = None, url: Url = None, title: Title = None, publisher: Publisher = None,
    published: Published = None, kind: Kind = "news", reason: Reason = "", name: Name = "", yes: Yes = False,
    knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """Add a fact."""
    from bot import curate
    from bot.curation.drafts import Draft

    with _desk(knowledge) as desk:
        engine = desk.live.engine
        draft = Draft(
            "add", reason, relation=curate.relation(engine, relation), holds=None if no is None else not no,
            narrows=_pairs(narrows), since=since, until=until, text=text, note=note, why=why, as_of=as_of,
            sources=_sources(url, title, publisher, published, kind),
        )  # fmt: skip
        draft = curate.placed(engine, draft, one or (), two or ())
        raise typer.Exit(curate.carried_out(_queue(desk), draft, name, yes=yes))


@app.command()
def correct(
    words: Words, no: Not = None, since: Since = None, until: Until = None, text: Text = None, note: Note = None,
    why: Why = None, narrows: Narrows = None, as_of: AsOf = None,
    drop: Annotated[list[str] | None, typer.Option("--drop-source", metavar="ID", help="A page to take out.")] = None,
    url: Url = None, title: Title = None, publisher: Publisher = None, published: Published = None, kind: Kind = "news",
    reason: Reason = "", name: Name = "", yes: Yes = False, knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """Correct a fact; an empty text takes a key out."""
    from bot.curation.drafts import Draft

    draft = Draft(
        "correct", reason, holds=None if no is None else not no, narrows=_pairs(narrows), since=since, until=until,
        text=text, note=note, why=why, as_of=as_of, drop_sources=tuple(drop or ()),
        sources=_sources(url, title, publisher, published, kind),
    )  # fmt: skip
    _change(words, draft, name, knowledge, yes=yes)


@app.command()
def end(
    words: Words, until: Until = None, note: Note = None, url: Url = None, title: Title = None,
    publisher: Publisher = None, published: Published = None, kind: Kind = "news", as_of: AsOf = None,
    reason: Reason = "", name: Name = "", yes: Yes = False, knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """Say until when a fact was so; it stays on file."""
    _simple("end", words, url, title, publisher, published, kind, as_of, reason, name, knowledge, yes, until, note)


@app.command()
def confirm(
    words: Words, url: Url = None, title: Title = None, publisher: Publisher = None, published: Published = None,
    kind: Kind = "news", as_of: AsOf = None, reason: Reason = "", name: Name = "", yes: Yes = False,
    knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """Say that a fact is still so, seen on this page."""
    _simple("confirm", words, url, title, publisher, published, kind, as_of, reason, name, knowledge, yes)


@app.command()
def retire(words: Words, reason: Reason = "", name: Name = "", yes: Yes = False, knowledge: Knowledge = None) -> None:
    """Keep a fact as history only: it never answers again."""
    _simple("retire", words, None, None, None, None, "news", None, reason, name, knowledge, yes)


@app.command()
def dispute(
    words: Words,
    by: Annotated[list[str], typer.Option("--by", help="Whose side; twice.")],
    says: Annotated[list[str], typer.Option("--says", help="What they say; twice, in the same order.")],
    url: Url = None, title: Title = None, publisher: Publisher = None, published: Published = None, kind: Kind = "news",
    reason: Reason = "", name: Name = "", yes: Yes = False, knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """Say that a fact is disputed: both sides, and a page for each, in order."""
    from bot.curation.drafts import Draft, SideDraft

    pages = _sources(url, title, publisher, published, kind)
    if not len(by) == len(says) == len(pages):
        raise typer.BadParameter("give --by, --says and --source once for each side, in the same order")
    sides = tuple(SideDraft(who, said, (page,)) for who, said, page in zip(by, says, pages, strict=True))
    _change(words, Draft("dispute", reason, sides_said=sides), name, knowledge, yes=yes)


@app.command()
def history(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    lines: Annotated[bool, typer.Option("--lines", help="With the lines before and after.")] = False,
    knowledge: Knowledge = None,
) -> None:
    """Tell who changed what, when and why."""
    from bot import curate

    with _desk(knowledge) as desk:
        fact = curate.chosen(desk, " ".join(words)) if words else ""
        curate.print_history(desk.history(fact, limit), whole=lines)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The number of the change, as the history tells it.")],
    reason: Reason = "", name: Name = "", knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """Take a change back, by a further change."""
    from bot import curate

    with _desk(knowledge) as desk:
        raise typer.Exit(curate.undone(_queue(desk), number, reason, name))


@app.command()
def review(
    number: Annotated[int | None, typer.Argument(metavar="[NUMBER]", help="A proposal; else those that wait.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Save what it holds.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Turn it down; give the --reason.")] = False,
    reason: Reason = "", name: Name = "", yes: Yes = False, knowledge: Knowledge = None,
) -> None:  # fmt: skip
    """List what others propose, show one proposal, accept or reject it."""
    from bot import curate_review

    if (number is None and (accept or reject)) or (accept and reject):
        raise typer.BadParameter("give one number, and --accept or --reject")
    with _desk(knowledge) as desk:
        queue = _queue(desk)
        if number is None:
            raise typer.Exit(curate_review.listed(queue))
        if reject:
            raise typer.Exit(curate_review.rejected(queue, number, reason, name))
        raise typer.Exit(curate_review.looked_at(queue, number, name, accept=accept, yes=yes))


def _queue(desk: "Curation") -> "Queue":
    from bot.curate import now
    from bot.curation.queue import Queue

    return Queue(desk, desk.store, now, settings().second_curator)


def _simple(
    action: "Action", words: list[str], url: list[str] | None, title: list[str] | None, publisher: list[str] | None,
    published: list[str] | None, kind: str, as_of: str | None, reason: str, name: str, knowledge: Path | None,
    yes: bool, until: str | None = None, note: str | None = None,
) -> None:  # fmt: skip
    from bot.curation.drafts import Draft

    sources = _sources(url, title, publisher, published, kind)
    _change(
        words, Draft(action, reason, until=until, note=note, as_of=as_of, sources=sources), name, knowledge, yes=yes
    )


def _change(words: list[str], draft: "Draft", name: str, knowledge: Path | None, *, yes: bool) -> None:
    from dataclasses import replace

    from bot import curate

    with _desk(knowledge) as desk:
        fact = curate.chosen(desk, " ".join(words))
        raise typer.Exit(curate.carried_out(_queue(desk), replace(draft, fact=fact), name, yes=yes))


class _desk:  # noqa: N801 - used as a verb
    """The desk, open for one command."""

    def __init__(self, knowledge: Path | None) -> None:
        self.folder = knowledge or settings().knowledge_dir

    def __enter__(self) -> "Curation":
        from bot import curate

        self.made = curate.opened(self.folder, settings().cache_dir, settings().state_url)
        return self.made

    def __exit__(self, *_: object) -> None:
        self.made.store.close()


def _pairs(narrows: list[str] | None) -> dict[str, str] | None:
    if narrows is None:
        return None
    pairs = [part.partition("=") for part in narrows if part]
    if not all(sign and value for _, sign, value in pairs):
        raise typer.BadParameter("write NAME=VALUE", param_hint="--narrows")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _sources(
    url: list[str] | None, title: list[str] | None, publisher: list[str] | None, published: list[str] | None, kind: str
) -> "tuple[SourceDraft, ...]":
    """The pages; what is not given of one is empty, which is enough for one that is on file."""
    from bot.curation.drafts import SourceDraft

    def at(held: list[str] | None, index: int) -> str:
        return held[index] if held and index < len(held) else ""

    return tuple(
        SourceDraft(
            url=address,
            title=at(title, index),
            publisher=at(publisher, index),
            published=at(published, index),
            kind=kind,
        )
        if "://" in address
        else SourceDraft(id=address)
        for index, address in enumerate(url or ())
    )
