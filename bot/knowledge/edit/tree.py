"""Where everything stands in a YAML file: nodes with the positions of their first and last characters.

Comes in: the text of a file that `reader.read_yaml` takes (so no aliases, and never deep). Goes out: nodes. Must not
know: what the keys mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml


@dataclass(slots=True)
class Node:
    """A value and where it stands: `text[start:end]`, without the comments and blank lines behind it.

    `kind` is `scalar`, `list` or `map`; `flow` says that a list or map is written in brackets, `block` that a scalar is
    folded or literal.
    """

    kind: str
    start: int
    end: int
    flow: bool = False
    block: bool = False
    value: str = ""
    items: "list[Node]" = field(default_factory=list)
    pairs: "list[tuple[Node, Node]]" = field(default_factory=list)

    def plain(self) -> "str | list[Any] | dict[str, Any]":
        """What it says, without where."""
        if self.kind == "scalar":
            return self.value
        if self.kind == "list":
            return [item.plain() for item in self.items]
        return {key.value: value.plain() for key, value in self.pairs}

    def get(self, key: str) -> "Node | None":
        """The value of a key of a map."""
        return next((value for name, value in self.pairs if name.value == key), None)


@lru_cache(maxsize=8)  # one change looks at the same file again and again
def parse(text: str) -> Node | None:
    """The root of a file; None for an empty one. Several callers get the same nodes: they are only to be read."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    root: Node | None = None
    stack: list[Node] = []
    keys: list[Node | None] = []
    for event in events:
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            closed = stack.pop()
            keys.pop()
            end: Any = event.end_mark
            closed.end = end.index if closed.flow else _last(closed)
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        node = _node(text, event)
        if not stack:
            root = node
        elif stack[-1].kind == "list":
            stack[-1].items.append(node)
        elif keys[-1] is None:
            keys[-1] = node
        else:
            stack[-1].pairs.append((keys[-1], node))
            keys[-1] = None
        if node.kind != "scalar":
            stack.append(node)
            keys.append(None)
    return root


def _node(text: str, event: Any) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        block = event.style in ("|", ">")
        return Node("scalar", start, _shown(text, start, end) if block else end, block=block, value=event.value)
    kind = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
    return Node(kind, start, end, flow=bool(getattr(event, "flow_style", False)))


def _last(node: Node) -> int:
    """The end of a block: that of the last thing in it."""
    inner = [node.end, *(item.end for item in node.items[-1:]), *(value.end for _, value in node.pairs[-1:])]
    return max(inner) if len(inner) > 1 else node.start


def _shown(text: str, start: int, end: int) -> int:
    """The end of a folded or literal text, whose mark lies behind the blank lines and comments that follow it."""
    lines = text[start:end].split("\n")
    inner = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip()]
    depth = inner[0] if inner else 0
    while len(lines) > 1:
        last = lines[-1]
        outside = not last.strip() or (len(last) - len(last.lstrip(" ")) < depth)
        if not outside:
            break
        lines.pop()
    return start + len("\n".join(lines).rstrip("\r"))
