"""REST by hand, for what the tiny bot does not ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.loopback import Loopback, SetupError

Call = tuple[int, Any]  # status and body


class Client:
    """A bot's requests, one at a time."""

    def __init__(self, d: Loopback, session: aiohttp.ClientSession) -> None:
        self.d, self.session = d, session

    async def __call__(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Call:
        headers = {"Authorization": f"Bot {token or self.d.token}", "User-Agent": "DiscordBot (https://a.test 1)"}
        url = f"{self.d.url}/api/v10{path}"
        async with self.session.request(method, url, json=body, headers=headers) as response:
            return response.status, (await response.json() if response.status != 204 else None)


@asynccontextmanager
async def client(**rules: Any) -> AsyncIterator[tuple[Loopback, Client]]:
    """A Discord without a bot, and what asks it."""
    async with Loopback(**rules) as d, aiohttp.ClientSession() as session:
        yield d, Client(d, session)


@pytest.mark.asyncio
async def test_commands_of_everywhere_and_of_one_server() -> None:
    """They are registered, changed and removed; the same name keeps its id; a server's own stand first."""
    async with client() as (d, call):
        guild = d.add_guild()
        channel, alice = d.add_channel(guild), d.add_user()
        for scope in ("", f"/guilds/{guild.id}"):
            path = f"/applications/{d.bot.id}{scope}/commands"
            _, (first,) = await call("PUT", path, [{"name": "ask", "description": "one"}])
            _, added = await call("POST", path, {"name": "more", "description": "d"})
            _, (second,) = await call("PUT", path, [{"name": "ask", "description": "two"}])
            assert (second["id"], second["description"]) == (first["id"], "two")
            assert (await call("DELETE", f"{path}/{added['id']}"))[1]["code"] == 10063
            assert (await call("PATCH", f"{path}/{first['id']}", {"description": "three"}))[0] == 200
            assert [one["description"] for one in (await call("GET", path))[1]] == ["three"]
        assert (await call("DELETE", f"/applications/{d.bot.id}/commands/{next(iter(d.commands))}")) == (204, None)
        assert d.commands == {}
        with pytest.raises(SetupError, match="not connected"):
            await d.slash(alice, channel, "ask")
        with pytest.raises(SetupError, match="no registered command"):
            await d.slash(alice, d.dm(alice), "ask")
        assert d.violations == []


@pytest.mark.asyncio
async def test_messages_of_a_channel() -> None:
    """The bot writes, reads, changes and deletes its own, and nobody else's."""
    async with client() as (d, call):
        channel, alice = d.add_channel(d.add_guild()), d.add_user()
        path = f"/channels/{channel.id}/messages"
        other = d.post(alice, channel, "hers")
        _, made = await call("POST", path, {"content": "mine", "message_reference": {"message_id": other["id"]}})
        assert made["referenced_message"]["content"] == "hers"
        assert [user["id"] for user in made["mentions"]] == [alice.id]
        assert [one["content"] for one in (await call("GET", path))[1]] == ["mine", "hers"]
        assert (await call("PATCH", f"{path}/{made['id']}", {"content": "changed"}))[1]["content"] == "changed"
        assert (await call("PATCH", f"{path}/{other['id']}", {"content": "x"}))[1]["code"] == 50005
        assert (await call("DELETE", f"{path}/{other['id']}"))[1]["code"] == 50013
        assert (await call("DELETE", f"{path}/{made['id']}"))[0] == 204
        assert (await call("GET", f"{path}/{made['id']}"))[1]["code"] == 10008
        gone = {"content": "x", "message_reference": {"message_id": made["id"]}}
        assert (await call("POST", path, gone))[1]["code"] == 50035
        d.edit(other, f"hers, {d.mention}")
        assert other["mentions"][0]["id"] == d.bot.id
        d.delete(other)
        assert channel.messages == []
        assert d.violations == []


@pytest.mark.asyncio
async def test_what_is_refused() -> None:
    """A wrong token, a path that is none, a place that is none, an interaction that is none."""
    async with client() as (d, call):
        assert (await call("GET", "/users/@me", token="wrong"))[0] == 401  # noqa: S106
        assert (await call("POST", "/interactions/1/token/callback", {"type": 5}))[1]["code"] == 10062
        assert (await call("POST", "/webhooks/1/token", {"content": "x"}))[1]["code"] == 10015
        assert (await call("GET", "/channels/1"))[1]["code"] == 10003
        assert (await call("GET", f"/channels/{d.private(d.add_user()).id}"))[1]["code"] == 50001
        assert d.violations == []
        assert (await call("GET", "/nothing"))[0] == 404
        assert d.violations == ["no such operation here: GET /nothing"]


@pytest.mark.asyncio
async def test_limits() -> None:
    """A bucket's headers count down; the limit over all is told apart."""
    async with client(global_limit=3, limits={"GET /users/@me": (2, 60.0)}) as (_, call):
        assert [(await call("GET", "/users/@me"))[0] for _ in range(2)] == [200, 200]
        status, body = await call("GET", "/users/@me")
        assert (status, body["global"]) == (429, False)
        status, body = await call("GET", "/gateway")
        assert (status, body["global"]) == (429, True)
