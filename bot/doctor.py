"""`attache doctor`: what keeps the bot from running, or from running well, and what to do.

Comes in: the settings, or why they cannot be read, and the time. Goes out: findings, in the order in which the bot
would come upon them. Must not know: Discord. Nothing here goes over a network, so that a token is judged by its shape
alone. What the bot makes at its first start is not made here, for somebody else may run this command than runs the bot;
a state that is there is opened as the bot opens it, which brings its tables up to date.
"""

import datetime
import importlib.metadata
import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from bot.engine import Engine
from bot.exit_codes import ExitCode
from bot.knowledge.problems import FolderError, KnowledgeError
from bot.settings import Settings, SettingsError, settings

PORTAL = "https://discord.com/developers/applications"
FIRST_YEAR = 2026  # of this program: an earlier clock was never set

_SIGNS = {"ok": "✓", "note": "!", "problem": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one check. `mend` says what to do; `code` is how the bot would end for a problem."""

    check: str
    verdict: Literal["ok", "note", "problem"]
    text: str
    mend: str = ""
    code: ExitCode = ExitCode.DONE


def run_doctor(*, as_json: bool) -> ExitCode:
    """Print what was found; the code with which the bot would end, or DONE where it would run."""
    read: Settings | SettingsError
    try:
        read = settings()
    except SettingsError as error:
        read = error
    findings = examine(read, datetime.datetime.now(datetime.UTC))
    code = next((finding.code for finding in findings if finding.verdict == "problem"), ExitCode.DONE)
    if as_json:
        told = {"exit_code": code, "findings": [asdict(finding) for finding in findings]}
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
        return code
    for finding in findings:
        sys.stdout.write(f"{_SIGNS[finding.verdict]} {finding.verdict:<7}  {finding.check}: {finding.text}\n")
        if finding.mend:
            sys.stdout.write(f"           {finding.mend}\n")
    return code


def examine(read: Settings | SettingsError, now: datetime.datetime) -> list[Finding]:
    """Everything that can be told without a network. Settings that cannot be read leave only what needs none."""
    if isinstance(read, SettingsError):
        mend = "see .env.example for what it takes; mend the variable, or the line of .env"
        found = [Finding("settings", "problem", said, mend, ExitCode.CANNOT_RUN) for said in read.problems]
    else:
        found = [
            Finding("settings", "ok", f"all {len(Settings.model_fields)} can be read"),
            _token(read), _owners(read), _content(read), _state(read.state_url), _cache(read.cache_dir),
            _knowledge(read),
        ]  # fmt: skip
    return [*found, *_versions(), _clock(now)]


def _token(read: Settings) -> Finding:
    if not read.discord_token.get_secret_value():
        mend = f"get one at {PORTAL} (your application, Bot, Reset Token) and set DISCORD_TOKEN"
        return Finding("token", "problem", "there is none", mend, ExitCode.NO_TOKEN)
    application = read.application_id()
    if application is None:
        mend = f"copy it again, whole and without quotes or 'Bot', from {PORTAL} (your application, Bot, Reset Token)"
        text = "DISCORD_TOKEN does not look like one: three parts with dots between, the first of which holds an id"
        return Finding("token", "problem", text, mend, ExitCode.NO_TOKEN)
    return Finding("token", "ok", f"of application {application}; only Discord can tell whether it is valid")


def _owners(read: Settings) -> Finding:
    if read.owner_ids:
        return Finding("owners", "ok", f"{len(read.owner_ids)} in OWNER_IDS")
    text = "OWNER_IDS is empty: the owner's commands are for the owner of the application alone"
    return Finding("owners", "note", text, "set OWNER_IDS if somebody else is to have them")


def _content(read: Settings) -> Finding:
    if not read.message_content:
        return Finding("message content", "ok", "off; the bot reads messages that mention it")
    mend = f"turn it on at {PORTAL} (your application, Bot, Message Content Intent), or the bot ends with exit code 4"
    return Finding("message content", "note", "on; its switch must be on in the developer portal too", mend)


def _cache(folder: Path) -> Finding:
    fault = _fault(_first_there(folder))
    if fault:
        text = f"{folder} cannot be written ({fault}): every start compiles the knowledge base anew"
        return Finding("cache", "note", text, "make it writable, or set CACHE_DIR")
    return Finding("cache", "ok", f"{folder} can be written")


def _knowledge(read: Settings) -> Finding:
    try:
        kb = Engine.open(read.knowledge_dir, read.cache_dir if read.cache_dir.is_dir() else None).kb
    except FolderError as error:
        mend = "set KNOWLEDGE_DIR to a folder with a knowledge base, or leave it out"
        return Finding("knowledge", "problem", str(error), mend, ExitCode.CANNOT_RUN)
    except KnowledgeError as error:
        mend = "`attache check` lists each with its file and line"
        return Finding("knowledge", "problem", str(error), mend, ExitCode.KNOWLEDGE)
    return Finding("knowledge", "ok", f"{len(kb.facts())} facts in {read.knowledge_dir}")


def _state(url: str) -> Finding:
    from bot.state import database
    from bot.state.problems import StateError, StateInUseError
    from bot.state.store import Store

    try:
        parsed = database.parse(url)
        if database.lock_path(parsed) is None:
            database.connect(parsed).dispose()  # only finds the driver; connects to nothing
            if parsed.get_backend_name() == "sqlite":
                return Finding(
                    "state", "note", "lives in memory and is lost when the bot ends", "set STATE_URL to a file"
                )
            return Finding("state", "ok", f"a database of {parsed.get_backend_name()}, to which nothing was sent")
        path = Path(parsed.database or "").resolve()
        if not _there(path):
            made = _first_there(path.parent)
            if fault := _fault(made):
                raise StateError(f"{path} cannot be made: {made} cannot be written ({fault})")
            return Finding("state", "ok", f"{path} will be made at the first start")
        Store.open(url).close()
    except StateInUseError:
        return Finding("state", "ok", f"{path} is in use: a bot runs on it")
    except StateError as error:
        mend = "make the file and its folder writable for who runs the bot, or set STATE_URL to another"
        return Finding("state", "problem", str(error), mend, ExitCode.STATE)
    return Finding("state", "ok", f"{path} opens, with the tables of this version")


def _versions() -> Iterator[Finding]:
    yield Finding("Python", "ok", platform.python_version())
    try:
        yield Finding("discord.py", "ok", importlib.metadata.version("discord.py"))
    except importlib.metadata.PackageNotFoundError:
        mend = "install the requirements: `make chat` sets everything up"
        yield Finding("discord.py", "problem", "is not installed", mend, ExitCode.CANNOT_RUN)


def _clock(now: datetime.datetime) -> Finding:
    told = now.strftime("%Y-%m-%d %H:%M UTC")
    if now.year >= FIRST_YEAR:
        return Finding("clock", "ok", told)
    text = f"{told} is past: answers would be of the wrong day, and connections to Discord fail"
    return Finding("clock", "problem", text, "set the clock of this machine", ExitCode.CANNOT_RUN)


def _first_there(folder: Path) -> Path:
    """A folder, or the nearest one above it that exists."""
    return next((place for place in (folder, *folder.absolute().parents) if _there(place)), folder)


def _fault(folder: Path) -> str:
    """Why nothing can be written into a folder, or nothing; what is tried leaves no trace."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or type(error).__name__


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder above it may not be looked into
        return False
