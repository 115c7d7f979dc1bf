"""Discord's own OpenAPI file as a judge of request bodies, where the environment variable DISCORD_OPENAPI names it."""

import json
import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.loopback.world import Json


def schema_problems(method: str, path: str, payload: Any, multipart: bool = False) -> Iterator[str]:
    """The problems of a request body, `where: what`; none if there is no file to ask."""
    name = os.environ.get("DISCORD_OPENAPI")
    if not name:
        return
    template = find(name, method.lower(), path)
    if template is None:
        yield f"{method} {path}: no such operation"
        return
    if payload is not None:
        yield from judged(name, method.lower(), template, multipart, json.dumps(payload))


@lru_cache(maxsize=512)
def judged(name: str, method: str, template: str, multipart: bool, body: str) -> tuple[str, ...]:
    """The problems of a body. Kept, for every bot registers the same commands, and judging those takes longest."""
    validator = validator_of(name, method, template, multipart)
    return () if validator is None else tuple(map(explain, validator.iter_errors(json.loads(body))))


@cache
def document(name: str) -> Json:
    """The file. Discord takes numbers for ids as well, and discord.py sends some."""
    read: Json = json.loads(Path(name).read_text(encoding="utf-8"))
    read["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
    return read


@cache
def templates(name: str) -> list[tuple[str, re.Pattern[str]]]:
    """The paths of the file, those with fewer parameters first."""
    ordered = sorted(document(name)["paths"], key=lambda path: (path.count("{"), path))
    return [(path, re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path))) for path in ordered]


def find(name: str, method: str, path: str) -> str | None:
    """The template of a path that knows the method."""
    paths = document(name)["paths"]
    return next((t for t, pattern in templates(name) if method in paths[t] and pattern.fullmatch(path)), None)


@cache
def validator_of(name: str, method: str, template: str, multipart: bool) -> Draft202012Validator | None:
    """What judges the bodies of an operation; None if it takes none."""
    content = document(name)["paths"][template][method].get("requestBody", {}).get("content", {})
    media = content.get("multipart/form-data" if multipart else "application/json") or content.get("application/json")
    if media is None:
        return None
    return Draft202012Validator({**media["schema"], "components": document(name)["components"]})


def explain(error: ValidationError) -> str:
    """The innermost reason of an error, in one line."""
    inner = innermost(error)
    where = ".".join(str(part) for part in inner.absolute_path) or "body"
    what = inner.message if len(inner.message) < 200 else f"fails {inner.validator} {str(inner.validator_value)[:60]}"
    return f"{where}: {what}"


def innermost(error: ValidationError) -> ValidationError:
    """Where several forms are allowed, what is wrong by the one probably meant: its kind fits, little is wrong."""
    if not error.context:
        return error
    forms: dict[str | int, list[ValidationError]] = {}
    for inner in error.context:
        forms.setdefault(inner.schema_path[0], []).append(inner)
    return innermost(min(forms.values(), key=lambda form: (any(map(is_another_kind, form)), len(form)))[0])


def is_another_kind(error: ValidationError) -> bool:
    """Whether what was sent is another thing altogether."""
    return list(error.path) == ["type"] or (not error.path and error.validator == "type")
