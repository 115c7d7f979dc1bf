"""The actions, one by one: what they write, what is answered afterwards, and what is refused in which words."""

from pathlib import Path

import pytest

from bot.curation.desk import Curation
from bot.curation.drafts import AnyDraft, Change, Draft, NameDraft, SideDraft, SourceDraft, WordingDraft
from bot.curation.outcomes import Conflict, Preview, Refused, Saved
from tests.curation.conftest import ANNA, BORIS, NOW, PAGE, tree
from tests.curation.test_cut import FACT, ended
from tests.curation.test_kill import writer

TODAY = NOW.date()


def previewed(curation: Curation, draft: AnyDraft) -> Preview:
    """A change as it would be; nothing is written."""
    before = tree(curation.live.folder)
    came = curation.preview(draft)
    assert isinstance(came, Preview), came
    assert tree(curation.live.folder) == before
    return came


def made(curation: Curation, draft: AnyDraft) -> Change:
    """A change that was looked at and saved."""
    came = curation.save(previewed(curation, draft).draft, ANNA)
    assert isinstance(came, Saved), came
    return came.change


def asked(curation: Curation, question: str) -> str:
    """What is answered now."""
    return curation.live.engine.ask(question, today=TODAY).text


def test_add(curation: Curation, folder: Path) -> None:
    """A new fact stands among its relatives, says only what its file's defaults do not, and is answered at once."""
    draft = Draft(
        "add", "she has it now", relation="loan", subject=("petra-lund",), object=("salt-lighthouse",),
        narrows={"shape": "paper"}, since="2026-10", sources=(PAGE,),
    )  # fmt: skip
    came = previewed(curation, draft)
    assert came.answer is not None
    assert came.answer.text.startswith("Yes. Petra Lund has had The Salt Lighthouse")
    assert came.before is None
    assert came.reworded[0].before.startswith("I have no record")
    assert came.reworded[0].after == came.answer.text
    change = made(curation, draft)
    assert (change.fact, change.state, change.paths) == (
        "loan-petra-lund-salt-lighthouse", "done", ("facts/loans.yaml", "sources/library.yaml"),
    )  # fmt: skip
    assert asked(curation, "Has Petra borrowed The Salt Lighthouse?").startswith("Yes.")
    text = (folder / "facts" / "loans.yaml").read_text(encoding="utf-8")
    assert text.index("loan-petra-lund-salt") > text.index("loan-omar-lighthouse")


def test_a_known_page_is_entered_once(curation: Curation, folder: Path) -> None:
    """However its address was copied."""
    page = SourceDraft(title="T", publisher="P", url="http://www.library.example/catalogue/?utm_source=chat#top")
    change = made(curation, Draft("confirm", "", FACT, sources=(page,), as_of="2026-11-01"))
    assert change.after is not None
    assert "sources: [register-2025, catalogue]" in change.after
    assert change.paths == ("facts/loans.yaml",)
    assert "as_of: 2026-11-01" in change.after


def test_end(curation: Curation) -> None:
    """What is over stays on file."""
    made(curation, ended(curation))
    assert asked(curation, "Has Nora borrowed The Salt Lighthouse?").startswith("No longer.")


def test_correct(curation: Curation) -> None:
    """Whatever is given is written; an empty text takes a key out."""
    change = made(curation, Draft("correct", "it was the recording", FACT, narrows={"shape": "audio"}, note="A gift."))
    assert "narrows: {shape: audio}" in (change.after or "")
    change = made(curation, Draft("correct", "no gift", FACT, note=""))
    assert "note" not in (change.after or "")


def test_what_no_draft_says_stays(curation: Curation, folder: Path) -> None:
    """Details, and the period of a single participant who stays one."""
    path = folder / "facts" / "loans.yaml"
    both = "between: [nora-finch, {who: omar-hale, since: 2024-06}]"
    path.write_text(path.read_text(encoding="utf-8").replace("between: [nora-finch, omar-hale]", both), "utf-8")
    three = ("petra-lund", "omar-hale", "nora-finch")
    made(curation, Draft("correct", "she is one too", "friends-nora-omar", between=three))
    made(curation, ended(curation))
    text = path.read_text(encoding="utf-8")
    assert "between: [petra-lund, {who: omar-hale, since: 2024-06}, nora-finch]" in text
    assert "- {what: fine, value: 2.5, since: 2025-12-03, sources: [register-2025]}" in text


def test_confirm_never_goes_back(curation: Curation) -> None:
    """An older page is one more source, and no newer date."""
    old = SourceDraft(title="Old", publisher="Paper", url="https://paper.example/old", published="2020-01-01")
    change = made(curation, Draft("confirm", "", FACT, sources=(old,)))
    assert "as_of" not in (change.after or "")
    assert "paper-2020-01-01-nora-finch" in (change.after or "")


def test_dispute(curation: Curation) -> None:
    """Both sides, each with its sources."""
    sides = (
        SideDraft("Nora", "She says: it is still hers.", (SourceDraft(id="petra-letter"),)),
        SideDraft("The library", "It says that she gave it back.", (PAGE,)),
    )
    made(curation, Draft("dispute", "they differ", FACT, sides_said=sides))
    answer = curation.live.engine.ask("Has Nora borrowed The Salt Lighthouse?", today=TODAY)
    assert answer.verdict == "disputed"
    assert "still hers" in answer.text


def test_retire(curation: Curation) -> None:
    """It never speaks again and counts nowhere, but stays in its file, loads and is checked."""
    kb = curation.live.engine.kb
    count = len(kb)
    made(curation, Draft("retire", "entered by mistake", FACT))
    kb = curation.live.engine.kb
    assert (len(kb), FACT in kb) == (count - 1, False)
    assert kb.retired[FACT]["retired"] == {"on": TODAY.isoformat(), "why": "entered by mistake"}
    assert not asked(curation, "Has Nora borrowed The Salt Lighthouse?").startswith("Yes")
    shown = curation.show(FACT)
    assert shown is not None
    assert shown.retired
    came = curation.preview(Draft("end", "x", FACT, until="2026"))
    assert isinstance(came, Refused)
    assert "was retired" in str(came)


def test_a_name_and_a_wording(curation: Curation) -> None:
    """What `/gaps` teaches: the question is understood at once."""
    question = "Has Miss Featherstone kept The Salt Lighthouse?"
    assert curation.live.engine.ask(question, today=TODAY).status != "answered"
    made(curation, NameDraft("nora-finch", "Miss Featherstone", "asked so"))
    made(curation, WordingDraft("loan.whether", "<have> {subject} kept {object}", "asked so"))
    assert asked(curation, question).startswith("Yes. Nora Finch")
    came = curation.preview(NameDraft("omar-hale", "Miss Featherstone", "no"))
    assert isinstance(came, Preview)
    assert not came.sound
    stolen = curation.preview(WordingDraft("authorship.which", "who has {object}", "no"))
    assert isinstance(stolen, (Preview, Refused))


REFUSED: list[tuple[AnyDraft, str]] = [
    (Draft("add", "x", relation="nonsense", sources=(PAGE,)), "'nonsense' is no relation"),
    (Draft("add", "x", relation="loan", subject=("nora-finch",), object=("winter-orchard",)), "needs a source"),
    (Draft("end", "x", FACT, sources=(PAGE,)), "an end has a date"),
    (Draft("end", "", FACT, until="2026", sources=(PAGE,)), "needs a reason"),
    (Draft("end", "x", FACT, until="2026"), "needs a source"),
    (Draft("confirm", "", FACT), "needs a source"),
    (Draft("confirm", "", FACT, sources=(SourceDraft(id="nonsense"),)), "there is no source"),
    (Draft("confirm", "", FACT, sources=(SourceDraft(title="T", publisher="P"),)), "needs its address"),
    (Draft("dispute", "x", FACT), "both sides"),
    (Draft("retire", "  ", FACT), "needs a reason"),
    (Draft("correct", "x", FACT), "nothing would change"),
    (NameDraft("nora-finch", "Nora", "x"), "is a name of Nora Finch already"),
    (WordingDraft("loan.whether", " ", "x"), "the line is empty"),
]


@pytest.mark.parametrize(("draft", "said"), REFUSED)
def test_what_says_too_little(curation: Curation, draft: AnyDraft, said: str) -> None:
    """Is refused in words that tell what to do."""
    came = curation.preview(draft)
    assert isinstance(came, Refused)
    assert said in str(came)


WRONG: list[tuple[Draft, str]] = [
    (Draft("end", "x", FACT, until="2027-01", sources=(PAGE,)), "lies in the future"),
    (Draft("end", "x", FACT, until="2026-13", sources=(PAGE,)), "is not a date"),
    (Draft("end", "x", FACT, until="2024", sources=(PAGE,)), "ends before it begins"),
    (Draft("correct", "x", FACT, narrows={"shape": "clay"}), "is no narrowing"),
    (Draft("correct", "x", FACT, subject=("nobody",)), "is no entity"),
    (Draft("correct", "x", FACT, subject=("winter-orchard",)), "is of the kind book"),
]


@pytest.mark.parametrize(("draft", "said"), WRONG)
def test_what_the_check_finds(curation: Curation, draft: Draft, said: str) -> None:
    """Is shown in the preview, and refused in the same words."""
    came = previewed(curation, draft)
    assert not came.sound
    assert any(said in str(problem) for problem in came.problems), came.problems
    refused = curation.save(came.draft, ANNA)
    assert isinstance(refused, Refused)
    assert set(came.problems) == set(refused.problems)


def test_two_sources_where_the_house_wants_them(curation: Curation, folder: Path) -> None:
    """A fact that lacks the second is refused; one that lacked it before may be mended in other ways."""
    path = folder / "relations.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\ntwo_sources_since: 2026\n", encoding="utf-8")
    draft = Draft("end", "returned", FACT, until="2026-09", sources=(PAGE,))
    came = curation.preview(draft)
    assert isinstance(came, Preview)
    assert "rests on one publisher alone" in str(came.problems[0])
    assert not came.sound
    other = SourceDraft(title="T", publisher="The Paper", url="https://paper.example/1", published="2026-10-02")
    came = curation.preview(Draft("end", "returned", FACT, until="2026-09", sources=(PAGE, other)))
    assert isinstance(came, Preview)
    assert came.sound


# --- many hands


def test_the_second_curator_sees_the_first_change(curation: Curation) -> None:
    """And decides."""
    draft = ended(curation)
    assert isinstance(curation.save(draft, ANNA), Saved)
    came = curation.save(draft, BORIS)
    assert isinstance(came, Conflict)
    assert came.now is not None
    assert "until: 2026-09" in came.now.text
    assert "by Anna" in str(came)


def test_a_hand_edit_is_seen_too(curation: Curation, folder: Path) -> None:
    """Of this very entry: refused. Of another: both are there."""
    draft, path = ended(curation), folder / "facts" / "loans.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("since: 2025-11-03", "since: 2025-11-04"), encoding="utf-8")
    came = curation.save(draft, ANNA)
    assert isinstance(came, Conflict)
    assert (came.by, str(came).split(" since")[0]) == (None, f"'{FACT}' was changed")
    path.write_text(text.replace("since: 2025-02-10", "since: 2025-02-11"), encoding="utf-8")
    assert isinstance(curation.save(draft, ANNA), Saved)
    held = path.read_text(encoding="utf-8")
    assert "since: 2025-02-11" in held
    assert "until: 2026-09" in held


def test_an_entry_that_is_gone(curation: Curation, folder: Path) -> None:
    """Somebody took it out by hand."""
    draft, path = ended(curation), folder / "facts" / "loans.yaml"
    shown = curation.show(FACT)
    assert shown is not None
    path.write_text(path.read_text(encoding="utf-8").replace(shown.text, ""), encoding="utf-8")
    came = curation.save(draft, ANNA)
    assert isinstance(came, Conflict)
    assert came.now is None


def test_nothing_is_changed_unseen(curation: Curation) -> None:
    """A draft that does not say what its curator saw is refused."""
    assert isinstance(curation.save(Draft("retire", "x", FACT), ANNA), Refused)


def test_two_processes(folder: Path, tmp_path: Path, cache_folder: Path) -> None:
    """Each saves and saves, and takes the other's work for a change that it must look at; nothing is lost."""
    state = f"sqlite:///{tmp_path / 'state.sqlite'}"
    children = [writer(folder, cache_folder, state, first) for first in (0, 1000)]
    said = []
    for child in children:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(4)]
        child.kill()
        said.append([*lines, *child.stdout.read().splitlines()])
        child.wait(20)
        child.stdout.close()
    kinds = {line.split()[0] for lines in said for line in lines if line.split()}
    assert kinds <= {"ready", "saved", "failed"}
    assert "saved" in kinds
    assert all("changed by" in line for lines in said for line in lines if line.startswith("failed"))


# --- undo


def test_undo_and_undo_again(curation: Curation, folder: Path) -> None:
    """To the byte, sources and all; and forth again."""
    before = tree(folder)
    first = made(curation, ended(curation))
    after = tree(folder)
    back = curation.undo(first.id, BORIS, "it was not so")
    assert isinstance(back, Saved)
    assert tree(folder) == before
    assert (back.change.undoes, back.change.curator_name) == (first.id, "Boris")
    assert asked(curation, "Has Nora borrowed The Salt Lighthouse?").startswith("Yes.")
    assert isinstance(curation.undo(back.change.id, ANNA, "it was"), Saved)
    assert tree(folder) == after
    assert [change.action for change in curation.history(FACT)] == ["undo", "undo", "end"]


def test_an_added_fact_is_taken_out_again(curation: Curation, folder: Path) -> None:
    """With the source that came with it; the journal keeps what it said."""
    before = tree(folder)
    draft = Draft(
        "add", "x", relation="loan", subject=("petra-lund",), object=("salt-lighthouse",), since="2026-10",
        sources=(PAGE,),
    )  # fmt: skip
    change = made(curation, draft)
    after = tree(folder)
    back = curation.undo(change.id, ANNA, "")
    assert isinstance(back, Saved)
    assert tree(folder) == before
    assert back.change.before == change.after
    assert isinstance(curation.undo(back.change.id, ANNA, ""), Saved)
    assert tree(folder) == after


def test_undo_is_refused_where_something_came_after(curation: Curation) -> None:
    """The later change is told, and taken back first."""
    first = made(curation, ended(curation))
    second = made(curation, Draft("correct", "more", FACT, note="A late return."))
    came = curation.undo(first.id, ANNA, "")
    assert isinstance(came, Conflict)
    assert came.by is not None
    assert came.by.id == second.id
    assert isinstance(curation.undo(second.id, ANNA, ""), Saved)
    assert isinstance(curation.undo(first.id, ANNA, ""), Saved)


def test_a_source_that_others_cite_by_now_stays(curation: Curation, folder: Path) -> None:
    """Taking back the change that brought it leaves it."""
    first = made(curation, ended(curation))
    made(curation, Draft("confirm", "", "varda-maps", sources=(PAGE,)))
    assert isinstance(curation.undo(first.id, ANNA, ""), Saved)
    assert PAGE.url in (folder / "sources" / "library.yaml").read_text(encoding="utf-8")


def test_undo_of_nothing(curation: Curation) -> None:
    """There is no such change."""
    came = curation.undo(99, ANNA, "")
    assert isinstance(came, Refused)
    assert "no change 99" in str(came)


def test_our_own_writes_are_no_news(curation: Curation) -> None:
    """What watches the files finds nothing to do, and the language was not compiled anew."""
    engine = curation.live.engine
    made(curation, ended(curation))
    assert curation.live.engine is not engine
    assert curation.live.engine.compiled == engine.compiled
    assert curation.live.completer.engine is curation.live.engine
    served = curation.live.engine
    assert not curation.live.reload().changed
    assert curation.live.engine is served
