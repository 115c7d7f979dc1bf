"""`attache run`: the bot from its settings to its end.

Comes in: the settings. Goes out: an exit code. A client that Discord throws off, or that never got through, is replaced
by another one with the same desk, after a while that grows: the bot ends only when it is told to, or where trying again
cannot help (a refused token, a switch that is off).
"""

import asyncio
import contextlib
import gc
import signal
import sys
import time
from collections.abc import Awaitable, Callable

import discord
import structlog
from watchfiles import awatch

from bot import logs
from bot.curation.folder import FolderBusyError
from bot.curation.recovery import recover
from bot.discord_app.client import Attache
from bot.discord_app.desk import Desk
from bot.exit_codes import ExitCode
from bot.live import Live
from bot.settings import Settings
from bot.state.store import Store

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds before another client is tried
STEADY = 60.0  # a client that held so long was no failed try
CLOSING = 2.0  # seconds that a part may take to end; all of it takes less than five
PRUNING = 24 * 3600.0
CATCHING_UP = 20.0

# Close codes of the gateway after which identifying again is refused again (Discord's documentation, "Gateway Close
# Event Codes"); 4014 is a privileged intent, for which discord.py has an exception of its own.
_REFUSED_TOKEN, _REFUSED_SHARDS = 4004, frozenset({4010, 4011, 4012, 4013})

log = structlog.get_logger()


def run(settings: Settings) -> ExitCode:
    """Run until told to end. Raises FolderError, KnowledgeError or StateError where it cannot even begin."""
    logs.set_up(settings.log_format, settings.log_level)
    if not settings.discord_token.get_secret_value():
        _tell(settings, "no token: set DISCORD_TOKEN in the environment or in .env; README.md says where to get one")
        return ExitCode.NO_TOKEN
    signal.signal(signal.SIGTERM, _end)  # until `_serve` listens: opening takes a second, compiling several
    with Store.open(settings.state_url) as store:
        _recover(settings, store)
        live = Live.open(settings.knowledge_dir, settings.cache_dir)
        gc.freeze()  # the knowledge stays: looking through it for garbage costs time at every collection
        return asyncio.run(_serve(Desk(live, store, settings)))


def _recover(settings: Settings, store: Store) -> None:
    """Complete or drop the changes of facts that were cut off when the bot ended, before anything is read."""
    try:
        told = recover(settings.knowledge_dir, store).told
    except (OSError, FolderBusyError) as error:
        log.warning("what was cut off cannot be completed yet", kind=type(error).__name__)
        return
    for line in told:
        log.warning("a change was cut off", told=line)


def _end(_number: int, _frame: object) -> None:
    sys.exit(ExitCode.DONE)


async def _serve(desk: Desk) -> ExitCode:
    """Everything that runs beside one another, until the signal to end or a client that cannot be helped."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    reloading = asyncio.Event()
    await desk.note_facts()
    for number in (signal.SIGTERM, signal.SIGINT):
        _on_signal(loop, number, ended.set)
    if not sys.stdin.isatty() and hasattr(signal, "SIGHUP"):  # on a terminal it says that the terminal is gone
        _on_signal(loop, signal.SIGHUP, reloading.set)
    beside = [
        asyncio.create_task(_watch(desk, reloading)), asyncio.create_task(_reload(desk, reloading)),
        asyncio.create_task(_prune(desk)), asyncio.create_task(_catch_up(desk)),
    ]  # fmt: skip
    client = asyncio.create_task(_connected(desk, ended))
    ending = asyncio.create_task(ended.wait())
    await asyncio.wait({client, ending}, return_when=asyncio.FIRST_COMPLETED)
    ended.set()
    log.info("ending")
    desk.live.close()
    for task in beside:
        task.cancel()
    await asyncio.wait({client, *beside}, timeout=2 * CLOSING)
    await _in_time(desk.written, CLOSING / 4)
    return client.result() if client.done() and not client.cancelled() else ExitCode.DONE


def _on_signal(loop: asyncio.AbstractEventLoop, number: int, do: Callable[[], None]) -> None:
    try:
        loop.add_signal_handler(number, do)
    except NotImplementedError:  # Windows: Ctrl-C ends asyncio.run by itself
        log.debug("no handler for a signal", number=int(number))


async def _connected(desk: Desk, ended: asyncio.Event) -> ExitCode:
    """Clients, one after another, until the end."""
    wait = FIRST_WAIT
    while not ended.is_set():
        started = time.monotonic()
        code = await _one_client(desk, ended)
        if code is not None:
            return code
        wait = FIRST_WAIT if time.monotonic() - started > STEADY else min(wait * 2, LONGEST_WAIT)
        log.warning("connecting again", seconds=wait)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), wait)
    return ExitCode.DONE


async def _one_client(desk: Desk, ended: asyncio.Event) -> ExitCode | None:
    """One client until it ends; the exit code, or None where another one should be tried."""
    client = Attache(desk)
    running = asyncio.create_task(client.start(desk.settings.discord_token.get_secret_value()))
    ending = asyncio.create_task(ended.wait())
    try:
        await asyncio.wait({running, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            await _in_time(client.finish, CLOSING)
            return ExitCode.DONE
        error = running.exception()
        ending_for_good = _what_now(error)
        if ending_for_good is None:
            log.warning("disconnected", kind=type(error).__name__ if error else None)
            return None
        code, told = ending_for_good
        _tell(desk.settings, told)
        return code
    finally:
        ending.cancel()
        running.cancel()
        await _in_time(client.close, CLOSING)
        await asyncio.wait({running, ending}, timeout=CLOSING / 2)


def _what_now(error: BaseException | None) -> tuple[ExitCode, str] | None:
    """The code to end with and why, where another client would fare no better."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else 0
    if isinstance(error, discord.LoginFailure) or code == _REFUSED_TOKEN:
        told = "Discord refuses the token; make a new one in the developer portal and set DISCORD_TOKEN"
        return ExitCode.NO_TOKEN, told
    if isinstance(error, discord.PrivilegedIntentsRequired):
        told = "MESSAGE_CONTENT is on, but Message Content Intent is off in the developer portal (Bot); set both alike"
        return ExitCode.SWITCH_OFF, told
    if code in _REFUSED_SHARDS:
        return ExitCode.CANNOT_RUN, f"Discord refuses the connection for good (code {code})"
    return None


async def _in_time(work: Callable[[], Awaitable[object]], seconds: float) -> None:
    with contextlib.suppress(Exception):
        await asyncio.wait_for(work(), seconds)


# --- beside the client


async def _watch(desk: Desk, reloading: asyncio.Event) -> None:
    """Ask for a reload when a file of the knowledge folder changes. Without the means to watch, SIGHUP still works."""
    while True:
        try:
            async for changes in awatch(desk.live.folder, debounce=300, step=50):
                if any(path.endswith((".yaml", ".yml")) for _, path in changes):
                    reloading.set()
        except (OSError, RuntimeError) as error:
            log.warning("the knowledge folder cannot be watched", kind=type(error).__name__)
        await asyncio.sleep(LONGEST_WAIT)


async def _reload(desk: Desk, reloading: asyncio.Event) -> None:
    """Serve what the files say now; what has errors replaces nothing."""
    while True:
        await reloading.wait()
        reloading.clear()
        came = await asyncio.to_thread(desk.live.reload)
        for problem in came.problems[:20]:
            log.error("knowledge problem", problem=str(problem))
        if came.failed:
            log.error("knowledge not reloaded", problems=len(came.problems), fault=came.fault or None,
                      serving=desk.engine.kb.version[:12])  # fmt: skip
        elif came.changed:
            await desk.note_facts()
            log.info("knowledge reloaded", facts=len(desk.engine.kb), serving=desk.engine.kb.version[:12])
        else:
            log.info("knowledge unchanged", serving=desk.engine.kb.version[:12])


async def _prune(desk: Desk) -> None:
    """Forget, once a day, what was to be kept for a time only."""
    while True:
        now = desk.now()
        await desk.kept(lambda now=now: desk.store.prune(now))  # type: ignore[misc]
        await asyncio.sleep(PRUNING)


async def _catch_up(desk: Desk) -> None:
    """Mirror in git what is not there yet, and read the files once, so that the first preview is as quick as the next.

    Not at once: who waits for the bot to come back wants an answer first.
    """
    await asyncio.sleep(CATCHING_UP)
    told = await asyncio.to_thread(desk.curation.catch_up)
    if told:
        log.warning("git is behind", told=told)
    await asyncio.to_thread(desk.curation.warm)
    log.info("caught up")


def _tell(settings: Settings, text: str) -> None:
    """One line for who started the bot; a record where programs read them."""
    if settings.log_format == "json":
        log.error(text)
    else:
        sys.stderr.write(f"attache: {text}\n")
