"""The cards of the question of the day: the question, with what came of the one before; and the reveal, for one person.

Comes in: what was asked, and who answered what. Goes out: Cards within Discord's limits. Must not know: when it is due.
"""

import datetime
from collections.abc import Collection, Sequence

from bot.discord_app.card import BLUE, GREEN, RED
from bot.discord_app.escape import escape
from bot.discord_app.limits import fit
from bot.discord_app.parts import Block, Card, Rule, Text, held
from bot.discord_app.studying import boards, quiz_cards
from bot.discord_app.studying.quiz_ids import Verb
from bot.engine import Engine
from bot.state.dailies import KeptStreak
from bot.study.asked import Asked

Given = Sequence[tuple[int, tuple[int, ...], bool]]  # person, picks, whether right; as the state has them
_BACK = 500


def day_card(engine: Engine, asked: Asked, day: datetime.date, before: Sequence[Block] = ()) -> Card:
    """The question of a day, below what came of the one before."""
    words = engine.composer.words
    head = f"-# Question of the day · {words.date(day.isoformat())}"
    foot = "Your first answer counts, and only you see whether it is right. For all it is told with the next question."
    made = quiz_cards.question_card(engine, asked, head, foot, Verb.DAILY, day.toordinal())
    above = (*before, Rule()) if before else ()
    blocks = (*above, *made.blocks)
    return Card(blocks, BLUE)


def came_of(
    asked: Asked, given: Given, streaks: Sequence[KeptStreak], hidden: Collection[int]
) -> list[Block]:  # fmt: skip
    """What came of the question before: the answer, how many were right, and the longest streaks."""
    right = [person for person, _, is_right in given if is_right]
    lines = [f"-# The question before: {fit(escape(asked.text), 300)}", fit(f"✅ {escape(asked.back)}", _BACK)]
    if not given:
        lines.append("Nobody answered it.")
    elif not right:
        lines.append(f"None of {len(given)} had it right.")
    else:
        lines.append(f"{boards.names(right, hidden)} had it right, of {len(given)}")
    told = streak_line(streaks, hidden)
    return [Text("\n".join(filter(None, [*lines, told])))]


def streak_line(streaks: Sequence[KeptStreak], hidden: Collection[int], most: int = 5) -> str:
    """The longest streaks that are on, on one line; those of one day are none."""
    shown = [streak for streak in streaks if streak.person not in hidden and streak.days > 1][:most]
    told = " · ".join(f"{boards.mention(streak.person)} {streak.days} days" for streak in shown)
    return f"🔥 {told}" if told else ""


def closed_card(engine: Engine, asked: Asked, day: datetime.date, given: Given, today: datetime.date) -> Card:
    """A question of a day that is over, in place of its buttons."""
    answer = engine.answer(asked.query, today)
    head = f"-# Question of the day · {engine.composer.words.date(day.isoformat())} · closed"
    blocks = quiz_cards.told_answer(engine, answer, head, asked, counts(asked, given), len(given))
    blocks.append(quiz_cards.evidence_row(answer, asked))
    made = tuple(blocks)
    return Card(made, None, held(made, {0: answer.query}))


def reveal_card(
    engine: Engine, asked: Asked, today: datetime.date, own: tuple[int, ...], given: Given, streak: int, *, first: bool
) -> Card:  # fmt: skip
    """What is right, for somebody who has answered; `first` is False where they had answered before."""
    right = own == asked.right
    answer = engine.answer(asked.query, today)
    told = "### ✅ Right!" if right else f"### ❌ Not quite: you chose {quiz_cards.told_choice(asked, own)}"
    if not first:
        told = f"### You have answered: {quiz_cards.told_choice(asked, own)} {'✅' if right else '❌'}"
    lines = [told]
    if streak > 1:
        lines.append(f"🔥 **{streak} days** in a row. One missed day is forgiven.")
    blocks: list[Block] = [Text("\n".join(lines)), Rule()]
    blocks += quiz_cards.told_answer(engine, answer, "-# Question of the day", asked, counts(asked, given), len(given))
    blocks.append(quiz_cards.evidence_row(answer, asked))
    made = tuple(blocks)
    return Card(made, GREEN if right else RED, held(made, {0: answer.query}))


def counts(asked: Asked, given: Given) -> tuple[int, ...]:
    """How many chose each of the choices."""
    singles = [picks[0] for _, picks, _ in given if len(picks) == 1]
    return tuple(singles.count(place) for place in range(len(asked.choices)))
