"""Who is reminded when: once a day, at the hour where they are."""

import datetime

from bot.state.reminders import Reminder
from bot.state.store import Store
from bot.study.reminding import day_of, to_tell

NOW = datetime.datetime(2026, 11, 22, 21, 30, tzinfo=datetime.UTC)
ANNA, BORIS = 268473310986240001, 412347257233604609
CHANNEL, GUILD = 381870553235193857, 613425648685547541


def test_once_a_day_at_ones_own_hour() -> None:
    """In Tokyo it is half past six of the next day; whoever was told waits for the next one."""
    anna = Reminder(ANNA, None, None, 6, "Asia/Tokyo")
    boris = Reminder(BORIS, GUILD, CHANNEL, 22, "Europe/London")
    with Store.open("sqlite://") as store:
        for reminder in (anna, boris):
            store.reminders.set(reminder)
        assert to_tell(store.reminders.all(), NOW) == [anna]
        day = day_of(anna, NOW)
        assert day == datetime.date(2026, 11, 23)
        assert store.reminders.told(ANNA, day)
        assert not store.reminders.told(ANNA, day)
        assert to_tell(store.reminders.all(), NOW) == []
        later = NOW + datetime.timedelta(hours=1)
        assert to_tell(store.reminders.all(), later) == [boris]
        tomorrow = to_tell(store.reminders.all(), NOW + datetime.timedelta(days=1))
        assert [reminder.person_id for reminder in tomorrow] == [ANNA]


def test_set_and_cleared() -> None:
    """One for each person; those of a channel that is gone go with it."""
    with Store.open("sqlite://") as store:
        store.reminders.set(Reminder(ANNA, GUILD, CHANNEL, 6, "UTC"))
        store.reminders.set(Reminder(ANNA, GUILD, CHANNEL, 7, "UTC"))
        kept = store.reminders.get(ANNA)
        assert kept is not None
        assert kept.hour == 7
        assert store.reminders.clear_channel(CHANNEL) == 1
        assert store.reminders.get(ANNA) is None
        assert not store.reminders.clear(ANNA)
