"""The engine that serves now, and its replacement while the bot runs.

Comes in: a knowledge folder, and word that its files may have changed. Goes out: the engine for the next question. A
folder with errors, or one that cannot be read, replaces nothing: the last good engine keeps serving. Must not know: who
asks, and how a change is noticed.

The files are compiled in a process of its own, which leaves the result in the cache: compiling takes seconds of
computing, during which the threads of this process, and so every answer, would wait.
"""

import datetime
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from bot.choices import ListKind, answerable
from bot.completion import Completer
from bot.engine import Engine
from bot.knowledge.files import fingerprint, list_files
from bot.knowledge.problems import FolderError, KnowledgeError, Problem

COMPILE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What came of a reload: whether another engine serves now, and the problems that forbade it."""

    changed: bool
    problems: tuple[Problem, ...] = ()
    fault: str = ""

    @property
    def failed(self) -> bool:
        """Whether what is on disk is not what is served."""
        return bool(self.problems or self.fault)


@dataclass(slots=True)
class Live:
    """The engine that serves now, and what was made of it. Take `engine` once for a question, not twice."""

    folder: Path
    cache_folder: Path | None
    engine: Engine
    completer: Completer = field(init=False)
    lists: list[ListKind] = field(init=False)
    _turn: Lock = field(default_factory=Lock)
    _swap: Lock = field(default_factory=Lock)
    _closed: bool = False
    _compiling: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self.completer, self.lists = _made(self.engine)

    @classmethod
    def open(cls, folder: Path, cache_folder: Path | None = None) -> "Live":
        """Open a knowledge folder. Raises FolderError or KnowledgeError, as there is no last good one yet."""
        return cls(folder, cache_folder, Engine.open(folder, cache_folder))

    def reload(self) -> Reloaded:
        """Serve what the files say now, if they are sound. Blocks for seconds; call it in a thread. Never raises."""
        with self._turn:
            try:
                if fingerprint(list_files(self.folder)) == self.engine.kb.version:
                    return Reloaded(changed=False)
                problems = self._compile_apart()
                if problems or self._closed:
                    return Reloaded(changed=False, problems=problems)
                engine = Engine.open(self.folder, self.cache_folder)
                made = _made(engine)
            except FolderError as error:
                return Reloaded(changed=False, fault=str(error))
            except KnowledgeError as error:
                return Reloaded(changed=False, problems=tuple(error.problems))
            except Exception as error:  # noqa: BLE001 - whatever the files hold, what served before serves on
                return Reloaded(changed=False, fault=type(error).__name__)
            with self._swap:
                if engine.kb.version == self.engine.kb.version:  # somebody saved and served the same meanwhile
                    return Reloaded(changed=False)
                if not _current(self.folder, engine):  # somebody saved something newer; what they serve stays
                    return Reloaded(changed=False)
                self.engine, (self.completer, self.lists) = engine, made
            return Reloaded(changed=True)

    def serve_soon(self, engine: Engine) -> None:
        """Answer by an engine that somebody made of the files as they are now; `settle` it afterwards."""
        with self._swap:
            self.engine = engine

    def settle(self, engine: Engine) -> None:
        """Make what is made of an engine that answers already, which takes some tenths of a second."""
        made = _made(engine)
        with self._swap:
            if self.engine is engine:
                self.completer, self.lists = made

    def _compile_apart(self) -> tuple[Problem, ...]:
        """Fill the cache, or say what forbids it. Where neither comes of it, `Engine.open` compiles here."""
        if self.cache_folder is None or self._closed:
            return ()
        command = [sys.executable, "-c", _COMPILE, str(self.folder), str(self.cache_folder)]
        none, pipe = subprocess.DEVNULL, subprocess.PIPE
        try:
            with subprocess.Popen(command, stdin=none, stdout=pipe, stderr=none) as child:  # noqa: S603
                self._compiling = child
                try:
                    told, _ = child.communicate(timeout=COMPILE_SECONDS)
                except subprocess.TimeoutExpired:
                    child.kill()
                    return ()
            return tuple(Problem(**problem) for problem in json.loads(told or b"[]"))
        except (OSError, ValueError, TypeError):
            return ()
        finally:
            self._compiling = None

    def close(self) -> None:
        """Give up a reload that is under way: nothing waits for it any longer."""
        self._closed = True
        child = self._compiling
        if child is not None:
            child.kill()


def _current(folder: Path, engine: Engine) -> bool:
    """Whether the files are still those of which an engine was made; where they cannot be read, nobody knows better."""
    try:
        return fingerprint(list_files(folder)) == engine.kb.version
    except FolderError:
        return True


def _made(engine: Engine) -> tuple[Completer, list[ListKind]]:
    """What is made once of an engine: what completes questions, and the kinds of list that can be shown."""
    return Completer(engine), answerable(engine, datetime.datetime.now(datetime.UTC).date())


# What the process apart does: nothing to say is success.
_COMPILE = """
import dataclasses, json, sys
from pathlib import Path
from bot.engine import Engine
from bot.knowledge.problems import KnowledgeError
try:
    Engine.open(*map(Path, sys.argv[1:]))
except KnowledgeError as error:
    print(json.dumps([dataclasses.asdict(problem) for problem in error.problems]))
"""
