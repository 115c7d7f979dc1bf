"""The check of all requests catches what Discord refuses, and what could ping somebody."""

import contextlib

import discord
import pytest
from discord.http import Route

from tests.discord_app.world import World, refusals

pytestmark = pytest.mark.asyncio

NOBODY: dict[str, object] = {"allowed_mentions": {"parse": []}}


async def sent(world: World, body: dict[str, object]) -> list[str]:
    """What is refused of a request that the bot makes past all that would keep it from doing so."""
    world.env.http_requests.clear()
    with contextlib.suppress(discord.HTTPException):
        await world.bot.http.request(Route("POST", "/channels/{id}/messages", id=world.channel.id), json=body)
    found = refusals(world.env.http_requests)
    world.env.http_requests.clear()  # or this very test would fail when it ends
    return found


async def test_a_sound_message_passes(world: World) -> None:
    """What is sound is not complained of."""
    assert await sent(world, {"content": "hello", **NOBODY}) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({"content": "x" * 2001, **NOBODY}, "content: 2001 characters"),
        ({"content": "", **NOBODY}, "empty"),
        ({"content": "hello"}, "mentions are allowed: None"),
        ({"content": "hello", "allowed_mentions": {"parse": ["users"]}}, "mentions are allowed"),
        ({"content": "hi <@123456789012345678>", **NOBODY}, "a mention is written out"),
        ({"content": "hi @everyone", **NOBODY}, "a mention is written out"),
        ({"content": "x", "components": [{"type": 1, "components": []}], **NOBODY}, "a row holds"),
    ],
)
async def test_a_broken_message_is_caught(world: World, body: dict[str, object], what: str) -> None:
    """Too long, empty, pinging, or with a row that holds nothing."""
    assert any(what in told for told in await sent(world, body))


async def test_the_commands_are_checked_too(world: World) -> None:
    """The registration is among the requests that are looked at."""
    (registered,) = world.requests("PUT", r"/applications/\d+/commands")
    assert refusals([registered]) == []
    assert registered.json is not None
    registered.json[0]["name"] = "Two Words"
    assert any("no name for a command" in told for told in refusals([registered]))
    world.env.http_requests.clear()
