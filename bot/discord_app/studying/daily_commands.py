"""`/daily` for moderators: one question a day in a channel, at an hour of their own.

Comes in: what a moderator chose. Goes out: a setting that is kept, and a card that only they see.
"""

import zoneinfo
from functools import cache
from typing import Literal

import discord
from discord import app_commands

from bot.discord_app import sending
from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.house_commands import Place, Writable, forbidden, may
from bot.discord_app.limits import CHOICE, CHOICES, fit
from bot.discord_app.pages import say
from bot.discord_app.studying import daily_cards
from bot.discord_app.studying.daily_posting import streaks_on
from bot.discord_app.studying.quiz_cards import moment
from bot.discord_app.studying.quiz_commands import topic_choices
from bot.state.dailies import Daily
from bot.study import daily
from bot.study.topics import ANYTHING, topic_of

MOST = 25  # channels of a server
RIGHT: Literal["manage_channels"] = "manage_channels"
_FAILED = "⚠️ That could not be kept. Please try again later."


def daily_group(desk: Desk) -> app_commands.Group:
    """The commands, shown to who may manage channels."""
    group = app_commands.Group(
        name="daily", description="One question a day in a channel", guild_only=True,
        default_permissions=discord.Permissions(manage_channels=True),
    )  # fmt: skip
    app_commands.allowed_installs(guilds=True, users=False)(group)
    for command in (_on(desk), _off(desk), _show(desk)):
        group.add_command(command)
    return group


def _on(desk: Desk) -> Command:
    @app_commands.command(name="on", description="Ask one question a day, at an hour of your time zone")
    @app_commands.describe(
        hour="At which hour of the day, 0 to 23", zone="Your time zone: type a large city near you",
        topic="What about; anything, if you leave it out", channel="Another channel than this one",
    )  # fmt: skip
    async def on(
        interaction: Interaction,
        hour: app_commands.Range[int, 0, 23],
        zone: app_commands.Range[str, 1, 64],
        topic: app_commands.Range[str, 1, CHOICE] = "",
        channel: app_commands.Transform[Place, Writable] | None = None,
    ) -> None:
        place = await _place(interaction, channel)
        guild, person, now = interaction.guild_id, interaction.user.id, desk.now()
        if place is None or guild is None:
            return
        await sending.defer(interaction, private=True)
        made = await desk.makers.ready()
        about = topic_of(desk.engine, topic, made.today) if topic else topic_of(desk.engine, ANYTHING, made.today)
        known = zone_named(zone)
        if about is None or known is None:
            what = f"no topic “{fit(escape(topic), 100)}”" if about is None else f"no time zone “{escape(zone)}”"
            await sending.respond(interaction, say(f"❔ I know {what}. Choose one while you type."), private=True)
            return

        def work() -> list[Daily]:
            others = [one for one in desk.store.dailies.all(guild) if one.channel_id != place]
            if len(others) < MOST:
                desk.store.dailies.set(guild, place, hour, known, about.key, person, now)
            return desk.store.dailies.all(guild)

        held = await desk.kept(work)
        one = next((one for one in held or () if one.channel_id == place), None)
        if held is None:
            told = _FAILED
        elif one is None:
            told = f"A server has a question of the day in {MOST} channels at most."
        else:
            told = f"☀️ One question a day in <#{place}>. {_line(desk, one, about.title)}"
            if not _may_write(interaction, place):
                told += "\n⚠️ I may not write there yet; allow me to, or nothing will come."
        await sending.respond(interaction, say(told), private=True)

    @on.autocomplete("zone")
    async def zones(_: Interaction, typed: str) -> list[Choice]:
        return [app_commands.Choice(name=name, value=name) for name in suggested_zones(typed)]

    @on.autocomplete("topic")
    async def topics(_: Interaction, typed: str) -> list[Choice]:
        return await topic_choices(desk, typed)

    return on


def _off(desk: Desk) -> Command:
    @app_commands.command(name="off", description="Ask no more in a channel; its streaks are deleted")
    @app_commands.describe(channel="Another channel than this one")
    async def off(
        interaction: Interaction, channel: app_commands.Transform[Place, Writable] | None = None
    ) -> None:  # fmt: skip
        place = await _place(interaction, channel)
        if place is None:
            return
        was_on = await desk.kept(lambda: desk.store.dailies.off(place))
        told = f"Off in <#{place}>; its answers and streaks are deleted." if was_on else f"It is off in <#{place}>."
        await sending.respond(interaction, say(_FAILED if was_on is None else told), private=True)

    return off


def _show(desk: Desk) -> Command:
    @app_commands.command(name="show", description="Where there is a question of the day, and the streaks")
    async def show(interaction: Interaction) -> None:
        guild, now = interaction.guild_id, desk.now()
        if not await may(interaction, RIGHT) or guild is None:
            return
        await sending.defer(interaction, private=True)
        titles = {topic.key: topic.title for topic in (await desk.makers.ready()).topics}

        def work() -> list[str]:
            hidden, lines = desk.store.quizzes.opted_out(guild), []
            for one in desk.store.dailies.all(guild):
                lines.append(f"- <#{one.channel_id}>: {_line(desk, one, titles.get(one.topic, one.topic))}")
                zone = daily.zone_of(one.zone)
                streaks = streaks_on(desk, one.channel_id, daily.day_in(zone, now)) if zone else []
                lines += [told] if (told := daily_cards.streak_line(streaks, hidden)) else []
            return lines

        lines = await desk.kept(work)
        told = ["### Question of the day", *(lines or ["Off everywhere. **/daily on** switches it on."])]
        await sending.respond(interaction, say(_FAILED if lines is None else fit("\n".join(told), 3900)), private=True)

    return show


def _line(desk: Desk, one: Daily, title: str) -> str:
    """At which hour, about what, and when next."""
    comes = daily.next_due(one, desk.now())
    soon = f"; the next one comes {moment(comes)}" if comes else ""
    return f"{one.hour}:00, {escape(one.zone)} · {escape(title)}{soon}."


async def _place(interaction: Interaction, channel: Place | None) -> int | None:
    """The channel that is meant, if who acts may manage it; otherwise they are told so."""
    if not await may(interaction, RIGHT):
        return None
    if channel is not None and not channel.permissions.manage_channels:
        await sending.respond(interaction, forbidden("Manage Channels"), private=True)
        return None
    return channel.id if channel is not None else interaction.channel_id


def _may_write(interaction: Interaction, place: int) -> bool:
    """Whether the bot may write in a channel, as far as that can be told."""
    if place == interaction.channel_id:
        rights = interaction.app_permissions
        return rights.view_channel and (rights.send_messages or rights.send_messages_in_threads)
    channel = interaction.guild.get_channel_or_thread(place) if interaction.guild else None
    if channel is None or interaction.guild is None:
        return True
    rights = channel.permissions_for(interaction.guild.me)
    threaded = isinstance(channel, discord.Thread)
    return rights.view_channel and (rights.send_messages_in_threads if threaded else rights.send_messages)


@cache
def _zones() -> dict[str, str]:
    """All names of time zones, by how they are looked for."""
    return {name.casefold().replace("_", " "): name for name in sorted(zoneinfo.available_timezones())}


def zone_named(typed: str) -> str | None:
    """The name of the zone that somebody means, however they wrote capitals and spaces; None where there is none."""
    return _zones().get(typed.strip().casefold().replace("_", " "))


def suggested_zones(typed: str) -> list[str]:
    """Names of zones that hold what was typed."""
    wanted = typed.strip().casefold().replace("_", " ")
    found = [name for key, name in _zones().items() if wanted in key]
    # Those that are named after a place come before the technical ones; UTC is what somebody gets who typed nothing.
    return sorted(found, key=lambda name: (name != "UTC", "/" not in name, name.startswith("Etc/")))[:CHOICES]
