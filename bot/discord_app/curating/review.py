"""`/review` for curators: proposals decided on one by one.

Comes in: a curator's press. Goes out: the next proposal with its preview; what came of it. Nobody decides on
their own; of two who decide at once, the second is told who was first.
"""

import asyncio
from collections.abc import Callable, Sequence

from discord import app_commands

from bot.curation.decided import NotAllowed
from bot.curation.drafts import ACTIONS, AnyDraft, Curator, Draft, SourceDraft
from bot.curation.outcomes import Failed, Preview
from bot.curation.stored import UndoDraft
from bot.discord_app import acting, forms, pages, sending
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.curating import came, facts, filled, modals, notices, preview, rights, saving, slips, working
from bot.discord_app.curating.fact_commands import chooser
from bot.discord_app.curating.fields import Field
from bot.discord_app.curating.ids import Press, Verb, fact_of, handle, press, write
from bot.discord_app.curating.slips import Slip
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.escape import blockquote, escape, web_address
from bot.discord_app.limits import fit
from bot.discord_app.parts import Block, Button, Card, Row, Rule, Text
from bot.state.proposals import Proposal

REASON = "reason"
AS_IT_IS = 9  # what an Accept does, besides beginning one of the actions
_KINDS = {
    "report": "A mistake reported", "suggestion": "Suggested", "change": "A change that wants a second curator",
    "teaching": "To be taught",
}  # fmt: skip
_DO = {"correct": "Correct…", "end": "End…", "confirm": "Confirm…", "dispute": "Dispute…", "retire": "Retire…"}


def review_command(desk: Desk) -> Command:
    """`/review`."""

    @app_commands.command(name="review", description="The next proposal, with its preview")
    async def review(interaction: Interaction) -> None:
        curator = await rights.curator(desk, interaction)
        if curator:
            await working.hold_on(interaction)
            await show_next(desk, interaction, curator)

    return review


async def show_next(desk: Desk, interaction: Interaction, curator: Curator, above: str = "") -> None:
    """The oldest proposal that this curator may decide on; the interaction was deferred."""
    proposal = await desk.kept(lambda: desk.queue.next_for(curator))
    counts = await desk.kept(desk.queue.counts) or {}
    if proposal is None:
        left = sum(counts.values())
        told = "Nothing waits for you." + (f" {left} wait for others, or until tomorrow." if left else "")
        await sending.respond(interaction, pages.say("\n".join(filter(None, (above, f"📭 {told}")))), private=True)
        return
    card = await proposal_card(desk, interaction.user.id, proposal, sum(counts.values()), above)
    await sending.respond(interaction, card, private=True)


async def proposal_card(desk: Desk, person: int, proposal: Proposal, left: int = 0, above: str = "") -> Card:
    """A proposal with what it is about, its preview where it holds a change, and what can be done."""
    engine = desk.engine
    day = engine.composer.words.date(proposal.at.date().isoformat())
    head = f"### 📥 Proposal {proposal.id}\n-# {_KINDS.get(proposal.kind, proposal.kind)} on {day}"
    head += f" · by {escape(proposal.first_name)}" if proposal.state == "waiting_second" else ""
    head += f" · {left} in all" if left else ""
    blocks: list[Block] = [Text("\n".join(filter(None, (above, head))))]
    if proposal.text:
        blocks.append(Text(blockquote(proposal.text, 700)))
    if proposal.source:
        blocks.append(Text(f"-# Source: {fit(escape(proposal.source), 300)}"))
    change = desk.queue.change_of(proposal)
    if isinstance(change, UndoDraft):
        blocks += await _undoing(desk, change)
        return Card((*blocks, *_deciding(proposal, [_accept(proposal)])))
    if change is not None:
        return await _previewed(desk, person, proposal, change, blocks)
    return Card((*blocks, *_about(desk, proposal), *_deciding(proposal, [])))


async def _previewed(
    desk: Desk, person: int, proposal: Proposal, change: AnyDraft, above: Sequence[Block]
) -> Card:  # fmt: skip
    """A proposal that holds a change. What is accepted is kept as it was seen, so that a later change is noticed."""
    seen = await asyncio.to_thread(desk.curation.preview, change)
    looked = seen.draft if isinstance(seen, Preview) else change
    slip = await slips.keep(desk, person, Slip(looked, proposal.id))
    if slip is None:
        return pages.say(working.LOST)
    inner = (
        preview.preview_card(desk.engine, seen, slip)
        if isinstance(seen, Preview)
        else came.refused(desk.engine, seen, None)
    )
    shown = [block for block in inner.blocks if not isinstance(block, Row)]
    room = 3800 - sum(len(block.markdown) for block in above if isinstance(block, Text))
    sound = isinstance(seen, Preview) and seen.sound
    accept = [press(Verb.SAVE, "Accept", slip.number, style="primary")] if sound else []
    edit = press(Verb.AGAIN, "Edit and accept…", slip.number)
    return Card((*above, Rule(), *_within(shown, room), *_deciding(proposal, [*accept, edit])), inner.accent)


def _within(blocks: Sequence[Block], room: int) -> list[Block]:
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Text):
            if len(block.markdown) > room:
                continue
            room -= len(block.markdown)
        made.append(block)
    return made


async def _undoing(desk: Desk, change: UndoDraft) -> list[Block]:
    changes = await desk.kept(lambda: [c for c in desk.curation.history("", 1000) if c.id == change.change])
    lines = came.changed_lines(changes[0].after, changes[0].before, 1200) if changes else ""
    return [Text(f"**Take back change {change.change}**: {fit(escape(change.reason), 300)}\n{lines}")]


def _about(desk: Desk, proposal: Proposal) -> list[Block]:
    """The facts that a report is about, and how a curator may take it up."""
    engine = desk.engine
    known = [id_ for id_ in proposal.facts if id_ in engine.kb][:10]
    if not known:  # what it says may be read as a claim
        read = engine.check(proposal.text, desk.today())
        known = list(dict.fromkeys(id_ for _, answer in read for id_ in answer.facts))[:10]
    new = f"-# For something new: **/fact add**, with `proposal` {proposal.id}."
    if not known:
        return [Text(new)]
    lines = [f"- {fit(escape(facts.label(engine, id_)), 250)}" for id_ in known]
    made: list[Block] = [Rule(), Text("\n".join(["-# It is about", *lines, new]))]
    if len(known) > 1:
        made.append(chooser(engine, known))
    buttons = [
        press(Verb.ACCEPT, label, proposal.id * 10 + ACTIONS.index(a), handle(known[0])) for a, label in _DO.items()
    ]
    return [*made, Row(tuple(buttons))]


def _accept(proposal: Proposal) -> Button:
    return press(Verb.ACCEPT, "Accept", proposal.id * 10 + AS_IT_IS, style="primary")


def _deciding(proposal: Proposal, accept: Sequence[Button]) -> list[Row]:
    number = proposal.id
    return [Row((*accept, press(Verb.REJECT, "Reject…", number, style="danger"), press(Verb.SKIP, "Skip", number)))]


async def accept(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Accept that a change is taken back, or begin the change that a report asks for."""
    curator = await rights.curator(desk, interaction)
    if curator is None:
        return
    number, how = divmod(pressed.number, 10)
    if how == AS_IT_IS:
        await saving.carry_out(
            desk, interaction, None, lambda: desk.queue.accept(number, curator), ("proposal", number)
        )
        return
    proposal = await desk.kept(lambda: desk.queue.get(number), PROMPT)
    if proposal is None:
        await sending.respond(interaction, pages.say(f"There is no proposal {number}."), private=True)
        return
    fact = fact_of(desk.engine.kb, pressed.word)
    if not fact or not 0 < how < len(ACTIONS):
        await sending.respond(interaction, pages.say("That fact is no longer on file."), private=True)
        return
    url = proposal.source.strip()
    sources: tuple[SourceDraft, ...] = ()
    if web_address(url):
        known = filled.known_page(desk.engine, url)
        publisher, kind = filled.usual(desk.engine, url)
        sources = (SourceDraft(id=known, url=url) if known else SourceDraft(url=url, publisher=publisher, kind=kind),)
    draft = Draft(ACTIONS[how], f"proposal {number}: {' '.join(proposal.text.split())}"[:300], fact, sources=sources)
    await working.begin(desk, interaction, Slip(draft, number))


async def reject(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Ask for the reason."""
    if await rights.curator(desk, interaction):
        form = modals.blank(f"Reject proposal {pressed.number}", write(Verb.REJECT_FORM, pressed.number))
        field = Field("Why?", "The proposer reads it.", 300, "On file already, for instance", long=True)
        modals.add(form, REASON, required=True, field=field)
        await sending.ask_for(interaction, form)


async def rejected(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Reject for that reason, and go on."""
    reason = forms.written(acting.data_of(interaction)).get(REASON, "")
    await _decide(desk, interaction, lambda curator: desk.queue.reject(pressed.number, curator, reason))


async def skip(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Leave it to others, and go on."""
    await _decide(desk, interaction, lambda curator: desk.queue.skip(pressed.number, curator))


async def go_on(desk: Desk, interaction: Interaction, _: Press) -> None:
    """The next one."""
    curator = await rights.curator(desk, interaction)
    if curator:
        await working.hold_on(interaction)
        await show_next(desk, interaction, curator)


async def _decide(desk: Desk, interaction: Interaction, verb: Callable[[Curator], object]) -> None:
    curator = await rights.curator(desk, interaction)
    if curator is None:
        return
    await working.hold_on(interaction)
    came = await asyncio.to_thread(verb, curator)
    if isinstance(came, (NotAllowed, Failed)):
        await sending.respond(interaction, pages.say(f"🚫 {escape(str(came))}"), private=True)
        return
    await show_next(desk, interaction, curator, fit(f"-# {escape(str(came))}", 500))
    await notices.tell(interaction.client, desk)
