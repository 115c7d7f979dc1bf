"""What may fail around a save: the disk, the folder, the journal. The curator is told; the knowledge stays whole."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.curation import folder as disk
from bot.curation.desk import Curation
from bot.curation.outcomes import Failed, Refused, Saved
from bot.curation.recovery import recover
from bot.state.journal import Journal
from bot.state.problems import StateError
from bot.state.store import Store
from tests.curation.conftest import ANNA, clock, tree
from tests.curation.test_cut import FACT, ended


def fails(number: int, *, on: int = 1) -> object:
    """A stand-in that fails with an error of the system at its nth call, and on."""
    calls = 0
    real = os.replace

    def call(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls >= on:
            raise OSError(number, os.strerror(number))
        return real(*given, **named)  # type: ignore[arg-type]

    return call


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "Input/output"),
    ],
)
@pytest.mark.parametrize("step", ["_write", "replace"])
def test_the_disk_fails(
    curation: Curation, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch, number: int, said: str, step: str
) -> None:
    """Nothing has changed, nothing lies about, what was served is served, and the next save works."""
    before, engine, draft = tree(folder), curation.live.engine, ended(curation)

    def begun(part: Path, data: bytes, _: Path) -> None:
        part.write_bytes(data[: len(data) // 2])
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(disk if step == "_write" else os, step, begun if step == "_write" else fails(number))
        came = curation.save(draft, ANNA)
    assert isinstance(came, Failed)
    assert said in str(came)
    assert "is whole" in str(came)
    assert tree(folder) == before
    assert curation.live.engine is engine
    assert curation.history() == []
    assert recover(folder, store).told == ()
    assert isinstance(curation.save(draft, ANNA), Saved)


def test_the_disk_fails_half_way(
    curation: Curation, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two files is in its place: the change is completed as soon as that is possible."""
    engine, draft = curation.live.engine, ended(curation)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fails(errno.EIO, on=2))
        came = curation.save(draft, ANNA)
    assert isinstance(came, Failed)
    assert not came.whole
    assert "will be completed" in str(came)
    assert curation.live.engine is engine
    assert len(curation.recover().completed) == 1
    assert curation.live.reload().changed
    assert curation.live.engine.kb.fact(FACT).until == "2026-09"


def test_a_rename_that_fails_once(curation: Curation, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again at once, and the curator hears of nothing."""
    real, calls = os.replace, iter([False, True, False, False])

    def once(*given: object, **named: object) -> None:
        if next(calls):
            raise OSError(errno.EIO, "no")
        real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", once)
    assert isinstance(curation.save(ended(curation), ANNA), Saved)
    assert curation.live.engine.kb.fact(FACT).until == "2026-09"


def test_the_journal_cannot_begin(curation: Curation, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a trail no change is made."""
    before, draft = tree(folder), ended(curation)

    def refuse(*_: object) -> None:
        raise StateError("database or disk is full")

    monkeypatch.setattr(Journal, "begin", refuse)
    came = curation.save(draft, ANNA)
    assert isinstance(came, Failed)
    assert "journal" in str(came)
    assert tree(folder) == before


def test_the_journal_cannot_end(
    curation: Curation, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is made and served; the mark is made up for."""
    draft = ended(curation)

    def refuse(*_: object) -> None:
        raise StateError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "finish", refuse)
        came = curation.save(draft, ANNA)
    assert isinstance(came, Saved)
    assert "journal" in came.notes[0]
    assert curation.live.engine.kb.fact(FACT).until == "2026-09"
    assert len(recover(folder, store).completed) == 1


def test_the_journal_is_closed(curation: Curation, store: Store, folder: Path) -> None:
    """A bot that is ending."""
    before, draft = tree(folder), ended(curation)
    store.close()
    assert isinstance(curation.save(draft, ANNA), Failed)
    assert isinstance(curation.undo(1, ANNA, ""), Failed)
    assert tree(folder) == before


def test_the_folder_is_gone(curation: Curation, folder: Path, tmp_path: Path) -> None:
    """Unmounted, say."""
    draft = ended(curation)
    folder.rename(tmp_path / "elsewhere")
    came = curation.save(draft, ANNA)
    assert isinstance(came, Failed)
    assert curation.show(FACT) is None
    assert isinstance(curation.preview(draft), Failed)


def test_somebody_broke_a_file(curation: Curation, folder: Path) -> None:
    """Nothing is planned on top of errors; they are told as the check tells them."""
    draft, path = ended(curation), folder / "facts" / "books.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("relation: authorship", "relation: nonsense", 1), "utf-8")
    before = tree(folder)
    for came in (curation.save(draft, ANNA), curation.preview(draft)):
        assert isinstance(came, Refused)
        assert "facts/books.yaml:" in str(came)
        assert "nonsense" in str(came)
    assert tree(folder) == before


def test_a_merge_that_left_its_marks(curation: Curation, folder: Path) -> None:
    """It is said where they stand; nothing is written over them, and what was served is served."""
    draft, path = ended(curation), folder / "facts" / "loans.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    marked = [*lines[:4], "<<<<<<< HEAD", lines[4], "=======", lines[4] + " # theirs", ">>>>>>> theirs", *lines[5:]]
    path.write_text("\n".join(marked), encoding="utf-8")
    before, engine = tree(folder), curation.live.engine
    for came in (curation.save(draft, ANNA), curation.preview(draft)):
        assert isinstance(came, Refused)
        assert "facts/loans.yaml:5: the lines of a merge conflict" in str(came)
    assert tree(folder) == before
    assert curation.live.engine is engine


def test_a_file_that_changes_under_the_save(curation: Curation, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that saved between reading and writing is not overwritten."""
    draft, path = ended(curation), folder / "facts" / "loans.yaml"
    real = disk.content

    def changed(place: Path, name: str) -> bytes | None:
        if not path.read_bytes().endswith(b"# by hand\n"):
            path.write_bytes(path.read_bytes() + b"# by hand\n")
        return real(place, name)

    monkeypatch.setattr(disk, "content", changed)
    came = curation.save(draft, ANNA)
    assert isinstance(came, Failed)
    assert "by hand" in str(came)
    assert path.read_bytes().endswith(b"# by hand\n")
    assert isinstance(curation.save(draft, ANNA), Saved)  # rebased on it
    assert path.read_bytes().endswith(b"# by hand\n")


@pytest.fixture
def held(folder: Path) -> Iterator[None]:
    """Somebody else holds the folder."""
    with disk.locked(folder):
        yield


@pytest.mark.usefixtures("held")
def test_somebody_else_saves_for_ever(curation: Curation, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said after a while, and nothing is written."""
    monkeypatch.setattr("bot.curation.folder.LOCK_SECONDS", 0.1)
    came = curation.save(ended(curation), ANNA)
    assert isinstance(came, Failed)
    assert "Somebody else is saving" in str(came)


def test_threads_wait_for_one_another(curation: Curation, folder: Path, store: Store) -> None:
    """Two desks of one process: both changes are there."""
    other = Curation(curation.live, store, clock)
    came: list[object] = []
    draft = ended(curation)

    def save(desk: Curation) -> None:
        came.append(desk.save(draft, ANNA))

    threads = [threading.Thread(target=save, args=(desk,)) for desk in (curation, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(type(outcome).__name__ for outcome in came) == ["Conflict", "Saved"]


def test_the_state_is_locked_by_another_program(curation: Curation, store: Store, folder: Path, tmp_path: Path) -> None:
    """Somebody's database browser: the save waits, and then says so."""
    draft, before = ended(curation), tree(folder)
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "state.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    came = curation.save(draft, ANNA)
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(came, Failed)
    assert "locked" in str(came)
    assert tree(folder) == before
