"""Whatever somebody answers, and whenever, the kept schedule is py-fsrs's own."""

import datetime

from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from bot.state.store import Store
from bot.study.deck import Deck, schedule_of
from bot.study.schedule import Grade, graded, retention, spoken_wait, unseen, waits
from tests.study.makers import Anything

NOW = datetime.datetime(2026, 11, 22, 13, 30, 0, 250_001, tzinfo=datetime.UTC)
ANNA = 268473310986240001

GAPS = st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=900))
ANSWERS = st.lists(st.tuples(st.sampled_from(Grade), GAPS), min_size=1, max_size=12)


@given(ANSWERS)
def test_any_answers_leave_the_schedule_of_fsrs(answers: list[tuple[Grade, datetime.timedelta]]) -> None:
    """Card by card through the database, against a card of the library's own."""
    scheduler, theirs, at = Scheduler(enable_fuzzing=False), Card(card_id=1, due=NOW), NOW
    with Store.open("sqlite://") as store:
        deck = Deck(store.cards, ANNA, Anything(), {"a": "1"})
        deck.add_missed(["a.since"], NOW)
        for grade, gap in answers:
            at += gap
            (before,) = store.cards.all(ANNA)
            assert waits(schedule_of(before), at).keys() == set(Grade)
            assert deck.grade(before, grade, at) is not None
            theirs, _ = scheduler.review_card(theirs, Rating(grade), at)
            (ours,) = store.cards.all(ANNA)
            assert (ours.state, ours.step, ours.due, ours.last) == (
                int(theirs.state), theirs.step, theirs.due, theirs.last_review,
            )  # fmt: skip
            assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
            assert retention(schedule_of(ours), at) == scheduler.get_card_retrievability(theirs, at)
            assert ours.due > at
        assert len(store.cards.reviews(ANNA, NOW)) == len(answers)


@given(ANSWERS)
def test_better_grades_wait_longer(answers: list[tuple[Grade, datetime.timedelta]]) -> None:
    """At any time, whoever knew it better is asked later, or at the same time."""
    schedule, at = unseen(NOW), NOW
    for grade, gap in answers:
        at += gap
        told = list(waits(schedule, at).values())
        assert told[0] <= told[1] <= told[2] <= told[3]
        schedule = graded(schedule, grade, at)


def test_a_clock_set_back_is_no_time() -> None:
    """And never an error."""
    schedule = graded(unseen(NOW), Grade.GOOD, NOW)
    earlier = graded(schedule, Grade.GOOD, NOW - datetime.timedelta(days=3))
    assert earlier == graded(schedule, Grade.GOOD, NOW)


def test_waits_in_words() -> None:
    """One number and one word."""
    said = {10: "1 minute", 60: "1 minute", 600: "10 minutes", 86_400: "1 day", 86_400 * 8: "8 days"}
    said |= {86_400 * 91: "3 months", 86_400 * 1100: "3 years"}
    for seconds, words in said.items():
        assert spoken_wait(datetime.timedelta(seconds=seconds)) == words
