"""Changes entries within the text of a file: keys replaced, added or taken out, whole entries put in or taken out.

Comes in: a file's text, and what an entry shall say. Goes out: the text in which nothing else differs, to the byte.
"""

from collections.abc import Mapping, Sequence

from bot.knowledge.edit import render
from bot.knowledge.edit.locate import Entry, find
from bot.knowledge.edit.problems import EditError
from bot.knowledge.edit.render import WIDTH, Value
from bot.knowledge.edit.tree import Node

Keys = Mapping[str, Value | None]  # None takes a key out


def edit(text: str, section: str, id_: str, keys: Keys, order: Sequence[str] = ()) -> str:
    """The file with some keys of one entry changed. `order` says where a new key belongs among the others.

    Raises EditError where there is no such entry, or none that can be edited in place.
    """
    entry = find(text, section, id_)
    for key, value in keys.items():
        if entry is None:
            raise EditError(f"there is no entry '{id_}' any more")
        changed = _set(text, entry, key, value, order)
        if changed != text:
            text, entry = changed, find(changed, section, id_)
    return text


def replace(text: str, entry: Entry, lines: str) -> str:
    """The file with the entry's lines replaced by others; without them, if `lines` is empty."""
    return text[: entry.start] + lines + text[entry.end :]


def insert(text: str, position: int, lines: str) -> str:
    """The file with lines put in at the beginning of a line."""
    if position and text[position - 1] != "\n":  # the last line has no end
        return text[:position] + ending(text) + lines.rstrip("\r\n") + text[position:]
    return text[:position] + lines + text[position:]


def ending(text: str) -> str:
    """How the lines of a file end."""
    return "\r\n" if "\r\n" in text else "\n"


def _set(text: str, entry: Entry, key: str, value: Value | None, order: Sequence[str]) -> str:
    places = {name.value: (name, held) for name, held in entry.body.pairs}
    if (value is None and key not in places) or (key in places and places[key][1].plain() == value):
        return text
    if entry.body.flow:
        made = _set_flow(text, entry, key, value, order)
        return made if made is not None else _set(*_as_block(text, entry), key, value, order)
    if value is None:
        return _cut(text, entry, key)
    if key in places:
        longer = _append(text, places[key][1], value)
        if longer is not None:
            return longer
        start, end = _piece(text, entry, key)
        lines = render.changed(_plain_ends(text[start:end]), key, value, entry.column)
        return text[:start] + _ended(lines, text, end) + text[end:]
    before = _before(entry, key, order)
    if before is None:
        raise EditError(f"the entry '{entry.id}' has no key after which '{key}' could stand; edit the file by hand")
    _, position = _piece(text, entry, before)
    lines = " " * entry.column + render.pair(key, value, entry.column)
    return insert(text, position, lines.replace("\n", ending(text)))


def _append(text: str, held: Node, value: Value) -> str | None:
    """The file with more at the end of a list in brackets; None where that is not all, or where its line would be too
    long for one that was not."""
    if not held.flow or held.kind != "list" or isinstance(value, str) or not held.items:
        return None
    before, items = held.plain(), list(value)
    last = held.items[-1].end
    if items[: len(before)] != before or text[last : held.end - 1].strip():
        return None
    more = ", ".join(render.flow(item) for item in items[len(before) :])
    line = text.rfind("\n", 0, last) + 1
    stop = text.find("\n", last)
    rest = text[last : stop if stop >= 0 else len(text)].rstrip()
    if len(text[line:last]) + len(more) + len(rest) + 2 <= WIDTH:
        return text[:last] + ", " + more + text[last:]
    if line <= held.start:  # all of it on one line
        return None
    depth = len(text[line:last]) - len(text[line:last].lstrip(" "))
    return text[:last] + "," + ending(text) + " " * depth + more + text[last:]


def _cut(text: str, entry: Entry, key: str) -> str:
    """Without the lines of a key; one that shares the line of the `- ` leaves its place to the next."""
    start, end = _piece(text, entry, key)
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        following = next((name for name, _ in entry.body.pairs if name.start >= end), None)
        if following is None:
            raise EditError(f"'{key}' is all that the entry '{entry.id}' says")
        return text[:start] + text[following.start :]
    return text[:line] + text[end:]


def _piece(text: str, entry: Entry, key: str) -> tuple[int, int]:
    """From where the key begins to the end of its last line."""
    for name, value in entry.body.pairs:
        if name.value == key:
            stop = text.find("\n", max(value.end, name.end))
            return name.start, len(text) if stop < 0 else stop + 1
    raise KeyError(key)


def _before(entry: Entry, key: str, order: Sequence[str]) -> str | None:
    """The key after which another belongs: the last of those that come before it."""
    names = [name.value for name, _ in entry.body.pairs]
    if key not in order:
        return names[-1] if names else None
    rank = order.index(key)
    earlier = [name for name in names if name in order and order.index(name) < rank]
    return earlier[-1] if earlier else (names[0] if names else None)


def _plain_ends(lines: str) -> str:
    return lines.replace("\r\n", "\n")


def _ended(lines: str, text: str, end: int) -> str:
    """Lines that end as those of the file do; without an end, where they take the place of a last line without one."""
    made = lines.replace("\n", ending(text))
    return made if end and text[end - 1] == "\n" else made.rstrip("\r\n")


# --- entries in brackets


def _set_flow(text: str, entry: Entry, key: str, value: Value | None, order: Sequence[str]) -> str | None:
    """The same within `{…}` on one line; None where the entry is better written over several lines."""
    pairs = entry.body.pairs
    names = [name.value for name, _ in pairs]
    if value is None:
        index = names.index(key)
        if len(pairs) == 1:
            raise EditError(f"'{key}' is all that the entry '{entry.id}' says")
        if index:
            return text[: pairs[index - 1][1].end] + text[pairs[index][1].end :]
        return text[: pairs[0][0].start] + text[pairs[1][0].start :]
    said = render.flow(value)
    if key in names:
        held = pairs[names.index(key)][1]
        made = text[: held.start] + said + text[held.end :]
        if held.start == held.end and text[held.start - 1] == ":":  # a key without a value
            made = text[: held.start] + " " + said + text[held.end :]
    else:
        before = _before(entry, key, order)
        after = pairs[names.index(before)][1].end if before else entry.body.start + 1
        made = text[:after] + f"{', ' if before else ''}{key}: {said}" + text[after:]
    grown = len(made) - len(text)
    was, now = entry.lines(text), made[entry.start : entry.end + grown]
    if _widest(now) > WIDTH and _widest(was) <= WIDTH and "#" not in was:
        return None
    return made


def _as_block(text: str, entry: Entry) -> tuple[str, Entry]:
    """The file with an entry in brackets written over several lines, a key each, and the entry as it is then."""
    indent = " " * entry.column
    if entry.dash is None:
        indent = " " * (entry.column + 2)
    rows = [f"{name.value}: {_inner(text, value)}".rstrip() for name, value in entry.body.pairs]
    head = text[entry.start : entry.body.start]
    joint = ending(text)
    if entry.dash is None:
        lines = head.rstrip() + "".join(f"{joint}{indent}{row}" for row in rows)
    else:
        lines = head + f"{joint}{indent}".join(rows)
    made = text[: entry.start] + lines + text[entry.body.end :]
    again = find(made, entry.section, entry.id)
    if again is None:
        raise EditError(f"the entry '{entry.id}' cannot be written over several lines; edit the file by hand")
    return made, again


def _inner(text: str, value: Node) -> str:
    return text[value.start : value.end]


def _widest(lines: str) -> int:
    return max(map(len, lines.splitlines()), default=0)
