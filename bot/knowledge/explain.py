"""Faults that the models find, as problems: path and line, what is wrong in plain words, how to mend it.

Comes in: pydantic's errors and the document they are about. Must not know: what the keys mean.
"""

from typing import Any

from pydantic import ValidationError

from bot.knowledge.problems import Problem
from bot.knowledge.reader import Document, Path

_KEYS = "the keys are listed in knowledge/README.md; is it misspelt, or indented wrongly?"
_SHAPES = {"string_type": "a text", "list_type": "a list", "dict_type": "a mapping", "model_type": "a mapping"}


def explain(error: ValidationError, document: Document, base: Path = ()) -> list[Problem]:
    """The problems of one entry at `base`. Where a value may have one of several shapes, one problem tells them all."""
    entry = _at(document.value, base)
    shapes: dict[Path, dict[str, None]] = {}
    others: dict[Path, list[Any]] = {}
    for fault in error.errors(include_url=False):
        location = _within(entry, fault["loc"], fault["type"])
        if fault["type"] in _SHAPES:
            shapes.setdefault(location, {})[_SHAPES[fault["type"]]] = None
        else:
            others.setdefault(location, []).append(fault)
    found = []
    for location, wanted in shapes.items():
        if not any(other[: len(location)] == location for other in others):
            message = f"{' or '.join(wanted)} is wanted here, not {_told(_at(entry, location))}"
            found.append((location, message, "mind the indentation and the `- ` of lists"))
    found += [(location, *_say(fault)) for location, faults in others.items() for fault in faults]
    return list(
        dict.fromkeys(
            Problem(document.path, document.line((*base, *location)), _named((*base, *location), message), hint)
            for location, message, hint in found
        )
    )


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def _within(value: Any, location: tuple[int | str, ...], kind: str) -> Path:
    """The part of a fault's location that is in the file: it also names models and the branches of a choice."""
    kept: list[str | int] = []
    for index, part in enumerate(location):
        inside = part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int)
        if inside:
            kept.append(part)
            value = value[part]
        elif kind == "missing" and index == len(location) - 1:
            kept.append(part)
    return tuple(kept)


def _named(location: Path, message: str) -> str:
    where = ".".join(str(part) for part in location)
    return f"{where}: {message}" if where else message


def _told(value: Any) -> str:
    if isinstance(value, str):
        return f"the text '{value[:40]}'" if value else "nothing"
    return "a list" if isinstance(value, list) else "a mapping"


def _say(fault: Any) -> tuple[str, str]:
    """A fault in plain words, with what to do about it."""
    kind, message = fault["type"], str(fault["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return "this key is not known here", _KEYS
    if kind == "missing":
        return "this key is missing", "add it"
    if kind == "literal_error":
        return f"'{fault['input']}' is not one of {fault['ctx']['expected']}", "choose one of them"
    if kind == "string_pattern_mismatch":
        return f"'{fault['input']}' does not have the form that is wanted here ({fault['ctx']['pattern']})", "mend it"
    if kind in ("too_short", "string_too_short"):
        return "this is empty, or has too few entries", "add what is missing, or remove the key"
    if kind == "too_long":
        return f"this has {fault['ctx']['actual_length']} entries, more than {fault['ctx']['max_length']}", "split it"
    return message, "mend the value"
