"""A new fact begun in a message: what it is about and who takes part, from menus, then the road of `/fact add`.

Comes in: a press on a draft that is kept. Goes out: the card of choices, whose menus begin with whom the question
names; when nothing is open, the first form and the preview. Rights are looked at at every press.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.curation.drafts import Draft
from bot.curation.gaps import Gap
from bot.curation.places import about, complete, enterable, fitting, offered, placed, places_of, put, relation_of
from bot.discord_app import acting, pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.curating import fields, filled, modals, slips, typed, working
from bot.discord_app.curating.ids import Press, Verb, press, write
from bot.discord_app.curating.slips import Slip
from bot.discord_app.curating.typed import TypedError
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape, plain
from bot.discord_app.forms import written
from bot.discord_app.limits import OPTION, OPTIONS, fit
from bot.discord_app.parts import Block, Button, Card, Menu, Option, Row, Rule, Text
from bot.engine import Engine
from bot.knowledge.records import Relation

OPEN = "⚠️ Choose what it is about, and somebody for each place, first."
_NONE = "-"  # the line of a menu that takes a narrower sense out again
_NAMES = ("one", "two")  # the fields of the form
_LENGTH = 1000  # characters of the names in one place


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a card offers: the gap, ids of relations, and for either place ids of entities."""

    gap: Gap | None
    relations: Sequence[str]
    who: Sequence[Sequence[str]]


async def begin(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """What it is about and who takes part, to be chosen."""
    slip = await _own(desk, interaction, pressed.number)
    if slip:
        await working.hold_on(interaction)
        await sending.respond(interaction, await choices_card(desk, slip), private=True)


async def relation_chosen(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Another relation; who was chosen stays as far as it takes them."""
    slip = await _own(desk, interaction, pressed.number)
    if slip is None:
        return
    await working.hold_on(interaction)
    engine, today, draft = desk.engine, desk.today(), _draft(slip)
    relation = engine.kb.relations.get(_value(interaction))
    if relation is not None and not relation.digest:
        gap = await working.gap_of(desk, slip.gap) if slip.gap else None
        draft = about(engine, draft, relation, gap.question if gap else "", today)
    await _kept(desk, interaction, replace(slip, draft=draft))


async def place_chosen(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Somebody for one of the two places."""
    number, place = divmod(pressed.number, 10)
    slip = await _own(desk, interaction, number)
    if slip is None:
        return
    await working.hold_on(interaction)
    engine, draft, who = desk.engine, _draft(slip), _value(interaction)
    relation = relation_of(engine, draft)
    if relation is not None and place < 2 and who in fitting(engine, (who,), relation.roles[place]):
        draft = placed(draft, relation, put(engine, relation, places_of(draft), place, who))
    await _kept(desk, interaction, replace(slip, draft=draft))


async def narrower_chosen(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """A narrower sense in which it holds, or none."""
    slip = await _own(desk, interaction, pressed.number)
    if slip is None:
        return
    await working.hold_on(interaction)
    draft, value, note = _draft(slip), _value(interaction), ""
    relation = relation_of(desk.engine, draft)
    if value == _NONE:
        draft = replace(draft, narrows=None)
    elif relation is not None:
        try:
            narrows = {**(draft.narrows or {}), **(typed.narrows_of(value, relation) or {})}
            draft = replace(draft, narrows=narrows or None)
        except TypedError as error:
            note = error.told
    await _kept(desk, interaction, replace(slip, draft=draft), note)


async def ask_names(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """The form for names that no menu has, and for several in one place."""
    slip = await _own(desk, interaction, pressed.number)
    if slip is None:
        return
    relation = relation_of(desk.engine, _draft(slip))
    if relation is None:
        await _open_yet(desk, interaction, slip)
        return
    form = modals.blank("Who takes part", write(Verb.NAMES_FORM, slip.number))
    for place in _open(relation):
        field = fields.Field(_titles(relation)[place], "A name; several with commas between.", _LENGTH)
        modals.add(form, _NAMES[place], _names(desk.engine, _draft(slip), place), field=field)
    await sending.ask_for(interaction, form)


async def names_sent(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Names as somebody typed them; each that can be read is kept, even if the other cannot."""
    slip = await _own(desk, interaction, pressed.number)
    if slip is None:
        return
    await working.hold_on(interaction)
    engine, draft, notes = desk.engine, _draft(slip), []
    relation = relation_of(engine, draft)
    held = list(places_of(draft))
    for place in _open(relation) if relation else ():
        said = written(acting.data_of(interaction)).get(_NAMES[place], "").strip()
        if said == _names(engine, draft, place):
            continue
        try:
            kinds = relation.roles[place] if relation else ()
            held[place] = filled.several(engine, said, desk.today(), kinds) if said else ()
        except TypedError as error:
            notes.append(error.told)
    draft = placed(draft, relation, (held[0], held[1]))
    await _kept(desk, interaction, replace(slip, draft=draft), "\n".join(notes))


async def ready(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """On to the form and the preview of any new fact."""
    slip = await _own(desk, interaction, pressed.number)
    if slip is None:
        return
    draft = _draft(slip)
    if complete(relation_of(desk.engine, draft), places_of(draft)):
        await working.begin(desk, interaction, slip)
    else:
        await _open_yet(desk, interaction, slip)


async def _open_yet(desk: Desk, interaction: Interaction, slip: Slip) -> None:
    await working.hold_on(interaction)
    await sending.respond(interaction, await choices_card(desk, slip, OPEN), private=True)


# --- the card


async def choices_card(desk: Desk, slip: Slip, note: str = "") -> Card:
    """What is chosen so far, and a menu for each choice. `note` is a sentence of ours on top."""
    engine, draft = desk.engine, _draft(slip)
    gap = await working.gap_of(desk, slip.gap) if slip.gap else None
    offer = await asyncio.to_thread(_offer, desk, engine, draft, gap)
    relation = relation_of(engine, draft)
    head = ["### ➕ A new fact"]
    if gap:
        head.append(f"-# For: {fit(escape(gap.question), 300)}")
    if gap and gap.kind == "not_understood":
        head.append("-# The fact alone does not make the question understood: teach its wording, or the name, as well.")
    blocks: list[Block] = [Text("\n".join([*head, *([fit(note, 900)] if note else [])])), Rule()]
    blocks += _choice("What it is about", relation.title if relation else "", _relations(engine, slip, offer))
    if relation is not None:
        for place in _open(relation):
            menu = _who(engine, slip, place, offer.who[place])
            blocks += _choice(_titles(relation)[place], _names(engine, draft, place), menu)
        if relation.narrows:
            blocks += _choice("In which narrower sense", ", ".join(_narrows(draft)), _narrower(slip, relation))
    go_on = Button("Go on…", write(Verb.READY, slip.number), "primary", not complete(relation, places_of(draft)))
    names = (press(Verb.NAMES, "Type the names…", slip.number),) if relation else ()
    back = (press(Verb.GAP, "Back to the question", 0, slip.gap),) if gap else ()
    cancel = press(Verb.CANCEL, "Cancel", slip.number, style="danger")
    return Card((*blocks, Row((go_on, *names, *back, cancel))))


def _offer(desk: Desk, engine: Engine, draft: Draft, gap: Gap | None) -> _Offer:
    relation, today = relation_of(engine, draft), desk.today()
    relations = desk.gaps.relations(gap) if gap else [known.id for known in enterable(engine)]
    questions = (gap.question, *gap.others) if gap else ()
    who = [offered(engine, kinds, questions, today, OPTIONS) for kinds in relation.roles] if relation else ()
    return _Offer(gap, relations, who)


def _relations(engine: Engine, slip: Slip, offer: _Offer) -> Menu:
    chosen = _draft(slip).relation
    ids = dict.fromkeys((*(id_ for id_ in offer.relations if id_ == chosen), *offer.relations))
    options = [
        Option(plain(engine.kb.relations[id_].title, OPTION), id_, chosen=id_ == chosen)
        for id_ in ids if id_ in engine.kb.relations and len(id_) <= OPTION
    ]  # fmt: skip
    return Menu(write(Verb.RELATION, slip.number), "What it is about…", tuple(options[:OPTIONS]))


def _who(engine: Engine, slip: Slip, place: int, who: Sequence[str]) -> Menu:
    held = places_of(_draft(slip))[place]
    one = held if len(held) == 1 else ()
    options = [
        Option(plain(engine.kb.entities[id_].name, OPTION), id_, chosen=id_ in one)
        for id_ in dict.fromkeys((*one, *who)) if id_ in engine.kb.entities and len(id_) <= OPTION
    ]  # fmt: skip
    return Menu(write(Verb.PLACE, slip.number * 10 + place), "Choose one…", tuple(options[:OPTIONS]))


def _narrower(slip: Slip, relation: Relation) -> Menu:
    said = _narrows(_draft(slip))
    known = [one for one in typed.narrowings(relation) if len(one) <= OPTION]
    options = [Option(plain(one, OPTION), one, chosen=said == [one]) for one in known]
    none = Option("None in particular", _NONE, chosen=not said)
    return Menu(write(Verb.NARROWER, slip.number), "In which narrower sense…", (none, *options[: OPTIONS - 1]))


def _choice(title: str, chosen: str, menu: Menu) -> list[Block]:
    """What is to be chosen, what is, and the menu; Discord takes no empty one."""
    told = f" · {fit(escape(chosen), 300)}" if chosen else ""
    return [Text(f"**{title}**{told}"), *((menu,) if menu.options else ())]


def _titles(relation: Relation) -> tuple[str, str]:
    """What the two places are called."""
    if relation.opposed:
        return "One side", "The other side"
    return ("Between whom", "And whom") if relation.symmetric else ("Who", "To whom, with whom or about what")


def _open(relation: Relation) -> list[int]:
    """The places that a relation has."""
    return [place for place, kinds in enumerate(relation.roles) if kinds]


def _names(engine: Engine, draft: Draft, place: int) -> str:
    held = places_of(draft)[place]
    return ", ".join(engine.kb.entities[id_].name for id_ in held if id_ in engine.kb.entities)


def _narrows(draft: Draft) -> list[str]:
    return [f"{key}: {value}" for key, value in (draft.narrows or {}).items()]


# --- the draft


async def _own(desk: Desk, interaction: Interaction, number: int) -> Slip | None:
    """The slip of who acts, if they may and it is of a new fact; otherwise they are told."""
    found = await working.own_slip(desk, interaction, number)
    if found is None:
        return None
    draft = found[1].draft
    if isinstance(draft, Draft) and draft.action == "add":
        return found[1]
    await sending.respond(interaction, pages.say(working.GONE), private=True)
    return None


def _draft(slip: Slip) -> Draft:
    assert isinstance(slip.draft, Draft)  # noqa: S101 - `_own` gives no other
    return slip.draft


def _value(interaction: Interaction) -> str:
    return str((acting.data_of(interaction).get("values") or [""])[0])


async def _kept(desk: Desk, interaction: Interaction, slip: Slip, note: str = "") -> None:
    """Keep what was chosen, and show what is open."""
    kept = await slips.keep(desk, interaction.user.id, slip)
    card = pages.say(working.LOST) if kept is None else await choices_card(desk, kept, note)
    await sending.respond(interaction, card, private=True)
