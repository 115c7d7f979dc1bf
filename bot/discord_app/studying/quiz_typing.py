"""Answers that are typed: in direct messages, to the bot by a mention, and where it may read along.

Comes in: a message that the bot may read (`bot.discord_app.messages` sees to that), and the quizzes that run. Goes out:
whether it was an answer; if so it counts from when it was sent, and gets a mark that does not say whether it is right.
"""

import asyncio
import contextlib

import discord

from bot.discord_app.desk import Desk
from bot.discord_app.studying.quiz_tables import Tables
from bot.study.events import LATE, Answer
from bot.study.grading import MOST, RIGHT, UNREAD, grade
from bot.study.playing import ASKING

SEEN, TOO_LATE = "☑️", "⌛"


async def take(desk: Desk, tables: Tables, message: discord.Message, text: str) -> bool:
    """Take a message as an answer to the question that is open in its channel; False where it is none."""
    table = tables.at(message.channel.id)
    if table is None or table.quiz.phase != ASKING or not text or len(text) > MOST:
        return False
    number, asked = table.quiz.number, table.quiz.asked
    asker, strict = desk.makers.now().asker, table.quiz.rules.strict
    made = await asyncio.to_thread(grade, asker, asked, text, strict=strict)
    if made.verdict == UNREAD:
        return False
    event = Answer(message.author.id, number, made.picks, message.created_at, right=made.verdict == RIGHT)
    told = await tables.happen(table.channel, event)
    if table.quiz.rules.players != 1 or told == LATE:
        with contextlib.suppress(discord.HTTPException):  # a mark is a courtesy, and needs a permission of its own
            await message.add_reaction(TOO_LATE if told == LATE else SEEN)
    return True
