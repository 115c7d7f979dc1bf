"""A process that is killed while it saves: every change that it said was saved is there, and no half one."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.checking import check_files
from bot.curation.recovery import recover
from bot.knowledge.files import list_files
from bot.state.store import Store
from tests.conftest import ROOT
from tests.curation.conftest import NOW, git, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signal")

_NOTE = re.compile(r"This is change (\d+)\.")


def writer(folder: Path, cache: Path, state: str, first: int) -> "subprocess.Popen[str]":
    """A process that saves and saves."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.curation.writer", str(folder), str(cache), state, str(first)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def killed_again_and_again(folder: Path, cache: Path, state: str, times: int, seed: int) -> int:
    """Kill it at random moments; the numbers of what was saved, looked for after each recovery."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    last, seen, completed = 0, 0, 0
    for _ in range(times):
        with writer(folder, cache, state, last) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.5))
            child.kill()
            lines = child.stdout.read().splitlines()
        assert not [line for line in lines if not re.fullmatch(r"saved \d+ \d+", line)], lines
        said = [int(line.split()[1]) for line in lines]
        with Store.open(state, exclusive=False) as store:
            came = recover(folder, store)
            assert not came.stuck
            completed += len(came.completed)
            newest = store.journal.newest(limit=1)
            assert {entry.state for entry in newest} <= {"done"}
        last = is_whole(folder, newest[0].reason if newest else "", max(said, default=last))
        seen += len(said)
    assert seen or times < 5
    return completed


def is_whole(folder: Path, newest: str, acknowledged: int) -> int:
    """The files load without an error, say what the journal says, and have nothing lying about."""
    assert not check_files(list_files(folder), NOW.date()).errors
    held = [int(number) for path in folder.rglob("*.yaml") for number in _NOTE.findall(path.read_text("utf-8"))]
    found = max(held, default=0)
    assert found >= acknowledged
    assert found - acknowledged <= 1  # one may be complete, of which nobody was told any more
    if held:
        assert newest == f"change {found}"
        assert sorted(held) == [found - 1, found] or held == [found]
    assert [path for path in tree(folder) if "attache-part" in path] == []
    return found


@pytest.mark.parametrize("kept_in_git", [False, True])
def test_ten_times(folder: Path, tmp_path: Path, cache_folder: Path, kept_in_git: bool) -> None:
    """With and without git, which is killed with it, or goes on alone."""
    if kept_in_git:
        for step in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "Begin")):
            git(folder, *step)
    killed_again_and_again(folder, cache_folder, f"sqlite:///{tmp_path / 'state.sqlite'}", 10, seed=kept_in_git)
    if kept_in_git:
        assert git(folder, "fsck", "--no-dangling") == ""


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_fifty_times(folder: Path, tmp_path: Path, cache_folder: Path, seed: int) -> None:
    """The long way; four of these make two hundred."""
    killed_again_and_again(folder, cache_folder, f"sqlite:///{tmp_path / 'state.sqlite'}", 50, seed=100 + seed)
