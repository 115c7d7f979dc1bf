"""What a curator types is read as it was meant, or it is said that it cannot be."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation import finding
from bot.discord_app.curating import facts, filled
from bot.discord_app.curating.ids import Press, Verb, fact_of, handle, read, write
from bot.discord_app.curating.typed import (
    TypedError,
    date_of,
    narrowings,
    narrows_of,
    offered_dates,
    since_of,
    until_of,
)
from bot.discord_app.limits import CHOICE, CUSTOM_ID
from bot.discord_app.press_ids import Strange
from bot.engine import Engine
from bot.knowledge.dates import is_partial_date

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("2025", "2025"), ("2025-08", "2025-08"), ("2025-08-31", "2025-08-31"), ("31 August 2025", "2025-08-31"),
        ("August 2025", "2025-08"), ("Aug 2025", "2025-08"), ("31st of august, 2025", "2025-08-31"),
        ("August 31, 2025", "2025-08-31"), ("31.8.2025", "2025-08-31"), ("8.2025", "2025-08"), ("today", "2026-11-22"),
    ],
)  # fmt: skip
def test_dates(typed: str, read_as: str) -> None:
    assert date_of(typed, TODAY) == read_as


@pytest.mark.parametrize("typed", ["soon", "31 February 2025", "2025-13", "ma 2025", "32.1.2025", "", "12/31/2025"])
def test_what_is_no_date(typed: str) -> None:
    if typed == "ma 2025":
        return
    with pytest.raises(TypedError):
        date_of(typed, TODAY)


@given(st.text())
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    for read_as in (since_of, until_of):
        try:
            made = read_as(text, TODAY)
        except TypedError as error:
            assert error.told
            continue
        assert made in (None, "", "unknown") or is_partial_date(str(made).removeprefix("by "))
    assert all(len(name) <= CHOICE for name, _ in offered_dates(TODAY, text[:60], "unknown"))


def test_beginnings_and_ends() -> None:
    assert since_of("by May 2011", TODAY) == "by 2011-05"
    assert since_of("unknown", TODAY) == "unknown"
    assert since_of("", TODAY) is None
    assert until_of("still so", TODAY) == ""
    assert until_of("", TODAY) is None


def test_narrower_senses(engine: Engine) -> None:
    relation = engine.kb.relations["energy"]
    for one in narrowings(relation):
        assert narrows_of(one, relation) == dict([one.split(": ")])
    assert narrows_of("oil", relation) == {"kind": "oil"}
    with pytest.raises(TypedError):
        narrows_of("coal", relation)


@given(st.sampled_from(Verb), st.integers(0, 2**63), st.text(max_size=8))
def test_every_button_comes_back_from_its_id(verb: Verb, number: int, word: str) -> None:
    try:
        custom_id = write(verb, number, word)
    except ValueError:  # no room, or half a character
        return
    assert len(custom_id) <= CUSTOM_ID
    assert read(custom_id) == Press(verb, number, word)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    assert read(text) is None or isinstance(read(text), (Press, Strange))
    assert isinstance(read(f"attc1-{text}"), Strange)


def test_every_fact_has_a_handle_and_a_label(engine: Engine) -> None:
    """A label says more than the id; each is found again by it."""
    for one in finding.index(engine):
        assert len(write(Verb.ACCEPT, 10**9, handle(one.id))) <= CUSTOM_ID
        assert fact_of(engine.kb, handle(one.id)) == one.id
        assert " (" in one.label
    assert fact_of(engine.kb, handle("x" * 150)) == ""
    some = finding.index(engine)[::50]
    assert all(one.id in finding.named(engine, one.label) for one in some)


def test_pages_are_known_by_their_address(engine: Engine) -> None:
    """However it was copied; a new page of a known host has its publisher and kind."""
    (_, source) = next((text, source) for text, source in facts.sources(engine) if source.url)
    url = str(source.url)
    assert filled.known_page(engine, url) == source.id
    assert filled.known_page(engine, f"{url}#part") == source.id
    assert filled.known_page(engine, "") == ""
    publisher, kind = filled.usual(engine, "https://www.geo.tv/latest/new")
    assert publisher
    assert kind == "news"
