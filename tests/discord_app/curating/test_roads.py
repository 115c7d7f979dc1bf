"""The whole roads: from what somebody noticed to the next answer, and back; with the clicks that each takes."""

import pytest

from tests.discord_app.curating.hands import ARMENIA, PAGE, QUESTION, Hands
from tests.discord_app.world import buttons, shown, texts

pytestmark = pytest.mark.asyncio


async def test_a_fact_is_ended_and_brought_back(hands: Hands) -> None:
    """A preview, nothing saved before Save, the next answer is new; Undo brings the old one back: 3 clicks and 1."""
    before = await hands.answer()
    preview = await hands.end(hands.ada)
    assert shown(preview).ephemeral
    told = hands.told(preview)
    for said in ("Nothing is saved yet", "No longer", "answers change", "before: Yes.", "+    until: 2026-11-01"):
        assert said in told
    assert await hands.answer() == before
    await hands.press(hands.ada, preview, "Save")
    assert "Saved, and answered from now on" in hands.told(preview)
    assert hands.clicks == 3
    after = await hands.answer()
    assert "1 November 2026" in after
    await hands.press(hands.ada, preview, "Undo")
    assert "taken back" in hands.told(preview)
    assert await hands.answer() == before


async def test_a_member_reports_and_a_curator_accepts(hands: Hands) -> None:
    """The report opens the change with its text and source; who reported is told; the member needed 2 clicks."""
    world = hands.world
    before = await world.ask(world.alice, QUESTION)
    form = await hands.press(world.alice, before, "Report")
    told = await hands.fill(world.alice, form, what="It was withdrawn.", source=PAGE["url"], tell="private")
    assert "This is report 1" in texts(told)
    assert hands.clicks == 2
    review = await hands.slash(hands.ada, "review")
    assert "It was withdrawn" in hands.told(review)
    assert "Pakistan recognises Armenia" in hands.told(review)
    form = await hands.press(hands.ada, review, "End…")
    assert form.modal is not None
    assert PAGE["url"] in str(form.modal)
    preview = await hands.fill(
        hands.ada, form, until="1 November 2026", reason="it was withdrawn", url=PAGE["url"], title="Withdrawn",
        publisher="Example News",
    )  # fmt: skip
    assert "For proposal 1" in hands.told(preview)
    await hands.press(hands.ada, preview, "Save")
    assert hands.clicks == 6
    assert "1 November 2026" in await hands.answer()
    assert world.desk.store.proposals.get(1).state == "accepted"  # type: ignore[union-attr]
    (word,) = world.own(world.alice.user.dm_channel)
    assert "was accepted by a curator" in texts(word)
    await hands.press(hands.ada, preview, "Undo")
    assert await hands.answer() == texts(before)


async def test_a_fact_is_added_from_a_known_page_without_typing(hands: Hands) -> None:
    """Choices alone, and no form: a command and Save."""
    offered = await hands.ada.autocomplete(hands.world.channel, "fact add", "source", "geo news pakistan armenia")
    source = offered[0]["value"]
    preview = await hands.slash(
        hands.ada, "fact add", relation="recognition", subject="Fiji", object="Somaliland", since="2026-11-01",
        source=source,
    )  # fmt: skip
    assert "Fiji recognises Somaliland" in hands.told(preview)
    assert hands.clicks == 1


async def test_a_fact_is_added_from_a_new_page(hands: Hands) -> None:
    """A command, a form, Save; two publishers are asked for where the house wants them."""
    form = await hands.slash(hands.ada, "fact add", relation="embassy", subject="Fiji", object="Peru", since="2019")
    preview = await hands.fill(hands.ada, form, **PAGE)
    assert "Fiji has an embassy in Peru" in hands.told(preview)
    await hands.press(hands.ada, preview, "Save")
    assert hands.clicks == 3
    assert "Fiji has an embassy in Peru" in await hands.answer("does fiji have an embassy in peru?")
    await hands.press(hands.ada, preview, "Undo")
    assert "No record" in await hands.answer("does fiji have an embassy in peru?")


async def test_one_source_too_few_is_said_and_mended(hands: Hands) -> None:
    """What changed of late wants two publishers: no Save before the second is there, and nothing typed is lost."""
    form = await hands.slash(hands.ada, "fact add", relation="embassy", subject="Fiji", object="Peru", since="2026-10")
    preview = await hands.fill(hands.ada, form, **PAGE)
    assert "cannot be saved yet" in hands.told(preview)
    assert "Save" not in buttons(hands.now(shown(preview)))
    form = await hands.press(hands.ada, preview, "Another source")
    other = {**PAGE, "url": "https://example.com/other", "publisher": "Another Paper", "kind": "official"}
    preview = await hands.fill(hands.ada, form, **other)
    await hands.press(hands.ada, preview, "Save")
    assert "Saved" in hands.told(preview)


async def test_a_fact_is_confirmed_disputed_corrected_and_retired(hands: Hands) -> None:
    """Each by its own command, each seen before it is saved."""
    form = await hands.slash(hands.ada, "fact confirm", fact=ARMENIA)
    preview = await hands.fill(hands.ada, form, **PAGE)
    await hands.press(hands.ada, preview, "Save")
    assert "20 November 2026" in await hands.answer()
    form = await hands.slash(hands.ada, "fact correct", fact=ARMENIA)
    preview = await hands.fill(hands.ada, form, since="1 September 2025", until="", reason="the day of signing")
    assert "since 1 September 2025" in hands.told(preview)
    await hands.press(hands.ada, preview, "Save")
    assert "1 September 2025" in await hands.answer()
    gone = await hands.slash(hands.ada, "fact retire", fact=ARMENIA, reason="never was")
    assert "no longer be said" in hands.told(gone) or "cannot be saved" in hands.told(gone)


async def test_both_sides_of_a_dispute_wait_for_a_second_curator(hands: Hands) -> None:
    """The first one's save waits; they may not agree with themselves; the second one's word makes it so."""
    before = await hands.answer()
    form = await hands.slash(hands.ada, "fact dispute", fact=ARMENIA)
    half = await hands.fill(hands.ada, form, by="Pakistan", said="It recognises Armenia.", **_page("a"))
    form = await hands.press(hands.ada, half, "The other side")
    preview = await hands.fill(hands.ada, form, by="Somebody", said="It does not.", **_page("b"))
    await hands.press(hands.ada, preview, "Save")
    assert "second curator has to agree" in hands.told(preview)
    assert await hands.answer() == before
    mine = await hands.slash(hands.ada, "review")
    assert "Nothing waits for you" in hands.told(mine)
    theirs = await hands.slash(hands.ben, "review")
    assert "by ada" in hands.told(theirs)
    await hands.press(hands.ben, theirs, "Accept")
    assert "Saved" in hands.told(theirs)
    assert "disputed" in (await hands.answer()).lower()


def _page(name: str) -> dict[str, str]:
    return {"url": f"https://{name}.example.org/x", "title": f"Title {name}", "publisher": f"Paper {name}"}
