"""Checks a whole knowledge folder: every file, everything across files, every way to ask."""

import datetime
from dataclasses import dataclass
from typing import Any

from bot.answers.compose import Composer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check import check_rows
from bot.knowledge.load import Parts, Rows, load_rows
from bot.knowledge.problems import Problem
from bot.questions.compiled import compile_language
from bot.questions.read import Reader


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking: the rows, the compiled language, and every problem."""

    rows: Rows
    compiled: dict[str, Any]
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """The problems that forbid serving."""
        return [p for p in self.problems if p.severity == "error"]


def check_files(
    files: dict[str, bytes], today: datetime.date | None = None, *, examples: bool = False,
    compiled: dict[str, Any] | None = None, parts: Parts | None = None,
) -> Checked:  # fmt: skip
    """Check files by content. With `examples`, also ask every example of every intent.

    `compiled` is the language as it was compiled from the same language files (`language_print`), which were found
    sound then, and are not looked at again; `parts` is what was read of these or other files before, and is added to.
    """
    day = today or datetime.datetime.now(datetime.UTC).date()
    rows, problems = load_rows(files, parts)
    problems += check_rows(rows, day, language=compiled is None)
    known = compiled
    compiled = {}
    faulty = any(p.severity == "error" and p.path.startswith("intents/") for p in problems)
    if not rows.unread and rows.shared and not faulty:  # lines are compiled only if what they rest on is sound
        kb = KnowledgeBase(rows.plain(), "")
        if known is None:
            compiled, faults = compile_language(kb)
            problems += [_placed(rows, fault) for fault in faults]
        else:
            compiled = known
        if examples and not any(p.severity == "error" for p in problems):
            problems += check_examples(rows, Reader(kb, compiled), day)
    return Checked(rows, compiled, sorted(set(problems)))


def _placed(rows: Rows, fault: Problem) -> Problem:
    """A fault of the language files, with the file and line of the entry that it names."""
    path, line = rows.origin.get(fault.path, (fault.path, 1))
    return Problem(path, line, fault.message, fault.hint, fault.severity)


def check_examples(rows: Rows, reader: Reader, today: datetime.date) -> list[Problem]:
    """Every example must be won by its own intent and mean what it says; every `never` must not be."""
    problems = []
    composer = Composer(reader.kb)
    for file in rows.intents:
        for id_, intent in file["intents"].items():
            path, line = rows.origin[f"intent {id_}"]
            for example in intent.get("examples", ()):
                said = _compare(reader, id_, example, today) or _worded(reader, composer, example, today)
                if said:
                    problems.append(
                        Problem(path, line, f"{id_}: '{example['q']}' {said}", "mend the line or the example")
                    )
            for sentence in intent.get("never", ()):
                reading = reader.read(sentence, (), today)
                if reading.query is not None and reading.query.rule == id_:
                    problems.append(
                        Problem(path, line, f"{id_}: '{sentence}' must not match, but does", "narrow a line")
                    )
    return problems


def _worded(reader: Reader, composer: Composer, example: dict[str, Any], today: datetime.date) -> str:
    """Whether the answer to an example has words: a template that nobody wrote leaves an empty sentence."""
    query = reader.read(example["q"], (), today).query
    made = composer.answer(query, today) if query else None
    if made and not made.text.strip():
        return f"is answered with an empty text ({made.status}); word that outcome under `answers:`"
    return "" if made and made.reading.strip() else "has no `reading:` under `answers:`, which says how it was read"


def _compare(reader: Reader, id_: str, example: dict[str, Any], today: datetime.date) -> str:
    reading = reader.read(example["q"], (), today)
    query = reading.query
    if query is None:
        return f"is not read ({reading.status}: {reading.reason}; {'; '.join(reading.trace)})"
    if query.rule != id_:
        return f"is won by {query.rule} ('{reading.line}')"
    for place in ("subject", "object"):
        wanted = example.get(place)
        held = getattr(query, place)
        names = None if wanted is None else (wanted,) if isinstance(wanted, str) else tuple(wanted)
        if query.named is None and names != held:
            return f"has {place} {held}, not {names}"
    if example.get("narrows", {}) != dict(query.narrows):
        return f"narrows {dict(query.narrows)}, not {example.get('narrows', {})}"
    wanted_at = example.get("at")
    if wanted_at != (query.at.text if query.at else None):
        return f"asks about {query.at.text if query.at else 'today'}, not {wanted_at or 'today'}"
    return ""
