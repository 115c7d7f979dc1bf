"""The question of the day: asked once at its hour, answered once, told with the next one."""

import datetime

import discord
import pytest
from simcord.actors import MemberActor

from bot.discord_app.studying import daily_posting
from bot.study.asked import Asked
from tests.discord_app.studying.room import MEMBERSHIP, Room, choices, has
from tests.discord_app.world import shown, texts

pytestmark = pytest.mark.asyncio
DAY = 24 * 3600


async def on(room: Room, **options: object) -> str:
    """`/daily on` by the moderator; what they are told."""
    given = {"hour": 12, "zone": "UTC", "topic": MEMBERSHIP, **options}
    return texts(await room.world.moderator.slash(room.world.channel, "daily on", **given))


async def ask(room: Room, days: int = 0, **more: int) -> discord.Message | None:
    """So much time passes, and what is due is asked; the message, if there is one."""
    clock = room.world.env.backend.clock
    clock._epoch += datetime.timedelta(days=days, **more)
    before = len(room.world.own(room.world.channel))
    await daily_posting.ask_due(room.world.bot, room.world.desk)
    new = room.world.own(room.world.channel)[before:]
    assert len(new) <= 1
    return new[0] if new else None


def asked(room: Room) -> Asked:
    """What was asked last."""
    (one,) = room.world.desk.store.dailies.all()
    found = daily_posting.asked_before(one)
    assert found is not None
    return found


async def answer(room: Room, person: MemberActor, *, right: bool = True) -> str:
    """Answer the newest question; what is told."""
    question = asked(room)
    order = question.right if right else tuple(reversed(question.right))
    if len(order) == 1:
        place = order[0] if right else next(n for n in range(len(question.choices)) if n not in order)
        return texts(await room.choose(person, place))
    came = await room.choose(person, order[0])
    for place in order[1:-1]:
        came = await person.click(shown(came), custom_id=choices(came)[place])
    return texts(came)


async def test_off_until_a_moderator_switches_it_on(room: Room) -> None:
    """What is set is shown, changed and switched off again."""
    world = room.world
    assert await ask(room) is None
    assert "Off everywhere" in texts(await world.moderator.slash(world.channel, "daily show"))
    told = await on(room, hour=9, zone="europe/london")
    assert f"<#{world.channel.id}>" in told and "9:00, Europe/London · membership; the next one comes <t:" in told
    assert "9:00, Europe/London" in texts(await world.moderator.slash(world.channel, "daily show"))
    for wrong, said in (({"zone": "Mars/Base"}, "no time zone"), ({"topic": "cheese"}, "no topic")):
        assert said in await on(room, **wrong)
    other, me = world.guild.create_text_channel("other"), world.guild.me
    assert me is not None
    silent = discord.PermissionOverwrite(send_messages=False)
    closed = world.guild.create_text_channel("closed", overwrites={me: silent})
    assert "may not write" not in await on(room, channel=other)
    assert "may not write" in await on(room, channel=closed)
    await world.moderator.slash(closed, "daily off")
    assert len(world.desk.store.dailies.all()) == 2
    assert "Off in" in texts(await world.moderator.slash(world.channel, "daily off"))
    assert "It is off" in texts(await world.moderator.slash(world.channel, "daily off"))
    zones = await world.moderator.autocomplete(world.channel, "daily on", "zone", "new york")
    assert [choice["value"] for choice in zones] == ["America/New_York"]
    assert "UTC" in [c["value"] for c in await world.moderator.autocomplete(world.channel, "daily on", "zone", "")]


async def test_a_day_and_the_next(room: Room) -> None:
    """Asked once; the first answer counts; the next day tells all, and closes what was open."""
    world = room.world
    await on(room)
    question = await ask(room)
    assert question and "Question of the day · 22 November 2026" in texts(question)
    assert await ask(room) is None
    told = await answer(room, world.alice)
    assert "✅ Right!" in told and "As of" in told
    assert "You have answered" in await answer(room, world.alice, right=False)
    assert "❌ Not quite" in await answer(room, world.bob, right=False)
    back, old = asked(room).back, choices(question)[0]
    assert await ask(room, hours=23) is None
    following = await ask(room, hours=1)
    assert following and "Question of the day · 23 November 2026" in texts(following)
    assert back.split(". ")[0] in texts(following).replace("\\", "")
    assert f"🙋 <@{world.alice.id}> had it right, of 2" in texts(following)
    closed = world.current(question)
    assert choices(closed) == {} and "closed" in texts(closed) and has(closed, "Challenge")
    assert "another day" in texts(await world.alice.click(world.plant(old), custom_id=old))


async def test_streaks_forgive_one_day(room: Room) -> None:
    """Days in a row are told to who answers, and the longest to all."""
    world = room.world
    await on(room)
    for number, days in enumerate((0, 1, 2), 1):
        assert await ask(room, days)
        told = await answer(room, world.alice, right=number != 2)
        assert (f"🔥 **{number} days** in a row" in told) is (number > 1)
    await answer(room, world.bob)
    following = await ask(room, 1)
    assert following and f"🔥 <@{world.alice.id}> 3 days" in texts(following)
    assert str(world.bob.id) not in texts(following).split("🔥")[1]
    assert "🔥" in texts(await world.moderator.slash(world.channel, "daily show"))
    await world.alice.slash(world.channel, "quiz hide-me")
    assert "🔥" not in texts(await world.moderator.slash(world.channel, "daily show"))
    await ask(room, 3)
    assert "in a row" not in await answer(room, world.alice)


async def test_it_outlives_a_restart(room: Room) -> None:
    """The question stays, its buttons work, and it is not asked again."""
    world = room.world
    await on(room)
    question = await ask(room)
    await world.restart()
    assert await ask(room) is None
    assert question and await answer(room, world.alice)
    assert [who for who, _, _ in world.desk.store.dailies.answers(world.channel.id, world.desk.today())] == [
        world.alice.id
    ]


async def test_facts_that_change_under_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts no more."""
    await on(room)
    await ask(room)
    (one,) = room.world.desk.store.dailies.all()
    changed = {**one.asked, "back": "It is otherwise."}
    monkeypatch.setattr(daily_posting, "asked_before", lambda _: None)
    row = dict(changed)
    assert room.world.desk.store.dailies.note_asked(one.channel_id, datetime.date(2026, 11, 21), row)
    (again,) = room.world.desk.store.dailies.all()
    monkeypatch.undo()
    pressed = room.last()
    assert "another day" in texts(await room.choose(room.world.alice, 0, message=pressed))
    assert room.world.desk.store.dailies.note_asked(one.channel_id, datetime.date(2026, 11, 22), row)
    assert again.asked_on == datetime.date(2026, 11, 21)
    assert "have changed" in texts(await room.choose(room.world.alice, 0, message=pressed))


@pytest.mark.faulty
async def test_a_channel_that_is_gone_or_closed(room: Room) -> None:
    """Gone: no question any more. Closed: tomorrow again."""
    world = room.world
    await on(room)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=1)
    assert await ask(room) is None
    assert len(world.desk.store.dailies.all()) == 1
    assert await ask(room, 1)


async def test_what_is_kept_of_who_answers(room: Room) -> None:
    """Told, and forgotten."""
    world = room.world
    await on(room)
    await ask(room)
    await answer(room, world.alice)
    card = await world.alice.slash(world.channel, "privacy")
    assert "questions of the day: 1" in texts(card) and "Streaks of yours" in texts(card)
    sure = await world.press(world.alice, card, "Forget me")
    await world.press(world.alice, sure, "Yes")
    assert world.desk.store.dailies.streaks(world.channel.id) == []
    assert world.desk.store.dailies.answers(world.channel.id, world.desk.today()) == []
