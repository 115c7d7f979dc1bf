"""A change as it will be made: which lines of which entries become which, and what the files hold then.

Comes in: a snapshot and what is to be done to single entries. Goes out: a Plan. Must not know: why it is done.
"""

import difflib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.curation.snapshot import SECTIONS, Snapshot
from bot.knowledge.edit.entries import begun, emptied
from bot.knowledge.edit.locate import Entry, entries, find
from bot.knowledge.edit.problems import EditError
from bot.knowledge.edit.splice import insert, replace
from bot.knowledge.load import Rows
from bot.knowledge.problems import Problem


class UnfitError(Exception):
    """A draft that cannot be carried out; `problems` says why, for the curator."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


class MovedError(Exception):
    """The entry is not as the curator saw it."""

    def __init__(self, entry: str, id_: str) -> None:
        self.entry, self.id = entry, id_
        super().__init__(f"'{id_}' was changed")


def unfit(message: str, hint: str = "", path: str = "draft", line: int = 1) -> UnfitError:
    """One problem of a draft."""
    return UnfitError(Problem(path, line, message, hint))


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of one entry: its lines before and after, None where it is not there. `behind` is its neighbour."""

    path: str
    entry: str
    id: str
    before: str | None
    after: str | None
    behind: str = ""

    def plain(self) -> dict[str, Any]:
        """As the journal keeps it."""
        return {name: getattr(self, name) for name in Edit.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Plan:
    """A change of one entry, with the sources that come and go with it. The entry's own edit is the first."""

    action: str
    entry: str
    id: str
    relation: str
    reason: str
    edits: tuple[Edit, ...]
    files: Mapping[str, bytes]
    undoes: int | None = None

    def diff(self, snapshot: Snapshot) -> str:
        """The unified diff of all files."""
        told: list[str] = []
        for path, data in sorted(self.files.items()):
            before = snapshot.files.get(path, b"").decode("utf-8").splitlines(keepends=True)
            lines = difflib.unified_diff(before, data.decode("utf-8").splitlines(keepends=True), path, path)
            told += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
        return "".join(told)


@dataclass(slots=True)
class Bench:
    """The texts of some files while entries in them are changed one by one."""

    snapshot: Snapshot
    texts: dict[str, str] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)

    def text(self, path: str) -> str:
        """A file as it is by now; one that is not there yet, as it begins: with an empty section."""
        if path in self.texts or path in self.snapshot.files:
            return self.texts[path] if path in self.texts else self.snapshot.text(path)
        folder = path.partition("/")[0]
        return emptied(f"{folder}:\n", folder)

    def put(self, path: str, text: str, entry: str, id_: str) -> None:
        """Take a file's text in which one entry was changed, and note what became of it."""
        before, after = self.text(path), text
        one, two = find(before, SECTIONS[entry], id_), find(after, SECTIONS[entry], id_)
        behind = neighbour(after if two else before, entry, id_)
        lines = (one.lines(before) if one else None, two.lines(after) if two else None)
        if lines[0] == lines[1]:
            return
        self.texts[path] = after
        self.edits.append(Edit(path, entry, id_, *lines, behind))

    def take_out(self, path: str, entry: str, id_: str) -> None:
        """Without the lines of an entry, and without one of the blank lines around it."""
        text = self.text(path)
        found = find(text, SECTIONS[entry], id_)
        if found is None:
            raise EditError(f"there is no entry '{id_}' any more")
        before, after = text[: found.start], text[found.end :]
        if before.endswith("\n\n") and (after.startswith("\n") or not after):
            before = before[:-1]
        left, section = before + after, SECTIONS[entry]
        self.put(path, left if any(entries(left, section)) else emptied(left, section), entry, id_)

    def put_back(self, edit: Edit, lines: str) -> None:
        """An entry that was taken out, behind the neighbour that it had, else at the end of its list."""
        text = self.text(edit.path)
        others = list(entries(text, SECTIONS[edit.entry]))
        if not others:
            self.put(edit.path, begun(text, SECTIONS[edit.entry], lines), edit.entry, edit.id)
            return
        near = next((other for other in others if other.id == edit.behind), None)
        position = near.end if near else others[0].start if not edit.behind else others[-1].end
        self.put(edit.path, insert(text, position, lines), edit.entry, edit.id)

    def replace(self, edit: Edit, found: Entry, lines: str) -> None:
        """An entry with other lines."""
        self.put(edit.path, replace(self.text(edit.path), found, lines), edit.entry, edit.id)

    def files(self) -> dict[str, bytes]:
        """What the files that were changed hold."""
        return {
            path: text.encode("utf-8")
            for path, text in self.texts.items()
            if path not in self.snapshot.files or text != self.snapshot.text(path)
        }


def neighbour(text: str, entry: str, id_: str) -> str:
    """The entry before one in its list; empty for the first."""
    ids = [found.id for found in entries(text, SECTIONS[entry])]
    return next((one for one, two in itertools.pairwise(ids) if two == id_), "")


def cited(rows: Rows) -> set[str]:
    """The sources that anything on file rests on."""
    return {id_ for held in (rows.facts, rows.coverages, list(rows.reasons.values())) for id_ in _cited(held)}


def _cited(held: Any) -> Iterator[str]:
    if isinstance(held, list):
        for part in held:
            yield from _cited(part)
    elif isinstance(held, dict):
        for key, value in held.items():
            if key == "sources":
                yield from value
            elif isinstance(value, (dict, list)):
                yield from _cited(value)
