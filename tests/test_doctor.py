"""Every check tells what is wrong and what to do; the exit code is the one with which the bot would end."""

import datetime
import importlib.metadata
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.doctor import Finding, examine
from bot.exit_codes import ExitCode
from bot.settings import Settings, SettingsError
from bot.state.store import Store
from tests.conftest import ROOT, TOY, Attache

NOW = datetime.datetime(2026, 11, 22, 15, tzinfo=datetime.UTC)
SHAPED = "MTE2MDMyNTQzODcyNjg2NDk5OQ.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
CHECKS = [
    "settings", "token", "owners", "message content", "state", "cache", "knowledge", "Python", "discord.py", "clock",
]  # fmt: skip


@pytest.fixture
def held(tmp_path: Path, cache_folder: Path) -> Settings:
    """Settings with which the bot would run."""
    return Settings(
        _env_file=None, knowledge_dir=TOY, cache_dir=cache_folder, state_url=f"sqlite:///{tmp_path}/state/state.sqlite",
        discord_token=SHAPED, owner_ids=frozenset({268473310986240001}),
    )  # fmt: skip


def finding(held: Settings, check: str, **changed: Any) -> Finding:
    """What is said of one check with other settings."""
    (found,) = [found for found in examine(held.model_copy(update=changed), NOW) if found.check == check]
    return found


def test_all_is_well(held: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each check once, in order; nothing goes over a network, and nothing is made."""
    monkeypatch.setattr(socket, "socket", None)
    found = examine(held, NOW)
    assert [(one.check, one.verdict, one.mend) for one in found] == [(check, "ok", "") for check in CHECKS]
    assert "application 1160325438726864999" in found[1].text
    assert SHAPED not in str(found)
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_read() -> None:
    """One finding each, and what can be told without them."""
    found = examine(SettingsError(["LOG_LEVEL: no", "OWNER_IDS: no"]), NOW)
    assert [(one.check, one.verdict) for one in found] == [
        ("settings", "problem"), ("settings", "problem"), ("Python", "ok"), ("discord.py", "ok"), ("clock", "ok"),
    ]  # fmt: skip
    assert found[0].code == ExitCode.CANNOT_RUN


@pytest.mark.parametrize("text", ["", f"Bot {SHAPED}", f'"{SHAPED}"', SHAPED[5:], "changeme"])
def test_a_token_that_is_none(held: Settings, text: str) -> None:
    """It says where to get one, and does not repeat what is there."""
    found = finding(held, "token", discord_token=Settings(_env_file=None, discord_token=text).discord_token)
    assert (found.verdict, found.code) == ("problem", ExitCode.NO_TOKEN)
    assert "https://discord.com/developers/applications" in found.mend
    assert not text or text not in found.text + found.mend


def test_notes(held: Settings, tmp_path: Path) -> None:
    """What keeps the bot from nothing."""
    (tmp_path / "file").touch()
    notes = [
        finding(held, "owners", owner_ids=frozenset()),
        finding(held, "message content", message_content=True),
        finding(held, "cache", cache_dir=tmp_path / "file" / "cache"),
        finding(held, "state", state_url="sqlite://"),
    ]
    for note in notes:
        assert (note.verdict, note.code) == ("note", ExitCode.DONE)
        assert note.mend


def test_knowledge(held: Settings, tmp_path: Path) -> None:
    """How much there is, or how it cannot be read."""
    assert " facts in " in finding(held, "knowledge").text
    missing = finding(held, "knowledge", knowledge_dir=tmp_path / "none")
    assert (missing.verdict, missing.code) == ("problem", ExitCode.CANNOT_RUN)
    broken = Path(shutil.copytree(TOY, tmp_path / "knowledge"))
    (broken / "facts" / "loans.yaml").write_text("facts: 1\n", encoding="utf-8")
    found = finding(held, "knowledge", knowledge_dir=broken)
    assert (found.verdict, found.code) == ("problem", ExitCode.KNOWLEDGE)
    assert "attache check" in found.mend


def test_a_state(held: Settings) -> None:
    """To be made, in use, or there."""
    assert finding(held, "state").text.endswith("will be made at the first start")
    with Store.open(held.state_url):
        if sys.platform != "win32":
            assert finding(held, "state").text.endswith("is in use: a bot runs on it")
            assert finding(held, "state").verdict == "ok"
    assert finding(held, "state").text.endswith("opens, with the tables of this version")


def test_a_state_that_cannot_be_opened(held: Settings, tmp_path: Path) -> None:
    """A wrong URL, a file that is something else, a folder that is a file, a driver that is missing."""
    (tmp_path / "notes.txt").write_text("no database " * 100, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for url in (
        "state.sqlite", f"sqlite:///{tmp_path}/notes.txt", f"sqlite:///{tmp_path}/folder",
        f"sqlite:///{tmp_path}/notes.txt/state.sqlite", "nosuch://user:hidden@host/x",
    ):  # fmt: skip
        found = finding(held, "state", state_url=url)
        assert (found.verdict, found.code) == ("problem", ExitCode.STATE), url
        assert found.mend
        assert "hidden" not in found.text


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_folders_that_are_not_ones_own(held: Settings, tmp_path: Path) -> None:
    """They are not entered, and named."""
    (tmp_path / "closed").mkdir(mode=0)
    assert finding(held, "cache", cache_dir=tmp_path / "closed" / "cache").verdict == "note"
    assert finding(held, "state", state_url=f"sqlite:///{tmp_path}/closed/a/b").verdict == "problem"


def test_the_machine(held: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that was never set; a library that is not there."""
    found = examine(held, datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))[-1]
    assert (found.verdict, found.code) == ("problem", ExitCode.CANNOT_RUN)

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert finding(held, "discord.py").code == ExitCode.CANNOT_RUN


# --- the command


def run(attache: Attache, tmp_path: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """`attache doctor` with settings with which the bot would run, and others."""
    url = f"sqlite:///{tmp_path}/state/state.sqlite"
    return attache("doctor", *arguments, **{"DISCORD_TOKEN": SHAPED, "STATE_URL": url, **variables})


def test_one_line_each(attache: Attache, tmp_path: Path) -> None:
    """Never the sign alone, and what to do beneath."""
    done = run(attache, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == f"✓ ok       settings: all {len(Settings.model_fields)} can be read"
    assert lines[2].startswith("! note     owners: OWNER_IDS is empty")
    assert lines[3].startswith(" " * 11 + "set OWNER_IDS")
    assert SHAPED not in done.stdout.decode()


def test_the_exit_code_is_the_bots(attache: Attache, tmp_path: Path) -> None:
    """Of the first problem that the bot would come upon."""
    assert run(attache, tmp_path, DISCORD_TOKEN="").returncode == 3
    assert run(attache, tmp_path, STATE_URL="x", KNOWLEDGE_DIR=str(tmp_path)).returncode == 5
    assert run(attache, tmp_path, STATE_URL="x", LOG_LEVEL="loud").returncode == 2
    assert run(attache, tmp_path, KNOWLEDGE_DIR=str(tmp_path)).returncode == 2


def test_for_machines(attache: Attache, tmp_path: Path) -> None:
    """The same as one object."""
    done = run(attache, tmp_path, "--json", DISCORD_TOKEN="")
    told = json.loads(done.stdout)
    assert (done.returncode, told["exit_code"]) == (3, 3)
    assert [one["check"] for one in told["findings"]] == CHECKS
    assert set(told["findings"][1]) == {"check", "verdict", "text", "mend", "code"}


def test_discord_is_not_imported(tmp_path: Path) -> None:
    """What is asked is whether it is there; a broken one would keep the doctor from saying so."""
    script = "import sys; import bot.doctor as d; d.examine(d.Settings(_env_file=None), d.datetime.datetime.now())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KNOWLEDGE_DIR": str(TOY), "CACHE_DIR": str(tmp_path)}
    environment |= {"STATE_URL": f"sqlite:///{tmp_path}/state.sqlite"}
    done = subprocess.run(
        [sys.executable, "-c", f"{script}; sys.exit('discord' in sys.modules)"], cwd=tmp_path, env=environment,
        timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0
