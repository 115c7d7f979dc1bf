"""Writes keys and values as YAML the way a person would: plain where YAML allows, short lists in brackets, long texts
folded.

Comes in: texts, lists and mappings of texts, and the lines that stand there now. Goes out: lines. What is not changed
within a value keeps its comments, order and quoting: ruamel.yaml reads the lines and writes them again.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import FoldedScalarString

WIDTH = 120
_ENDLESS = 1_000_000  # ruamel.yaml would break lines where nobody does

Value = str | Sequence[Any] | Mapping[str, Any]


class _Texts(VersionedResolver):
    """Every scalar is a text, so that `no`, `2025` and `2025-08-31` need no quotes."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a node."""
        return self.DEFAULT_SCALAR_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


def _yaml() -> YAML:
    made = YAML()
    made.Resolver = _Texts
    made.preserve_quotes = True
    made.width = _ENDLESS
    made.indent(mapping=2, sequence=4, offset=2)
    made.representer.ignore_aliases = lambda _: True
    return made


def pair(key: str, value: Value, column: int, width: int = WIDTH) -> str:
    """The lines of a new key, each ending in a line feed; all but the first indented by `column`."""
    return _indented(_dump(CommentedMap({key: _styled(value, column + len(key) + 2, column + 2, width)})), column)


def changed(lines: str, key: str, value: Value, column: int, width: int = WIDTH) -> str:
    """The lines of a key (as `pair` writes them) with another value; what stays the same in it stays as it is."""
    read = _yaml().load(_dedented(lines, column))
    old = read.get(key) if isinstance(read, CommentedMap) else None
    if old is None:
        return pair(key, value, column, width)
    read[key] = _merged(old, value, column + len(key) + 2, column + 2, width)
    made = _indented(_dump(read), column)
    bracketed = isinstance(old, CommentedSeq) and old.fa.flow_style()
    if bracketed and _long(made, column, width) and not _long(lines, column, width):
        return pair(key, value, column, width)
    return made


def flow(value: Value) -> str:
    """A value as it stands within brackets, on one line."""
    dumped = _dump(_flowing(CommentedMap({"k": _plain(value)})))
    return dumped.strip()[len("{k: ") : -1]


def _merged(old: Any, new: Value, begins: int, column: int, width: int) -> Any:
    """The old value, changed where the new one differs."""
    if isinstance(old, CommentedMap) and isinstance(new, Mapping):
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, value in new.items():
            inner = column + 2
            if key in old:
                old[key] = _merged(old[key], value, inner + len(key), inner, width)
            elif old.fa.flow_style():
                old[key] = _flowing(_plain(value))
            else:
                old[key] = _styled(value, inner + len(key), inner, width)
        return old
    if isinstance(old, CommentedSeq) and _listed(new):
        if list(old) == list(new):
            return old
        for index, value in enumerate(new):
            if index < len(old):
                old[index] = _merged(old[index], value, column + 2, column + 2, width)
            else:
                old.append(
                    _flowing(_plain(value)) if old.fa.flow_style() else _styled(value, column + 2, column + 2, width)
                )
        del old[len(new) :]
        return old
    if isinstance(old, str) and isinstance(new, str) and old == new:
        return old
    return _styled(new, begins, column, width)


def _styled(value: Any, begins: int, column: int, width: int) -> Any:
    """A new value in the style of a person: `begins` is where it would begin on its line, `column` where lines within
    it would."""
    if isinstance(value, str):
        return _folded(value, column, width) if begins + len(value) > width and " " in value else value
    if isinstance(value, Mapping):
        single = all(isinstance(part, str) for part in value.values())
        if single and begins + len(flow(value)) <= width and not _wordy(value):
            return _flowing(_plain(value))
        return CommentedMap(
            {key: _styled(part, column + len(key) + 2, column + 2, width) for key, part in value.items()}
        )
    parts = list(value)
    if all(isinstance(part, str) for part in parts) and begins + len(flow(parts)) <= width:
        return _flowing(_plain(parts))
    return CommentedSeq([_styled(part, column + 2, column + 2, width) for part in parts])


def _wordy(value: Mapping[str, Any]) -> bool:
    """Whether a mapping holds a sentence, which reads better on a line of its own."""
    return any(len(part) > 60 for part in value.values())


def _folded(text: str, column: int, width: int) -> Any:
    """A text over several lines, broken at spaces."""
    made: Any = FoldedScalarString(text)
    breaks, line = [], 0
    position = text.find(" ")
    while position >= 0:
        following = text.find(" ", position + 1)
        if column + (following if following >= 0 else len(text)) - line > width:
            breaks.append(position)
            line = position + 1
        position = following
    made.fold_pos = breaks
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return CommentedMap({key: _plain(part) for key, part in value.items()})
    return CommentedSeq([_plain(part) for part in value])


def _flowing(value: Any) -> Any:
    if isinstance(value, (CommentedMap, CommentedSeq)):
        value.fa.set_flow_style()
    return value


def _listed(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _long(lines: str, column: int, width: int) -> bool:
    first, *others = lines.rstrip("\n").split("\n")
    return len(first) + column > width or any(len(line) > width for line in others)


def _dump(data: Any) -> str:
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def _dedented(lines: str, column: int) -> str:
    first, *others = lines.split("\n")
    return "\n".join([first, *(line[min(column, len(line) - len(line.lstrip(" "))) :] for line in others)])


def _indented(lines: str, column: int) -> str:
    first, *others = lines.rstrip("\n").split("\n")
    return "\n".join([first, *(" " * column + line if line.strip() else line for line in others)]) + "\n"
