"""People are told that cards are due: where they asked for it, once a day, and nobody is pinged."""

import datetime

import pytest

from bot.discord_app.studying.reminders_posting import MOST, channel_card, tell_due
from bot.study.schedule import Grade
from tests.discord_app.checks import check
from tests.discord_app.studying.learner import Learner
from tests.discord_app.world import NOW, shown, texts

pytestmark = pytest.mark.asyncio

EIGHT = NOW.replace(hour=8) + datetime.timedelta(days=1)
HERE = {"hour": 9, "zone": "europe/berlin"}  # nine in Berlin is eight in UTC, in winter


async def due(learner: Learner) -> None:
    """A card of theirs is due within minutes."""
    await learner.now()
    await learner.learn(Grade.AGAIN)


async def tell(learner: Learner, at: datetime.datetime = EIGHT) -> None:
    """The task looks at the clock."""
    learner.clock.now = at
    await tell_due(learner.world.bot, learner.world.desk)
    await learner.world.env.settle()


async def test_once_a_day_in_the_channel(learner: Learner) -> None:
    """At the hour of one's own zone, by a line that names who has cards due, with a button for each of them."""
    await due(learner)
    told = await learner.slash("remind on", **HERE)
    assert told.hidden and "9:00 (Europe/Berlin)" in told.text and "pings nobody" in told.text
    world = learner.world
    await tell(learner, EIGHT - datetime.timedelta(minutes=1))
    assert world.own(world.channel) == []
    for minutes in (0, 1, 600):
        await tell(learner, EIGHT + datetime.timedelta(minutes=minutes))
    (message,) = world.own(world.channel)
    assert f"🎓 Cards are due: <@{world.alice.id}>" in texts(message)
    came = await world.press(world.alice, message, "Study mine")
    assert shown(came).ephemeral and "Your cards · due" in texts(came)
    assert "· new" in texts(await world.press(world.bob, message, "Study mine"))
    await tell(learner, EIGHT + datetime.timedelta(days=1))
    assert len(world.own(world.channel)) == 2


async def test_one_message_for_all(learner: Learner) -> None:
    """Of the same channel, at the same time."""
    world = learner.world
    bob = Learner(world, world.bob, learner.clock)
    for one in (learner, bob):
        await due(one)
        await one.slash("remind on", **HERE)
    await tell(learner)
    (message,) = world.own(world.channel)
    assert f"<@{world.alice.id}>, <@{world.bob.id}>" in texts(message)


async def test_nothing_due_is_no_reason(learner: Learner) -> None:
    """Later that day there may be; and no cards at all are none."""
    await learner.slash("remind on", **HERE)
    await tell(learner)
    assert learner.world.own(learner.world.channel) == []
    await due(learner)
    await tell(learner, EIGHT + datetime.timedelta(hours=2))
    assert len(learner.world.own(learner.world.channel)) == 1


async def test_a_direct_message_only_if_one_chose_it(learner: Learner) -> None:
    """There the number is told, for nobody else reads it."""
    await due(learner)
    await learner.slash("remind on", where="direct message", **HERE)
    await tell(learner)
    world, person = learner.world, learner.who.user
    assert world.own(world.channel) == []
    (message,) = world.own(person.dm_channel)
    assert "One card of yours is due" in texts(message)
    assert "· due" in texts(await world.press(person, message, "Study now"))


async def test_asked_for_in_a_direct_message_it_comes_there(learner: Learner) -> None:
    """Where else."""
    await due(learner)
    told = await learner.who.user.slash("study remind on", **HERE)
    assert "in a direct message" in texts(told)
    await tell(learner)
    assert "One card" in texts(learner.world.own(learner.who.user.dm_channel)[-1])


async def test_closed_direct_messages_end_it(learner: Learner) -> None:
    """Who does not want them is not tried every day; a Discord that fails for a moment is another thing."""
    await due(learner)
    await learner.slash("remind on", where="direct message", **HERE)
    learner.world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await tell(learner)
    assert learner.world.desk.store.reminders.get(learner.who.id) is None


async def test_off(learner: Learner) -> None:
    """At once."""
    await due(learner)
    await learner.slash("remind on", **HERE)
    assert "Off" in (await learner.slash("remind off")).text
    assert "It is off" in (await learner.slash("remind off")).text
    await tell(learner)
    assert learner.world.own(learner.world.channel) == []


async def test_a_restart_tells_nobody_twice(learner: Learner) -> None:
    """That somebody was told is kept."""
    await due(learner)
    await learner.slash("remind on", **HERE)
    await tell(learner)
    await learner.world.restart()
    await tell(learner, EIGHT + datetime.timedelta(hours=1))
    assert len(learner.world.own(learner.world.channel)) == 1


async def test_a_quiet_channel_stays_quiet(learner: Learner) -> None:
    """Whether moderators said so before or after; once they take it back, it is told."""
    world = learner.world
    await due(learner)
    await world.moderator.slash(world.channel, "channel mode", mode="off")
    assert "🚫" in (await learner.slash("remind on", **HERE)).text
    await world.moderator.slash(world.channel, "channel mode", mode="mention")
    await learner.slash("remind on", **HERE)
    await world.moderator.slash(world.channel, "channel mode", mode="off")
    await tell(learner)
    assert world.own(world.channel) == []
    await world.moderator.slash(world.channel, "channel mode", mode="mention")
    await tell(learner)
    assert len(world.own(world.channel)) == 1


async def test_a_zone_that_is_none_is_told(learner: Learner) -> None:
    """And those that there are, are offered."""
    assert "no time zone “Mars/Olympus”" in (await learner.slash("remind on", hour=9, zone="Mars/Olympus")).text
    offered = await learner.who.autocomplete(learner.world.channel, "study remind on", "zone", "berl")
    assert [choice["value"] for choice in offered] == ["Europe/Berlin"]


async def test_a_channel_that_is_gone_ends_it(learner: Learner) -> None:
    """So does a server that throws the bot out."""
    reminders = learner.world.desk.store.reminders
    await learner.slash("remind on", **HERE)
    assert reminders.get(learner.who.id) is not None
    await learner.world.bot._closed(learner.world.channel.id)
    assert reminders.get(learner.who.id) is None
    await learner.slash("remind on", **HERE)
    guild = learner.world.bot.get_guild(learner.world.guild.id)
    assert guild is not None
    await learner.world.bot.on_guild_remove(guild)
    assert reminders.get(learner.who.id) is None


async def test_a_full_message_fits() -> None:
    """As many people as one message names; its button has nobody's id."""
    card = channel_card([10**18 + n for n in range(MOST)])
    check(card)
    assert [button.custom_id for button in card.buttons()] == ["atts1:next::"]
