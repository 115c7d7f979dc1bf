"""The engine that serves is replaced as a whole or not at all."""

import shutil
import threading
from pathlib import Path

import pytest

from bot.knowledge.problems import KnowledgeError
from bot.live import Live
from tests.conftest import TOY

FACTS = "facts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy knowledge base, to be edited."""
    return Path(shutil.copytree(TOY, tmp_path / "knowledge"))


@pytest.fixture(params=["cached", "uncached"])
def live(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Live:
    """It, served; compiled apart into a cache, or here where there is none."""
    return Live.open(folder, tmp_path / "cache" if request.param == "cached" else None)


def some_file(folder: Path) -> Path:
    """A file with facts."""
    return min((folder / FACTS).rglob("*.yaml"))


def test_nothing_changed(live: Live) -> None:
    """The same engine serves on."""
    before = live.engine
    assert not live.reload().changed
    assert live.engine is before


def test_what_changed_is_served(live: Live, folder: Path) -> None:
    """Another engine and its completer, both at once."""
    before, completer = live.engine, live.completer
    path = some_file(folder)
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    came = live.reload()
    assert (came.changed, came.failed) == (True, False)
    assert live.engine is not before
    assert live.completer is not completer
    assert live.completer.engine is live.engine
    assert len(live.engine.kb) == len(before.kb)


def test_what_has_errors_replaces_nothing(live: Live, folder: Path) -> None:
    """The last good one serves on, and each problem is told with file and line; mended, it is served."""
    before, path = live.engine, some_file(folder)
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "\nnonsense: [\n", encoding="utf-8")
    came = live.reload()
    assert came.failed
    assert not came.changed
    assert any(path.name in str(problem) for problem in came.problems)
    assert live.engine is before
    path.write_text(good + "\n# mended\n", encoding="utf-8")
    assert live.reload().changed


def test_a_folder_that_is_gone_replaces_nothing(live: Live, folder: Path) -> None:
    """A disk that was unmounted, say."""
    before = live.engine
    shutil.move(folder, folder.with_name("elsewhere"))
    came = live.reload()
    assert came.fault
    assert live.engine is before


def test_a_fault_of_ours_replaces_nothing(live: Live, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are sound, but that the program cannot make an engine of."""
    before, path = live.engine, some_file(folder)
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    monkeypatch.setattr("bot.live.Completer", lambda _: 1 // 0)
    came = live.reload()
    assert (came.failed, came.fault) == (True, "ZeroDivisionError")
    assert live.engine is before


def test_there_is_no_last_good_one_at_first(folder: Path) -> None:
    """Then nothing is served."""
    some_file(folder).write_text("nonsense: [\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        Live.open(folder)


def test_a_reload_that_is_given_up_ends_at_once(live: Live, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot ends; nothing is compiled here instead."""
    monkeypatch.setattr("bot.live._COMPILE", "import time; time.sleep(60)")
    before, path = live.engine, some_file(folder)
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    threading.Timer(0.3, live.close).start()
    came = live.reload()
    assert came.changed == (live.cache_folder is None)  # without a cache nothing is compiled apart
    assert (live.engine is before) == (live.cache_folder is not None)


def test_a_compiler_that_hangs_leaves_no_process(live: Live, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is killed after a while, and the files are compiled here."""
    monkeypatch.setattr("bot.live._COMPILE", "import time; time.sleep(60)")
    monkeypatch.setattr("bot.live.COMPILE_SECONDS", 0.2)
    path = some_file(folder)
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert live.reload().changed
    assert live._compiling is None
