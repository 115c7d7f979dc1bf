"""The forms of curators as discord.py shows them.

Comes in: names of fields, and what stands in them. Goes out: a modal whose custom id says what it fills in.
"""

from collections.abc import Sequence

import discord
from discord import ui

from bot.curation.stored import AnyChange
from bot.discord_app import limits
from bot.discord_app.curating import fields
from bot.discord_app.curating.ids import Verb, write
from bot.discord_app.escape import clean
from bot.engine import Engine


def form(engine: Engine, change: AnyChange, names: Sequence[str], verb: Verb, number: int, title: str) -> ui.Modal:
    """A form of at most five fields; `number` is what its custom id carries, whose last digit is a place."""
    place = number % 10 if verb in (Verb.SOURCE_FORM, Verb.SIDE_FORM) else 0
    made = blank(title, write(verb, number))
    for name in names[: limits.MODAL_FIELDS]:
        standing = fields.standing(engine, change, name, place)
        add(made, name, standing, required=fields.required(change, name))
    return made


def blank(title: str, custom_id: str) -> ui.Modal:
    """A form without fields."""
    return ui.Modal(title=limits.fit(title, limits.MODAL_TITLE), custom_id=custom_id)


def add(
    modal: ui.Modal, name: str, standing: str = "", *, required: bool = False, field: fields.Field | None = None
) -> None:
    """Put a field into a form."""
    field = field or fields.FIELDS[name]
    modal.add_item(
        ui.Label(text=field.label, description=field.hint, component=_component(field, name, standing, required))
    )


def _component(field: fields.Field, name: str, standing: str, required: bool) -> ui.Item[ui.LayoutView]:
    if field.options:
        options = [
            discord.SelectOption(label=label, value=value, default=value == standing) for value, label in field.options
        ]
        return ui.Select(custom_id=name, required=required, options=options)
    style = discord.TextStyle.paragraph if field.long else discord.TextStyle.short
    return ui.TextInput(
        custom_id=name, style=style, max_length=field.limit, required=required,
        placeholder=field.placeholder or None, default=clean(standing)[: field.limit] or None,
    )  # fmt: skip
