"""The custom ids of the buttons of quizzes and of the question of the day.

Comes in: what a button does, a number (of a question, a day, a round) and a word (which choices, say). Goes out: at
most 100 characters, and back. They are told apart from those of answers by the letter behind `att`, and hold nothing
secret and no right: rights are looked at when the button is pressed.

    attq1:pick:3:5f0c2a91.2      version 1, of question 3 the choice 2; the print says which question that was
    attq1:daily:740295:5f0c2a91.2    the same for the question of a day, as an ordinal
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from bot.discord_app.press_ids import Family, Pressed
from bot.study.asked import Asked

VERSION = 1

_PICKED = re.compile(r"([0-9a-f]{8})((?:\.[0-9])*)")


class Verb(StrEnum):
    """What a button or form does. The words are on messages out there: never give one another meaning."""

    PICK = "pick"
    REVEAL = "reveal"
    NEXT = "next"
    CHALLENGE = "challenge"
    CHALLENGE_FORM = "challenge_form"
    MISSED = "missed"
    AGAIN = "again"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Press(Pressed[Verb]):
    """What was pressed or sent."""


_FAMILY = Family("q", VERSION, Verb, Press)
write, read, press = _FAMILY.write, _FAMILY.read, _FAMILY.press


# --- a choice


def print_of(asked: Asked) -> str:
    """What tells a question from others that may stand under the same number: eight hexadecimal digits."""
    return blake2b(asked.id.encode(), digest_size=4).hexdigest()


def picked(asked: Asked, picks: tuple[int, ...]) -> str:
    """The word of a button that chooses; of a question of order, with what was chosen before."""
    return ".".join([print_of(asked), *map(str, picks)])


def picks_of(word: str) -> tuple[str, tuple[int, ...]] | None:
    """The print and the choices of such a word; None for any other."""
    found = _PICKED.fullmatch(word)
    return (found[1], tuple(int(place) for place in found[2].split(".")[1:])) if found else None
