"""Many quizzes at once: every score is right, and whoever answers is told so within a second.

All players of all quizzes answer within the same seconds, as they would between a question and its closing. Whether an
answer is acknowledged soon is decided by the long run; the short one runs on any machine beside anything.
"""

import asyncio
import time
from statistics import quantiles

import pytest

from tests.loopback import Loopback, discord_class
from tests.process.attache import Start
from tests.process.players import Game, play

pytestmark = pytest.mark.skipif(discord_class() is not Loopback, reason="quizzes are played in verbs of our own")
PLAYERS = 20
ANSWERING = 15.0  # seconds between the first and the last answer to a question; a quiz of usual pace has 20


async def played(start: Start, quizzes: int, questions: int, within: float) -> list[float]:
    """So many quizzes side by side; the seconds until each answer was acknowledged."""
    async with start(check_every=50) as bot:
        d = bot.d
        guilds = [d.add_guild(f"server {number}") for number in range(5)]
        games = []
        for number in range(quizzes):
            people = [d.add_user(f"player{number}x{one}") for one in range(PLAYERS)]
            games.append(Game(d, d.add_channel(guilds[number % 5], f"quiz-{number}"), people[0], people))
        begun = time.monotonic()
        await asyncio.gather(*(play(game, questions, within) for game in games))
        acks = [ack for game in games for ack in game.acks]
        assert sum(sum(game.points.values()) for game in games) > quizzes
        p50, p99 = (quantiles(acks, n=100)[n] for n in (49, 98))
        print(  # noqa: T201
            f"\n{quizzes} quizzes of {PLAYERS} players: {len(acks)} answers in {time.monotonic() - begun:.0f} s, "
            f"acknowledged p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, slowest {max(acks) * 1000:.0f} ms, "
            f"RSS {d.rss() / 2**20:.0f} MiB"
        )
        return acks


@pytest.mark.asyncio
async def test_five_quizzes(start: Start) -> None:
    """A tenth of the load, with all of its claims but the time."""
    acks = await played(start, 5, 2, ANSWERING / 10)
    assert max(acks) < 3


@pytest.mark.soak
@pytest.mark.asyncio
async def test_fifty_quizzes(start: Start) -> None:
    """50 quizzes of 20 players, 5 questions each: 5,000 answers, 99 of 100 acknowledged within a second."""
    acks = await played(start, 50, 5, ANSWERING)
    assert quantiles(acks, n=100)[98] < 1
    assert max(acks) < 3
