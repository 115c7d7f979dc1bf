"""What Discord would refuse in a request body: a list of problems, `where: what`; empty if it would take it.

`check` asks Discord's OpenAPI file, when the environment variable DISCORD_OPENAPI names it, and always the documented
limits of messages, components, embeds, modals and choices, most of which that file lacks. It needs no server, so that
other tests can use it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from tests.loopback.command_checks import command_problems, command_set_problems
from tests.loopback.schema import schema_problems
from tests.loopback.world import Json

V2 = 1 << 15
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
SELECTS = {3, 5, 6, 7, 8}
LINK, PREMIUM = 5, 6
# Suppress embeds, ephemeral, silent, Components V2: what an answer to an interaction may be marked as.
ANSWER_FLAGS = 1 << 2 | 1 << 6 | 1 << 12 | V2

EMBED_LENGTHS = {"title": 256, "description": 4096, "footer.text": 2048, "author.name": 256}
COMPONENT_LENGTHS = {
    BUTTON: {"label": 80, "url": 512},
    STRING_SELECT: {"placeholder": 150},
    TEXT_INPUT: {"label": 45, "placeholder": 100},
    LABEL: {"label": 45, "description": 100},
}


def check(method: str, path: str, payload: Any, *, files: Collection[str] = (), multipart: bool = False) -> list[str]:
    """The problems of a request to `path` (`/channels/1/messages`); `files` are the numbers of the files sent along."""
    problems = [*schema_problems(method, path, payload, multipart), *limit_problems(method, path, payload, set(files))]
    return list(dict.fromkeys(problems))


def limit_problems(method: str, path: str, payload: Any, files: set[str]) -> Iterator[str]:
    """The problems by the documented limits."""
    if not payload or method not in ("POST", "PUT", "PATCH"):
        return
    create = method == "POST"
    if re.fullmatch(r"/applications/\d+(/guilds/\d+)?/commands", path) and method == "PUT":
        yield from command_set_problems(payload)
    elif re.fullmatch(r"/applications/\d+(/guilds/\d+)?/commands(/\d+)?", path):
        yield from command_problems(payload, "command", whole=create)
    elif re.fullmatch(r"/channels/\d+/messages(/\d+)?", path):
        yield from message_problems(payload, files, create=create)
    elif re.fullmatch(r"/webhooks/\d+/[^/]+(/messages/[^/]+)?", path):
        yield from message_problems(payload, files, create=create, answer=True)
    elif re.fullmatch(r"/interactions/\d+/[^/]+/callback", path):
        data = payload.get("data") or {}
        if payload.get("type") in (4, 7):
            yield from message_problems(data, files, create=payload["type"] == 4, answer=True)
        elif payload.get("type") == 8:
            yield from choice_problems(data.get("choices") or [])
        elif payload.get("type") == 9:
            yield from modal_problems(data)


def too_long(where: str, text: object, most: int, least: int = 0) -> Iterator[str]:
    """A problem if a text is longer or shorter than it may be."""
    if isinstance(text, str) and not least <= len(text) <= most:
        yield f"{where}: {len(text)} characters, allowed are {least} to {most}"


def message_problems(data: Json, files: set[str], *, create: bool, answer: bool = False) -> Iterator[str]:
    """The problems of a message."""
    content, embeds, flags = data.get("content"), data.get("embeds") or [], data.get("flags") or 0
    components = data.get("components") or []
    yield from too_long("content", content, 2000)
    yield from embed_problems(embeds)
    yield from component_problems(components)
    if flags & V2:
        if content or embeds or data.get("poll"):
            yield "flags: a message of Components V2 has no content, embeds or poll"
        if len(list(walk(components))) > 40:
            yield f"components: {len(list(walk(components)))} in all, the limit is 40"
        shown = sum(len(c.get("content") or "") for c in walk(components) if c.get("type") == TEXT_DISPLAY)
        if shown > 4000:
            yield f"components: {shown} characters of text, the limit is 4000"
    elif create or all(component.get("type") == ROW for component in components):
        if len(components) > 5:
            yield f"components: {len(components)} rows, the limit is 5"
        if any(component.get("type") != ROW for component in components):
            yield "components: only rows unless the message is of Components V2"
    forwards = (data.get("message_reference") or {}).get("type") == 1
    if create and not (content or embeds or components or files or data.get("poll") or forwards):
        yield "message: empty (50006)"
    allowed = data.get("allowed_mentions") or {}
    yield from (
        f"allowed_mentions: {k} twice" for k in ("users", "roles") if k in allowed.get("parse", ()) and allowed.get(k)
    )
    if answer and create and flags & ~ANSWER_FLAGS:
        yield f"flags: {flags} are not for an answer to an interaction"
    declared = {str(a.get("id")) for a in data.get("attachments") or ()}
    if len(files) > 10 or (data.get("attachments") and files - declared):
        yield f"files: {len(files)} sent, {len(declared)} declared, the limit is 10"


def embed_problems(embeds: list[Json]) -> Iterator[str]:
    """The problems of embeds; titles, descriptions, fields, footers and authors share 6,000 characters."""
    total = 0
    if len(embeds) > 10:
        yield f"embeds: {len(embeds)}, the limit is 10"
    for at, embed in enumerate(embeds):
        fields = embed.get("fields") or []
        if len(fields) > 25:
            yield f"embeds.{at}.fields: {len(fields)}, the limit is 25"
        texts = [(key, (embed.get(key.split(".")[0]) or ""), most) for key, most in EMBED_LENGTHS.items()]
        lines = [(k, v.get(k.split(".")[-1]) if isinstance(v, dict) else v, most, 0) for k, v, most in texts]
        for n, one in enumerate(fields):
            lines += [(f"fields.{n}.{key}", one.get(key), most, 1) for key, most in (("name", 256), ("value", 1024))]
        for key, text, most, least in lines:
            yield from too_long(f"embeds.{at}.{key}", text, most, least)
            total += len(text or "")
    if total > 6000:
        yield f"embeds: {total} characters in all, the limit is 6000"


def walk(components: Any) -> Iterator[Json]:
    """Components and all that they contain."""
    for component in components or ():
        if isinstance(component, dict):
            yield component
            yield from walk(component.get("components"))
            yield from walk([component.get("accessory"), component.get("component")])


def component_problems(components: list[Json]) -> Iterator[str]:
    """The problems of components, wherever they stand."""
    every = list(walk(components))
    used = Counter(component["custom_id"] for component in every if component.get("custom_id") is not None)
    yield from (f"components: the custom_id {one!r} is used {times} times" for one, times in used.items() if times > 1)
    ids = Counter(component["id"] for component in every if component.get("id"))
    yield from (f"components: the id {one} is used {times} times" for one, times in ids.items() if times > 1)
    for component in every:
        kind = component.get("type", 0)
        yield from too_long("components: custom_id", component.get("custom_id"), 100, 1)
        if kind == TEXT_DISPLAY:
            yield from too_long("components: text", component.get("content") or "", 4000, 1)
        for key, most in COMPONENT_LENGTHS.get(kind, {}).items():
            yield from too_long(f"components: {key} of type {kind}", component.get(key), most)
        if kind == ROW:
            inner = [one.get("type") for one in component.get("components") or ()]
            if not 1 <= len(inner) <= 5 or (len(inner) > 1 and SELECTS & set(inner)):
                yield f"components: a row holds one select menu or 1 to 5 buttons, not {inner}"
        elif kind == BUTTON:
            yield from button_problems(component)
        elif kind in SELECTS:
            yield from select_problems(component)


def button_problems(button: Json) -> Iterator[str]:
    """The problems of a button."""
    style, named, url = button.get("style"), button.get("custom_id") is not None, bool(button.get("url"))
    if style == LINK and (named or not url):
        yield "components: a link button has a url and no custom_id"
    if style not in (LINK, PREMIUM) and (url or not named):
        yield "components: a button has a custom_id and no url"
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        yield "components: a button has a label or an emoji"


def select_problems(select: Json) -> Iterator[str]:
    """The problems of a select menu."""
    low, high, options = select.get("min_values", 1), select.get("max_values", 1), select.get("options") or []
    if low > high or not 0 <= low <= 25 or not 1 <= high <= 25:
        yield f"components: {low} to {high} values to select"
    if select.get("type") != STRING_SELECT:
        return
    if not 1 <= len(options) <= 25 or high > len(options):
        yield f"components: {len(options)} options, {high} to select"
    if len({option.get("value") for option in options}) != len(options):
        yield "components: the values of options repeat"
    for option in options:
        for key, least in (("label", 1), ("value", 1), ("description", 0)):
            yield from too_long(f"components: {key} of an option", option.get(key), 100, least)


def modal_problems(modal: Json) -> Iterator[str]:
    """The problems of a modal."""
    yield from too_long("modal: title", modal.get("title"), 45, 1)
    yield from too_long("modal: custom_id", modal.get("custom_id"), 100, 1)
    if not 1 <= len(modal.get("components") or ()) <= 5:
        yield "modal: 1 to 5 components"
    yield from component_problems(modal.get("components") or [])


def choice_problems(choices: list[Json]) -> Iterator[str]:
    """The problems of choices, of autocomplete or of an option."""
    if len(choices) > 25:
        yield f"choices: {len(choices)}, the limit is 25"
    for at, choice in enumerate(choices):
        yield from too_long(f"choices.{at}.name", (choice.get("name") or "").strip(), 10**9, 1)
        yield from too_long(f"choices.{at}.name", choice.get("name"), 100, 1)
        yield from too_long(f"choices.{at}.value", choice.get("value"), 100)
