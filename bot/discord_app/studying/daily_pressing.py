"""Answers to the question of the day: the first one of a person counts, and only they see what is right.

Comes in: an interaction of a button. Goes out: an answer that is kept, a streak, a private reveal.
"""

import datetime
from dataclasses import dataclass

from bot.discord_app import acting, pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.parts import Card
from bot.discord_app.studying import daily_cards, quiz_cards
from bot.discord_app.studying.daily_posting import asked_before
from bot.discord_app.studying.quiz_ids import Press, Verb, picks_of, print_of
from bot.discord_app.views import gone_card
from bot.state.dailies import Daily
from bot.study import daily
from bot.study.asked import ORDER, Asked

OVER = "⌛ This was the question of another day. Today's is further down in this channel."
CHANGED = "✏️ The facts behind this question have changed since it was asked, so it does not count any more."


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of an answer."""

    first: bool
    own: tuple[int, ...]
    given: list[tuple[int, tuple[int, ...], bool]]
    streak: int


async def pick(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """A choice."""
    channel, person, found = interaction.channel_id or 0, interaction.user.id, picks_of(pressed.word)
    one = await desk.kept(lambda: desk.store.dailies.get(channel), PROMPT)
    asked = asked_before(one) if one else None
    if (
        one is None
        or one.asked_on is None
        or asked is None
        or found is None
        or not _same(one, asked, pressed, found[0])
    ):
        await _tell(interaction, pages.say(OVER))
        return
    picks = found[1]
    if not picks or len(set(picks)) < len(picks) or max(picks) >= len(asked.choices):
        await _tell(interaction, gone_card(1))
        return
    if not asked.back.startswith(desk.engine.answer(asked.query, datetime.date.fromisoformat(asked.day)).text):
        await _tell(interaction, pages.say(CHANGED))
        return
    if asked.wanted.sort == ORDER and len(picks) < len(asked.choices):
        if len(picks) + 1 < len(asked.choices):
            await _tell(interaction, quiz_cards.order_card(desk.engine, asked, Verb.DAILY, pressed.number, picks))
            return
        picks = (*picks, next(place for place in range(len(asked.choices)) if place not in picks))
    day, at = one.asked_on, interaction.created_at
    came = await desk.kept(lambda: _kept(desk, channel, day, person, picks, asked, at), PROMPT)
    if came is None:
        await _tell(interaction, pages.say("⚠️ Your answer could not be kept. Please try again."))
        return
    card = daily_cards.reveal_card(
        desk.engine, asked, desk.today(), came.own, came.given, came.streak, first=came.first
    )  # fmt: skip
    await acting.shown(desk, interaction, card)


def _same(one: Daily, asked: Asked, pressed: Press, print_: str) -> bool:
    return one.asked_on is not None and one.asked_on.toordinal() == pressed.number and print_of(asked) == print_


def _kept(
    desk: Desk, channel: int, day: datetime.date, person: int, picks: tuple[int, ...], asked: Asked,
    at: datetime.datetime,
) -> _Came:  # fmt: skip
    """Keep an answer and the streak that it makes. Works on the state."""
    dailies = desk.store.dailies
    first = dailies.answer(channel, day, person, picks, picks == asked.right, at)
    streak = dailies.streak(channel, person)
    if first:
        streak = daily.streak_after(streak, person, day)
        dailies.keep_streak(channel, streak)
    given = dailies.answers(channel, day)
    own = next((one for who, one, _ in given if who == person), picks)
    return _Came(first, own, given, daily.days_now(streak, day) if streak else 0)


async def _tell(interaction: Interaction, card: Card) -> None:
    if acting.sees_alone(interaction):
        await sending.change(interaction, card)
    else:
        await sending.respond(interaction, card, private=True)
