"""Messages: made, changed, deleted, announced through the gateway, and awaited by the test."""

import asyncio
import json
import re
from collections import defaultdict, deque
from datetime import UTC, datetime

from tests.loopback.checks import walk
from tests.loopback.gateway import Gateway
from tests.loopback.world import (
    ATTACH_FILES,
    DIRECT_MESSAGES,
    EMBED_LINKS,
    GROUP,
    GUILD_MESSAGES,
    READ_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Channel,
    Json,
    Refused,
    Rules,
    User,
)

MENTION = re.compile(r"<@!?(\d+)>")
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
REPLY = 19

Files = dict[str, tuple[str, bytes]]  # number in the request: name and contents


def number(components: list[Json]) -> list[Json]:
    """A copy in which every component has an id, as Discord gives them."""
    copy: list[Json] = json.loads(json.dumps(components))
    for count, component in enumerate(walk(copy), 1):
        component.setdefault("id", count)
    return copy


class Messages(Gateway):
    """What is written, by the bot and by others."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.files: dict[str, bytes] = {}  # contents of attachments by their id
        self._replies: dict[str, asyncio.Future[Json]] = {}  # who waits for a reply to which message
        self._next: dict[str, deque[asyncio.Future[Json]]] = defaultdict(
            deque
        )  # who waits for a channel's next message

    def visible_channel(self, key: str) -> Channel:
        """A channel that the bot can see."""
        channel = self.channels.get(key)
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        if channel.type == GROUP or (channel.guild and not channel.guild.member) or not channel.perms & VIEW_CHANNEL:
            raise Refused(403, 50001, "Missing Access")
        return channel

    def known_message(self, key: str, channel: Channel | None = None) -> Json:
        """A message; one of a channel's history if a channel is given, which no ephemeral message is in."""
        message = self.messages.get(key)
        if message is None or (channel and (message["channel_id"] != channel.id or message["flags"] & EPHEMERAL)):
            raise Refused(404, 10008, "Unknown Message")
        return message

    def make(self, channel: Channel, author: User, data: Json, files: Files, **about: object) -> Json:
        """A new message. It is not announced yet."""
        content = data.get("content") or ""
        allowed = data.get("allowed_mentions")
        named = [self.users[key] for key in dict.fromkeys(MENTION.findall(content)) if key in self.users]
        if allowed is not None:
            some = [str(key) for key in allowed.get("users") or ()]
            named = [user for user in named if "users" in (allowed.get("parse") or ()) or user.id in some]
        message: Json = {
            "id": self.snowflake(), "channel_id": channel.id, "author": author.json(), "content": content,
            "timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None, "tts": False, "pinned": False,
            "mention_everyone": False, "mention_roles": [], "type": 0, "flags": data.get("flags") or 0,
            "attachments": self._attach(data, files),
            "embeds": [{"type": "rich", **embed} for embed in data.get("embeds") or []],
            "components": number(data.get("components") or []), "nonce": data.get("nonce"), **about,
        }  # fmt: skip
        reference = data.get("message_reference")
        if reference:
            other = self.messages.get(str(reference["message_id"]))
            where = {"guild_id": channel.guild.id} if channel.guild else {}
            message["message_reference"] = {
                "type": 0,
                **where,
                "channel_id": channel.id,
                "message_id": str(reference["message_id"]),
            }
            message |= {"type": REPLY, "referenced_message": other}
            # The answer to an interaction comes from a webhook: a reply to it mentions nobody.
            if other and "webhook_id" not in other and (allowed or {}).get("replied_user", allowed is None):
                named += [user for user in [self.users[other["author"]["id"]]] if user not in named]
        message["mentions"] = [user.json() for user in named]
        self.messages[message["id"]] = message
        if not message["flags"] & EPHEMERAL:
            channel.messages.append(message)
        return message

    def _attach(self, data: Json, files: Files) -> list[Json]:
        out = []
        for key, (name, contents) in files.items():
            about: Json = next((a for a in data.get("attachments") or [] if str(a.get("id")) == key), {})
            own = self.snowflake()
            self.files[own] = contents
            url = f"{self.url}/files/{own}/{name}"
            out.append({"id": own, "filename": about.get("filename") or name, "size": len(contents), "url": url,
                        "proxy_url": url, "description": about.get("description"), "flags": 0})  # fmt: skip
        return out

    def announce(self, channel: Channel, message: Json, event: str = "MESSAGE_CREATE") -> None:
        """Tell the bot, without the content where that is not its business; tell the test what the bot wrote."""
        guild, bot = channel.guild, self.bot.id
        if event == "MESSAGE_CREATE" and message["author"]["id"] == bot:
            self._answered(channel, message)
        if message["flags"] & EPHEMERAL or channel.type == GROUP or (guild and not guild.member):
            return
        data, bare = dict(message), None
        if guild:
            member = self.member_json(self.users[message["author"]["id"]], guild)
            del member["user"]
            data |= {"guild_id": guild.id, "member": member}
            bare = self._bare(data)
            if bare.get("referenced_message"):
                bare["referenced_message"] = self._bare(bare["referenced_message"])
        self.dispatch(event, data, guild, GUILD_MESSAGES if guild else DIRECT_MESSAGES, bare)

    def _bare(self, message: Json) -> Json:
        """A server's message as a bot without message content sees it: its own and those that mention it are whole."""
        if self.bot.id in (message["author"]["id"], *(user["id"] for user in message["mentions"])):
            return dict(message)
        return message | {"content": "", "embeds": [], "attachments": [], "components": []}

    def _answered(self, channel: Channel, message: Json) -> None:
        to = (message.get("message_reference") or {}).get("message_id")
        waiting = self._replies.pop(to, None) if to else None
        if waiting is None and to is None and "webhook_id" not in message:
            line = self._next[channel.id]
            waiting = next((future for future in line if not future.done()), None)
        if waiting and not waiting.done():
            waiting.set_result(message)

    async def answer_to(self, message: Json, timeout: float = 5.0) -> Json | None:
        """The bot's reply to a message, or its next message in that channel that replies to none; None: silence."""
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._replies[message["id"]] = future
        line = self._next[message["channel_id"]]
        line.append(future)
        try:
            return await asyncio.wait_for(future, timeout)
        except TimeoutError:
            return None
        finally:
            self._replies.pop(message["id"], None)
            line.remove(future)

    def post_message(self, channel: Channel, data: Json, files: Files) -> Json:
        """The bot writes to a channel."""
        if channel.recipient and channel.recipient.dms_closed:
            raise Refused(403, 50007, "Cannot send messages to this user")
        needed = SEND_MESSAGES | (ATTACH_FILES if files else 0) | (EMBED_LINKS if data.get("embeds") else 0)
        if needed & ~channel.perms:
            raise Refused(403, 50013, "Missing Permissions")
        reference = data.get("message_reference")
        if reference:
            if not channel.perms & READ_HISTORY:
                raise Refused(403, 160002, "Cannot reply without permission to read message history")
            if str(reference["message_id"]) not in self.messages:
                if reference.get("fail_if_not_exists", True):
                    raise Refused(400, 50035, "Invalid Form Body: message_reference: Unknown message")
                data = data | {"message_reference": None}
        nonce = data.get("nonce")
        if nonce is not None and data.get("enforce_nonce"):
            for old in channel.messages[-50:]:
                if old["author"]["id"] == self.bot.id and str(old["nonce"]) == str(nonce):
                    return old
        message = self.make(channel, self.bot, data, files)
        self.announce(channel, message)
        return message

    def update(self, message: Json, data: Json, files: Files) -> Json:
        """Change a message in place, and announce it."""
        if message["flags"] & COMPONENTS_V2 and (data.get("content") or data.get("embeds")):
            raise Refused(400, 50035, "Invalid Form Body: a message of Components V2 has no content and no embeds")
        for key, nothing in (("content", ""), ("embeds", []), ("components", [])):
            if key in data:
                message[key] = data[key] or nothing
        message["components"] = number(message["components"])
        message["embeds"] = [{"type": "rich", **embed} for embed in message["embeds"]]
        if "attachments" in data or files:
            kept = [str(a["id"]) for a in data.get("attachments") or message["attachments"]]
            message["attachments"] = [a for a in message["attachments"] if a["id"] in kept] + self._attach(data, files)
        if data.get("flags"):
            message["flags"] |= data["flags"] & ~EPHEMERAL
        message["edited_timestamp"] = datetime.now(UTC).isoformat()
        self.announce(self.channels[message["channel_id"]], message, "MESSAGE_UPDATE")
        return message

    def remove(self, message: Json) -> None:
        """Delete a message, and announce it."""
        del self.messages[message["id"]]
        channel = self.channels[message["channel_id"]]
        if message in channel.messages:
            channel.messages.remove(message)
            where = {"guild_id": channel.guild.id} if channel.guild else {}
            gone = {"id": message["id"], "channel_id": channel.id, **where}
            self.dispatch("MESSAGE_DELETE", gone, channel.guild, GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES)
