"""`/fact add`, `correct`, `end`, `dispute`, `confirm`, `retire`: changes begun from choices.

Comes in: what a curator chooses or types. Goes out: a draft, kept from here on, and its first form or its preview.
"""

from typing import Any, Literal

from discord import app_commands

from bot import choices
from bot.curation.drafts import Draft, SourceDraft
from bot.curation.places import Places, complete, enterable, placed
from bot.discord_app import pages, sending
from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.curating import facts, filled, rights, slips, typed, working
from bot.discord_app.curating.fact_commands import choose, completes_facts, one_fact
from bot.discord_app.curating.slips import Slip
from bot.discord_app.curating.typed import TypedError
from bot.discord_app.desk import Desk
from bot.discord_app.limits import CHOICES
from bot.knowledge.records import Relation

Verdict = Literal["yes", "no"]
_SOURCE = "A page on file, or an address; else a form asks for it"
_DATE = "2025, 2025-08 or 31 August 2025"


def add_changing(desk: Desk, group: app_commands.Group) -> None:
    """The commands that begin a change."""
    for command in (_add(desk), _correct(desk), _end(desk), _dispute(desk), _confirm(desk), _retire(desk)):
        group.add_command(command)


def _add(desk: Desk) -> Command:
    @app_commands.command(name="add", description="A new fact")
    @app_commands.describe(
        relation="What it is about", subject="Who; several with commas between", object="To or with whom",
        verdict="Whether it is so; yes unless you say no", since=_DATE, until=_DATE,
        narrower="In which narrower sense", source=_SOURCE, proposal="The number of the proposal that it answers",
    )  # fmt: skip
    async def add(
        interaction: Interaction, relation: str, object: str, subject: str = "", verdict: Verdict = "yes",  # noqa: A002
        since: str = "", until: str = "", narrower: str = "", source: str = "",
        proposal: app_commands.Range[int, 0, 2**31] = 0,
    ) -> None:  # fmt: skip
        if not await rights.curator(desk, interaction):
            return
        try:
            chosen = _relation(desk, relation)
            dates = _dates(desk, since, until)
            draft = Draft(
                "add", "", relation=chosen.id, holds=verdict == "yes", narrows=typed.narrows_of(narrower, chosen),
                sources=_source(desk, source), **dates,
            )  # fmt: skip
            draft = placed(draft, chosen, _places(desk, chosen, subject, object))
        except TypedError as error:
            await sending.respond(interaction, pages.say(error.told), private=True)
            return
        slip = Slip(draft, proposal) if proposal else await slips.begun(desk, interaction.user.id, draft)
        await working.begin(desk, interaction, slip)

    @add.autocomplete("relation")
    async def relations(_: Interaction, typing: str) -> list[Choice]:
        known = enterable(desk.engine)
        return choose([(r.title, r.id) for r in known if typing.lower() in r.title.lower()])

    @add.autocomplete("subject")
    async def subjects(interaction: Interaction, typing: str) -> list[Choice]:
        return _names(desk, interaction, typing, 0)

    @add.autocomplete("object")
    async def objects(interaction: Interaction, typing: str) -> list[Choice]:
        return _names(desk, interaction, typing, 1)

    @add.autocomplete("narrower")
    async def narrower_of(interaction: Interaction, typing: str) -> list[Choice]:
        relation = desk.engine.kb.relations.get(str(getattr(interaction.namespace, "relation", "") or ""))
        offered = typed.narrowings(relation) if relation else ()
        return choose([(one, one) for one in offered if typing.lower() in one.lower()])

    _completes(desk, add)
    return add


def _correct(desk: Desk) -> Command:
    @app_commands.command(name="correct", description="A fact that says something wrong")
    @app_commands.describe(
        fact="Choose what it says", verdict="Whether it is so", since=_DATE, until=f"{_DATE}; “still so” for no end",
        source=_SOURCE,
    )  # fmt: skip
    async def correct(
        interaction: Interaction, fact: str, verdict: Verdict | None = None, since: str = "", until: str = "",
        source: str = "",
    ) -> None:  # fmt: skip
        holds = None if verdict is None else verdict == "yes"
        await _change(desk, interaction, "correct", fact, since=since, until=until, source=source, holds=holds)

    completes_facts(desk, correct)
    _completes(desk, correct)
    return correct


def _end(desk: Desk) -> Command:
    @app_commands.command(name="end", description="Something that was so, and is no longer")
    @app_commands.describe(
        fact="Choose what it says", until="The first day on which it was no longer so", source=_SOURCE
    )
    async def end(interaction: Interaction, fact: str, until: str, source: str = "") -> None:
        await _change(desk, interaction, "end", fact, until=until, source=source)

    completes_facts(desk, end)
    _completes(desk, end)
    return end


def _dispute(desk: Desk) -> Command:
    @app_commands.command(
        name="dispute", description="A fact on which sources disagree: both sides, each with a source"
    )
    @app_commands.describe(fact="Choose what it says", reason="Why you change it; stands in the public history")
    async def dispute(interaction: Interaction, fact: str, reason: str = "") -> None:
        await _change(desk, interaction, "dispute", fact, reason=reason)

    completes_facts(desk, dispute)
    return dispute


def _confirm(desk: Desk) -> Command:
    @app_commands.command(name="confirm", description="Still true: seen in a source")
    @app_commands.describe(fact="Choose what it says", source=_SOURCE)
    async def confirm(interaction: Interaction, fact: str, source: str = "") -> None:
        await _change(desk, interaction, "confirm", fact, source=source)

    completes_facts(desk, confirm)
    _completes(desk, confirm)
    return confirm


def _retire(desk: Desk) -> Command:
    @app_commands.command(
        name="retire", description="A fact that should never have been: kept as history, never said again"
    )
    @app_commands.describe(fact="Choose what it says", reason="Why; stands in the public history")
    async def retire(interaction: Interaction, fact: str, reason: str) -> None:
        await _change(desk, interaction, "retire", fact, reason=reason)

    completes_facts(desk, retire)
    return retire


async def _change(
    desk: Desk, interaction: Interaction, action: Any, fact: str, *, since: str = "", until: str = "",
    source: str = "", reason: str = "", holds: bool | None = None,
) -> None:  # fmt: skip
    if not await rights.curator(desk, interaction):
        return
    found = await one_fact(desk, interaction, fact)
    if found is None:
        return
    try:
        dates = _dates(desk, since, until)
        draft = Draft(action, " ".join(reason.split()), found, holds=holds, sources=_source(desk, source), **dates)
    except TypedError as error:
        await sending.respond(interaction, pages.say(error.told), private=True)
        return
    await working.begin(desk, interaction, await slips.begun(desk, interaction.user.id, draft))


# --- what was typed


def _dates(desk: Desk, since: str, until: str) -> dict[str, Any]:
    today = desk.today()
    return {"since": typed.since_of(since, today), "until": typed.until_of(until, today)}


def _source(desk: Desk, text: str) -> tuple[SourceDraft, ...]:
    """The page that an option names: one on file, or an address of which the form asks for the rest."""
    text = text.strip()
    if not text:
        return ()
    try:
        return (SourceDraft(id=desk.engine.kb.source(text).id),)
    except KeyError:
        pass
    known = filled.known_page(desk.engine, text)
    if known:
        return (SourceDraft(id=known, url=text),)
    if not text.lower().startswith(("http://", "https://")):
        raise TypedError(
            "*{}* is no page on file and no address. Choose one, or leave it out: a form asks for it.", text
        )
    publisher, kind = filled.usual(desk.engine, text)
    return (SourceDraft(url=text, publisher=publisher, kind=kind),)


def _relation(desk: Desk, text: str) -> Relation:
    wanted = text.strip().casefold()
    for relation in enterable(desk.engine):
        if wanted in (relation.id.casefold(), relation.title.casefold()):
            return relation
    titles = ", ".join(relation.title for relation in enterable(desk.engine))
    raise TypedError(f"There is nothing called *{{}}* to add a fact to. There are: {titles}.", text)


def _places(desk: Desk, relation: Relation, one: str, two: str) -> Places:
    """Who takes part, in the two places of the relation."""
    engine, today = desk.engine, desk.today()
    first = filled.several(engine, one, today, relation.roles[0]) if one.strip() else ()
    second = filled.several(engine, two, today, relation.roles[1])
    if relation.symmetric and not relation.opposed and not first:
        first, second = second[:1], second[1:]
    if not complete(relation, (first, second)):
        raise TypedError("*{}* wants somebody of whom it is said: give the subject, too.", relation.title)
    return first, second


def _names(desk: Desk, interaction: Interaction, typing: str, role: int) -> list[Choice]:
    """Names that may stand in a place of the chosen relation; of several, the last is completed."""
    relation = desk.engine.kb.relations.get(str(getattr(interaction.namespace, "relation", "") or ""))
    before, comma, last = typing.rpartition(",")
    found = choices.names_beginning(desk.engine, last.strip(), relation.roles[role] if relation else None, CHOICES)
    return choose([(f"{before}{comma} {name}".strip(), f"{before}{comma} {name}".strip()) for name in found])


def _completes(desk: Desk, command: Command) -> None:
    """Let the dates and the source of a command complete."""

    async def source(_: Interaction, typing: str) -> list[Choice]:
        return choose(list(facts.offered_sources(desk.engine, typing, CHOICES)))

    async def since(_: Interaction, typing: str) -> list[Choice]:
        return choose(typed.offered_dates(desk.today(), typing, "unknown"))

    async def until(_: Interaction, typing: str) -> list[Choice]:
        return choose(typed.offered_dates(desk.today(), typing, typed.STILL))

    offered = {"source": source, "since": since, "until": until}
    for option in command.parameters:
        if option.name in offered:
            command.autocomplete(option.name)(offered[option.name])
