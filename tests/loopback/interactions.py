"""Interactions: what the bot does about them, and by when it must."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field

from tests.loopback.messages import EPHEMERAL, LOADING, Files, Messages
from tests.loopback.world import DEFAULT_PERMISSIONS, Channel, Json, Refused, Rules, SetupError, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
SAY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, SHOW_MODAL = 4, 5, 6, 7, 8, 9
ALLOWED = {
    COMMAND: {SAY, DEFER, SHOW_MODAL},
    COMPONENT: {SAY, DEFER, DEFER_UPDATE, UPDATE, SHOW_MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL: {SAY, DEFER, DEFER_UPDATE, UPDATE},
}


@dataclass(eq=False)
class Result:
    """What the bot did about one interaction. Times are seconds."""

    id: str
    token: str
    kind: int
    user: User
    channel: Channel
    name: str
    sent_at: float
    source: Json | None = None  # the message that a component sits on
    command_type: int = 0
    callback: int | None = None  # the type of the bot's answer
    acked_at: float | None = None
    done_at: float | None = None
    message: Json | None = None  # the answer itself
    followups: list[Json] = field(default_factory=list)
    edits: int = 0
    modal: Json | None = None
    choices: list[Json] | None = None
    deferred: bool = False
    ephemeral: bool = False
    pending: bool = False  # the bot still owes what it deferred
    errors: list[tuple[int, int, object]] = field(default_factory=list)  # HTTP status, code, what was wrong
    event: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ack(self) -> float | None:
        """How long the acknowledgement took."""
        return None if self.acked_at is None else self.acked_at - self.sent_at

    @property
    def latency(self) -> float | None:
        """How long the answer took."""
        return None if self.done_at is None else self.done_at - self.sent_at

    @property
    def content(self) -> str | None:
        """The text of the answer."""
        return self.message["content"] if self.message else None

    def done(self) -> None:
        """Note that the bot has answered."""
        self.pending = False
        self.done_at = time.monotonic()
        self.event.set()

    def failed(self, status: int, code: int, what: object) -> None:
        """Note what Discord refused."""
        self.errors.append((status, code, what))
        self.event.set()


class Interactions(Messages):
    """Interactions under way, by id and by token."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.interactions: dict[str, Result] = {}
        self.by_token: dict[str, Result] = {}

    def interact(
        self, kind: int, user: User, channel: Channel, data: Json, name: str, source: Json | None = None
    ) -> Result:
        """Send an interaction to the bot."""
        token, guild = secrets.token_urlsafe(48), channel.guild
        result = Result(
            self.snowflake(), token, kind, user, channel, name, time.monotonic(), source, data.get("type", 0)
        )
        self.interactions[result.id] = self.by_token[token] = result
        installed = guild.member if guild else channel.context == 1
        owners = {"0": guild.id if guild else "0"} if installed else {"1": user.id}
        payload = {
            "id": result.id, "application_id": self.bot.id, "type": kind, "token": token, "version": 1, "data": data,
            "channel_id": channel.id, "channel": channel.json(self.bot) | {"permissions": str(DEFAULT_PERMISSIONS)},
            "locale": user.locale, "app_permissions": str(channel.perms), "entitlements": [],
            "context": channel.context, "authorizing_integration_owners": owners, "attachment_size_limit": 10 << 20,
        }  # fmt: skip
        if guild:
            payload |= {"guild_id": guild.id, "guild_locale": guild.locale}
            payload["guild"] = {"id": guild.id, "locale": guild.locale, "features": []}
            payload["member"] = self.member_json(user, guild, permissions=True)
        else:
            payload["user"] = user.json()
        if source is not None:
            payload["message"] = source
        if not self.dispatch("INTERACTION_CREATE", payload, guild):
            raise SetupError("the bot is not connected")
        return result

    def respond(self, interaction: str, token: str, payload: Json, files: Files) -> Result:
        """The bot's first answer."""
        result = self.interactions.get(interaction)
        late = result is not None and time.monotonic() - result.sent_at > self.rules.ack_deadline
        if result is None or result.token != token or (late and result.callback is None):
            if late and result:
                self.violations.append(f"{result.name}: answered after {time.monotonic() - result.sent_at:.2f} s")
            raise Refused(404, 10062, "Unknown interaction")
        if result.callback is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        kind, data = payload["type"], payload.get("data") or {}
        if kind not in ALLOWED[result.kind] or (kind in (DEFER_UPDATE, UPDATE) and result.source is None):
            self.violations.append(f"{result.name}: callback {kind} for an interaction of type {result.kind}")
            raise Refused(400, 50035, "Invalid Form Body: type: not allowed here")
        result.callback, result.acked_at = kind, time.monotonic()
        if kind in (SAY, DEFER):
            result.deferred = result.pending = kind == DEFER
            made = data if kind == SAY else {"flags": (data.get("flags") or 0) | LOADING}
            result.ephemeral = bool((made.get("flags") or 0) & EPHEMERAL)
            result.message = self.make(result.channel, self.bot, made, files, **self._about(result))
            self.announce(result.channel, result.message)
        elif result.source is not None and kind in (DEFER_UPDATE, UPDATE):
            result.deferred, result.message = kind == DEFER_UPDATE, result.source
            if kind == UPDATE:
                self.update(result.source, data, files)
        elif kind == CHOICES:
            result.choices = data.get("choices") or []
        else:
            result.modal = data
        if not result.pending:
            result.done()
        return result

    def _about(self, result: Result) -> Json:
        """What marks a message as an answer to an interaction."""
        kind = (
            {1: 20, 2: 23, 3: 23}.get(result.command_type, 0) if result.kind == COMMAND else 19 if result.source else 0
        )
        metadata = {
            "id": result.id,
            "type": result.kind,
            "user": result.user.json(),
            "authorizing_integration_owners": {},
        }
        return {
            "application_id": self.bot.id,
            "webhook_id": self.bot.id,
            "type": kind,
            "interaction_metadata": metadata,
        }

    def live(self, token: str) -> Result:
        """An interaction that can still be followed up."""
        result = self.by_token.get(token)
        if result is None or result.callback is None:
            raise Refused(404, 10015, "Unknown Webhook")
        if time.monotonic() - result.sent_at > self.rules.token_ttl:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return result

    def answer(self, token: str, which: str) -> tuple[Result, Json]:
        """A message that answers an interaction; `@original` is the first one."""
        result = self.live(token)
        if which != "@original":
            return result, self.known_message(which)
        if result.message is None:
            raise Refused(404, 10008, "Unknown Message")
        return result, self.known_message(result.message["id"])

    def follow_up(self, token: str, data: Json, files: Files) -> Json:
        """One more message; after a deferral the first takes the place of the loading one, and its visibility."""
        result = self.live(token)
        if result.pending and result.message:
            return self.edit_answer(token, "@original", data, files)
        message = self.make(result.channel, self.bot, data, files, **self._about(result))
        result.followups.append(message)
        result.done()
        self.announce(result.channel, message)
        return message

    def edit_answer(self, token: str, which: str, data: Json, files: Files) -> Json:
        """Change an answer; what was loading is there now."""
        result, message = self.answer(token, which)
        message["flags"] &= ~LOADING
        self.update(message, data, files)
        result.edits += 1
        result.done()
        return message

    def delete_answer(self, token: str, which: str) -> None:
        """Take an answer back."""
        result, message = self.answer(token, which)
        self.remove(message)
        result.done()
