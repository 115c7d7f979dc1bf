"""What changes the facts: saving, accepting, taking back; once, however often a button is pressed.

Comes in: a press. Goes out: a change that is served, with a quiet confirmation; or why there is none. Rights are looked
at when the button is pressed.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.curation.decided import Accepted, Waits
from bot.curation.outcomes import Saved
from bot.discord_app import pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.curating import notices, rights, slips
from bot.discord_app.curating.came import Came, refused, saved_card, saved_text
from bot.discord_app.curating.ids import Press
from bot.discord_app.curating.slips import Slip
from bot.discord_app.curating.working import hold_on, own_slip
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape

BUSY = "⏳ This is being saved at this moment."


async def save(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Save a slip, once, however often the button is pressed."""
    found = await own_slip(desk, interaction, pressed.number)
    if not found:
        return
    curator, slip = found
    if not slip.proposal:
        await carry_out(desk, interaction, slip, lambda: desk.queue.save(slip.draft, curator), ("draft", slip.number))
    else:
        work = lambda: desk.queue.accept(slip.proposal, curator, slip.draft)  # noqa: E731
        await carry_out(desk, interaction, slip, work, ("draft", slip.number))


async def carry_out(
    desk: Desk, interaction: Interaction, slip: Slip | None, work: Callable[[], Came], turn: tuple[str, int]
) -> None:
    """Do what changes the facts, once at a time for each `turn`; then serve it, note it and tell whom it concerns."""
    if turn in desk.saving:
        await sending.respond(interaction, pages.say(BUSY), private=True)
        return
    desk.saving.add(turn)
    try:
        await hold_on(interaction)
        came = await asyncio.to_thread(work)
        saved = came.saved if isinstance(came, Accepted) else came
        if isinstance(saved, Saved):
            done, number = saved_text(desk, saved), saved.change.id
            card = saved_card(desk, saved, reviewing=isinstance(came, Accepted))
        else:
            done, number = (str(came), 0) if isinstance(came, Waits) else ("", 0)
            card = pages.say(f"🕓 {escape(str(came))}") if done else refused(desk.engine, came, slip)
        if slip is not None and done:
            await slips.keep(desk, interaction.user.id, replace(slip, done=done, change=number))
    finally:
        desk.saving.discard(turn)
    await sending.respond(interaction, card, private=True)
    if isinstance(saved, Saved):
        await desk.note_facts()
        await notices.audit(interaction.client, desk, saved)
    await notices.tell(interaction.client, desk)


async def undo(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Take a change back by a further one."""
    curator = await rights.curator(desk, interaction)
    if curator is None:
        return
    number = pressed.number
    await carry_out(
        desk, interaction, None, lambda: desk.queue.undo(number, curator, f"take back change {number}"),
        ("change", number),
    )  # fmt: skip
