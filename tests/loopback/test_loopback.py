"""The loopback Discord holds for a stock discord.py process: a tiny bot with one of each feature, and each fault."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Channel, Loopback, SetupError, User, discord_class
from tests.loopback.faults import UNHEEDED

BOT = [sys.executable, str(Path(__file__).with_name("tiny.py"))]
POST, CALLBACK = ("POST", "/channels/*/messages"), ("POST", "/interactions/*/callback")


@asynccontextmanager
async def tiny(*expected: str, **rules: Any) -> AsyncIterator[tuple[Loopback, Channel, User]]:
    """A running tiny bot, a channel and somebody; afterwards nothing but what is expected has been amiss."""
    async with discord_class()(**rules) as d:
        channel, alice = d.add_channel(d.add_guild()), d.add_user("alice")
        await d.launch(BOT)
        await d.ready()
        yield d, channel, alice
        assert [v for v in d.violations if not any(part in v for part in expected)] == []
        assert d.strays() == []


def said(channel: Channel, text: str) -> int:
    """How often the bot wrote something."""
    return sum(message["content"] == text for message in channel.messages)


@pytest.mark.asyncio
async def test_messages() -> None:
    """Mentions, replies and direct messages are answered; what is not for the bot comes without content."""
    async with tiny() as (d, channel, alice):
        reply = await d.say(alice, channel, f"{d.mention} hello")
        assert reply and reply["content"] == "you said: hello"
        assert reply["message_reference"]["message_id"]
        assert reply["mentions"] == []
        assert await d.say(alice, channel, "no mention", timeout=0.3) is None
        again = await d.say(alice, channel, "a reply pings", reply_to=reply)
        assert again and again["content"] == "you said: a reply pings"
        assert await d.say(alice, channel, "a silent reply", reply_to=reply, ping=False, timeout=0.3) is None
        private = await d.say(alice, d.dm(alice), "hey")
        assert private and private["content"] == "you said: hey"
        assert sys.platform != "linux" or d.rss() > 1 << 20
        (session,) = d.sessions.values()
        assert "no mention" not in str(session.log)
        assert await d.stop() is not None


@pytest.mark.asyncio
async def test_commands_components_and_modals() -> None:
    """All four kinds of interaction, answered at once."""
    async with tiny() as (d, channel, alice):
        asked = await d.slash(alice, channel, "ask", fruit="fig")
        assert (asked.content, asked.ephemeral, asked.deferred) == ("about fig", False, False)
        assert asked.ack is not None
        assert asked.ack < 2
        assert asked.message
        picked = await d.select(alice, asked.message, ["fig"])
        assert (picked.content, picked.ephemeral) == ("picked fig", True)
        shown = await d.click(alice, asked.message, custom_id="tiny:note")
        assert shown.modal
        assert shown.modal["title"] == "A note"
        assert (await d.submit(shown, {"Text": "hi"})).content == "noted: hi"
        more = await d.click(alice, asked.message, label="More")
        assert (more.callback, more.content) == (7, "more!")
        completed = await d.autocomplete(alice, channel, "ask", "fruit", "ap")
        assert completed.choices
        assert [choice["name"] for choice in completed.choices] == ["apple", "apricot"]
        counted = await d.context_menu(alice, channel, "Count words", d.post(alice, channel, "one two three"))
        assert (counted.content, counted.ephemeral) == ("3 words", True)


@pytest.mark.asyncio
async def test_deferred_answers() -> None:
    """The first follow-up or edit takes the place of what was deferred, and stays private."""
    async with tiny() as (d, channel, alice):
        for edit in (False, True):
            later = await d.slash(alice, channel, "later", edit=edit, _settle=0.3)
            assert (later.deferred, later.ephemeral, later.content) == (True, True, "at last")
            assert later.message
            assert later.message["flags"] == 64
            assert [message["content"] for message in later.followups] == ["and more"]
            assert later.latency is not None
            assert later.ack is not None
            assert later.ack <= later.latency


@pytest.mark.asyncio
async def test_what_nobody_is_offered() -> None:
    """The client refuses unknown commands, wrong options, disabled places and lacking permissions."""
    async with tiny() as (d, channel, alice):
        assert (await d.slash(alice, d.private(alice), "ask", fruit="fig")).content == "about fig"
        away = d.add_channel(d.add_guild("Away", member=False))
        assert (await d.slash(alice, away, "ask", fruit="fig")).content == "about fig"
        asked = await d.slash(alice, channel, "ask", fruit="fig")
        attempts: dict[str, Callable[[], Awaitable[object]]] = {
            "no registered command": lambda: d.slash(alice, channel, "nope"),
            "needs|lacks": lambda: d.slash(alice, channel, "ask"),
            "option": lambda: d.slash(alice, channel, "ask", fruit=3),
            "not offered|cannot be used": lambda: d.slash(alice, away, "later"),
            "no .*Missing": lambda: d.click(alice, asked.message, label="Missing"),
        }
        for problem, attempt in attempts.items():
            with pytest.raises(Exception, match=problem):
                await attempt()


@pytest.mark.asyncio
@pytest.mark.skipif(discord_class() is not Loopback, reason="the other one has no moderators")
async def test_commands_for_moderators() -> None:
    """Only who has the permissions that a command asks for is offered it."""
    async with tiny() as (d, channel, alice):
        with pytest.raises(SetupError, match="lacks permissions"):
            await d.slash(alice, channel, "farm plant", count=3, by=alice)
        assert channel.guild
        channel.guild.moderators.add(alice.id)
        planted = await d.slash(alice, channel, "farm plant", count=3, by=alice)
        assert planted.content == "3 planted by alice"


@pytest.mark.asyncio
async def test_refused_bodies() -> None:
    """What breaks a limit is refused and noted."""
    async with tiny("content") as (d, channel, alice):
        broken = await d.slash(alice, channel, "broken")
        assert broken.callback is None
        assert broken.errors[0][:2] == (400, 50035)
        assert "2000" in str(broken.errors[0][2])
        assert len(d.violations) == 1


@pytest.mark.asyncio
async def test_places_closed_to_the_bot() -> None:
    """Lacking permissions and closed DMs are refused with Discord's codes."""
    async with tiny() as (d, channel, alice):
        alice.dms_closed = True
        channel.bot_perms = channel.perms & ~(1 << 11)
        for place in (channel, d.dm(alice)):
            assert await d.say(alice, place, f"{d.mention} x", timeout=0.3) is None
        assert (d.counts["refused_50013"], d.counts["refused_50007"]) == (1, 1)
        assert (await d.slash(alice, channel, "ask", fruit="fig")).content == "about fig"


@pytest.mark.asyncio
async def test_rate_limits() -> None:
    """A 429 is waited for, that of one bucket and that of all; buckets announced by headers are kept."""
    async with tiny(limits={"POST /channels/{channel_id}/messages": (5, 1.0)}) as (d, channel, alice):
        for everywhere in (False, True):
            fault = d.fault(*POST, status=429, retry_after=0.4, is_global=everywhere)
            reply = await d.say(alice, channel, f"{d.mention} {everywhere}")
            assert reply
            assert reply.latency >= 0.4
            assert fault.hits == 1
        d.fault(*POST, status=429, via=False)  # discord.py gives up
        assert await d.say(alice, channel, f"{d.mention} lost", timeout=0.3) is None
        answers = await asyncio.gather(*(d.say(alice, channel, f"{d.mention} {n}") for n in range(12)))
        assert {answer["content"] for answer in answers if answer} == {f"you said: {n}" for n in range(12)}
        assert d.counts["rate_limited"] < UNHEEDED


@pytest.mark.asyncio
async def test_failing_requests() -> None:
    """discord.py retries 500 and 502, and gives up on 503 and on a reset; then all is well again."""
    async with tiny() as (d, channel, alice):
        for status in (500, 502):
            d.fault(*POST, status=status)
            reply = await d.say(alice, channel, f"{d.mention} {status}")
            assert reply
            assert reply.latency >= 1
        for reset in (False, True):
            d.fault(*POST, status=503, drop=reset)
            assert await d.say(alice, channel, f"{d.mention} x", timeout=0.3) is None
        d.fault(*POST, drop=True, after=True)
        assert await d.say(alice, channel, f"{d.mention} carried out")
        d.fault(*CALLBACK, status=502)
        assert (await d.slash(alice, channel, "ask", fruit="fig")).content == "about fig"


@pytest.mark.asyncio
async def test_lost_answer_is_not_written_twice() -> None:
    """discord.py sends again with the same nonce."""
    async with tiny() as (d, channel, alice):
        d.fault(*POST, status=502, after=True)
        assert await d.say(alice, channel, f"{d.mention} once")
        await d.until(lambda: sum(r["method"] == "POST" and r["path"].endswith("/messages") for r in d.requests) == 2)
        assert await d.say(alice, channel, f"{d.mention} then")
        assert said(channel, "you said: once") == 1


@pytest.mark.asyncio
async def test_late_and_lost_acknowledgements() -> None:
    """Too late is 10062; one whose answer is lost is 40060 when it is tried again."""
    async with tiny("answered after", ack_deadline=1.0) as (d, channel, alice):
        d.fault(*CALLBACK, delay=1.5)
        late = await d.slash(alice, channel, "ask", fruit="fig")
        assert late.callback is None
        assert late.errors[0][:2] == (404, 10062)
        d.fault(*CALLBACK, status=502, after=True)
        lost = await d.slash(alice, channel, "ask", fruit="fig")
        assert lost.content == "about fig"
        await d.until(lambda: lost.errors)
        assert lost.errors[0][:2] == (400, 40060)


async def resume() -> None:
    """After each kind of interruption the session is resumed, and what was missed is answered."""
    async with tiny() as (d, channel, alice):
        for cut in (d.reconnect, d.drop, d.close, lambda: d.invalid_session(True)):
            before = d.counts["resumed"]
            await cut()
            assert await d.say(alice, channel, f"{d.mention} {before}", timeout=10)
            await d.until(lambda before=before: d.counts["resumed"] > before)  # type: ignore[misc]
        assert d.counts["identify"] == 1


async def identify_anew() -> None:
    """A session that cannot be resumed is replaced by a new one, five seconds later; heartbeats go on."""
    async with tiny(heartbeat=0.5) as (d, channel, alice):
        await d.until(lambda: any(conn.beats >= 2 for conn in d.conns), 5)
        await d.invalid_session(False)
        await d.until(lambda: d.counts["identify"] == 2, 15)
        await d.ready()
        assert await d.say(alice, channel, f"{d.mention} back")


async def refuse_handshake() -> None:
    """After a refused handshake discord.py identifies anew, and what came in between is lost."""
    async with tiny() as (d, channel, alice):
        d.refuse_ws = 1
        await d.drop()
        await d.until(lambda: d.counts["identify"] == 2, 20)
        await d.ready()
        assert await d.say(alice, channel, f"{d.mention} back")


async def close_before_hello() -> None:
    """A sharded client tries again when its first socket closes before HELLO."""
    async with discord_class()() as d:
        d.close_before_hello = 1
        await d.launch(BOT)
        await d.ready()
        assert d.close_before_hello == 0


@pytest.mark.asyncio
async def test_broken_sockets() -> None:
    """All at once, for each waits several seconds for discord.py."""
    await asyncio.gather(resume(), identify_anew(), refuse_handshake(), close_before_hello())


@pytest.mark.asyncio
async def test_a_restart_keeps_buttons() -> None:
    """Messages and commands outlive the process."""
    async with tiny() as (d, channel, alice):
        asked = await d.slash(alice, channel, "ask", fruit="fig")
        assert await d.stop(signal.SIGINT) == 0
        await d.launch(BOT)
        await d.ready()
        assert (await d.click(alice, asked.message, label="More")).content == "more!"


@pytest.mark.asyncio
async def test_refused_starts() -> None:
    """A wrong token, and an intent that is not switched on."""
    async with discord_class()(approved=0) as d:
        for env, words in (
            ({"DISCORD_TOKEN": "wrong"}, "Improper token"),
            ({"TINY_CONTENT": "1"}, "privileged intents"),
        ):
            await d.launch(BOT, env=env)
            assert await d.exited() == 1
            assert words in d.log()
        assert d.violations == []


@pytest.mark.asyncio
async def test_nothing_else_is_reached() -> None:
    """Look-ups and connections that leave the machine are refused and noted."""
    code = (
        "import asyncio, socket\n"
        "for attempt in (lambda: socket.create_connection(('192.0.2.1', 80), 1),\n"
        "    lambda: socket.getaddrinfo('a.test', 80),\n"
        "    lambda: asyncio.run(asyncio.open_connection('192.0.2.2', 80))):\n"
        "    try: attempt()\n"
        "    except ConnectionRefusedError as refused: print(refused)\n"
    )
    async with discord_class()() as d:
        await d.launch([sys.executable, "-c", code])
        assert await d.exited() == 0
        assert d.strays() == ["connect 192.0.2.1:80", "lookup a.test", "connect 192.0.2.2:80"]
        assert d.log().count("not loopback") == 3


@pytest.mark.asyncio
async def test_a_bot_that_ignores_the_signal_is_killed() -> None:
    """And that is noted."""
    async with discord_class()() as d:
        ignoring = "import signal, time; signal.signal(15, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"
        await d.launch([sys.executable, "-c", ignoring])
        await d.until(lambda: "on" in d.log())
        assert d.process
        number = d.process.pid
        assert await d.stop(timeout=0.3) == -signal.SIGKILL
        assert len(d.violations) == 1
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
