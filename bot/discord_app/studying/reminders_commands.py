"""`/study remind on` and `off`: to be told, once a day, that cards are due.

Comes in: an hour, a time zone, and where. Goes out: a reminder that is kept. It comes in the channel where it was asked
for; as a direct message only where somebody chose that, or asked for it in one.
"""

from typing import Literal

from discord import app_commands

from bot.discord_app import sending
from bot.discord_app.acting import begin, quiet
from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.limits import fit
from bot.discord_app.pages import say
from bot.discord_app.studying.daily_commands import suggested_zones, zone_named
from bot.state.reminders import Reminder

_FAILED = "⚠️ That could not be kept. Please try again later."
NOT_HERE = (
    "🚫 I may not write in this channel, so I cannot remind you here. Choose **direct message**, or another channel."
)


def reminder_group(desk: Desk) -> app_commands.Group:
    """The two commands."""
    group = app_commands.Group(name="remind", description="Be told once a day that cards of yours are due")
    for command in (_on(desk), _off(desk)):
        group.add_command(command)
    return group


def _on(desk: Desk) -> Command:
    @app_commands.command(name="on", description="Be told once a day, at an hour of your time zone, if cards are due")
    @app_commands.describe(
        hour="At which hour of the day, 0 to 23", zone="Your time zone: type a large city near you",
        where="In this channel, where everybody sees that you have cards due; or in a direct message",
    )  # fmt: skip
    async def on(
        interaction: Interaction,
        hour: app_commands.Range[int, 0, 23],
        zone: app_commands.Range[str, 1, 64],
        where: Literal["this channel", "direct message"] = "this channel",
    ) -> None:
        await begin(interaction)
        known = zone_named(zone)
        if known is None:
            told = f"❔ I know no time zone “{fit(escape(zone), 100)}”. Choose one while you type."
            await sending.respond(interaction, say(told), private=True)
            return
        direct = where == "direct message" or (interaction.guild_id is None and not interaction.context.private_channel)
        if not direct and (not _may_write(interaction) or await quiet(desk, interaction)):
            await sending.respond(interaction, say(NOT_HERE), private=True)
            return
        guild, channel = (None, None) if direct else (interaction.guild_id, interaction.channel_id)
        reminder = Reminder(interaction.user.id, guild, channel, hour, known)

        def work() -> bool:
            held = desk.store.reminders.get(reminder.person_id)
            told_on = held.told_on if held and (held.hour, held.zone) == (hour, known) else None
            desk.store.reminders.set(
                Reminder(reminder.person_id, guild, channel, hour, known, told_on)
            )  # not a second time on a day on which it has come
            return True

        place = "in a direct message" if direct else f"in <#{channel}>"
        told = f"⏰ On days on which cards are due I tell you {place}, at {hour}:00 ({escape(known)})."
        if not direct:
            told += " It pings nobody, you neither; a direct message does."
        await sending.respond(interaction, say(told if await desk.kept(work) else _FAILED), private=True)

    @on.autocomplete("zone")
    async def zones(_: Interaction, typed: str) -> list[Choice]:
        return [app_commands.Choice(name=name, value=name) for name in suggested_zones(typed)]

    return on


def _off(desk: Desk) -> Command:
    @app_commands.command(name="off", description="Be told no more")
    async def off(interaction: Interaction) -> None:
        await begin(interaction)
        person = interaction.user.id
        was_on = await desk.kept(lambda: desk.store.reminders.clear(person))
        told = "Off: I remind you no more." if was_on else "It is off; you were not to be reminded."
        await sending.respond(interaction, say(_FAILED if was_on is None else told), private=True)

    return off


def _may_write(interaction: Interaction) -> bool:
    """Whether the bot is in this server, and may write in this channel."""
    if interaction.guild_id is None or interaction.client.get_guild(interaction.guild_id) is None:
        return False
    rights = interaction.app_permissions
    thread = getattr(interaction.channel, "parent_id", None) is not None
    return rights.view_channel and (rights.send_messages_in_threads if thread else rights.send_messages)
