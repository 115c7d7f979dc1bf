"""What changed lately: the right facts, dated, newest first, however "since" is typed."""

import datetime

import pytest

from bot.discord_app import changes, limits
from bot.discord_app.custom_ids import Action, read
from bot.engine import Engine
from bot.state.records import FactChange

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", "2026-08-24"), ("7 days", "2026-11-15"), ("last 2 weeks", "2026-11-08"), ("since 2025", "2025-01-01"),
        ("2025-08", "2025-08-01"), ("2025-08-31", "2025-08-31"), ("1 year ago", "2025-11-22"), ("30d", "2026-10-23"),
        ("2030", None), ("yesterday-ish", None), ("9999 years", None), ("0000", None), ("2025-13", None),
    ],
)  # fmt: skip
def test_how_since_is_read(typed: str, day: str | None) -> None:
    """A span, a date of any precision, or nothing; a day to come is none."""
    assert changes.since_of(typed, DAY) == (datetime.date.fromisoformat(day) if day else None)


def test_what_is_offered_is_read() -> None:
    """Each choice means something."""
    assert all(changes.since_of(value, DAY) for _, value in changes.choices(DAY))


def test_changes_are_dated_and_the_newest_come_first(engine: Engine) -> None:
    """Pakistan and Armenia, 31 August 2025, are among those of 2025; what was before is not."""
    found = changes.changed(engine, datetime.date(2025, 1, 1), DAY)
    assert [date for date, _ in found] == sorted((date for date, _ in found), reverse=True)
    assert all(said and date >= "2025" for date, said in found)
    said = [said for date, said in found if date == "2025-08-31"]
    assert any("Pakistan" in line and "Armenia" in line for line in said)


def test_pages_hold_all_of_it_within_limits(engine: Engine) -> None:
    """Every change stands on one page, and each button leads to its neighbour."""
    since = datetime.date(2015, 1, 1)
    pages, page, shown = 1, 1, ""
    while page <= pages:
        card = changes.changes_card(engine, since, DAY, page)
        assert sum(map(limits.size, card.texts())) <= limits.MESSAGE_TEXT
        shown += "\n".join(card.texts())
        back, here, onward = card.buttons()
        pages = int(here.label.partition(" of ")[2])
        assert back.disabled == (page == 1)
        assert onward.disabled == (page == pages)
        action = read(onward.custom_id)
        assert isinstance(action, Action)
        assert changes.place_of(action.number) == (page + 1, since)
        page += 1
    assert pages > 10
    assert "Pakistan" in shown


def test_what_was_changed_in_the_facts_is_counted_and_shown(engine: Engine) -> None:
    """Added, corrected, removed; a removed one cannot be worded any more."""
    at = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)
    fact = engine.kb.facts()[0].id
    edits = [FactChange(fact, "corrected", at), FactChange("gone", "removed", at)]
    text = "\n".join(changes.changes_card(engine, DAY, DAY, 1, edits).texts())
    assert "1 corrected, 1 removed" in text
    assert "20 November 2026" in text
    assert "gone" not in text


def test_a_number_that_none_of_ours_wrote() -> None:
    """No day comes of it."""
    assert changes.place_of(0) == (0, None)
    assert changes.place_of(10**19) == (10**11, None)
