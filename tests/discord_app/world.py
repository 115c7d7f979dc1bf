"""A server with people in it, a bot that is real, and what they do to one another; nothing leaves the process.

`World` is what the fixture `world` hands to every feature test: short verbs for what a person does in Discord, and
short ways to look at what the bot made of it. `refusals` is what Discord would have refused of all that.
"""

import copy
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import discord
from simcord import InteractionResult, ResponseMessage
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env
from simcord.results import to_discord_message
from simcord.types import HttpLogEntry

from bot.discord_app.client import Attache
from bot.discord_app.desk import Desk
from bot.discord_app.studying.boards import PEOPLE
from bot.live import Live
from bot.settings import Settings
from bot.state.store import Store
from tests.loopback import checks

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
BUTTON, TEXT = checks.BUTTON, checks.TEXT_DISPLAY
FAULTS = frozenset({"failed", "event failed", "fault not told", "state failed", "commands not registered", "given up"})

Person = MemberActor | UserHandle
Message = discord.Message | ResponseMessage


class Explicit(Settings):
    """Settings as a test gives them; neither the environment nor a file is read."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **given: Any) -> tuple[Any, ...]:
        return (given["init_settings"],)


@dataclass
class Clock:
    """The seconds by which cooldowns and follow-ups are measured; they pass when a test says so."""

    seconds: float = 10_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Log:
    """What the bot wrote to its log, a JSON object a line."""

    stream: io.StringIO = field(default_factory=io.StringIO)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, *events: str) -> list[dict[str, Any]]:
        """The lines of some events, or all of them."""
        read = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in read if not events or line["event"] in events]


def desk_of(live: Live, store: Store, clock: Clock, settings: Settings) -> Desk:
    """A desk of its own for a test; the engine on it is shared, for it never changes."""
    return Desk(copy.copy(live), store, settings, now=lambda: NOW, clock=clock)


@dataclass
class World:
    """One server with a channel, three people and a moderator; and a moderator of another server, who is a guest."""

    env: Env
    bot: Attache
    log: Log
    clock: Clock
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor
    owner: MemberActor
    moderator: MemberActor
    guest: MemberActor
    elsewhere: GuildHandle

    @property
    def desk(self) -> Desk:
        return self.bot.desk

    @property
    def me(self) -> str:
        """How the bot is mentioned."""
        assert self.bot.user is not None
        return f"<@{self.bot.user.id}>"

    # --- what people do

    async def ask(
        self, person: MemberActor, question: str, channel: ChannelHandle | None = None, *, private: bool = False
    ) -> InteractionResult:
        """`/ask`."""
        return await person.slash(channel or self.channel, "ask", question=question, private=private)

    async def mention(
        self, person: MemberActor, text: str, channel: ChannelHandle | None = None
    ) -> discord.Message | None:
        """Mention the bot; its reply, or None."""
        return await self.say(person, f"{self.me} {text}", channel)

    async def say(
        self, person: MemberActor, text: str, channel: ChannelHandle | None = None, *, reply_to: Message | None = None
    ) -> discord.Message | None:
        """Write a message; what the bot answered, or None. More than one answer is a fault."""
        channel = channel or self.channel
        before = len(self.own(channel))
        await person.send(channel, text, reply_to=reply_to)
        new = self.own(channel)[before:]
        assert len(new) <= 1, [texts(message) for message in new]
        return new[0] if new else None

    async def direct(self, person: UserHandle, text: str) -> discord.Message | None:
        """Write to the bot alone; its answer, or None."""
        before = len(self.own(person.dm_channel))
        await person.send_dm(text)
        new = self.own(person.dm_channel)[before:]
        assert len(new) <= 1, [texts(message) for message in new]
        return new[0] if new else None

    async def press(self, person: Person, message: Message | InteractionResult, label: str) -> InteractionResult:
        """Press the button whose label begins so."""
        shown_on = message if not isinstance(message, InteractionResult) else shown(message)
        pressed: InteractionResult = await person.click(shown_on, custom_id=custom_id(shown_on, label))
        return pressed

    async def follow(self, person: Person, message: Message | InteractionResult, question: str) -> InteractionResult:
        """Ask a follow-up by button and form."""
        form = await self.press(person, message, "Ask a")
        sent: InteractionResult = await person.submit_modal(form, {"question": question})
        return sent

    async def restart(self) -> None:
        """The process ends and another begins: what is stored stays, what was in memory is gone."""
        old = self.desk
        fresh = Desk(old.live, old.store, old.settings, now=old.now, clock=old.clock)
        fresh.owners = set(old.owners)
        self.bot = Attache(fresh, shard_count=1)
        await self.env.restart_bot(self.bot)

    # --- what the bot did

    def own(self, channel: ChannelHandle) -> list[discord.Message]:
        """What the bot has said for all to read, oldest first."""
        assert self.bot.user is not None
        me = self.bot.user.id
        return [m for m in channel.history() if m.author.id == me and not m.flags.ephemeral]

    def current(self, message: Message) -> discord.Message:
        """A message as it is now."""
        place = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
        return to_discord_message(self.env, self.env.backend.get_message(place, message.id))

    def plant(self, *custom_ids: str, channel: ChannelHandle | None = None) -> discord.Message:
        """A message of the bot with buttons of these custom ids: one from long ago, say."""
        place = channel or self.channel
        row = [{"type": BUTTON, "style": 2, "label": str(n), "custom_id": id_} for n, id_ in enumerate(custom_ids)]
        return self._planted(place, row)

    def plant_menu(self, custom_id: str, *values: str) -> discord.Message:
        """The same with a menu of these values."""
        options = [{"label": value, "value": value} for value in values]
        return self._planted(self.channel, [{"type": checks.STRING_SELECT, "custom_id": custom_id, "options": options}])

    def _planted(self, place: ChannelHandle, row: list[dict[str, Any]]) -> discord.Message:
        assert self.bot.user is not None
        made = self.env.backend.create_message(
            place.id, self.bot.user.id, flags=checks.V2,
            components=[{"type": TEXT, "content": "an old answer"}, {"type": checks.ROW, "components": row}],
        )  # fmt: skip
        return next(m for m in place.history() if m.id == made.id)

    def requests(self, method: str, path: str) -> list[HttpLogEntry]:
        """The requests of a method, to paths that match a pattern."""
        return [r for r in self.env.http_requests if r.method == method and re.fullmatch(path, r.path)]


# --- looking at messages


def shown(result: InteractionResult) -> ResponseMessage:
    """The message that answered an interaction."""
    assert result.response is not None, result
    return result.response


def components_of(message: Message | InteractionResult) -> list[dict[str, Any]]:
    """Every component of a message, those inside others too."""
    if isinstance(message, InteractionResult):
        message = shown(message)
    made: Iterable[Any] = message.components
    return list(checks.walk([c if isinstance(c, dict) else c.to_dict() for c in made]))


def texts(message: Message | InteractionResult) -> str:
    """All text of a message."""
    return "\n".join(c["content"] for c in components_of(message) if c["type"] == TEXT)


def buttons(message: Message | InteractionResult) -> dict[str, dict[str, Any]]:
    """The buttons of a message, by label."""
    return {c["label"]: c for c in components_of(message) if c["type"] == BUTTON}


def custom_id(message: Message | InteractionResult, label: str) -> str:
    """The custom id of the button whose label begins so."""
    (found,) = (b for shown_as, b in buttons(message).items() if shown_as.startswith(label))
    id_: str = found["custom_id"]
    return id_


async def file_of(message: Message | InteractionResult) -> tuple[str, str]:
    """The name and the text of the one file of a message."""
    if isinstance(message, InteractionResult):
        message = shown(message)
    (attached,) = message.attachments
    return attached.filename, (await attached.read()).decode()


# --- what Discord would refuse

_MENTIONS = re.compile(r"(?<!\\)<@[!&]?\d+>|@everyone|@here")
_BOARDS = re.compile(rf"^(?:{'|'.join(PEOPLE)}) .*$", re.MULTILINE)  # lines that are there to name people
_MESSAGES = re.compile(r"/channels/\d+/messages(/\d+)?|/webhooks/\d+/[^/]+(/messages/[^/]+)?")


def refusals(requests: Iterable[HttpLogEntry]) -> list[str]:
    """What Discord would refuse of some requests, and which of them could ping anybody."""
    return [f"{r.method} {r.path}: {what}" for r in requests for what in (*_refused(r), *_pings(r))]


def _refused(request: HttpLogEntry) -> list[str]:
    body = request.json
    message = body.get("data") or {} if isinstance(body, dict) and "data" in body else body
    attached = message.get("attachments") or [] if isinstance(message, dict) else []
    files = [str(a["id"]) for a in attached]
    return checks.check(request.method, request.path, body, files=files, multipart=bool(files))


def _pings(request: HttpLogEntry) -> Iterator[str]:
    """A message must allow no mention, whatever stands in it; and none must stand in it unescaped either, but for the
    lines of a leaderboard."""
    body = request.json
    if not isinstance(body, dict) or request.method not in ("POST", "PATCH"):
        return
    message: Any = body if _MESSAGES.fullmatch(request.path) else None
    if request.path.endswith("/callback") and body.get("type") in (4, 7):
        message = body.get("data") or {}
    if message is None:
        return
    if message.get("allowed_mentions") != {"parse": []}:
        yield f"mentions are allowed: {message.get('allowed_mentions')}"
    every = [*checks.walk(message.get("components")), {"content": message.get("content")}]
    told = "\n".join(str(c.get("content") or "") for c in every)
    for found in _MENTIONS.findall(_BOARDS.sub("", told)):
        yield f"a mention is written out: {found}"
