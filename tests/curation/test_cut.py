"""A save that is cut off at each of its steps in turn, and what the next start makes of it."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.curation import folder as disk
from bot.curation.desk import Curation
from bot.curation.drafts import Draft
from bot.curation.outcomes import Saved
from bot.curation.recovery import recover
from bot.state.journal import Journal
from bot.state.store import Store
from tests.curation.conftest import ANNA, PAGE, clock, tree

FACT = "loan-nora-lighthouse"


class CutError(BaseException):
    """The process ends here."""


def ended(curation: Curation) -> Draft:
    """A change of two files."""
    shown = curation.show(FACT)
    assert shown is not None
    return Draft("end", "returned", FACT, shown.digest, until="2026-09", sources=(PAGE,))


def cut_at(monkeypatch: pytest.MonkeyPatch, step: int) -> Callable[[], int]:
    """Let everything that touches the disk or the journal work so many times, and then end the process."""
    count = itertools.count()
    reached = 0

    def counted(owner: object, name: str, *, after: bool) -> None:
        real = getattr(owner, name)

        def call(*given: object, **named: object) -> object:
            nonlocal reached
            reached = next(count)
            if reached == step and not after:
                raise CutError
            result = real(*given, **named)
            if reached == step:
                raise CutError
            return result

        monkeypatch.setattr(owner, name, call)

    counted(Journal, "begin", after=True)
    counted(disk, "_write", after=True)
    counted(disk, "_sync_folder", after=False)
    counted(os, "replace", after=False)
    counted(Journal, "finish", after=False)
    # A process that is killed tidies nothing up.
    monkeypatch.setattr(disk, "discard", lambda _: None)
    return lambda: reached


@pytest.mark.parametrize("step", range(8))
def test_cut_off_at_every_step(
    curation: Curation, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """All of the change is there, or nothing of it; and it can be made again, or was made."""
    before, draft = tree(folder), ended(curation)
    with monkeypatch.context() as patch:
        cut_at(patch, step)
        with pytest.raises(CutError):
            curation.save(draft, ANNA)
    came = recover(folder, store)
    assert len(came.completed) + len(came.dropped) == 1
    again = Curation(curation.live, store, clock)
    curation.live.reload()
    if came.dropped:
        assert tree(folder) == before
        assert again.history() == []
        assert isinstance(again.save(draft, ANNA), Saved)
    (change,) = again.history()
    assert change.state == "done"
    assert curation.live.engine.kb.fact(FACT).until == "2026-09"
    assert curation.live.engine.kb.version == again._now().version
    assert recover(folder, store).told == ()


def test_the_steps_are_counted(curation: Curation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above cuts at all of them."""
    reached = cut_at(monkeypatch, 10_000)
    assert isinstance(curation.save(ended(curation), ANNA), Saved)
    assert reached() == 7


def test_a_file_that_is_neither_as_before_nor_as_after(
    curation: Curation, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody mended it by hand after the crash: nothing is touched, and it is told."""
    draft = ended(curation)
    with monkeypatch.context() as patch:
        cut_at(patch, 4)  # after the first rename
        with pytest.raises(CutError):
            curation.save(draft, ANNA)
    path = folder / "facts" / "loans.yaml"
    path.write_bytes(path.read_bytes() + b"# mended\n")
    held = tree(folder)
    came = recover(folder, store)
    assert [change.fact for change in came.stuck] == [FACT]
    assert "by hand" in came.told[-1]
    after = tree(folder)
    assert {name: data for name, data in held.items() if "attache-part" not in name} == after
    assert recover(folder, store).stuck == ()  # told once
    assert [change.state for change in curation.history()] == ["stuck"]


def test_left_over_files_are_removed(folder: Path, store: Store) -> None:
    """Those that are ours alone."""
    (folder / "facts" / ".loans.yaml.0123abcd.attache-part").write_bytes(b"half")
    (folder / "facts" / "loans.yaml~").write_bytes(b"somebody's")
    assert recover(folder, store).told == ("1 left-over temporary file removed.",)
    assert (folder / "facts" / "loans.yaml~").exists()
    assert not list(folder.rglob(".*attache-part"))


def test_another_folder_is_left_alone(curation: Curation, store: Store, tmp_path: Path, folder: Path) -> None:
    """One journal may serve two folders; what was cut off in one is no business of the other."""
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, 4)
        with pytest.raises(CutError):
            curation.save(ended(curation), ANNA)
    (tmp_path / "other").mkdir()
    assert recover(tmp_path / "other", store).told == ()
    assert len(recover(folder, store).completed) == 1


def test_modes_and_links_stay(curation: Curation, folder: Path) -> None:
    """A file keeps its permissions, and a link leads where it led."""
    path = folder / "facts" / "loans.yaml"
    real = path.with_name("real.txt")
    path.rename(real)
    path.symlink_to(real.name)
    real.chmod(0o640)
    assert isinstance(curation.save(ended(curation), ANNA), Saved)
    assert path.is_symlink()
    assert "until: 2026-09" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640
    assert path.readlink() == Path("real.txt")
