"""What Discord refuses is refused here, with its OpenAPI file and without."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.checks import check

MESSAGE, COMMANDS = "/channels/1/messages", "/applications/1/commands"
CALLBACK, FOLLOW_UP = "/interactions/1/token/callback", "/webhooks/1/token"


def command(**about: Any) -> dict[str, Any]:
    return {"name": "ask", "type": 1, "description": "d", **about}


def option(**about: Any) -> dict[str, Any]:
    return {"type": 3, "name": "q", "description": "d", **about}


def choice(name: str = "n", value: str = "v") -> dict[str, Any]:
    return {"name": name, "value": value}


def button(number: int = 1, **about: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": f"b{number}", **about}


def row(*components: Any) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def select(count: int = 1, **about: Any) -> dict[str, Any]:
    options = [{"label": str(n), "value": str(n)} for n in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **about}


def say(**data: Any) -> dict[str, Any]:
    return {"type": 4, "data": {"content": "x", **data}}


def modal(*components: Any, title: str = "t") -> dict[str, Any]:
    return {"type": 9, "data": {"title": title, "custom_id": "m", "components": list(components)}}


FIELD = {"type": 18, "label": "l", "component": {"type": 4, "style": 1, "custom_id": "f"}}
V2 = 1 << 15

TAKEN = [
    (
        "PUT",
        COMMANDS,
        [command(options=[option(required=True, autocomplete=True)]), {"name": "Count words", "type": 3}],
    ),
    ("PUT", "/applications/1/guilds/2/commands", [command(name="größe")]),
    ("POST", MESSAGE, {"content": "x" * 2000, "components": [row(*(button(n) for n in range(5)))]}),
    ("POST", MESSAGE, {"flags": V2, "components": [text("x" * 3961), *(text("x") for _ in range(39))]}),
    ("POST", MESSAGE, {"embeds": [{"title": "t" * 256, "description": "d" * 4096}]}),
    ("PATCH", MESSAGE + "/2", {"components": [{"type": 17, "components": [text("x")]}]}),
    ("POST", CALLBACK, say(flags=64, components=[row(select(25))])),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [choice(str(n)) for n in range(25)]}}),
    ("POST", CALLBACK, {"type": 5}),
    ("POST", CALLBACK, modal(FIELD)),
    (
        "POST",
        FOLLOW_UP,
        {"content": "x", "components": [row({"type": 2, "style": 5, "label": "x", "url": "https://a.test"})]},
    ),
]

REFUSED = [
    ("PUT", COMMANDS, [command(name="Ask")]),
    ("PUT", COMMANDS, [command(name="two words")]),
    ("PUT", COMMANDS, [command(), command()]),
    ("PUT", COMMANDS, [command(description="")]),
    ("PUT", COMMANDS, [command(description="d" * 101)]),
    ("PUT", COMMANDS, [command(name=f"c{n}") for n in range(101)]),
    ("PUT", COMMANDS, [{"name": f"c{n}", "type": 3} for n in range(16)]),
    ("PUT", COMMANDS, [{"name": "c", "type": 3, "description": "d"}]),
    ("PUT", COMMANDS, [command(options=[option(), option(name="r", required=True)])]),
    ("PUT", COMMANDS, [command(options=[option(), option()])]),
    ("PUT", COMMANDS, [command(options=[option(choices=[choice("n" * 101)])])]),
    ("PUT", COMMANDS, [command(options=[option(choices=[choice(str(n), str(n)) for n in range(26)])])]),
    ("PUT", COMMANDS, [command(options=[option(choices=[choice()], autocomplete=True)])]),
    ("PUT", COMMANDS, [command(options=[option(), option(type=1, name="sub")])]),
    ("PATCH", COMMANDS + "/2", {"name": "Ask"}),
    ("POST", MESSAGE, {"content": ""}),
    ("POST", MESSAGE, {"content": "x" * 2001}),
    ("POST", MESSAGE, {"embeds": [{"description": "d" * 3001}, {"description": "d" * 3000}]}),
    ("POST", MESSAGE, {"embeds": [{"title": "t" * 257}]}),
    ("POST", MESSAGE, {"embeds": [{"fields": [{"name": "n", "value": ""}]}]}),
    ("POST", MESSAGE, {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
    ("POST", MESSAGE, {"content": "x", "components": [row(button(n)) for n in range(6)]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(*(button(n) for n in range(6)))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(button()), row(button())]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(button(custom_id="b" * 101))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(button(label="l" * 81))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(button(label=""))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(button(style=5))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(select(26))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(select(2, max_values=3))]}),
    ("POST", MESSAGE, {"content": "x", "components": [row(select(), button())]}),
    ("POST", MESSAGE, {"content": "x", "components": [text("x")]}),
    ("POST", MESSAGE, {"flags": V2, "content": "x", "components": [text("x")]}),
    ("POST", MESSAGE, {"flags": V2, "components": [text("x") for _ in range(41)]}),
    ("POST", MESSAGE, {"flags": V2, "components": [text("")]}),
    ("POST", MESSAGE, {"flags": V2, "components": [text("x" * 2001), text("x" * 2000)]}),
    ("POST", FOLLOW_UP, {"content": "x" * 2001}),
    ("PATCH", FOLLOW_UP + "/messages/@original", {"content": "x" * 2001}),
    ("POST", CALLBACK, say(content="x" * 2001)),
    ("POST", CALLBACK, say(flags=1 << 7)),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [choice() for _ in range(26)]}}),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [choice("n" * 101)]}}),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [choice("n", "v" * 101)]}}),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [choice(" ")]}}),
    ("POST", CALLBACK, modal()),
    ("POST", CALLBACK, modal(FIELD, title="t" * 46)),
    ("POST", CALLBACK, modal(FIELD, FIELD)),
]


@pytest.mark.parametrize(("method", "path", "payload"), TAKEN)
def test_taken(method: str, path: str, payload: Any) -> None:
    """What Discord takes passes, also by its own file where there is one."""
    assert check(method, path, payload) == []


@pytest.mark.parametrize(("method", "path", "payload"), REFUSED)
def test_refused(method: str, path: str, payload: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Discord refuses is refused without its file."""
    monkeypatch.delenv("DISCORD_OPENAPI", raising=False)
    assert check(method, path, payload) != []


def test_files_that_are_not_declared() -> None:
    """Once attachments are listed, every file is among them."""
    declared = {"content": "x", "attachments": [{"id": 0, "filename": "a.txt"}]}
    assert check("POST", MESSAGE, declared, files={"0"}, multipart=True) == []
    assert check("POST", MESSAGE, declared, files={"0", "1"}, multipart=True) != []


def test_the_openapi_file_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Types, unknown operations and ids written as numbers; the reason is that of the innermost part."""
    body = {"type": "object", "properties": {"content": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "recipient_id": {"$ref": "#/components/schemas/SnowflakeType"}}}  # fmt: skip
    operation = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    document = {"paths": {"/channels/{channel_id}/messages": {"post": operation, "get": {}}},
                "components": {"schemas": {"SnowflakeType": {"type": "string"}}}}  # fmt: skip
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setenv("DISCORD_OPENAPI", str(file))
    assert check("POST", MESSAGE, {"content": "x", "recipient_id": 3}) == []
    assert check("POST", MESSAGE, {"content": "x", "recipient_id": "x"}) != []
    (problem,) = check("POST", MESSAGE, {"content": True})
    assert problem.startswith("content: True is not ")
    assert check("PATCH", MESSAGE, {"content": "x"}) == [f"PATCH {MESSAGE}: no such operation"]
    assert check("GET", MESSAGE, None) == []
