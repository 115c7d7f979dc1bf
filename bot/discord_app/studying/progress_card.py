"""How somebody is doing: a picture, and the same in words.

Comes in: a desk and a person. Goes out: a card and the picture that it shows. The picture is drawn in a thread: it
takes some tenths of a second, the first one of a process a second more.
"""

import asyncio
import datetime

from bot.discord_app import sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.pages import say
from bot.discord_app.parts import Card, Picture, Text
from bot.discord_app.studying.makers import Making
from bot.discord_app.studying.study_cards import start_row
from bot.discord_app.studying.study_ids import Scope
from bot.study import picture
from bot.study.daily import zone_of
from bot.study.deck import Deck
from bot.study.progress import BACK, Progress, in_words, progress

NAME = "progress.png"


async def show(desk: Desk, interaction: Interaction) -> None:
    """Fill in a deferred answer with somebody's progress."""
    person, now = interaction.user.id, desk.now()
    making = await desk.makers.ready()
    made = await desk.kept(lambda: _figures(desk, making, person, now))
    if made is None:
        await sending.respond(interaction, say("⚠️ That could not be read. Please try again later."), private=True)
        return
    async with desk.drawing:
        drawn = await asyncio.to_thread(picture.draw, made) if made.cards else None
    files = {NAME: drawn} if drawn else {}
    await sending.present(interaction, card(made), files)


def card(made: Progress) -> Card:
    """The card that shows the picture of that name."""
    told = in_words(made)
    if not made.cards:
        return Card((Text(f"### 📈 Your progress\n{escape(told)}"), start_row("Study now", Scope())))
    blocks = (Text("### 📈 Your progress"), Picture(NAME, told), Text(escape(told)))
    return Card((*blocks, start_row("Study now", Scope())))


def _figures(desk: Desk, making: Making, person: int, now: datetime.datetime) -> Progress:
    """The figures, by the days where the person is, as far as that is known: from their reminder. Cards that cannot be
    asked today are left out, for they are not brought up either."""
    cards, reminder = desk.store.cards, desk.store.reminders.get(person)
    deck = Deck(cards, person, making.maker, dict(making.digests))
    held = [card for card in cards.all(person) if not deck.sleeps(card)]
    zone = zone_of(reminder.zone) if reminder else None
    reviews = cards.reviews(person, now - datetime.timedelta(days=BACK))
    return progress(held, reviews, now, zone or datetime.UTC)
