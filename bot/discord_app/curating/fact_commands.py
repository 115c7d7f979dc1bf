"""`/fact find`, `show`, `history`, `undo`: facts looked at, and what was done to them.

Comes in: what a curator types or chooses. Goes out: private cards, from which every change can be begun.
"""

from collections.abc import Sequence

from discord import app_commands

from bot.curation.drafts import ACTIONS, Change, Draft
from bot.curation.outcomes import Shown
from bot.discord_app import acting, pages, sending, sources
from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.curating import came, facts, rights, slips, working
from bot.discord_app.curating.ids import Press, Verb, fact_of, handle, press, turner, write
from bot.discord_app.curating.preview import DOES
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.escape import code, escape, plain
from bot.discord_app.limits import CHOICE, CHOICES, OPTION, fit
from bot.discord_app.parts import Block, Card, Menu, Option, Row, Rule, Text
from bot.engine import Engine

ON_PAGE = 10  # facts on a page of what was found
HISTORY = 4  # changes on a page, each with its lines
_LABELS = {"correct": "Correct…", "end": "End…", "dispute": "Dispute…", "confirm": "Confirm…", "retire": "Retire…"}
LOOK, PAST = 0, 9  # what a button of a fact does, besides beginning one of the actions: show it, show its history


def choose(options: Sequence[tuple[str, str]]) -> list[Choice]:
    """Choices of autocomplete."""
    return [app_commands.Choice(name=plain(name, CHOICE), value=value[:CHOICE]) for name, value in options[:CHOICES]]


def add_looking(desk: Desk, group: app_commands.Group) -> None:
    """The commands that change nothing by themselves."""
    for command in (_find(desk), _show(desk), _history(desk), _undo(desk)):
        group.add_command(command)


def completes_facts(desk: Desk, command: Command, option: str = "fact") -> None:
    """Let an option complete facts by what they say."""

    async def complete(_: Interaction, typed: str) -> list[Choice]:
        return choose(facts.offered(desk.engine, typed, CHOICES))

    command.autocomplete(option)(complete)


def _find(desk: Desk) -> Command:
    @app_commands.command(name="find", description="Facts by what they say")
    @app_commands.describe(words="Names or words; a question finds what answers it")
    async def find(interaction: Interaction, words: str) -> None:
        if await rights.curator(desk, interaction):
            await acting.shown(desk, interaction, found_card(desk, words))

    return find


def _show(desk: Desk) -> Command:
    @app_commands.command(name="show", description="A fact as it is on file, and what can be done about it")
    @app_commands.describe(fact="Choose what it says")
    async def show(interaction: Interaction, fact: str) -> None:
        if await rights.curator(desk, interaction):
            found = await one_fact(desk, interaction, fact)
            if found:
                await working.hold_on(interaction)
                await sending.respond(interaction, await fact_card(desk, found), private=True)

    completes_facts(desk, show)
    return show


def _history(desk: Desk) -> Command:
    @app_commands.command(name="history", description="Who changed what, when and why")
    @app_commands.describe(fact="Choose what it says; nothing for the newest changes of all")
    async def history(interaction: Interaction, fact: str = "") -> None:
        if not await rights.curator(desk, interaction):
            return
        found = await one_fact(desk, interaction, fact) if fact else ""
        if found is not None:
            await sending.respond(interaction, await history_card(desk, found), private=True)

    completes_facts(desk, history)
    return history


def _undo(desk: Desk) -> Command:
    @app_commands.command(name="undo", description="Take a change back by a further one")
    @app_commands.describe(change="Which change")
    async def undo(interaction: Interaction, change: str) -> None:
        if await rights.curator(desk, interaction):
            number = int(change) if change.isascii() and change.isdigit() and len(change) < 19 else 0
            await sending.respond(interaction, await change_card(desk, number), private=True)

    @undo.autocomplete("change")
    async def complete(_: Interaction, typed: str) -> list[Choice]:
        changes = await desk.kept(lambda: desk.curation.history("", 100), PROMPT)
        told = [(f"{one.id}: {_did(desk.engine, one)}", str(one.id)) for one in changes or ()]
        return choose([one for one in told if typed.lower() in one[0].lower()])

    return undo


# --- one fact


async def one_fact(desk: Desk, interaction: Interaction, typed: str) -> str | None:
    """The one fact that was chosen or typed; otherwise what it may be is shown to choose from."""
    engine = desk.engine
    found = facts.named(engine, typed)
    if len(found) == 1:
        return found[0]
    if found:
        await acting.shown(desk, interaction, found_card(desk, typed, ids=found))
        return None
    told = f"No fact on file says *{fit(escape(typed), 100)}*. Choose from what is offered while you type."
    await sending.respond(interaction, pages.say(told), private=True)
    return None


def found_card(desk: Desk, typed: str, page: int = 1, *, ids: Sequence[str] = ()) -> Card:
    """Facts that were found, to be chosen from a menu."""
    engine = desk.engine
    found = list(ids or facts.named(engine, typed))
    shown = [found[at : at + ON_PAGE] for at in range(0, len(found), ON_PAGE)] or [[]]
    page = min(max(page, 1), len(shown))
    head = f"### 🔍 {len(found)} fact{'' if len(found) == 1 else 's'}\n-# {fit(escape(typed), 200)}"
    if not found:
        return pages.say(f"{head}\nNo fact on file says that.")
    lines = [f"- {fit(escape(facts.label(engine, id_)), 280)}" for id_ in shown[page - 1]]
    blocks: list[Block] = [Text(head), Rule(), Text("\n".join(lines)), chooser(engine, shown[page - 1])]
    return Card((*blocks, *turner(Verb.FOUND, page, len(shown), fit(typed, 40))))


def chooser(engine: Engine, ids: Sequence[str]) -> Menu:
    """A menu of facts."""
    options = [Option(plain(facts.label(engine, id_), OPTION), handle(id_)) for id_ in dict.fromkeys(ids)]
    return Menu(write(Verb.CHOSEN), "Choose one to look at", tuple(options))


async def fact_card(desk: Desk, fact: str) -> Card:
    """A fact as it is on file, with a button for each thing that can be done about it."""
    engine = desk.engine
    shown: Shown | None = await desk.kept(lambda: desk.curation.show(fact))
    if shown is None:
        return pages.say("That fact is in no file that can be edited here.")
    lines = [f"### {fit(escape(facts.label(engine, fact)), 400)}"]
    blocks: list[Block] = []
    if fact in engine.kb:
        held = engine.kb.fact(fact)
        words = engine.composer.words
        lines.append(f"-# {held.status} · last seen {words.date(held.as_of)} · {escape(shown.path)}:{shown.line}")
        if held.details or any(who.since or who.until for role in held.roles for who in role):
            lines.append("-# Its details, and periods of single participants, are changed in the file.")
        blocks.append(Text("\n".join(["-# **Sources**", *sources.brief(words, held.sources, 900, 4)])))
    else:
        row = engine.kb.retired.get(fact, {}).get("retired") or {}
        lines.append(f"-# Retired on {row.get('on', '?')}: {fit(escape(str(row.get('why', ''))), 300)}")
    entry = Text(code(fit(shown.text, 1200), "yaml"))
    actions = (
        [press(Verb.FACT, _LABELS[a], ACTIONS.index(a), handle(fact)) for a in _LABELS] if fact in engine.kb else []
    )
    rows = [Row(tuple(actions))] if actions else []
    past = Row((press(Verb.FACT, "History", PAST, handle(fact)),))
    return Card((Text("\n".join(lines)), *blocks, entry, *rows, past))


async def pressed_fact(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """A button of a fact: begin a change of it, show it, or show what was done to it."""
    curator = await rights.curator(desk, interaction)
    if curator is None:
        return
    fact = fact_of(desk.engine.kb, pressed.word)
    if not fact:
        await sending.respond(interaction, pages.say("That fact is no longer on file."), private=True)
    elif pressed.number == PAST:
        await acting.shown(desk, interaction, await history_card(desk, fact))
    elif 0 < pressed.number < len(ACTIONS):
        draft = Draft(ACTIONS[pressed.number], "", fact)
        await working.begin(desk, interaction, await slips.begun(desk, interaction.user.id, draft))
    else:
        await working.hold_on(interaction)
        await sending.respond(interaction, await fact_card(desk, fact), private=True)


async def chosen(desk: Desk, interaction: Interaction, _: Press) -> None:
    """A fact chosen from a menu."""
    values = acting.data_of(interaction).get("values") or [""]
    await pressed_fact(desk, interaction, Press(Verb.FACT, LOOK, str(values[0])))


async def turned(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Another page of what was found."""
    if await rights.curator(desk, interaction):
        await acting.shown(desk, interaction, found_card(desk, pressed.word, pressed.number))


# --- what was done


async def history_card(desk: Desk, fact: str, page: int = 1) -> Card:
    """The changes of a fact, or of all, each with its lines before and after."""
    changes = await desk.kept(lambda: desk.curation.history(fact, 100), PROMPT)
    if changes is None:
        return pages.say("⚠️ The journal could not be read. Please try again later.")
    head = (
        f"### 🕰️ Changes\n-# {fit(escape(facts.label(desk.engine, fact)), 300) if fact else 'of all, the newest first'}"
    )
    if not changes:
        return pages.say(f"{head}\nNothing was changed by a curator yet.")
    shown = [changes[at : at + HISTORY] for at in range(0, len(changes), HISTORY)]
    page = min(max(page, 1), len(shown))
    blocks: list[Block] = [Text(head)]
    blocks += [
        Text(fit(_told(desk.engine, one), 320) + "\n" + came.changed_lines(one.before, one.after, 420))
        for one in shown[page - 1]
    ]
    options = [Option(plain(f"{one.id}: {_did(desk.engine, one)}", OPTION), str(one.id)) for one in shown[page - 1]]
    blocks.append(Menu(write(Verb.CHANGE), "Choose one to take back", tuple(options)))
    return Card((*blocks, *turner(Verb.CHANGES, page, len(shown), handle(fact) if fact else "")))


async def turned_history(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Another page of it."""
    if await rights.curator(desk, interaction):
        fact = fact_of(desk.engine.kb, pressed.word) if pressed.word else ""
        await acting.shown(desk, interaction, await history_card(desk, fact, pressed.number))


async def chosen_change(desk: Desk, interaction: Interaction, _: Press) -> None:
    """A change chosen from the history."""
    if await rights.curator(desk, interaction):
        values = acting.data_of(interaction).get("values") or ["0"]
        number = int(values[0]) if str(values[0]).isdigit() else 0
        await acting.shown(desk, interaction, await change_card(desk, number))


async def change_card(desk: Desk, number: int) -> Card:
    """One change, and the button that takes it back."""
    changes = await desk.kept(lambda: [one for one in desk.curation.history("", 1000) if one.id == number], PROMPT)
    if not changes:
        return pages.say("There is no such change. **/fact history** lists them.")
    (one,) = changes
    told = Text(fit(_told(desk.engine, one), 600) + "\n" + came.changed_lines(one.before, one.after, 2000))
    return Card((told, Row((press(Verb.UNDO, "Take it back", number, style="danger"),))))


def _did(engine: Engine, change: Change) -> str:
    verb = "take back" if change.undoes else DOES.get(change.action, change.action).lower()
    what = facts.label(engine, change.fact) if change.entry == "fact" else change.fact
    return f"{verb}: {what}, by {change.curator_name}"


def _told(engine: Engine, change: Change) -> str:
    day = engine.composer.words.date(change.at.date().isoformat())
    state = "" if change.state == "done" else f" ({change.state})"
    why = f"\n-# {escape(change.reason)}" if change.reason else ""
    return f"**{change.id}** · {day} · {escape(_did(engine, change))}{state}{why}"
