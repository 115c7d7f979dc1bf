"""The same Discord, whose clock the desk goes by: time passes when a test says so."""

import random

import pytest_asyncio

from tests.discord_app.studying.learner import Clock, Learner
from tests.discord_app.studying.room import Room
from tests.discord_app.world import NOW, World


@pytest_asyncio.fixture
async def room(world: World) -> Room:
    """A world in which quizzes are played."""
    clock = world.env.backend.clock
    clock._epoch += NOW - clock.now()
    world.desk.now = world.env.now
    world.bot.tables.rng = random.Random(7)  # noqa: S311 - the same questions in every run
    return Room(world)


@pytest_asyncio.fixture
async def learner(world: World) -> Learner:
    """Alice, who learns."""
    clock = Clock()
    world.desk.now = clock
    world.bot.tables.rng = random.Random(7)  # noqa: S311 - the same cards in every run
    return Learner(world, world.alice, clock)
