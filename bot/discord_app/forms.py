"""The forms for everybody: a mistake to report, a suggestion, a follow-up. And what somebody wrote into one.

A form's custom id says, like a button's, what it is for; nothing of it is kept while somebody types.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.discord_app import limits
from bot.discord_app.custom_ids import Kind, write
from bot.questions.query import Query
from bot.state.proposals import Tell

REPORT_TEXT, REPORT_SOURCE = 1500, 500
QUESTION = 500

_WHAT, _SOURCE, _TOLD, _ASK = "what", "source", "tell", "question"
_TELL: Mapping[Tell, str] = {"no": "No", "private": "Yes, in a direct message", "channel": "Yes, in this channel"}


def report_form(query: Query | None) -> ui.Modal:
    """What is wrong with an answer, and by which source."""
    return _proposal(
        write(Kind.REPORT_FORM, query), "Report a mistake", "What is wrong?", "It ended last year, for instance"
    )


def challenge_form(custom_id: str) -> ui.Modal:
    """What is wrong with what a quiz holds to be right, and by which source."""
    return _proposal(custom_id, "Challenge this answer", "What is wrong?", "It ended last year, for instance")


def suggest_form(custom_id: str) -> ui.Modal:
    """What should be on file, and by which source."""
    what = "What should be added or changed?"
    return _proposal(custom_id, "Suggest a fact or a change", what, "It began in May 2026, for instance")


def _proposal(custom_id: str, title: str, what: str, example: str) -> ui.Modal:
    tell = [discord.SelectOption(label=label, value=value, default=value == "no") for value, label in _TELL.items()]
    return _form(
        custom_id, title,
        (what, "Curators read this. Please leave personal things out.", ui.TextInput(
            custom_id=_WHAT, style=discord.TextStyle.paragraph, max_length=REPORT_TEXT, placeholder=example,
        )),
        ("Where can that be read?", "An address or a title, if you have one.", ui.TextInput(
            custom_id=_SOURCE, max_length=REPORT_SOURCE, required=False, placeholder="https://…",
        )),
        ("Shall I tell you what comes of it?", "Your id is kept with it either way, until you ask me to forget you.",
         ui.Select(custom_id=_TOLD, options=tell, required=False)),
    )  # fmt: skip


def follow_form(query: Query | None) -> ui.Modal:
    """A further question, which may lean on the one before."""
    hint = "A whole question, or only what changes: since when? in 2005?" if query else "Please put it in other words."
    field: ui.TextInput[ui.LayoutView] = ui.TextInput(
        custom_id=_ASK, max_length=QUESTION, placeholder="since when?" if query else None
    )
    title = "Ask a follow-up" if query else "Ask another way"
    return _form(write(Kind.FOLLOW_FORM, query), title, ("Question", hint, field))


def written(data: Mapping[str, Any]) -> dict[str, str]:
    """What was written into a form, by the field's custom id; from an interaction's data."""
    return {field["custom_id"]: _value(field) for field in _fields(data.get("components"))}


def _value(field: Mapping[str, Any]) -> str:
    chosen = field.get("values")
    return str(chosen[0]) if isinstance(chosen, list) and chosen else str(field.get("value") or "")


def report_of(data: Mapping[str, Any]) -> tuple[str, str]:
    """The text and the source of a report."""
    held = written(data)
    return held.get(_WHAT, "").strip(), held.get(_SOURCE, "").strip()


def tell_of(data: Mapping[str, Any], guild: int | None) -> Tell:
    """Whether, and where, the proposer wants to hear what came of it; outside of servers there is one place alone."""
    chosen = written(data).get(_TOLD, "no")
    if chosen not in ("channel", "private"):
        return "no"
    return "channel" if chosen == "channel" and guild is not None else "private"


def question_of(data: Mapping[str, Any]) -> str:
    """The question of a follow-up."""
    return written(data).get(_ASK, "").strip()


def _form(custom_id: str, title: str, *rows: tuple[str, str, ui.Item[Any]]) -> ui.Modal:
    modal = ui.Modal(title=limits.fit(title, limits.MODAL_TITLE), custom_id=custom_id)
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
