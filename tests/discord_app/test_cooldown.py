"""Who asks too fast is told once, privately and truly, and is answered again in time."""

import re

import pytest

from tests.discord_app.world import World, shown, texts

pytestmark = [pytest.mark.asyncio, pytest.mark.settings(cooldown_questions=3, cooldown_seconds=12)]

QUESTION = "does pakistan recognise armenia?"


async def spend(world: World) -> None:
    """Ask as often as one may at once."""
    for _ in range(3):
        assert await world.mention(world.alice, QUESTION) is not None


def seconds(text: str) -> int:
    """How long somebody is told to wait."""
    found = re.search(r"try again in (\d+) s", text)
    assert found, text
    return int(found[1])


async def test_a_mention_too_many_is_told_alone_and_once(world: World) -> None:
    """By direct message, since a reply to a mention is for all to read; not again for each further one."""
    await spend(world)
    for _ in range(3):
        assert await world.mention(world.alice, QUESTION) is None
    (told,) = world.own(world.alice.user.dm_channel)
    assert seconds(texts(told)) == 4  # 12 seconds for three questions


@pytest.mark.parametrize("way", ["mention", "slash"])
async def test_the_seconds_told_are_true(world: World, way: str) -> None:
    """A second earlier is too early, the time told is not."""
    await spend(world)
    if way == "slash":
        wait = seconds(texts(await world.ask(world.alice, QUESTION)))
    else:
        await world.mention(world.alice, QUESTION)
        wait = seconds(texts(world.own(world.alice.user.dm_channel)[0]))
    world.clock.seconds += wait - 1
    assert await world.mention(world.alice, QUESTION) is None
    world.clock.seconds += 1
    assert await world.mention(world.alice, QUESTION) is not None


async def test_a_command_too_many_is_told_privately(world: World) -> None:
    """Every command that answers a question, every choice and every follow-up."""
    answer = shown(await world.ask(world.alice, QUESTION))
    await world.ask(world.alice, QUESTION)
    offer = shown(await world.ask(world.alice, "does congo recognise kosovo?"))
    message = await world.bob.send(world.channel, "Pakistan recognises Armenia.")
    refused = [
        await world.ask(world.alice, QUESTION),
        await world.alice.slash(world.channel, "overview", a="Pakistan", b="Armenia"),
        await world.alice.slash(world.channel, "list", what="Which states recognise …?", of="Kosovo"),
        await world.alice.context_menu(world.channel, "Check this claim", message),
        await world.press(world.alice, offer, "1."),
        await world.follow(world.alice, answer, "since when?"),
    ]
    for result in refused:
        assert shown(result).ephemeral
        assert seconds(texts(result)) == 4
    assert "Which one" in texts(world.current(offer))


async def test_others_and_other_channels_are_free(world: World) -> None:
    """A cooldown is of one person in one channel."""
    await spend(world)
    assert await world.mention(world.bob, QUESTION) is not None
    assert await world.mention(world.alice, QUESTION, world.guild.create_text_channel("other")) is not None
    assert await world.direct(world.alice.user, QUESTION) is not None


async def test_looking_behind_an_answer_is_free(world: World) -> None:
    """Evidence is no question."""
    answer = shown(await world.ask(world.alice, QUESTION))
    await world.ask(world.alice, QUESTION)
    await world.ask(world.alice, QUESTION)
    for label in ("Sources", "History", "Why", "Copy"):
        assert "try again" not in texts(await world.press(world.alice, answer, label))


async def test_what_is_refused_is_not_noted(world: World) -> None:
    """Neither counted nor missed."""
    await spend(world)
    await world.mention(world.alice, "blah blah")
    assert world.desk.store.missed_count(world.desk.now()) == 0
    assert len(world.log.lines("asked")) == 3


async def test_closed_direct_messages_are_no_fault(world: World) -> None:
    """Who takes none is not told; nothing else happens."""
    await spend(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    assert await world.mention(world.alice, QUESTION) is None
    assert await world.mention(world.bob, QUESTION) is not None


@pytest.mark.settings(cooldown_questions=1, message_content=True)
async def test_auto_waits_in_silence(world: World) -> None:
    """Nobody asked the bot, so nobody is told to wait."""
    await world.moderator.slash(world.channel, "channel mode", mode="auto")
    assert await world.say(world.alice, QUESTION) is not None
    assert await world.say(world.alice, QUESTION) is None
    assert world.own(world.alice.user.dm_channel) == []


@pytest.mark.settings(cooldown_questions=0)
async def test_no_limit(world: World) -> None:
    """Zero questions means that nothing is counted."""
    for _ in range(10):
        assert await world.mention(world.alice, QUESTION) is not None
