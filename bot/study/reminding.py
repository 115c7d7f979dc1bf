"""Who is to be told now that cards are due. Comes in: what people asked for, and the time. Goes out: whom to tell."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.state.reminders import Reminder


def day_of(reminder: Reminder, now: datetime.datetime) -> datetime.date:
    """The day that it is where a person is; note it with `store.reminders.told`, which says yes once a day."""
    return now.astimezone(ZoneInfo(reminder.zone)).date()


def to_tell(reminders: Iterable[Reminder], now: datetime.datetime) -> list[Reminder]:
    """Those whose hour has come today and who were not told yet; after a pause, later the same day."""
    return [
        r for r in reminders
        if now.astimezone(ZoneInfo(r.zone)).hour >= r.hour and r.told_on != day_of(r, now)
    ]  # fmt: skip
