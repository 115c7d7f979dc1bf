"""Drafts that are kept come back to the letter."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.drafts import ACTIONS, Draft, NameDraft, SideDraft, SourceDraft, WordingDraft
from bot.curation.stored import AnyChange, UndoDraft, draft_from_json, draft_to_json, fact_of, same_change

TEXTS = st.text(max_size=20)  # empty ones too: an empty text takes a key out, None leaves it
SOURCES = st.builds(SourceDraft, *(TEXTS for _ in fields(SourceDraft)))
SIDES = st.builds(SideDraft, TEXTS, TEXTS, st.lists(SOURCES, max_size=2).map(tuple))
PLACES = st.none() | st.lists(TEXTS, max_size=3).map(tuple)
MAYBE = st.none() | TEXTS
DRAFTS = st.builds(
    Draft, action=st.sampled_from(ACTIONS), reason=TEXTS, fact=TEXTS, base=TEXTS, relation=TEXTS, subject=PLACES,
    object=PLACES, between=PLACES, sides=st.none() | st.tuples(st.lists(TEXTS).map(tuple), st.lists(TEXTS).map(tuple)),
    named=MAYBE, holds=st.none() | st.booleans(), narrows=st.none() | st.dictionaries(TEXTS, TEXTS, max_size=2),
    since=MAYBE, until=MAYBE, text=MAYBE, note=MAYBE, why=MAYBE, claimed_by=MAYBE,
    sides_said=st.lists(SIDES, max_size=2).map(tuple), sources=st.lists(SOURCES, max_size=2).map(tuple),
    drop_sources=st.lists(TEXTS, max_size=2).map(tuple), as_of=MAYBE,
)  # fmt: skip
ANY = (
    DRAFTS
    | st.builds(NameDraft, TEXTS, TEXTS, TEXTS, st.booleans(), TEXTS)
    | st.builds(WordingDraft, TEXTS, TEXTS, TEXTS, TEXTS)
    | st.builds(UndoDraft, st.integers(1, 10**6), TEXTS)
)


@given(draft=ANY)
def test_what_is_read_back_is_what_was_kept(draft: AnyChange) -> None:
    """Through real JSON, every field, None and the empty text told apart."""
    kept = json.loads(json.dumps(draft_to_json(draft)))
    back = draft_from_json(kept)
    assert back == draft
    assert type(back) is type(draft)
    assert same_change(back, draft)


@given(one=ANY, two=ANY)
def test_two_drafts_are_the_same_only_if_they_are(one: AnyChange, two: AnyChange) -> None:
    """Nothing that differs is taken for agreed."""
    assert same_change(one, two) == (one == two)


@pytest.mark.parametrize(
    "value",
    [None, [], "x", {}, {"type": "fact"}, {"type": "no", "reason": ""}, {"type": "undo", "change": "x", "reason": ""},
     {"type": "fact", "action": "end", "reason": "", "later": 1}, {"type": "fact", "action": "burn", "reason": ""},
     {"type": []}],
)  # fmt: skip
def test_what_is_no_draft_is_refused(value: object) -> None:
    """As is one of a newer version."""
    with pytest.raises(ValueError):
        draft_from_json(value)


def test_the_fact_of_a_draft() -> None:
    """Only a draft of a fact on file has one."""
    assert fact_of(Draft("end", "", fact="a")) == "a"
    assert fact_of(Draft("add", "")) == fact_of(NameDraft("a", "b", "")) == fact_of(UndoDraft(1, "")) == ""
