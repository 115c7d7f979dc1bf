"""What is kept of what people learn: told, exported, forgotten, and pruned."""

import datetime
import json
from pathlib import Path

from bot.state.deck import REVIEW_DAYS, KeptCard
from bot.state.store import Store
from tests.state.conftest import ANNA, BORIS, NOW, STUDIED, card, study
from tests.state.test_person import traces


def test_a_card_is_kept_as_it_is(store: Store) -> None:
    """To the last bit of its figures, which the schedule rests on."""
    study(store, ANNA)
    kept = store.cards.get(ANNA, "f.since")
    assert kept == KeptCard("f.since", "f", "since", "1", 2, None, 0.1 + 0.2, 5.5, NOW, NOW, NOW, NOW, NOW)
    assert store.cards.get(BORIS, "f.since") is None


def test_graded_once(store: Store) -> None:
    """Who grades what was graded meanwhile changes nothing."""
    study(store, ANNA)
    assert not store.cards.grade(ANNA, card(), card(), 1, NOW)
    assert [(r.grade, r.was, r.became) for r in store.cards.reviews(ANNA, NOW)] == [(3, 1, 2)]


def test_told_exported_and_forgotten(filed: Store, path: Path) -> None:
    """All of it, to the last byte; another's stays."""
    for user in (ANNA, BORIS):
        study(filed, user)
    told = filed.about(ANNA)
    assert [len(told[name]) for name in STUDIED] == [1, 1, 1, 1]
    assert told["study_cards"][0]["stability"] == 0.1 + 0.2
    assert told["study_reminders"][0]["zone"] == "Europe/Berlin"
    assert json.loads(filed.export(ANNA))["study_decks"] == told["study_decks"]
    counts = filed.forget(ANNA)
    assert {name: counts[name] for name in STUDIED} == dict.fromkeys(STUDIED, 1)
    assert [filed.about(ANNA)[name] for name in STUDIED] == [[]] * 4
    assert [len(filed.about(BORIS)[name]) for name in STUDIED] == [1] * 4
    filed.close()
    assert traces(path, ANNA) == []
    assert traces(path, BORIS)


def test_old_grades_go_and_schedules_stay(store: Store) -> None:
    """The picture looks back some months; the schedule needs no grade."""
    study(store, ANNA)
    store.prune(NOW + datetime.timedelta(days=REVIEW_DAYS))
    assert store.cards.reviews(ANNA, NOW)
    assert store.prune(NOW + datetime.timedelta(days=REVIEW_DAYS, seconds=1))["reviews"] == 1
    assert store.cards.reviews(ANNA, NOW) == []
    assert store.cards.get(ANNA, "f.since") is not None


def test_decks_by_name(store: Store) -> None:
    """A name is one deck's; who keeps another one under it replaces it."""
    one = store.cards.keep_deck(ANNA, "mine", {"topic": "a"}, NOW)
    assert store.cards.keep_deck(ANNA, "mine", {"topic": "b"}, NOW) == one
    store.cards.keep_deck(BORIS, "mine", {"topic": "c"}, NOW)
    assert [(deck.id, deck.origin) for deck in store.cards.decks(ANNA)] == [(one, {"topic": "b"})]


def test_cards_dropped(store: Store) -> None:
    """One's own alone."""
    for user in (ANNA, BORIS):
        store.cards.add(user, [card(), card("g.since")])
    assert store.cards.remove(ANNA, ["f.since", "none"]) == 1
    assert [kept.key for kept in store.cards.all(ANNA)] == ["g.since"]
    assert len(store.cards.all(BORIS)) == 2
