"""What is looked at every minute: the question of the day, and who is to be told that cards are due.

Comes in: the client and the desk, whose clock says what time it is. Goes out: nothing; a fault in one keeps neither the
other nor the next minute.
"""

from collections.abc import Awaitable, Callable, Mapping

import discord
import structlog
from discord.ext import tasks

from bot.discord_app.desk import Desk
from bot.discord_app.studying import daily_posting, reminders_posting

MINUTE = 60.0

log = structlog.get_logger()

_LOOKS: Mapping[str, Callable[[discord.Client, Desk], Awaitable[None]]] = {
    "the question of the day": daily_posting.ask_due,
    "the reminders": reminders_posting.tell_due,
}


async def every_minute(client: discord.Client, desk: Desk) -> None:
    """Look, for as long as the client lives; one after the other, so that they do not queue for the state."""

    @tasks.loop(seconds=MINUTE)
    async def look() -> None:
        for what, due in _LOOKS.items():
            try:
                await due(client, desk)
            except Exception:
                log.exception("failed", what=what)

    await look.start()
