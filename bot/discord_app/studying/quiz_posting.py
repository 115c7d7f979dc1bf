"""Messages of a quiz: shown in a channel, or changed there, and what came of that.

Comes in: a client, a channel, a card. Goes out: the message's id, or whether it is no use to try again.
"""

import secrets
from enum import Enum

import discord

from bot.discord_app import sending
from bot.discord_app.layout import layout
from bot.discord_app.parts import Card

UNKNOWN_MESSAGE = 10008
NOBODY = discord.AllowedMentions.none()  # an edit does not take it from the client as a new message does


class Lost(Enum):
    """Why nothing is shown."""

    FOR_GOOD = "the channel is gone, or nothing may be said there"
    FOR_NOW = "Discord did not take it; it may later"


async def put(client: discord.Client, channel: int, card: Card, message: int | None = None) -> int | Lost:
    """Show a card: in place of `message` where that is still there, else as a new one. The id of the message."""
    place, nonce, view = client.get_partial_messageable(channel), secrets.randbits(63), layout(card)

    async def attempt() -> int | Lost:
        try:
            if message is not None:
                try:
                    await place.get_partial_message(message).edit(view=view, allowed_mentions=NOBODY)
                except discord.NotFound as error:
                    if error.code != UNKNOWN_MESSAGE:
                        raise
                else:
                    return message
            return (await place.send(view=view, nonce=nonce)).id
        except (discord.NotFound, discord.Forbidden):
            return Lost.FOR_GOOD

    return await sending.tried("a quiz", attempt) or Lost.FOR_NOW


async def change(client: discord.Client, channel: int, message: int, card: Card) -> bool:
    """Change a message, if it is still there; whether it was."""
    place, view = client.get_partial_messageable(channel).get_partial_message(message), layout(card)
    return await sending.tried("a change", lambda: place.edit(view=view, allowed_mentions=NOBODY)) is not None
