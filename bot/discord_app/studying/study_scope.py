"""What somebody wants to learn or take along, from what they chose or typed: a topic, a deck of theirs, or all.

Comes in: the text of a command's options. Goes out: a scope and its facts, or one sentence why not; what is offered
while somebody types.
"""

import asyncio

from discord import app_commands

from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.escape import escape, plain
from bot.discord_app.limits import CHOICE, CHOICES, fit
from bot.discord_app.studying.quiz_commands import topic_choices
from bot.discord_app.studying.study_ids import Scope
from bot.state.deck import KeptDeck
from bot.study.topics import Topic, topic_of

FAILED = "⚠️ That could not be read. Please try again later."


async def scope_named(desk: Desk, person: int, topic: str, deck: str) -> Scope | str:
    """The scope that a topic or a deck means; nothing of both means all cards. Else what to tell the person."""
    if topic and deck:
        return "Please choose a topic or a deck, not both."
    if topic:
        found = await topic_named(desk, topic)
        return Scope(found.key) if found else no_topic(topic)
    if deck:
        held = await deck_named(desk, person, deck)
        return held if isinstance(held, str) else Scope(deck=held.id)
    return Scope()


async def topic_named(desk: Desk, typed: str) -> Topic | None:
    """The topic that was chosen or typed."""
    making = await desk.makers.ready()
    return await asyncio.to_thread(topic_of, making.engine, typed, making.today)


def no_topic(typed: str) -> str:
    """That there is none of that name."""
    return f"❔ I know no topic “{fit(escape(typed), 100)}”, or several. Choose one while you type."


async def deck_named(desk: Desk, person: int, typed: str) -> KeptDeck | str:
    """The deck of a person that was chosen, by its number, or typed, by its name; else what to tell them."""
    decks = await desk.kept(lambda: desk.store.cards.decks(person))
    if decks is None:
        return FAILED
    wanted = typed.strip().casefold()
    found = [deck for deck in decks if wanted == deck.name.casefold()] or [d for d in decks if wanted == str(d.id)]
    if found:
        return found[0]
    told = "**/study deck add** makes one, and so does *Study these* under a list." if not decks else "There are: "
    told += ", ".join(escape(deck.name) for deck in decks)
    return fit(f"❔ You have no deck “{fit(escape(typed), 100)}”. {told}", 1900)


def completes(desk: Desk, command: Command, *options: str) -> None:
    """Let `topic` and `deck` of a command be completed."""

    async def topics(_: Interaction, typed: str) -> list[Choice]:
        return await topic_choices(desk, typed)

    async def decks(interaction: Interaction, typed: str) -> list[Choice]:
        person, wanted = interaction.user.id, typed.strip().casefold()
        held = await desk.kept(lambda: desk.store.cards.decks(person), PROMPT) or []
        fitting = [deck for deck in held if wanted in deck.name.casefold()][:CHOICES]
        return [app_commands.Choice(name=plain(deck.name, CHOICE), value=str(deck.id)) for deck in fitting]

    for option in options:
        command.autocomplete(option)(topics if option == "topic" else decks)
