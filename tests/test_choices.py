"""Questions put together from choices mean what the same question means in words."""

import datetime

import pytest

from bot import choices
from bot.engine import Engine

DAY = datetime.date(2026, 11, 22)


def one(engine: Engine, key: str) -> choices.ListKind:
    """The kind of list of a key."""
    return next(kind for kind in choices.list_kinds(engine) if kind.key == key)


@pytest.mark.parametrize(
    ("key", "given", "question"),
    [
        ("recognition object", "kosovo", "who recognises Kosovo?"),
        ("recognition object not", "kosovo", "who does not recognise Kosovo?"),
        ("recognition subject", "nauru", "whom does Nauru recognise?"),
        ("membership object", "nato", "who is in NATO?"),
        ("embassy object", "israel", "who has an embassy in Israel?"),
    ],
)
def test_a_list_is_the_same_by_choice_and_in_words(engine: Engine, key: str, given: str, question: str) -> None:
    """The same query, and so the same answer."""
    asked = engine.read(question, today=DAY).query
    assert asked is not None
    assert one(engine, key).query(given).key() == asked.key()


def test_every_kind_of_list_can_be_answered_and_is_worded(engine: Engine) -> None:
    """Each has a title with one blank, and an answer for somebody whom it takes."""
    kinds = choices.list_kinds(engine)
    assert len(kinds) > 15
    assert len({kind.key for kind in kinds}) == len({kind.title for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert kind.title.count(choices.BLANK) == 1, kind.title
        who = max((e.id for e in engine.kb.entities.values() if e.kind in kind.takes()), key=engine.kb.connected)
        assert engine.answer(kind.query(who), DAY).status in ("answered", "no_record"), kind.key


def test_a_comparison_is_the_same_by_choice_and_in_words(engine: Engine) -> None:
    """Who is on one list but not on another."""
    kind, *_ = choices.comparisons(engine)
    asked = engine.read("which countries recognise Kosovo but not Palestine?", today=DAY).query
    assert asked is not None
    assert kind.query("kosovo", "palestine").key() == asked.key()


def test_an_overview_is_the_same_by_choice_and_in_words(engine: Engine) -> None:
    """Everything on file between two."""
    asked = engine.read("tell me about Azerbaijan and Israel", today=DAY).query
    made = choices.overview_query(engine, "azerbaijan", "israel")
    assert asked is not None
    assert made is not None
    assert made.key() == asked.key()


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Pakistan", ("pakistan",)), ("the UAE", ("united-arab-emirates",)), ("pakistn", ("pakistan",)),
        ("🇦🇲", ("armenia",)), ("congo", ("congo", "dr-congo")), ("Georgia", ("georgia",)), ("Wakanda", ()), ("", ()),
        ("the", ()), ("?!", ()), ("Pakistan and Armenia", ()), ("x " * 500, ()),
    ],
)  # fmt: skip
def test_who_is_named(engine: Engine, typed: str, named: tuple[str, ...]) -> None:
    """One, several to choose from, or nobody; a name is never found within more words."""
    assert choices.entities_named(engine, typed, DAY, ("state", "observer", "territory")) == named


def test_names_that_begin_as_typed(engine: Engine) -> None:
    """Own names first, other names and inner words after; only of the kinds that fit; each once."""
    names = choices.names_beginning(engine, "pak")
    assert names[0] == "Pakistan"
    assert "United Arab Emirates" in choices.names_beginning(engine, "uae")
    assert choices.names_beginning(engine, "united", ("organisation",))[0] == "United Nations"
    assert all(len(found) == len(set(found)) <= 25 for found in (choices.names_beginning(engine, t) for t in ("", "a")))
    assert choices.names_beginning(engine, "zzz") == []


def test_another_subject_has_its_own_lists(toy_engine: Engine) -> None:
    """Which lists there are is what the knowledge base says."""
    kinds = choices.list_kinds(toy_engine)
    assert kinds
    assert not {kind.intent.relation for kind in kinds} & {"recognition", "membership"}


def test_only_lists_that_can_be_shown_are_offered(engine: Engine, toy_engine: Engine) -> None:
    """What is answered for nobody is left out; what is offered is answered for somebody."""
    offered = choices.answerable(engine, DAY)
    keys = {kind.key for kind in offered}
    assert {"recognition object", "recognition object not", "membership object", "membership subject"} <= keys
    assert keys < {kind.key for kind in choices.list_kinds(engine)}
    entities = engine.kb.entities.values()
    for kind in offered:
        assert any(
            engine.answer(kind.query(e.id), DAY).status == "answered" for e in entities if e.kind in kind.takes()
        ), kind.key
    assert choices.answerable(toy_engine, DAY)
