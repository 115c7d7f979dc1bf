"""A fact added from a question that was not understood: chosen from menus, nobody types an id; then as any new fact."""

import pytest
from simcord import InteractionResult

from bot.discord_app.curating.adding import OPEN
from bot.discord_app.curating.ids import Press, Verb, read, write
from bot.discord_app.curating.rights import ONLY_CURATORS
from bot.discord_app.limits import OPTIONS
from bot.questions.query import Query
from bot.state.queries import query_key
from tests.discord_app.curating.hands import PAGE, Hands
from tests.discord_app.curating.test_work import missed
from tests.discord_app.world import buttons, custom_id, shown, texts

pytestmark = pytest.mark.asyncio

STRANGE = "is there a consular handshake from fiji to peru?"
ABOUT, WHO, WHOM, NARROWER = range(4)  # the menus, from above


async def opened(hands: Hands, question: str = STRANGE) -> InteractionResult:
    """The one gap, and its *Add the fact*."""
    await missed(hands, question)
    (gap,) = hands.world.desk.gaps.find()
    one = await hands.choose(hands.ada, await hands.slash(hands.ada, "gaps"), gap.key)
    return await hands.press(hands.ada, one, "Add the fact")


def offers(hands: Hands, card: InteractionResult, place: int) -> list[str]:
    """What a menu offers."""
    return [option["value"] for option in hands.menus(card)[place]["options"]]


async def test_a_fact_is_added_for_a_question_that_was_not_understood(hands: Hands) -> None:
    """What it is about is chosen, who takes part is filled in; then the form and the preview of `/fact add`."""
    card = await opened(hands)
    assert shown(card).ephemeral
    assert "fiji to peru" in hands.told(card)
    assert "does not make the question understood" in hands.told(card)
    assert hands.chosen(card) == [""]
    assert buttons(hands.now(shown(card)))["Go on…"]["disabled"]
    assert "overview" not in offers(hands, card, ABOUT)
    await hands.choose(hands.ada, card, "embassy")
    assert hands.chosen(card)[:3] == ["embassy", "fiji", "peru"]
    assert offers(hands, card, WHO)[:2] == ["fiji", "peru"]
    form = await hands.press(hands.ada, card, "Go on")
    assert "asked 1 time: is there a consular handshake" in str(form.modal)
    preview = await hands.fill(hands.ada, form, **PAGE)
    form = await hands.press(hands.ada, preview, "Dates")
    preview = await hands.fill(hands.ada, form, since="2019")
    assert "Fiji has an embassy in Peru" in hands.told(preview)
    assert hands.clicks == 8
    await hands.press(hands.ada, preview, "Save")
    assert "Fiji has an embassy in Peru" in await hands.answer("does fiji have an embassy in peru?")
    (gap,) = hands.world.desk.gaps.find()
    assert gap.question == STRANGE  # its wording is still to be taught


async def test_who_was_guessed_the_wrong_way_round_is_turned_by_one_choice(hands: Hands) -> None:
    """Before the form, and from the preview, whose source is kept."""
    card = await opened(hands)
    await hands.choose(hands.ada, card, "embassy")
    await hands.choose(hands.ada, card, "peru", WHO)
    assert hands.chosen(card)[:3] == ["embassy", "peru", "fiji"]
    preview = await hands.fill(hands.ada, await hands.press(hands.ada, card, "Go on"), **PAGE)
    assert "Peru has an embassy in Fiji" in hands.told(preview)
    card = await hands.press(hands.ada, preview, "Who takes part")
    await hands.choose(hands.ada, card, "peru", WHOM)
    preview = await hands.press(hands.ada, card, "Go on")
    assert "Fiji has an embassy in Peru" in hands.told(preview)
    assert "example.org" in hands.told(preview)


async def test_another_relation_asks_for_others(hands: Hands) -> None:
    """Who fits stays; of those between whom it is, each has a place; the rest is guessed from the question."""
    card = await opened(hands)
    await hands.choose(hands.ada, card, "membership")
    assert hands.chosen(card) == ["membership", "fiji", "", "-"]
    assert buttons(hands.now(shown(card)))["Go on…"]["disabled"]
    await hands.choose(hands.ada, card, "diplomatic_relations")
    assert hands.chosen(card) == ["diplomatic_relations", "fiji", ""]
    await hands.choose(hands.ada, card, "peru", WHOM)
    assert "**Between whom** · Fiji" in hands.told(card)
    preview = await hands.fill(hands.ada, await hands.press(hands.ada, card, "Go on"), **PAGE)
    assert "between" in hands.told(preview)
    card = await hands.press(hands.ada, preview, "Who takes part")
    assert hands.chosen(card) == ["diplomatic_relations", "fiji", "peru"]


async def test_a_narrower_sense_is_chosen_and_taken_out(hands: Hands) -> None:
    """Where the relation has any."""
    card = await opened(hands)
    await hands.choose(hands.ada, card, "embassy")
    await hands.choose(hands.ada, card, "level: consulate", NARROWER)
    assert hands.chosen(card)[NARROWER] == "level: consulate"
    await hands.choose(hands.ada, card, "place: jerusalem", NARROWER)
    assert "level: consulate, place: jerusalem" in hands.told(card)
    await hands.choose(hands.ada, card, "-", NARROWER)
    assert hands.chosen(card)[NARROWER] == "-"
    await hands.choose(hands.ada, card, "level: consulate", NARROWER)
    preview = await hands.fill(hands.ada, await hands.press(hands.ada, card, "Go on"), **PAGE)
    assert "level: consulate" in hands.told(preview)


async def test_names_that_no_menu_has_are_typed(hands: Hands) -> None:
    """By any of their names, several with commas between; what cannot be read is said, and the rest is kept."""
    card = await opened(hands, "who made peace over there in the end, honestly")
    assert len(offers(hands, await hands.choose(hands.ada, card, "mediation"), WHO)) == OPTIONS
    form = await hands.press(hands.ada, card, "Type the names")
    await hands.fill(hands.ada, form, one="Tuvalu", two="USA, Atlantis")
    assert "Nothing that fits here is called *Atlantis*" in hands.told(card)
    assert hands.chosen(card) == ["mediation", "tuvalu", ""]
    form = await hands.press(hands.ada, card, "Type the names")
    assert "Tuvalu" in str(form.modal)
    await hands.fill(hands.ada, form, one="Tuvalu", two="USA, Iran")
    assert "United States, Iran" in hands.told(card)
    form = await hands.press(hands.ada, card, "Go on")
    assert form.modal is not None


async def test_a_fact_whose_place_was_left_open_by_a_question_that_was_read(hands: Hands) -> None:
    """Is chosen as well; nothing that was understood is asked again."""
    desk = hands.world.desk
    asked = Query("mediation", "whether", None, ("fiji", "peru"), rule="mediation.whether")
    desk.store.count_question(query_key(asked), desk.today())
    (gap,) = desk.gaps.find()
    one = await hands.choose(hands.ada, await hands.slash(hands.ada, "gaps"), gap.key)
    card = await hands.press(hands.ada, one, "Add the fact")
    assert hands.chosen(card) == ["mediation", "", ""]
    assert "Fiji, Peru" in hands.told(card)
    assert "does not make the question understood" not in hands.told(card)
    await hands.press(hands.ada, card, "Back to the question")
    assert "Not for us" in buttons(hands.now(shown(card)))


async def test_old_menus_and_strange_choices_change_nothing(hands: Hands) -> None:
    """What is not on file any more, of another kind, or pressed before all is chosen."""
    card = await opened(hands)
    number = _number(hands, card)
    for verb in (Verb.READY, Verb.NAMES):
        held = write(verb, number)
        came = await hands.ada.click(hands.world.plant(held), custom_id=held)
        assert OPEN in texts(came)
    for value in ("overview", "nothing"):
        assert hands.chosen(await _sent(hands, write(Verb.RELATION, number), value)) == [""]
    await hands.choose(hands.ada, card, "membership")
    for place, value in ((0, "khojaly"), (1, "fiji"), (1, "nobody"), (7, "fiji")):
        came = await _sent(hands, write(Verb.PLACE, number * 10 + place), value)
        assert hands.chosen(came) == ["membership", "fiji", "", "-"]
    assert "cannot read *colour: blue*" in texts(await _sent(hands, write(Verb.NARROWER, number), "colour: blue"))


async def test_the_gap_may_be_gone_meanwhile(hands: Hands) -> None:
    """What was chosen stays; there is no question to go back to."""
    card = await opened(hands)
    await hands.choose(hands.ada, card, "embassy")
    await hands.world.moderator.slash(hands.world.channel, "server keep", words=False)
    await hands.choose(hands.ada, card, "peru", WHO)
    assert hands.chosen(card)[:3] == ["embassy", "peru", "fiji"]
    assert not any(label.startswith("Back") for label in buttons(hands.now(shown(card))))


async def test_the_choices_of_another_curator_or_of_none(hands: Hands) -> None:
    """A draft is its own curator's alone; the right is looked at again at each press and when the form is sent."""
    card = await opened(hands)
    await hands.choose(hands.ada, card, "embassy")
    number, world = _number(hands, card), hands.world
    every = [write(verb, number) for verb in (Verb.PLACES, Verb.RELATION, Verb.NARROWER, Verb.NAMES, Verb.READY)]
    for held in (*every, write(Verb.PLACE, number * 10)):
        came = await hands.ben.click(world.plant(held), custom_id=held)
        assert "another curator's" in texts(came)
    form = await hands.press(hands.ada, card, "Type the names")
    for one in world.desk.store.curators.all():
        world.desk.store.curators.remove(one.id)
    came = await hands.fill(hands.ada, form, one="Tuvalu", two="Peru")
    assert ONLY_CURATORS in texts(came)
    for held in (*every, write(Verb.PLACE, number * 10)):
        came = await hands.ada.click(world.plant(held), custom_id=held)
        assert ONLY_CURATORS in texts(came)


async def test_a_draft_of_something_else_is_not_chosen_for(hands: Hands) -> None:
    """The number of an end, say, in an id of ours that nobody was given."""
    preview = await hands.end(hands.ada)
    save = read(custom_id(hands.now(shown(preview)), "Save"))
    assert isinstance(save, Press)
    held = write(Verb.PLACES, save.number)
    came = await hands.ada.click(hands.world.plant(held), custom_id=held)
    assert "begin again" in texts(came)


def _number(hands: Hands, card: InteractionResult) -> int:
    held = read(custom_id(hands.now(shown(card)), "Go on"))
    assert isinstance(held, Press)
    return held.number


async def _sent(hands: Hands, custom_id: str, value: str) -> InteractionResult:
    """Something chosen from a menu on a message from long ago."""
    return await hands.ada.select(hands.world.plant_menu(custom_id, value), [value], custom_id=custom_id)
