"""Buttons are understood weeks later."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app.custom_ids import Action, Kind, Unknown, query_of, query_text, read, resolve, still_known, write
from bot.discord_app.limits import CUSTOM_ID
from bot.engine import Engine
from bot.knowledge.dates import Span
from bot.questions.query import At, Query

WORDS = st.one_of(st.sampled_from(["pakistan", "united-states", "in", "since", ""]), st.text(max_size=12))
PLACES = st.none() | st.lists(WORDS, max_size=4).map(tuple)
DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 1, 1))
TIMES = st.one_of(
    st.builds(At, WORDS, st.builds(Span, DAYS, DAYS), st.sampled_from(["in", "by", "before", "after", "since"])),
    st.sampled_from(["2020", "2020-02", "2020-02-29"]).map(lambda text: At(text, Span.of(text))),
)
QUERIES = st.builds(
    Query, WORDS, st.sampled_from(["whether", "which", "how_many", "when", "why", "what", "other"]), PLACES, PLACES,
    st.dictionaries(WORDS, WORDS, max_size=2), st.none() | TIMES, st.booleans(), st.booleans(), st.booleans(),
    st.none() | WORDS, WORDS, st.none() | WORDS, st.none() | WORDS, st.none() | WORDS, PLACES, st.none() | WORDS, WORDS,
    mutual=st.booleans(),
)  # fmt: skip


@given(QUERIES)
def test_every_query_comes_back_from_its_text(query: Query) -> None:
    assert query_of(query_text(query)) == query


@given(QUERIES, st.sampled_from(Kind), st.integers(0, 2**63))
def test_every_button_comes_back_from_its_id(query: Query, kind: Kind, number: int) -> None:
    custom_id = write(kind, query, number)
    assert 0 < len(custom_id) <= CUSTOM_ID
    assert custom_id.isascii()
    action = read(custom_id)
    assert isinstance(action, Action)
    assert (action.kind, action.number) == (kind, number)
    assert resolve(action, {action.slot: query_text(query)}.get) == query


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    read(text)
    assert isinstance(read(f"att1-{text}"), Unknown)


@given(st.text(alphabet=";,=.%~@rnaegudtcpmkx01f"))
def test_damaged_queries_are_unknown_or_harmless(text: str) -> None:
    found = read(f"att1s::{text}")
    assert isinstance(found, (Action, Unknown))


@pytest.mark.parametrize("custom_id", ["", "x", "attache", "quiz:1", "att", "xatt1s::"])
def test_ids_of_others_are_left_alone(custom_id: str) -> None:
    assert read(custom_id) is None


@pytest.mark.parametrize(
    "custom_id", ["att2s::a;w;b;c", "att99", "att3/new", "att1z::", "att1s::nonsense", "att1s::a;w;b;c;a=2020-99"]
)
def test_other_versions_and_damage_are_recognised(custom_id: str) -> None:
    assert isinstance(read(custom_id), Unknown)


def test_ids_of_version_1_keep_their_meaning() -> None:
    """On messages out there: change nothing here, add a version instead."""
    query = Query(
        "loan",
        "how_many",
        ("a-b",),
        None,
        {"kind": "big"},
        At("2020", Span.of("2020")),
        rule="loan.share",
        detail="share",
    )
    assert write(Kind.SOURCES, query, 2) == "att1s:2:loan;n;a-b;;r=.share;n.kind=big;a=2020;d=share"
    assert write(Kind.DELETE, number=123) == "att1d:123:"
    assert read("att1p:3:@") == Action(Kind.PICK, 3, None, held=True)
    assert read("att1w::loan;w;a;b") == Action(
        Kind.WHY, 0, Query("loan", "whether", ("a",), ("b",), rule="loan.whether")
    )


def test_a_held_query_that_is_gone_is_none() -> None:
    action = Action(Kind.PICK, 3, None, held=True)
    assert resolve(action, lambda _slot: None) is None
    assert resolve(action, lambda _slot: "damaged") is None


@pytest.mark.parametrize(
    "question",
    ["does pakistan recognise armenia", "who recognises kosovo", "why does serbia not recognise kosovo",
     "which countries recognise kosovo but not palestine", "did dr congo recognise kosovo in 2010"],
)  # fmt: skip
def test_common_questions_fit_into_the_id_itself(engine: Engine, question: str, today: datetime.date) -> None:
    query = engine.read(question, (), today).query
    assert query is not None
    action = read(write(Kind.CITATION, query))
    assert isinstance(action, Action)
    assert action.query == query
    assert still_known(engine.kb, query)


def test_what_the_knowledge_base_no_longer_has_is_noticed(toy_engine: Engine) -> None:
    assert not still_known(toy_engine.kb, Query("no-such", "whether"))
    relation = next(iter(toy_engine.kb.relations))
    assert not still_known(toy_engine.kb, Query(relation, "whether", ("no-such",)))
    assert not still_known(toy_engine.kb, Query(relation, "whether", among="no-such"))
