"""People are told that cards of theirs are due: once a day, where they asked for it.

Comes in: the client, the desk and its clock. Goes out: one message a channel, however many are told in it, or a direct
one. That somebody was told is kept before it is sent: a day without is better than being told twice.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence

import discord
import structlog

from bot.discord_app import sending
from bot.discord_app.desk import Desk
from bot.discord_app.parts import Card, Text
from bot.discord_app.studying.boards import mention
from bot.discord_app.studying.makers import Making
from bot.discord_app.studying.quiz_posting import Lost, put
from bot.discord_app.studying.study_cards import start_row
from bot.discord_app.studying.study_ids import Scope
from bot.state.reminders import Reminder
from bot.study.daily import zone_of
from bot.study.deck import Deck
from bot.study.reminding import day_of, to_tell

MOST = 50  # people told in one message; a mention has up to 22 characters

log = structlog.get_logger()


async def tell_due(client: discord.Client, desk: Desk) -> None:
    """Tell everybody whose hour has come, who has cards due, and who was not told yet today."""
    now = desk.now()
    every = await desk.kept(desk.store.reminders.all) or ()
    waiting = to_tell([one for one in every if zone_of(one.zone)], now)
    waiting = [one for one in waiting if not await _quiet(client, desk, one)]
    if not waiting:
        return
    making = await desk.makers.ready()
    told = await desk.kept(lambda: _noted(desk, making, waiting, now)) or []
    channels: dict[int, list[int]] = defaultdict(list)
    for one, due in told:
        if one.channel_id is None:
            await _direct(client, desk, one, due)
        else:
            channels[one.channel_id].append(one.person_id)
    for channel, people in channels.items():
        for first in range(0, len(people), MOST):
            await _in_channel(client, desk, channel, people[first : first + MOST])


async def _quiet(client: discord.Client, desk: Desk, one: Reminder) -> bool:
    """Whether moderators have said since that nothing is to be said in the channel for all to read."""
    if one.channel_id is None or one.guild_id is None:
        return False
    parent = getattr(client.get_channel(one.channel_id), "parent_id", None)
    return await desk.mode(one.guild_id, one.channel_id, parent) == "off"


def _noted(
    desk: Desk, making: Making, waiting: Sequence[Reminder], now: datetime.datetime
) -> list[tuple[Reminder, int]]:  # fmt: skip
    """Those who have cards due, with how many, after it was noted that they were told. Works on the state."""
    found = []
    for one in waiting:
        deck = Deck(desk.store.cards, one.person_id, making.maker, dict(making.digests))
        due = len(deck.due(now)) if deck.wakes(now) else 0
        if due and desk.store.reminders.told(one.person_id, day_of(one, now)):
            found.append((one, due))
    return found


async def _direct(client: discord.Client, desk: Desk, one: Reminder, due: int) -> None:
    many = f"{due} cards of yours are" if due > 1 else "One card of yours is"
    told = f"📇 {many} due.\n-# You asked me to tell you; **/study remind off** ends it."
    opened = await sending.tried("a reminder", lambda: client.create_dm(discord.Object(one.person_id)))
    if opened is None:
        return
    if await put(client, opened.id, Card((Text(told), start_row("Study now", Scope())))) is Lost.FOR_GOOD:
        await desk.kept(lambda: desk.store.reminders.clear(one.person_id))  # they take no direct messages


async def _in_channel(client: discord.Client, desk: Desk, channel: int, people: Sequence[int]) -> None:
    shown = await put(client, channel, channel_card(people))
    if shown is Lost.FOR_GOOD:
        ended = await desk.kept(lambda: desk.store.reminders.clear_channel(channel))
        log.warning("no reminders", people=ended, why="the channel is gone, or closed to me")


def channel_card(people: Sequence[int]) -> Card:
    """Who has cards due; how many is nobody else's business."""
    told = f"🎓 Cards are due: {', '.join(map(mention, people))}\n-# **/study remind off** ends it, for each alone."
    return Card((Text(told), start_row("Study mine", Scope())))
