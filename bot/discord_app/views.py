"""What stands behind the buttons of a card: sources, history, why, a citation, a list as a file.

Comes in: an Answer, made anew from the query that the button carries. Goes out: Cards within Discord's limits, or plain
text. Must not know: who pressed.
"""

import datetime
from collections.abc import Callable

from bot.answers.answer import Answer
from bot.answers.digest import fact_lines
from bot.answers.evidence import statements
from bot.answers.words import Words
from bot.discord_app import sources
from bot.discord_app.body import dated, named
from bot.discord_app.custom_ids import Kind
from bot.discord_app.escape import clean, escape, fence
from bot.discord_app.limits import fit, paged, size
from bot.discord_app.parts import Card, Row, Rule, Text, held, turner
from bot.engine import Engine
from bot.knowledge.records import Fact
from bot.questions.thresholds import ANSWER_SCORE, MARGIN

BUDGET = 3300  # characters of a page, its title and buttons apart
SOURCES = 8  # on a page
LINES = 14

_LABELS = {"words": "Words", "names": "Names", "times": "Times", "matched": "Matched", "unknown words": "Unknown words"}


def sources_card(engine: Engine, answer: Answer, page: int = 1) -> Card:
    """All sources of an answer, with kind, the day each was read, and archived copies."""
    words = engine.composer.words
    told = [sources.full(words, number, id_, BUDGET) for number, id_ in enumerate(answer.sources, 1)]
    return _pages(Kind.SOURCES, "📚 Sources", answer, told or ["No source is on file."], SOURCES, page, apart=True)


def history_card(engine: Engine, answer: Answer, page: int = 1) -> Card:
    """The facts of the statement, whenever they held, as a dated list, oldest first."""
    told: dict[str, None] = {}
    for fact in history(engine, answer):
        told.update(dict.fromkeys(dated(line.removeprefix("• ")) for line in fact_lines(engine.composer, fact)))
    lines = [line for line in told if line] or ["No dated fact is on file."]
    return _pages(Kind.HISTORY, "🕰️ History", answer, lines, LINES, page)


def history(engine: Engine, answer: Answer) -> list[Fact]:
    """The facts that an answer rests on, and all others of the same statement, oldest first."""
    facts = {id_: engine.kb.fact(id_) for id_ in answer.facts}
    if answer.query and answer.query.participants():
        facts.update((f.id, f) for f in statements(engine.kb, answer.query, any_narrowing=True))
    return sorted(facts.values(), key=lambda fact: fact.since.date or fact.as_of)


def why_card(engine: Engine, answer: Answer) -> Card:
    """How the question was read, by which rule, and what the answer rests on."""
    pages = paged(why_lines(engine, answer), BUDGET)
    return Card((Text("\n".join(["### 🔎 Why this answer", *pages[0]])),))


def why_lines(engine: Engine, answer: Answer) -> list[str]:
    """The steps of the reading, the score and what came second, and the facts: a line of markdown each."""
    query, lines = answer.query, []
    if answer.reading:
        lines.append(f"**Read as** {escape(answer.reading)}")
    if query:
        lines.append(f"**Rule** {escape(query.rule)}")
    for step in answer.trace:
        label, colon, told = step.partition(": ")
        shown = _LABELS.get(label) or (escape(label[:1].upper() + label[1:]) if colon and len(label) < 16 else "")
        lines.append(f"**{shown}** {fit(escape(told), 400)}" if shown and told else fit(escape(step), 400))
    if answer.trace:
        lines.append(f"**Score** {answer.score:.2f}; an answer needs {ANSWER_SCORE:.2f}")
        if answer.status in ("answered", "no_record") and not any("ask back" in step for step in answer.trace):
            lines.append(f"**Runner-up** none came within {MARGIN}; if one had, you would have been asked which")
    else:
        lines.append("-# How it was worded is not kept. This is the question as it was read.")
    rests = [f"- {escape(id_)}, as of {engine.composer.words.date(engine.kb.fact(id_).as_of)}" for id_ in answer.facts]
    rests += [f"- {escape(id_)}, a complete list" for id_ in answer.coverages]
    shown_rests = rests[:12]
    if len(rests) > len(shown_rests):
        shown_rests.append(f"- and {len(rests) - len(shown_rests)} more")
    lines.append("**Rests on**" if rests else "**Rests on** nothing: none is on file")
    return [*lines, *shown_rests]


def citation_card(engine: Engine, answer: Answer, today: datetime.date) -> Card:
    """A reference to copy, in a code block: there it is shown, and copied, as it is."""
    text = citation(engine, answer, today, BUDGET)
    return Card((Text(f"### 🔖 Citation\n{fence(text)}"),))


def citation(engine: Engine, answer: Answer, today: datetime.date, budget: int = 100_000) -> str:
    """A plain-text reference with the day of access, in at most `budget` characters; whole sources only."""
    words = engine.composer.words
    asked = clean(answer.reading or answer.question)
    as_of = f" As of {words.date(answer.as_of)}." if answer.as_of else ""
    head = fit(f"“{asked}” {clean(answer.text)}", budget // 2)
    text = f"{head}{as_of} Attaché, accessed {words.date(today.isoformat())}."
    if not answer.sources:
        return text
    text += " Sources:"
    for number, id_ in enumerate(answer.sources, 1):
        line = f"\n[{number}] {_reference(words, id_)}"
        more = f"\n(and {len(answer.sources) - number + 1} more)"
        if size(text) + size(line) + size(more) > budget:
            return text + more
        text += line
    return text


def list_file(engine: Engine, answer: Answer, today: datetime.date) -> str:
    """A list as a text file: what it is a list of, one name a line, and the citation."""
    names = [clean(engine.kb.entities[id_].name) for id_ in named(engine.kb, answer)]
    head = clean(answer.reading or answer.question)
    return "\n".join([head, f"{len(names)} names", "", *names, "", citation(engine, answer, today), ""])


def gone_card(version: int | None = None) -> Card:
    """What a button says that is no longer understood: of another version, or about something no longer on file."""
    text = "This button comes from another version of me" if version else "What this button asks about is not on file"
    return Card((Text(f"{text}, so I cannot act on it. Please ask the question again."),))


def _reference(words: Words, id_: str) -> str:
    source = words.kb.source(id_)
    parts = [clean(source.publisher), f"“{clean(source.title)}”", clean(sources.published(words, source))]
    if source.url:
        parts.append(clean(source.url))
    return f"{', '.join(parts)} (read {words.date(source.accessed)})"


def _pages(
    kind: Kind, title: str, answer: Answer, blocks: list[str], most: int, page: int, *, apart: bool = False
) -> Card:
    """A page of blocks under a title; `apart` sets them off from one another."""
    pages = paged(blocks, BUDGET, most)
    page = min(max(page, 1), len(pages))
    asked = [fit(f"-# {escape(answer.reading)}", 300)] if answer.reading else []
    made: list[Text | Rule | Row] = [Text("\n".join([f"### {title}", *asked])), Rule()]
    made += [Text(text) for text in (pages[page - 1] if apart else ["\n".join(pages[page - 1])])]
    made += turner(kind, answer.query, page, len(pages))
    return Card(tuple(made), None, held(made, {0: answer.query}))


Page = Callable[[Engine, Answer, int], Card]
PAGED: dict[Kind, Page] = {Kind.SOURCES: sources_card, Kind.HISTORY: history_card}
