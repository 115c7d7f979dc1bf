"""Knowledge folders that a test may change, and the processes that a bot starts."""

import shutil
from pathlib import Path

from tests.conftest import SHIPPED


def copied(folder: Path, what: Path = SHIPPED) -> Path:
    """A copy of a knowledge folder. Its compiled copy is that of the original, for the files are the same."""
    return Path(shutil.copytree(what, folder / "knowledge"))


def change(folder: Path, old: str, new: str) -> Path:
    """Put one text in another's place, in the one file that has it, at one stroke; that file."""
    (path,) = [path for path in folder.rglob("*.yaml") if old in path.read_text(encoding="utf-8")]
    beside = path.with_suffix(".new")
    beside.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return beside.replace(path)


def processes_of(number: int) -> list[int]:
    """The processes that a process has started and that still run (Linux only)."""
    found = [path.read_text(encoding="ascii") for path in Path(f"/proc/{number}/task").glob("*/children")]
    return [int(child) for held in found for child in held.split()]
