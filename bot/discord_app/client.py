"""The client: one connection to Discord, and the way from each event to its handler.

Comes in: Discord's events. Goes out: calls of the handlers, each guarded: a handler that fails tells the person one
sentence with an id, and the log one line under the same id; the next event is served as if nothing had been. What must
outlive the connection is on the desk.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.discord_app import buttons, messages, pages, sending
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.ask_commands import ask_command, check_menu
from bot.discord_app.curating import notices, pressing
from bot.discord_app.curating.groups import curator_commands
from bot.discord_app.curating.suggesting import suggest_command
from bot.discord_app.desk import Desk
from bot.discord_app.house_commands import house_commands, moderator_commands
from bot.discord_app.look_ups import look_ups
from bot.discord_app.studying import minutes, quiz_pressing, quiz_typing, study_pressing
from bot.discord_app.studying.brief_command import brief_command
from bot.discord_app.studying.daily_commands import daily_group
from bot.discord_app.studying.quiz_commands import quiz_group
from bot.discord_app.studying.quiz_tables import Tables
from bot.discord_app.studying.study_commands import study_group
from bot.state.notices import NoticeKind

log = structlog.get_logger()

# Nothing here is heard or spoken.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


def _without_ids(record: logging.LogRecord) -> bool:
    """Let a record through without its numbers: of a completion that failed, discord.py tells whose it was."""
    if isinstance(record.args, tuple):
        record.args = tuple("-" if isinstance(value, int) else value for value in record.args)
    return True


logging.getLogger("discord.app_commands.tree").addFilter(_without_ids)

NOTICES: tuple[NoticeKind, ...] = ("audit", "digest")
_PRESSED = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def intents(*, message_content: bool) -> discord.Intents:
    """What the bot listens to: servers, messages there and direct ones; content only where the operator allows it."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=message_content)


class Tree(app_commands.CommandTree["Attache"]):
    """The commands; a fault in one is told and logged like any other."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Nobody is turned away here; what is being answered is waited for when the bot ends."""
        interaction.client.at_work()
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        cause = error.__cause__ if isinstance(error, app_commands.CommandInvokeError) and error.__cause__ else error
        if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
            # Discord still shows what an earlier version registered.
            await sending.respond(
                interaction, pages.say("This command has changed. Please try it again."), private=True
            )
            return
        await self.client.failed(cause, "a command", lambda card: sending.respond(interaction, card, private=True))


class Attache(commands.AutoShardedBot):
    """The bot. It holds nothing that a restart would lose: members, messages and views are not cached."""

    def __init__(self, desk: Desk, *, shard_count: int | None = None) -> None:
        super().__init__(
            command_prefix=(),
            tree_cls=Tree,
            intents=intents(message_content=desk.settings.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            help_command=None,
            shard_count=shard_count,
            activity=discord.CustomActivity("Ask me in plain words · /help"),
        )
        self.desk = desk
        self.busy: set[asyncio.Task[Any]] = set()
        self.tables = Tables(desk, self)
        self.beside: list[asyncio.Task[None]] = []
        every: list[Command | app_commands.ContextMenu | app_commands.Group] = [
            ask_command(desk), check_menu(desk), *look_ups(desk), *house_commands(desk), *moderator_commands(desk),
            suggest_command(), *curator_commands(desk), quiz_group(desk), daily_group(desk),
            study_group(desk), brief_command(desk),
        ]  # fmt: skip
        for command in every:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Find the quizzes that ran, and register the commands; if that fails, what Discord has keeps working."""
        await self.tables.load()
        if await sending.tried("the commands", self.tree.sync) is None:
            log.warning("commands not registered", what_to_do="they are tried again at the next start")
        application = self.application
        if not self.desk.owners and application is not None:
            team = application.team.members if application.team else [application.owner]
            self.desk.owners.update(person.id for person in team)

    async def on_ready(self) -> None:
        """Every shard is there."""
        if not self.beside:  # it comes again after a connection was lost
            every = (notices.every_week(self, self.desk), minutes.every_few_minutes(self, self.desk))
            self.beside = [asyncio.create_task(one) for one in every]
        self.tables.go_on()
        log.info("ready", shards=self.shard_count, servers=len(self.guilds), facts=len(self.desk.engine.kb))

    async def on_message(self, message: discord.Message, /) -> None:
        """A message, wherever the bot can see it."""
        if self.user is None:
            return
        me = self.user
        await self._guarded(
            lambda: messages.take(self.desk, me, message, self._answered), "a message",
            lambda card: sending.reply(message, card) if messages.is_for(me, message) else _nothing(),
        )  # fmt: skip

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server that throws the bot out takes back what it allowed."""
        if await self.desk.opted_in(guild.id):
            await self.desk.set_opted_in(guild.id, False, 0)
        notices_of, dailies = self.desk.store.notices, self.desk.store.dailies
        await self.desk.kept(lambda: [notices_of.off(guild.id, kind) for kind in NOTICES])
        await self.desk.kept(lambda: [dailies.off(one.channel_id) for one in dailies.all(guild.id)])
        await self.desk.kept(lambda: self.desk.store.reminders.clear_guild(guild.id))
        await self.tables.left(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone, and with it what was going on there."""
        await self._closed(channel.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """The same for a thread, whether it was known here or not."""
        await self._closed(payload.thread_id)

    async def _closed(self, channel: int) -> None:
        await self.tables.gone(channel)
        await self.desk.kept(lambda: self.desk.store.dailies.off(channel))
        await self.desk.kept(lambda: self.desk.store.reminders.clear_channel(channel))

    async def _answered(self, message: discord.Message, text: str) -> bool:
        """Whether a message was an answer to a quiz's question."""
        return await quiz_typing.take(self.desk, self.tables, message, text)

    async def on_interaction(self, interaction: Interaction) -> None:
        """A button or form; commands go their own way."""
        if interaction.type in _PRESSED:
            await self._guarded(
                lambda: _pressed(self.desk, interaction), "a button",
                lambda card: sending.respond(interaction, card, private=True),
            )  # fmt: skip

    def at_work(self) -> None:
        """Note that the current task serves somebody."""
        task = asyncio.current_task()
        if task is not None:
            self.busy.add(task)
            task.add_done_callback(self.busy.discard)

    async def close(self) -> None:
        """Stop what was told beside."""
        for task in self.beside:
            task.cancel()
        await self.tables.close()
        await super().close()

    async def finish(self) -> None:
        """Let what is being answered be answered, before the connection is closed."""
        while self.busy:
            await asyncio.wait(set(self.busy))
        await self.desk.written()

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Anything that no handler of ours caught."""
        log.error("event failed", event_name=event_method, exc_info=True)

    async def _guarded(
        self, work: Callable[[], Awaitable[None]], what: str, tell: Callable[[Any], Awaitable[object]]
    ) -> None:
        self.at_work()
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - one bad event never stops the next
            await self.failed(error, what, tell)

    async def failed(self, error: BaseException, what: str, tell: Callable[[Any], Awaitable[object]]) -> None:
        """Log a fault under an id, and tell the person that id."""
        id_ = pages.fault_id()
        log.error("failed", what=what, error=id_, exc_info=error)
        try:
            await tell(pages.fault_card(id_))
        except Exception as second:
            log.error("fault not told", error=id_, exc_info=second)


async def _pressed(desk: Desk, interaction: Interaction) -> None:
    families = (buttons.pressed, pressing.pressed, quiz_pressing.pressed, study_pressing.pressed)
    for family in families:  # each leaves the others' alone
        await family(desk, interaction)


async def _nothing() -> None:
    return None
