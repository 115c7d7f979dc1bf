"""What is done for a table: its quiz begun in the state, its messages shown, its round kept at the end.

Comes in: the client, the desk, a table, an effect of its quiz. Goes out: whether it could be shown.
"""

import datetime

import discord
import structlog

from bot.discord_app import asking
from bot.discord_app.desk import Desk
from bot.discord_app.studying import quiz_shows
from bot.discord_app.studying.quiz_posting import Lost, put
from bot.discord_app.studying.quiz_table import Table
from bot.state.quizzes import Quizzes
from bot.study import keeping
from bot.study.events import Ask, Effect, Revealed

log = structlog.get_logger()


def begin(kept: Quizzes, table: Table, host: int, now: datetime.datetime) -> bool:
    """Keep a quiz that begins. Works on the state."""
    about = (table.channel, table.guild, host, table.quiz, now)
    if keeping.begin(kept, *about):
        return True
    kept.end(table.channel, None, now)  # one that could not be read when the bot began
    return keeping.begin(kept, *about)


async def show(client: discord.Client, desk: Desk, table: Table, effect: Effect) -> Lost | None:
    """Show a question, or what came of it: both in one message. None where that is done, or nothing is to be shown."""
    if isinstance(effect, Ask):
        if effect.number != table.quiz.number:
            return None
        card = quiz_shows.question(desk, table, effect)
    elif isinstance(effect, Revealed):
        card = quiz_shows.reveal(desk, table, effect, await _hidden(desk, table.guild))
    else:
        return None
    number = effect.number
    shown = await put(client, table.channel, card, table.messages.get(number))
    if isinstance(shown, Lost):
        return shown
    table.failed = 0
    await asking.hold(desk, table.host or 0, card, shown)
    if table.messages.get(number) != shown:
        table.messages = {number: shown}
        await table.note_message(desk)
    return None


async def end(desk: Desk, table: Table) -> int | None:
    """Keep the round that a quiz was; its number, None where nobody answered."""
    quiz, now = table.quiz, desk.now()
    log.info("quiz ended", guild=table.guild, questions=len(quiz.results), people=len(quiz.scores()))
    return await desk.kept(lambda: keeping.end(desk.store.quizzes, table.channel, quiz, now))


async def board(client: discord.Client, desk: Desk, table: Table, round_id: int | None) -> None:
    """Show how a quiz ended."""
    await put(client, table.channel, quiz_shows.final(table, await _hidden(desk, table.guild), round_id, desk))


async def _hidden(desk: Desk, guild: int | None) -> set[int]:
    """Who is not to be listed."""
    return set() if guild is None else await desk.kept(lambda: desk.store.quizzes.opted_out(guild)) or set()
