"""What people see in the terminal: an answer, the explanation of a reading, a list of sources.

Comes in: answers and what they rest on. Goes out: lines of text, wrapped and coloured on a terminal, plain elsewhere.
Colour is never the only sign: a word and an icon say the same. Must not know: how a question is read or answered.
"""

import io
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, Suggestion
from bot.answers.words import verdict_apart
from bot.engine import Engine
from bot.questions.text import words
from bot.small_print import agrees, marked, period

SOURCES_SHOWN = 5  # a long list of sources hides the answer; `/sources` and `--json` give all
WIDEST = 96  # columns; longer lines are hard to read
BULLET = "• "

_ICONS = {"yes": ("✓", "green"), "no": ("✗", "red"), "disputed": ("⇄", "yellow")}
_STATUS_ICONS = {
    "answered": ("•", "blue"), "clarify": ("?", "yellow"), "no_record": ("○", "yellow"), "not_understood": ("–", "red"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `lead` in the margin, then `word` (styled alike) and `text`, whose further rows hang beneath them.

    A `whole` one (an address) is never broken, so that it can be copied.
    """

    text: str = ""
    lead: str = ""
    indent: int = 2
    style: str = ""
    lead_style: str = ""
    word: str = ""
    whole: bool = False


def print_answer(engine: Engine, answer: Answer, *, more: str = "", claimed: bool = False) -> None:
    """An answer with all that it rests on. `more` tells how to see the sources that are left out.

    What was `claimed` is told to be the same as what is on file, or not.
    """
    print_lines(answer_lines(engine, answer, more=more, claimed=claimed))


def print_trace(engine: Engine, answer: Answer) -> None:
    """What each step of the reading saw, which gate decided, and what the answer rests on."""
    print_lines(trace_lines(engine, answer))


def answer_lines(engine: Engine, answer: Answer, *, more: str = "", claimed: bool = False) -> list[Line]:
    """The lines of an answer: what is said, since when and as of which day, caveats, sources, suggestions."""
    said, *items = answer.text.split("\n")
    icon, colour = _STATUS_ICONS[answer.status]
    if answer.status == "answered":
        icon, colour = _ICONS.get(marked(engine, answer), (icon, colour))
    verdict, rest = verdict_apart(said)
    word, same = f"{verdict}. " if verdict else "", agrees(answer) if claimed else None
    if same is not None:
        (icon, colour), word = _ICONS["yes" if same else "no"], "The same is on file. " if same else "Not so on file. "
    lines = [Line(rest, f"{icon} ", 0, lead_style=f"bold {colour}", word=word)]
    lines += [Line(item.removeprefix(BULLET), BULLET) for item in items]
    dates = _dates(engine, answer)
    if dates:
        lines.append(Line(dates, style="dim"))
    if answer.reading and words(answer.reading) != words(answer.question):
        lines.append(Line(f"Read as: {answer.reading}", style="dim"))
    lines += [Line(caveat, "! ", lead_style="bold yellow") for caveat in answer.caveats]
    if answer.suggestions:
        if answer.status != "clarify":
            lines.append(Line("Did you mean:"))
        lines += suggestion_lines(answer.suggestions)
    if answer.sources:
        lines += [Line(), *source_lines(engine, answer.sources[:SOURCES_SHOWN])]
        left = len(answer.sources) - SOURCES_SHOWN
        if left > 0:
            lines.append(Line(f"and {left} more{more and f'; {more}'}", indent=6, style="dim"))
    return lines


def suggestion_lines(suggestions: Sequence[Suggestion]) -> list[Line]:
    """Questions that could be asked instead, numbered."""
    return [Line(s.text, f"{number}. ", lead_style="bold") for number, s in enumerate(suggestions, 1)]


def source_lines(engine: Engine, ids: Iterable[str], *, accessed: bool = False) -> list[Line]:
    """Sources, numbered: publisher, title and date, and the address beneath."""
    lines = []
    for number, id_ in enumerate(ids, 1):
        source = engine.kb.source(id_)
        date = f"{engine.composer.words.date(source.published)}" if source.published else "undated"
        told = f"{date}{', inferred' if source.inferred else ''}"
        if accessed:
            told += f"; {source.kind}; read on {engine.composer.words.date(source.accessed)}"
        lines.append(Line(f"{source.publisher}: {source.title} ({told})", f"[{number}] ", lead_style="dim"))
        addresses = (source.url, source.archive_url if accessed else None)
        lines += [Line(url, indent=6, style="cyan", whole=True) for url in addresses if url]
    return lines


def trace_lines(engine: Engine, answer: Answer) -> list[Line]:
    """The steps of the reading, a label before each; then the facts and lists that speak."""
    steps = [_labelled(step) for step in answer.trace] or [("", "chosen from the questions that were offered")]
    rests = [("fact", _fact_told(engine, id_)) for id_ in answer.facts]
    rests += [("list", f"{id_} (complete)") for id_ in answer.coverages]
    if not rests and answer.status == "no_record":
        rests = [("", "nothing on file")]
    width = max(len(label) for label, _ in (*steps, *rests)) + 2
    lines = [Line("How this was read", indent=0, style="bold")]
    for index, (label, told) in enumerate((*steps, *rests)):
        if index == len(steps):
            lines.append(Line("What the answer rests on", indent=0, style="bold"))
        lines.append(Line(told, f"{label:<{width}}", lead_style="dim"))
    return lines


def _labelled(step: str) -> tuple[str, str]:
    """A step of the trace as label and text: "names: mali = mali" is ("names", "mali = mali")."""
    label, colon, told = step.partition(": ")
    return (label, told) if colon and len(label.split()) <= 2 else ("", step)


def _fact_told(engine: Engine, id_: str) -> str:
    fact = engine.kb.fact(id_)
    return f"{id_} (as of {fact.as_of}; {', '.join(fact.sources)})"


def _dates(engine: Engine, answer: Answer) -> str:
    """ "Since 31 August 2025 · as of 28 June 2026"; the verdict too where the text does not begin with it."""
    told = []
    if marked(engine, answer) and answer.verdict not in {word.lower() for word in words(answer.text.partition(".")[0])}:
        told.append(f"verdict: {answer.verdict}")
    if len(answer.facts) == 1 and answer.query is not None and answer.query.form not in ("which", "how_many"):
        told += [] if answer.query.detail else period(engine, answer, engine.kb.fact(answer.facts[0]), answer.query)
    if answer.as_of:
        told.append(f"as of {engine.composer.words.date(answer.as_of)}")
    text = " · ".join(told)
    return text[:1].upper() + text[1:]


# --- writing


def safe(text: str) -> str:
    """Text that cannot move the cursor, colour, reverse or break lines: controls are shown as a replacement sign."""
    return "".join("\ufffd" if _unsafe(character) else character for character in text)


def _unsafe(character: str) -> bool:
    kind = unicodedata.category(character)
    joiner = character in "\u200c\u200d"  # Persian spelling and composed emoji need these two
    return kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and not joiner)


def print_lines(lines: Iterable[Line]) -> None:
    """Write lines to standard output, wrapped and coloured if that is a terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if sys.stdout.isatty():
        _print_rich(lines)
    else:
        for line in lines:
            sys.stdout.write(f"{' ' * line.indent}{line.lead}{safe(line.word + line.text)}".rstrip() + "\n")
    sys.stdout.flush()


def _print_rich(lines: Iterable[Line]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    width = min(console.width, WIDEST)
    for line in lines:
        lead = Text(" " * line.indent).append(line.lead, line.lead_style)
        text = Text().append(safe(line.word), line.lead_style).append(safe(line.text), line.style)
        if line.whole:
            console.print(lead + text, soft_wrap=True)
            continue
        for row, part in enumerate(text.wrap(console, max(width - lead.cell_len, 12)) or [Text()]):
            printed = (lead if row == 0 else Text(" " * lead.cell_len)) + part
            printed.rstrip()
            console.print(printed, soft_wrap=True)
