"""Seasons of a server's leaderboard: quarters of the year."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Season:
    """A season: its label (`2026-4`, the fourth quarter), when it begins and when the next one does."""

    label: str
    since: datetime.datetime
    before: datetime.datetime


def season_of(now: datetime.datetime) -> Season:
    """The season of a time, in UTC."""
    moment = now.astimezone(datetime.UTC)
    quarter = (moment.month - 1) // 3
    since = datetime.datetime(moment.year, 3 * quarter + 1, 1, tzinfo=datetime.UTC)
    year, month = (moment.year + 1, 1) if quarter == 3 else (moment.year, 3 * quarter + 4)
    before = datetime.datetime(year, month, 1, tzinfo=datetime.UTC)
    return Season(f"{moment.year}-{quarter + 1}", since, before)
