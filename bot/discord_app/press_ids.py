"""The custom ids of buttons, menus and forms that carry a number and a word: what all families of them share.

Comes in: what a button does, a number and a word. Goes out: at most 100 characters, and back. A family has a letter of
its own behind `att`, by which it is told apart from the others and from the ids of answers (`custom_ids`), which have
none; what its verbs, numbers and words mean is the family's to say.

    attc1:fact:4:relations-israel-turkey     family c, version 1: a verb, a number (nothing for 0), a quoted word
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from urllib.parse import quote, unquote

from bot.discord_app.escape import plain
from bot.discord_app.limits import BUTTON_LABEL, CUSTOM_ID
from bot.discord_app.parts import Button

V = TypeVar("V", bound=StrEnum)
P = TypeVar("P")

_OURS = re.compile(r"att([a-z])([0-9]{1,4})(?![0-9])(.*)", re.DOTALL)  # every version keeps to this
_ID = re.compile(r":([a-z_]+):([0-9]{0,20}):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pressed(Generic[V]):
    """What was pressed, chosen or sent. Each family has a class of its own, so that none is taken for another's."""

    verb: V
    number: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Strange:
    """One of ours that this version does not understand."""


@dataclass(frozen=True, slots=True)
class Family(Generic[V, P]):
    """The custom ids of one letter. `made` makes what was pressed; the signs in `bare` stand in a word as they are."""

    letter: str
    version: int
    verbs: type[V]
    made: Callable[[V, int, str], P]
    bare: str = ""

    def write(self, verb: V, number: int = 0, word: str = "") -> str:
        """The custom id. Raises ValueError for a word that is too long."""
        made = f"att{self.letter}{self.version}:{verb}:{number or ''}:{quote(word, safe=self.bare)}"
        if len(made) > CUSTOM_ID:
            raise ValueError(f"no room for {word!r}")
        return made

    def read(self, custom_id: str) -> P | Strange | None:
        """What a custom id asks for; None if it is none of this family. Never raises."""
        ours = _OURS.fullmatch(custom_id)
        if not ours or ours[1] != self.letter:
            return None
        found = _ID.fullmatch(ours[3])
        try:
            if not found or int(ours[2]) != self.version:
                return Strange()
            return self.made(self.verbs(found[1]), int(found[2] or 0), unquote(found[3], errors="strict"))
        except ValueError:
            return Strange()

    def press(self, verb: V, label: str, number: int = 0, word: str = "", *, style: str = "secondary") -> Button:
        """A button; its label is fitted."""
        return Button(plain(label, BUTTON_LABEL), self.write(verb, number, word), style)
