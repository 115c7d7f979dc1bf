"""What is looked at every few minutes: the question of the day, and who is to be told that cards are due.

Comes in: the client and the desk, whose clock says what time it is. Goes out: nothing; a fault in one keeps neither the
other nor the next look.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import discord
import structlog

from bot.discord_app.desk import Desk
from bot.discord_app.studying import daily_posting, reminders_posting

STEP = 300.0  # seconds; hours begin at full quarters in every time zone, so what is due at an hour comes on time

log = structlog.get_logger()

_LOOKS: Mapping[str, Callable[[discord.Client, Desk], Awaitable[None]]] = {
    "the question of the day": daily_posting.ask_due,
    "the reminders": reminders_posting.tell_due,
}


async def every_few_minutes(client: discord.Client, desk: Desk) -> None:
    """Look, for as long as the client lives; one after the other, so that they do not queue for the state."""
    while True:
        for what, due in _LOOKS.items():
            try:
                await due(client, desk)
            except Exception:
                log.exception("failed", what=what)
        await asyncio.sleep(STEP - desk.now().timestamp() % STEP)
