"""The knowledge base as its files are now: read, checked, and with the place of every entry.

Comes in: a folder. Goes out: a Snapshot, on which changes are planned. Nothing here writes.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.checking import check_files
from bot.curation.outcomes import Shown
from bot.engine import Engine
from bot.knowledge import cache
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.edit.locate import Entry, find
from bot.knowledge.files import fingerprint, language_print, list_files
from bot.knowledge.load import Parts, Rows, load_rows
from bot.knowledge.problems import Problem
from bot.knowledge.records import Row
from bot.live import Live

KEPT = 4  # snapshots remembered: the folder as it is, and a few as it might be

# The word for an entry in the journal, the section of a file that holds it, and its key among the rows' origins.
SECTIONS = {"fact": "facts", "source": "sources", "entity": "entities", "intent": "intents"}
_ORIGINS = {"fact": "fact", "source": "sources", "entity": "entities", "intent": "intent"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of a folder, what they say, and what is wrong with them."""

    files: Mapping[str, bytes]
    rows: Rows
    problems: tuple[Problem, ...]
    compiled: Mapping[str, Any]
    language: str
    version: str
    parts: Parts

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What forbids serving it."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def text(self, path: str) -> str:
        """A file's text."""
        return self.files[path].decode("utf-8")

    def path(self, entry: str, id_: str) -> str | None:
        """The file that holds an entry."""
        found = self.rows.origin.get(f"{_ORIGINS[entry]} {id_}")
        return found[0] if found else None

    def locate(self, entry: str, id_: str) -> tuple[str, Entry] | None:
        """An entry's file and place. Raises EditError where it cannot be edited in place."""
        path = self.path(entry, id_)
        found = find(self.text(path), SECTIONS[entry], id_) if path else None
        return (path, found) if path and found else None

    def fact(self, id_: str) -> Row | None:
        """A fact as it counts, its file's defaults included."""
        return next((row for row in self.rows.facts if row["id"] == id_), None)

    def shown(self, entry: str, id_: str) -> Shown | None:
        """An entry for somebody who is about to change it. Raises EditError."""
        place = self.locate(entry, id_)
        if place is None:
            return None
        path, found = place
        text = self.text(path)
        lines, row = found.lines(text), self.fact(id_) if entry == "fact" else None
        seen = blake2b(f"{lines}\0{sorted((row or {}).items(), key=repr)!r}".encode(), digest_size=12).hexdigest()
        number = text.count("\n", 0, found.start) + 1
        return Shown(entry, id_, path, number, lines, seen, retired=bool((row or {}).get("retired")))

    def engine(self) -> Engine:
        """An engine that serves it."""
        return Engine(KnowledgeBase(self.rows.plain(), self.version), dict(self.compiled), self.language)

    def rows_with(self, files: Mapping[str, bytes]) -> Rows:
        """The facts and sources as they would be with other content of some files; nothing is checked."""
        changed = {**self.files, **files}
        return load_rows({path: data for path, data in changed.items() if not path.startswith("intents/")}, self.parts)[
            0
        ]


class Reading:
    """Reads a folder again and again; what did not change is not read twice."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._parts = Parts()
        self._kept: dict[tuple[str, datetime.date, bool], Snapshot] = {}

    def now(self, today: datetime.date) -> Snapshot:
        """The folder as it is. Raises FolderError."""
        return self.of(list_files(self.live.folder), today)

    def of(self, files: dict[str, bytes], today: datetime.date, *, examples: bool = False) -> Snapshot:
        """Files as they might be; with `examples`, those of all intents are asked too. The last few are remembered:
        what was shown in a preview is not checked again when it is saved, and is the folder as it is after that."""
        key = (fingerprint(files), today, examples)
        found = self._kept.pop(key, None) or self._kept.get((*key[:2], True)) or self._made(files, key)
        self._kept[key] = found
        for old in list(self._kept)[:-KEPT]:
            del self._kept[old]
        return found

    def _made(self, files: dict[str, bytes], key: tuple[str, datetime.date, bool]) -> Snapshot:
        version, today, examples = key
        language = language_print(files)
        known = self._compiled(language)
        checked = check_files(files, today, examples=examples, compiled=known, parts=self._parts)
        return Snapshot(files, checked.rows, tuple(checked.problems), checked.compiled, language, version, self._parts)

    def _compiled(self, language: str) -> dict[str, Any] | None:
        """The language as it was compiled before, by this process or another, from files that were sound."""
        sound: list[Engine | Snapshot] = [self.live.engine, *(s for s in self._kept.values() if not s.errors)]
        for known in sound:
            if known.language == language and known.compiled:
                return dict(known.compiled)
        kept = cache.read(self.live.cache_folder, language)
        return kept.get("compiled") or None if kept else None

    def keep_language(self, snapshot: Snapshot) -> None:
        """Leave a newly compiled language for the next start."""
        cache.write(self.live.cache_folder, snapshot.language, {"compiled": dict(snapshot.compiled)})


def folder_name(folder: Path) -> str:
    """The folder as the journal knows it, the same by whatever way its path is written."""
    return str(folder.resolve())
