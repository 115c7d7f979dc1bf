"""What is told to others than who acts: a line for each change, a digest every week, word to who proposed something.

Comes in: the client, and what happened. Goes out: messages into the channels that servers chose, or to one person. What
cannot be delivered is noted in the log and fails nothing.
"""

import asyncio

import discord

from bot.curation.audit import AuditLine, audit_line
from bot.curation.digest import Digest, weekly_digest
from bot.curation.drafts import Change
from bot.curation.outcomes import Saved
from bot.discord_app import sending
from bot.discord_app.curating import facts
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape, link, web_address
from bot.discord_app.limits import fit
from bot.discord_app.parts import Block, Card, Rule, Text
from bot.engine import Engine
from bot.state.proposals import Proposal

HOUR = 3600.0


# --- a line for each change


async def audit(client: discord.Client, desk: Desk, saved: Saved) -> None:
    """One quiet line in every channel that asked for it."""
    channels = await desk.kept(lambda: desk.store.notices.all("audit"))
    if not channels:
        return
    made = audit_line(desk.engine, saved.change, desk.settings.commit_url)
    card = Card((Text(_line(made)),))
    await asyncio.gather(*(sending.post(client, notice.channel_id, card) for notice in channels))


def _line(made: AuditLine) -> str:
    more = f" · {link('diff', made.link, 40)}" if web_address(made.link) else ""
    why = f": {escape(made.why)}" if made.why else ""
    return fit(f"-# ✏️ {escape(made.who)} {escape(made.did)} {escape(made.what)}{why}{more}", 1500)


# --- the digest


async def every_week(client: discord.Client, desk: Desk) -> None:
    """Send what is due, and look again every hour; until the client ends."""
    while True:
        await send_due(client, desk)
        await tell(client, desk)
        await asyncio.sleep(HOUR)


async def send_due(client: discord.Client, desk: Desk) -> None:
    """The digest to every server whose week is over, by the clock of the desk."""
    now = desk.now()
    due = await desk.kept(lambda: desk.store.notices.due(now))
    if not due:
        return
    made = await desk.kept(lambda: weekly_digest(desk.queue, desk.gaps, now))
    if made is None:
        return
    card = digest_card(desk.engine, made)
    for notice in due:
        if await sending.post(client, notice.channel_id, card):
            await desk.kept(lambda guild=notice.guild_id: desk.store.notices.sent(guild, "digest", now))  # type: ignore[misc]


def digest_card(engine: Engine, made: Digest) -> Card:
    """The week in a card: counts, what to look at again, what is asked for and missing."""
    words = engine.composer.words
    head = f"### 🗞️ The week since {words.date(made.since.isoformat()[:10])}"
    counts = (
        f"{made.asked} questions answered, {made.missed} not understood · {made.facts} facts, "
        f"{len(made.changes)} changed · {made.open} proposals open, {made.waiting} waiting for a second curator"
    )
    blocks: list[Block] = [Text(f"{head}\n{counts}")]
    if made.stale:
        lines = [
            fit(f"- {escape(facts.label(engine, one.fact))} · {one.over} days over", 200) for one in made.stale[:5]
        ]
        blocks += [Rule(), Text("\n".join([f"**To look at again** ({made.stale_count}, /stale)", *lines]))]
    if made.gaps:
        lines = [fit(f"- {escape(one.question)} · {one.times}×", 160) for one in made.gaps[:5]]
        blocks += [Rule(), Text("\n".join([f"**Asked for and missing** ({made.gap_count}, /gaps)", *lines]))]
    if made.changes:
        lines = [
            fit(f"- {escape(one.curator_name)}: {one.action}: {escape(_what(engine, one))}", 160)
            for one in made.changes[:5]
        ]
        blocks += [Rule(), Text("\n".join(["**Changed**", *lines]))]
    return Card(tuple(blocks))


def _what(engine: Engine, change: Change) -> str:
    return facts.label(engine, change.fact) if change.entry == "fact" else change.fact


# --- word to who proposed something


async def tell(client: discord.Client, desk: Desk) -> None:
    """Tell everybody who asked to be told, and was not yet, what came of their proposal.

    Marked once it is told, so that a failure or a restart in between loses nothing: the next round tells them.
    """
    async with desk.telling:  # two rounds at once would tell somebody twice
        for proposal in await desk.kept(desk.queue.untold) or ():
            if await _tell(client, desk, proposal):
                await desk.kept(lambda id_=proposal.id: desk.queue.mark_told(id_))  # type: ignore[misc]


async def _tell(client: discord.Client, desk: Desk, proposal: Proposal) -> bool:
    """Whether that is over with: told, or nobody is there to be told."""
    card = Card((Text(word_of(desk.engine, proposal)),))
    if proposal.tell == "channel" and proposal.channel_id and await sending.post(client, proposal.channel_id, card):
        return True
    return proposal.proposer_id is None or await sending.person(client, proposal.proposer_id, card)


def word_of(engine: Engine, proposal: Proposal) -> str:
    """What came of a proposal, without who made it."""
    what = f"proposal {proposal.id}"
    if proposal.facts:
        what += f" ({fit(escape(facts.label(engine, proposal.facts[0])), 300)})"
    if proposal.state == "accepted":
        return f"✅ {what[:1].upper()}{what[1:]} was accepted by a curator. Thank you: it is answered so from now on."
    return f"🚫 {what[:1].upper()}{what[1:]} was not accepted: {fit(escape(proposal.reason), 500)}"
