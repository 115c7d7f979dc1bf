"""How somebody is doing, as figures and in words: what is due, what is learned, what is kept in mind.

Comes in: a person's cards and grades, and the time. Goes out: numbers, by day and by week. The picture of them is
`picture.py`'s.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.state.deck import KeptCard, Review
from bot.study.deck import schedule_of
from bot.study.schedule import KNOWN, Grade, retention

AHEAD = 14  # days of which is told how much will be due
BACK = 84  # days of which is told how much was learned; twelve weeks


@dataclass(frozen=True, slots=True)
class Progress:
    """`due` is what is due now; `ahead` how many cards come due on each of the next days, today first, with what is
    overdue in it. `learned` are the days on which something changed and how many cards were learned by then.

    `kept` holds, by the Monday of each week with grades of learned cards, the share that was known and of how many.
    `mind` is how likely, on the average of the learned cards, the answer is known now; None without any.
    """

    day: datetime.date
    cards: int
    due: int
    learning: int
    known: int
    missed: int
    ahead: tuple[int, ...]
    learned: tuple[tuple[datetime.date, int], ...]
    kept: tuple[tuple[datetime.date, float, int], ...]
    mind: float | None


def progress(
    cards: Sequence[KeptCard], reviews: Sequence[Review], now: datetime.datetime, zone: datetime.tzinfo = datetime.UTC
) -> Progress:
    """The figures of a person, by the days of a zone. `reviews` are those of the last BACK days, oldest first."""
    today = now.astimezone(zone).date()
    asked = [c for c in cards if not c.retired and c.last is not None]
    known = [c for c in asked if c.state == KNOWN]
    ahead = [0] * AHEAD
    for card in asked:
        wait = max(0, (card.due.astimezone(zone).date() - today).days)
        if wait < AHEAD:
            ahead[wait] += 1
    sure = [retention(schedule_of(c), now) for c in known]
    return Progress(
        today, len(asked), sum(c.due <= now for c in asked), len(asked) - len(known), len(known),
        sum(c.missed_at is not None for c in asked), tuple(ahead), _learned(known, reviews, today, zone),
        _kept(reviews, zone), sum(sure) / len(sure) if sure else None,
    )  # fmt: skip


def _learned(
    known: Sequence[KeptCard], reviews: Sequence[Review], today: datetime.date, zone: datetime.tzinfo
) -> tuple[tuple[datetime.date, int], ...]:
    """How many cards were learned by each day: today's number, and back from it grade by grade."""
    held = {c.key for c in known}
    counts = {today: len(held)}
    for review in reversed(reviews):
        day = review.at.astimezone(zone).date()
        counts.setdefault(day, len(held))
        if review.was == KNOWN:
            held.add(review.key)
        else:
            held.discard(review.key)
        counts[day - datetime.timedelta(days=1)] = len(held)
    first = today - datetime.timedelta(days=BACK)
    return tuple(sorted((day, count) for day, count in counts.items() if day >= first))


def _kept(reviews: Sequence[Review], zone: datetime.tzinfo) -> tuple[tuple[datetime.date, float, int], ...]:
    weeks: dict[datetime.date, list[bool]] = {}
    for review in reviews:
        if review.was == KNOWN:
            day = review.at.astimezone(zone).date()
            monday = day - datetime.timedelta(days=day.weekday())
            weeks.setdefault(monday, []).append(review.grade > Grade.AGAIN)
    return tuple((week, sum(right) / len(right), len(right)) for week, right in sorted(weeks.items()))


def in_words(p: Progress) -> str:
    """The same as the picture, in a few sentences, for whoever cannot see it."""
    if not p.cards:
        return "No cards yet. The first ones come with the next question."
    told = [f"{_many(p.cards, 'card')}: {p.known} learned, {p.learning} still being learned."]
    tomorrow, week = p.ahead[1], sum(p.ahead[1:8])
    told.append(f"{p.due} due now, {tomorrow} tomorrow, {week} within the seven days after today.")
    if p.missed:
        told.append(f"{p.missed} missed the last time.")
    day, count = p.learned[0]
    if count != p.known:
        told.append(f"Learned since {day.day} {day:%B %Y}: from {count} to {p.known}.")
    if p.kept:
        right, of = round(sum(share * n for _, share, n in p.kept)), sum(n for _, _, n in p.kept)
        told.append(f"Of {_many(of, 'answer')} to learned cards, {right} were right ({right / of:.0%}).")
    if p.mind is not None:
        told.append(f"By the schedule, {p.mind:.0%} of what is learned is in mind now.")
    return " ".join(told)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
