"""The look-ups: `/overview`, `/list`, `/compare` and `/changes`. Each makes a query from choices and answers it.

What somebody types instead of a choice is read as a name; one that fits nobody, or several, is said so privately.
"""

from collections.abc import Callable, Iterable

from discord import app_commands

from bot import choices
from bot.choices import ListKind
from bot.discord_app import acting, asking, changes, sending
from bot.discord_app.aliases import Choice, Command, Interaction, anywhere
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape, plain
from bot.discord_app.limits import CHOICE, CHOICES, fit
from bot.discord_app.pages import say
from bot.discord_app.parts import Card
from bot.questions.query import Query

_LONGEST = 100


def look_ups(desk: Desk) -> list[Command]:
    """All four; each may be installed by a person, and used anywhere."""
    return [anywhere(command) for command in (_overview(desk), _list(desk), _compare(desk), _changes(desk))]


def _overview(desk: Desk) -> Command:
    @app_commands.command(name="overview", description="Everything on file between two, as a timeline")
    @app_commands.describe(a="One of the two", b="The other", private="Only you see the answer")
    async def overview(interaction: Interaction, a: str, b: str, private: bool = False) -> None:
        one = await named(desk, interaction, a)
        other = await named(desk, interaction, b) if one else None
        if one is None or other is None:
            return
        query = choices.overview_query(desk.engine, one, other)
        if one == other or query is None:
            await sending.respond(interaction, say("Please choose two that differ."), private=True)
            return
        await _answer(desk, interaction, query, private, "overview")

    _completes(desk, overview, "a", "b")
    return overview


def _list(desk: Desk) -> Command:
    @app_commands.command(name="list", description="Who does, or does not: a list with its sources")
    @app_commands.describe(what="Which list", of="Whose list: the name in the blank", private="Only you see the answer")
    async def show(interaction: Interaction, what: str, of: str, private: bool = False) -> None:
        kind = _kind(desk.live.lists, what)
        if kind is None:
            await sending.respond(interaction, _no_kind(desk.live.lists, what), private=True)
            return
        given = await named(desk, interaction, of, kind.takes())
        if given is not None:
            await _answer(desk, interaction, kind.query(given), private, "list")

    @show.autocomplete("what")
    async def kinds(_: Interaction, typed: str) -> list[Choice]:
        return _offer(desk.live.lists, typed)

    @show.autocomplete("of")
    async def names(interaction: Interaction, typed: str) -> list[Choice]:
        kind = _kind(desk.live.lists, str(getattr(interaction.namespace, "what", "") or ""))
        return _names(desk, typed, kind.takes() if kind else None)

    return show


def _compare(desk: Desk) -> Command:
    @app_commands.command(name="compare", description="Who is on one list but not on another")
    @app_commands.describe(
        of="Who is on this one's list", but_not="… but not on this one's", what="Which list, if not the usual one",
        private="Only you see the answer",
    )  # fmt: skip
    async def compare(interaction: Interaction, of: str, but_not: str, what: str = "", private: bool = False) -> None:
        kinds = choices.comparisons(desk.engine)
        kind = _kind(kinds, what) if what else next(iter(kinds), None)
        if kind is None:
            await sending.respond(interaction, _no_kind(kinds, what), private=True)
            return
        one = await named(desk, interaction, of, kind.takes())
        less = await named(desk, interaction, but_not, kind.takes("minus")) if one else None
        if one is None or less is None:
            return
        if one == less:
            await sending.respond(interaction, say("Please choose two that differ."), private=True)
            return
        await _answer(desk, interaction, kind.query(one, less), private, "compare")

    @compare.autocomplete("what")
    async def kinds_of(_: Interaction, typed: str) -> list[Choice]:
        return _offer(choices.comparisons(desk.engine), typed)

    _completes(desk, compare, "of", "but_not", kinds=lambda: next(iter(choices.comparisons(desk.engine))).takes())
    return compare


def _changes(desk: Desk) -> Command:
    @app_commands.command(name="changes", description="What began or ended lately")
    @app_commands.describe(since="30 days, 2025, 2025-08 or 2025-08-31", private="Only you see the answer")
    async def show(interaction: Interaction, since: str = "", private: bool = False) -> None:
        day = changes.since_of(since, desk.today())
        if day is None:
            told = (
                f"I cannot read *{fit(escape(since), _LONGEST)}* as a past date. Try `30 days`, `2025` or `2025-08-31`."
            )
            await sending.respond(interaction, say(told), private=True)
            return
        alone = private or await acting.quiet(desk, interaction)
        card = await changes.page_of(desk, day)
        await sending.respond(interaction, card, private=alone)

    @show.autocomplete("since")
    async def complete(_: Interaction, typed: str) -> list[Choice]:
        offered = [(label, value) for label, value in changes.choices(desk.today()) if typed.lower() in label]
        return [app_commands.Choice(name=label, value=value) for label, value in offered]

    return show


# --- shared


async def _answer(desk: Desk, interaction: Interaction, query: Query, private: bool, by: str) -> None:
    await acting.answered(desk, interaction, private, lambda asker: asking.answer(desk, asker, query, by=by))


async def named(desk: Desk, interaction: Interaction, typed: str, kinds: Iterable[str] | None = None) -> str | None:
    """The one entity that a text names; otherwise the person is told why not."""
    engine = desk.engine
    found = choices.entities_named(engine, typed, desk.today(), kinds)
    if len(found) == 1:
        return found[0]
    shown = f"*{fit(escape(typed), _LONGEST)}*"
    told = f"Nothing that fits here is called {shown} on file. Choose from what is offered while you type."
    if found:
        labels = ", ".join(escape(engine.kb.entities[id_].label) for id_ in found[:5])
        told = f"{shown} may be any of these: {labels}. Please say which."
    await sending.respond(interaction, say(told), private=True)
    return None


def _kind(kinds: list[ListKind], typed: str) -> ListKind | None:
    """The kind of list that was chosen, by its key or its title."""
    wanted = typed.strip().casefold()
    return next((kind for kind in kinds if wanted in (kind.key.casefold(), kind.title.casefold())), None)


def _no_kind(kinds: list[ListKind], typed: str) -> Card:
    shown = "\n".join(f"- {escape(kind.title)}" for kind in kinds)
    return say(f"There is no list called *{fit(escape(typed), _LONGEST)}*. There are:\n{fit(shown, 3000)}")


def _offer(kinds: list[ListKind], typed: str) -> list[Choice]:
    """The kinds of list in whose title every typed word begins a word; positive ones first."""
    wanted = typed.casefold().split()
    fitting = [kind for kind in kinds if _has(kind.title.casefold().split(), wanted)]
    fitting.sort(key=lambda kind: kind.negated)
    return [app_commands.Choice(name=plain(kind.title, CHOICE), value=kind.key[:CHOICE]) for kind in fitting[:CHOICES]]


def _has(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(begun) for word in words) for begun in wanted)


def _names(desk: Desk, typed: str, kinds: Iterable[str] | None = None) -> list[Choice]:
    found = choices.names_beginning(desk.engine, typed, kinds, CHOICES)
    return [app_commands.Choice(name=name[:CHOICE], value=name[:CHOICE]) for name in found]


def _completes(
    desk: Desk, command: Command, *options: str,
    kinds: Callable[[], Iterable[str]] | None = None,
) -> None:  # fmt: skip
    """Let options of a command complete names."""

    async def complete(_: Interaction, typed: str) -> list[Choice]:
        return _names(desk, typed, kinds() if kinds else None)

    for option in options:
        command.autocomplete(option)(complete)
