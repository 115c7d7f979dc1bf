"""Short names for discord.py's generic types, and where a command may be used."""

from typing import Any, TypeVar

import discord
from discord import app_commands

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., Any]
Choice = app_commands.Choice[str]

Usable = TypeVar("Usable", Command, app_commands.ContextMenu)


def anywhere(command: Usable) -> Usable:
    """A command that a server or a person may install, and that works in servers, direct messages and groups."""
    app_commands.allowed_installs(guilds=True, users=True)(command)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)
    return command
