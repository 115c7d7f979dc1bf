"""Every way to ask gets the same true answer: a command, a mention, a direct message, a reply, a form."""

import pytest

from bot.discord_app.recent import FOLLOW_SECONDS
from tests.discord_app.world import World, buttons, shown, texts

pytestmark = pytest.mark.asyncio

QUESTION = "does pakistan recognise armenia?"
YES, SINCE = "✅ Yes", "31 August 2025"


# --- the command


async def test_ask_answers_for_all_to_read(world: World) -> None:
    """A verdict, a date, sources and buttons; the asker may delete it."""
    answer = shown(await world.ask(world.alice, QUESTION))
    assert not answer.ephemeral
    assert YES in texts(answer)
    assert SINCE in texts(answer)
    assert [name.split(" (")[0] for name in buttons(answer)] == [
        "Sources", "History", "Why this answer", "Copy citation", "Ask a follow-up", "Report a mistake", "Delete",
    ]  # fmt: skip


async def test_ask_privately_shows_nobody_else(world: World) -> None:
    """Only the asker sees it, and what one sees alone needs no Delete button."""
    answer = shown(await world.ask(world.alice, QUESTION, private=True))
    assert answer.ephemeral
    assert YES in texts(answer)
    assert "Delete" not in buttons(answer)
    assert world.channel.history(viewer=world.bob) == []


@pytest.mark.parametrize(
    "typed",
    ["", " ", "does pak", "Does Turkey recognise", "who", "€%$#", "\u202e‏", "x" * 3000, "@everyone", "🇵🇰", "د", "1991"],
)
async def test_autocomplete_offers_what_discord_takes(world: World, typed: str) -> None:
    """At most 25 choices of at most 100 characters, no two alike, whatever was typed."""
    offered = await world.alice.autocomplete(world.channel, "ask", "question", typed)
    assert len(offered) <= 25
    assert all(1 <= len(choice["name"]) <= 100 and choice["value"] == choice["name"] for choice in offered)
    assert len({choice["value"] for choice in offered}) == len(offered)


async def test_a_choice_taken_is_answered(world: World) -> None:
    """What is offered leads to an answer, and begins with what fits best."""
    offered = await world.alice.autocomplete(world.channel, "ask", "question", "does pakistan recognise ar")
    assert offered[0]["value"] == "Does Pakistan recognise Armenia?"
    assert YES in texts(await world.ask(world.alice, offered[0]["value"]))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("does pakistn recognize armenia", YES),
        ("hello there", "Ask me one in plain words"),
        ("hello world", "Not understood"),
        ("does congo recognise kosovo", "Which one do you mean?"),
        ("does fiji sell arms to malta", "No record"),
        ("who recognises kosovo", "Which states recognise Kosovo?"),
        ("x" * 5990, "Not understood"),
    ],
)
async def test_anything_sent_instead_of_a_choice_is_read(world: World, question: str, told: str) -> None:
    """Discord lets people send what was never offered."""
    assert told in texts(await world.ask(world.alice, question))


# --- messages


@pytest.mark.parametrize("text", ["{me} {q}", "{q} {me}", "hey {me}, {q}", "{me}{q}", "{me} {me} {q}", "{me}: {q}"])
async def test_a_mention_anywhere_asks(world: World, text: str) -> None:
    """Where the mention stands says nothing about the question."""
    answer = await world.say(world.alice, text.format(me=world.me, q=QUESTION))
    assert answer is not None
    assert YES in texts(answer)
    assert answer.reference is not None


async def test_a_bare_mention_is_told_how_to_ask(world: World) -> None:
    """It is not noted as a question that was not understood."""
    answer = await world.mention(world.alice, "")
    assert answer is not None
    assert "Ask me a question in plain words" in texts(answer)
    assert world.desk.store.missed_count(world.desk.now().replace(hour=0)) == 0


async def test_a_message_without_a_mention_is_nobodys_business(world: World) -> None:
    """By default the bot answers only who asks it."""
    assert await world.say(world.alice, QUESTION) is None


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    """Nobody else is there to be spoken to."""
    answer = await world.direct(world.alice.user, QUESTION)
    assert answer is not None
    assert YES in texts(answer)
    slash = await world.alice.user.slash("ask", question=QUESTION)
    assert YES in texts(slash)


async def test_a_bot_and_a_webhook_are_not_answered(world: World) -> None:
    """Two bots that answer each other never stop."""
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    assert await world.mention(robot, QUESTION) is None
    await world.guild.create_webhook(world.channel).send(f"{world.me} {QUESTION}")
    assert world.own(world.channel) == []


# --- follow-ups


async def test_a_pinging_reply_follows_up(world: World) -> None:
    """A reply to the bot's message carries a ping, and so its content."""
    first = await world.mention(world.alice, QUESTION)
    assert first is not None
    answer = await world.say(world.alice, "since when?", reply_to=first)
    assert answer is not None
    assert SINCE in texts(answer)


@pytest.mark.parametrize(
    ("follow_up", "told"),
    [("since when?", SINCE), ("and azerbaijan?", "Azerbaijan"), ("in 2005?", "2005"), ("the other way round?", YES)],
)
async def test_a_follow_up_changes_one_thing(world: World, follow_up: str, told: str) -> None:
    """By mention, after the same person's question in the same channel."""
    await world.mention(world.alice, QUESTION)
    answer = await world.mention(world.alice, follow_up)
    assert answer is not None
    assert "Not understood" not in texts(answer)
    assert told in " ".join([texts(answer), *buttons(answer)])


async def test_a_follow_up_is_of_one_person_in_one_channel(world: World) -> None:
    """Another person, or another channel, has no question before it."""
    other = world.guild.create_text_channel("other")
    await world.mention(world.alice, QUESTION)
    of_bob = await world.mention(world.bob, "since when?")
    elsewhere = await world.mention(world.alice, "since when?", other)
    alone = await world.direct(world.alice.user, "since when?")
    for answer in (of_bob, elsewhere, alone):
        assert answer is not None
        assert SINCE not in texts(answer)


@pytest.mark.parametrize(("seconds", "remembered"), [(FOLLOW_SECONDS - 1, True), (FOLLOW_SECONDS + 1, False)])
async def test_a_question_is_remembered_for_ten_minutes(world: World, seconds: float, remembered: bool) -> None:
    """No longer, so that nobody's later words are taken for a follow-up."""
    assert FOLLOW_SECONDS == 600
    await world.mention(world.alice, QUESTION)
    world.clock.seconds += seconds
    answer = await world.mention(world.alice, "since when?")
    assert answer is not None
    assert (SINCE in texts(answer)) is remembered


async def test_a_follow_up_by_button_and_form(world: World) -> None:
    """A reply to a slash answer carries no content, so the card has a button; it holds the question for anybody."""
    answer = shown(await world.ask(world.alice, QUESTION))
    world.clock.seconds += 10 * FOLLOW_SECONDS
    followed = await world.follow(world.bob, answer, "since when?")
    assert SINCE in texts(followed)
    assert not shown(followed).ephemeral
    followed = await world.follow(world.bob, answer, "does serbia recognise kosovo?")
    assert "❌ No" in texts(followed)


async def test_a_follow_up_to_a_private_answer_stays_private(world: World) -> None:
    """Who asked alone goes on alone."""
    answer = await world.ask(world.alice, QUESTION, private=True)
    followed = shown(await world.follow(world.alice, answer, "since when?"))
    assert followed.ephemeral
    assert SINCE in texts(followed)


async def test_asking_another_way_after_a_miss(world: World) -> None:
    """A miss shows a form too; it leans on nothing."""
    missed = shown(await world.ask(world.alice, "blah blah"))
    form = await world.press(world.alice, missed, "Ask another way")
    assert YES in texts(await world.alice.submit_modal(form, {"question": QUESTION}))


async def test_a_follow_up_works_after_a_restart(world: World) -> None:
    """The button holds the question; the memory of the process is gone."""
    answer = shown(await world.ask(world.alice, QUESTION))
    await world.restart()
    assert SINCE in texts(await world.follow(world.alice, answer, "since when?"))
