"""The buttons of who learns alone: told apart by their custom ids alone, however old the message is.

Comes in: an interaction. Goes out: the next card, an answer, a picture: to who pressed, about their own cards, and in
place of the message where nobody else sees it.
"""

from collections.abc import Callable

import discord

from bot.discord_app import asking, sending
from bot.discord_app.acting import begin, data_of
from bot.discord_app.aliases import Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.pages import say
from bot.discord_app.parts import Card
from bot.discord_app.studying import progress_card, study_cards, study_decks
from bot.discord_app.studying.study_ids import Held, Press, Scope, Verb, held_of, read, scope_of
from bot.discord_app.studying.study_session import Done, Session, Up
from bot.discord_app.views import gone_card
from bot.study.schedule import Grade

FAILED = "⚠️ Your cards could not be read. Please try again later."
NO_WORDS = "📭 This knowledge base has no words for questions, so there is nothing to learn here."


async def pressed(desk: Desk, interaction: Interaction) -> None:
    """Act on a button, if it is one of these."""
    found = read(str(data_of(interaction).get("custom_id", "")))
    if found is None:
        return
    try:
        if isinstance(found, Press) and found.verb is Verb.ROUND and found.number:
            await study_decks.keep_round(desk, interaction, found.number)
            return
        if not isinstance(found, Press) or interaction.type is not discord.InteractionType.component:
            raise ValueError("not understood")
        work = _meant(interaction, found)
    except ValueError:
        await sending.respond(interaction, gone_card(1), private=True)
        return
    await begin(interaction)
    if work is None:
        await progress_card.show(desk, interaction)
    else:
        scope, make = work
        await show(desk, interaction, scope, make)


Make = Callable[[Session], Card]


def _meant(interaction: Interaction, found: Press) -> tuple[Scope, Make] | None:
    """In which session, and what card comes of it; None for the progress. Raises ValueError for what makes no sense."""
    verb = found.verb
    if verb is Verb.PROGRESS:
        return None
    if verb is Verb.DECK:
        chosen = data_of(interaction).get("values")
        return Scope(deck=int(chosen[0] if isinstance(chosen, list) and chosen else "")), next_card
    if verb is Verb.NEXT:
        return scope_of(found.word), next_card
    held = held_of(found.word)
    if verb is Verb.GRADE:
        grade = Grade(found.number)
        return held.scope, lambda session: _graded(session, held, grade)
    if verb is Verb.DROP:
        return held.scope, lambda session: _dropped(session, held)
    picked = found.number if verb is Verb.CHOOSE else None
    return held.scope, lambda session: _answered(session, held, picked)


async def show(desk: Desk, interaction: Interaction, scope: Scope, make: Make) -> None:
    """Fill in what was begun with the card that comes of a session."""
    making = await desk.makers.ready()
    if not making.there:
        await sending.respond(interaction, say(NO_WORDS), private=True)
        return
    person, now, rng = interaction.user.id, desk.now(), interaction.client.tables.rng
    card = await desk.kept(lambda: make(Session(desk, making, person, scope, now, rng)))
    sent = await sending.respond(interaction, card or say(FAILED), private=True)
    if sent is not None and card is not None:
        await asking.hold(desk, person, card, sent)


# --- what comes of a session; all of it within `Desk.kept`


def next_card(session: Session) -> Card:
    """The card that is up, or that there is none now."""
    came = session.next()
    if isinstance(came, Up):
        return study_cards.question_card(session.making.engine, came)
    return study_cards.done_card(came) if isinstance(came, Done) else study_cards.gone_card()


def _answered(session: Session, held: Held, picked: int | None) -> Card:
    """The answer with its grades; of a question that was changed meanwhile, the question as it is now."""
    if not session.holds(held):
        return study_cards.gone_card(study_cards.NOT_YOURS)
    up = session.asked(held)
    if up is None or (picked is not None and picked >= len(up.shown.asked.choices)):
        return next_card(session)
    return study_cards.answer_card(session.making.engine, up, picked, session.making.today)


def _graded(session: Session, held: Held, grade: Grade) -> Card:
    """What is next; a card that was graded already is not graded again."""
    if not session.holds(held):
        return study_cards.gone_card(study_cards.NOT_YOURS)
    session.grade(held, grade)
    return next_card(session)


def _dropped(session: Session, held: Held) -> Card:
    """What is next, after a card that is not to be asked again."""
    if not session.holds(held):
        return study_cards.gone_card(study_cards.NOT_YOURS)
    session.drop(held)
    return next_card(session)
