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
from bot.knowledge.load import Parts, Rows
from bot.knowledge.problems import Problem
from bot.knowledge.records import Row
from bot.live import Live

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
        kb = KnowledgeBase(self.rows.plain(), fingerprint(dict(self.files)))
        return Engine(kb, dict(self.compiled), self.language)


class Reading:
    """Reads a folder again and again; what did not change is not read twice."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._parts = Parts()
        self._last: tuple[str, datetime.date, Snapshot] | None = None

    def now(self, today: datetime.date) -> Snapshot:
        """The folder as it is. Raises FolderError."""
        files = list_files(self.live.folder)
        version = fingerprint(files)
        if self._last is None or self._last[:2] != (version, today):
            self._last = (version, today, self.of(files, today))
        return self._last[2]

    def of(self, files: dict[str, bytes], today: datetime.date, *, examples: bool = False) -> Snapshot:
        """Files as they might be."""
        language = language_print(files)
        checked = check_files(files, today, examples=examples, compiled=self._compiled(language), parts=self._parts)
        return Snapshot(files, checked.rows, tuple(checked.problems), checked.compiled, language)

    def _compiled(self, language: str) -> dict[str, Any] | None:
        """The language as it was compiled before, by this process or another."""
        for known in (self._last[2] if self._last else None, self.live.engine):
            if known is not None and known.language == language and known.compiled:
                return dict(known.compiled)
        kept = cache.read(self.live.cache_folder, language)
        return kept.get("compiled") or None if kept else None

    def keep_language(self, snapshot: Snapshot) -> None:
        """Leave a compiled language for the next start."""
        if self.live.cache_folder is not None and cache.read(self.live.cache_folder, snapshot.language) is None:
            cache.write(self.live.cache_folder, snapshot.language, {"compiled": dict(snapshot.compiled)})


def folder_name(folder: Path) -> str:
    """The folder as the journal knows it, the same by whatever way its path is written."""
    return str(folder.resolve())
