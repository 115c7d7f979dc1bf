"""Buttons and forms: told apart by their custom ids alone, so that those of any message work, however old it is.

Comes in: an interaction of a button or form. Goes out: a private card, a changed message, or a form. Rights are looked
at when the button is pressed, whoever could see it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.answers.answer import Answer
from bot.discord_app import asking, changes, custom_ids, forms, pages, sending, views
from bot.discord_app.acting import answered, asker_of, data_of, must_wait, sees_alone
from bot.discord_app.aliases import Interaction
from bot.discord_app.card import answer_card
from bot.discord_app.curating.suggesting import propose
from bot.discord_app.custom_ids import Action, Kind, Unknown
from bot.discord_app.desk import Desk
from bot.discord_app.parts import Card
from bot.discord_app.studying import study_decks
from bot.questions.query import Query
from bot.state.proposals import NewProposal

ONLY_ASKER = "Only who asked, and moderators, can do that."


async def pressed(desk: Desk, interaction: Interaction) -> None:
    """Act on a button or form, if it is one of ours."""
    action = custom_ids.read(str(data_of(interaction).get("custom_id", "")))
    if action is None:
        return
    if isinstance(action, Action) and (action.kind in _FILLED) != (interaction.type is _SUBMITTED):
        action = Unknown(custom_ids.VERSION)  # a form's id on a button, or a button's on a form
    if isinstance(action, Unknown):
        await sending.respond(interaction, views.gone_card(action.version), private=True)
        return
    if action.kind in _PLAIN:
        await _PLAIN[action.kind](desk, interaction, action)
        return
    about = action.query is not None or action.held
    query = await _query(desk, interaction, action) if about else None
    if query is None and (about or action.kind not in _WITHOUT):
        await sending.respond(interaction, views.gone_card(), private=True)
    elif action.kind in _FORMS:
        await sending.ask_for(interaction, _FORMS[action.kind](query))
    elif action.kind is Kind.REPORT_FORM:
        await _report(desk, interaction, query)
    elif action.kind is Kind.FOLLOW_FORM:
        await _follow(desk, interaction, query)
    elif query is not None and action.kind in (Kind.PICK, Kind.OPEN):
        await _pick(desk, interaction, query, beside=action.kind is Kind.OPEN)
    elif query is not None:
        await _show(desk, interaction, action, query)


async def _query(desk: Desk, interaction: Interaction, action: Action) -> Query | None:
    """What an action is about, if it is still known what that was, and everything it names is still on file."""
    held = {}
    if action.held and interaction.message is not None:
        held = await asking.look_up(desk, interaction.message.id)
    query = custom_ids.resolve(action, held.get)
    return query if query is not None and custom_ids.still_known(desk.engine.kb, query) else None


def _answer(desk: Desk, interaction: Interaction, query: Query) -> Answer:
    """The answer to a query; as it was read, where the message still shows the same question and facts."""
    made = desk.engine.answer(query, desk.today())
    kept = desk.recent.answer(interaction.message.id) if interaction.message else None
    if kept is None or (kept.query, kept.facts, kept.text) != (query, made.facts, made.text):
        return made
    return kept


async def _show(desk: Desk, interaction: Interaction, action: Action, query: Query) -> None:
    engine, answer = desk.engine, _answer(desk, interaction, query)
    kind, page = action.kind, action.number
    if kind is Kind.PAGE:
        owner = _owner(interaction)
        mine = sees_alone(interaction) or owner == interaction.user.id
        asker = owner if mine and not sees_alone(interaction) else None
        await _turn(desk, interaction, answer_card(engine, answer, page=page, asker=asker), in_place=mine)
    elif kind in views.PAGED:
        card = views.PAGED[kind](engine, answer, max(page, 1))
        await _turn(desk, interaction, card, in_place=sees_alone(interaction) and page > 0)
    elif kind is Kind.WHY:
        await sending.respond(interaction, views.why_card(engine, answer), private=True)
    elif kind is Kind.CITATION:
        await sending.respond(interaction, views.citation_card(engine, answer, desk.today()), private=True)
    elif kind is Kind.FILE:
        await sending.hand_over(interaction, "attache-list.txt", views.list_file(engine, answer, desk.today()))
    elif kind is Kind.STUDY:
        await study_decks.keep_answer(desk, interaction, answer)


async def _turn(desk: Desk, interaction: Interaction, card: Card, *, in_place: bool) -> None:
    """Show another page: in place to whom the message belongs, else privately."""
    message = interaction.message
    if in_place and message is not None:
        await sending.change(interaction, card)
        await asking.hold(desk, interaction.user.id, card, message.id)
        return
    sent = await sending.respond(interaction, card, private=True)
    if sent:
        await asking.hold(desk, interaction.user.id, card, sent)


async def _pick(desk: Desk, interaction: Interaction, query: Query, *, beside: bool) -> None:
    """Answer an offered question: in place of the offer for who asked, privately for others, or `beside` it."""
    owner, alone = _owner(interaction), sees_alone(interaction)
    mine = not beside and (alone or owner == interaction.user.id)
    asker = asker_of(interaction, private=alone or not mine)
    if await must_wait(desk, interaction, asker):
        return
    given = await asking.answer(desk, asker, query, by="button")
    if mine and interaction.message is not None:
        await sending.change(interaction, given.card)
        await asking.settle(desk, asker, given, interaction.message.id)
    else:
        await asking.settle(desk, asker, given, await sending.respond(interaction, given.card, private=True))


async def _follow(desk: Desk, interaction: Interaction, query: Query | None) -> None:
    question = forms.question_of(data_of(interaction))
    await answered(
        desk, interaction, sees_alone(interaction),
        lambda asker: asking.ask(desk, asker, question, by="form", after=query),
    )  # fmt: skip


async def _report(desk: Desk, interaction: Interaction, query: Query | None) -> None:
    data = data_of(interaction)
    text, source = forms.report_of(data)
    facts = desk.engine.answer(query, desk.today()).facts if query else ()
    about = f"[{custom_ids.query_text(query)}] {text}" if query and not facts else text
    new = NewProposal(
        "report", about, source, facts, proposer_id=interaction.user.id, guild_id=interaction.guild_id,
        channel_id=interaction.channel_id, tell=forms.tell_of(data, interaction.guild_id),
    )  # fmt: skip
    await propose(desk, interaction, new)


async def _delete(desk: Desk, interaction: Interaction, action: Action) -> None:
    moderates = interaction.guild_id is not None and interaction.permissions.manage_messages
    message = interaction.message
    if message is None or not (moderates or action.number == interaction.user.id):
        await sending.respond(interaction, pages.say(ONLY_ASKER), private=True)
        return
    if await sending.remove(interaction):
        await desk.kept(lambda: desk.store.forget_answer(message.id))


async def _changes(desk: Desk, interaction: Interaction, action: Action) -> None:
    page, since = changes.place_of(action.number)
    if since is None:
        await sending.respond(interaction, views.gone_card(), private=True)
        return
    card = await changes.page_of(desk, since, page)
    await _turn(desk, interaction, card, in_place=sees_alone(interaction))


async def _export(desk: Desk, interaction: Interaction, _: Action) -> None:
    await sending.defer(interaction, private=True)
    person = interaction.user.id
    text = await desk.kept(lambda: desk.store.export(person))
    if text is None:
        await sending.respond(interaction, pages.say("⚠️ That could not be read. Please try again later."), private=True)
    else:
        await sending.hand_over(interaction, "attache-about-me.json", text)


async def _forget(_: Desk, interaction: Interaction, __: Action) -> None:
    await sending.respond(interaction, pages.forget_card(), private=True)


async def _forget_surely(desk: Desk, interaction: Interaction, _: Action) -> None:
    await sending.defer(interaction, private=True)  # the state's files are written anew
    person = interaction.user.id
    await interaction.client.tables.forget(person)  # first, lest what runs be kept again with their answers
    counts = await desk.kept(lambda: desk.store.forget(person))
    rows = desk.recent.forget(person) + desk.cooldown.forget(person)
    card = pages.say("⚠️ That did not work to the end. Please try again later.")
    if counts is not None:
        card = pages.forgotten_card(rows + sum(counts.values()))
    await sending.respond(interaction, card, private=True)


def _owner(interaction: Interaction) -> int | None:
    """Who asked for the answer that a button is on: its Delete button knows."""
    for component in interaction.message.components if interaction.message else ():
        for each in _walk(component):
            action = custom_ids.read(str(getattr(each, "custom_id", "") or ""))
            if isinstance(action, Action) and action.kind is Kind.DELETE:
                return action.number
    return None


def _walk(component: Any) -> list[Any]:
    inner = getattr(component, "children", ())
    return [component, *(each for child in inner for each in _walk(child))]


_Handler = Callable[[Desk, Interaction, Action], Awaitable[None]]
# What needs no query; what is a form that was filled in; what shows a form; and what may do without a query.
_PLAIN: dict[Kind, _Handler] = {
    Kind.DELETE: _delete, Kind.CHANGES: _changes, Kind.EXPORT: _export, Kind.FORGET: _forget,
    Kind.FORGET_SURELY: _forget_surely,
}  # fmt: skip
_FILLED = frozenset({Kind.REPORT_FORM, Kind.FOLLOW_FORM})
_SUBMITTED = discord.InteractionType.modal_submit
_FORMS: dict[Kind, Callable[[Query | None], discord.ui.Modal]] = {
    Kind.REPORT: forms.report_form, Kind.FOLLOW: forms.follow_form,
}  # fmt: skip
_WITHOUT = _FILLED | _FORMS.keys()
