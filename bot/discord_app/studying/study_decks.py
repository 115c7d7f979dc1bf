"""Decks of one's own: made of a topic, of a list or an overview by the button under it, looked at, and dropped.

Comes in: what somebody chose. Goes out: a deck that is kept, and a card that only they see.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from discord import app_commands

from bot.answers.answer import Answer
from bot.discord_app import sending
from bot.discord_app.acting import begin, hidden_here
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.escape import clean, escape, plain
from bot.discord_app.limits import CHOICE, OPTION, fit
from bot.discord_app.pages import say
from bot.discord_app.parts import Card, Menu, Option, Text
from bot.discord_app.studying.makers import Making
from bot.discord_app.studying.study_cards import start_row
from bot.discord_app.studying.study_ids import Scope, Verb, write
from bot.discord_app.studying.study_scope import FAILED, completes, deck_named, no_topic, topic_named
from bot.discord_app.studying.study_session import facts_of
from bot.state.deck import KeptCard, KeptDeck
from bot.study import origins
from bot.study.deck import fact_of

MOST = 25  # decks of a person: a menu holds no more
NAME = 80  # characters


def deck_group(desk: Desk) -> app_commands.Group:
    """`/study deck add`, `show` and `drop`."""
    group = app_commands.Group(name="deck", description="Decks of your own: what new cards come from")
    for command in (_add(desk), _show(desk), _drop(desk)):
        group.add_command(command)
    return group


def _add(desk: Desk) -> Command:
    @app_commands.command(name="add", description="A deck of a topic; under lists and overviews there is a button")
    @app_commands.describe(topic="What about", name="What to call it; as the topic, if you leave it out")
    async def add(
        interaction: Interaction,
        topic: app_commands.Range[str, 1, CHOICE],
        name: app_commands.Range[str, 1, NAME] = "",
    ) -> None:
        await begin(interaction)
        found = await topic_named(desk, topic)
        if found is None:
            await sending.respond(interaction, say(no_topic(topic)), private=True)
        else:
            await _keep(
                desk, interaction, name or found.title[:1].upper() + found.title[1:], origins.of_topic(found.key)
            )

    completes(desk, add, "topic")
    return add


def _show(desk: Desk) -> Command:
    @app_commands.command(name="show", description="Your decks, and how many cards of each are due")
    async def show(interaction: Interaction) -> None:
        await begin(interaction)
        person, now = interaction.user.id, desk.now()
        making = await desk.makers.ready()

        def work() -> Card:
            held = desk.store.cards.all(person)
            return decks_card([(deck, *_counts(making, deck, held, now)) for deck in desk.store.cards.decks(person)])

        await sending.respond(interaction, await desk.kept(work) or say(FAILED), private=True)

    return show


def _drop(desk: Desk) -> Command:
    @app_commands.command(name="drop", description="Drop a deck; what you have learned of it stays")
    @app_commands.describe(deck="Which deck")
    async def drop(interaction: Interaction, deck: app_commands.Range[str, 1, CHOICE]) -> None:
        await begin(interaction)
        person = interaction.user.id
        found = await deck_named(desk, person, deck)
        told = found if isinstance(found, str) else FAILED
        if isinstance(found, KeptDeck) and await desk.kept(lambda: desk.store.cards.drop_deck(person, found.id)):
            told = f"🗑️ The deck **{escape(found.name)}** is gone. Cards of it that you have learned stay."
        await sending.respond(interaction, say(told), private=True)

    completes(desk, drop, "deck")
    return drop


async def keep_answer(desk: Desk, interaction: Interaction, answer: Answer) -> None:
    """A deck of what an answer rests on: the button under a list or an overview."""
    await sending.defer(interaction, private=hidden_here(interaction))
    if answer.query is None or not answer.facts:
        await sending.respond(interaction, say("There is nothing in this answer to learn one by one."), private=True)
        return
    await _keep(desk, interaction, answer.reading or answer.question, origins.of_query(answer.query))


async def keep_round(desk: Desk, interaction: Interaction, round_id: int) -> None:
    """A deck of what somebody answered wrongly in a round of a quiz."""
    await begin(interaction)
    person = interaction.user.id
    keys = await desk.kept(lambda: desk.store.quizzes.misses(round_id, person))
    making = await desk.makers.ready()
    facts = [fact for key in keys or () if (fact := fact_of(key, making.digests))]
    if not facts:
        await sending.respond(interaction, say("You missed nothing in this round that is on file."), private=True)
        return
    day = making.engine.composer.words.date(making.today.isoformat())
    await _keep(desk, interaction, f"Missed in a quiz, {day}", origins.of_facts(facts))


async def _keep(desk: Desk, interaction: Interaction, name: str, origin: Any) -> None:
    """Keep a deck, and say so."""
    person, now = interaction.user.id, desk.now()
    called = fit(clean(name).strip() or "Deck", NAME)
    making = await desk.makers.ready()

    def work() -> tuple[int, int] | None:
        decks = desk.store.cards.decks(person)
        if len(decks) >= MOST and called not in [deck.name for deck in decks]:
            return None
        return desk.store.cards.keep_deck(person, called, origin, now), len(facts_of(making, origin))

    failed = (0, 0)
    came = await desk.kept(lambda: work() or failed)
    if came is None or came == failed:
        full = f"A person has {MOST} decks at most. **/study deck drop** makes room."
        await sending.respond(interaction, say(FAILED if came is None else full), private=True)
        return
    number, facts = came
    told = f"🗂️ **{escape(called)}** is a deck of yours now, of {facts} fact{'' if facts == 1 else 's'}. Facts that are "
    told += "added there later join it, and new cards of yours come from your decks."
    await sending.respond(interaction, Card((Text(told), start_row("Study it now", Scope(deck=number)))), private=True)


Counted = tuple[KeptDeck, int, int, int]


def _counts(making: Making, deck: KeptDeck, held: Sequence[KeptCard], now: datetime.datetime) -> tuple[int, int, int]:
    """How many facts a deck has, and how many cards of them were begun and are due."""
    facts = facts_of(making, deck.origin)
    own = [card for card in held if card.fact in facts and not card.retired and card.last is not None]
    return len(facts), len(own), sum(card.due <= now for card in own)


def decks_card(decks: Sequence[Counted]) -> Card:
    """All decks, and a menu to learn one of them."""
    if not decks:
        told = (
            "You have none yet. **/study deck add** makes one of a topic; *Study these* under a list or an overview, "
        )
        return Card((Text(f"### 🗂️ Your decks\n{told}one of what it lists."),))
    lines = [
        f"- **{fit(escape(deck.name), NAME)}** · {facts} facts · {cards} begun · {due} due"
        for deck, facts, cards, due in decks
    ]
    options = tuple(
        Option(plain(deck.name, OPTION), str(deck.id), f"{due} due, {facts - cards} not begun")
        for deck, facts, cards, due in decks[:MOST]
    )
    menu = Menu(write(Verb.DECK), "Study one of them", options)
    return Card((Text(fit("\n".join(["### 🗂️ Your decks", *lines]), 3800)), menu))
