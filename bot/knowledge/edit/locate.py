"""Finds one entry in its file: a fact by its id, or an entity, source, relation or intent by its key.

Comes in: a file's text. Goes out: the entry's lines and the places of its keys. An entry that shares a line with
another cannot be edited in place, for splicing its lines would touch the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.edit.problems import EditError
from bot.knowledge.edit.tree import Node, parse

FACTS = "facts"  # the section whose entries are a list; those of the others are keyed by their id


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `text[start:end]` are its whole lines, the last line's end included; `body` is its mapping.

    `column` is where its keys begin, `dash` where the `- ` of a list begins, None for a keyed entry.
    """

    section: str
    id: str
    start: int
    end: int
    column: int
    dash: int | None
    body: Node

    def lines(self, text: str) -> str:
        """The entry's own lines."""
        return text[self.start : self.end]


def sections(text: str) -> dict[str, Node]:
    """The top-level keys of a file and what they hold."""
    root = parse(text)
    return {key.value: value for key, value in root.pairs} if root is not None else {}


def entries(text: str, section: str) -> Iterator[Entry]:
    """All entries of a section, in the file's order. Raises EditError where one cannot be edited in place."""
    held = sections(text).get(section)
    if held is None:
        return
    if held.kind == "list":
        for item in held.items:
            found = item.get("id") if item.kind == "map" else None
            yield _entry(text, section, found.value if found else "", item.start, item)
    else:
        for key, value in held.pairs:
            yield _entry(text, section, key.value, key.start, value, keyed=True)


def find(text: str, section: str, id_: str) -> Entry | None:
    """One entry; None where the file has none of that id. Raises EditError where it cannot be edited in place."""
    held = sections(text).get(section)
    if held is None:
        return None
    if held.kind == "list":
        for item in held.items:
            named = item.get("id") if item.kind == "map" else None
            if named is not None and named.value == id_:
                return _entry(text, section, id_, item.start, item)
        return None
    for key, value in held.pairs:
        if key.value == id_:
            return _entry(text, section, id_, key.start, value, keyed=True)
    return None


def _entry(text: str, section: str, id_: str, start: int, body: Node, *, keyed: bool = False) -> Entry:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", body.end)
    stop = len(text) if stop < 0 else stop + 1
    before, after = text[line:start], text[body.end : stop]
    if body.kind != "map" or not re.fullmatch(r" *" if keyed else r" *- +", before) or not _nothing(after):
        number = text.count("\n", 0, start) + 1
        raise EditError(
            f"the entry '{id_}' in line {number} shares its line with something else; edit the file by hand"
        )
    column = start - line
    if keyed and body.pairs and not body.flow:
        first = body.pairs[0][0].start
        column = first - (text.rfind("\n", 0, first) + 1)
    return Entry(section, id_, line, stop, column, None if keyed else before.index("-"), body)


def _nothing(rest: str) -> bool:
    """Whether a line's rest holds at most a comment."""
    return bool(re.fullmatch(r"\s*(?:(?<=\s)#.*)?\n?", rest)) or not rest.strip()
