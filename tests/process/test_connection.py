"""The bot outlives whatever happens to its connection: after each fault it answers again, and once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from tests.process.attache import ANSWER, Bot, Start, text

AGAIN = 40.0  # seconds within which it must be back; discord.py itself waits up to five here and there


async def answers(bot: Bot) -> None:
    """The next question is answered, and only once."""
    asked = bot.post()
    await bot.d.until(lambda: bot.answers(asked), AGAIN, "the question is not answered")
    await asyncio.sleep(0.2)
    (answer,) = bot.answers(asked)
    assert ANSWER in text(answer)


async def identified(bot: Bot, times: int) -> None:
    """Wait for a new session: what is asked before there is one, nobody hears."""
    await bot.d.until(lambda: bot.d.counts["identify"] >= times, AGAIN, "the bot has not identified anew")
    await bot.d.ready(AGAIN)


async def resumed(start: Start) -> None:
    """Interruptions after which the session goes on, so that nothing asked meanwhile is lost."""
    async with start(faulty=True) as bot:
        await answers(bot)
        d = bot.d
        cuts: list[Callable[[], Awaitable[None]]] = [
            d.drop, d.reconnect, lambda: d.invalid_session(True),
            *(partial(d.close, code) for code in (4000, 4009, 1000, 1001)),
        ]  # fmt: skip
        for cut in cuts:
            before = d.counts["resumed"]
            await cut()
            await answers(bot)
            await d.until(lambda before=before: d.counts["resumed"] > before, AGAIN)  # type: ignore[misc]
        assert d.counts["identify"] == 1


async def session_lost(start: Start) -> None:
    """Opcode 9 without resuming."""
    async with start(faulty=True) as bot:
        await answers(bot)
        await bot.d.invalid_session(False)
        await identified(bot, 2)
        await answers(bot)


async def handshake_refused(start: Start) -> None:
    """The next sockets are refused, and then taken."""
    async with start(faulty=True) as bot:
        await answers(bot)
        bot.d.refuse_ws = 1
        await bot.d.drop()
        await identified(bot, 2)
        await answers(bot)
        assert bot.d.refuse_ws == 0


async def closed_before_hello(start: Start) -> None:
    """A refused socket, then one that closes before HELLO, of which discord.py 2.7.1 dies."""
    async with start(faulty=True) as bot:
        await answers(bot)
        d = bot.d
        d.refuse_ws, d.close_before_hello = 1, 1
        await d.drop()
        await identified(bot, 2)
        await answers(bot)
        assert (d.refuse_ws, d.close_before_hello) == (0, 0)
        assert len(bot.told("connecting again")) == 1


async def at_first(start: Start) -> None:
    """The very first socket is closed before HELLO."""
    async with start(faulty=True, launch=False) as bot:
        bot.d.close_before_hello = 1
        await bot.launch()
        await answers(bot)
        assert bot.d.close_before_hello == 0


async def login_fails(start: Start, first: str, second: str) -> None:
    """One request of the login gets a 503, another a reset (two, for aiohttp itself repeats one), then all is well."""
    async with start(faulty=True, launch=False) as bot:
        faults = [bot.d.fault("GET", first, status=503), bot.d.fault("GET", second, drop=True, times=2)]
        await bot.launch()
        await answers(bot)
        assert [fault.hits for fault in faults] == [1, 2]
        assert len(bot.told("connecting again")) == 2


async def commands_fail(start: Start) -> None:
    """The commands cannot be registered; questions are answered, and the log says it once."""
    async with start(faulty=True, launch=False) as bot:
        bot.d.fault("PUT", "/applications/*/commands", status=503, times=50)
        await bot.launch()
        await answers(bot)
        assert len(bot.told("commands not registered")) == 1


@pytest.mark.asyncio
async def test_each_fault(start: Start) -> None:
    """All at once, for each waits several seconds."""
    me, gateway = "/users/@me", "/gateway/bot"
    await asyncio.gather(
        resumed(start), session_lost(start), handshake_refused(start), closed_before_hello(start), at_first(start),
        login_fails(start, me, gateway), login_fails(start, gateway, me), commands_fail(start),
    )  # fmt: skip
