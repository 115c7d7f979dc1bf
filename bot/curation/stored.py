"""Drafts as JSON, to be kept until somebody decides on them. What is read back is what was written, to the letter.

Only what differs from a draft's defaults is written, so what is kept stays readable when a field is added.
"""

import json
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter

from bot.curation.drafts import AnyDraft, Draft, NameDraft, WordingDraft


@dataclass(frozen=True, slots=True)
class UndoDraft:
    """That a change is to be taken back, by its number."""

    change: int
    reason: str


AnyChange = AnyDraft | UndoDraft

_SHAPES: dict[str, TypeAdapter[Any]] = {
    "fact": TypeAdapter(Draft), "name": TypeAdapter(NameDraft), "wording": TypeAdapter(WordingDraft),
    "undo": TypeAdapter(UndoDraft),
}  # fmt: skip
_TYPES: dict[type, str] = {Draft: "fact", NameDraft: "name", WordingDraft: "wording", UndoDraft: "undo"}
_FIELDS = {
    _TYPES[shape]: {field.name for field in fields(shape)} for shape in (Draft, NameDraft, WordingDraft, UndoDraft)
}


def draft_to_json(draft: AnyChange) -> dict[str, Any]:
    """A draft as a JSON object: `{"type": "fact", "action": "end", …}`."""
    type_ = _TYPES[type(draft)]
    made: dict[str, Any] = _SHAPES[type_].dump_python(draft, exclude_defaults=True)
    return {"type": type_, **made}


def draft_from_json(value: Any) -> AnyChange:
    """The draft of a JSON object. Raises ValueError for one that this version does not understand."""
    type_ = value.get("type") if isinstance(value, dict) else None
    if not isinstance(type_, str) or type_ not in _SHAPES or not value.keys() - {"type"} <= _FIELDS[type_]:
        raise ValueError("not a draft, or one of another version")
    made: AnyChange = _SHAPES[type_].validate_python({name: held for name, held in value.items() if name != "type"})
    return made


def same_change(one: AnyChange, two: AnyChange) -> bool:
    """Whether two drafts would write the same into the same entry as both saw it."""
    return json.dumps(draft_to_json(one), sort_keys=True) == json.dumps(draft_to_json(two), sort_keys=True)


def fact_of(draft: AnyChange) -> str:
    """The fact that a draft changes; empty where it adds one, or changes something else."""
    return draft.fact if isinstance(draft, Draft) else ""
