"""The bot's process for each test, with a state of its own and the compiled knowledge of all."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHIPPED
from tests.process.attache import Bot, Start, running


@pytest.fixture
def start(tmp_path: Path, cache_folder: Path) -> Start:
    """Start a bot; several in one test do not share their state."""
    number = iter(range(1000))

    def start(*expected: str, **rules: Any) -> AbstractAsyncContextManager[Bot]:
        folder = tmp_path / f"bot-{next(number)}"
        folder.mkdir()
        return running(folder, cache_folder, *expected, **rules)

    return start


@pytest.fixture(scope="session", autouse=True)
def compiled(cache_folder: Path) -> None:
    """The shipped knowledge is compiled once, so that every bot starts from the copy."""
    from bot.engine import Engine

    Engine.open(SHIPPED, cache_folder)
