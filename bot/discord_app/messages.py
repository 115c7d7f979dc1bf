"""Messages: mentions, direct messages, replies, and plain questions where a channel is set to `auto`.

Comes in: a message of Discord's. Goes out: at most one reply. Without the privileged switch Discord hands over the
content of a message only where the bot is mentioned or written to, and nothing more is needed here.
"""

import math
import re
import time
from collections.abc import Awaitable, Callable

import discord

from bot.discord_app import asking, pages, sending
from bot.discord_app.asking import Asker
from bot.discord_app.desk import Desk
from bot.engine import Engine

# An unasked answer must be wanted: a short message that asks one plain question.
AUTO_CHARACTERS = 300
_QUOTES = (">", "```")  # what somebody else said, or code
_KINDS = (discord.MessageType.default, discord.MessageType.reply)


async def take(
    desk: Desk, me: discord.ClientUser, message: discord.Message,
    answered: Callable[[discord.Message, str], Awaitable[bool]],
) -> None:  # fmt: skip
    """Answer a message if it is for the bot, or asks a plain question where it may answer unasked.

    `answered` says whether a message that may be read is itself an answer: to a question of a quiz.
    """
    if message.author.bot or message.webhook_id or message.type not in _KINDS or not desk.recent.new(message.id):
        return
    addressed = is_for(me, message)
    if not addressed and not (desk.settings.message_content and message.content):
        return
    asker = Asker(message.author.id, message.channel.id, message.guild.id if message.guild else None)
    if message.guild is not None:
        parent = getattr(message.channel, "parent_id", None)
        mode = await desk.mode(message.guild.id, message.channel.id, parent)
        if mode == "off" or (not addressed and mode != "auto"):
            return
    text = without_mention(message.content, me.id, _my_role(me, message))
    if await answered(message, text):
        return
    if addressed:
        await _answer(desk, asker, message, text)
    else:
        await _volunteer(desk, asker, message, text)


def is_for(me: discord.ClientUser, message: discord.Message) -> bool:
    """Whether a message is a direct one, mentions the bot, or replies to it with a ping."""
    named = any(person.id == me.id for person in message.mentions)
    return message.guild is None or named or _my_role(me, message) is not None


def _my_role(me: discord.ClientUser, message: discord.Message) -> int | None:
    """The role that Discord made for the bot, if that is mentioned: many mean the bot and pick its role."""
    roles = (role for role in message.role_mentions if role.tags and role.tags.bot_id == me.id)
    return next((role.id for role in roles), None)


def without_mention(content: str, me: int, role: int | None = None) -> str:
    """A message without the mentions of the bot, which are the address and not the question."""
    mine = rf"<@!?{me}>" if role is None else rf"<@!?{me}>|<@&{role}>"
    return re.sub(mine, " ", content).strip(" ,:;")


async def _answer(desk: Desk, asker: Asker, message: discord.Message, text: str) -> None:
    wait = desk.cooldown.wait(asker.place, desk.clock())
    if wait:
        if desk.cooldown.first_time(asker.place, desk.clock()):
            await sending.direct(message.author, pages.wait_card(math.ceil(wait)))
        return
    if not text or desk.engine.reader.is_small_talk(text):
        await sending.reply(message, pages.hello_card(desk))
        return
    given = await asking.ask(desk, asker, text, by="direct" if asker.guild is None else "mention")
    sent = await sending.reply(message, given.card)
    await asking.settle(desk, asker, given, sent.id if sent else None)


async def _volunteer(desk: Desk, asker: Asker, message: discord.Message, text: str) -> None:
    """Answer unasked, only if every gate passes; silence is never wrong here."""
    if not text or len(text) > AUTO_CHARACTERS or text.startswith(_QUOTES):
        return
    started = time.perf_counter()
    engine = desk.engine
    answer = engine.ask(text, today=desk.today())
    if answer.status != "answered" or not asks(engine, text):
        return
    if desk.cooldown.wait(asker.place, desk.clock()):
        return
    given = await asking.give(desk, asker, engine, answer, by="auto", started=started)
    sent = await sending.reply(message, given.card)
    await asking.settle(desk, asker, given, sent.id if sent else None)


def asks(engine: Engine, text: str) -> bool:
    """Whether a text is a question by its look: it ends with a question mark, or begins like one."""
    first = re.split(r"\W", text.lower().lstrip(), maxsplit=1)[0]
    return text.rstrip().endswith("?") or first in engine.reader.openers
