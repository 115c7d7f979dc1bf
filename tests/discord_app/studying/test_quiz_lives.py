"""What a quiz outlives: a restart, changed facts, somebody who is forgotten, Discord that fails."""

import dataclasses
import datetime

import discord
import pytest
import simcord.http.client

from bot.discord_app import sending
from bot.discord_app.studying import quiz_tables
from bot.state.problems import StateError
from tests.discord_app.studying.room import Room, choices
from tests.discord_app.test_privacy import everything
from tests.discord_app.world import texts

pytestmark = pytest.mark.asyncio
SEND, EDIT = "/channels/*/messages", "/channels/*/messages/*"


@pytest.fixture(autouse=True)
def _as_discord_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py has an error of its own for 500 and more, which simcord does not raise; and nobody waits in tests."""
    plain = simcord.http.client._raise_for

    def raise_for(error: object) -> None:
        status = getattr(error, "status", 0)
        if status >= 500:
            raise discord.DiscordServerError(simcord.http.client._FakeResponse(status), error.to_json())  # type: ignore[arg-type, attr-defined]
        plain(error)  # type: ignore[arg-type]

    monkeypatch.setattr(simcord.http.client, "_raise_for", raise_for)
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.0)


async def test_a_restart_while_a_question_is_open(room: Room) -> None:
    """Its message and its buttons stay; what was answered counts; there is time enough for the others."""
    world = room.world
    await room.start()
    await room.right(world.alice)
    question, asked = room.last(), room.asked()
    told = len(world.own(world.channel))
    await world.restart()
    assert room.asked() == asked
    assert len(world.own(world.channel)) == told
    await room.choose(world.bob, asked.right[0], message=world.current(question))
    assert f"<@{world.alice.id}>, <@{world.bob.id}> were right" in texts(await room.close())
    await room.go_on()
    assert "Question 2 of 3" in texts(room.last())


async def test_a_restart_between_two_questions(room: Room) -> None:
    """The next one comes when it was to come; the reveal stays as it was."""
    world = room.world
    await room.start()
    await room.right(world.alice)
    reveal = await room.close()
    await world.restart()
    assert texts(world.current(reveal)).split("-#")[0] == texts(reveal).split("-#")[0]
    await room.wait(12)
    assert "Question 2 of 3" in texts(room.last())
    await world.alice.slash(world.channel, "quiz stop")
    assert "🥇 **1.**" in texts(room.last())
    await world.restart()
    assert room.over()


async def test_a_restart_after_the_last_answer(room: Room) -> None:
    """A quiz that was over, but not told, is told."""
    world = room.world
    await room.start(questions=1)
    await room.right(world.alice)
    table = room.table()
    table.doing = None
    over = dataclasses.replace(table.quiz, phase="over", until=None)
    table.quiz = over
    await table.keep(world.desk)
    await world.restart()
    assert room.over()
    assert "The quiz is over" in texts(room.last())


async def test_changed_facts_change_what_is_asked(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The open question is asked anew, in its message, and old buttons are void; one whose fact is gone is dropped."""
    world = room.world
    await room.start(questions=3)
    first, second, third = room.table().quiz.questions
    question, old = room.last(), choices(room.last())
    maker = world.desk.makers.now().maker
    anew = dataclasses.replace(first, id=f"{first.key}.other", text="Is it another one?")
    monkeypatch.setattr(maker, "stands", lambda asked: asked == third)
    monkeypatch.setattr(maker, "again", lambda key, _: anew if key == first.key else None)
    await world.desk.note_facts()
    assert world.bot.tables.refreshing is not None
    await world.bot.tables.refreshing
    doing = room.table().doing
    assert doing is not None
    await doing
    assert room.table().quiz.questions == (anew, third)
    assert "Is it another one?" in texts(world.current(question))
    planted = world.plant(old[0])
    assert "closed" in texts(await world.alice.click(planted, custom_id=old[0]))
    assert second not in room.table().quiz.questions


async def test_who_is_forgotten_is_forgotten_here_too(room: Room) -> None:
    """While the quiz runs; it goes on without them."""
    world = room.world
    await room.start(world.bob)
    await room.right(world.bob)
    await room.right(world.alice)
    card = await world.bob.slash(world.channel, "privacy")
    assert "Answers of yours in quizzes that are running: 1" in texts(card)
    assert "Quizzes that you started and that are running: 1" in texts(card)
    sure = await world.press(world.bob, card, "Forget me")
    assert "Done" in texts(await world.press(world.bob, sure, "Yes"))
    await room.close()
    assert str(world.bob.id) not in everything(world.desk.store)
    assert room.table().host is None
    assert str(world.bob.id) not in texts(room.last())
    assert str(world.alice.id) in texts(room.last())


async def test_a_channel_that_goes(room: Room) -> None:
    """Its quiz goes with it, and the question of the day."""
    world = room.world
    gone = world.guild.create_text_channel("gone")
    await room.start(channel=gone)
    await world.moderator.slash(gone, "daily on", hour=9, zone="UTC")
    world.env.backend.delete_channel(gone.id)
    await world.env.settle()
    assert room.over(gone)
    assert world.desk.store.quizzes.running() == [] and world.desk.store.dailies.all() == []


@pytest.mark.faulty
async def test_a_channel_that_is_closed_to_the_bot(room: Room) -> None:
    """The next question cannot be asked, ever: the quiz ends."""
    world = room.world
    await room.start()
    await room.right(world.alice)
    await room.close()
    world.env.inject_error("POST", SEND, status=403, code=50001, message="Missing Access", times=None)
    await room.go_on()
    assert room.over() and world.desk.store.quizzes.running() == []


@pytest.mark.faulty
async def test_discord_that_fails_for_a_while(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question waits, with all of its time; when it fails for too long, the quiz ends with what was reached."""
    world = room.world
    await room.start()
    await room.right(world.alice)
    await room.close()
    world.env.inject_error("POST", SEND, status=503, times=sending.TRIES)
    await room.go_on()
    assert "Question 1 of 3" in texts(room.last())
    await room.wait(5.5)
    assert "Question 2 of 3" in texts(room.last())
    until = room.table().quiz.until
    assert until and until - world.desk.now() > datetime.timedelta(seconds=8)
    await room.close()
    monkeypatch.setattr(quiz_tables, "WAITS", (1, 1))
    world.env.inject_error("POST", SEND, status=503, times=3 * sending.TRIES)
    await room.go_on()
    await room.wait(4)
    assert room.over()
    assert "Discord did not take my messages" in texts(room.last())


@pytest.mark.faulty
async def test_a_question_that_was_deleted(room: Room) -> None:
    """What came of it is told in a new message."""
    world = room.world
    await room.start()
    await room.right(world.alice)
    await world.moderator.delete(room.last())
    await room.wait(23)
    assert "Question 1 of 3" in texts(room.last()) and "was right" in texts(room.last())


@pytest.mark.faulty
async def test_a_state_that_fails(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quiz goes on in memory, and is kept as soon as that works."""
    world = room.world
    await room.start()

    def fails(*_: object, **__: object) -> None:
        raise StateError("full")

    with monkeypatch.context() as broken:
        broken.setattr(world.desk.store.quizzes, "save", fails)
        assert "Taken" in texts(await room.right(world.alice))
    await room.right(world.bob)
    (kept,) = world.desk.store.quizzes.running()
    assert {answer.person for answer in kept.answers} == {world.alice.id, world.bob.id}


async def test_two_side_by_side(room: Room) -> None:
    """Each channel has its own questions, answers and board."""
    world = room.world
    other = world.guild.create_text_channel("other")
    await room.start(questions=1)
    await room.start(world.bob, other, questions=1)
    await room.right(world.alice)
    await room.right(world.bob, other)
    assert room.asked() != room.asked(other)
    await room.wait(23)
    assert str(world.bob.id) not in texts(room.last())
    assert str(world.alice.id) not in texts(room.last(other))


async def test_a_server_that_throws_the_bot_out(room: Room) -> None:
    """Nothing of its quizzes stays open."""
    world = room.world
    await room.start()
    await world.moderator.slash(world.channel, "daily on", hour=9, zone="UTC")
    await world.bot.on_guild_remove(world.bot.get_guild(world.guild.id))  # type: ignore[arg-type]
    assert room.over() and world.desk.store.quizzes.running() == [] and world.desk.store.dailies.all() == []
