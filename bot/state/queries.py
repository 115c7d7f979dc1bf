"""Queries as JSON, to be remembered, and as stable texts, to be counted. Neither needs a database.

Only what differs from a query's defaults is written, so what is kept stays readable when a field is added.
"""

import json
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from bot.questions.query import Query

_SHAPE = TypeAdapter(Query)
_FIELDS = {field.name for field in fields(Query)}

# What `Query.key` leaves out: two queries that differ in these alone ask the same.
_BESIDES = ("ever", "premise", "rule")


def query_to_json(query: Query) -> dict[str, Any]:
    """A query as a JSON object: `{"relation": …, "form": …, "subject": ["…"], …}`."""
    made: dict[str, Any] = _SHAPE.dump_python(query, mode="json", exclude_defaults=True)
    return made


def query_from_json(value: Any) -> Query:
    """The query of a JSON object. Raises ValueError for one that this version does not understand.

    Whether the knowledge base still has its relation and entities is not known here.
    """
    if not isinstance(value, dict) or not value.keys() <= _FIELDS:
        raise ValueError("not a query, or one of another version")
    return _SHAPE.validate_json(json.dumps(value))


def query_key(query: Query) -> str:
    """One line of text, equal for queries that ask the same (`Query.key`), and from day to day."""
    told = query_to_json(query)
    for name in _BESIDES:
        told.pop(name, None)
    if query.form == "whether":
        told.pop("negated", None)
    return json.dumps(told, sort_keys=True, separators=(",", ":"))
