"""The knowledge is edited while the bot runs: what is sound is served soon, what is not replaces nothing."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import TOY
from tests.process.attache import ANSWER, Bot, Start, text
from tests.process.folders import change, copied

ASKED = "When did Ilse Varga write Winter Orchard?"
FACT = "object: winter-orchard, since: {}}}"


async def says(bot: Bot, part: str) -> None:
    """Ask until the answer has a part; every answer on the way is a whole one."""
    end = time.monotonic() + 20
    while part not in (said := text(await bot.ask(ASKED))):
        assert "Winter Orchard" in said
        assert time.monotonic() < end, f"{said}\n{bot.d.log()[-2000:]}"
        await asyncio.sleep(0.1)


async def files_that_change(start: Start, folder: Path) -> None:
    """A fact changed, a file broken and mended: each is noticed without being told."""
    folder = copied(folder, TOY)
    async with start(faulty=True, variables={"KNOWLEDGE_DIR": str(folder)}) as bot:
        await says(bot, "October 2021")
        await bot.d.until(lambda: bot.told("info ready"), 20)  # the folder is watched by now
        change(folder, FACT.format("2021-10"), FACT.format("2020-05"))
        await says(bot, "May 2020")
        change(folder, FACT.format("2020-05"), FACT.format("soon"))
        await bot.d.until(lambda: bot.told("knowledge not reloaded"), 20)
        (problem,) = bot.told("knowledge problem")
        assert "facts/books.yaml:5:" in problem
        await says(bot, "May 2020")
        change(folder, FACT.format("soon"), FACT.format("2018-02"))
        await says(bot, "February 2018")
        assert len(bot.told("knowledge reloaded")) == 2
        assert all("knowledge" in fault for fault in bot.faults())


async def told_to_reload(start: Start, folder: Path) -> None:
    """SIGHUP makes it look, though nothing changed; a folder that is gone replaces nothing."""
    folder = copied(folder, TOY)
    async with start(faulty=True, variables={"KNOWLEDGE_DIR": str(folder)}) as bot:
        assert bot.d.process
        os.kill(bot.d.process.pid, signal.SIGHUP)
        await bot.d.until(lambda: bot.told("knowledge unchanged"), 20)
        folder.rename(folder.with_name("elsewhere"))
        os.kill(bot.d.process.pid, signal.SIGHUP)
        await bot.d.until(lambda: bot.told("knowledge not reloaded"), 20)
        await says(bot, "October 2021")


@pytest.mark.asyncio
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no SIGHUP here")
async def test_what_is_served(start: Start, tmp_path: Path) -> None:
    """Noticed by itself, and told."""
    await asyncio.gather(files_that_change(start, tmp_path / "one"), told_to_reload(start, tmp_path / "other"))


@pytest.mark.asyncio
async def test_answers_go_on(start: Start, tmp_path: Path) -> None:
    """While the shipped knowledge is compiled anew, which takes seconds, nobody waits for it."""
    folder = copied(tmp_path)
    old, new = "the communiqué on diplomatic relations", "a joint communiqué on diplomatic relations"
    async with start(variables={"KNOWLEDGE_DIR": str(folder)}) as bot:
        await bot.d.until(lambda: bot.told("info ready"), 20)
        change(folder, old, new)
        took = []
        while not bot.told("knowledge reloaded"):
            answer = await bot.ask()
            assert answer
            assert ANSWER in text(answer)
            took.append(answer.latency)
            await asyncio.sleep(0.02)
        assert new in text(await bot.ask())
        print(f"\n{len(took)} answers during a reload, the slowest in {max(took) * 1000:.0f} ms")  # noqa: T201
        assert max(took) < 3
