"""What comes up next, what a changed fact does, and where the facts of a deck come from."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.choices import list_kinds, overview_query
from bot.engine import Engine
from bot.knowledge.base import KnowledgeBase
from bot.state.store import Store
from bot.study import origins
from bot.study.basis import Asker
from bot.study.deck import NEW_A_DAY, Deck, Shown, said
from bot.study.making import Maker
from bot.study.schedule import Grade
from bot.study.topics import facts_of
from tests.study.makers import Anything, chance

NOW = datetime.datetime(2026, 11, 22, 13, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
ANNA, BORIS = 268473310986240001, 412347257233604609
FACTS = {f"f{n}": "1" for n in range(30)}


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory."""
    with Store.open("sqlite://") as opened:
        yield opened


def deck(store: Store, digests: dict[str, str] = FACTS, never: tuple[str, ...] = (), who: int = ANNA) -> Deck:
    """Somebody's deck of facts that say so."""
    return Deck(store.cards, who, Anything(never), digests)


def up(held: Deck, at: datetime.datetime = NOW, facts: set[str] | None = None, *, missed: bool = False) -> Shown | None:
    """The card that is up."""
    return held.next(at, chance(1), facts, missed=missed)


def learn(held: Deck, grade: Grade = Grade.EASY, at: datetime.datetime = NOW) -> Shown:
    """See the card that is up and grade it."""
    shown = up(held, at)
    assert shown is not None
    assert held.grade(shown.card, grade, at) is not None
    return shown


def test_new_ones_come_one_by_one_and_end_for_the_day(store: Store) -> None:
    """Each of another fact; the next day goes on, and who wants more gets more."""
    held = deck(store)
    seen = {learn(held).card.fact for _ in range(NEW_A_DAY)}
    assert len(seen) == NEW_A_DAY
    assert up(held) is None
    assert held.next(NOW, chance(1), more=True) is not None
    tomorrow = up(held, NOW + DAY)
    assert tomorrow is not None
    assert tomorrow.new
    assert tomorrow.card.fact not in seen


def test_a_card_that_is_up_stays_up_until_it_is_graded(store: Store) -> None:
    """Asking again shows the same; a second click on a grade counts for nothing."""
    held = deck(store)
    first, second = up(held), up(held)
    assert first is not None
    assert second is not None
    assert first.card.key == second.card.key
    assert held.grade(first.card, Grade.GOOD, NOW) is not None
    assert held.grade(first.card, Grade.AGAIN, NOW) is None
    assert len(store.cards.reviews(ANNA, NOW)) == 1


def test_what_is_due_comes_first(store: Store) -> None:
    """Before new ones, and only when it is due; only of the deck that is open."""
    held = deck(store)
    one = learn(held, Grade.AGAIN)
    assert [card.key for card in held.due(NOW)] == []
    again = up(held, NOW + DAY)
    assert again is not None
    assert (again.card.key, again.new) == (one.card.key, False)
    other = up(held, NOW + DAY, {"f1", "f2"} - {one.card.fact})
    assert other is not None
    assert other.card.fact in ("f1", "f2")


def test_everybody_has_cards_of_their_own(store: Store) -> None:
    """What one learns is no matter of another's."""
    learn(deck(store))
    assert store.cards.all(BORIS) == []
    assert deck(store, who=BORIS).due(NOW + 9 * DAY) == []


def test_only_what_was_missed(store: Store) -> None:
    """Missed here or in a quiz, until it is known."""
    held = deck(store)
    learn(held, Grade.EASY)
    missed = learn(held, Grade.AGAIN)
    other = next(fact for fact in FACTS if fact not in {card.fact for card in store.cards.all(ANNA)})
    assert held.add_missed([f"{other}.name.subject", "gone.since", "odd"], NOW) == 1
    assert {card.fact for card in held.due(NOW, missed=True)} == {missed.card.fact, other}
    for _ in range(2):
        shown = up(held, NOW, missed=True)
        assert shown is not None
        held.grade(shown.card, Grade.GOOD, NOW)
    assert up(held, NOW, missed=True) is None


def test_missed_in_a_quiz_is_due_even_if_it_was_learned(store: Store) -> None:
    """A card that waits for months comes up at once."""
    held = deck(store)
    known = learn(held)
    assert held.add_missed([known.card.key], NOW + DAY) == 0
    assert [card.key for card in held.due(NOW + DAY)] == [known.card.key]


def test_a_changed_fact_comes_up_at_once_and_says_so(store: Store) -> None:
    """Before what else is due, until it was seen; one that nobody was asked yet says nothing."""
    held = deck(store)
    known, late = learn(held), learn(held, Grade.AGAIN)
    waiting = up(held)
    assert waiting is not None
    changed = {**FACTS, known.card.fact: "2", waiting.card.fact: "2"}
    after = deck(store, changed)
    at = NOW + DAY
    assert [card.key for card in after.due(at)] == [known.card.key, late.card.key]
    shown = up(after, at)
    assert shown is not None
    assert (shown.card.key, shown.changed_at) == (known.card.key, at)
    assert after.grade(shown.card, Grade.GOOD, at) is not None
    learn(after, Grade.EASY, at)
    fresh = up(after, at)
    assert fresh is not None
    assert (fresh.card.key, fresh.changed_at) == (waiting.card.key, None)


def test_one_sweep_for_everybody(store: Store) -> None:
    """What the bot does when the facts change: all cards of all people, at once."""
    for who in (ANNA, BORIS):
        learn(deck(store, {"a": "1"}, who=who))
    assert store.cards.note_changes({"a": "2"}, NOW) == {"changed": 2, "retired": 0}
    assert store.cards.note_changes({"a": "2"}, NOW) == {"changed": 0, "retired": 0}
    assert store.cards.note_changes({}, NOW) == {"changed": 0, "retired": 2}
    assert [card.retired for card in store.cards.all(BORIS)] == [True]


def test_a_fact_that_is_gone_is_asked_no_more_and_may_come_back(store: Store) -> None:
    """Its card keeps what was learned of it."""
    held = deck(store, {"a": "1"})
    learn(held, Grade.GOOD)
    assert up(deck(store, {}), NOW + 90 * DAY) is None
    (kept,) = store.cards.all(ANNA)
    assert kept.retired
    back = up(deck(store, {"a": "1"}), NOW + 90 * DAY)
    assert back is not None
    assert (back.card.key, back.card.last, back.card.retired) == (kept.key, kept.last, False)


def test_a_question_that_cannot_be_asked_today_sleeps(store: Store) -> None:
    """Its card is passed over, and keeps its schedule for the day on which it can be asked again."""
    shown = learn(deck(store, {"a": "1"}), Grade.AGAIN)
    asleep = deck(store, {"a": "1", "b": "1"}, never=(shown.card.fact,))
    assert not asleep.wakes(NOW + DAY)
    other = up(asleep, NOW + DAY)
    assert other is not None
    assert other.card.fact == "b"
    assert asleep.due(NOW + DAY) == []
    awake = deck(store, {"a": "1", "b": "1"})
    assert awake.wakes(NOW + DAY)
    assert [card.key for card in awake.due(NOW + DAY)] == [shown.card.key]


@given(st.lists(st.tuples(st.sampled_from(Grade), st.integers(0, 40)), max_size=25), st.integers(0, 2**16))
def test_no_order_of_visits_loses_or_doubles_a_card(visits: list[tuple[Grade, int]], seed: int) -> None:
    """Each card once, none due and unseen at the same time, never one that was not asked for."""
    rng, at = chance(seed), NOW
    with Store.open("sqlite://") as store:
        for number, (grade, hours) in enumerate(visits):
            at += datetime.timedelta(hours=hours)
            held = deck(store, {f"f{n}": str(number // 8 if n == 3 else 1) for n in range(6)})
            shown = held.next(at, rng)
            if shown is not None:
                assert shown.card.last is None or shown.card.due <= at
                assert held.grade(shown.card, grade, at) is not None
        cards = store.cards.all(ANNA)
        assert len({card.fact for card in cards}) == len(cards) <= 6
        assert len(store.cards.reviews(ANNA, NOW)) <= len(visits)


def test_being_looked_up_again_is_no_change(toy_engine: Engine) -> None:
    """Only what a fact says counts."""
    rows = _rows(toy_engine)
    before = said(KnowledgeBase(rows, "1"))
    rows["facts"][0] = {**rows["facts"][0], "as_of": "2026-06"}
    assert said(KnowledgeBase(rows, "2")) == before
    rows["facts"][0] = {**rows["facts"][0], "since": "2001"}
    after = said(KnowledgeBase(rows, "3"))
    assert {id_ for id_ in before if before[id_] != after[id_]} == {rows["facts"][0]["id"]}


def _rows(engine: Engine) -> dict[str, Any]:
    kb = engine.kb
    return {
        "entities": dict(kb.entity_rows), "relations": {}, "kinds": {}, "shared": {}, "intents": [], "coverages": [],
        "sources": {}, "facts": [dict(row) for row in kb._rows], "reasons": dict(kb._reasons),
    }  # fmt: skip


def test_decks_from_everywhere(engine: Engine, today: datetime.date, store: Store) -> None:
    """A topic, a list, an overview, what was missed; kept under names, looked up anew each time."""

    def topics(key: str) -> tuple[str, ...]:
        return facts_of(engine.kb, key, today)

    kind = next(kind for kind in list_kinds(engine) if kind.key == "recognition object")
    overview = overview_query(engine, "pakistan", "india")
    assert overview is not None
    for origin, one in (
        (origins.of_topic("relation:embassy"), "embassy"), (origins.of_query(kind.query("kosovo")), "recognition"),
        (origins.of_query(overview), "india"), (origins.of_facts(["position-turkey-kashmir", "gone"]), "position"),
    ):  # fmt: skip
        store.cards.keep_deck(ANNA, "mine", origin, NOW)
        (kept,) = store.cards.decks(ANNA)
        found = origins.facts_of(engine, kept.origin, today, topics)
        assert found, origin
        assert all(fact in engine.kb for fact in found)
        assert any(one in fact for fact in found) or one == "position"
    for strange in (None, {}, {"new": 1}, {"query": {"relation": "none"}}, {"query": 3}, {"topic": "no"}, {"facts": 1}):
        assert origins.facts_of(engine, strange, today, topics) == ()
    assert store.cards.drop_deck(ANNA, kept.id)
    assert not store.cards.drop_deck(BORIS, kept.id)


def test_with_the_facts_themselves(engine: Engine, today: datetime.date, store: Store) -> None:
    """A visit with real questions: they come from the deck, have one right choice and are the same when they return."""
    maker, digests = Maker(Asker(engine, today)), said(engine.kb)
    facts = set(facts_of(engine.kb, "entity:kosovo", today))
    held = Deck(store.cards, ANNA, maker, digests)
    shown = [learn_real(held, facts) for _ in range(5)]
    assert all(one.card.fact in facts and len(one.asked.right) == 1 for one in shown)
    for one in shown:
        again = held.next(NOW + 9 * DAY, chance(2), {one.card.fact}, missed=True)
        assert again is not None
        assert again.asked == one.asked


def learn_real(held: Deck, facts: set[str]) -> Shown:
    """A card of these facts, missed."""
    shown = held.next(NOW, chance(3), facts)
    assert shown is not None
    assert held.grade(shown.card, Grade.AGAIN, NOW)
    return shown
