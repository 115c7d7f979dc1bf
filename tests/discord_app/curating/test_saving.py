"""Nothing is saved twice, nothing typed is lost, and two who change the same see one another."""

import pytest

from bot.curation.drafts import Curator, Draft, SourceDraft
from bot.curation.outcomes import Failed, Preview, Saved
from bot.curation.queue import Queue
from bot.discord_app.curating.came import refused
from bot.discord_app.curating.ids import Verb, write
from tests.discord_app.curating.hands import ARMENIA, PAGE, Hands
from tests.discord_app.world import buttons, custom_id, file_of, shown, texts

pytestmark = pytest.mark.asyncio


async def test_a_change_begun_twice_is_saved_once(hands: Hands) -> None:
    """The second time the same draft is filled in; a form or a button that is sent twice is tried on the process."""
    one = await hands.end(hands.ada)
    form = await hands.slash(hands.ada, "fact end", fact=ARMENIA, until="2026-11-01")
    two = await hands.fill(hands.ada, form, reason="it was withdrawn")  # the page is known by now
    await hands.press(hands.ada, one, "Save")
    await hands.press(hands.ada, two, "Save")
    assert "saved already" in hands.told(two)
    assert len(hands.world.desk.curation.history()) == 1


async def test_a_button_pressed_while_it_is_being_saved(hands: Hands) -> None:
    """Does nothing but say so; pressed later, it says what was saved."""
    preview = await hands.end(hands.ada)
    id_ = custom_id(hands.now(shown(preview)), "Save")
    hands.world.desk.saving.add(("draft", 1))
    assert "being saved" in texts(await hands.ada.click(hands.world.plant(id_), custom_id=id_))
    hands.world.desk.saving.clear()
    await hands.press(hands.ada, preview, "Save")
    assert "saved already" in texts(await hands.ada.click(hands.world.plant(id_), custom_id=id_))
    assert len(hands.world.desk.curation.history()) == 1


async def test_a_restart_between_preview_and_save(hands: Hands) -> None:
    """The draft is in the state: the old Save saves it."""
    preview = await hands.end(hands.ada)
    await hands.world.restart()
    await hands.press(hands.ada, preview, "Save")
    assert "Saved" in hands.told(preview)
    assert "1 November 2026" in await hands.answer()


async def test_what_was_typed_comes_back(hands: Hands) -> None:
    """Whoever begins the same change again finds in the form what they typed, a restart between or not."""
    await hands.end(hands.ada)
    await hands.world.restart()
    form = await hands.slash(hands.ada, "fact end", fact=ARMENIA, until="2026-11-02")
    assert "it was withdrawn" in str(form.modal)
    theirs = await hands.slash(hands.ben, "fact end", fact=ARMENIA, until="2026-11-02")
    assert "it was withdrawn" not in str(theirs.modal)


async def test_a_date_that_cannot_be_read_loses_nothing(hands: Hands) -> None:
    """It is said which; the form opens again."""
    told = await hands.slash(hands.ada, "fact end", fact=ARMENIA, until="some day")
    assert "I cannot read *some day* as a date" in texts(told)
    preview = await hands.end(hands.ada)
    form = await hands.press(hands.ada, preview, "Dates")
    told = await hands.fill(hands.ada, form, until="soon")
    assert "I cannot read *soon* as a date" in hands.told(told)
    form = await hands.press(hands.ada, told, "Back to the form")
    preview = await hands.fill(hands.ada, form, until="October 2026")
    assert "until October 2026" in hands.told(preview)


async def test_the_second_of_two_curators_sees_what_the_first_changed(hands: Hands) -> None:
    """And decides: on top of it, or not at all."""
    mine, theirs = await hands.end(hands.ada), await hands.end(hands.ben, until="2026-10-01")
    await hands.press(hands.ada, mine, "Save")
    await hands.press(hands.ben, theirs, "Save")
    told = hands.told(theirs)
    assert "was changed by ada since you saw it" in told
    assert "+    until: 2026-11-01" in told
    assert "1 November 2026" in await hands.answer()
    await hands.press(hands.ben, theirs, "Make my change on top")
    assert "-    until: 2026-11-01" in hands.told(theirs)
    await hands.press(hands.ben, theirs, "Save")
    assert "1 October 2026" in await hands.answer()
    stale = await hands.press(hands.ada, mine, "Undo")
    assert "was changed by ben" in hands.told(stale)


async def test_what_cannot_be_saved_says_so(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that would change nothing, a folder that cannot be written: a sentence, and the knowledge is whole."""
    form = await hands.slash(hands.ada, "fact correct", fact=ARMENIA)
    told = await hands.fill(hands.ada, form, since="2025-08-31", until="", reason="x")
    assert "nothing would change" in hands.told(told)
    preview = await hands.end(hands.ada)
    full = Failed("The disk is full", "Make room, and try again.")
    monkeypatch.setattr(Queue, "save", lambda *_: full)
    await hands.press(hands.ada, preview, "Save")
    assert "The disk is full. The knowledge base is whole" in hands.told(preview)
    assert "Try again" in buttons(hands.now(shown(preview)))
    assert hands.world.desk.curation.history() == []


async def test_cancel_and_the_whole_of_it(hands: Hands) -> None:
    """The file has every answer that changes and the whole diff; a cancelled draft is gone."""
    preview = await hands.end(hands.ada)
    name, text = await file_of(await hands.press(hands.ada, preview, "All of it"))
    assert name == "attache-preview.txt"
    # more than the preview itself shows, and each with what it becomes
    assert text.count("  before: ") == text.count("  after: ") >= 12
    assert "+++ facts/" in text
    id_ = custom_id(hands.now(shown(preview)), "Save")
    await hands.press(hands.ada, preview, "Cancel")
    assert "Nothing was changed" in hands.told(preview)
    late = await hands.ada.click(hands.world.plant(id_), custom_id=id_)
    assert "draft is finished" in texts(late)


async def test_changes_are_listed_and_taken_back(hands: Hands) -> None:
    """Who, when, why, and the lines; from the list and by number."""
    preview = await hands.end(hands.ada)
    await hands.press(hands.ada, preview, "Save")
    listed = await hands.slash(hands.ben, "fact history", fact=ARMENIA)
    for said in ("by ada", "it was withdrawn", "+    until: 2026-11-01"):
        assert said in hands.told(listed)
    one = await hands.choose(hands.ben, listed, "1")
    await hands.press(hands.ben, one, "Take it back")
    assert "taken back" in hands.told(one)
    (newest, first) = await hands.ada.autocomplete(hands.world.channel, "fact undo", "change", "")
    assert newest["name"].startswith("2: take back")
    again = await hands.slash(hands.ada, "fact undo", change=first["value"])
    assert "Take it back" in buttons(shown(again))
    assert "no such change" in texts(await hands.slash(hands.ada, "fact undo", change="77"))


async def test_a_fact_is_chosen_by_what_it_says(hands: Hands) -> None:
    """By autocomplete, by typing, by a question; several are shown to choose from."""
    channel = hands.world.channel
    offered = await hands.ada.autocomplete(channel, "fact show", "fact", "pakistan armenia rec")
    assert offered[0]["name"] == "Pakistan recognises Armenia (since 31 August 2025)"
    for typed in (offered[0]["value"], offered[0]["name"], "does pakistan recognise armenia?"):
        shown_ = await hands.slash(hands.ada, "fact show", fact=typed)
        assert "since: 2025-08-31" in hands.told(shown_)
    several = await hands.slash(hands.ada, "fact show", fact="kosovo recognises")
    assert "facts" in hands.told(several)
    assert "No fact on file says" in texts(await hands.slash(hands.ada, "fact show", fact="zzz"))
    found = await hands.slash(hands.ada, "fact find", words="kosovo")
    before = hands.told(found)
    await hands.press(hands.ada, found, "Next")
    assert hands.told(found) != before


async def test_old_and_damaged_buttons_say_so(hands: Hands) -> None:
    """Of another version, of a draft or fact that is gone, a form's id on a button."""
    for id_ in ("attc2:save:1:", "attc1:nothing:1:", "attc1", "attc1:save", write(Verb.WORDS_FORM, 1)):
        came = await hands.ada.click(hands.world.plant(id_), custom_id=id_)
        assert "another version" in texts(came)
    for id_ in (write(Verb.SAVE, 99), write(Verb.FACT, 1, "gone"), write(Verb.UNDO, 99), write(Verb.ACCEPT, 998, "")):
        came = await hands.ada.click(hands.world.plant(id_), custom_id=id_)
        assert came.acknowledged


async def test_every_refusal_fits_a_message(hands: Hands) -> None:
    """However long what it is about."""
    desk = hands.world.desk
    shown_ = desk.curation.show(ARMENIA)
    assert shown_ is not None
    draft = Draft("confirm", "", ARMENIA, shown_.digest, sources=(SourceDraft(**PAGE),))
    assert isinstance(desk.curation.preview(draft), Preview)
    assert isinstance(desk.curation.save(draft, Curator("Ada")), Saved)
    conflict = desk.curation.save(draft, Curator("Ben"))
    assert "Ada" in "".join(refused(desk.engine, conflict, None).texts())
