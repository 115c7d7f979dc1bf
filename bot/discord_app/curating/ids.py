"""The custom ids of curators' buttons, menus and forms.

Comes in: what a button does, a number (of a draft that is kept, of a proposal, a change, a page) and a word (which
fact, say). Goes out: at most 100 characters, and back. They are told apart from those of answers by the letter behind
`att`, and hold nothing secret and no right: rights are looked at when the button is pressed.

    attc1:save:17:            version 1, save the draft that is kept as 17
    attc1:fact:4:relations-…  version 1, confirm (the fourth of the actions) that fact
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from urllib.parse import quote, unquote

from bot.discord_app.escape import plain
from bot.discord_app.limits import BUTTON_LABEL, CUSTOM_ID
from bot.discord_app.parts import Button, Row
from bot.knowledge.base import KnowledgeBase

VERSION = 1

_OURS = re.compile(r"attc([0-9]{1,4})(?![0-9])(.*)", re.DOTALL)
_ID = re.compile(r":([a-z_]+):([0-9]{0,20}):(.*)", re.DOTALL)
_HANDLE = 70  # characters of a fact's id that stand in a button; a longer one is found by its print


class Verb(StrEnum):
    """What a button, menu or form does. The words are on messages out there: never give one another meaning."""

    # a draft that is kept, by its number
    SAVE = "save"
    AGAIN = "again"
    CANCEL = "cancel"
    WHOLE = "whole"
    BEGIN = "begin"
    BEGIN_FORM = "begin_form"
    WORDS = "words"
    WORDS_FORM = "words_form"
    DATES = "dates"
    DATES_FORM = "dates_form"
    SOURCE = "source"
    SOURCE_FORM = "source_form"
    SIDE = "side"
    SIDE_FORM = "side_form"
    # a fact, by its id; a change, by its number
    FACT = "fact"
    CHOSEN = "chosen"
    FOUND = "found"
    CHANGES = "changes"
    CHANGE = "change"
    UNDO = "undo"
    # a proposal, by its number
    ACCEPT = "accept"
    REJECT = "reject"
    REJECT_FORM = "reject_form"
    SKIP = "skip"
    NEXT = "next"
    SUGGEST_FORM = "suggest_form"
    WITHDRAW = "withdraw"
    # what to work on, by page or by a kept number
    STALE = "stale"
    GAPS = "gaps"
    GAP = "gap"
    TEACH = "teach"
    TURNED = "turned"
    HIDE = "hide"
    UNHIDE = "unhide"
    # who takes part in a fact that is being added, by the number of its draft; `place` by that and one digit behind it
    PLACES = "places"
    RELATION = "relation"
    PLACE = "place"
    NARROWER = "narrower"
    NAMES = "names"
    NAMES_FORM = "names_form"
    READY = "ready"


FORMS = frozenset(verb for verb in Verb if verb.value.endswith("_form"))


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, chosen or sent."""

    verb: Verb
    number: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Strange:
    """One of ours that this version does not understand."""


def write(verb: Verb, number: int = 0, word: str = "") -> str:
    """The custom id. Raises ValueError for a word that is too long."""
    made = f"attc{VERSION}:{verb}:{number or ''}:{quote(word, safe='')}"
    if len(made) > CUSTOM_ID:
        raise ValueError(f"no room for {word!r}")
    return made


def read(custom_id: str) -> Press | Strange | None:
    """What a custom id asks for; None if it is none of a curator's. Never raises."""
    ours = _OURS.fullmatch(custom_id)
    if not ours:
        return None
    found = _ID.fullmatch(ours[2])
    try:
        if not found or int(ours[1]) != VERSION:
            return Strange()
        return Press(Verb(found[1]), int(found[2] or 0), unquote(found[3], errors="strict"))
    except ValueError:
        return Strange()


def press(verb: Verb, label: str, number: int = 0, word: str = "", *, style: str = "secondary") -> Button:
    """A button; its label is fitted."""
    return Button(plain(label, BUTTON_LABEL), write(verb, number, word), style)


def turner(verb: Verb, page: int, pages: int, word: str = "") -> list[Row]:
    """The row that turns pages; nothing where there is only one."""
    if pages < 2:
        return []
    back = Button("‹ Back", write(verb, page - 1, word), disabled=page == 1)
    here = Button(f"{page} of {pages}", write(verb, 10**6 + page, word), disabled=True)
    return [Row((back, here, Button("Next ›", write(verb, page + 1, word), disabled=page == pages)))]


def handle(id_: str) -> str:
    """What stands for a fact in a button: its id where that fits, else a print of it."""
    return id_ if len(quote(id_, safe="")) <= _HANDLE else f"~{blake2b(id_.encode(), digest_size=12).hexdigest()}"


def fact_of(kb: KnowledgeBase, held: str) -> str:
    """The id of the fact that a handle stands for, retired ones too; empty where it is not on file."""
    if not held.startswith("~"):
        return held if held in kb or held in kb.retired else ""
    every = (*(fact.id for fact in kb.facts()), *kb.retired)
    return next((id_ for id_ in every if handle(id_) == held), "")
