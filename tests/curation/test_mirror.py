"""Git as a mirror: one commit a change, of its files alone; and whatever keeps git from it keeps nobody from saving."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.curation import mirror
from bot.curation.desk import Curation
from bot.curation.drafts import Curator, Draft
from bot.curation.outcomes import Saved
from tests.curation.conftest import ANNA, BORIS, git
from tests.curation.test_cut import FACT, ended

ODD = Curator("Zoë <script>\n“O'Hare”", 5)


@pytest.fixture(autouse=True)
def _in_git(repository: Path) -> None:
    """Every test here has the folder in a work tree."""


def saved(curation: Curation, who: Curator = ANNA, fact: str = FACT) -> Saved:
    """A change that was saved."""
    shown = curation.show(fact)
    assert shown is not None
    draft = Draft("correct", "a better note", fact, shown.digest, note=f"Seen by {who.id} at {shown.digest}.")
    came = curation.save(draft, who)
    assert isinstance(came, Saved), came
    return came


def test_what_and_why_and_who(curation: Curation, folder: Path) -> None:
    """The author is the curator, with an address that leads nowhere; the two files of the change are in one commit."""
    came = curation.save(ended(curation), ANNA)
    assert isinstance(came, Saved)
    assert came.notes == ()
    assert came.change.commit == git(folder, "rev-parse", "HEAD").strip()
    assert git(folder, "log", "-1", "--format=%an|%ae|%cn|%B").strip() == (
        f"Anna|anna@no-reply.invalid|Attaché|End {FACT}\n\nreturned"
    )
    assert git(folder, "show", "--name-only", "--format=").split() == ["facts/loans.yaml", "sources/library.yaml"]
    assert git(folder, "status", "--porcelain") == ""


def test_any_name_is_an_author(curation: Curation, folder: Path) -> None:
    """Signs that git cannot have in a name are left out."""
    saved(curation, ODD)
    assert (
        git(folder, "log", "-1", "--format=%an|%ae").strip() == "Zoë script “O'Hare”|zo-script-o-hare@no-reply.invalid"
    )
    assert mirror.identity(" \n ") == ("Curator", "curator@no-reply.invalid")


def test_nothing_else_is_committed(curation: Curation, folder: Path) -> None:
    """What somebody staged stays staged, what they changed stays changed, what they began stays unknown."""
    (folder / "relations.yaml").write_bytes((folder / "relations.yaml").read_bytes() + b"# staged\n")
    git(folder, "add", "relations.yaml")
    (folder / "facts" / "books.yaml").write_bytes((folder / "facts" / "books.yaml").read_bytes() + b"# changed\n")
    (folder / "notes.txt").write_bytes(b"new")
    before = git(folder, "status", "--porcelain")
    assert saved(curation).change.commit
    assert git(folder, "status", "--porcelain") == before
    assert git(folder, "show", "--name-only", "--format=").split() == ["facts/loans.yaml"]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([("checkout", "--quiet", "--detach")], "detached"),
        ([("switch", "-q", "-c", "other"), ("commit", "-q", "--allow-empty", "-m", "x"), ("switch", "-q", "main"),
          ("commit", "-q", "--allow-empty", "-m", "y"), ("merge", "-q", "--no-ff", "--no-commit", "other")], "merge"),
    ],
)  # fmt: skip
def test_git_is_busy(curation: Curation, folder: Path, steps: list[tuple[str, ...]], said: str) -> None:
    """A merge under way, no branch: the change is saved, and git gets it when that is over."""
    for step in steps:
        git(folder, *step)
    came = saved(curation)
    assert said in came.notes[0]
    assert came.change.commit is None
    git(folder, *(("switch", "-q", "main") if said == "detached" else ("merge", "--abort")))
    assert curation.catch_up() == ""
    assert curation.history()[0].commit == git(folder, "rev-parse", "HEAD").strip()


def test_a_lock_that_somebody_left(curation: Curation, folder: Path) -> None:
    """Git refuses for as long as it is there; two changes of two people are then caught up with in one commit."""
    lock = folder / ".git" / "index.lock"
    lock.touch()
    assert "index.lock" in saved(curation).notes[0]
    assert saved(curation, BORIS, "varda-maps").notes
    lock.unlink()
    assert curation.catch_up() == ""
    log = git(folder, "log", "-1", "--format=%an|%B")
    assert log.startswith("Curators|Catch up with 2 changes")
    assert "(Anna)" in log
    assert "(Boris)" in log
    assert {change.commit for change in curation.history()} == {git(folder, "rev-parse", "HEAD").strip()}
    assert git(folder, "status", "--porcelain") == ""


def test_git_is_missing(curation: Curation, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed."""
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(folder))
        assert "not installed" in saved(curation).notes[0]
    assert curation.catch_up() == ""
    assert curation.history()[0].commit


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_git_hangs(curation: Curation, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ended, with all that it started, and the save is told of it."""
    stub = tmp_path / "bin" / "git"
    stub.parent.mkdir()
    stub.write_text("#!/bin/sh\nsleep 60 & wait\n", encoding="utf-8")
    stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(mirror, "SECONDS", 0.3)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{stub.parent}:{os.environ['PATH']}")
        begun = time.monotonic()
        assert "did not answer" in saved(curation).notes[0]
        assert time.monotonic() - begun < 20


def test_hooks_are_not_run(curation: Curation, folder: Path) -> None:
    """One could wait for a terminal for ever."""
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg"):
        hook = folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch hooked; exit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    assert saved(curation).change.commit
    assert not list(folder.rglob("hooked"))


def test_committed_by_hand_meanwhile(curation: Curation, folder: Path) -> None:
    """Then there is nothing to catch up with, and the journal knows that commit."""
    (folder / ".git" / "index.lock").touch()
    saved(curation)
    (folder / ".git" / "index.lock").unlink()
    git(folder, "commit", "-q", "-a", "-m", "by hand")
    assert curation.catch_up() == ""
    assert curation.history()[0].commit == git(folder, "rev-parse", "HEAD").strip()


def test_files_that_git_does_not_keep(curation: Curation, folder: Path) -> None:
    """Whether a folder is kept in git is for a person to decide."""
    git(folder, "rm", "-r", "-q", "--cached", ".")
    git(folder, "commit", "-q", "-m", "kept elsewhere")
    came = saved(curation)
    assert (came.notes, came.change.commit) == ((), None)


def test_a_folder_that_is_in_no_work_tree(tmp_path: Path) -> None:
    """And one whose git is broken."""
    (tmp_path / "plain").mkdir()
    assert mirror.work_tree(tmp_path / "plain") is None
    assert mirror.commit(tmp_path / "plain", ["a"], "Anna", "x") is None
    subprocess.run(["git", "init", "-q", str(tmp_path / "plain")], check=True)  # noqa: S607
    (tmp_path / "plain" / ".git" / "HEAD").write_bytes(b"nonsense")
    assert mirror.own_name(tmp_path / "nowhere") == ""


def test_undo_is_a_commit_too(curation: Curation, folder: Path) -> None:
    """And says which change it takes back."""
    came = curation.save(ended(curation), ANNA)
    assert isinstance(came, Saved)
    assert isinstance(curation.undo(came.change.id, BORIS, "not so"), Saved)
    assert git(folder, "log", "-1", "--format=%an|%s|%b").strip() == f"Boris|Take back change 1 of {FACT}|not so"
    assert git(folder, "diff", "HEAD~2", "--stat") == ""
