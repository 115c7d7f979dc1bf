"""A slip worked on: its forms, its preview.

Comes in: an interaction, and a slip or its number. Goes out: a private card in place of the one before. Rights are
looked at here, at every press; a slip is its own curator's alone.
"""

import asyncio
from dataclasses import replace

from bot.curation.drafts import Curator, Draft, WordingDraft
from bot.curation.gaps import Gap
from bot.curation.outcomes import Outcome, Preview
from bot.curation.stored import UndoDraft
from bot.curation.teaching import Teaching
from bot.discord_app import acting, pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.curating import fields, filled, modals, preview, rights, slips
from bot.discord_app.curating.came import refused
from bot.discord_app.curating.ids import Press, Verb, press
from bot.discord_app.curating.slips import Slip
from bot.discord_app.curating.typed import TypedError
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.forms import written
from bot.discord_app.limits import fit
from bot.discord_app.parts import Card, Row, Text

LOST = "⚠️ What you typed could not be kept. Please try again in a moment; nothing was changed."
TRYING = "⏳ Trying it on every example there is. This takes a few seconds; nothing is saved yet."
GONE = "This draft is finished, or another curator's, or older than a week. Please begin again."


async def hold_on(interaction: Interaction, told: str = "") -> None:
    """Say that it takes a while: the card that a button is on stays until there is another; `told` takes its place
    where it takes longer than anybody waits for without a word."""
    if told and acting.sees_alone(interaction):
        await sending.change(interaction, pages.say(told))
    elif acting.sees_alone(interaction):
        await sending.wait(interaction)
    else:
        await sending.defer(interaction, private=True)


# --- beginning and filling in


async def begin(desk: Desk, interaction: Interaction, slip: Slip) -> None:
    """Keep a new slip, and ask for what is missing; show the preview where nothing is."""
    kept = await slips.keep(desk, interaction.user.id, slip)
    if kept is None:
        await sending.respond(interaction, pages.say(LOST), private=True)
    elif isinstance(kept.draft, Draft) and kept.draft.action == "dispute":
        await _form(desk, interaction, kept, Verb.SIDE_FORM, 0)
    elif isinstance(kept.draft, Draft) and fields.first(desk.engine, kept.draft):
        await _form(desk, interaction, kept, Verb.BEGIN_FORM)
    else:
        await hold_on(interaction)
        await show(desk, interaction, kept)


async def ask(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Open one of the forms of a slip."""
    place = pressed.number % 10 if pressed.verb in (Verb.SOURCE, Verb.SIDE) else 0
    number = pressed.number // 10 if pressed.verb in (Verb.SOURCE, Verb.SIDE) else pressed.number
    found = await own_slip(desk, interaction, number)
    if found:
        await _form(desk, interaction, found[1], Verb(f"{pressed.verb}_form"), place)


async def _form(desk: Desk, interaction: Interaction, slip: Slip, verb: Verb, place: int = 0) -> None:
    engine, draft = desk.engine, slip.draft
    names: tuple[str, ...]
    if verb is Verb.SIDE_FORM:
        names, title = ("by", "said", "url", "title", "publisher"), "One side" if place == 0 else "The other side"
    elif verb is Verb.SOURCE_FORM:
        names, title = fields.SOURCE, "The source" if place == 0 else "Another source"
    elif verb is Verb.DATES_FORM:
        names, title = fields.dates(draft), "The dates"
    elif verb is Verb.BEGIN_FORM and isinstance(draft, Draft):
        names, title = fields.first(engine, draft), preview.about(engine, draft)
    else:
        names, title = fields.words(draft), "The words"
    numbered = slip.number * 10 + place if verb in (Verb.SIDE_FORM, Verb.SOURCE_FORM) else slip.number
    await sending.ask_for(interaction, modals.form(engine, draft, names, verb, numbered, title))


async def fill(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Keep what was written into a form, and show the preview of it."""
    placed = pressed.verb in (Verb.SOURCE_FORM, Verb.SIDE_FORM)
    number, place = divmod(pressed.number, 10) if placed else (pressed.number, 0)
    found = await own_slip(desk, interaction, number)
    if not found:
        return
    slip, data = found[1], acting.data_of(interaction)
    try:
        draft = filled.fill(desk.engine, slip.draft, written(data), desk.today(), place)
    except TypedError as error:
        back = Verb(pressed.verb.removesuffix("_form"))
        retry = press(
            back if back is not Verb.BEGIN else Verb.BEGIN, "Back to the form", pressed.number, style="primary"
        )
        await acting.shown(desk, interaction, Card((Text(error.told), Row((retry,)))))
        return
    kept = await slips.keep(desk, interaction.user.id, replace(slip, draft=draft))
    if kept is None:
        await sending.respond(interaction, pages.say(LOST), private=True)
        return
    if isinstance(draft, Draft) and draft.action == "dispute" and len(draft.sides_said) < 2:
        other = press(Verb.SIDE, "The other side…", kept.number * 10 + 1, style="primary")
        side = escape(draft.sides_said[0].by)
        told = fit(f"One side is kept: **{side}**. Now what the other side says.", 500)
        await acting.shown(desk, interaction, Card((Text(told), Row((other,)))))
        return
    await hold_on(interaction, "" if isinstance(draft, Draft) else TRYING)
    await show(desk, interaction, kept)


async def begin_again(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Open the first form of a slip once more."""
    found = await own_slip(desk, interaction, pressed.number)
    if found:
        await _form(desk, interaction, found[1], Verb.BEGIN_FORM)


# --- the preview


async def show(desk: Desk, interaction: Interaction, slip: Slip) -> None:
    """The preview of a slip, in place of what was there; the draft is kept as it was looked at."""
    draft = slip.draft
    if isinstance(draft, UndoDraft):
        return
    note, seen = _whose(slip), await _seen(desk, slip)
    if isinstance(seen, Teaching):
        note, seen = preview.teaching_note(seen), seen.preview
    if not isinstance(seen, Preview):
        await sending.respond(interaction, refused(desk.engine, seen, slip), private=True)
        return
    kept = await slips.keep(desk, interaction.user.id, replace(slip, draft=seen.draft))
    card = pages.say(LOST) if kept is None else preview.preview_card(desk.engine, seen, kept, note=note)
    await sending.respond(interaction, card, private=True)


async def _seen(desk: Desk, slip: Slip) -> Preview | Teaching | Outcome:
    """What would come of a draft; of a way to ask, whether it reads the question that is missed, too."""
    draft = slip.draft
    assert not isinstance(draft, UndoDraft)  # noqa: S101 - those are shown by what they take back
    if isinstance(draft, WordingDraft) and slip.gap:
        gap = await gap_of(desk, slip.gap)
        if gap is not None:
            return await asyncio.to_thread(desk.gaps.try_wording, gap, draft)
    return await asyncio.to_thread(desk.curation.preview, draft)


async def gap_of(desk: Desk, key: str) -> Gap | None:
    """A gap by its key, those that were put aside too."""
    return await desk.kept(lambda: desk.gaps.one(key))


def _whose(slip: Slip) -> str:
    """Whose proposal a slip answers."""
    return f"-# For proposal {slip.proposal}" if slip.proposal else ""


async def again(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The preview anew, on top of what the entry says now."""
    found = await own_slip(desk, interaction, pressed.number)
    if found:
        slip = found[1]
        await hold_on(interaction)
        draft = slip.draft if isinstance(slip.draft, UndoDraft) else replace(slip.draft, base="")
        await show(desk, interaction, replace(slip, draft=draft))


async def whole(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """All of a preview as a file."""
    found = await own_slip(desk, interaction, pressed.number)
    if not found or isinstance(found[1].draft, UndoDraft):
        return
    await sending.defer(interaction, private=True)
    seen = await asyncio.to_thread(desk.curation.preview, found[1].draft)
    if isinstance(seen, Preview):
        await sending.hand_over(interaction, "attache-preview.txt", preview.whole(desk.engine, seen, found[1]))
    else:
        await sending.respond(interaction, refused(desk.engine, seen, found[1]), private=True)


async def cancel(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Throw a draft away."""
    found = await own_slip(desk, interaction, pressed.number)
    if found:
        await slips.drop(desk, interaction.user.id, pressed.number)
        await acting.shown(desk, interaction, pages.say("Cancelled. Nothing was changed."))


async def own_slip(desk: Desk, interaction: Interaction, number: int) -> tuple[Curator, Slip] | None:
    """The curator who acts and their slip, if it is still to be worked on; otherwise they are told."""
    curator = await rights.curator(desk, interaction)
    if curator is None:
        return None
    slip = await slips.get(desk, interaction.user.id, number)
    if slip is None:
        await sending.respond(interaction, pages.say(GONE), private=True)
        return None
    if slip.done:
        buttons = (Row((press(Verb.UNDO, "Undo", slip.change),)),) if slip.change else ()
        told = f"This was saved already: {slip.done}" if slip.change else f"🕓 {escape(slip.done)}"
        await acting.shown(desk, interaction, Card((Text(fit(told, 3000)), *buttons)))
        return None
    return curator, slip
