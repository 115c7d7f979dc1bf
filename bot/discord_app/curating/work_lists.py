"""`/stale` and `/gaps`: what to work on, the most wanted first, with what can be done about each.

Comes in: a page, or what a curator chose. Goes out: cards whose buttons begin a change.
"""

import asyncio

from discord import app_commands

from bot.curation.drafts import ACTIONS, Curator, NameDraft
from bot.curation.gaps import Gap
from bot.curation.places import complete, places_of, relation_of
from bot.curation.stale import Stale, stale
from bot.curation.teaching import Teaching
from bot.discord_app import acting, pages, sending
from bot.discord_app.aliases import Command, Interaction
from bot.discord_app.curating import facts, preview, rights, slips, working
from bot.discord_app.curating.came import refused
from bot.discord_app.curating.ids import Press, Verb, handle, press, turner, write
from bot.discord_app.curating.slips import Slip
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape, link, plain
from bot.discord_app.limits import OPTION, OPTIONS, fit
from bot.discord_app.parts import Block, Card, Menu, Option, Row, Rule, Text

STALE, GAPS = 5, 8  # on a page
MOST = 200  # facts that are looked at again in one list
_FAILED = "⚠️ That could not be looked up. Please try again later."
_TURNED = "~"  # before an intent whose places are named the other way round
_SHOWN = ("confirm", "correct", "end")


# --- /stale


def stale_command(desk: Desk) -> Command:
    """`/stale`."""

    @app_commands.command(name="stale", description="Facts to look at again, the most asked and oldest first")
    async def show(interaction: Interaction) -> None:
        if await rights.curator(desk, interaction):
            await working.hold_on(interaction)
            await sending.respond(interaction, await stale_card(desk), private=True)

    return show


async def stale_card(desk: Desk, page: int = 1) -> Card:
    """A page of facts past their recheck interval; each with its buttons."""
    engine, today = desk.engine, desk.today()
    found = await desk.kept(lambda: stale(engine, desk.store, today, MOST))
    if found is None:
        return pages.say(_FAILED)
    if not found:
        return pages.say("### ⏰ To look at again\nNothing is past its time.")
    shown = [found[at : at + STALE] for at in range(0, len(found), STALE)]
    page = min(max(page, 1), len(shown))
    many = f"the first {MOST}" if len(found) == MOST else str(len(found))
    blocks: list[Block] = [
        Text(f"### ⏰ To look at again\n-# {many}, by how often they are asked and how old they are")
    ]
    for one in shown[page - 1]:
        buttons = [press(Verb.FACT, f"{a.title()}…", ACTIONS.index(a), handle(one.fact)) for a in _SHOWN]
        blocks += [Text(_stale(desk, one)), Row(tuple(buttons))]
    return Card((*blocks, *turner(Verb.STALE, page, len(shown))))


def _stale(desk: Desk, one: Stale) -> str:
    words = desk.engine.composer.words
    newest = max(one.sources, key=lambda source: source.published or source.accessed, default=None)
    read = f" · {link(newest.title, newest.url, 60)}" if newest else ""
    asked = f"asked {one.asked}× · " if one.asked else ""
    told = f"-# {asked}last seen {words.date(one.as_of)}, {one.over} days over{read}"
    return fit(f"**{fit(escape(facts.label(desk.engine, one.fact)), 250)}**\n{told}", 640)


async def stale_turned(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Another page."""
    if await rights.curator(desk, interaction):
        await working.hold_on(interaction)
        await sending.respond(interaction, await stale_card(desk, pressed.number), private=True)


# --- /gaps


def gaps_command(desk: Desk) -> Command:
    """`/gaps`."""

    @app_commands.command(name="gaps", description="What is asked for and missing, most asked first")
    @app_commands.describe(aside="Those that were put aside as not for us")
    async def show(interaction: Interaction, aside: bool = False) -> None:
        if await rights.curator(desk, interaction):
            await working.hold_on(interaction)
            await sending.respond(interaction, await gaps_card(desk, 1, aside=aside), private=True)

    return show


async def gaps_card(desk: Desk, page: int = 1, *, aside: bool = False) -> Card:
    """A page of gaps, to be chosen from a menu."""
    found = await desk.kept(lambda: desk.gaps.find(hidden=aside))
    if found is None:
        return pages.say(_FAILED)
    head = "### 🕳️ Put aside as not for us" if aside else "### 🕳️ Asked for and missing"
    if not found:
        note = (
            ""
            if aside
            else "\n-# Words of questions are kept only where a server's moderators allow it (**/server keep**)."
        )
        return pages.say(f"{head}\nNothing.{note}")
    shown = [found[at : at + GAPS] for at in range(0, len(found), GAPS)]
    page = min(max(page, 1), len(shown))
    lines = []
    for one in shown[page - 1]:
        why = "nothing on file" if one.kind == "no_record" else "not understood"
        lines += [f"- **{fit(escape(one.question), 200)}**", f"-# {one.times}× · {why}{_others(one)}"]
    options = tuple(Option(plain(one.question, OPTION), one.key) for one in shown[page - 1])
    blocks: list[Block] = [
        Text(head),
        Rule(),
        Text("\n".join(lines)),
        Menu(write(Verb.GAP), "Choose one to work on", options),
    ]
    return Card((*blocks, *turner(Verb.GAPS, page, len(shown), "aside" if aside else "")))


def _others(gap: Gap) -> str:
    return f" · also {fit(escape(gap.others[0]), 80)}" if gap.others else ""


async def gaps_turned(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Another page."""
    if await rights.curator(desk, interaction):
        await working.hold_on(interaction)
        card = await gaps_card(desk, pressed.number, aside=pressed.word == "aside")
        await sending.respond(interaction, card, private=True)


async def gap_chosen(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """One gap, chosen from the menu or gone back to, with what can be done about it."""
    if await rights.curator(desk, interaction):
        values = acting.data_of(interaction).get("values") or [pressed.word]
        await working.hold_on(interaction)
        gap = await working.gap_of(desk, str(values[0]))
        card = (
            pages.say("That is no longer missing.") if gap is None else await gap_card(desk, interaction.user.id, gap)
        )
        await sending.respond(interaction, card, private=True)


async def gap_card(desk: Desk, person: int, gap: Gap) -> Card:
    """What was asked, how it was read, and the ways to mend it. What the forms begin with is kept right away."""
    lines = [f"### 🕳️ {fit(escape(gap.question), 300)}", f"-# asked {gap.times}×"]
    lines += [f"- {fit(escape(other), 150)}" for other in gap.others]
    if gap.told:
        lines.append(f"-# The answer was: {fit(escape(gap.told), 400)}")
    lines += [f"-# Offered instead: {fit(escape(option.text), 150)}" for option in gap.options[:3]]
    blocks: list[Block] = [Text("\n".join(lines)), Rule()]
    buttons = []
    draft = desk.gaps.fact(gap)
    kept = await slips.keep(desk, person, Slip(draft, gap=gap.key))
    if kept is not None:
        known = complete(relation_of(desk.engine, draft), places_of(draft))
        verb, style = (Verb.BEGIN, "primary") if known else (Verb.PLACES, "secondary")
        buttons.append(press(verb, "Add the fact…", kept.number, style=style))
    if gap.kind == "not_understood":
        intents = await desk.kept(lambda: desk.gaps.intents(gap))
        options = [
            Option(
                plain(one.question, OPTION),
                f"{_TURNED if one.turned else ''}{one.intent}"[:OPTION],
                plain(one.title, OPTION),
            )
            for one in intents or ()
        ]
        if options:
            blocks.append(Text("**Teach a wording**: what was meant?"))
            blocks.append(Menu(write(Verb.TEACH, 0, gap.key), "It means…", tuple(options[:OPTIONS])))
        name = NameDraft("", gap.stranger, f"asked {gap.times}×: {gap.question}"[:300])
        named = await slips.keep(desk, person, Slip(name, gap=gap.key))
        if named is not None:
            buttons.append(press(Verb.WORDS, "Add a name…", named.number))
    hidden = await desk.kept(lambda: _aside(desk, gap))
    aside = press(Verb.UNHIDE, "For us after all", 0, gap.key) if hidden else press(Verb.HIDE, "Not for us", 0, gap.key)
    return Card((*blocks, Row((*buttons, aside, press(Verb.GAPS, "Back to the list", 1)))))


async def teach(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The line by which a question would be understood as it was meant."""
    if await rights.curator(desk, interaction):
        values = acting.data_of(interaction).get("values") or [""]
        intent = str(values[0])
        await working.hold_on(interaction, working.TRYING)
        turned = intent.startswith(_TURNED)
        await _taught(desk, interaction, pressed.word, intent.removeprefix(_TURNED), turned=turned)


async def turn(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The same, read the other way round."""
    if not await rights.curator(desk, interaction):
        return
    slip = await slips.get(desk, interaction.user.id, pressed.number)
    if slip is None or not slip.gap:
        await sending.respond(interaction, pages.say(working.GONE), private=True)
        return
    await working.hold_on(interaction, working.TRYING)
    await _taught(desk, interaction, slip.gap, slip.intent, turned=not slip.turned)


async def _taught(desk: Desk, interaction: Interaction, key: str, intent: str, *, turned: bool) -> None:
    gap = await working.gap_of(desk, key)
    if gap is None:
        await sending.respond(interaction, pages.say("That is no longer missing."), private=True)
        return
    came = await asyncio.to_thread(desk.gaps.teach, gap, intent, turned=turned)
    if not isinstance(came, Teaching):
        await sending.respond(interaction, refused(desk.engine, came, None), private=True)
        return
    slip = await slips.keep(desk, interaction.user.id, Slip(came.preview.draft, gap=key, intent=intent, turned=turned))
    card = pages.say(working.LOST)
    if slip is not None:
        card = preview.preview_card(desk.engine, came.preview, slip, note=preview.teaching_note(came))
    await sending.respond(interaction, card, private=True)


async def hide(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Put a gap aside, or take that back."""
    curator = await rights.curator(desk, interaction)
    if curator is None:
        return
    await working.hold_on(interaction)
    gap = await working.gap_of(desk, pressed.word)
    done = None if gap is None else await desk.kept(lambda: _hidden(desk, gap, curator, pressed.verb is Verb.HIDE))
    if gap is None or not done:
        await sending.respond(interaction, pages.say(_FAILED if gap else "That is no longer missing."), private=True)
        return
    await sending.respond(interaction, await gap_card(desk, interaction.user.id, gap), private=True)


def _aside(desk: Desk, gap: Gap) -> bool:
    hidden = desk.store.hidden.keys()
    return gap.key in hidden


def _hidden(desk: Desk, gap: Gap, curator: Curator, hidden: bool) -> bool:
    if hidden:
        desk.gaps.hide(gap, curator)
    else:
        desk.gaps.unhide(gap)
    return True
