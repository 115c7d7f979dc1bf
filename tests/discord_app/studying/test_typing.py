"""Answers that are typed: where the bot may read them, and nowhere else."""

import pytest
from simcord import InteractionResult
from simcord.builders import UserHandle

from bot.discord_app.studying import quiz_starting
from bot.study.asked import ENTITY, Asked
from bot.study.rotation import draw
from tests.discord_app.studying.room import MEMBERSHIP, Room
from tests.discord_app.world import texts

pytestmark = pytest.mark.asyncio


async def alone(room: Room, **options: object) -> tuple[UserHandle, InteractionResult]:
    """Somebody in a direct message, and the quiz that they start there."""
    person = room.world.env.create_user("hermit")
    room.world.guild.add_member(person)
    given = {"topic": MEMBERSHIP, "questions": 3, **options}
    return person, await person.slash("quiz start", **given)


def typed(asked: Asked) -> str:
    """What is right, in words."""
    return ", ".join(asked.choices[place] for place in asked.right)


async def test_alone_with_the_bot(room: Room) -> None:
    """The answer closes the question; chatter is no answer, and is answered as anywhere."""
    person, begun = await alone(room, pace="fast")
    place = person.dm_channel
    assert "type your answer" in texts(begun)
    await person.send_dm("what a lovely day")
    assert "Not understood" in texts(room.last(place))
    for _ in range(3):
        asked = room.asked(place)
        await person.send_dm(typed(asked).upper())
        assert any(f"🙋 <@{person.id}> was right" in texts(message) for message in room.world.own(place))
        await room.wait(7)
    assert room.over(place)
    assert "**3** of 3" in texts(room.last(place))


async def test_a_button_closes_it_too(room: Room) -> None:
    """Nobody else is waited for, and nothing is said beside the reveal."""
    person, _ = await alone(room)
    place = person.dm_channel
    told = len(room.world.own(place))
    await room.right(person, place)
    assert "was right" in texts(room.last(place))
    assert len(room.world.own(place)) == told


@pytest.mark.settings(message_content=True)
async def test_where_it_may_read_along(room: Room) -> None:
    """In a channel with the mode `auto`; the mark says that it was seen, not whether it was right."""
    world = room.world
    await world.moderator.slash(world.channel, "channel mode", mode="auto")
    await room.start(questions=1)
    asked = room.asked()
    for person, text in ((world.alice, typed(asked)), (world.bob, "2"), (world.guest, "hello there")):
        await person.send(world.channel, text)
    given = {one.person for one in room.table().quiz.given}
    assert given == {world.alice.id, world.bob.id}
    marked = [m for m in world.channel.history() if m.reactions]
    assert {str(r.emoji) for m in marked for r in m.reactions} == {"☑️"} and len(marked) == 2


@pytest.mark.settings(message_content=True)
async def test_where_it_may_not(room: Room) -> None:
    """With the mode `mention`, only what is said to the bot is read."""
    world = room.world
    await room.start(questions=1)
    text = typed(room.asked())
    await world.alice.send(world.channel, text)
    assert room.table().quiz.given == ()
    await world.bob.send(world.channel, f"{world.me} {text}")
    assert [one.person for one in room.table().quiz.given] == [world.bob.id]


async def test_strict_and_lenient(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt name, once each way."""
    monkeypatch.setattr(
        quiz_starting, "draw", lambda maker, facts, _, *more: [a for a in draw(maker, facts, 20, *more) if fits(a)][:1]
    )
    for strictness, right in (("lenient", True), ("strict", False)):
        person = room.world.env.create_user(strictness)
        room.world.guild.add_member(person)
        place = person.dm_channel
        await person.slash("quiz start", topic=MEMBERSHIP, questions=10, strictness=strictness)
        asked = room.asked(place)
        name = asked.choices[asked.right[0]]
        await person.send_dm(name[:3] + name[4:])
        assert any("was right" in texts(message) for message in room.world.own(place)) is right


def fits(asked: Asked) -> bool:
    """Whether a question asks for a name that is long enough to be misspelt."""
    return asked.wanted.sort == ENTITY and len(asked.choices[asked.right[0]]) > 8 and " " not in asked.answer
