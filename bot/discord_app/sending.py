"""Sending: an answer reaches Discord once, or is given up with one log line.

discord.py waits for rate limits and tries again after 500, 502 and 504; what it does not try again is done here: a 503,
a connection that was reset, an answer of Discord's that was lost. A message is sent again under the same nonce, so that
Discord writes it once; an interaction that was answered already is answered.
"""

import asyncio
import io
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import aiohttp
import discord
import structlog

from bot.discord_app.aliases import Interaction
from bot.discord_app.layout import layout
from bot.discord_app.parts import Card

T = TypeVar("T")

TRIES = 5
FIRST_WAIT = 0.25  # seconds; doubled each time, so that all tries fit into the 3 seconds of an interaction
TRANSIENT = (discord.DiscordServerError, aiohttp.ClientError, OSError, asyncio.TimeoutError)
TRIED_BY_LIBRARY = frozenset({500, 502, 504, 524})  # five times within half a minute, before it says so
ALREADY_ANSWERED = 40060
TOO_MANY, SERVER_FAULT = 429, 500  # requests; the first of the statuses by which Discord says that it failed
NO_HISTORY = 160002  # a reply needs the permission to read what it replies to

log = structlog.get_logger()


async def tried(what: str, attempt: Callable[[], Awaitable[T]]) -> T | None:
    """The result of an attempt, made again where that may help; None, and a log line, where it was given up."""
    for number in range(TRIES):
        try:
            return await attempt()
        except TRANSIENT as error:
            if number + 1 == TRIES or getattr(error, "status", None) in TRIED_BY_LIBRARY:
                log.warning("given up", sending=what, kind=type(error).__name__)
                return None
            await asyncio.sleep(FIRST_WAIT * 2**number)
        except discord.HTTPException as error:
            log.warning("given up", sending=what, status=error.status, code=error.code)
            return None
    return None


async def reply(message: discord.Message, card: Card) -> discord.Message | None:
    """Answer a message. One that was deleted meanwhile, or may not be replied to, is answered without a reply."""
    nonce = secrets.randbits(63)
    view = layout(card)
    reference: discord.MessageReference | None = message.to_reference(fail_if_not_exists=False)

    async def attempt() -> discord.Message:
        nonlocal reference
        try:
            return await _send(message.channel, view, nonce, reference)
        except discord.HTTPException as error:
            if error.code != NO_HISTORY or reference is None:
                raise
            reference = None
            return await _send(message.channel, view, nonce, None)

    return await tried("a reply", attempt)


async def _send(
    channel: discord.abc.Messageable, view: discord.ui.LayoutView, nonce: int,
    reference: discord.MessageReference | None,
) -> discord.Message:  # fmt: skip
    if reference is None:
        return await channel.send(view=view, nonce=nonce)
    return await channel.send(view=view, nonce=nonce, reference=reference)


async def direct(person: discord.User | discord.Member, card: Card) -> bool:
    """Tell a person something in a direct message; whether it could be delivered. Closed DMs are no fault."""
    nonce, view = secrets.randbits(63), layout(card)
    try:
        await person.send(view=view, nonce=nonce)
    except (*TRANSIENT, discord.HTTPException):
        return False
    return True


async def person(client: discord.Client, id_: int, card: Card) -> bool:
    """The same by a person's id, where it may be told later as well; whether that is over with: delivered, or refused
    for good, as by closed direct messages or an account that is gone."""
    nonce, view = secrets.randbits(63), layout(card)
    try:
        found = client.get_user(id_) or await client.fetch_user(id_)
        await found.send(view=view, nonce=nonce)
    except TRANSIENT:
        return False
    except discord.HTTPException as error:
        log.info("person not told", status=error.status, code=error.code)
        return error.status < SERVER_FAULT and error.status != TOO_MANY
    return True


async def post(client: discord.Client, channel: int, card: Card) -> bool:
    """Write into a channel that nobody wrote in just now; whether it could be delivered."""
    nonce, view = secrets.randbits(63), layout(card)
    place = client.get_partial_messageable(channel)
    return await tried("a notice", lambda: place.send(view=view, nonce=nonce)) is not None


async def respond(interaction: Interaction, card: Card, *, private: bool) -> int | None:
    """Answer an interaction, or fill in what was deferred; the id of the message, None where it was given up."""
    view = layout(card)
    if interaction.response.is_done():
        made = await tried("a deferred answer", lambda: interaction.edit_original_response(view=view))
        return made.id if made else None

    async def attempt() -> int | None:
        try:
            sent = await interaction.response.send_message(view=view, ephemeral=private)
            return sent.message_id
        except discord.HTTPException as error:
            if error.code != ALREADY_ANSWERED:
                raise
            return (await interaction.original_response()).id

    return await tried("an answer", attempt)


async def present(interaction: Interaction, card: Card, files: Mapping[str, bytes]) -> int | None:
    """Fill in what was deferred with a card and the files that it names; the id of the message, None where it was
    given up."""
    view = layout(card)

    async def attempt() -> int:
        made = [discord.File(io.BytesIO(data), filename=name) for name, data in files.items()]  # each is read once
        return (await interaction.edit_original_response(view=view, attachments=made)).id

    return await tried("files", attempt)


async def change(interaction: Interaction, card: Card) -> bool:
    """Change the message that a button is on."""
    view = layout(card)
    return await _once("a change", lambda: interaction.response.edit_message(view=view))


async def defer(interaction: Interaction, *, private: bool) -> bool:
    """Say that the answer takes a while."""
    return await _once("a deferral", lambda: interaction.response.defer(ephemeral=private, thinking=True))


async def wait(interaction: Interaction) -> bool:
    """Say that the message that a button is on will change in a while."""
    return await _once("a deferral", interaction.response.defer)


async def ask_for(interaction: Interaction, modal: discord.ui.Modal) -> bool:
    """Show a form. It is stopped, so that discord.py keeps nothing of it; what is filled in is read from the event."""
    modal.stop()
    return await _once("a form", lambda: interaction.response.send_modal(modal))


async def hand_over(interaction: Interaction, name: str, text: str) -> bool:
    """Answer privately with a text file."""
    data = text.encode()

    async def attempt() -> object:
        file = discord.File(io.BytesIO(data), filename=name)
        if interaction.response.is_done():
            return await interaction.edit_original_response(attachments=[file])
        return await interaction.response.send_message(file=file, ephemeral=True)

    return await _once("a file", attempt)


async def remove(interaction: Interaction) -> bool:
    """Delete the message that a button is on."""
    if not await _once("a deletion", interaction.response.defer):
        return False
    return await _once("a deletion", interaction.delete_original_response)


async def _once(what: str, attempt: Callable[[], Awaitable[object]]) -> bool:
    """Try; an interaction that turns out to be answered already was answered by a try whose result was lost."""

    async def told() -> bool:
        try:
            await attempt()
        except discord.HTTPException as error:
            if error.code != ALREADY_ANSWERED:
                raise
        return True

    return bool(await tried(what, told))
