"""Requests that fail: each question is answered exactly once, or given up with one log line; the next one works."""

import asyncio
from typing import Any

import pytest

from tests.loopback.faults import UNHEEDED
from tests.process.attache import ANSWER, CALLBACK, POST, QUESTION, Bot, Start, text

SURVIVED: list[dict[str, Any]] = [
    {"status": 429, "retry_after": 0.4},
    {"status": 429, "retry_after": 0.4, "is_global": True},
    {"status": 500},
    {"status": 502},
    {"status": 503},
    {"status": 503, "times": 3},
    {"drop": True},
    {"drop": True, "times": 3},
    {"drop": True, "after": True},
    {"status": 500, "after": True},
    {"status": 503, "after": True},
]


async def answered_once(bot: Bot, expected: int = 1) -> None:
    """A mention is answered so many times, whatever is tried meanwhile."""
    asked = bot.post()
    if expected:
        await bot.d.until(lambda: bot.answers(asked), 20, "the question is not answered")
    else:
        before = len(bot.told("given up"))
        await bot.d.until(lambda: len(bot.told("given up")) > before, 20, "nothing is given up")
    await asyncio.sleep(0.3)
    assert [ANSWER in text(answer) for answer in bot.answers(asked)] == [True] * expected


async def replies(start: Start, faults: list[dict[str, Any]]) -> None:
    """Every fault that passes is waited for; a lost answer is not written twice."""
    async with start(faulty=True) as bot:
        for fault in faults:
            struck = bot.d.fault(*POST, **fault)
            await answered_once(bot)
            assert struck.hits == fault.get("times", 1), fault
        assert bot.told("given up") == []


async def late_replies(start: Start) -> None:
    """An answer that Discord takes late holds up nobody else, once discord.py knows the channel's bucket."""
    async with start() as bot:
        before = len(bot.d.requests) if await bot.ask() else 0
        bot.d.fault(*POST, delay=3.5)
        late = bot.post()
        await bot.d.until(lambda: len(bot.d.requests) > before)
        await answered_once(bot)
        assert bot.answers(late) == []
        await bot.d.until(lambda: bot.answers(late))
        assert len(bot.answers(late)) == 1


async def given_up(start: Start) -> None:
    """A fault that does not pass, and a refusal, cost one question each, and one line of the log."""
    async with start() as bot:
        for number, fault in enumerate((
            {"status": 503, "times": 5}, {"drop": True, "times": 5}, {"status": 429, "via": False}, {"status": 403},
            {"status": 404},
        ), 1):  # fmt: skip
            bot.d.fault(*POST, **fault)  # type: ignore[arg-type]
            await answered_once(bot, 0)
            assert len(bot.told("given up")) == number
            await answered_once(bot)


async def buckets(start: Start) -> None:
    """A channel's bucket is kept to: many at once are all answered, and Discord hardly has to refuse."""
    async with start(limits={"POST /channels/{channel_id}/messages": (5, 1.0)}) as bot:
        asked = [bot.post() for _ in range(12)]
        await bot.d.until(lambda: all(bot.answers(message) for message in asked), 30)
        assert [len(bot.answers(message)) for message in asked] == [1] * 12
        assert bot.d.counts["rate_limited"] < UNHEEDED


async def interactions(start: Start) -> None:
    """The same for a command and for a button: one acknowledgement, in time."""
    async with start(faulty=True) as bot:
        d = bot.d
        shown = await bot.ask()
        for fault in SURVIVED:
            if fault.get("times") or fault.get("status") == 429:
                continue
            struck = d.fault(*CALLBACK, **fault)
            settle = 1.3 if fault.get("after") else 0.2  # a second answer would come then
            asked = await d.slash(bot.alice, bot.channel, "ask", question=QUESTION, _settle=settle)
            assert ANSWER in text(asked.message), fault
            assert (asked.followups, struck.hits) == ([], 1), fault
        for fault in ({"status": 429, "retry_after": 0.3}, {"drop": True}, {"drop": True, "after": True}):
            d.fault(*CALLBACK, **fault)
            pressed = await bot.press(shown, "History", settle=0.6)
            assert "31 August 2025" in text(pressed.message), fault
        assert bot.told("given up") == []
        assert bot.told("failed") == []


async def late_acknowledgements(start: Start) -> None:
    """What comes after Discord's deadline is refused; that costs one line of the log and nothing else."""
    async with start("answered after", faulty=True, ack_deadline=0.5) as bot:
        d = bot.d
        d.fault(*CALLBACK, delay=0.8)
        late = await d.slash(bot.alice, bot.channel, "ask", question=QUESTION, _settle=0.3)
        assert (late.callback, late.errors[0][:2]) == (None, (404, 10062))
        assert len(bot.told("given up")) == 1
        d.fault(*CALLBACK, delay=0.8)
        await d.autocomplete(bot.alice, bot.channel, "ask", "question", "does pak")
        asked = await d.slash(bot.alice, bot.channel, "ask", question=QUESTION)
        assert ANSWER in text(asked.message)
        assert len(bot.faults()) <= 1


@pytest.mark.asyncio
async def test_each_fault(start: Start) -> None:
    """All at once, a bot each, for each waits between its tries."""
    parts = (late_replies, given_up, buckets, interactions, late_acknowledgements)
    await asyncio.gather(
        replies(start, SURVIVED[::2]), replies(start, SURVIVED[1::2]), *(part(start) for part in parts)
    )
