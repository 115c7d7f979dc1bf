"""Queries kept as JSON and counted as texts."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import Engine
from bot.knowledge.dates import Span
from bot.questions.query import At, Query
from bot.state.queries import query_from_json, query_key, query_to_json

words = st.sampled_from(["", "a", "b", "é", "sahrawi-republic"])
places = st.none() | st.lists(words, max_size=2).map(tuple)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
times = st.none() | st.builds(At, words, st.builds(Span, days, days), st.sampled_from(["in", "by"]))
queries = st.builds(
    Query, words, st.sampled_from(["whether", "which"]), places, places,
    narrows=st.dictionaries(words, words, max_size=2), at=times, ever=st.booleans(), negated=st.booleans(),
    premise=st.booleans(), detail=st.none() | words, date=st.sampled_from(["since", "until"]), minus=places, rule=words,
    named=st.none() | words, pick=st.none() | words, among=st.none() | words, change=st.none() | words,
)  # fmt: skip


@given(queries)
def test_a_query_comes_back_as_it_was(query: Query) -> None:
    """Through JSON and all."""
    assert query_from_json(json.loads(json.dumps(query_to_json(query)))) == query


@given(queries, queries)
def test_equal_keys_are_equal_questions(one: Query, other: Query) -> None:
    """No more, and no less: what is counted together is what `Query.key` calls the same."""
    assert (query_key(one) == query_key(other)) == (one.key() == other.key())


@given(queries, st.booleans(), words)
def test_what_does_not_matter_is_not_in_the_key(query: Query, ever: bool, rule: str) -> None:
    """The rule that read it, say."""
    other = Query(**{**{name: getattr(query, name) for name in query.__slots__}, "ever": ever, "rule": rule})
    assert query_key(query) == query_key(other)


def test_a_key_stays_what_it_was() -> None:
    """Counts of years rest on it: a change here splits what was counted before from what is counted after."""
    at = At("2005", Span.of("2005"))
    query = Query("r", "which", None, ("b",), {"y": "2", "x": "1"}, at, negated=True, rule="r.which")
    span = '"span":{"after":"2006-01-01","first":"2005-01-01"}'
    kept = f'"at":{{{span},"text":"2005"}},"form":"which","narrows":{{"x":"1","y":"2"}},"negated":true,"object":["b"]'
    assert query_key(query) == f'{{{kept},"relation":"r"}}'
    assert query_key(Query("r", "whether", negated=True)) == '{"form":"whether","relation":"r"}'


def test_what_was_asked_is_answered_again(toy_engine: Engine, today: datetime.date) -> None:
    """A query that was kept gives the answer that it gave."""
    first = toy_engine.ask("Who wrote Winter Orchard?", (), today)
    assert first.query is not None
    again = toy_engine.answer(query_from_json(query_to_json(first.query)), today)
    assert (again.text, again.facts) == (first.text, first.facts)


@pytest.mark.parametrize(
    "value",
    [
        None, [], "x", 1, {}, {"relation": "r"}, {"relation": "r", "form": 1}, {"relation": "r", "form": "f", "new": 1},
        {"relation": "r", "form": "f", "subject": "a"}, {"relation": "r", "form": "f", "at": "2005"},
        {"relation": "r", "form": "f", "at": {"text": "2005", "span": {"first": "x", "after": "y"}}},
    ],
)  # fmt: skip
def test_what_is_no_longer_understood_says_so(value: object) -> None:
    """Of another version, or of none."""
    with pytest.raises(ValueError):
        query_from_json(value)
