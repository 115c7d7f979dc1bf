"""A knowledge base that may be changed, and the desk at which that is done."""

import datetime
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.curation.desk import Curation
from bot.curation.drafts import Curator, SourceDraft
from bot.curation.queue import Queue
from bot.live import Live
from bot.state.store import Store
from tests.conftest import TOY

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
ANNA, BORIS = Curator("Anna", 268473310986240001), Curator("Boris", 412347257233604609)
PAGE = SourceDraft(
    title="Register of loans, 2026", publisher="Harbour Library", url="https://library.example/register/2026",
    published="2026-10-01", accessed="2026-10-02", kind="official",
)  # fmt: skip


def clock() -> datetime.datetime:
    """The time of all tests."""
    return NOW


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    command = ["git", *who, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=20, check=True)
    return done.stdout


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, git's own left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy knowledge base."""
    return Path(shutil.copytree(TOY, tmp_path / "knowledge"))


@pytest.fixture
def repository(folder: Path) -> Path:
    """The same in a work tree of git."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Begin")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A state in a file."""
    with Store.open(f"sqlite:///{(tmp_path / 'state.sqlite').as_posix()}") as opened:
        yield opened


@pytest.fixture
def curation(folder: Path, store: Store, cache_folder: Path) -> Curation:
    """The desk for the copy."""
    return Curation(Live.open(folder, cache_folder), store, clock)


@pytest.fixture
def queue(curation: Curation, store: Store) -> Queue:
    """The queue of the copy, with a second curator where one is wanted."""
    return Queue(curation, store, clock)
