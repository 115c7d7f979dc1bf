"""Under load: everybody is answered, nobody twice, soon, and the memory stays flat.

The same crowd asks the loopback's own tiny bot, which only says what it was told: the figures of both are printed side
by side, for what the harness itself takes is in both. Whether an answer is soon is decided by the p99 of the long run;
the short one runs on any machine beside anything, and has a bound that only a fault can break.
"""

import sys

import pytest

from tests.loopback import Loopback, discord_class
from tests.process.attache import Start, make_discord
from tests.process.load import Run, ask_all, crowd

TINY = [sys.executable, "-m", "tests.loopback.tiny"]
pytestmark = pytest.mark.skipif(discord_class() is not Loopback, reason="the load is waited for in verbs of our own")
GROWTH = 15 << 20  # bytes, after the first thousand
SETTLING = 90.0  # seconds in which it has read the files for its curators: memory that no question takes


async def compared(start: Start, count: int, people: int, channels: int, *, settled: bool = False) -> Run:
    """The bot's run, after that of the tiny one; both are printed. `settled`: after what is done once a start."""
    async with make_discord(check_every=50) as d:
        crowded = crowd(d, people, channels)
        await d.launch(TINY)
        await d.ready()
        tiny = await ask_all(d, *crowded, count)
    async with start(check_every=50) as bot:
        await bot.ask()
        if settled:
            await bot.d.until(lambda: bot.told("caught up"), SETTLING)
        run = await ask_all(bot.d, *crowd(bot.d, people, channels), count)
    print(f"\n{tiny.told('tiny')}\n{run.told('bot ')}")  # noqa: T201
    assert tiny.silent == []
    assert run.silent == []
    assert set(run.answers.values()) == {1}
    assert len(run.answers) == count
    return run


@pytest.mark.asyncio
async def test_a_thousand_questions(start: Start) -> None:
    """A tenth of the load, with all of its claims but the speed."""
    run = await compared(start, 1_000, 200, 50)
    assert run.p99 < 5


@pytest.mark.soak
@pytest.mark.asyncio
async def test_ten_thousand_questions(start: Start) -> None:
    """10,000 questions of 200 people in 50 channels: p99 below a second, and no memory that grows with them."""
    run = await compared(start, 10_000, 200, 50, settled=True)
    assert run.p99 < 1
    assert run.memory[-1] - run.memory[0] < GROWTH
