"""Short names for discord.py's generic types."""

from typing import Any

import discord
from discord import app_commands

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., Any]
Choice = app_commands.Choice[str]
