"""Buttons and forms of quizzes: told apart by their custom ids alone, however old the message is.

Comes in: an interaction. Goes out: an answer that is taken, a quiz that goes on, a report, cards for who missed
something. Who may is looked at when a button is pressed.
"""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from bot.discord_app import forms, pages, sending
from bot.discord_app.acting import data_of, sees_alone
from bot.discord_app.aliases import Interaction
from bot.discord_app.curating.ids import fact_of
from bot.discord_app.curating.suggesting import propose
from bot.discord_app.desk import Desk
from bot.discord_app.parts import Card
from bot.discord_app.studying import daily_pressing, quiz_cards, study_cards
from bot.discord_app.studying.quiz_ids import Press, Verb, picks_of, print_of, read, write
from bot.discord_app.studying.quiz_starting import may_lead, start_again
from bot.discord_app.studying.quiz_table import Table
from bot.discord_app.views import gone_card
from bot.state.proposals import NewProposal
from bot.study.asked import ORDER
from bot.study.deck import Deck
from bot.study.events import CHANGED, LATE, Answer, Next, Reveal
from bot.study.making import KINDS
from bot.study.playing import ASKING, REVEALED

OVER = "⌛ This question is closed."
NONE_MISSED = "🎯 You missed nothing in this round."
NOT_YOURS = "Only who started the quiz, and moderators, can do that."


async def pressed(desk: Desk, interaction: Interaction) -> None:
    """Act on a button or form, if it is a quiz's."""
    found = read(str(data_of(interaction).get("custom_id", "")))
    if found is None:
        return
    sent = interaction.type is discord.InteractionType.modal_submit
    if not isinstance(found, Press) or (found.verb is Verb.CHALLENGE_FORM) != sent:
        await sending.respond(interaction, gone_card(1), private=True)
        return
    await HANDLERS[found.verb](desk, interaction, found)


def _table(interaction: Interaction) -> Table | None:
    table: Table | None = interaction.client.tables.at(interaction.channel_id or 0)
    return table


async def _pick(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """A choice. Of a question of order, one after the other, in a message that one person sees."""
    table, found = _table(interaction), picks_of(pressed.word)
    if table is None or found is None or not _open(table, pressed.number, found[0]):
        await _tell(interaction, pages.say(OVER))
        return
    asked, picks = table.quiz.questions[pressed.number], found[1]
    if not picks or len(set(picks)) < len(picks) or max(picks) >= len(asked.choices):
        await _tell(interaction, gone_card(1))
        return
    if asked.wanted.sort == ORDER and len(picks) < len(asked.choices):
        if len(picks) + 1 < len(asked.choices):
            await _tell(interaction, quiz_cards.order_card(desk.engine, asked, Verb.PICK, pressed.number, picks))
            return
        picks = (*picks, next(place for place in range(len(asked.choices)) if place not in picks))
    event = Answer(interaction.user.id, pressed.number, picks, interaction.created_at)
    told = await interaction.client.tables.happen(table.channel, event)
    if told in (None, LATE):
        await _tell(interaction, pages.say(OVER))
    elif table.quiz.rules.players == 1 and not sees_alone(interaction):
        await sending.wait(interaction)  # the reveal follows in the same message
    else:
        how = "Changed to" if told == CHANGED else "Taken:"
        chosen = quiz_cards.told_choice(asked, picks)
        still = "" if table.quiz.rules.players == 1 else " Until the time is up you can still change it."
        await _tell(interaction, pages.say(f"☑️ {how} {chosen}.{still}"))


def _open(table: Table, number: int, print_: str) -> bool:
    """Whether a button belongs to the newest question; one that has just been closed may still be answered, by who
    pressed in time."""
    quiz = table.quiz
    return number == quiz.number and print_of(quiz.asked) == print_


async def _tell(interaction: Interaction, card: Card) -> None:
    """Privately: in place of a message that is seen by one person alone, else beside."""
    if sees_alone(interaction):
        await sending.change(interaction, card)
    else:
        await sending.respond(interaction, card, private=True)


async def _lead(_: Desk, interaction: Interaction, pressed: Press) -> None:
    """Reveal, or the next question."""
    table = _table(interaction)
    reveals = pressed.verb is Verb.REVEAL
    phase = ASKING if reveals else REVEALED
    if table is None or table.quiz.number != pressed.number or table.quiz.phase != phase:
        await sending.respond(interaction, pages.say("The quiz has gone on already."), private=True)
    elif not may_lead(interaction, table):
        await sending.respond(interaction, pages.say(f"🚫 {NOT_YOURS}"), private=True)
    else:
        await interaction.client.tables.happen(table.channel, Reveal() if reveals else Next())
        await sending.wait(interaction)


async def _challenge(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The form for what is wrong with an answer."""
    if not _challenged(desk, pressed.word)[1]:
        await sending.respond(interaction, gone_card(), private=True)
        return
    await sending.ask_for(interaction, forms.challenge_form(write(Verb.CHALLENGE_FORM, 0, pressed.word)))


async def _challenged_form(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The form, filled in: a report on the fact, with the question as it was asked."""
    kind, fact = _challenged(desk, pressed.word)
    data = data_of(interaction)
    text, source = forms.report_of(data)
    making = desk.makers.now()
    asked = await asyncio.to_thread(making.maker.again, f"{fact}.{kind}", interaction.client.tables.rng)
    about = f"[Quiz: {asked.text} → {asked.answer}] {text}" if asked else f"[Quiz] {text}"
    new = NewProposal(
        "report", about, source, (fact,) if fact else (), proposer_id=interaction.user.id,
        guild_id=interaction.guild_id, channel_id=interaction.channel_id,
        tell=forms.tell_of(data, interaction.guild_id),
    )  # fmt: skip
    await propose(desk, interaction, new)


def _challenged(desk: Desk, word: str) -> tuple[str, str]:
    """The kind of question and the fact that a button is about; an empty fact where it is not on file any more."""
    kind = next((kind for kind in sorted(KINDS, key=len, reverse=True) if word.startswith(f"{kind}.")), "")
    return kind, fact_of(desk.engine.kb, word[len(kind) + 1 :]) if kind else ""


async def _missed(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """What somebody answered wrongly joins their cards."""
    await sending.defer(interaction, private=True)
    person, now = interaction.user.id, desk.now()
    making = await desk.makers.ready()

    def work() -> tuple[int, int]:
        keys = desk.store.quizzes.misses(pressed.number, person)
        deck = Deck(desk.store.cards, person, making.maker, dict(making.digests))
        return len(keys), deck.add_missed(keys, now)

    came = await desk.kept(work)
    card = pages.say("⚠️ That could not be kept. Please try again later.")
    if came is not None:
        card = study_cards.missed_card(*came, pressed.number) if came[0] else pages.say(NONE_MISSED)
    await sending.respond(interaction, card, private=True)


HANDLERS: dict[Verb, Callable[[Desk, Interaction, Press], Awaitable[None]]] = {
    Verb.PICK: _pick, Verb.REVEAL: _lead, Verb.NEXT: _lead, Verb.CHALLENGE: _challenge,
    Verb.CHALLENGE_FORM: _challenged_form, Verb.MISSED: _missed, Verb.AGAIN: start_again,
    Verb.DAILY: daily_pressing.pick,
}  # fmt: skip
