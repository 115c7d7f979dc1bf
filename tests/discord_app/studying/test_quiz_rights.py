"""Who may do what with quizzes: the table that the bot is held to, command by command and button by button."""

import pytest
from simcord.actors import MemberActor

from bot.discord_app.studying.quiz_ids import Verb, picked, write
from tests.discord_app.studying.quiz_rights import COMMANDS, ROWS
from tests.discord_app.studying.room import MEMBERSHIP, Room
from tests.discord_app.world import shown, texts

pytestmark = pytest.mark.asyncio

OPTIONS: dict[str, dict[str, object]] = {"daily on": {"hour": 9, "zone": "UTC"}}
REFUSED = ("🚫 That needs the permission", "🚫 Only who started")
LED = [name for name in COMMANDS if name != "quiz start"]


def person(room: Room, who: str) -> MemberActor:
    """Whom a column is about; Alice is the host."""
    people = {"everyone": room.world.bob, "host": room.world.alice, "elsewhere": room.world.guest}
    made: MemberActor = people.get(who) or getattr(room.world, who)
    return made


async def test_every_kind_of_button_is_in_the_table() -> None:
    """A new one has to say who may press it."""
    assert set(ROWS) - set(COMMANDS) == set(Verb.__members__)


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands(room: Room, name: str) -> None:
    """Who may not is not shown a moderators' command; and is refused, wherever they got it from."""
    world, root_name = room.world, name.split()[0]
    if root_name == "daily":
        for who, allowed in ROWS[name].items():
            assert (name in person(room, who).available_commands(world.channel)) is allowed, who
        root = world.env.backend.find_command(root_name, world.guild.id, type=1)
        assert root is not None
        world.guild.set_command_permissions(int(root["id"]), {world.guild.default_role: True})
    for number, (who, allowed) in enumerate(ROWS[name].items()):
        channel = world.guild.create_text_channel(f"room-{number}")
        if name in LED:
            await room.start(channel=channel)
        answer = shown(await person(room, who).slash(channel, name, **OPTIONS.get(name, {})))
        refused = any(told in texts(answer) for told in REFUSED)
        assert refused is not allowed, who


@pytest.mark.parametrize("verb", [Verb.REVEAL, Verb.NEXT])
async def test_who_leads(room: Room, verb: Verb) -> None:
    """Of each quiz anew."""
    world = room.world
    for number, (who, allowed) in enumerate(ROWS[verb.name].items()):
        channel = world.guild.create_text_channel(f"room-{number}")
        await room.start(channel=channel, pace="by hand")
        question = room.last(channel)
        if verb is Verb.NEXT:
            await world.press(world.alice, question, "Reveal")
        pressed = await world.press(person(room, who), room.last(channel), verb.value.title())
        refused = pressed.response is not None and "Only who started" in texts(pressed)
        assert refused is not allowed, who


async def test_who_presses_what_is_for_all(room: Room) -> None:
    """A choice, what was missed, a challenge and another round, each in an open channel."""
    world = room.world
    await world.moderator.slash(world.channel, "daily on", hour=11, zone="UTC")
    await room.start(pace="by hand")
    for who in ROWS["PICK"]:
        assert "Taken" in texts(await room.right(person(room, who)))
    fact = room.asked().fact
    whether = write(Verb.CHALLENGE, 0, f"whether.{fact}")
    missed, strange = write(Verb.MISSED, 99), write(Verb.DAILY, 5, picked(room.asked(), (0,)))
    for who in ROWS["CHALLENGE"]:
        form = await person(room, who).click(world.plant(whether), custom_id=whether)
        assert "Thank you" in texts(await person(room, who).submit_modal(form, {"what": "no"}))
        assert "missed nothing" in texts(await person(room, who).click(world.plant(missed), custom_id=missed))
        assert "another day" in texts(await person(room, who).click(world.plant(strange), custom_id=strange))
    again = write(Verb.AGAIN, 1, f"normal.l.{MEMBERSHIP}")
    for number, who in enumerate(ROWS["AGAIN"]):
        channel = world.guild.create_text_channel(f"room-{number}")
        made = await person(room, who).click(world.plant(again, channel=channel), custom_id=again)
        assert "Quiz: membership" in texts(made)
        assert room.table(channel).host == person(room, who).id
