"""`/study export`: cards as a file for Anki or a spreadsheet.

Comes in: a topic, a deck, or neither, which means one's own cards. Goes out: a file. Made in a thread, one at a time,
and given up when the bot ends: everything on file takes some seconds.
"""

import asyncio
import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Literal

from discord import app_commands

from bot.discord_app import acting, sending
from bot.discord_app.acting import begin
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.limits import CHOICE, FILES
from bot.discord_app.pages import say
from bot.discord_app.parts import Attached, Card, Text
from bot.discord_app.studying.study_ids import Scope
from bot.discord_app.studying.study_pressing import NO_WORDS
from bot.discord_app.studying.study_scope import FAILED, completes, scope_named
from bot.discord_app.studying.study_session import Session
from bot.study import anki_package, export
from bot.study.export import Taken

Format = Literal["Anki", "CSV"]
NOTHING = "📭 Nothing there can be asked, so there is no card to take along."
NO_CARDS = "📭 You have no cards yet. **/study now** begins with some, or choose a topic to take along."
ENDING = "⏳ I am being restarted. Please try again in a moment."


def export_command(desk: Desk) -> Command:
    """The command."""

    @app_commands.command(name="export", description="Cards to take along, for Anki or a spreadsheet")
    @app_commands.describe(
        format="Anki takes a later export as an update, and keeps what you learned there",
        topic="What about; the cards that you learn here, if you leave it out", deck="A deck of your own",
    )  # fmt: skip
    async def take(
        interaction: Interaction,
        format: Format,  # noqa: A002 - people read it as the option's name
        topic: app_commands.Range[str, 1, CHOICE] = "",
        deck: app_commands.Range[str, 1, CHOICE] = "",
    ) -> None:
        if await acting.must_wait(desk, interaction, acting.asker_of(interaction, private=True)):
            return
        await begin(interaction)
        scope = await scope_named(desk, interaction.user.id, topic, deck)
        if isinstance(scope, str):
            await sending.respond(interaction, say(scope), private=True)
            return
        await _hand_over(desk, interaction, scope, format)

    completes(desk, take, "topic", "deck")
    return take


class _EndingError(Exception):
    """The bot ends before the file is made."""


async def _hand_over(desk: Desk, interaction: Interaction, scope: Scope, wanted: Format) -> None:
    making, now, person = await desk.makers.ready(), desk.now(), interaction.user.id
    if not making.there:
        await sending.respond(interaction, say(NO_WORDS), private=True)
        return
    session = Session(desk, making, person, scope, now, interaction.client.tables.rng)
    what = await desk.kept(lambda: _chosen(session))
    if what is None:
        await sending.respond(interaction, say(FAILED), private=True)
        return
    title, cards = what
    try:
        async with desk.exporting:
            made = await asyncio.to_thread(_made, cards, wanted, now, interaction.client.is_closed)
    except _EndingError:
        await sending.respond(interaction, say(ENDING), private=True)
        return
    name = f"attache-{'cards' if not title else 'topic'}.{'apkg' if wanted == 'Anki' else 'csv'}"
    if made is None:
        await sending.respond(interaction, say(NOTHING if title else NO_CARDS), private=True)
    elif len(made[1]) > FILES:
        await sending.respond(interaction, say("That is more than Discord takes as a file. Choose less."), private=True)
    else:
        await sending.present(interaction, export_card(title, made[0], wanted, name), {name: made[1]})


def _chosen(session: Session) -> tuple[str, Iterable[Taken]]:
    """What it is called (nothing for one's own cards), and what makes the cards. Reads the state."""
    making = session.making
    if session.scope == Scope():
        held = session.desk.store.cards.all(session.person)
        keys = [(card.fact, card.kind) for card in held if not card.retired]
        return "", export.chosen(making.engine.kb, making.maker, keys)
    title, facts = session.facts() or ("", ())
    return title or "?", export.taken(making.engine.kb, making.maker, sorted(facts or ()))


def _made(
    cards: Iterable[Taken], wanted: Format, now: datetime.datetime, ending: Callable[[], bool]
) -> tuple[int, bytes] | None:
    """How many cards, and the file; None where there is none. Raises _EndingError when the bot ends meanwhile."""

    def unless_ending() -> Iterator[Taken]:
        for card in cards:
            if ending():
                raise _EndingError
            yield card

    every = unless_ending()
    first = next(every, None)
    if first is None:
        return None
    taken = list(chain([first], every))
    return len(taken), anki_package.write(taken, now) if wanted == "Anki" else export.to_csv(taken)


def export_card(title: str, number: int, wanted: Format, name: str) -> Card:
    """What the file is, and the file."""
    about = f"**{escape(title[:1].upper() + title[1:])}**" if title else "the cards that you learn here"
    how = "Import it into Anki; a later file updates the cards and keeps what you have learned there."
    if wanted == "CSV":
        how = "A line a card: question, choices, answer, the day it was last seen to be so, and sources."
    told = f"📦 {number} card{'' if number == 1 else 's'}: {about}.\n-# {how}"
    return Card((Text(told), Attached(name)))
