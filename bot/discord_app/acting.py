"""What every command, button and form does alike: who acts and where, whether they may now, and answering them.

Comes in: an interaction. Goes out: an Asker; an answer that was sent and whose buttons will work. Must not know: what
is asked.
"""

import math
from collections.abc import Awaitable, Callable
from typing import Any

from bot.discord_app import asking, pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.asking import Asker, Given
from bot.discord_app.desk import Desk
from bot.discord_app.parts import Card


def asker_of(interaction: Interaction, *, private: bool) -> Asker:
    """Who acts, and where."""
    return Asker(interaction.user.id, interaction.channel_id or 0, interaction.guild_id, private)


def sees_alone(interaction: Interaction) -> bool:
    """Whether the message that a button is on is seen by one person only."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def hidden_here(interaction: Interaction) -> bool:
    """Whether an answer must be one that a single person sees: everywhere but in a direct message with the bot."""
    return interaction.guild_id is not None or interaction.context.private_channel


async def begin(interaction: Interaction) -> None:
    """Say that something comes: in place of a message that one person sees, else beside it, privately."""
    mine = interaction.message is not None and (sees_alone(interaction) or not hidden_here(interaction))
    if mine:
        await sending.wait(interaction)
    else:
        await sending.defer(interaction, private=hidden_here(interaction))


def data_of(interaction: Interaction) -> dict[str, Any]:
    """What Discord says of a button, a menu or a form."""
    data: Any = interaction.data
    return data if isinstance(data, dict) else {}


async def quiet(desk: Desk, interaction: Interaction) -> bool:
    """Whether the channel is one in which nothing is said for all to read."""
    if interaction.guild_id is None:
        return False
    parent = getattr(interaction.channel, "parent_id", None)
    return await desk.mode(interaction.guild_id, interaction.channel_id or 0, parent) == "off"


async def must_wait(desk: Desk, interaction: Interaction, asker: Asker) -> bool:
    """Whether somebody asks too fast; they are told so privately."""
    wait = desk.cooldown.wait(asker.place, desk.clock())
    if wait:
        await sending.respond(interaction, pages.wait_card(math.ceil(wait)), private=True)
    return bool(wait)


async def answered(
    desk: Desk, interaction: Interaction, private: bool, give: Callable[[Asker], Awaitable[Given]]
) -> None:
    """Answer a question, unless it comes too soon: for the asker alone if they say so or the channel is a quiet one."""
    alone = private or await quiet(desk, interaction)
    asker = asker_of(interaction, private=alone)
    if await must_wait(desk, interaction, asker):
        return
    given = await give(asker)
    await asking.settle(desk, asker, given, await sending.respond(interaction, given.card, private=alone))


async def shown(desk: Desk, interaction: Interaction, card: Card) -> None:
    """Show a card to who acts, privately: in place of a card that they see alone, else beside it."""
    if sees_alone(interaction) and not interaction.response.is_done():
        await sending.change(interaction, card)
        sent = interaction.message.id if interaction.message else None
    else:
        sent = await sending.respond(interaction, card, private=True)
    if sent:
        await asking.hold(desk, interaction.user.id, card, sent)
