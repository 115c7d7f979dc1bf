"""What a table shows: the cards of what happened there.

Comes in: a desk, a table, an effect of its quiz. Goes out: a card.
"""

from collections.abc import Collection

from bot.discord_app.desk import Desk
from bot.discord_app.parts import Card
from bot.discord_app.studying import quiz_cards
from bot.discord_app.studying.quiz_cards import Place, moment
from bot.discord_app.studying.quiz_ids import Verb, press
from bot.discord_app.studying.quiz_paces import pace_of
from bot.discord_app.studying.quiz_table import Table
from bot.study.events import Ask, Revealed
from bot.study.playing import Rules
from bot.study.topics import topics


def question(desk: Desk, table: Table, effect: Ask) -> Card:
    """A question. Who leads a quiz by hand may also close it."""
    rules = table.quiz.rules
    foot = f"Closes {moment(effect.closes_at)}."
    if rules.players != 1:
        foot += " Your last choice counts."
    more = [press(Verb.REVEAL, "Reveal", effect.number)] if not rules.pause and rules.players != 1 else []
    return quiz_cards.question_card(
        desk.engine, effect.asked, place_of(desk, table, effect.number).head, foot, Verb.PICK, effect.number, more=more
    )  # fmt: skip


def reveal(desk: Desk, table: Table, effect: Revealed, hidden: Collection[int]) -> Card:
    """What is right, and how everybody answered."""
    answer = desk.engine.answer(effect.result.asked.query, desk.today())
    last = effect.number + 1 >= len(table.quiz.questions)
    return quiz_cards.reveal_card(
        desk.engine, answer, place_of(desk, table, effect.number), effect.result, effect.scores, hidden,
        next_at=effect.next_at, last=last,
    )  # fmt: skip


def final(table: Table, hidden: Collection[int], round_id: int | None, desk: Desk) -> Card:
    """The board."""
    quiz, rules = table.quiz, table.quiz.rules
    again = table.again or quiz_cards.again_id(rules.topic, len(quiz.questions), pace_of(rules), strict=rules.strict)
    return quiz_cards.final_card(
        title(desk, table), len(quiz.results), quiz.scores(), hidden, round_id=round_id, again=again, why=table.why
    )  # fmt: skip


def place_of(desk: Desk, table: Table, number: int) -> Place:
    """Which question of how many."""
    return Place(number, len(table.quiz.questions), title(desk, table))


def title(desk: Desk, table: Table) -> str:
    """The topic, as it is read."""
    table.title = table.title or title_of(desk, table.quiz.rules)
    return table.title


def title_of(desk: Desk, rules: Rules) -> str:
    """The title of a topic, by its key; the key itself where the topic is no more."""
    known = {topic.key: topic.title for topic in topics(desk.engine.kb, desk.today())}
    return known.get(rules.topic, rules.topic.rpartition(":")[2])
