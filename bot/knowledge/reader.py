"""Reads one YAML file strictly: strings, lists and mappings, nothing else, with the line of every value.

Comes in: bytes. Goes out: a `Document`, or problems. Must not know: what the values mean.

The parser's event stream is walked rather than its nodes composed, because composing recurses once a level in C and
crashes the process on deeply nested input. Aliases are never followed, so that they cannot multiply.
"""

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from bot.knowledge.problems import Problem

MAX_DEPTH = 24  # the deepest shipped file nests 8 levels
MAX_BYTES = 64 * 1024 * 1024
MAX_FAULTS = 100  # of one file; who makes more has made one fault many times

# Control characters but tab and line feed, and the signs that turn the direction of the text around them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """One file's content: nested dicts, lists and strings, and the line of every path within them."""

    path: str
    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line on which the entry at `path` begins, or its nearest known parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """Parse one file. Returns the document, or None with everything that forbids reading it."""
    if len(data) > MAX_BYTES:
        return None, [Problem(path, 1, f"the file is larger than {MAX_BYTES} bytes", "split it")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(path, _line_of(data, error.start), "the file is not UTF-8", "save it as UTF-8")]
    builder = _Builder(path)
    try:
        value = builder.build(text)
    except _StopError:
        pass
    except yaml.reader.ReaderError as error:
        line = _line_of(data, error.position)
        builder.say(line, f"the control character {error.character:#06x} is not allowed", "remove it")
    except yaml.MarkedYAMLError as error:
        conflict = re.search(rb"^<{7} ", data, re.MULTILINE)
        if conflict:
            told = "the lines of a merge conflict stand here"
            builder.say(_line_of(data, conflict.start()), told, "choose between the two sides, and take the marks out")
            return None, builder.problems
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        hint = "quote texts that hold ': ', ' #' or begin with a special character; is the file whole?"
        last = _line_of(data.rstrip(b"\n"), len(data))  # the end of the file is marked as the line after it
        builder.say(min(mark.line + 1, last) if mark else 1, f"not well-formed YAML: {said}", hint)
    if builder.problems:
        return None, builder.problems
    return Document(path, value, builder.lines), []


def _line_of(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


class _StopError(Exception):
    """Reading on would be useless; what was found says why."""


class _Frame:
    """An open list or mapping; `key` is the mapping key that awaits its value."""

    __slots__ = ("key", "keys_seen", "line", "path", "value")

    def __init__(self, value: Any, path: Path) -> None:
        self.value, self.path = value, path
        self.key: str | None = None
        self.keys_seen: set[str] = set()
        self.line = 1


class _Builder:
    """Builds the value of one file from events, and notes what the strict format forbids."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}

    def say(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, message, hint))
        if len(self.problems) >= MAX_FAULTS:
            raise _StopError

    def stop(self, line: int, message: str, hint: str) -> NoReturn:
        self.say(line, message, hint)
        raise _StopError

    def build(self, text: str) -> Any:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        stack: list[_Frame] = []
        root: Any = None
        documents = 0
        for event in yaml.parse(text, Loader=loader):
            line: int = event.start_mark.line + 1  # type: ignore[union-attr]
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.stop(line, "a second document begins here", "one file, one document: remove the '---'")
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                value = self.value(event, line)
                path: Path | None = ()
                if stack:
                    path = self.place(stack[-1], value, event, line)
                    line = stack[-1].line if isinstance(stack[-1].value, dict) else line
                else:
                    root = value
                if path is not None:
                    self.lines.setdefault(path, line)
                    if not isinstance(value, str):
                        if len(stack) >= MAX_DEPTH:
                            self.stop(line, f"nested deeper than {MAX_DEPTH} levels", "no entry needs that depth")
                        stack.append(_Frame(value, path))
        return root

    def value(self, event: Any, line: int) -> Any:
        """The empty list, the empty mapping or the text that an event stands for."""
        if isinstance(event, yaml.AliasEvent):
            self.say(line, f"the alias *{event.anchor} is not allowed", "write the value out")
            return ""
        if event.anchor is not None:
            self.say(line, f"the anchor &{event.anchor} is not allowed", "write the value out where it is used")
        if event.tag is not None and event.tag != "!":
            self.say(line, f"the tag {event.tag} is not allowed", "all values are read as text; remove the tag")
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        unseen = _UNSEEN.search(event.value)
        if unseen:
            self.say(line, f"the control character {ord(unseen.group()):#06x} is not allowed", "remove it")
        return event.value

    def place(self, frame: _Frame, value: Any, event: Any, line: int) -> Path | None:
        """Put a value where it belongs; None when it was a mapping's key."""
        if isinstance(frame.value, list):
            frame.value.append(value)
            return (*frame.path, len(frame.value) - 1)
        if frame.key is None:
            if not isinstance(value, str):
                self.stop(line, "a list or mapping stands where a key is wanted", "keys are plain words")
            if value == "<<" and getattr(event, "implicit", (False,))[0]:
                self.say(line, "the merge key << is not allowed", "write the values out")
            elif value in frame.keys_seen:
                self.say(line, f"the key '{value}' is given twice", "remove one of them")
            frame.keys_seen.add(value)
            frame.key, frame.line = value, line
            return None
        key, frame.key = frame.key, None
        frame.value[key] = value
        return (*frame.path, key)
