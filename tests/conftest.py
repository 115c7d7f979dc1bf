"""What many tests share: the engines, each opened once, and the command line as somebody at a terminal runs it."""

import datetime
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from bot.engine import Engine

# The same examples on every run, and no time limit for each: a busy machine is no fault of the code.
settings.register_profile("attache", deadline=None, derandomize=True)
settings.load_profile("attache")

# Started in the background, the tests would ignore interrupts, and so would every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "knowledge"
TOY = ROOT / "tests" / "toy" / "knowledge"

Attache = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for compiled knowledge that all tests share; the user's own is not touched."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def engine(cache_folder: Path) -> Engine:
    """The engine on the knowledge that comes with the project."""
    return Engine.open(SHIPPED, cache_folder)


@pytest.fixture(scope="session")
def toy_engine(cache_folder: Path) -> Engine:
    """The engine on the toy knowledge base."""
    return Engine.open(TOY, cache_folder)


@pytest.fixture
def today() -> datetime.date:
    """The day on which the tests ask."""
    return datetime.date(2026, 11, 22)


@pytest.fixture(scope="session")
def attache(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Attache:
    """Run `attache` with arguments in a process of its own, in an empty folder, on the toy unless told otherwise."""
    folder = tmp_path_factory.mktemp("elsewhere")

    def run(
        *arguments: str | bytes, knowledge: Path = TOY, stdin: bytes = b"", timeout: float = 30.0, **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {
            **os.environ, "KNOWLEDGE_DIR": str(knowledge), "CACHE_DIR": str(cache_folder), "PYTHONPATH": str(ROOT),
            **variables,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments], input=stdin, capture_output=True, timeout=timeout, cwd=folder,
            env=environment, check=False,
        )  # fmt: skip

    return run
