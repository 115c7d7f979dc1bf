"""The verbs of the store."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.kept import KEPT_DAYS
from bot.state.problems import StateError
from bot.state.records import Asked, Missed, Mode
from bot.state.store import ANSWER_DAYS, MISSED_DAYS, Store
from tests.state.conftest import ANNA, BORIS, CHANNEL, GUILD, MESSAGE, NOW, at_file, report

DAY = NOW.date()
A_DAY = datetime.timedelta(days=1)


def test_channel_modes(store: Store) -> None:
    """Nobody said anything; somebody says; somebody else says otherwise; each channel for itself."""
    assert store.channel_mode(CHANNEL) is None
    store.set_channel_mode(GUILD, CHANNEL, "auto", ANNA, NOW)
    store.set_channel_mode(GUILD, CHANNEL + 1, "off", ANNA, NOW)
    store.set_channel_mode(GUILD + 1, CHANNEL + 2, "off", ANNA, NOW)
    store.set_channel_mode(GUILD, CHANNEL, "mention", BORIS, NOW)
    assert store.channel_mode(CHANNEL) == "mention"
    assert store.channel_modes(GUILD) == {CHANNEL: "mention", CHANNEL + 1: "off"}


def test_an_unknown_mode_is_refused(store: Store) -> None:
    """And changes nothing."""
    loud: Mode = "loud"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="'loud' is no mode of a channel: off, mention, auto"):
        store.set_channel_mode(GUILD, CHANNEL, loud, ANNA, NOW)
    assert store.channel_mode(CHANNEL) is None


def test_a_time_without_its_zone_is_refused(store: Store) -> None:
    """As a fault of the caller, or of the state where the database layer wraps it; nothing is kept."""
    with pytest.raises((ValueError, StateError), match="without its zone"):
        store.remember_answer(MESSAGE, ANNA, {}, NOW.replace(tzinfo=None))
    assert store.recall_answer(MESSAGE) is None


def test_times_come_back_in_utc(store: Store) -> None:
    """Wherever they were taken."""
    east = datetime.timezone(datetime.timedelta(hours=4))
    store.remember_answer(MESSAGE, ANNA, {}, NOW.astimezone(east))
    told = store.recall_answer(MESSAGE)
    assert told is not None
    assert (told.at, told.at.tzinfo) == (NOW, datetime.UTC)


def test_texts_of_missed_questions_only_where_opted_in(store: Store) -> None:
    """Without it they are counted; with it they are kept, without anybody's id; a DM has nobody to opt in."""
    assert not store.note_missed("before", GUILD, NOW)
    store.opt_in(GUILD, ANNA, NOW)
    assert store.opted_in(GUILD)
    assert not store.opted_in(GUILD + 1)
    assert store.note_missed("what of <@268473310986240001>?", GUILD, NOW)
    assert store.note_missed("newer", GUILD, NOW + A_DAY)
    assert not store.note_missed("elsewhere", GUILD + 1, NOW)
    assert not store.note_missed("in private", None, NOW)
    assert store.missed(GUILD) == [Missed("newer", NOW + A_DAY), Missed("what of <@0>?", NOW)]
    assert store.missed(GUILD, limit=1) == [Missed("newer", NOW + A_DAY)]
    assert store.missed(GUILD + 1) == []
    assert store.missed_count(NOW) == 5
    assert store.missed_count(NOW + A_DAY) == 1


def test_opting_out_deletes_what_was_kept(store: Store) -> None:
    """The questions stay counted."""
    for guild in (GUILD, GUILD + 1):
        store.opt_in(guild, ANNA, NOW)
        store.note_missed("kept", guild, NOW)
    assert store.opt_out(GUILD) == 1
    assert not store.opted_in(GUILD)
    assert (store.missed(GUILD), len(store.missed(GUILD + 1))) == ([], 1)
    assert store.missed_count(NOW) == 2
    assert store.opt_out(GUILD) == 0


def test_answers(store: Store) -> None:
    """Who asked what, with any JSON; the last word counts; a deleted message is forgotten."""
    assert store.recall_answer(MESSAGE) is None
    store.remember_answer(MESSAGE, ANNA, None, NOW)
    assert store.recall_answer(MESSAGE) == Asked(ANNA, None, NOW)
    query = [{"relation": "é", "at": {"text": "2005"}}, {"n": 1.5, "t": True}]
    store.remember_answer(MESSAGE, ANNA, query, NOW)
    assert store.recall_answer(MESSAGE) == Asked(ANNA, query, NOW)
    assert store.forget_answer(MESSAGE)
    assert not store.forget_answer(MESSAGE)
    assert store.recall_answer(MESSAGE) is None


@pytest.mark.parametrize("text", ["\ud83d", "a\0b", "‮סוף", "'; DROP TABLE reports; --", "x" * 10_000, "%_\\"])
def test_hostile_text_is_kept_as_text(store: Store, text: str) -> None:
    """Only what no database can keep is replaced."""
    store.opt_in(GUILD, ANNA, NOW)
    store.note_missed(text, GUILD, NOW)
    report(store, [text], text, text, ANNA, GUILD)
    store.remember_answer(MESSAGE, ANNA, {text: text}, NOW)
    clean = text.replace("\0", "?").replace("\ud83d", "?")
    assert store.missed(GUILD) == [Missed(clean, NOW)]
    assert [(kept.text, kept.source) for kept in store.proposals.all()] == [(clean, clean)]
    assert store.recall_answer(MESSAGE) == Asked(ANNA, {text: text}, NOW)


def test_prune_keeps_what_is_young(store: Store) -> None:
    """To the second: what is exactly as old as allowed stays."""
    second = datetime.timedelta(seconds=1)
    store.opt_in(GUILD, ANNA, NOW)
    store.kept.keep(ANNA, "old", NOW - (KEPT_DAYS + 1) * A_DAY)
    young = store.kept.keep(ANNA, "young", NOW)
    missed, answers = NOW - MISSED_DAYS * A_DAY, NOW - ANSWER_DAYS * A_DAY
    for at, text in ((missed, "young"), (missed - second, "old")):
        store.note_missed(text, GUILD, at)
    for message, at in ((MESSAGE, answers), (MESSAGE + 1, answers - second)):
        store.remember_answer(message, ANNA, {}, at)
    report(store, ["a"], "old", "", ANNA, GUILD)
    assert store.prune(NOW) == {"missed": 1, "answers": 1, "kept": 1, "rounds": 0, "dailies": 0, "reviews": 0}
    assert [kept.text for kept in store.missed(GUILD)] == ["young"]
    assert store.recall_answer(MESSAGE) is not None
    assert store.recall_answer(MESSAGE + 1) is None
    assert store.kept.get(young, ANNA) == "young"
    assert len(store.proposals.all()) == 1
    assert store.prune(NOW) == {"missed": 0, "answers": 0, "kept": 0, "rounds": 0, "dailies": 0, "reviews": 0}


@settings(max_examples=25)  # each opens a store
@given(asked=st.lists(st.tuples(st.sampled_from("abc"), st.integers(-2, 2)), max_size=20), since=st.integers(-3, 3))
def test_counts_are_what_was_counted(asked: list[tuple[str, int]], since: int) -> None:
    """Each query by itself, from the day on that is asked for, the most asked first."""
    with Store.open("sqlite://") as store:
        for query, days in asked:
            store.count_question(query, DAY + days * A_DAY)
        told = store.question_counts(DAY + since * A_DAY)
    counted = [query for query, days in asked if days >= since]
    assert told == {query: counted.count(query) for query in set(counted)}
    assert list(told) == sorted(told, key=lambda query: (-told[query], query))


def test_all_is_there_after_closing_and_opening(path: Path) -> None:
    """And closing twice is closing."""
    with Store.open(at_file(path)) as first:
        first.set_channel_mode(GUILD, CHANNEL, "auto", ANNA, NOW)
        first.count_question("q", DAY)
        first.remember_answer(MESSAGE, ANNA, {"relation": "r"}, NOW)
        first.close()
    with Store.open(at_file(path)) as second:
        assert second.channel_mode(CHANNEL) == "auto"
        assert second.question_counts(DAY) == {"q": 1}
        assert second.recall_answer(MESSAGE) == Asked(ANNA, {"relation": "r"}, NOW)


def test_a_closed_store_says_so(store: Store) -> None:
    """Rather than open again without its lock."""
    store.close()
    with pytest.raises(StateError, match="the state is closed"):
        store.channel_mode(CHANNEL)
    with pytest.raises(StateError, match="the state is closed"):
        store.forget(ANNA)
