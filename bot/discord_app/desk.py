"""What every handler works with, whichever event it serves: the engine that serves now, the state, what is remembered.

Nothing here belongs to a shard or to one connection, so a client that is replaced loses nothing. Must not know: how an
event came, or how a card looks.
"""

import asyncio
import datetime
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from bot.completion import Completer
from bot.curation.desk import Curation
from bot.curation.gaps import Gaps
from bot.curation.queue import Queue
from bot.discord_app.recent import Cooldown, Recent
from bot.discord_app.studying.makers import Makers
from bot.engine import Engine
from bot.live import Live
from bot.settings import Settings
from bot.state.problems import StateError
from bot.state.records import Mode
from bot.state.store import Store
from bot.study.deck import said

T = TypeVar("T")
DEFAULT_MODE: Mode = "mention"
PROMPT = 1.0  # seconds for what is looked up before an interaction is acknowledged, which it must be within three

log = structlog.get_logger()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(slots=True)
class Desk:
    """Shared by all handlers. `now` and `clock` are replaced by tests."""

    live: Live
    store: Store
    settings: Settings
    now: Callable[[], datetime.datetime] = _now
    clock: Callable[[], float] = time.monotonic
    recent: Recent = field(default_factory=Recent)
    cooldown: Cooldown = field(init=False)
    owners: set[int] = field(init=False)
    curation: Curation = field(init=False)
    queue: Queue = field(init=False)
    gaps: Gaps = field(init=False)
    telling: asyncio.Lock = field(default_factory=asyncio.Lock)  # held by who tells proposers what came of it
    makers: Makers = field(init=False)
    saving: set[tuple[str, int]] = field(default_factory=set)  # what is being saved now: a click may come twice
    drawing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))  # one page or picture at a time
    exporting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))  # and one file of cards
    heard: set[Callable[[], None]] = field(default_factory=set)  # who wants to know that facts may have changed
    _modes: dict[int, dict[int, Mode]] = field(default_factory=dict)
    _opted_in: dict[int, bool] = field(default_factory=dict)
    _asked: Counter[tuple[str, datetime.date]] = field(default_factory=Counter)
    _missed: list[tuple[str, int | None, datetime.datetime]] = field(default_factory=list)
    _writing: "asyncio.Task[None] | None" = None

    def __post_init__(self) -> None:
        self.cooldown = Cooldown(self.settings.cooldown_questions, self.settings.cooldown_seconds)
        self.owners = set(self.settings.owner_ids)
        self.curation = Curation(self.live, self.store, lambda: self.now())
        self.queue = Queue(self.curation, self.store, lambda: self.now(), self.settings.second_curator)
        self.gaps = Gaps(self.curation, self.store, lambda: self.now())
        self.makers = Makers(lambda: self.engine, self.today)

    @property
    def engine(self) -> Engine:
        """The engine that serves now; take it once for a question."""
        return self.live.engine

    @property
    def completer(self) -> Completer:
        """The completer that belongs to it."""
        return self.live.completer

    def today(self) -> datetime.date:
        """The day of the answers, in UTC."""
        return self.now().date()

    async def kept(self, work: Callable[[], T], within: float | None = None) -> T | None:
        """Work on the state, in a thread; None, and a log line, where the state fails: an answer goes out even then.

        `within` so many seconds where somebody waits who was not told yet that it may take a while; what is late is
        done all the same.
        """
        working = asyncio.create_task(asyncio.to_thread(work))
        try:
            return await (working if within is None else asyncio.wait_for(asyncio.shield(working), within))
        except StateError as error:
            log.error("state failed", kind=type(error.__cause__ or error).__name__)
        except TimeoutError:
            log.warning("state is slow", seconds=within)
            working.add_done_callback(lambda late: late.cancelled() or late.exception())
        return None

    # --- what is asked: written in batches, so that a crowd of questions does not queue for the state

    def count(self, query: str) -> None:
        """Count a question that was understood, by the stable text of its query."""
        self._asked[query, self.today()] += 1
        self._write()

    def miss(self, text: str, guild: int | None) -> None:
        """Note a question that was not understood."""
        self._missed.append((text, guild, self.now()))
        self._write()

    async def written(self) -> None:
        """Wait until all that was counted and noted is in the state."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    def _write(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._batches())

    async def _batches(self) -> None:
        """Write what has come together while the batch before was written."""
        while self._asked or self._missed:
            asked, missed = self._asked, self._missed
            self._asked, self._missed = Counter(), []
            await self.kept(lambda asked=asked, missed=missed: self.store.record(asked, missed))  # type: ignore[misc]

    async def note_facts(self) -> None:
        """Note which facts are served from now on, so that `/changes` can tell, and cards of changed ones come up."""
        kb, now = self.engine.kb, self.now()
        counts = await self.kept(lambda: self.store.note_facts(kb.digests(), now))
        if counts:
            log.info("facts changed", **counts)
        await self.kept(lambda: self.store.cards.note_changes(said(kb), now))
        for tell in set(self.heard):
            tell()

    # --- switches of servers, read for every message and so kept in memory; one process owns the state

    async def mode(self, guild: int, channel: int, parent: int | None = None) -> Mode:
        """When to speak in a channel; a thread does as its channel does unless it has a mode of its own."""
        if guild not in self._modes:
            modes = await self.kept(lambda: self.store.channel_modes(guild), PROMPT)
            if modes is None:
                return DEFAULT_MODE
            self._modes[guild] = modes
        modes = self._modes[guild]
        return modes.get(channel) or modes.get(parent or 0) or DEFAULT_MODE

    async def modes(self, guild: int) -> dict[int, Mode]:
        """The modes that were set in a server, by channel."""
        await self.mode(guild, 0)
        return dict(self._modes.get(guild, {}))

    async def set_mode(self, guild: int, channel: int, mode: Mode, by: int) -> bool:
        """Say when to speak in a channel; whether it could be kept."""
        now = self.now()

        def work() -> bool:
            self.store.set_channel_mode(guild, channel, mode, by, now)
            return True

        done = bool(await self.kept(work))
        if done:
            await self.mode(guild, channel)
            self._modes.setdefault(guild, {})[channel] = mode
        return done

    async def opted_in(self, guild: int | None) -> bool:
        """Whether a server lets the words of questions that were not understood be kept."""
        if guild is None:
            return False
        if guild not in self._opted_in:
            held = await self.kept(lambda: self.store.opted_in(guild), PROMPT)
            if held is None:
                return False
            self._opted_in[guild] = held
        return self._opted_in[guild]

    async def set_opted_in(self, guild: int, keep: bool, by: int) -> int | None:
        """Let them be kept or not; how many kept ones were deleted, None if the state failed."""
        now = self.now()

        def work() -> int:
            if not keep:
                return self.store.opt_out(guild)
            self.store.opt_in(guild, by, now)
            return 0

        deleted = await self.kept(work)
        self._opted_in.pop(guild, None)
        return deleted
