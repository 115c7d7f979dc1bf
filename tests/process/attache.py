"""The bot as a process beside a loopback Discord, and what a test asks of it.

Every bot has a state of its own and is stopped at the end: then it must have ended with 0, have sent nothing that
Discord refuses, pinged nobody, acknowledged everything in time, reached nothing but this machine, and told of no fault.
Where the Discords that `discord_class` may give differ in a verb, it is made even here and nowhere else.
"""

import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.loopback import Channel, Guild, Loopback, Reply, Result, User, discord_class

Json = dict[str, Any]

COMMAND = [sys.executable, "-m", "bot", "run"]
POST, CALLBACK = ("POST", "/channels/*/messages"), ("POST", "/interactions/*/callback")
ACKNOWLEDGED = 3.0  # seconds that Discord gives
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (\w+) ")
QUESTION = "does pakistan recognise armenia?"
ANSWER = "Pakistan recognises Armenia"


@dataclass
class Bot:
    """A Discord with a server, a channel and Alice, and the environment of the bot that lives there."""

    d: Loopback
    guild: Guild
    channel: Channel
    alice: User
    environment: dict[str, str]
    expected: list[str] = field(default_factory=list)  # parts of violations that the test brings about

    async def launch(self, *, ready: bool = True, **variables: str) -> None:
        """Start the process, with more variables if need be; wait until it has identified."""
        await self.d.launch(COMMAND, env={**self.environment, **variables}, cwd=ROOT)
        if ready:
            await self.d.ready(60)

    async def ask(self, text: str = QUESTION, *, timeout: float = 30.0, **more: Any) -> Reply | None:
        """Alice mentions the bot; its answer. The time is that of a busy machine, not of the bot."""
        return await self.d.say(self.alice, self.channel, f"{self.d.mention} {text}", timeout=timeout, **more)

    def post(self, text: str = QUESTION) -> Json:
        """Alice mentions the bot, and nobody waits."""
        return self.d.post(self.alice, self.channel, f"{self.d.mention} {text}")

    def answers(self, message: Json) -> list[Json]:
        """The bot's replies to a message."""
        replies = [m for m in self.channel.messages if (m.get("message_reference") or {}).get("message_id")]
        return [m for m in replies if m["message_reference"]["message_id"] == message["id"]]

    async def press(self, message: Json | None, label: str, *, by: User | None = None, settle: float = 0.0) -> Result:
        """Press a button of a message as it is now."""
        assert message
        there = self.d.messages[message["id"]]
        return await self.d.click(by or self.alice, there, label=label, timeout=30, settle=settle)

    def grant(self) -> None:
        """Everybody in the server may do everything: one of the Discords has no moderators."""
        self.guild.user_perms |= (1 << 4) | (1 << 5) | (1 << 13)

    def contents(self, message: Json | None) -> str:
        """What is in the one file of a message."""
        assert message
        (attachment,) = message["attachments"]
        held: Any = self.d.files[attachment["id"]]
        data: bytes = held if isinstance(held, bytes) else held[1]
        return data.decode()

    def told(self, part: str) -> list[str]:
        """The lines of the output that have a part."""
        return [line for line in self.d.log().splitlines() if part in line]

    def faults(self) -> list[str]:
        """The lines of the output that are no log, and those of the log that tell of a fault."""
        found = []
        for line in self.d.log().splitlines():
            match = LOG_LINE.match(line)
            if match is None or match[1] in ("error", "critical"):
                found.append(line)
        return found

    def amiss(self) -> list[str]:
        """What Discord would not have taken, or nobody should have been sent."""
        found = [v for v in self.d.violations if not any(part in v for part in self.expected)]
        found += [f"reached {stray}" for stray in self.d.strays()]
        found += [f"pings: {body}" for body in sent(self.d) if pings(body)]
        late = [r for r in self.d.interactions.values() if r.ack is not None and r.ack >= ACKNOWLEDGED]
        return found + [f"{result.name}: acknowledged after {result.ack:.2f} s" for result in late]


Start = Callable[..., AbstractAsyncContextManager[Bot]]


@asynccontextmanager
async def running(
    folder: Path, cache_folder: Path, *expected: str, launch: bool = True, faulty: bool = False,
    variables: dict[str, str] | None = None, **rules: Any,
) -> AsyncIterator[Bot]:  # fmt: skip
    """A Discord and a bot in it. `faulty` says that the log will tell of faults, for the test makes some."""
    async with make_discord(**rules) as d:
        guild = d.add_guild()
        environment = {
            "STATE_URL": f"sqlite:///{(folder / 'state.sqlite').as_posix()}", "CACHE_DIR": str(cache_folder),
            "COOLDOWN_QUESTIONS": "0", **(variables or {}),
        }  # fmt: skip
        bot = Bot(d, guild, d.add_channel(guild), d.add_user("alice"), environment, list(expected))
        if launch:
            await bot.launch()
        yield bot
        assert await d.stop() in (0, None), d.log()[-3000:]
        assert bot.amiss() == []
        assert faulty or bot.faults() == []
        assert "Traceback" not in d.log()


def make_discord(**rules: Any) -> Loopback:
    """The Discord that is tested with, of Discord's own strictness; nothing privileged is switched on."""
    rules = {"approved": 0, **rules}
    kind = discord_class()
    if "check_every" in rules and kind is not Loopback:
        rules["validate_every"] = rules.pop("check_every")
    return kind(**rules)


def text(message: Json | None) -> str:
    """All that a message says."""
    assert message
    every = walk(message["components"])
    return "\n".join([message["content"], *(one["content"] for one in every if one["type"] == 10)])


def labels(message: Json | None) -> list[str]:
    """What stands on the buttons of a message."""
    assert message
    return [one["label"] for one in walk(message["components"]) if one["type"] == 2]


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, those inside others too."""
    for one in components:
        yield one
        yield from walk(one.get("components") or [])


def sent(d: Loopback) -> Iterator[Json]:
    """The bodies of all messages that the bot sent or changed."""
    for request in d.requests:
        payload = request.get("payload")
        if not isinstance(payload, dict) or payload.get("type") == 9:  # a form
            continue
        body = payload.get("data") or payload
        if "components" in body or "content" in body:
            yield body


def pings(body: Json) -> bool:
    """Whether a message might ping somebody."""
    allowed = body.get("allowed_mentions") or {"parse": ["everyone"]}
    return bool(allowed.get("parse") or allowed.get("users") or allowed.get("roles") or allowed.get("replied_user"))
