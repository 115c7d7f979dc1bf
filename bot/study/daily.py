"""The question of the day: when it is due, which one it is, and the streaks of those who answer.

Comes in: times, the settings of a channel, a maker. Goes out: days, questions, streaks. No clock is looked at.
"""

import datetime
import random
import zoneinfo
from collections.abc import Mapping, Sequence

from bot.state.dailies import Daily, KeptStreak
from bot.study.asked import Asked
from bot.study.making import Maker
from bot.study.rotation import draw

FORGIVEN = 1  # days in a row that may be missed without ending a streak
LATEST = 6  # hours after its own in which a question still comes, when the bot was away


def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    """The time zone of a name such as `Europe/London`; None where there is none of that name."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None


def day_in(zone: zoneinfo.ZoneInfo, now: datetime.datetime) -> datetime.date:
    """The day it is in a zone."""
    return now.astimezone(zone).date()


def due(daily: Daily, now: datetime.datetime) -> datetime.date | None:
    """The day whose question is to be asked now; None where it is not time, or it was asked.

    An hour that the clocks skip is asked after; of an hour that comes twice, the first. Nothing is made up for after
    LATEST hours, so that no question comes at night.
    """
    zone = zone_of(daily.zone)
    if zone is None:
        return None
    day = day_in(zone, now)
    opens = datetime.datetime.combine(day, datetime.time(daily.hour), zone).astimezone(datetime.UTC)
    late = opens + datetime.timedelta(hours=LATEST)
    if not opens <= now.astimezone(datetime.UTC) < late or (daily.asked_on and daily.asked_on >= day):
        return None
    return day


def next_due(daily: Daily, now: datetime.datetime) -> datetime.datetime | None:
    """When the next question comes, in UTC; None for a zone that is not known."""
    zone = zone_of(daily.zone)
    if zone is None:
        return None
    if due(daily, now) is not None:
        return now
    day = day_in(zone, now)
    for step in (0, 1, 2):
        opens = datetime.datetime.combine(day + datetime.timedelta(days=step), datetime.time(daily.hour), zone)
        if opens.astimezone(datetime.UTC) > now and (daily.asked_on is None or opens.date() > daily.asked_on):
            return opens.astimezone(datetime.UTC)
    return None


def question_of(maker: Maker, facts: Sequence[str], times: Mapping[str, int], channel_id: int, day: datetime.date
) -> Asked | None:  # fmt: skip
    """A channel's question of a day: the same whenever it is asked for, as long as the facts are."""
    rng = random.Random(f"{channel_id} {day.isoformat()}")  # noqa: S311 - a draw, no secret
    return next(iter(draw(maker, facts, 1, times, rng)), None)


def streak_after(streak: KeptStreak | None, person: int, day: datetime.date) -> KeptStreak:
    """The streak of somebody who answers on a day. One missed day is forgiven, and does not count; two are not."""
    if streak is None:
        return KeptStreak(person, 1, 1, day)
    gap = (day - streak.last).days
    if gap <= 0:
        return streak
    days = streak.days + 1 if gap <= 1 + FORGIVEN else 1
    return KeptStreak(person, days, max(streak.best, days), day)


def days_now(streak: KeptStreak, day: datetime.date) -> int:
    """How long a streak is on a day: nothing once more days were missed than are forgiven."""
    return streak.days if (day - streak.last).days <= 1 + FORGIVEN else 0
