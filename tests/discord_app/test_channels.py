"""The bot speaks where and when moderators want it to, and is quiet otherwise."""

import discord
import pytest
from simcord import InteractionResult
from simcord.builders import ChannelHandle

from bot.discord_app.messages import AUTO_CHARACTERS
from tests.discord_app.world import World, buttons, custom_id, shown, texts

pytestmark = pytest.mark.asyncio

QUESTION = "does pakistan recognise armenia?"
CONTENT = pytest.mark.settings(message_content=True)


async def set_mode(world: World, mode: str, channel: ChannelHandle | None = None) -> InteractionResult:
    """`/channel mode` by the moderator, of the channel or of another one."""
    other = {"channel": channel} if channel is not None else {}
    return await world.moderator.slash(world.channel, "channel mode", mode=mode, **other)


# --- off


async def test_off_ignores_mentions(world: World) -> None:
    """Nothing is said for all to read."""
    await set_mode(world, "off")
    assert await world.mention(world.alice, QUESTION) is None
    assert world.own(world.channel) == []


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", {"question": QUESTION}),
        ("overview", {"a": "Pakistan", "b": "Armenia"}),
        ("changes", {"since": "2025"}),
        ("list", {"what": "Which states recognise …?", "of": "Kosovo"}),
        ("compare", {"of": "Kosovo", "but_not": "Israel"}),
    ],
)
async def test_off_answers_commands_privately(world: World, command: str, options: dict[str, str]) -> None:
    """Who asks is answered; the channel stays quiet."""
    await set_mode(world, "off")
    assert shown(await world.alice.slash(world.channel, command, **options)).ephemeral


async def test_off_keeps_forms_and_choices_private(world: World) -> None:
    """Buttons of older answers do not speak up either."""
    answer = shown(await world.ask(world.alice, QUESTION))
    await set_mode(world, "off")
    assert shown(await world.follow(world.alice, answer, "since when?")).ephemeral


async def test_off_is_of_one_channel(world: World) -> None:
    """Another channel, and direct messages, go on as before."""
    other = world.guild.create_text_channel("other")
    await set_mode(world, "off")
    assert await world.mention(world.alice, QUESTION, other) is not None
    assert await world.direct(world.alice.user, QUESTION) is not None


# --- mention


async def test_mention_is_the_default_and_can_be_set_back(world: World) -> None:
    """A mode holds from the next message on."""
    assert await world.mention(world.alice, QUESTION) is not None
    await set_mode(world, "off")
    assert await world.mention(world.alice, QUESTION) is None
    await set_mode(world, "mention")
    assert await world.mention(world.alice, QUESTION) is not None
    assert await world.say(world.alice, QUESTION) is None


async def test_a_mode_outlives_a_restart(world: World) -> None:
    """It is stored."""
    await set_mode(world, "off")
    await world.restart()
    assert await world.mention(world.alice, QUESTION) is None


# --- auto


@CONTENT
@pytest.mark.parametrize("question", [QUESTION, "who recognises kosovo", "When did Turkey recognise Azerbaijan"])
async def test_auto_answers_a_plain_question(world: World, question: str) -> None:
    """Unasked, as a reply that pings nobody."""
    await set_mode(world, "auto")
    answer = await world.say(world.alice, question)
    assert answer is not None
    assert answer.reference is not None
    assert str(world.alice.id) in custom_id(answer, "Delete")


@CONTENT
@pytest.mark.parametrize(
    "text",
    [
        "pakistan recognises armenia",
        "Pakistan recognises Armenia.",
        "good morning everyone",
        "lol",
        "what do you all think of pakistan?",
        "should pakistan recognise israel?",
        "will pakistan recognise israel?",
        "I think pakistan does not recognise armenia, right?",
        "does congo recognise kosovo?",
        "does fiji sell arms to malta?",
        "since when?",
        "and israel?",
        "does pakistan recognise armenian passports?",
        "?",
        "> does pakistan recognise armenia?",
        "```does pakistan recognise armenia?```",
        f"does pakistan recognise armenia?{' ' * 10}{'really ' * 60}",
    ],
)
async def test_auto_is_silent_unless_sure(world: World, text: str) -> None:
    """Statements, chatter, opinions, predictions, what is unclear, what is not on file, what quotes: nothing."""
    await set_mode(world, "auto")
    assert await world.say(world.alice, text) is None


@CONTENT
async def test_auto_is_silent_on_a_long_text(world: World) -> None:
    """Whoever writes at length is not asking the bot; measured at the limit."""
    await set_mode(world, "auto")
    fitting = "does pakistan recognise armenia" + " " * (AUTO_CHARACTERS - 32) + "?"
    assert await world.say(world.alice, fitting) is not None
    assert await world.say(world.alice, fitting.replace("?", " ?")) is None


@CONTENT
async def test_auto_notes_nothing_of_what_it_does_not_answer(world: World) -> None:
    """Messages that are not for the bot are not kept, not even counted; nor are they what a follow-up follows."""
    await world.moderator.slash(world.channel, "server keep", words=True)
    await set_mode(world, "auto")
    await world.say(world.alice, "does congo recognise kosovo?")
    await world.say(world.alice, "good morning everyone")
    assert world.desk.store.missed(world.guild.id) == []
    assert world.desk.store.question_counts(world.desk.today()) == {}
    assert world.log.lines("asked") == []


@CONTENT
async def test_auto_ignores_bots_and_webhooks(world: World) -> None:
    """Two bots that answer each other never stop."""
    await set_mode(world, "auto")
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    assert await world.say(robot, QUESTION) is None
    await world.guild.create_webhook(world.channel).send(QUESTION)
    assert world.own(world.channel) == []


@CONTENT
async def test_auto_answers_mentions_too(world: World) -> None:
    """Who is asked outright answers outright, a miss included."""
    await set_mode(world, "auto")
    missed = await world.mention(world.alice, "what a nice morning")
    assert missed is not None
    assert "Not understood" in texts(missed)


@CONTENT
async def test_auto_leads_to_follow_ups(world: World) -> None:
    """What was answered unasked may be followed up by mention."""
    await set_mode(world, "auto")
    await world.say(world.alice, QUESTION)
    answer = await world.mention(world.alice, "since when?")
    assert answer is not None
    assert "31 August 2025" in texts(answer)


@CONTENT
async def test_content_alone_is_no_leave_to_speak(world: World) -> None:
    """Where nobody set the channel to auto, plain questions are left alone."""
    assert await world.say(world.alice, QUESTION) is None


async def test_auto_without_the_intent_is_mention(world: World) -> None:
    """And the moderator is told so."""
    told = texts(await set_mode(world, "auto"))
    assert "Message Content" in told
    assert await world.say(world.alice, QUESTION) is None
    assert await world.mention(world.alice, QUESTION) is not None


# --- threads


@CONTENT
async def test_a_thread_does_as_its_channel_does(world: World) -> None:
    """Unless it has a mode of its own."""
    world.env.backend.create_thread(world.channel.id, "a thread", world.alice.id)
    await world.env.settle()
    (thread,) = world.channel.threads
    await set_mode(world, "auto")
    assert await world.say(world.alice, QUESTION, thread) is not None
    await set_mode(world, "off")
    assert await world.mention(world.alice, QUESTION, thread) is None
    assert shown(await world.ask(world.alice, QUESTION, thread)).ephemeral
    await set_mode(world, "mention", thread)
    assert await world.mention(world.alice, QUESTION, thread) is not None
    assert await world.mention(world.alice, QUESTION) is None


# --- the command


async def test_show_lists_what_was_set(world: World) -> None:
    """The channels by mention, which is no ping, and what holds everywhere else."""
    other = world.guild.create_text_channel("other")
    await set_mode(world, "off", other)
    told = shown(await world.moderator.slash(world.channel, "channel show"))
    assert told.ephemeral
    assert f"<#{other.id}>: **off**" in texts(told)
    assert "Everywhere else: mention" in texts(told)


async def test_the_right_counts_in_the_channel_that_is_changed(world: World) -> None:
    """A moderator here may be nobody in another channel."""
    role = world.guild.roles["Moderators"]
    closed = world.guild.create_text_channel(
        "closed", overwrites={role: discord.PermissionOverwrite(manage_channels=False)}
    )
    told = texts(await set_mode(world, "off", closed))
    assert "That needs the permission **Manage Channels**" in told
    assert world.desk.store.channel_mode(closed.id) is None


async def test_modes_are_not_set_in_direct_messages(world: World) -> None:
    """There is nobody else to be quiet for; Discord does not offer the command there."""
    offered = world.moderator.user.available_commands()
    assert "ask" in offered
    assert not any(name.startswith(("channel", "server")) for name in offered)


async def test_an_answer_says_what_was_set(world: World) -> None:
    """In the words that /channel mode explains it with, privately and without buttons."""
    told = shown(await set_mode(world, "off"))
    assert told.ephemeral
    assert f"**off** in <#{world.channel.id}>" in texts(told)
    assert buttons(told) == {}
