"""What changed in the facts is noticed by what they say, whoever changed them and while the bot ran or not."""

import datetime

from bot.state.store import Store
from tests.state.conftest import NOW

LATER = NOW + datetime.timedelta(days=1)


def changes(store: Store, since: datetime.datetime) -> list[tuple[str, str]]:
    """The noted changes as pairs."""
    return [(change.fact, change.change) for change in store.fact_changes(since)]


def test_the_first_facts_are_no_change(store: Store) -> None:
    """Else a new bot would say that everything is new."""
    assert store.note_facts({"a": "1", "b": "1"}, NOW) == {}
    assert changes(store, NOW) == []


def test_what_differs_is_noted_once(store: Store) -> None:
    """Added, corrected, removed; what stays the same is no change, and keeps when it last changed."""
    store.note_facts({"a": "1", "b": "1", "c": "1"}, NOW)
    assert store.note_facts({"a": "1", "b": "2", "d": "1"}, NOW) == {"corrected": 1, "added": 1, "removed": 1}
    assert store.note_facts({"a": "1", "b": "2", "d": "1"}, LATER) == {}
    assert changes(store, NOW) == [("b", "corrected"), ("c", "removed"), ("d", "added")]
    assert changes(store, LATER) == []


def test_what_comes_back_was_added(store: Store) -> None:
    """A fact that was removed by mistake."""
    store.note_facts({"a": "1", "b": "1"}, NOW)
    store.note_facts({"a": "1"}, NOW)
    assert store.note_facts({"a": "1", "b": "1"}, LATER) == {"added": 1}
    assert changes(store, NOW) == [("b", "added")]
