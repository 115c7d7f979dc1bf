"""Column types that mean the same in every database."""

import datetime
import json
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime.datetime]):
    """An aware time, kept as UTC: not every database has time zones. A naive one is refused with ValueError."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, _dialect: Dialect) -> datetime.datetime | None:
        """An aware time as it is kept."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(datetime.UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime.datetime | None, _dialect: Dialect) -> datetime.datetime | None:
        """A kept time as it is used."""
        return None if value is None else value.replace(tzinfo=datetime.UTC)


class Words(TypeDecorator[str]):
    """A text somebody typed. What no database can keep, lone surrogates and NUL, becomes `?`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """A text as it is kept."""
        return None if value is None else value.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")


class Json(TypeDecorator[Any]):
    """A JSON value as a text, so that it can be searched for a person's id in every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        """A value as it is kept. Raises TypeError or ValueError for what JSON cannot carry."""
        return json.dumps(value, separators=(",", ":"), sort_keys=True, allow_nan=False)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """A kept value as it is used."""
        return None if value is None else json.loads(value)
