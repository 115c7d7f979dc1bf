"""`/curators` for who runs the bot: curators named, dismissed and listed.

Comes in: a person or a role. Goes out: an appointment, announced where it happens, for a curator's name is public.
"""

import discord
from discord import app_commands

from bot.curation.curators import Appointed
from bot.discord_app import pages, sending
from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.curating import rights
from bot.discord_app.curating.fact_commands import choose
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.escape import escape
from bot.discord_app.limits import fit
from bot.state.curators import Appointment

_FAILED = "⚠️ That could not be kept. Please try again later."
_SEEN = (
    "-# Where the commands are not shown: an administrator of the server allows them under Server Settings → "
    "Integrations, or they are used in a direct message with me."
)


def curators_group(desk: Desk) -> app_commands.Group:
    """The commands; shown to administrators, refused to whoever does not run the bot."""
    group = app_commands.Group(
        name="curators", description="Who may change facts", default_permissions=discord.Permissions.none()
    )
    app_commands.allowed_installs(guilds=True, users=False)(group)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(group)
    for command in (_add(desk), _remove(desk), _list(desk)):
        group.add_command(command)
    return group


def _add(desk: Desk) -> Command:
    @app_commands.command(name="add", description="Name a curator; said for all to read, for the name becomes public")
    @app_commands.describe(who="A person, or a role that is given to curators")
    async def add(interaction: Interaction, who: discord.User | discord.Member | discord.Role) -> None:
        if not await rights.owner(desk, interaction):
            return
        by, guild, named = interaction.user.id, interaction.guild_id, who
        everyone = rights.curators(desk)
        if isinstance(named, discord.Role):
            role, name, of = named.id, named.name, named.guild.id
            came = await desk.kept(lambda: everyone.appoint_role(role, name, by, of), PROMPT)
        else:
            person, name = named.id, named.display_name
            came = await desk.kept(lambda: everyone.appoint_user(person, name, by, guild), PROMPT)
        if isinstance(came, Appointed):
            told = f"📣 {fit(escape(came.announcement), 1500)}\n{_SEEN}"
            await sending.respond(interaction, pages.say(told), private=False)
        else:
            await sending.respond(interaction, pages.say(f"🚫 {escape(str(came))}" if came else _FAILED), private=True)

    return add


def _remove(desk: Desk) -> Command:
    @app_commands.command(name="remove", description="Name somebody a curator no longer; what they changed stays")
    @app_commands.describe(who="Whom")
    async def remove(interaction: Interaction, who: str) -> None:
        if not await rights.owner(desk, interaction):
            return
        by, everyone = interaction.user.id, rights.curators(desk)
        number = int(who) if who.isascii() and who.isdigit() and len(who) < 19 else 0
        came = await desk.kept(lambda: everyone.dismiss(number, by), PROMPT)
        told = "They may change facts no longer. What they changed stays, under their name."
        if came is not True:
            told = (
                _FAILED if came is None else "Nobody was named so. Whom the settings name, only the settings dismiss."
            )
        await sending.respond(interaction, pages.say(told), private=True)

    @remove.autocomplete("who")
    async def complete(interaction: Interaction, typed: str) -> list[Choice]:
        if not rights.curators(desk).may_appoint(interaction.user.id):
            return []
        named = await desk.kept(rights.curators(desk).all, PROMPT)
        told = [(_shown(one), str(one.id)) for one in named or () if one.id]
        return choose([one for one in told if typed.lower() in one[0].lower()])

    return remove


def _list(desk: Desk) -> Command:
    @app_commands.command(name="list", description="Everybody who may change facts")
    async def show(interaction: Interaction) -> None:
        if not await rights.owner(desk, interaction):
            return
        named = await desk.kept(rights.curators(desk).all, PROMPT)
        if named is None:
            await sending.respond(interaction, pages.say(_FAILED), private=True)
            return
        lines = [f"- {escape(_shown(one))}" for one in named[:50]] or [
            "Nobody yet, besides you. **/curators add** names one."
        ]
        lines += [f"- and {len(named) - 50} more"] if len(named) > 50 else []
        await sending.respond(interaction, pages.say(fit("\n".join(["### Curators", *lines]), 3500)), private=True)

    return show


def _shown(one: Appointment) -> str:
    kind = "the role " if one.role_id else ""
    if one.id:
        return f"{kind}{one.name}, since {one.at.date().isoformat() if one.at else '?'}"
    return f"{kind or 'the person '}{one.role_id or one.user_id}, by the settings"
