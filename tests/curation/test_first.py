"""The first fact of a relation, in files that are not there yet."""

from pathlib import Path

import pytest

from bot.curation.desk import Curation
from bot.curation.drafts import Draft
from bot.curation.outcomes import Preview, Saved
from bot.live import Live
from bot.state.store import Store
from tests.curation.conftest import ANNA, PAGE, clock, git, tree

GIFT = Draft(
    "add", "she told so", relation="kept_gift", subject=("petra-lund",), object=("nora-finch",), since="2026-10",
    sources=(PAGE,),
)  # fmt: skip
FACTS, SOURCES = "facts/kept-gift.yaml", "sources/kept-gift.yaml"


@pytest.fixture
def curation(repository: Path, store: Store, cache_folder: Path) -> Curation:
    """A relation more, of which nothing is on file."""
    path = repository / "relations.yaml"
    declared = "  kept_gift: {title: gifts, subject: [reader], object: [reader], recheck_days: 3650}\n"
    path.write_text(path.read_text(encoding="utf-8") + declared, encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message=Declare gifts")
    return Curation(Live.open(repository, cache_folder), store, clock)


def test_the_first_fact_of_a_relation(curation: Curation, folder: Path) -> None:
    """Comes into a file of its own, its page into one that is called so too; git keeps both; the next joins them."""
    before = set(tree(folder))
    seen = curation.preview(GIFT)
    assert isinstance(seen, Preview)
    assert (seen.sound, seen.path) == (True, FACTS)
    came = curation.save(seen.draft, ANNA)
    assert isinstance(came, Saved), came
    assert set(tree(folder)) - before == {FACTS, SOURCES}
    assert (folder / FACTS).read_text(encoding="utf-8").startswith("facts:\n  - id: kept-gift-petra-lund-nora-finch\n")
    assert came.notes == ()
    assert git(folder, "status", "--porcelain") == ""
    assert FACTS in git(folder, "show", "--stat", "--format=%an", "HEAD")
    second = curation.save(Draft("add", "x", relation="kept_gift", subject=("omar-hale",), object=("nora-finch",),
                                 sources=(PAGE,)), ANNA)  # fmt: skip
    assert isinstance(second, Saved), second
    assert second.change.paths == (FACTS,)


def test_taken_back_and_made_again(curation: Curation, folder: Path) -> None:
    """The files stay, and say that they are empty; what comes next stands in them."""
    first = curation.save(GIFT, ANNA)
    assert isinstance(first, Saved)
    held = tree(folder)
    back = curation.undo(first.change.id, ANNA, "")
    assert isinstance(back, Saved), back
    assert (folder / FACTS).read_text(encoding="utf-8") == "facts: []\n"
    assert (folder / SOURCES).read_text(encoding="utf-8") == "sources: {}\n"
    again = curation.undo(back.change.id, ANNA, "")
    assert isinstance(again, Saved), again
    assert tree(folder) == held
    assert isinstance(curation.undo(again.change.id, ANNA, ""), Saved)
    assert isinstance(curation.save(GIFT, ANNA), Saved)
    assert tree(folder) == held


def test_a_file_that_git_is_told_to_pass_over(curation: Curation, folder: Path) -> None:
    """Stays out of it."""
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "exclude").write_text("sources/kept-gift.yaml\n", encoding="utf-8")
    came = curation.save(GIFT, ANNA)
    assert isinstance(came, Saved)
    assert came.notes == ()
    assert SOURCES not in git(folder, "ls-files")
