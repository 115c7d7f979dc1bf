"""What fails is told once, logged once, without anybody's words; the next question is answered as if nothing were."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import discord
import pytest
import simcord.http.client
from simcord.http import router

from bot.discord_app import sending
from bot.engine import Engine
from tests.discord_app.world import World, buttons, file_of, shown, texts

pytestmark = [pytest.mark.asyncio, pytest.mark.faulty]

QUESTION = "does pakistan recognise armenia?"
SECRET = "swordfish"  # noqa: S105 - a word that somebody writes
REPLIES, ANSWERS = "/channels/*/messages", "/interactions/*/callback"
FAULT = re.compile(r"Something went wrong on my side.*error `([0-9a-f]{8})`")


@pytest.fixture(autouse=True)
def _as_discord_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py has an error of its own for 500 and more, which simcord does not raise; and nobody waits in tests."""
    plain = simcord.http.client._raise_for

    def raise_for(error: Any) -> None:
        if error.status >= 500:
            response: Any = simcord.http.client._FakeResponse(error.status)
            raise discord.DiscordServerError(response, error.to_json())
        plain(error)

    monkeypatch.setattr(simcord.http.client, "_raise_for", raise_for)
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.0)


@dataclasses.dataclass
class Broken:
    """An engine of which every use fails, and the fault quotes what somebody wrote."""

    sound: Engine

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"{SECRET} in {name}")


def break_engine(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on nothing is answered; call the result to mend it."""
    live, sound = world.desk.live, world.desk.engine
    monkeypatch.setattr(live, "engine", Broken(sound))
    return lambda: monkeypatch.setattr(live, "engine", sound)


def assert_logged_once(world: World, id_: str) -> None:
    """One line has the id that the person was told; no line has words of anybody, nor a traceback."""
    (line,) = world.log.lines("failed")
    assert line["error"] == id_
    assert "RuntimeError" in line["exception"]
    assert SECRET not in world.log.text
    assert "Traceback" not in world.log.text
    assert "pakistan" not in world.log.text.lower()


# --- Discord fails


@pytest.mark.parametrize("status", [503, 520])
@pytest.mark.parametrize("times", [1, 4])
async def test_a_reply_is_sent_again(world: World, status: int, times: int) -> None:
    """Under the same nonce, so that Discord writes it once even if it had written it."""
    world.env.inject_error("POST", REPLIES, status=status, times=times)
    answer = await world.mention(world.alice, QUESTION)
    assert answer is not None
    sent = [r.json for r in world.requests("POST", r"/channels/\d+/messages") if r.json]
    assert len(sent) == times + 1
    assert len({body["nonce"] for body in sent}) == 1
    assert all(body["enforce_nonce"] for body in sent)
    assert world.log.lines("given up", "failed") == []


@pytest.mark.parametrize(
    ("status", "requests"), [(503, sending.TRIES), (500, 1), (502, 1), (504, 1), (403, 1), (404, 1), (400, 1), (429, 1)]
)
async def test_a_reply_is_given_up_with_one_line(world: World, status: int, requests: int) -> None:
    """What will not get better is not tried again; nothing is said, and the next question is answered."""
    world.env.inject_error("POST", REPLIES, status=status, times=None, message=SECRET)
    assert await world.mention(world.alice, QUESTION) is None
    assert len(world.requests("POST", r"/channels/\d+/messages")) == requests
    (line,) = world.log.lines("given up")
    assert line["level"] == "warning"
    assert SECRET not in world.log.text
    world.env.backend.faults.clear()
    assert await world.mention(world.alice, QUESTION) is not None


@pytest.mark.parametrize("times", [1, 4])
async def test_an_answer_is_sent_again(world: World, times: int) -> None:
    """A command and a button, answered once."""
    world.env.inject_error("POST", ANSWERS, status=503, times=times)
    answer = shown(await world.ask(world.alice, QUESTION))
    world.env.inject_error("POST", ANSWERS, status=503, times=times)
    assert "📚" in texts(await world.press(world.bob, answer, "Sources"))
    assert len(world.own(world.channel)) == 1
    assert world.log.lines("given up", "failed") == []


@pytest.mark.parametrize(("status", "code"), [(503, 0), (404, 10062), (403, 50013), (429, 0), (400, 40060)])
@pytest.mark.parametrize("way", ["command", "look-up", "button", "page", "form", "file", "delete"])
async def test_an_answer_is_given_up_with_one_line(world: World, status: int, code: int, way: str) -> None:
    """Whatever it was: nobody is told, for there is no way to; nothing else fails."""
    answer = shown(await world.ask(world.alice, "who recognises kosovo?"))
    world.env.inject_error("POST", ANSWERS, status=status, code=code, times=None, message=SECRET)
    if way == "command":
        await world.ask(world.alice, QUESTION)
    elif way == "look-up":
        await world.alice.slash(world.channel, "overview", a="Atlantis", b="Armenia")
    else:
        label = {"button": "Why", "page": "Next", "form": "Report", "file": "As a text", "delete": "Delete"}[way]
        await world.press(world.alice, answer, label)
    told = world.log.lines("given up", "failed", "event failed", "fault not told")
    assert [line["event"] for line in told] in (["given up"], [] if code == 40060 else ["given up"])
    assert SECRET not in world.log.text
    world.env.backend.faults.clear()
    assert await world.mention(world.alice, QUESTION) is not None


async def test_an_answer_that_was_lost_is_not_given_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection breaks after Discord has taken it: trying again shows that it was answered already."""
    lose_once(monkeypatch, "/callback")
    answer = await world.ask(world.alice, "did the uae and bosnia have diplomatic relations before 12 march 1994?")
    assert len(world.own(world.channel)) == 1
    assert world.log.lines("given up", "failed") == []
    assert world.desk.store.recall_answer(world.own(world.channel)[0].id) is not None
    assert "Why this answer" in buttons(answer)


async def test_a_reset_connection_is_no_fault(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply whose fate is unknown is sent again under its nonce."""
    lose_once(monkeypatch, "/messages")
    await world.alice.send(world.channel, f"{world.me} {QUESTION}")
    sent = [r.json for r in world.requests("POST", r"/channels/\d+/messages") if r.json]
    assert len(sent) == 2
    assert sent[0]["nonce"] == sent[1]["nonce"]
    assert world.log.lines("given up", "failed") == []


async def test_a_reply_that_is_not_allowed_is_a_message(world: World) -> None:
    """Where the bot may not read what was before, it answers without a reference."""
    world.env.inject_error("POST", REPLIES, status=400, code=160002)
    answer = await world.mention(world.alice, QUESTION)
    assert answer is not None
    assert answer.reference is None
    assert "✅" in texts(answer)


async def test_commands_that_cannot_be_registered_stop_nothing(world: World) -> None:
    """What Discord has from before keeps working."""
    world.env.inject_error("PUT", "/applications/*/commands", status=403, times=None)
    await world.restart()
    assert len(world.log.lines("commands not registered")) == 1
    assert await world.mention(world.alice, QUESTION) is not None
    assert "✅" in texts(await world.ask(world.alice, QUESTION))


def lose_once(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """The next request to a path arrives, but its answer is lost."""
    dispatch = router.dispatch
    lost: list[str] = []

    def losing(backend: Any, method: str, where: str, **given: Any) -> Any:
        made = dispatch(backend, method, where, **given)
        if where.endswith(path) and method == "POST" and not lost:
            lost.append(where)
            raise ConnectionResetError(SECRET)
        return made

    monkeypatch.setattr(router, "dispatch", losing)


# --- a handler fails


async def test_a_mention_that_fails_is_told_with_an_id(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence; the same id stands in the log; the next one is answered."""
    mend = break_engine(world, monkeypatch)
    told = await world.mention(world.alice, f"{QUESTION} {SECRET}")
    assert told is not None
    found = FAULT.search(texts(told))
    assert found
    assert_logged_once(world, found[1])
    mend()
    assert await world.mention(world.alice, QUESTION) is not None


@pytest.mark.parametrize("way", ["ask", "overview", "list", "compare", "changes", "about", "menu", "button", "form"])
async def test_an_interaction_that_fails_is_told_with_an_id(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Privately."""
    answer = await world.ask(world.alice, QUESTION)
    message = await world.alice.send(world.channel, f"Pakistan recognises Armenia. {SECRET}")
    form = await world.press(world.alice, answer, "Ask a")
    mend = break_engine(world, monkeypatch)
    options = {
        "ask": {"question": SECRET}, "overview": {"a": SECRET, "b": SECRET},
        "list": {"what": "recognition object", "of": SECRET}, "compare": {"of": SECRET, "but_not": SECRET},
    }  # fmt: skip
    if way == "menu":
        result = await world.bob.context_menu(world.channel, "Check this claim", message)
    elif way == "button":
        result = await world.press(world.alice, answer, "Sources")
    elif way == "form":
        result = await world.alice.submit_modal(form, {"question": SECRET})
    else:
        result = await world.alice.slash(world.channel, way, **options.get(way, {}))
    assert world.env.errors is not None  # simcord keeps what a command raised; it is told and logged all the same
    assert shown(result).ephemeral
    found = FAULT.search(texts(result))
    assert found
    assert_logged_once(world, found[1])
    mend()
    assert await world.mention(world.alice, QUESTION) is not None


async def test_autocomplete_that_fails_offers_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nobody to tell; the question can still be sent."""

    def fail(*_: object, **__: object) -> list[str]:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(world.desk.live, "completer", type("Completer", (), {"complete": fail})())
    assert await world.alice.autocomplete(world.channel, "ask", "question", SECRET) == []
    assert world.env.errors is not None
    assert SECRET not in world.log.text
    assert "✅" in texts(await world.ask(world.alice, QUESTION))


@pytest.mark.settings(message_content=True)
async def test_what_fails_unasked_is_not_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asked the bot, so nobody is told; the log is."""
    await world.moderator.slash(world.channel, "channel mode", mode="auto")
    break_engine(world, monkeypatch)
    assert await world.say(world.alice, f"{QUESTION} {SECRET}") is None
    assert len(world.log.lines("failed")) == 1
    assert SECRET not in world.log.text


async def test_a_fault_that_cannot_be_told_is_logged(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both things fail at once; the bot goes on."""
    mend = break_engine(world, monkeypatch)
    world.env.inject_error("POST", REPLIES, status=403, times=None)
    assert await world.mention(world.alice, SECRET) is None
    assert len(world.log.lines("failed")) == 1
    assert SECRET not in world.log.text
    world.env.backend.faults.clear()
    mend()
    assert await world.mention(world.alice, QUESTION) is not None


# --- the state fails


async def test_answers_go_out_without_the_state(world: World) -> None:
    """A question, a button, a follow-up, a miss, a look-up."""
    world.desk.store.close()
    reply = await world.mention(world.alice, QUESTION)
    assert reply is not None
    assert "✅" in texts(reply)
    answer = await world.ask(world.alice, "who recognises kosovo?")
    assert "📚" in texts(await world.press(world.bob, answer, "Sources"))
    await world.press(world.alice, answer, "Next")
    assert "Serbia" in texts(await world.follow(world.alice, answer, "and serbia?"))
    assert "Not understood" in texts(await world.ask(world.alice, "blah"))
    assert "✅" in texts(await world.alice.slash(world.channel, "ask", question=QUESTION))
    assert world.log.lines("failed", "event failed") == []
    assert world.log.lines("state failed")


async def test_what_needs_the_state_says_that_it_failed(world: World) -> None:
    """A switch, a report, what is stored, forgetting: never a silent loss."""
    answer = await world.ask(world.alice, QUESTION)
    card = await world.moderator.slash(world.channel, "privacy")
    asked = await world.press(world.moderator, card, "Forget me")
    form = await world.press(world.alice, answer, "Report")
    world.desk.store.close()
    told = [
        await world.moderator.slash(world.channel, "channel mode", mode="off"),
        await world.moderator.slash(world.channel, "server keep", words=True),
        await world.moderator.slash(world.channel, "server keep", words=False),
        await world.moderator.slash(world.channel, "privacy"),
        await world.press(world.moderator, card, "Give me a copy"),
        await world.press(world.moderator, asked, "Yes, forget me"),
        await world.alice.submit_modal(form, {"what": "wrong"}),
    ]
    for result in told:
        assert "⚠️" in texts(result)
        assert "try again later" in texts(result)
    assert world.log.lines("failed", "event failed") == []


async def test_deleting_works_without_the_state(world: World) -> None:
    """The message is what people see."""
    answer = await world.ask(world.alice, QUESTION)
    world.desk.store.close()
    await world.press(world.alice, answer, "Delete")
    assert world.own(world.channel) == []


async def test_a_file_needs_no_state(world: World) -> None:
    """Lists come from the facts."""
    answer = await world.ask(world.alice, "who recognises kosovo?")
    world.desk.store.close()
    _, text = await file_of(await world.press(world.bob, answer, "As a text file"))
    assert "France" in text
