"""The two forms: a mistake to report, a follow-up to ask. And what somebody wrote into one.

A form's custom id says, like a button's, what it is for; nothing of it is kept while somebody types.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.discord_app import limits
from bot.discord_app.custom_ids import Kind, write
from bot.questions.query import Query

REPORT_TEXT, REPORT_SOURCE = 1500, 500
QUESTION = 500

_WHAT, _SOURCE, _ASK = "what", "source", "question"


def report_form(query: Query | None) -> ui.Modal:
    """What is wrong with an answer, and by which source."""
    return _form(
        Kind.REPORT_FORM, query, "Report a mistake",
        ("What is wrong?", "Curators read this. Please leave personal things out.", ui.TextInput(
            custom_id=_WHAT, style=discord.TextStyle.paragraph, max_length=REPORT_TEXT,
            placeholder="It ended last year, for instance",
        )),
        ("Where can that be read?", "An address or a title, if you have one.", ui.TextInput(
            custom_id=_SOURCE, max_length=REPORT_SOURCE, required=False, placeholder="https://…",
        )),
    )  # fmt: skip


def follow_form(query: Query | None) -> ui.Modal:
    """A further question, which may lean on the one before."""
    hint = "A whole question, or only what changes: since when? in 2005?" if query else "Please put it in other words."
    field: ui.TextInput[ui.LayoutView] = ui.TextInput(
        custom_id=_ASK, max_length=QUESTION, placeholder="since when?" if query else None
    )
    return _form(Kind.FOLLOW_FORM, query, "Ask a follow-up" if query else "Ask another way", ("Question", hint, field))


def written(data: Mapping[str, Any]) -> dict[str, str]:
    """What was written into a form, by the field's custom id; from an interaction's data."""
    return {field["custom_id"]: str(field.get("value") or "") for field in _fields(data.get("components"))}


def report_of(data: Mapping[str, Any]) -> tuple[str, str]:
    """The text and the source of a report."""
    held = written(data)
    return held.get(_WHAT, "").strip(), held.get(_SOURCE, "").strip()


def question_of(data: Mapping[str, Any]) -> str:
    """The question of a follow-up."""
    return written(data).get(_ASK, "").strip()


def _form(kind: Kind, query: Query | None, title: str, *rows: tuple[str, str, ui.TextInput[Any]]) -> ui.Modal:
    modal = ui.Modal(title=limits.fit(title, limits.MODAL_TITLE), custom_id=write(kind, query))
    for label, hint, field in rows:
        modal.add_item(ui.Label(text=label, description=hint, component=field))
    return modal


def _fields(components: Any) -> Iterator[Mapping[str, Any]]:
    """The fields of a form, which stand in labels or rows."""
    for one in components if isinstance(components, list) else ():
        if isinstance(one, dict) and "custom_id" in one:
            yield one
        elif isinstance(one, dict):
            yield from _fields([one["component"]] if "component" in one else one.get("components"))
