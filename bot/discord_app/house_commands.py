"""`/about`, `/help` and `/privacy` for everybody; `/channel` and `/server` for moderators.

Discord hides moderators' commands from others; who uses one is looked at again here, for a server may show a command to
whom it likes.
"""

from typing import Literal

import discord
from discord import app_commands

from bot.discord_app import pages, sending
from bot.discord_app.aliases import Command, Interaction, anywhere
from bot.discord_app.desk import Desk
from bot.discord_app.parts import Card
from bot.state.notices import NoticeKind

Place = app_commands.AppCommandChannel | app_commands.AppCommandThread


class Writable(app_commands.Transformer):
    """A channel or thread in which people write, or that holds such threads. A category is none; and Discord's OpenAPI
    file does not know the media channels that discord.py offers.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What the option is."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What may be chosen."""
        kinds = discord.ChannelType
        return [
            kinds.text, kinds.news, kinds.voice, kinds.stage_voice, kinds.forum, kinds.public_thread,
            kinds.private_thread, kinds.news_thread,
        ]  # fmt: skip

    async def transform(self, _: Interaction, value: Place, /) -> Place:
        """The channel as it was sent."""
        return value


_MODES = {
    "off": "I answer nobody for all to read; /ask works, but only the person who asks sees the answer.",
    "mention": "I answer who mentions me, and /ask.",
    "auto": "I also answer plain questions unasked, when I am sure, and stay silent otherwise.",
}


def house_commands(desk: Desk) -> list[Command]:
    """What everybody may use."""
    return [anywhere(command) for command in (_about(desk), _help(desk), _privacy(desk))]


def _about(desk: Desk) -> Command:
    @app_commands.command(name="about", description="What I am, how much I know, and who runs me")
    async def about(interaction: Interaction) -> None:
        await sending.respond(interaction, pages.about_card(desk), private=True)

    return about


def _help(desk: Desk) -> Command:
    @app_commands.command(name="help", description="How to ask, and how to read an answer")
    async def show(interaction: Interaction) -> None:
        await sending.respond(interaction, pages.help_card(desk), private=True)

    return show


def _privacy(desk: Desk) -> Command:
    @app_commands.command(
        name="privacy", description="What is stored about you: see it, take it along, have it forgotten"
    )
    async def privacy(interaction: Interaction) -> None:
        person = interaction.user.id
        await sending.defer(interaction, private=True)
        held = await desk.kept(lambda: desk.store.about(person))
        card = pages.say("⚠️ That could not be read. Please try again later.")
        if held is not None:
            card = pages.privacy_card(desk, held)
        await sending.respond(interaction, card, private=True)

    return privacy


def moderator_commands(desk: Desk) -> list[app_commands.Group]:
    """What moderators may use, in their own server alone."""
    channel = app_commands.Group(
        name="channel", description="Where I speak", guild_only=True,
        default_permissions=discord.Permissions(manage_channels=True),
    )  # fmt: skip
    server = app_commands.Group(
        name="server", description="What may be kept of this server", guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )  # fmt: skip
    for group in (channel, server):
        app_commands.allowed_installs(guilds=True, users=False)(group)
    channel.add_command(_mode(desk))
    channel.add_command(_show_modes(desk))
    server.add_command(_keep(desk))
    server.add_command(
        _notices(desk, "audit", "A quiet line for every change of the facts, in a channel of your choice")
    )
    server.add_command(
        _notices(desk, "digest", "Once a week what changed and what to work on, in a channel of your choice")
    )
    return [channel, server]


def _mode(desk: Desk) -> Command:
    @app_commands.command(name="mode", description="Say when I answer in a channel")
    @app_commands.describe(mode="off, mention (the default) or auto", channel="Another channel than this one")
    async def set_mode(
        interaction: Interaction,
        mode: Literal["off", "mention", "auto"],
        channel: app_commands.Transform[Place, Writable] | None = None,
    ) -> None:
        place = channel or interaction.channel
        if not await may(interaction, "manage_channels") or interaction.guild_id is None or place is None:
            return
        if channel is not None and not channel.permissions.manage_channels:
            await sending.respond(interaction, forbidden("Manage Channels"), private=True)
            return
        await sending.defer(interaction, private=True)
        done = await desk.set_mode(interaction.guild_id, place.id, mode, interaction.user.id)
        told = f"**{mode}** in <#{place.id}>. {_MODES[mode]}" if done else _FAILED
        if done and mode == "auto" and not desk.settings.message_content:
            told += (
                "\n⚠️ Whoever runs me has not switched Message Content on, so I cannot read messages that do not mention"
                " me; until then this works like **mention**."
            )
        await sending.respond(interaction, pages.say(told), private=True)

    return set_mode


def _show_modes(desk: Desk) -> Command:
    @app_commands.command(name="show", description="Where I answer, and when")
    async def show(interaction: Interaction) -> None:
        if not await may(interaction, "manage_channels") or interaction.guild_id is None:
            return
        modes = await desk.modes(interaction.guild_id)
        lines = [f"- <#{channel}>: **{mode}**" for channel, mode in sorted(modes.items())][:60]
        lines += [f"- and {len(modes) - 60} more"] if len(modes) > 60 else []
        told = "\n".join(["### Where I answer", *lines, "-# Everywhere else: mention"])
        await sending.respond(interaction, pages.say(told), private=True)

    return show


def _keep(desk: Desk) -> Command:
    @app_commands.command(
        name="keep", description="Say whether the words of questions that I did not understand may be kept"
    )
    @app_commands.describe(words="Kept for 30 days for the curators, without who asked; off until you allow it")
    async def keep(interaction: Interaction, words: bool) -> None:
        if not await may(interaction, "manage_guild") or interaction.guild_id is None:
            return
        await sending.defer(interaction, private=True)
        deleted = await desk.set_opted_in(interaction.guild_id, words, interaction.user.id)
        told = "The words of questions that I do not understand are kept for 30 days, without who asked."
        if not words:
            told = f"Such words are not kept any longer; {deleted} kept one{'' if deleted == 1 else 's'} deleted."
        await sending.respond(interaction, pages.say(_FAILED if deleted is None else told), private=True)

    return keep


def _notices(desk: Desk, kind: NoticeKind, description: str) -> Command:
    @app_commands.command(name=kind, description=description)
    @app_commands.describe(channel="Which channel; nothing switches it off, as it is at first")
    async def notices(interaction: Interaction, channel: app_commands.Transform[Place, Writable] | None = None) -> None:
        guild, person, now = interaction.guild_id, interaction.user.id, desk.now()
        if not await may(interaction, "manage_guild") or guild is None:
            return
        await sending.defer(interaction, private=True)
        place = channel.id if channel else None

        def work() -> bool:
            if place is None:
                desk.store.notices.off(guild, kind)
            else:
                desk.store.notices.set(guild, kind, place, person, now)
            return True

        done = await desk.kept(work)
        told = f"{_NOTICES[kind]} in <#{place}>." if place else "Off: nothing of it is sent here."
        await sending.respond(interaction, pages.say(told if done else _FAILED), private=True)

    return notices


_NOTICES: dict[NoticeKind, str] = {
    "audit": "Every change of the facts is told in one quiet line",
    "digest": "What changed, and what is to be looked at again, is told once a week",
}
_FAILED = "⚠️ That could not be kept. Please try again later."


async def may(interaction: Interaction, right: Literal["manage_channels", "manage_guild"]) -> bool:
    """Whether who acts has a right here; otherwise they are told so."""
    if interaction.guild_id is not None and getattr(interaction.permissions, right):
        return True
    await sending.respond(interaction, forbidden(right.replace("_", " ").title()), private=True)
    return False


def forbidden(right: str) -> Card:
    return pages.say(f"🚫 That needs the permission **{right}** here.")
