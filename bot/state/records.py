"""What the store hands out: plain, immutable and free of the database. Every time is aware and in UTC."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal

Mode = Literal["off", "mention", "auto"]


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not understood, from a server that opted in. Nobody's name is kept with it."""

    text: str
    at: datetime.datetime


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
