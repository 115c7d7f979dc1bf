"""From a slip to what came of it: the preview, the forms behind it, saving once, taking back.

Comes in: an interaction, and a slip or its number. Goes out: a private card in place of the one before. Rights are
looked at here, at every press; a slip is its own curator's alone.
"""

import asyncio
import difflib
from collections.abc import Callable
from dataclasses import replace

from bot.curation.decided import Accepted, AlreadyDecided, NotAllowed, Waits
from bot.curation.drafts import Curator, Draft
from bot.curation.outcomes import Conflict, Failed, Outcome, Preview, Refused, Saved
from bot.curation.stored import UndoDraft
from bot.discord_app import acting, pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.curating import fields, filled, modals, notices, preview, rights, slips
from bot.discord_app.curating.ids import Press, Verb, press
from bot.discord_app.curating.slips import Slip
from bot.discord_app.curating.typed import TypedError
from bot.discord_app.desk import Desk
from bot.discord_app.escape import code, escape
from bot.discord_app.forms import written
from bot.discord_app.limits import fit
from bot.discord_app.parts import Card, Row, Text

LOST = "⚠️ What you typed could not be kept. Please try again in a moment; nothing was changed."
GONE = "This draft is finished, or another curator's, or older than a week. Please begin again."
BUSY = "⏳ This is being saved at this moment."
_MORE = 700


async def hold_on(interaction: Interaction) -> None:
    """Say that it takes a while: the card that a button is on stays until there is another."""
    if acting.sees_alone(interaction):
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
    found = await _slip(desk, interaction, number)
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
        names, title = fields.dates(engine, draft), "The dates"
    elif verb is Verb.BEGIN_FORM and isinstance(draft, Draft):
        names, title = fields.first(engine, draft), preview.about(engine, draft)
    else:
        names, title = fields.words(engine, draft), "The words"
    numbered = slip.number * 10 + place if verb in (Verb.SIDE_FORM, Verb.SOURCE_FORM) else slip.number
    await sending.ask_for(interaction, modals.form(engine, draft, names, verb, numbered, title))


async def fill(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Keep what was written into a form, and show the preview of it."""
    placed = pressed.verb in (Verb.SOURCE_FORM, Verb.SIDE_FORM)
    number, place = divmod(pressed.number, 10) if placed else (pressed.number, 0)
    found = await _slip(desk, interaction, number)
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
    await hold_on(interaction)
    await show(desk, interaction, kept)


async def begin_again(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Open the first form of a slip once more."""
    found = await _slip(desk, interaction, pressed.number)
    if found:
        await _form(desk, interaction, found[1], Verb.BEGIN_FORM)


# --- the preview


async def show(desk: Desk, interaction: Interaction, slip: Slip, note: str = "") -> None:
    """The preview of a slip, in place of what was there; the draft is kept as it was looked at."""
    engine, draft = desk.engine, slip.draft
    if isinstance(draft, UndoDraft):
        return
    seen = await asyncio.to_thread(desk.curation.preview, draft)
    if isinstance(seen, Preview):
        kept = await slips.keep(desk, interaction.user.id, replace(slip, draft=seen.draft))
        if kept is None:
            card = pages.say(LOST)
        else:
            card = preview.preview_card(engine, seen, kept, note=note or _whose(kept))
    else:
        card = refused(seen, slip)
    await sending.respond(interaction, card, private=True)


def _whose(slip: Slip) -> str:
    """Whose proposal a slip answers."""
    return f"-# For proposal {slip.proposal}" if slip.proposal else ""


async def again(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The preview anew, on top of what the entry says now."""
    found = await _slip(desk, interaction, pressed.number)
    if found:
        slip = found[1]
        await hold_on(interaction)
        draft = slip.draft if isinstance(slip.draft, UndoDraft) else replace(slip.draft, base="")
        await show(desk, interaction, replace(slip, draft=draft))


async def whole(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """All of a preview as a file."""
    found = await _slip(desk, interaction, pressed.number)
    if not found or isinstance(found[1].draft, UndoDraft):
        return
    await sending.defer(interaction, private=True)
    seen = await asyncio.to_thread(desk.curation.preview, found[1].draft)
    if isinstance(seen, Preview):
        await sending.hand_over(interaction, "attache-preview.txt", preview.whole(desk.engine, seen, found[1]))
    else:
        await sending.respond(interaction, refused(seen, found[1]), private=True)


async def cancel(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Throw a draft away."""
    found = await _slip(desk, interaction, pressed.number)
    if found:
        await slips.drop(desk, interaction.user.id, pressed.number)
        await acting.shown(desk, interaction, pages.say("Cancelled. Nothing was changed."))


# --- saving


async def save(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Save a slip, once, however often the button is pressed."""
    found = await _slip(desk, interaction, pressed.number)
    if not found:
        return
    curator, slip = found
    if not slip.proposal:
        await carry_out(desk, interaction, slip, lambda: desk.queue.save(slip.draft, curator), ("draft", slip.number))
    else:
        work = lambda: desk.queue.accept(slip.proposal, curator, slip.draft)  # noqa: E731
        await carry_out(desk, interaction, slip, work, ("draft", slip.number))


Came = Outcome | Waits | Accepted | AlreadyDecided | NotAllowed


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
            card = saved_card(desk, saved)
        else:
            done, number = (str(came), 0) if isinstance(came, Waits) else ("", 0)
            card = pages.say(f"🕓 {escape(str(came))}") if done else refused(came, slip)
        if slip is not None and done:
            await slips.keep(desk, interaction.user.id, replace(slip, done=done, change=number))
    finally:
        desk.saving.discard(turn)
    await sending.respond(interaction, card, private=True)
    if isinstance(saved, Saved):
        await desk.note_facts()
        await notices.audit(interaction.client, desk, saved)
    await notices.tell(interaction.client, desk)


def saved_text(desk: Desk, saved: Saved) -> str:
    """What was saved, as a line."""
    change = saved.change
    what = preview.facts.label(desk.engine, change.fact) if change.entry == "fact" else change.fact
    return fit(f"{escape(what)}", 400)


def saved_card(desk: Desk, saved: Saved) -> Card:
    """The quiet confirmation, with the way back."""
    undone = saved.change.undoes
    head = f"↩️ **Change {undone} is taken back.**" if undone else "✅ **Saved, and answered from now on.**"
    lines = [head, saved_text(desk, saved), *(f"-# {escape(note)}" for note in saved.notes)]
    lines += [f"⚠️ {fit(escape(problem.message), 250)}" for problem in saved.warnings[:3]]
    lines.append(f"-# Change {saved.change.id}, by {escape(saved.change.curator_name)}")
    return Card((Text(fit("\n".join(lines), 3000)), Row((press(Verb.UNDO, "Undo", saved.change.id),))))


def refused(came: Came, slip: Slip | None) -> Card:
    """Why nothing was changed, and what can be done about it."""
    lines, again_label = [f"🚫 {_sentences(came)}"], ""
    if isinstance(came, Conflict):
        again_label = "Make my change on top of it"
        if came.by is not None and came.by.before != came.by.after:
            lines.append(
                f"What {escape(came.by.curator_name)} changed:\n{changed_lines(came.by.before, came.by.after)}"
            )
        elif came.now is not None:
            lines.append(f"It says now:\n{code(fit(came.now.text, _MORE), 'yaml')}")
    elif isinstance(came, Failed):
        again_label = "Try again"
    made = [Text(fit("\n".join(lines), 3500))]
    if slip is None or not slip.number or isinstance(came, (AlreadyDecided, NotAllowed)):
        return Card(tuple(made))
    return Card((*made, *preview.rows(slip, sound=False, again=again_label)))


def _sentences(came: Came) -> str:
    if isinstance(came, Refused):
        told = [f"{p.message}; {p.hint}" if p.hint else p.message for p in came.problems]
        return "\n".join(fit(escape(one), 400) for one in told[:6])
    return fit(escape(str(came)), 1000)


def changed_lines(before: str | None, after: str | None, room: int = _MORE) -> str:
    """The lines of an entry before and after, as a diff."""
    old, new = ((text or "").splitlines() for text in (before, after))
    lines = [line.rstrip() for line in difflib.unified_diff(old, new, n=1, lineterm="")][2:]
    return code(fit("\n".join(line for line in lines if not line.startswith("@@")), room), "diff")


# --- taking back


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


async def _slip(desk: Desk, interaction: Interaction, number: int) -> tuple[Curator, Slip] | None:
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
