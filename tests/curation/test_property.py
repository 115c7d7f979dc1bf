"""Any sequence of edits leaves files that load clean, differ only where edited, and answer as the journal says."""

import difflib
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import check_files
from bot.curation.desk import Curation
from bot.curation.drafts import Draft, SideDraft, SourceDraft
from bot.curation.outcomes import Conflict, Preview, Refused, Saved
from bot.knowledge.edit.locate import entries
from bot.knowledge.files import list_files
from bot.live import Live
from bot.state.store import Store
from tests.conftest import TOY
from tests.curation.conftest import ANNA, NOW, clock, tree

FACTS = ["loan-nora-lighthouse", "loan-omar-lighthouse", "circle-nora", "friends-nora-omar", "varda-maps"]
PEOPLE, BOOKS = ["nora-finch", "omar-hale", "petra-lund"], ["salt-lighthouse", "winter-orchard"]

# Words that YAML trips over, and others; no control characters, which the reader refuses and the check tells.
TEXTS = st.one_of(
    st.sampled_from(["no: really", "# 1", "- a", "it's \"so\"", "[x]", "{a: b}", "null", "2025", "&x *y", "a" * 130]),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=200),
    st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=20, max_size=40).map(" ".join),
)  # fmt: skip
DATES = st.dates(NOW.date().replace(year=2019), NOW.date()).map(str)
PAGES = st.builds(
    SourceDraft, title=TEXTS, publisher=TEXTS, url=st.integers(0, 5).map(lambda n: f"https://a.example/{n}"),
    published=st.one_of(st.just(""), DATES), kind=st.sampled_from(["news", "official", "opinion"]),
)  # fmt: skip
SOURCES = st.lists(PAGES, max_size=3).map(tuple)
EDITS = st.one_of(
    st.builds(
        Draft, st.just("correct"), TEXTS, st.sampled_from(FACTS), since=st.none() | DATES, note=st.none() | TEXTS,
        text=st.none() | TEXTS | st.just(""), holds=st.none() | st.booleans(), sources=SOURCES, why=st.none() | TEXTS,
    ),
    st.builds(Draft, st.just("end"), TEXTS, st.sampled_from(FACTS), until=DATES, sources=SOURCES),
    st.builds(Draft, st.just("confirm"), TEXTS, st.sampled_from(FACTS), sources=SOURCES),
    st.builds(Draft, st.just("retire"), TEXTS, st.sampled_from(FACTS)),
    st.builds(
        Draft, st.just("dispute"), TEXTS, st.sampled_from(FACTS),
        sides_said=st.lists(st.builds(SideDraft, TEXTS, TEXTS, SOURCES), min_size=2, max_size=2).map(tuple),
    ),
    st.builds(
        Draft, st.just("add"), TEXTS, relation=st.just("loan"), subject=st.sampled_from(PEOPLE).map(lambda who: (who,)),
        object=st.sampled_from(BOOKS).map(lambda what: (what,)), since=DATES, note=st.none() | TEXTS, sources=SOURCES,
        narrows=st.sampled_from([None, {"shape": "paper"}, {"shape": "audio"}]),
    ),
    st.integers(1, 8),  # take that change back
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(EDITS, min_size=1, max_size=6))
def test_any_sequence_of_edits(edits: list[Draft | int]) -> None:
    """Whether each is saved or refused."""
    with tempfile.TemporaryDirectory() as place, Store.open("sqlite://") as store:
        folder = Path(shutil.copytree(TOY, Path(place) / "knowledge"))
        curation = Curation(Live.open(folder, Path(tempfile.gettempdir()) / "attache-tests-cache"), store, clock)
        for edit in edits:
            one(curation, folder, edit)
        journal = curation.history(limit=100)
        seen = set()
        for change in journal:  # the newest of each fact is what its file says
            if change.fact not in seen:
                shown = curation.show(change.fact)
                assert (shown.text if shown else None) == change.after
                seen.add(change.fact)


def one(curation: Curation, folder: Path, edit: Draft | int) -> None:
    """One edit: all of it or nothing."""
    before, engine = tree(folder), curation.live.engine
    if isinstance(edit, int):
        came = curation.undo(edit, ANNA, "back")
    else:
        seen = curation.preview(edit)
        came = curation.save(seen.draft if isinstance(seen, Preview) else edit, ANNA)
    after = tree(folder)
    if not isinstance(came, Saved):
        assert isinstance(came, (Refused, Conflict)), came
        assert str(came)
        assert (after, curation.live.engine) == (before, engine)
        return
    assert not check_files(list_files(folder), NOW.date()).errors
    assert curation.live.engine.kb.version == curation._now().version
    assert {path for path in after if after[path] != before.get(path)} == set(came.change.paths)
    touched = {came.change.fact}
    for path in came.change.paths:
        one_file(before[path].decode(), after[path].decode(), path.partition("/")[0], touched)
    fact = came.change.fact
    if isinstance(edit, Draft) and edit.action == "retire":
        assert fact not in curation.live.engine.kb
    elif isinstance(edit, Draft) and edit.note:
        assert curation.live.engine.kb.fact(fact).note == " ".join(edit.note.split())


def one_file(before: str, after: str, section: str, touched: set[str]) -> None:
    """The entries that were not touched have their very bytes, and what stands between them stays."""
    olds = {entry.id: entry.lines(before) for entry in entries(before, section)}
    news = {entry.id: entry.lines(after) for entry in entries(after, section)}
    for id_ in olds.keys() & news.keys() - touched:
        assert olds[id_] == news[id_], id_
    if section == "facts":
        assert olds.keys() ^ news.keys() <= touched
    kept = "".join(line for line in difflib.ndiff(before.splitlines(True), after.splitlines(True)) if line[0] == "-")
    assert "#" not in kept or any("#" in lines for lines in olds.values())
