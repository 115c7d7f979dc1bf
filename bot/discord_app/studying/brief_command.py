"""`/brief`: one page about somebody, as a short card with a Markdown file and a PDF.

Comes in: a name. Goes out: what is on file under the heads of an overview, in the engine's own sentences. The files are
made in a thread.
"""

import asyncio
import datetime
import re

from discord import app_commands

from bot import choices
from bot.discord_app import acting, sending
from bot.discord_app.aliases import Choice, Command, Interaction, anywhere
from bot.discord_app.card import BLUE
from bot.discord_app.custom_ids import Kind
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.limits import CHOICE, CHOICES, fit
from bot.discord_app.look_ups import named
from bot.discord_app.pages import say
from bot.discord_app.parts import Attached, Block, Button, Card, Row, Rule, Text, button
from bot.discord_app.studying.study_ids import Scope, Verb, press
from bot.engine import Engine
from bot.study import brief_markdown, brief_pdf
from bot.study.brief import Brief, Item, brief, cited
from bot.study.topics import ENTITY

_LINE = 150  # characters of the one sentence that the card shows of a head
_ALL = 3200  # of all of them
_FIRST = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])")  # where a sentence ends: not after an initial


def brief_command(desk: Desk) -> Command:
    """The command."""

    @app_commands.command(name="brief", description="One page to take along: what is on file, with dates and sources")
    @app_commands.describe(of="Whom it is about", private="Only you see it")
    async def show(interaction: Interaction, of: str, private: bool = False) -> None:
        alone = private or await acting.quiet(desk, interaction)
        if await acting.must_wait(desk, interaction, acting.asker_of(interaction, private=alone)):
            return
        engine, today = desk.engine, desk.today()
        entity = await named(desk, interaction, of, heads(engine))
        if entity is None:
            return
        await sending.defer(interaction, private=alone)
        async with desk.drawing:
            made, files = await asyncio.to_thread(_made, engine, entity, today)
        if not made.sections:
            told = f"📭 Nothing for a brief is on file about {escape(made.name)}."
            await sending.respond(interaction, say(told), private=alone)
            return
        asker = None if alone else interaction.user.id
        studied = desk.makers.now().there
        await sending.present(interaction, brief_card(engine, entity, made, tuple(files), asker, studied), files)

    @show.autocomplete("of")
    async def names(_: Interaction, typed: str) -> list[Choice]:
        found = choices.names_beginning(desk.engine, typed, heads(desk.engine), CHOICES)
        return [app_commands.Choice(name=name[:CHOICE], value=name[:CHOICE]) for name in found]

    return anywhere(show)


def heads(engine: Engine) -> set[str]:
    """The kinds of entity of which there are briefs: those that an overview may be of."""
    return {kind for relation in engine.kb.relations.values() if relation.digest for r in relation.roles for kind in r}


def _made(engine: Engine, entity: str, today: datetime.date) -> tuple[Brief, dict[str, bytes]]:
    """The brief and its files, by name."""
    made = brief(engine, entity, today)
    if not made.sections:
        return made, {}
    name = f"brief-{entity}-{today.isoformat()}"
    text = brief_markdown.write(made, cited(engine, made)).encode()
    return made, {f"{name}.pdf": brief_pdf.write(made, lambda short: cited(engine, short)), f"{name}.md": text}


def brief_card(
    engine: Engine, entity: str, made: Brief, files: tuple[str, ...], asker: int | None, studied: bool
) -> Card:  # fmt: skip
    """The head of each section with its first line, and the files."""
    words = engine.composer.words
    lines = []
    for section in made.sections:
        number = len(section.items) + section.more
        lines.append(f"**{escape(_capital(section.title))}** ({number}) · {fit(_told(section.items[0]), _LINE)}")
    head = f"## {made.flag} {escape(made.name)}".replace("##  ", "## ")
    sources = len(made.numbers())
    foot = f"-# Brief of {words.date(made.day.isoformat())} · {sources} source{'' if sources == 1 else 's'}"
    blocks: list[Block] = [Text(f"{head}\n{foot}, listed in both files"), Rule(), Text(fit("\n".join(lines), _ALL))]
    blocks += [Attached(name) for name in files]
    return Card((*blocks, *_buttons(entity, asker, studied)), BLUE)


def _told(item: Item) -> str:
    """The first sentence of a line, with its date."""
    period = f"{item.period}: " if item.period else ""
    return escape(f"{period}{_FIRST.split(item.text, 1)[0]}")


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _buttons(entity: str, asker: int | None, studied: bool) -> list[Row]:
    made: list[Button] = []
    if studied:
        made.append(press(Verb.NEXT, "Study this", 0, Scope(f"{ENTITY}:{entity}").text()))
    made.append(button(Kind.REPORT, "Report a mistake"))
    if asker is not None:
        made.append(button(Kind.DELETE, "Delete", number=asker))
    return [Row(tuple(made))]
