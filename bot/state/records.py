"""What the store hands out: plain, immutable and free of the database. Every time is aware and in UTC."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal

Mode = Literal["off", "mention", "auto"]
ReportState = Literal["new", "taken", "rejected", "done"]


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not understood, from a server that opted in. Nobody's name is kept with it."""

    text: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A mistake that somebody reported. `reporter_id` is None once the reporter asked to be forgotten."""

    id: int
    facts: tuple[str, ...]
    text: str
    source: str
    reporter_id: int | None
    guild_id: int | None
    at: datetime.datetime
    state: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked what an answer message answers. `query` is the JSON value that was remembered with it."""

    user_id: int
    query: Any
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is served otherwise than before. `change` is `added`, `corrected` or `removed`."""

    fact: str
    change: str
    at: datetime.datetime
