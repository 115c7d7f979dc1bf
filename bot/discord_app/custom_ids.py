"""The custom ids of buttons: what is needed to act weeks later, after any number of restarts.

Comes in: what a button does, and for which query. Goes out: at most 100 characters, and back. A query stands in the id
itself where it fits; where it does not, the id says so, and the query is looked up by the message that the button is
on (`Card.held` says what to keep for it). Nothing here is secret: Discord shows custom ids to everybody.

    att1s:2:3a;w;pakistan;armenia        version 1, sources, page 2, a query
    att1d:8412…:                         version 1, delete, for the person with that id
    att1p:1:@                            version 1, the first of the offered questions, kept elsewhere
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from bot.discord_app.limits import CUSTOM_ID
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span
from bot.questions.query import At, Query

VERSION = 1
HELD = "@"

_OURS = re.compile(r"att([0-9]{1,4})(?![0-9])(.*)", re.DOTALL)  # every version keeps to this; the rest is its own
_ID = re.compile(r"([A-Za-z]):([0-9]{0,20}):(.*)", re.DOTALL)
_FORMS = {"whether": "w", "which": "l", "how_many": "n", "when": "t", "why": "y", "what": "d"}
_FORM_OF = {letter: form for form, letter in _FORMS.items()}
_TEXTS = {"d": "detail", "c": "change", "p": "pick", "m": "among", "k": "named"}
_FLAGS = {"e": "ever", "g": "negated", "b": "mutual"}


class Kind(StrEnum):
    """What a button or modal does. The letters are on messages out there: never give one another meaning."""

    PAGE = "g"
    SOURCES = "s"
    HISTORY = "h"
    WHY = "w"
    CITATION = "c"
    REPORT = "r"
    FOLLOW = "f"
    DELETE = "d"
    PICK = "p"
    OPEN = "a"
    FILE = "t"
    REPORT_FORM = "R"
    FOLLOW_FORM = "F"
    CHANGES = "x"
    EXPORT = "e"
    FORGET = "o"
    FORGET_SURELY = "O"
    STUDY = "y"


@dataclass(frozen=True, slots=True)
class Action:
    """What a button asks for.

    `number` is a page, the place of an offered question or a claim, for `DELETE` the asker's id, and for `CHANGES` a
    page and the first day (`bot.discord_app.changes`).
    """

    kind: Kind
    number: int = 0
    query: Query | None = None
    held: bool = False

    @property
    def slot(self) -> int:
        """Under which number a held query is kept for the message: that of the offered question or claim, else 0."""
        return self.number if self.kind in (Kind.PICK, Kind.OPEN) else 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """A button of ours that this version does not understand: made by another version, or damaged."""

    version: int


def write(kind: Kind, query: Query | None = None, number: int = 0) -> str:
    """The custom id of a button."""
    head = f"att{VERSION}{kind}:{number or ''}:"
    rest = "" if query is None else query_text(query)
    return head + (rest if len(head) + len(rest) <= CUSTOM_ID else HELD)


def read(custom_id: str) -> Action | Unknown | None:
    """What a custom id asks for; None if it is none of ours. Never raises."""
    ours = _OURS.fullmatch(custom_id)
    if not ours:
        return None
    version = int(ours[1])
    found = _ID.fullmatch(ours[2])
    if version != VERSION or not found:
        return Unknown(version)
    kind, number, rest = found.groups()
    try:
        query = query_of(rest) if rest and rest != HELD else None
        return Action(Kind(kind), int(number or 0), query, rest == HELD)
    except (ValueError, OverflowError):
        return Unknown(version)


def resolve(action: Action, look_up: Callable[[int], str | None]) -> Query | None:
    """The query of an action. `look_up` gives the text kept for a slot of the message that the button is on."""
    if not action.held:
        return action.query
    kept = look_up(action.slot)
    try:
        return query_of(kept) if kept else None
    except (ValueError, OverflowError):
        return None


def still_known(kb: KnowledgeBase, query: Query) -> bool:
    """Whether the knowledge base still knows everything that a query, perhaps weeks old, names."""
    chosen = (*(query.minus or ()), *(query.of or ()), *(query.without or ()))
    named = (*query.participants(), *chosen, query.among, query.named)
    return query.relation in kb.relations and all(e in kb.entities for e in named if e is not None)


# --- a query as text


def query_text(query: Query) -> str:
    """A query as text of any length: relation, form, subject and object, then what differs from the defaults."""
    parts = [
        _word(query.relation), _FORMS.get(query.form) or f"_{_word(query.form)}",
        _place(query.subject), _place(query.object),
    ]  # fmt: skip
    usual = f"{query.relation}."
    if query.rule != usual + query.form:
        own = query.rule.startswith(usual)
        parts.append(f"r=.{_word(query.rule[len(usual) :])}" if own else f"r={_word(query.rule)}")
    parts += [f"n.{_word(name)}={_word(value)}" for name, value in sorted(query.narrows.items())]
    if query.at is not None:
        parts.append(f"a={_time(query.at)}")
    parts += [letter for letter, name in _FLAGS.items() if getattr(query, name)]
    parts += [f"{x}={_word(getattr(query, name))}" for x, name in _TEXTS.items() if getattr(query, name) is not None]
    if not query.premise:
        parts.append("u")
    if query.date != "since":
        parts.append(f"t={_word(query.date)}")
    if query.minus is not None:
        parts.append(f"x={_place(query.minus)}")
    if query.of is not None:
        parts.append(f"o={_place(query.of)}")
    if query.without is not None:
        parts.append(f"w={_place(query.without)}")
    if query.rank != 1:
        parts.append(f"q={query.rank}")
    return ";".join(parts)


def query_of(text: str) -> Query:
    """The query that `query_text` wrote. Raises ValueError or OverflowError for any other text."""
    relation, form, subject, object_, *more = text.split(";")
    relation = _unword(relation)
    form = _unword(form[1:]) if form.startswith("_") else _form(form)
    fields: dict[str, object] = {"rule": f"{relation}.{form}"}
    narrows: dict[str, str] = {}
    for part in more:
        name, is_, value = part.partition("=")
        if name == "r":
            fields["rule"] = f"{relation}.{_unword(value[1:])}" if value.startswith(".") else _unword(value)
        elif name.startswith("n.") and is_:
            narrows[_unword(name[2:])] = _unword(value)
        elif name == "a":
            fields["at"] = _time_of(value)
        elif name in _FLAGS and not is_:
            fields[_FLAGS[name]] = True
        elif name in _TEXTS and is_:
            fields[_TEXTS[name]] = _unword(value)
        elif name == "u" and not is_:
            fields["premise"] = False
        elif name == "t" and is_:
            fields["date"] = _unword(value)
        elif name == "x":
            fields["minus"] = _place_of(value)
        elif name == "o":
            fields["of"] = _place_of(value)
        elif name == "w":
            fields["without"] = _place_of(value)
        elif name == "q":
            fields["rank"] = int(value)
        else:
            raise ValueError(f"no part of a query: {part!r}")
    return Query(relation, form, _place_of(subject), _place_of(object_), narrows, **fields)  # type: ignore[arg-type]


def _form(letter: str) -> str:
    if letter not in _FORM_OF:
        raise ValueError(f"no form: {letter!r}")
    return _FORM_OF[letter]


def _word(text: str) -> str:
    """A word without the signs that mean something here; a leading full stop would say "of this relation"."""
    quoted = quote(text, safe="").replace("~", "%7E")
    return quoted.replace(".", "%2E", 1) if quoted.startswith(".") else quoted or "~"


def _unword(text: str) -> str:
    return "" if text == "~" else unquote(text, errors="strict")


def _place(held: tuple[str, ...] | None) -> str:
    return "" if held is None else ",".join(_word(id_) for id_ in held) or ","


def _place_of(text: str) -> tuple[str, ...] | None:
    if text in ("", ","):
        return () if text else None
    return tuple(_unword(word) for word in text.split(","))


def _time(at: At) -> str:
    """A time as its text alone where that says all; else with mode and first and last day as ordinals."""
    try:
        whole = at.mode == "in" and Span.of(at.text) == at.span
    except (ValueError, OverflowError):
        whole = False
    if whole:
        return _word(at.text)
    return f"{_word(at.text)},{_word(at.mode)},{at.span.first.toordinal():x},{at.span.after.toordinal():x}"


def _time_of(text: str) -> At:
    words = text.split(",")
    if len(words) == 1:
        return At(_unword(words[0]), Span.of(_unword(words[0])))
    said, mode, first, after = words
    days = (datetime.date.fromordinal(int(day, 16)) for day in (first, after))
    return At(_unword(said), Span(*days), _unword(mode))
