"""A quiz started, by command or by a button, and who may lead it.

Comes in: an interaction, and what somebody chose. Goes out: a quiz that runs, or one sentence why not.
"""

import asyncio

from bot.discord_app import acting, pages, sending
from bot.discord_app.acting import asker_of
from bot.discord_app.aliases import Interaction
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.limits import fit
from bot.discord_app.studying import quiz_cards
from bot.discord_app.studying.quiz_ids import Press
from bot.discord_app.studying.quiz_paces import PACES, USUAL
from bot.discord_app.studying.quiz_table import Table
from bot.study.asked import Asked
from bot.study.playing import Rules
from bot.study.rotation import draw
from bot.study.topics import ANYTHING, Topic, topic_of

MOST = 30  # questions
RUNNING = "A quiz is running here already. **/quiz score** tells how it stands; **/quiz stop** ends it."


def may_lead(interaction: Interaction, table: Table) -> bool:
    """Whether somebody started the quiz, or moderates the channel."""
    moderates = interaction.guild_id is not None and interaction.permissions.manage_messages
    return moderates or interaction.user.id == table.host


async def start_again(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Another quiz like the one that is over."""
    pace, strict, topic = (*pressed.word.split(".", 2), "", "")[:3]
    await begin(desk, interaction, topic or ANYTHING, pressed.number, pace if pace in PACES else USUAL, strict == "s")


async def begin(desk: Desk, interaction: Interaction, typed: str, count: int, pace: str, strict: bool) -> None:
    """Start a quiz about what somebody typed, in the channel where they are."""
    why = await _why_not(desk, interaction)
    if why:
        await sending.respond(interaction, pages.say(f"🚫 {why}"), private=True)
        return
    if await acting.must_wait(desk, interaction, asker_of(interaction, private=True)):
        return
    making = await desk.makers.ready()
    topic = next((topic for topic in making.topics if topic.key == (typed or ANYTHING)), None)
    topic = topic or topic_of(desk.engine, typed, making.today)
    if topic is None:
        told = f"I know no topic “{fit(escape(typed), 100)}”. Choose one while you type, or leave it out."
        await sending.respond(interaction, pages.say(f"❔ {told}"), private=True)
        return
    await sending.defer(interaction, private=False)
    channel, guild = interaction.channel_id or 0, interaction.guild_id
    questions = await _drawn(desk, interaction, topic, count)
    if not questions:
        await sending.respond(
            interaction, pages.say(f"📭 Nothing about {escape(topic.title)} can be asked now."), private=False
        )
        return
    alone = guild is None
    chosen = PACES[pace]
    rules = Rules(topic.key, chosen.seconds, chosen.pause, strict, 1 if alone else 0)
    again = quiz_cards.again_id(topic.key, count, pace, strict=strict)
    if interaction.client.tables.at(channel) is not None:
        await sending.respond(interaction, pages.say(RUNNING), private=False)
        return
    card = quiz_cards.start_card(
        topic.title, len(questions), chosen.told, interaction.user.id, short=len(questions) < count, alone=alone
    )
    await sending.respond(interaction, card, private=False)
    begun = await interaction.client.tables.start(
        channel, guild, interaction.user.id, rules, tuple(questions), title=topic.title, again=again
    )
    if not begun:
        await sending.respond(interaction, pages.say(RUNNING), private=False)


async def _why_not(desk: Desk, interaction: Interaction) -> str:
    """Why no quiz may begin here; empty where one may."""
    if not desk.makers.now().there:
        return "There are no words for questions in this knowledge base."
    if interaction.client.tables.at(interaction.channel_id or 0) is not None:
        return RUNNING
    if interaction.guild_id is None:
        return ""
    if await acting.quiet(desk, interaction):
        return "In this channel I say nothing for all to read; moderators change that with **/channel mode**."
    rights = interaction.app_permissions
    thread = getattr(interaction.channel, "parent_id", None) is not None
    if not (rights.view_channel and (rights.send_messages_in_threads if thread else rights.send_messages)):
        return "I may not write in this channel."
    return ""


async def _drawn(desk: Desk, interaction: Interaction, topic: Topic, count: int) -> list[Asked]:
    """The questions: of facts that were asked here least often."""
    making, rng = desk.makers.now(), interaction.client.tables.rng
    place = interaction.guild_id or interaction.channel_id or 0
    times = await desk.kept(lambda: desk.store.quizzes.turns(place)) or {}
    async with interaction.client.tables.drawing:
        return await asyncio.to_thread(
            lambda: draw(making.maker, making.facts(topic.key), max(1, min(count, MOST)), times, rng)
        )
