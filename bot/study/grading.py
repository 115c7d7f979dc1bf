"""Grading what somebody typed, with the same names, spellings and dates as the reading of questions.

Comes in: an engine, a question as it was asked, a text. Goes out: a `Grade`. Special characters never decide.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.choices import entities_named
from bot.engine import Engine
from bot.questions.text import fold, tokenise, words
from bot.study.asked import DATE, ENTITY, ORDER, VERDICT, Asked
from bot.study.basis import Asker
from bot.study.phrases import Phrases
from bot.study.typed_dates import typed_dates
from bot.study.wording import placed

MOST = 200  # characters of an answer; more is a remark, not an answer

RIGHT, WRONG, UNREAD = "right", "wrong", "unread"


@dataclass(frozen=True, slots=True)
class Grade:
    """What came of a typed answer: RIGHT, WRONG, or UNREAD for what is no answer to this question at all.

    `picks` are the places of the choices that it names, in order; empty where it names something else.
    """

    verdict: str
    picks: tuple[int, ...] = ()


def grade(asker: Asker, asked: Asked, typed: str, *, strict: bool = False) -> Grade:
    """Grade a typed answer.

    Lenient: a misspelt name counts if it is near one name only, and a date if it is right as far as it goes. Strict: a
    name must be spelt as one of its names is, accents and marks aside, and a date be as exact as the choices are.
    """
    if len(typed) > MOST or not (typed.strip()):
        return Grade(UNREAD)
    picks = _picked(asked, typed)
    if picks:
        return _graded(asked, picks)
    phrases = Phrases(asker.engine.kb)
    for text in _bare(typed, phrases.words("before")):
        made = _GRADERS[asked.wanted.sort](asker, asked, text, strict)
        if made.verdict != UNREAD:
            return made
    return Grade(UNREAD)


def _graded(asked: Asked, picks: tuple[int, ...]) -> Grade:
    return Grade(RIGHT if picks == asked.right else WRONG, picks)


def _picked(asked: Asked, typed: str) -> tuple[int, ...]:
    """The choices that are told by their number or letter ("2", "b", "3 1 4 2"), or word for word."""
    count = len(asked.choices)
    same = [place for place, choice in enumerate(asked.choices) if squashed(choice) == squashed(typed)]
    if len(same) == 1 and asked.wanted.sort != ORDER:
        return (same[0],)
    parts = re.findall(r"[a-z]+|\d+", typed.casefold())
    wanted = count if asked.wanted.sort == ORDER else 1
    if wanted > 1 and len(parts) == 1 and len(parts[0]) == wanted:
        parts = list(parts[0])
    places = [_place(part) for part in parts]
    if len(places) != wanted or len(set(places)) != wanted or not all(0 <= place < count for place in places):
        return ()
    if asked.wanted.sort == VERDICT and not parts[0].isdigit():
        return ()  # "d" may be short for a word
    return tuple(places)


def _place(part: str) -> int:
    if part.isdigit():
        return int(part) - 1 if len(part) < 3 else -1
    return ord(part) - ord("a") if len(part) == 1 else -1


def squashed(text: str) -> str:
    """Letters and digits alone, accents folded: what is left when special characters never decide."""
    return "".join(character for character in fold(text) if character.isalnum())


def _bare(typed: str, before: Sequence[str]) -> Iterable[str]:
    """The text, and the text without what people say before an answer ("I think it is …"), the least off first."""
    yield typed
    rest = [token.raw for token in tokenise(typed) if not token.mark]
    leads = sorted((words(phrase) for phrase in before), key=len, reverse=True)
    while rest:
        said = words(" ".join(rest))
        lead = next((lead for lead in leads if lead and said[: len(lead)] == lead), None)
        if lead is None or len(lead) >= len(rest):
            return
        rest = rest[len(lead) :]
        yield " ".join(rest)


def _verdict(asker: Asker, asked: Asked, text: str, _strict: bool) -> Grade:
    phrases, said = Phrases(asker.engine.kb), squashed(text)
    for verdict in ("yes", "no", "disputed"):
        if said in {squashed(word) for word in phrases.words(verdict)} and verdict in asked.wanted.choices:
            return _graded(asked, (asked.wanted.choices.index(verdict),))
    return Grade(UNREAD)


def _entity(asker: Asker, asked: Asked, text: str, strict: bool) -> Grade:
    found = meant(asker.engine, text, asker.today, strict=strict)
    shown = [who for who in found if who in asked.wanted.choices]
    if len(found) > 1 and len(shown) == 1:
        found = tuple(shown)  # of two of that name, one was among the choices
    if len(found) != 1:
        return Grade(UNREAD)
    (who,) = found
    if who in asked.wanted.choices:
        return _graded(asked, (asked.wanted.choices.index(who),))
    wanted = asked.wanted
    right = who in wanted.values
    if wanted.place and not right:  # somebody else, who may be right as well
        right = asker.verdict(placed(asked.query, wanted.place, (who,))) == wanted.verdict
    return Grade(RIGHT if right else WRONG)


def meant(engine: Engine, text: str, today: datetime.date, *, strict: bool = False) -> tuple[str, ...]:
    """The entities that a text as a whole names. Strict: by a name of theirs, special characters aside."""
    said = squashed(text)
    spelt = tuple(id_ for id_ in engine.kb.entities if said in {squashed(name) for name in _names(engine, id_)})
    own = tuple(id_ for id_ in spelt if squashed(engine.kb.entities[id_].name) == said)
    if own or spelt or strict:
        return own or spelt
    return entities_named(engine, text, today)


def _names(engine: Engine, entity: str) -> Iterable[str]:
    """What an entity is called. The names of its people and its capital are no names of it here."""
    row = engine.kb.entity_rows[entity]
    yield from (row["name"], *(row.get("names") or ()), *(row.get("weak") or ()))
    foreign = row.get("foreign") or ()
    yield from foreign.values() if isinstance(foreign, dict) else foreign


def _date(asker: Asker, asked: Asked, text: str, strict: bool) -> Grade:
    dates = typed_dates(text, asker.today, asker.engine.reader.lattices.time_words)
    if not dates:
        return Grade(UNREAD)
    for place, choice in enumerate(asked.wanted.choices):
        if any(_agree(date, choice, strict) for date in dates) and place in asked.right:
            return _graded(asked, (place,))
    shown = [p for p, choice in enumerate(asked.wanted.choices) if any(_agree(date, choice, True) for date in dates)]
    return Grade(WRONG, tuple(shown[:1]))


def _agree(typed: str, wanted: str, strict: bool) -> bool:
    """Whether a date is the wanted one, told as exactly, more exactly or, where that is allowed, less exactly."""
    return typed.startswith(wanted) or (not strict and wanted.startswith(typed))


def _order(asker: Asker, asked: Asked, text: str, strict: bool) -> Grade:
    parts = [part for part in re.split(r"[,;>\n→]|\bthen\b", text) if part.strip()]
    places = []
    for part in parts:
        found = [who for who in meant(asker.engine, part, asker.today, strict=strict) if who in asked.wanted.choices]
        if len(found) != 1:
            return Grade(UNREAD)
        places.append(asked.wanted.choices.index(found[0]))
    if len(places) != len(asked.choices) or len(set(places)) != len(places):
        return Grade(UNREAD)
    return _graded(asked, tuple(places))


_GRADERS = {VERDICT: _verdict, ENTITY: _entity, DATE: _date, ORDER: _order}

__all__ = ["RIGHT", "UNREAD", "WRONG", "Grade", "grade", "meant"]
