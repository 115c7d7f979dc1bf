"""The question of the day is asked: in each channel that wants it, when its hour has come.

Comes in: the client, the desk and its clock. Goes out: a message a day, and the one before closed. That a question was
asked is kept before it is sent: a day without one is better than one that is asked twice.
"""

import asyncio
import datetime
from collections.abc import Sequence
from dataclasses import replace

import discord
import structlog

from bot.discord_app import asking
from bot.discord_app.desk import Desk
from bot.discord_app.parts import Block
from bot.discord_app.studying import daily_cards
from bot.discord_app.studying.quiz_posting import Lost, change, put
from bot.state.dailies import Daily, KeptStreak
from bot.study import daily
from bot.study.asked import Asked, asked_from_json

log = structlog.get_logger()


async def ask_due(client: discord.Client, desk: Desk) -> None:
    """Ask in every channel whose hour has come, and whose question of today was not asked yet."""
    now = desk.now()
    for one in await desk.kept(desk.store.dailies.all) or ():
        day = daily.due(one, now)
        if day is not None:
            await _ask(client, desk, one, day)


async def _ask(client: discord.Client, desk: Desk, one: Daily, day: datetime.date) -> None:
    asked = await _question(desk, one, day)
    if asked is None:
        log.info("no question of the day", guild=one.guild_id)
        return
    dailies, engine = desk.store.dailies, desk.engine
    before = await _before(desk, one, day)
    if not await desk.kept(lambda: dailies.note_asked(one.channel_id, day, asked.to_json())):
        return
    card = daily_cards.day_card(engine, asked, day, before)
    shown = await put(client, one.channel_id, card)
    if shown is Lost.FOR_GOOD:
        await _lost(client, desk, one)
    elif not isinstance(shown, Lost):
        await desk.kept(lambda: dailies.note_message(one.channel_id, shown))
        await desk.kept(lambda: desk.store.quizzes.note_turns(one.guild_id, [asked.fact]))
        await _close(client, desk, one)


async def _question(desk: Desk, one: Daily, day: datetime.date) -> Asked | None:
    making = desk.makers.now()
    times = await desk.kept(lambda: desk.store.quizzes.turns(one.guild_id)) or {}
    return await asyncio.to_thread(
        lambda: daily.question_of(making.maker, making.facts(one.topic), times, one.channel_id, day)
    )


async def _before(desk: Desk, one: Daily, day: datetime.date) -> Sequence[Block]:
    """What came of the question before, where there was one lately."""
    asked = asked_before(one)
    if asked is None or one.asked_on is None or (day - one.asked_on).days > 1 + daily.FORGIVEN:
        return ()
    given = await desk.kept(lambda: desk.store.dailies.answers(one.channel_id, one.asked_on or day)) or []
    hidden = await desk.kept(lambda: desk.store.quizzes.opted_out(one.guild_id)) or set()
    streaks = await desk.kept(lambda: streaks_on(desk, one.channel_id, day)) or []
    return daily_cards.came_of(asked, given, streaks, hidden)


def streaks_on(desk: Desk, channel: int, day: datetime.date) -> list[KeptStreak]:
    """The streaks that are on, on a day, the longest first. Reads the state."""
    held = [replace(s, days=daily.days_now(s, day)) for s in desk.store.dailies.streaks(channel)]
    return sorted((streak for streak in held if streak.days), key=lambda streak: -streak.days)


def asked_before(one: Daily) -> Asked | None:
    """What was asked last; None where nothing was, or by another version."""
    try:
        return asked_from_json(one.asked) if one.asked else None
    except ValueError:
        return None


async def _close(client: discord.Client, desk: Desk, one: Daily) -> None:
    """Take the buttons off the question before, and show what was right."""
    asked = asked_before(one)
    if asked is None or one.message_id is None or one.asked_on is None:
        return
    day = one.asked_on
    given = await desk.kept(lambda: desk.store.dailies.answers(one.channel_id, day)) or []
    card = daily_cards.closed_card(desk.engine, asked, day, given, desk.today())
    if await change(client, one.channel_id, one.message_id, card):
        await asking.hold(desk, 0, card, one.message_id)


async def _lost(client: discord.Client, desk: Desk, one: Daily) -> None:
    """A channel that is gone gets no more questions; one that is closed to the bot may be opened again."""
    if client.get_channel(one.channel_id) is None:
        await desk.kept(lambda: desk.store.dailies.off(one.channel_id))
    log.warning("no question of the day", guild=one.guild_id, why="the channel is gone, or closed to me")
