"""The custom ids of the buttons with which somebody learns alone.

Comes in: what a button does, a number (of a choice, a grade) and a word (which card, in which session). Goes out: at
most 100 characters, and back. They are told apart from those of answers by the letter behind `att`. Nobody is named in
them: a button is about the cards of whoever presses it.

    atts1:choose:2:1f0a9c33b7d2.5f0c2a91.d12     version 1, the choice 2 of that card, in a session with the deck 12
    atts1:grade:3:1f0a9c33b7d2.673f0e40.m        version 1, Good, of that card as it was last graded at that second
"""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from urllib.parse import quote

from bot.discord_app.press_ids import Family, Pressed
from bot.study.asked import Asked

VERSION = 1

_SCOPE = re.compile(r"([mx]{0,2})(?:d([0-9]{1,18})|t(.+))?", re.DOTALL)
_CARD = re.compile(r"([0-9a-f]{12})\.([0-9a-f]{8})\.(.*)", re.DOTALL)
_TOPIC = 50  # characters of a topic's key that stand in a button; a longer one is found by its print


class Verb(StrEnum):
    """What a button does. The words are on messages out there: never give one another meaning."""

    NEXT = "next"
    CHOOSE = "choose"
    SHOW = "show"
    GRADE = "grade"
    DROP = "drop"
    PROGRESS = "progress"
    DECK = "deck"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Press(Pressed[Verb]):
    """What was pressed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a session is about: the facts of a topic (its key, or a print of it) or of a deck (its number), only what
    was `missed`, or with `more` new cards than those of a day. Nothing of it means all cards of the person."""

    topic: str = ""
    deck: int = 0
    missed: bool = False
    more: bool = False

    def text(self) -> str:
        """How it stands in a button."""
        flags = f"{'m' if self.missed else ''}{'x' if self.more else ''}"
        return flags + (f"d{self.deck}" if self.deck else f"t{handle(self.topic)}" if self.topic else "")


def scope_of(text: str) -> Scope:
    """The scope that `Scope.text` wrote. Raises ValueError for any other text."""
    found = _SCOPE.fullmatch(text)
    if not found:
        raise ValueError(f"no scope: {text!r}")
    flags, deck, topic = found.groups()
    return Scope(topic or "", int(deck or 0), "m" in flags, "x" in flags)


def handle(topic: str) -> str:
    """What stands for a topic in a button: its key where that fits, else a print of it."""
    return topic if len(quote(topic, safe=":")) <= _TOPIC or topic.startswith("~") else f"~{_print(topic, 8)}"


_FAMILY = Family("s", VERSION, Verb, Press, ":~")
write, read, press = _FAMILY.write, _FAMILY.read, _FAMILY.press


# --- a card


@dataclass(frozen=True, slots=True)
class Held:
    """Which card a button is about, by prints: of its key, and of what was shown or of when it was last graded."""

    card: str
    seen: str
    scope: Scope

    def text(self) -> str:
        """How it stands in a button."""
        return f"{self.card}.{self.seen}.{self.scope.text()}"


def held_of(word: str) -> Held:
    """The card of a button's word. Raises ValueError for any other word."""
    found = _CARD.fullmatch(word)
    if not found:
        raise ValueError(f"no card: {word!r}")
    return Held(found[1], found[2], scope_of(found[3]))


def of_key(key: str) -> str:
    """The print of a card's key: twelve hexadecimal digits."""
    return _print(key, 6)


def of_asked(asked: Asked, last: datetime.datetime | None) -> str:
    """The print of a question with its choices, of a card that was last graded then: eight hexadecimal digits."""
    return _print("\0".join((of_last(last), asked.id, *asked.choices)), 4)


def of_last(last: datetime.datetime | None) -> str:
    """The print of when a card was last graded: eight hexadecimal digits; zeroes for one that never was."""
    return _print(last.isoformat(), 4) if last else "0" * 8


def _print(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()
