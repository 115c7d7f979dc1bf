"""What people do in the loopback Discord: the verbs of a test."""

import asyncio
import time
from typing import Any

from tests.loopback import client
from tests.loopback.checks import SELECTS
from tests.loopback.faults import Fault
from tests.loopback.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Result
from tests.loopback.rest import Rest
from tests.loopback.routes import direct_channel
from tests.loopback.world import GROUP, GUILDS, TEXT, Channel, Guild, Json, SetupError, User


class Reply(dict[str, Any]):
    """A message of the bot, and the seconds it took."""

    latency: float = 0.0


class Users(Rest):
    """People, places, and what people do there. What no client would offer raises SetupError."""

    def add_user(self, name: str = "alice", *, locale: str = "en-US", dms_closed: bool = False) -> User:
        """Somebody new."""
        user = User(self.snowflake(), name, locale=locale, dms_closed=dms_closed)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str = "Test", *, member: bool = True, id: str | None = None) -> Guild:  # noqa: A002
        """A server; the bot learns of it at once."""
        guild = Guild(id or self.snowflake(), name, member)
        self.guilds[guild.id] = guild
        if member:
            self.dispatch("GUILD_CREATE", self.guild_json(guild), guild, GUILDS)
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """The bot is thrown out."""
        guild.member = False
        self.dispatch("GUILD_DELETE", {"id": guild.id}, guild, GUILDS)

    def add_channel(self, guild: Guild, name: str = "general", *, bot_perms: int | None = None) -> Channel:
        """A text channel."""
        channel = Channel(self.snowflake(), TEXT, name, guild, bot_perms=bot_perms)
        self.channels[channel.id] = channel
        guild.channels.append(channel)
        if guild.member:
            self.dispatch("CHANNEL_CREATE", channel.json(self.bot), guild, GUILDS)
        return channel

    def dm(self, user: User) -> Channel:
        """The DM channel of a user with the bot."""
        return direct_channel(self, user)

    def private(self, user: User) -> Channel:
        """A group that the bot is not in."""
        channel = Channel(self.snowflake(), GROUP, "", None, user)
        self.channels[channel.id] = channel
        return channel

    def fault(
        self, method: str, path: str, *, times: int = 1, status: int | None = None, code: int = 0,
        retry_after: float = 0.3, is_global: bool = False, via: bool = True, drop: bool = False, after: bool = False,
        delay: float = 0.0,
    ) -> Fault:  # fmt: skip
        """Let requests fail; see `Fault`."""
        fault = Fault(method, path, times, status, code, retry_after, is_global, via, drop, after, delay)
        self.faults.append(fault)
        return fault

    def post(
        self, user: User, channel: Channel, content: str = "", *, reply_to: Json | None = None, ping: bool = True
    ) -> Json:
        """A message; nobody waits for an answer."""
        data: Json = {"content": content}
        if reply_to:
            data["message_reference"] = {"message_id": reply_to["id"]}
            data["allowed_mentions"] = {"parse": ["users"], "replied_user": ping}
        message = self.make(channel, user, data, {})
        self.announce(channel, message)
        return message

    def edit(self, message: Json, content: str) -> None:
        """Somebody changes a message."""
        message["mentions"] = [user.json() for user in self.users.values() if user.mention in content]
        self.update(message, {"content": content}, {})

    async def say(
        self, user: User, channel: Channel, content: str = "", *, timeout: float = 15.0, reply_to: Json | None = None,
        ping: bool = True,
    ) -> Reply | None:  # fmt: skip
        """A message and the bot's answer to it; None if the bot stays silent for `timeout` seconds."""
        start = time.monotonic()
        answer = await self.answer_to(self.post(user, channel, content, reply_to=reply_to, ping=ping), timeout)
        if answer is None:
            return None
        reply = Reply(answer)
        reply.latency = time.monotonic() - start
        return reply

    async def _finish(self, result: Result, timeout: float, settle: float = 0.0) -> Result:
        try:
            await asyncio.wait_for(result.event.wait(), timeout)
        except TimeoutError:
            self.violations.append(f"{result.name}: no answer within {timeout} s")
        await asyncio.sleep(settle)
        return result

    async def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        /,
        *,
        _timeout: float = 10.0,
        _settle: float = 0.0,
        **options: Any,
    ) -> Result:
        """Use a slash command; `group sub` is a subcommand. Returns when the bot has answered what it deferred."""
        data = client.command_data(self, user, channel, name, options)
        return await self._finish(self.interact(COMMAND, user, channel, data, name), _timeout, _settle)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        name: str,
        option: str,
        typed: str,
        /,
        *,
        _timeout: float = 5.0,
        **filled: Any,
    ) -> Result:
        """Type into an option of a slash command; the result's `choices`."""
        data = client.command_data(self, user, channel, name, {**filled, option: typed}, option)
        return await self._finish(self.interact(AUTOCOMPLETE, user, channel, data, f"{name} {option}"), _timeout)

    async def context_menu(
        self, user: User, channel: Channel, name: str, target: Json, *, timeout: float = 10.0, settle: float = 0.0
    ) -> Result:
        """Use an entry of a message's menu."""
        found = client.command(self, user, channel, name, client.MESSAGE_MENU)
        result = self.interact(COMMAND, user, channel, client.menu_data(found, target), name)
        return await self._finish(result, timeout, settle)

    async def click(
        self, user: User, message: Json | None, *, custom_id: str | None = None, label: str | None = None,
        timeout: float = 10.0, settle: float = 0.0,
    ) -> Result:  # fmt: skip
        """Press a button. A deferred change of the message may come later: `settle` waits for it."""
        message = self._there(message)
        found = client.component(message, user, {client.BUTTON}, custom_id, label)
        data = {"component_type": client.BUTTON, "custom_id": found["custom_id"], "id": found["id"]}
        return await self._finish(self._use(user, message, data), timeout, settle)

    async def select(
        self, user: User, message: Json | None, values: list[Any], *, custom_id: str | None = None,
        timeout: float = 10.0, settle: float = 0.0,
    ) -> Result:  # fmt: skip
        """Choose in a select menu."""
        message = self._there(message)
        found = client.component(message, user, SELECTS, custom_id, None)
        return await self._finish(self._use(user, message, client.select_data(found, values)), timeout, settle)

    async def submit(
        self, shown: Result, values: dict[str, Any], *, timeout: float = 10.0, settle: float = 0.0
    ) -> Result:
        """Fill in and send the modal that an interaction opened."""
        if shown.modal is None:
            raise SetupError("no modal is shown")
        data = client.modal_data(shown.modal, values)
        result = self.interact(MODAL, shown.user, shown.channel, data, data["custom_id"], shown.source)
        return await self._finish(result, timeout, settle)

    def delete(self, message: Json) -> None:
        """Somebody deletes a message."""
        self.remove(message)

    def _there(self, message: Json | None) -> Json:
        """A message as it is now: a reply in hand may have been changed since."""
        if message is None or message["id"] not in self.messages:
            raise SetupError("the message is not there")
        return self.messages[message["id"]]

    def _use(self, user: User, message: Json, data: Json) -> Result:
        channel = self.channels[message["channel_id"]]
        return self.interact(COMPONENT, user, channel, data, data["custom_id"], message)
