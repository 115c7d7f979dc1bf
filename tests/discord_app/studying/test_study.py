"""Cards of one's own, as people learn them: a question, its answer, a grade, and the next one."""

import pytest

from tests.discord_app.studying.room import Room
from tests.discord_app.world import shown, texts, buttons

pytestmark = pytest.mark.asyncio


async def test_try(room: Room) -> None:
    world = room.world
    came = await world.alice.slash(world.channel, "study now", topic="relation:membership")
    print(texts(came), list(buttons(came)))
    came = await world.press(world.alice, came, "Show the")
    print(texts(came), list(buttons(came)))
    came = await world.press(world.alice, came, "Good")
    print(texts(came), list(buttons(came)))
    came = await world.alice.slash(world.channel, "study progress")
    print(texts(came), list(buttons(came)), shown(came).attachments)
    came = await world.alice.slash(world.channel, "study deck add", topic="relation:membership")
    print(texts(came), list(buttons(came)))
    came = await world.alice.slash(world.channel, "study deck show")
    print(texts(came), list(buttons(came)))
    came = await world.alice.slash(world.channel, "study export", format="Anki")
    print(texts(came), list(buttons(came)), shown(came).attachments)
    came = await world.alice.slash(world.channel, "brief", of="Pakistan")
    print(texts(came), list(buttons(came)), shown(came).attachments)
    came = await world.alice.slash(world.channel, "study remind on", hour=9, zone="europe/london")
    print(texts(came), list(buttons(came)), shown(came).attachments)
