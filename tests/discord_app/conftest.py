"""The bot in process, on a Discord made of data; every request that it makes there is one that Discord would take."""

import io
import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio
import structlog
from simcord.env import Env

from bot import logs
from bot.discord_app.client import Attache
from bot.engine import Engine
from bot.live import Live
from bot.state import migrate
from bot.state.models import Base
from bot.state.store import Store
from tests.conftest import SHIPPED
from tests.discord_app.world import FAULTS, Clock, Explicit, Log, World, desk_of, refusals


def pytest_configure(config: pytest.Config) -> None:
    """Markers of the feature tests."""
    config.addinivalue_line("markers", "settings(**values): settings of the bot that differ from the tests' own")
    config.addinivalue_line("markers", "faulty: the test makes something fail, so that the log may say so")


@pytest.fixture(scope="session")
def live(engine: Engine, cache_folder: Path) -> Live:
    """The engine and its completer, made once: both never change."""
    return Live(SHIPPED, cache_folder, engine)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty state, made from the models: that the migrations lead there is proved elsewhere, and takes longer."""
    monkeypatch.setattr(migrate, "upgrade", Base.metadata.create_all)
    with Store.open("sqlite://") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    """The clock of cooldowns and follow-ups."""
    return Clock()


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Explicit:
    """No cooldown and no privileged intent, unless the test says otherwise: `@pytest.mark.settings(…)`."""
    marker = request.node.get_closest_marker("settings")
    return Explicit(**{"cooldown_questions": 0, **(marker.kwargs if marker else {})})


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """The log as it is written in earnest. A fault in it fails the test, unless it is marked `faulty`."""
    made = Log(io.StringIO())
    loggers = [logging.getLogger(name) for name in ("", "bot", *logs.FLOORS, *logs.ALWAYS_WARN)]
    levels = [logger.level for logger in loggers]
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    logs.set_up("json", "debug", made.stream)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks  # pytest's own, which fail the test
    logging.captureWarnings(False)
    yield made
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if handler.get_name() == "attache"]:
        root.removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    structlog.reset_defaults()
    if request.node.get_closest_marker("faulty") is None:
        assert made.lines(*FAULTS) == []


@pytest.fixture
def simcord_bot(
    live: Live, store: Store, clock: Clock, settings: Explicit, log: Log, monkeypatch: pytest.MonkeyPatch
) -> Attache:
    """The bot; simcord wants to know the number of shards before it starts.

    While it waits for the bot to come to rest, simcord sleeps for 0.05 s where one turn of the loop would do; that
    would double the time of all tests. It gives up after 5 s, which a busy machine may need for a check of all files.
    """
    monkeypatch.setitem(Env._settle_internal.__kwdefaults__ or {}, "timeout", 60)
    monkeypatch.setitem(Env._settle_internal.__kwdefaults__ or {}, "idle", 0.001)
    return Attache(desk_of(live, store, clock, settings), shard_count=1)


@pytest_asyncio.fixture
async def simcord_env(simcord_env: Env) -> AsyncIterator[Env]:
    """Discord. There is no way to it past this check: simcord accepts what Discord refuses."""
    yield simcord_env
    assert refusals(simcord_env.http_requests) == []


@pytest_asyncio.fixture
async def world(simcord_env: Env, simcord_bot: Attache, log: Log, clock: Clock) -> World:
    """A server with people in it; see `World`."""
    env = simcord_env
    guild, elsewhere = env.create_guild("Seminar"), env.create_guild("Elsewhere")
    rights = discord.Permissions(manage_channels=True, manage_guild=True, manage_messages=True)
    moderators = guild.create_role("Moderators", permissions=rights)
    moderators_elsewhere = elsewhere.create_role("Moderators", permissions=rights)
    guest = env.create_user("guest")
    elsewhere.add_member(guest, roles=[moderators_elsewhere])
    channel = guild.create_text_channel("general")
    elsewhere.create_text_channel("lobby")
    owner = guild.add_member(env.create_user("owner"))
    simcord_bot.desk.owners = {owner.id}
    made = World(
        env, simcord_bot, log, clock, guild, channel,
        alice=guild.add_member(env.create_user("alice")), bob=guild.add_member(env.create_user("bob")), owner=owner,
        moderator=guild.add_member(env.create_user("moderator"), roles=[moderators]),
        guest=guild.add_member(guest), elsewhere=elsewhere,
    )  # fmt: skip
    await env.settle()
    return made
