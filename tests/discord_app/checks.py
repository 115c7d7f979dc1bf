"""What Discord would refuse: the limits always, its OpenAPI file where `DISCORD_OPENAPI` names it."""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.discord_app import limits
from bot.discord_app.layout import components
from bot.discord_app.parts import Card

COMPONENTS_V2 = 1 << 15


def check(card: Card) -> list[dict[str, Any]]:
    """Assert that Discord takes a card; the components it consists of."""
    made = components(card)
    every = list(walk(made))
    texts = [c["content"] for c in every if c["type"] == 10]
    assert all(text.strip() for text in texts)
    # Both ways of counting: code points, and the UTF-16 units of the clients.
    assert sum(len(text.encode("utf-16-le")) // 2 for text in texts) <= limits.MESSAGE_TEXT
    assert len(every) <= limits.COMPONENTS
    ids = [c["custom_id"] for c in every if "custom_id" in c]
    assert len(set(ids)) == len(ids)
    assert all(1 <= len(id_) <= limits.CUSTOM_ID for id_ in ids)
    for component in every:
        if component["type"] == 1:
            assert 1 <= len(component["components"]) <= limits.ROW_BUTTONS
        if component["type"] == 2:
            assert component["label"].strip()
            assert limits.size(component["label"]) <= limits.BUTTON_LABEL
    validate(made, "MessageCreateRequest")
    return made


def validate(components: list[dict[str, Any]], schema: str) -> None:
    """Assert that a request of a schema may carry the components, where the file is there to say so."""
    validator = _validator(schema)
    if validator:
        validator.validate({"components": components, "flags": COMPONENTS_V2})


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, those inside others too."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))


@cache
def _validator(schema: str) -> Draft202012Validator | None:
    path = os.environ.get("DISCORD_OPENAPI")
    if not path:
        return None
    spec = json.loads(Path(path).read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": spec["components"]})
