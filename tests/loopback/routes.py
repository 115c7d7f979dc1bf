"""The table of routes: what each request of the bot does in the world. There are no other operations here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.loopback.interactions import Interactions
from tests.loopback.messages import Files
from tests.loopback.world import DM, Channel, Json, Refused, User

PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Call:
    """One request, taken apart. `route` is `POST /channels/{channel_id}/messages`."""

    route: str
    parameters: dict[str, str]
    payload: Any
    files: Files
    query: dict[str, str]

    @property
    def major(self) -> str:
        """What a bucket is kept for besides the route."""
        return next(iter(self.parameters.values()), "")

    @property
    def by_token(self) -> bool:
        """Whether it belongs to an interaction, whose token is the permission."""
        return "interaction_token" in self.parameters or "webhook_token" in self.parameters


Handler = Callable[[Interactions, Call], Any]
TABLE: list[tuple[str, str, re.Pattern[str], Handler]] = []


def on(*routes: str) -> Callable[[Handler], Handler]:
    """Register what answers a route: a JSON body, or None for 204."""

    def register(handler: Handler) -> Handler:
        for route in routes:
            method, template = route.split()
            TABLE.append((method, route, re.compile(PARAMETER.sub(r"(?P<\1>[^/]+)", template)), handler))
        return handler

    return register


def find(method: str, path: str) -> tuple[str, dict[str, str], Handler] | None:
    """The route, the parameters and what answers it; literal paths stand before those with parameters."""
    for known, route, pattern, handler in TABLE:
        match = pattern.fullmatch(path) if known == method else None
        if match:
            return route, match.groupdict(), handler
    return None


def direct_channel(d: Interactions, user: User) -> Channel:
    """The DM channel of a user with the bot."""
    for channel in d.channels.values():
        if channel.type == DM and channel.recipient is user:
            return channel
    channel = Channel(d.snowflake(), DM, "", None, user)
    d.channels[channel.id] = channel
    return channel


@on("GET /users/@me")
def me(d: Interactions, call: Call) -> Json:
    """The bot itself."""
    return d.bot.json()


@on("GET /users/{user_id}")
def user(d: Interactions, call: Call) -> Json:
    """Anybody."""
    if call.parameters["user_id"] not in d.users:
        raise Refused(404, 10013, "Unknown User")
    return d.users[call.parameters["user_id"]].json()


@on("GET /applications/@me", "GET /oauth2/applications/@me")
def application(d: Interactions, call: Call) -> Json:
    """The application."""
    return d.application_json()


@on("GET /gateway", "GET /gateway/bot")
def gateway(d: Interactions, call: Call) -> Json:
    """Where the gateway is."""
    starts = {"total": 1000, "remaining": 1000 - d.counts["identify"], "reset_after": 0, "max_concurrency": 1}
    url = d.url.replace("http", "ws", 1) + "/gateway"
    return {"url": url, "shards": d.rules.shards, "session_start_limit": starts}


COMMANDS = "/applications/{application_id}/commands"
GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"


def registered(d: Interactions, call: Call) -> dict[str, Json]:
    """The commands that a request is about: the global ones, or those of a server."""
    guild = call.parameters.get("guild_id")
    return d.guild_commands.setdefault(guild, {}) if guild else d.commands


def register(d: Interactions, call: Call, body: Json) -> Json:
    """Add a command; one of the same type and name is replaced and keeps its id."""
    commands = registered(d, call)
    guild = call.parameters.get("guild_id")
    kind = body.get("type") or 1
    own = next((c["id"] for c in commands.values() if (c["type"], c["name"]) == (kind, body["name"])), d.snowflake())
    empty = dict.fromkeys(("name_localizations", "description_localizations", "default_member_permissions", "contexts"))
    usual = {**empty, "nsfw": False, "description": "", "integration_types": [0]}
    about = {"id": own, "type": kind, "application_id": d.bot.id, "version": d.snowflake()}
    commands[own] = {**usual, **body, **about, **({"guild_id": guild} if guild else {})}
    return commands[own]


@on(f"GET {COMMANDS}", f"GET {GUILD_COMMANDS}")
def list_commands(d: Interactions, call: Call) -> list[Json]:
    """All commands of a scope."""
    return list(registered(d, call).values())


@on(f"PUT {COMMANDS}", f"PUT {GUILD_COMMANDS}")
def put_commands(d: Interactions, call: Call) -> list[Json]:
    """All commands anew."""
    d.counts["command_sync"] += 1
    commands = registered(d, call)
    made = [register(d, call, body) for body in call.payload]
    commands.clear()
    commands.update({command["id"]: command for command in made})
    return made


@on(f"POST {COMMANDS}", f"POST {GUILD_COMMANDS}")
def post_command(d: Interactions, call: Call) -> Json:
    """One command more."""
    return register(d, call, call.payload)


@on(f"PATCH {COMMANDS}/{{command_id}}", f"PATCH {GUILD_COMMANDS}/{{command_id}}")
def patch_command(d: Interactions, call: Call) -> Json:
    """One command changed."""
    command = registered(d, call).get(call.parameters["command_id"])
    if command is None:
        raise Refused(404, 10063, "Unknown application command")
    command.update(call.payload)
    return command


@on(f"DELETE {COMMANDS}/{{command_id}}", f"DELETE {GUILD_COMMANDS}/{{command_id}}")
def delete_command(d: Interactions, call: Call) -> None:
    """One command less."""
    if registered(d, call).pop(call.parameters["command_id"], None) is None:
        raise Refused(404, 10063, "Unknown application command")


@on("POST /users/@me/channels")
def open_direct(d: Interactions, call: Call) -> Json:
    """The DM channel of somebody."""
    if str(call.payload["recipient_id"]) not in d.users:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return direct_channel(d, d.users[str(call.payload["recipient_id"])]).json(d.bot)


@on("GET /channels/{channel_id}")
def channel(d: Interactions, call: Call) -> Json:
    """A channel."""
    return d.visible_channel(call.parameters["channel_id"]).json(d.bot)


@on("POST /channels/{channel_id}/typing")
def typing(d: Interactions, call: Call) -> None:
    """Typing shows nowhere."""
    d.visible_channel(call.parameters["channel_id"])


MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"


def message_of(d: Interactions, call: Call, *, own: bool = False) -> Json:
    """The message that a request is about; only the bot's own where it is changed."""
    message = d.known_message(call.parameters["message_id"], d.visible_channel(call.parameters["channel_id"]))
    if own and message["author"]["id"] != d.bot.id:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    return message


@on(f"POST {MESSAGES}")
def post_message(d: Interactions, call: Call) -> Json:
    """A message of the bot."""
    return d.post_message(d.visible_channel(call.parameters["channel_id"]), call.payload, call.files)


@on(f"GET {MESSAGES}")
def list_messages(d: Interactions, call: Call) -> list[Json]:
    """The latest messages of a channel."""
    return d.visible_channel(call.parameters["channel_id"]).messages[::-1][: int(call.query.get("limit", 50))]


@on(f"GET {MESSAGE}")
def get_message(d: Interactions, call: Call) -> Json:
    """A message."""
    return message_of(d, call)


@on(f"PATCH {MESSAGE}")
def patch_message(d: Interactions, call: Call) -> Json:
    """A message of the bot changed."""
    return d.update(message_of(d, call, own=True), call.payload, call.files)


@on(f"DELETE {MESSAGE}")
def delete_message(d: Interactions, call: Call) -> None:
    """A message of the bot deleted."""
    message = message_of(d, call)
    if message["author"]["id"] != d.bot.id:  # it would need Manage Messages
        raise Refused(403, 50013, "Missing Permissions")
    d.remove(message)


@on("POST /interactions/{interaction_id}/{interaction_token}/callback")
def callback(d: Interactions, call: Call) -> Json | None:
    """The first answer to an interaction."""
    key, token = call.parameters["interaction_id"], call.parameters["interaction_token"]
    result = d.respond(key, token, call.payload, call.files)
    if call.query.get("with_response", "false").lower() not in ("1", "true"):
        return None
    about = {"id": key, "type": result.kind, "response_message_loading": result.pending}
    about["response_message_ephemeral"] = result.ephemeral
    if result.message is None:
        return {"interaction": about}
    about["response_message_id"] = result.message["id"]
    return {"interaction": about, "resource": {"type": call.payload["type"], "message": result.message}}


WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
ANSWER = WEBHOOK + "/messages/{message_id}"


@on(f"POST {WEBHOOK}")
def follow_up(d: Interactions, call: Call) -> Json:
    """A further answer."""
    return d.follow_up(call.parameters["webhook_token"], call.payload, call.files)


@on(f"GET {ANSWER}")
def get_answer(d: Interactions, call: Call) -> Json:
    """An answer."""
    return d.answer(call.parameters["webhook_token"], call.parameters["message_id"])[1]


@on(f"PATCH {ANSWER}")
def edit_answer(d: Interactions, call: Call) -> Json:
    """An answer changed."""
    return d.edit_answer(call.parameters["webhook_token"], call.parameters["message_id"], call.payload, call.files)


@on(f"DELETE {ANSWER}")
def delete_answer(d: Interactions, call: Call) -> None:
    """An answer taken back."""
    d.delete_answer(call.parameters["webhook_token"], call.parameters["message_id"])
