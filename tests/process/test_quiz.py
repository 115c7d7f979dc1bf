"""Quizzes for real: twenty players, a restart in the middle, another quiz beside it, facts that change meanwhile."""

import asyncio
from pathlib import Path

import pytest

from tests.conftest import TOY
from tests.loopback import Loopback, discord_class
from tests.process.attache import Bot, Start, text
from tests.process.folders import change, copied
from tests.process.players import Game

pytestmark = pytest.mark.skipif(discord_class() is not Loopback, reason="quizzes are played in verbs of our own")
PLAYERS = 20


def game(bot: Bot, name: str) -> Game:
    """A channel with its players."""
    channel = bot.d.add_channel(bot.guild, name)
    people = [bot.d.add_user(f"{name}{number}") for number in range(PLAYERS)]
    return Game(bot.d, channel, people[0], people)


async def a_restart_in_the_middle(start: Start) -> None:
    """Half answer before it and half after, by the same buttons; beside it another quiz goes by the clock."""
    async with start(identify_interval=0.0) as bot:
        first, beside = game(bot, "first"), game(bot, "beside")
        await asyncio.gather(first.start(questions=2), beside.start(questions=1, pace="fast"))
        message, other = await asyncio.gather(first.question(1), beside.question(1))
        players, first.players = first.players, first.players[:10]
        await asyncio.gather(first.everybody(message, 1), beside.everybody(other, 1))
        assert await bot.d.stop() == 0
        await bot.launch()
        await bot.d.until(lambda: bot.told("info ready"), 60)
        first.players = players[10:]
        await first.everybody(bot.d.messages[message["id"]], 1)
        first.players = players
        await first.reveal(message)
        await first.go_on(message)
        message = await first.question(2)
        await first.everybody(message, 2)
        await asyncio.gather(first.reveal(message), beside.read(other))
        assert await first.board() == first.expected()
        assert await beside.board() == beside.expected()
        missed = await bot.d.click(
            first.players[3], first.channel.messages[-1], label="Study what I missed", timeout=30
        )
        await bot.d.until(lambda: "missed" in text(missed.message), 30)


async def facts_that_change(start: Start, folder: Path) -> None:
    """A reload asks anew what has changed; the quiz goes on."""
    folder = copied(folder, TOY)
    async with start(variables={"KNOWLEDGE_DIR": str(folder)}) as bot:
        played = game(bot, "toys")
        played.players, played.asked_anew = played.players[:3], True
        await played.start(questions=3, topic="anything")
        await bot.d.until(lambda: bot.told("info ready"), 20)
        change(folder, "object: winter-orchard, since: 2021-10}", "object: winter-orchard, since: 2020-05}")
        await bot.d.until(lambda: bot.told("knowledge reloaded"), 20)
        message = await played.question(1)
        await played.everybody(message, 1)
        await played.reveal(message)
        await bot.d.slash(played.host, played.channel, "quiz stop", _timeout=30)
        assert await played.board() == played.expected()


@pytest.mark.asyncio
async def test_quizzes(start: Start, tmp_path: Path) -> None:
    """Both at once, a bot each."""
    await asyncio.gather(a_restart_in_the_middle(start), facts_that_change(start, tmp_path))
