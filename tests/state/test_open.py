"""Opening: one bot on a state, files for nobody else's eyes, and a plain word where it cannot be."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.state.problems import StateError, StateInUseError
from bot.state.store import Store
from tests.conftest import ROOT
from tests.state.conftest import ANNA, CHANNEL, GUILD, NOW, at_file, report

posix = pytest.mark.skipif(sys.platform == "win32", reason="nothing is locked there")

WAITS = """\
import sys
from bot.state.store import Store
store = Store.open(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def start(program: str, url: str) -> "subprocess.Popen[str]":
    """A program in a process of its own, with the URL as its argument."""
    return subprocess.Popen(
        [sys.executable, "-c", program, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@posix
def test_a_second_bot_is_refused_until_the_first_ends(path: Path) -> None:
    """Told by which process; however the first one ends, and by whatever way the path is written."""
    with start(WAITS, at_file(path)) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        (path.parent / "folder").mkdir()
        with pytest.raises(StateInUseError, match=f"process {first.pid} runs on this state; stop it"):
            Store.open(at_file(path.parent / "folder" / ".." / path.name))
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        Store.open(at_file(path)).close()


@posix
def test_a_second_store_in_the_same_process_is_refused(path: Path) -> None:
    """And leaves the first one working; closed, the state is free."""
    with Store.open(at_file(path)) as first:
        with pytest.raises(StateInUseError, match=f"process {os.getpid()} "):
            Store.open(at_file(path))
        first.set_channel_mode(GUILD, CHANNEL, "off", ANNA, NOW)
    Store.open(at_file(path)).close()


def test_two_states_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Nor do two in memory."""
    urls = [at_file(tmp_path / "a.sqlite"), at_file(tmp_path / "b.sqlite"), "sqlite://", "sqlite:///:memory:"]
    stores = [Store.open(url) for url in urls]
    stores[0].set_channel_mode(GUILD, CHANNEL, "off", ANNA, NOW)
    assert [store.channel_mode(CHANNEL) for store in stores] == ["off", None, None, None]
    for store in stores:
        store.close()


@posix
def test_the_files_are_for_nobody_else(path: Path) -> None:
    """Folder, database, log and lock: ids and texts of people are in them."""
    with Store.open(at_file(path)) as store:
        store.set_channel_mode(GUILD, CHANNEL, "off", ANNA, NOW)
        names = {file.name for file in path.parent.iterdir()}
        assert names == {"state.sqlite", "state.sqlite-wal", "state.sqlite-shm", "state.sqlite.lock"}
        assert [file for file in (path.parent, *path.parent.iterdir()) if file.stat().st_mode & 0o077] == []


def test_sqlite_is_set_up(filed: Store) -> None:
    """As the state's promises need it."""
    pragmas = {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000, "synchronous": 1}
    with filed._engine.begin() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas}
    assert told == pragmas


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be one\n" * 40, b"SQLite format 3\0" + b"\1" * 999]
)
def test_what_is_no_database_is_refused(path: Path, content: bytes) -> None:
    """With its name, and left as it is."""
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StateError, match=r"state\.sqlite: the state cannot be used: .*database"):
        Store.open(at_file(path))
    assert path.read_bytes() == content


def test_a_path_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the folder's place, and a folder in the file's."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StateError, match=r"cannot be written: .*see STATE_URL"):
        Store.open(at_file(tmp_path / "file" / "state.sqlite"))
    with pytest.raises(StateError, match=r"cannot be written: .*see STATE_URL"):
        Store.open(at_file(tmp_path))


def test_a_lock_that_cannot_be_opened_is_told(path: Path) -> None:
    """A folder in its place."""
    (path.parent / "state.sqlite.lock").mkdir(parents=True)
    with pytest.raises(StateError, match="the lock file cannot be opened"):
        Store.open(at_file(path))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "not a database URL"),
        ("/var/lib/state.sqlite", "not a database URL"),
        ("sqlite:///file:a?uri=true", "a path and no options"),
        ("sqlite:///a.sqlite?mode=ro", "a path and no options"),
        ("sqlite://user:secret@host/a", "no driver for sqlite is installed|cannot be used"),
        ("nosuchdatabase://user:secret@host/state", "no driver for nosuchdatabase"),
        ("postgresql+nosuchdriver://user:secret@host/state", "no driver for postgresql"),
    ],
)
def test_a_url_that_cannot_be_used_is_told(
    url: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the password in it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StateError, match=said) as caught:
        Store.open(url)
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_without_the_text(filed: Store) -> None:
    """What was to be written is nobody's business in a log; what was there before is still there."""
    filed.set_channel_mode(GUILD, CHANNEL, "off", ANNA, NOW)
    with filed._engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StateError, match="database or disk is full") as caught:
        report(filed, ["a"], "a secret " * 10_000, "", ANNA, GUILD)
    assert "a secret" not in f"{caught.value}{caught.value.__cause__}"
    assert filed.proposals.all() == []
    assert filed.channel_mode(CHANNEL) == "off"


def test_the_default_is_a_file_of_the_users(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As STATE_URL says when it is not set, or empty."""
    monkeypatch.delenv("STATE_URL", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(path.parent))
    url = Settings(_env_file=None).state_url
    assert url.startswith("sqlite:///")
    assert url.endswith("attache/state.sqlite")
    monkeypatch.setenv("STATE_URL", "")
    assert Settings(_env_file=None).state_url == url
    monkeypatch.setenv("STATE_URL", "sqlite://")
    assert Settings(_env_file=None).state_url == "sqlite://"


def test_shared_with_a_bot(path: Path) -> None:
    """A command beside it reads and writes; a second bot is refused all the same."""
    with Store.open(at_file(path)) as bot, Store.open(at_file(path), exclusive=False) as beside:
        beside.count_question("q", NOW.date())
        bot.count_question("q", NOW.date())
        assert beside.question_counts(NOW.date()) == {"q": 2}
        with pytest.raises(StateInUseError):
            Store.open(at_file(path))


def test_shared_before_there_is_a_bot(path: Path) -> None:
    """The tables are made, under the bot's lock, which is free again then."""
    with Store.open(at_file(path), exclusive=False) as first, Store.open(at_file(path)):
        assert first.proposals.all() == []
