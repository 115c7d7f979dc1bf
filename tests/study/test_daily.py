"""The question of the day: at its hour in its zone, once, and with streaks that forgive one day."""

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state.dailies import Daily, KeptStreak
from bot.state.store import Store
from bot.study import daily, topics
from bot.study.making import Maker
from bot.study.seasons import season_of
from tests.study.conftest import TODAY

GUILD, CHANNEL, ANNA = 613425648685547541, 381870553235193857, 268473310986240001


def at(text: str) -> datetime.datetime:
    """A time in UTC."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def every(hour: int, zone: str, asked_on: str = "") -> Daily:
    """What is set for a channel."""
    last = datetime.date.fromisoformat(asked_on) if asked_on else None
    return Daily(CHANNEL, GUILD, hour, zone, "anything", None, last, None)


@pytest.mark.parametrize(
    ("hour", "zone", "now", "day"),
    [
        (9, "UTC", "2026-11-22 08:59", None),
        (9, "UTC", "2026-11-22 09:00", "2026-11-22"),
        (9, "UTC", "2026-11-22 14:59", "2026-11-22"),
        (9, "UTC", "2026-11-22 15:00", None),
        (9, "Asia/Karachi", "2026-11-22 04:00", "2026-11-22"),
        (9, "Asia/Karachi", "2026-11-22 03:59", None),
        (20, "America/New_York", "2026-11-23 01:30", "2026-11-22"),
        (2, "Europe/Berlin", "2026-03-29 00:59", None),  # 02:00 is skipped that night
        (2, "Europe/Berlin", "2026-03-29 01:00", "2026-03-29"),
        (2, "Europe/Berlin", "2026-10-25 00:00", "2026-10-25"),  # and comes twice that night
        (9, "Nowhere/At_All", "2026-11-22 09:00", None),
    ],
)
def test_when_it_is_due(hour: int, zone: str, now: str, day: str | None) -> None:
    """By the clock of the server's zone."""
    assert daily.due(every(hour, zone), at(now)) == (datetime.date.fromisoformat(day) if day else None)


def test_once_a_day() -> None:
    """And not again when the hour is changed to a later one."""
    assert daily.due(every(9, "UTC", "2026-11-22"), at("2026-11-22 09:05")) is None
    assert daily.due(every(12, "UTC", "2026-11-22"), at("2026-11-22 12:00")) is None
    assert daily.due(every(9, "UTC", "2026-11-22"), at("2026-11-23 09:00")) == datetime.date(2026, 11, 23)


@given(
    st.integers(0, 23), st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})),
    st.integers(1_577_836_800, 1_893_456_000),
)  # fmt: skip
def test_the_next_one_is_due_then(hour: int, zone: str, moment: int) -> None:
    """In every zone of the world, within two days."""
    now = datetime.datetime.fromtimestamp(moment, datetime.UTC)
    then = daily.next_due(every(hour, zone), now)
    assert then is not None
    assert now <= then <= now + datetime.timedelta(days=2)
    assert daily.due(every(hour, zone), then) is not None


@given(st.lists(st.integers(1, 5), max_size=30))
def test_streaks(gaps: list[int]) -> None:
    """A missed day does not count and does not end it; a second one in a row does."""
    streak, day, expected, best = daily.streak_after(None, ANNA, TODAY), TODAY, 1, 1
    for gap in gaps:
        day += datetime.timedelta(days=gap)
        expected = expected + 1 if gap <= 2 else 1
        best = max(best, expected)
        streak = daily.streak_after(streak, ANNA, day)
        assert daily.streak_after(streak, ANNA, day) == streak
    assert streak == KeptStreak(ANNA, expected, best, day)
    shown = [daily.days_now(streak, day + datetime.timedelta(days=n)) for n in range(4)]
    assert shown == [expected, expected, expected, 0]


def test_a_day_of_it(maker: Maker) -> None:
    """Off until it is switched on; asked once; the first answer counts."""
    facts = topics.facts_of(maker.kb, topics.ANYTHING, TODAY)
    asked = daily.question_of(maker, facts, {}, CHANNEL, TODAY)
    assert asked is not None
    assert asked == daily.question_of(maker, facts, {}, CHANNEL, TODAY)
    assert asked != daily.question_of(maker, facts, {}, CHANNEL, TODAY + datetime.timedelta(days=1))
    now = at("2026-11-22 09:00")
    with Store.open("sqlite://") as store:
        dailies = store.dailies
        assert dailies.all() == []
        assert not dailies.note_asked(CHANNEL, TODAY, asked.to_json())
        dailies.set(GUILD, CHANNEL, 9, "Asia/Karachi", "anything", ANNA, now)
        assert dailies.note_asked(CHANNEL, TODAY, asked.to_json())
        assert not dailies.note_asked(CHANNEL, TODAY, asked.to_json())
        dailies.note_message(CHANNEL, 77)
        assert dailies.get(CHANNEL) == Daily(CHANNEL, GUILD, 9, "Asia/Karachi", "anything", asked.to_json(), TODAY, 77)
        assert dailies.answer(CHANNEL, TODAY, ANNA, (1,), True, now)
        assert not dailies.answer(CHANNEL, TODAY, ANNA, (2,), False, now)
        assert dailies.answers(CHANNEL, TODAY) == [(ANNA, (1,), True)]
        dailies.keep_streak(CHANNEL, daily.streak_after(dailies.streak(CHANNEL, ANNA), ANNA, TODAY))
        assert dailies.streaks(CHANNEL) == [KeptStreak(ANNA, 1, 1, TODAY)]
        dailies.set(GUILD, CHANNEL, 20, "UTC", "entity:kosovo", ANNA, now)
        assert [(d.hour, d.topic, d.asked_on) for d in dailies.all(GUILD)] == [(20, "entity:kosovo", TODAY)]
        assert store.prune(now + datetime.timedelta(days=90))["dailies"] == 1
        assert dailies.off(CHANNEL)
        assert not dailies.off(CHANNEL)
        assert dailies.streaks(CHANNEL) == []


def test_seasons() -> None:
    """Quarters, without a gap."""
    assert season_of(at("2026-11-22 09:00")).label == "2026-4"
    assert season_of(at("2026-12-31 23:59")).before == season_of(at("2027-01-01 00:00")).since
