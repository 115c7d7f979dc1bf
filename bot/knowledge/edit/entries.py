"""Writes whole new entries and puts them in their place: facts, sources, names, lines of an intent.

Comes in: a file's text, the keys of an entry and its neighbours. Goes out: the text with it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.knowledge.edit import render
from bot.knowledge.edit.locate import FACTS, Entry, entries
from bot.knowledge.edit.placing import spaced
from bot.knowledge.edit.problems import EditError
from bot.knowledge.edit.render import WIDTH
from bot.knowledge.edit.splice import ending, insert

FACT_ORDER = (
    "id", "relation", "subject", "object", "between", "sides", "named", "holds", "narrows", "since", "until", "status",
    "claimed_by", "dispute", "details", "text", "why", "note", "as_of", "sources", "retired",
)  # fmt: skip
SOURCE_ORDER = ("title", "publisher", "url", "archive_url", "published", "inferred", "accessed", "kind")
_ENDLESS = 1_000_000


def ordered(keys: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """The keys of an entry as files have them; empty ones are left out."""
    return {key: keys[key] for key in order if keys.get(key) not in (None, "", [], ())}


def add_item(text: str, section: str, keys: Mapping[str, Any], neighbour: Entry, *, behind: bool) -> str:
    """The file with a new entry in a list, in the style of its neighbour: in brackets, or a key a line."""
    dash = neighbour.dash or 0
    lead = " " * dash + "-" + " " * max(neighbour.column - dash - 1, 1)
    short = f"{lead}{render.flow(dict(keys))}\n"
    if neighbour.body.flow and len(short) <= WIDTH + 1:
        lines = short
    else:
        column = len(lead)
        rows = [render.pair(key, value, column) for key, value in keys.items()]
        lines = lead + (" " * column).join(rows)
    return _put(text, section, lines, neighbour, behind=behind)


def add_keyed(text: str, section: str, id_: str, keys: Mapping[str, Any], neighbour: Entry, *, behind: bool) -> str:
    """The file with a new entry under its id, a key a line."""
    line = text.rfind("\n", 0, neighbour.start) + 1
    first = text[line : neighbour.end]
    outer = len(first) - len(first.lstrip(" "))
    inner = neighbour.column if neighbour.column > outer else outer + 2
    folds = any(value.block for _, value in neighbour.body.pairs)
    rows = [render.pair(key, value, inner, WIDTH if folds else _ENDLESS) for key, value in keys.items()]
    lines = f"{' ' * outer}{id_}:\n{' ' * inner}" + (" " * inner).join(rows)
    return _put(text, section, lines, neighbour, behind=behind)


def first_item(text: str, section: str, keys: Mapping[str, Any]) -> str:
    """The file with the first entry of a list, a key a line. Raises EditError where its section is not an empty one."""
    rows = [render.pair(key, value, 4) for key, value in keys.items()]
    return begun(text, section, "  - " + (" " * 4).join(rows))


def first_keyed(text: str, section: str, id_: str, keys: Mapping[str, Any]) -> str:
    """The same of entries under their ids."""
    rows = [render.pair(key, value, 4) for key, value in keys.items()]
    return begun(text, section, f"  {id_}:\n    " + (" " * 4).join(rows))


def begun(text: str, section: str, lines: str) -> str:
    """The file with the lines of an entry in a section that is empty: `facts: []`."""
    found = re.search(rf"^{section}: *(?:\[\]|\{{\}}) *\r?$", text, re.MULTILINE)
    if found is None:
        raise EditError(f"the file has no list `{section}:` that could be added to; edit it by hand")
    stop = text.find("\n", found.end()) + 1 or len(text)
    opened = f"{text[: found.start()]}{section}:{ending(text)}"
    return opened + lines.replace("\n", ending(text)) + text[stop:]


def emptied(text: str, section: str) -> str:
    """The file in which a section whose last entry was taken out says that it is empty."""
    none = "[]" if section == FACTS else "{}"
    return re.sub(rf"^{section}: *(?=\r?$)", f"{section}: {none}", text, count=1, flags=re.MULTILINE)


def _put(text: str, section: str, lines: str, neighbour: Entry, *, behind: bool) -> str:
    others = list(entries(text, section))
    if spaced(text, others):
        lines = f"\n{lines}" if behind else f"{lines}\n"
    return insert(text, neighbour.end if behind else neighbour.start, lines.replace("\n", ending(text)))


def add_line(text: str, intent: Entry, line: str) -> str:
    """The file with one more line at the end of an intent's `say`, in the style of those that are there."""
    held = intent.body.get("say")
    if held is None or held.kind != "list" or not held.items:
        raise EditError(f"the intent '{intent.id}' has no list `say:` to add to; edit the file by hand")
    last = held.items[-1]
    if held.flow:
        return text[: last.end] + f", {_quoted(line)}" + text[last.end :]
    start = text.rfind("\n", 0, last.start) + 1
    dash = text[start : last.start]
    if dash.strip() != "-":
        raise EditError(
            f"the lines of the intent '{intent.id}' are written in a way of their own; edit the file by hand"
        )
    stop = text.find("\n", last.end)
    return insert(text, len(text) if stop < 0 else stop + 1, f"{dash}{_quoted(line)}{ending(text)}")


def _quoted(line: str) -> str:
    """Lines of intents are full of YAML's own signs, and stand in double quotes everywhere."""
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
