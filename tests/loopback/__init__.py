"""A loopback Discord: enough of Discord on 127.0.0.1 for a stock discord.py process to log in, work and be tested.

    async with Loopback() as d:
        guild = d.add_guild()
        channel, alice = d.add_channel(guild), d.add_user("alice")
        await d.launch([sys.executable, "-m", "bot", "run"], cwd=folder)
        await d.ready()
        reply = await d.say(alice, channel, f"{d.mention} hello")      # the bot's message, or None
        result = await d.slash(alice, channel, "ask", question="…")    # message, modal, choices, ephemeral, errors …
        d.fault("POST", "/channels/*/messages", status=500)
        assert d.violations == [] and d.strays() == []
        code = await d.stop()

Each module stands on the one before: `world` (what there is), `gateway`, `messages`, `interactions`, `routes` and
`rest` (HTTP, with `faults` and `checks`), `users` with `client` (what people do), `server` (the bot's process). A bot
is sent here by `redirect/sitecustomize.py`, without its knowledge. There are no voice, threads, reactions or member
lists, and no roles beyond moderator and bot.
"""

import importlib
import os
import sys

from tests.loopback.interactions import Result
from tests.loopback.server import Loopback
from tests.loopback.users import Reply
from tests.loopback.world import Channel, Guild, SetupError, User

__all__ = ["Channel", "Guild", "Loopback", "Reply", "Result", "SetupError", "User", "discord_class"]


def discord_class() -> type[Loopback]:
    """The Discord that tests of the whole process run on: this one, or another of the same verbs.

    The environment variable LOOPBACK_CLASS names another as `folder:module:class`.
    """
    named = os.environ.get("LOOPBACK_CLASS")
    if not named:
        return Loopback
    folder, module, name = named.rsplit(":", 2)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    found: type[Loopback] = getattr(importlib.import_module(module), name)
    for verb in ("exited", "_hang_up"):
        if not hasattr(found, verb):
            setattr(found, verb, getattr(Loopback, verb))
    return found
