"""`/study`: cards of one's own, when they are due, and how one is doing. Private: nobody else sees any of it.

Comes in: what somebody chose. Goes out: a session, a picture, decks, files. What each of them is, is told elsewhere.
"""

from dataclasses import replace

from discord import app_commands

from bot.discord_app import sending
from bot.discord_app.acting import begin
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.limits import CHOICE
from bot.discord_app.pages import say
from bot.discord_app.studying import progress_card
from bot.discord_app.studying.export_command import export_command
from bot.discord_app.studying.reminders_commands import reminder_group
from bot.discord_app.studying.study_decks import deck_group
from bot.discord_app.studying.study_pressing import next_card, show
from bot.discord_app.studying.study_scope import completes, scope_named


def study_group(desk: Desk) -> app_commands.Group:
    """The commands, for everybody, wherever they are."""
    group = app_commands.Group(name="study", description="Learn the facts with cards of your own; only you see them")
    app_commands.allowed_installs(guilds=True, users=True)(group)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(group)
    for command in (_now(desk), _progress(desk), export_command(desk), deck_group(desk), reminder_group(desk)):
        group.add_command(command)
    return group


def _now(desk: Desk) -> Command:
    @app_commands.command(name="now", description="What is due now, and new cards")
    @app_commands.describe(
        topic="What about; your decks, or anything, if you leave it out", deck="A deck of your own",
        missed="Only what you did not know the last time",
    )  # fmt: skip
    async def now(
        interaction: Interaction,
        topic: app_commands.Range[str, 1, CHOICE] = "",
        deck: app_commands.Range[str, 1, CHOICE] = "",
        missed: bool = False,
    ) -> None:
        await begin(interaction)
        scope = await scope_named(desk, interaction.user.id, topic, deck)
        if isinstance(scope, str):
            await sending.respond(interaction, say(scope), private=True)
        else:
            await show(desk, interaction, replace(scope, missed=missed), next_card)

    completes(desk, now, "topic", "deck")
    return now


def _progress(desk: Desk) -> Command:
    @app_commands.command(name="progress", description="What is due, what you have learned, and how much of it stays")
    async def progress(interaction: Interaction) -> None:
        await begin(interaction)
        await progress_card.show(desk, interaction)

    return progress
