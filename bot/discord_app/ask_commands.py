"""`/ask`, and "Check this claim" in the menu of a message.

Each interaction is answered at once, for the engine is faster than Discord; what is slow is deferred where it is done.
"""

import discord
from discord import app_commands

from bot.discord_app import acting, asking, claims, sending
from bot.discord_app.aliases import Choice, Command, Interaction, anywhere
from bot.discord_app.desk import Desk
from bot.discord_app.limits import CHOICES


def ask_command(desk: Desk) -> Command:
    """`/ask question [private]`."""

    @app_commands.command(name="ask", description="Ask a question in plain words")
    @app_commands.describe(question="One question, in plain words", private="Only you see the answer")
    async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
        await acting.answered(desk, interaction, private, lambda asker: asking.ask(desk, asker, question, by="slash"))

    @ask.autocomplete("question")
    async def complete(_: Interaction, typed: str) -> list[Choice]:
        return [app_commands.Choice(name=text, value=text) for text in desk.completer.complete(typed, CHOICES)]

    return anywhere(ask)


def check_menu(desk: Desk) -> app_commands.ContextMenu:
    """ "Check this claim" on anybody's message; only who checks sees what comes of it."""

    async def check(interaction: Interaction, message: discord.Message) -> None:
        asker = acting.asker_of(interaction, private=True)
        if await acting.must_wait(desk, interaction, asker):
            return
        card, given = await claims.check(desk, asker, message.content)
        sent = await sending.respond(interaction, card, private=True)
        if sent is not None:
            await asking.hold(desk, asker.person, card, sent)
        for one in given:
            asking.count(desk, asker, one.answer)

    return anywhere(app_commands.ContextMenu(name="Check this claim", callback=check))
