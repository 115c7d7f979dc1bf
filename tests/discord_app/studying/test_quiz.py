"""A quiz as people play it: started, answered, revealed, led, stopped, and ended with a board."""

import pytest

from tests.discord_app.studying.room import Room, choices, has
from tests.discord_app.world import shown, texts

pytestmark = pytest.mark.asyncio


async def test_a_whole_quiz(room: Room) -> None:
    """Questions come and close by the clock; everybody's last answer counts; the board has ties."""
    world = room.world
    begun = await room.start()
    assert "Quiz: membership" in texts(begun) and "**3** questions" in texts(begun)
    for number in (1, 2, 3):
        question = room.last()
        assert f"Question {number} of 3" in texts(question)
        assert room.asked().answer not in texts(question).splitlines()[1]
        taken = await room.right(world.alice)
        assert "☑️ Taken" in texts(taken) and shown(taken).ephemeral
        await room.wrong(world.bob)
        if number < 3:
            changed = await room.right(world.bob)
            assert "Changed to" in texts(changed)
        back = room.asked().back
        await room.wait(22.5)
        reveal = world.current(question)
        assert back.split(". ")[0].split()[0] in texts(reveal)
        assert choices(reveal) == {}
        assert has(reveal, "Challenge this answer") and has(reveal, "Sources")
        assert has(reveal, "Next question") is (number < 3)
        await room.wait(10.5)
    assert world.bot.tables.at(world.channel.id) is None
    board = texts(room.last())
    assert "The quiz is over" in board
    print(board)
