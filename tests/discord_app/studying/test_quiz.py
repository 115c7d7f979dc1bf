"""A quiz as people play it: started, answered, revealed, led, stopped, and ended with a board."""

import datetime

import discord
import pytest

from bot.discord_app.studying import quiz_starting
from bot.study.asked import ORDER
from bot.study.making import KINDS
from bot.study.rotation import draw
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
        taken = await room.right(world.alice)
        assert "☑️ Taken" in texts(taken) and shown(taken).ephemeral
        await room.wrong(world.bob)
        assert "Changed to" in texts(await room.right(world.bob))
        await room.wrong(world.guest)
        asked = room.asked()
        reveal = await room.close()
        assert f"✅ **{asked.answer}" in texts(reveal)
        assert choices(reveal) == {}
        assert f"🙋 <@{world.alice.id}>, <@{world.bob.id}> were right" in texts(reveal)
        assert has(reveal, "Challenge this answer") and has(reveal, "Sources")
        assert has(reveal, "Next question") is (number < 3)
        if number < 3:
            await room.go_on()
    board = texts(room.last())
    for line in (f"🥇 **1.** <@{world.alice.id}> · **3** of 3", f"🥇 **1.** <@{world.bob.id}> · **3** of 3"):
        assert line in board
    assert f"🥉 **3.** <@{world.guest.id}> · **0** of 3" in board
    assert room.over()


async def test_late_is_late(room: Room) -> None:
    """A button of a question that was closed before it was pressed; and one of a quiz that is over."""
    await room.start()
    question, right = room.last(), room.asked().right[0]
    pick = choices(question)[right]
    await room.close()
    planted = room.world.plant(pick)
    assert "closed" in texts(await room.world.alice.click(planted, custom_id=pick))
    await room.world.alice.slash(room.world.channel, "quiz stop")
    assert room.over()
    assert "closed" in texts(await room.world.alice.click(planted, custom_id=pick))


async def test_an_order_is_told_one_by_one(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a message that only who answers sees; the last place fills itself."""
    orders = [kind for kind in KINDS if kind.startswith("order")]
    monkeypatch.setattr(quiz_starting, "draw", lambda *given: draw(*given, kinds=orders))
    await room.start(questions=1)
    asked, alice = room.asked(), room.world.alice
    assert asked.wanted.sort == ORDER
    step = await room.choose(alice, asked.right[0])
    assert shown(step).ephemeral and "And next?" in texts(step)
    assert set(choices(step)) == set(asked.right[1:])
    done = await room.right(room.world.bob)
    assert "→" in texts(done)
    first, *others = reversed(asked.right)
    wrong = await room.choose(alice, first)
    for place in others[:-1]:
        wrong = await alice.click(shown(wrong), custom_id=choices(wrong)[place])
    reveal = await room.close()
    assert "**3.**" in texts(reveal) and f"🙋 <@{room.world.bob.id}> was right" in texts(reveal)


async def test_the_host_leads_by_hand(room: Room) -> None:
    """Reveal and Next are for who started it and for moderators; a second press does nothing."""
    world = room.world
    await room.start(pace="by hand", questions=2)
    question = room.last()
    assert "Only who started" in texts(await world.press(world.bob, question, "Reveal"))
    await room.right(world.bob)
    await world.press(world.alice, question, "Reveal")
    reveal = world.current(question)
    assert "was right" in texts(reveal)
    assert "Only who started" in texts(await world.press(world.bob, reveal, "Next"))
    await world.press(world.moderator, reveal, "Next")
    assert "Question 2 of 2" in texts(room.last())
    assert "gone on" in texts(await world.press(world.moderator, reveal, "Next"))


async def test_a_quiz_that_waits_for_nobody_ends(room: Room) -> None:
    """Led by hand: after a quarter of an hour. By the clock: after three questions without an answer."""
    world = room.world
    await room.start(pace="by hand", questions=2)
    await room.wait(130)
    assert "Nobody answered." in texts(room.last())
    now = world.desk.now
    world.desk.now = lambda: now() + datetime.timedelta(minutes=16)
    await room.wait(2)
    assert "Nobody asked for the next question" in texts(room.last())
    await room.start(questions=5, pace="fast")
    for _ in range(3):
        await room.wait(13)
        await room.wait(6)
    assert room.over()
    assert "Nobody answered 3 questions in a row" in texts(room.last())


async def test_stop_and_score(room: Room) -> None:
    """Who may stop, and what is told meanwhile."""
    world = room.world
    for command in ("stop", "score"):
        assert "No quiz is running" in texts(await world.alice.slash(world.channel, f"quiz {command}"))
    await room.start()
    await room.right(world.bob)
    await room.close()
    score = await world.alice.slash(world.channel, "quiz score")
    assert shown(score).ephemeral and f"🥇 **1.** <@{world.bob.id}> · **1**" in texts(score)
    assert not shown(await world.alice.slash(world.channel, "quiz score", show=True)).ephemeral
    assert "Only who started" in texts(await world.bob.slash(world.channel, "quiz stop"))
    assert "stopped" in texts(await world.moderator.slash(world.channel, "quiz stop"))
    assert f"🎓 <@{world.moderator.id}> stopped it" in texts(room.last())


async def test_where_no_quiz_begins(room: Room) -> None:
    """One a channel; none where nothing is said; none about what nobody knows."""
    world = room.world
    assert "no topic" in texts(await room.start(topic="cheese"))
    await room.start()
    assert "running here already" in texts(await room.start(world.bob))
    other = world.guild.create_text_channel("other")
    assert "Quiz: membership" in texts(await room.start(world.bob, other))
    quiet = world.guild.create_text_channel("quiet")
    await world.moderator.slash(quiet, "channel mode", mode="off")
    assert "say nothing" in texts(await room.start(world.bob, quiet))
    me = world.guild.me
    assert me is not None
    closed = world.guild.create_text_channel(
        "closed", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    assert "may not write" in texts(await room.start(world.bob, closed))


async def test_topics_are_completed(room: Room) -> None:
    """By any word of their title; the key is what is sent."""
    offered = await room.world.alice.autocomplete(room.world.channel, "quiz start", "topic", "koso")
    assert {"entity:kosovo"} <= {choice["value"] for choice in offered}
    named = await room.start(topic="Kosovo", questions=1)
    assert "Quiz: Kosovo" in texts(named)


async def test_what_was_missed_is_studied(room: Room) -> None:
    """One's own misses, once; and another round like this one."""
    world = room.world
    await room.start(questions=1)
    key = room.asked().key
    await room.wrong(world.alice)
    await room.right(world.bob)
    await room.close()
    board = room.last()
    told = await world.press(world.alice, board, "Study what I missed")
    assert shown(told).ephemeral and "1 question that you missed is among your cards, 1 of them new" in texts(told)
    assert "0 of them new" in texts(await world.press(world.alice, board, "Study"))
    assert "missed nothing" in texts(await world.press(world.bob, board, "Study"))
    assert world.desk.store.cards.get(world.alice.id, key) is not None
    again = await world.press(world.bob, board, "Play again")
    assert "Quiz: membership" in texts(again)
    assert room.table().host == world.bob.id


async def test_an_answer_is_challenged(room: Room) -> None:
    """The curators get the fact, the question as it was asked, and what is wrong."""
    world = room.world
    await room.start(questions=1)
    asked = room.asked()
    await room.right(world.alice)
    reveal = await room.close()
    form = await world.press(world.bob, reveal, "Challenge")
    sent = await world.bob.submit_modal(form, {"what": "it left last year"})
    assert "report 1" in texts(sent)
    (report,) = world.desk.store.proposals.all()
    assert report.facts == (asked.fact,) and report.guild_id == world.guild.id
    assert asked.text in report.text and "it left last year" in report.text
    assert shown(await world.press(world.bob, reveal, "Sources")).ephemeral


async def test_seasons_and_who_is_not_listed(room: Room) -> None:
    """Points of a quarter; who hides is on no board, and what they had is deleted."""
    world = room.world
    assert "No quiz was played" in texts(await world.bob.slash(world.channel, "quiz season"))
    assert "on no leaderboard" in texts(await world.alice.slash(world.channel, "quiz hide-me"))
    await room.start(questions=1)
    await room.right(world.alice)
    await room.right(world.bob)
    reveal = await room.close()
    assert f"🙋 <@{world.bob.id}> and 1 more were right" in texts(reveal)
    board = texts(room.last())
    assert str(world.alice.id) not in board and "1 who plays without being listed" in board
    season = texts(await world.alice.slash(world.channel, "quiz season", show=True))
    assert "Season 4 of 2026" in season and str(world.bob.id) in season and str(world.alice.id) not in season
    assert "From now on" in texts(await world.alice.slash(world.channel, "quiz show-me"))
    assert "already" in texts(await world.alice.slash(world.channel, "quiz show-me"))
