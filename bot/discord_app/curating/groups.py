"""The curators' commands, put together; and `/kb`, which shows what the command line shows.

Discord hides all of them from who is no administrator, until a server's administrators show them to whom they like; in
direct messages they are there for everybody. Who uses one is looked at whenever one is used.
"""

import asyncio
import os
import sys
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.discord_app import pages, sending
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.curating import rights
from bot.discord_app.curating.change_commands import add_changing
from bot.discord_app.curating.fact_commands import add_looking
from bot.discord_app.curating.people import curators_group
from bot.discord_app.curating.review import review_command
from bot.discord_app.curating.work_lists import gaps_command, stale_command
from bot.discord_app.desk import Desk
from bot.discord_app.escape import code
from bot.discord_app.limits import size

CHECKING = 120.0  # seconds
SHOWN = 3500

# A folder above the packages, for a process of its own that may be started from anywhere.
_HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))  # noqa: PTH100, PTH120


def curator_commands(desk: Desk) -> Sequence[Command | app_commands.Group]:
    """Everything that curators and the owner use."""
    fact = _group("fact", "Facts: found, shown, changed")
    add_looking(desk, fact)
    add_changing(desk, fact)
    kb = _group("kb", "The knowledge base as a whole")
    kb.add_command(_kb(desk, "check", "Every problem of the files, as `attache check` lists them"))
    kb.add_command(_kb(desk, "stats", "How much is on file, and how old it is, as `attache stats` lists it"))
    alone = [hidden(command) for command in (review_command(desk), gaps_command(desk), stale_command(desk))]
    return [fact, kb, *alone, curators_group(desk)]


def _group(name: str, description: str) -> app_commands.Group:
    group = app_commands.Group(name=name, description=description, default_permissions=discord.Permissions.none())
    app_commands.allowed_installs(guilds=True, users=False)(group)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(group)
    return group


def hidden(command: Command) -> Command:
    """A command that stands in no group, shown to administrators alone."""
    app_commands.default_permissions(discord.Permissions.none())(command)
    app_commands.allowed_installs(guilds=True, users=False)(command)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(command)
    return command


def _kb(desk: Desk, name: str, description: str) -> Command:
    @app_commands.command(name=name, description=description)
    async def show(interaction: Interaction) -> None:
        if not await rights.curator(desk, interaction):
            return
        await sending.defer(interaction, private=True)
        told = await said(desk, name)
        if told is None:
            await sending.respond(interaction, pages.say("⚠️ That took too long. Please try again later."), private=True)
        elif size(told) <= SHOWN:
            await sending.respond(interaction, pages.say(code(told)), private=True)
        else:
            await sending.hand_over(interaction, f"attache-{name}.txt", told)

    return show


async def said(desk: Desk, name: str) -> str | None:
    """What the command line prints; in a process of its own, for checking all files takes seconds of computing."""
    folders = {"KNOWLEDGE_DIR": str(desk.live.folder)}
    if desk.live.cache_folder is not None:
        folders["CACHE_DIR"] = str(desk.live.cache_folder)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", name, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT, cwd=_HOME, env={**os.environ, **folders, "DISCORD_TOKEN": ""},
    )  # fmt: skip
    try:
        told, _ = await asyncio.wait_for(child.communicate(), CHECKING)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return told.decode(errors="replace")
