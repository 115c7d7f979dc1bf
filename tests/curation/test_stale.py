"""What is due, what was changed, and what curators are told of it once a week."""

import datetime
from dataclasses import replace

import pytest

from bot.curation.audit import audit_line
from bot.curation.desk import Curation
from bot.curation.digest import weekly_digest
from bot.curation.drafts import Draft, NameDraft
from bot.curation.gaps import Gaps
from bot.curation.outcomes import Preview, Saved
from bot.curation.queue import Queue
from bot.curation.stale import stale
from bot.state.proposals import NewProposal
from bot.state.queries import query_key
from bot.state.store import Store
from tests.curation.conftest import ANNA, BORIS, NOW, PAGE, clock
from tests.curation.test_queue import ended, friends

LATER = datetime.date(2036, 6, 1)
LOAN = "Has Nora borrowed The Salt Lighthouse?"
PAGES = "https://example.org/kb/commit/{commit}"


def count(curation: Curation, store: Store, question: str, times: int, day: datetime.date = LATER) -> None:
    """Somebody asks so often on a day."""
    query = curation.live.engine.read(question, (), day).query
    assert query is not None
    for _ in range(times):
        store.count_question(query_key(query), day)


def due(curation: Curation, store: Store, day: datetime.date = LATER) -> list[str]:
    """What is due, in order."""
    return [one.fact for one in stale(curation.live.engine, store, day)]


def test_what_is_due(curation: Curation, store: Store) -> None:
    """Past its interval by a day and more; what ended, and what is not there yet, is not."""
    assert due(curation, store, NOW.date()) == []
    facts = due(curation, store)
    assert "loan-nora-lighthouse" in facts
    assert "loan-omar-lighthouse" not in facts  # given back
    assert facts[0] == "loan-petra-orchard-not"  # seen longest ago
    interval = datetime.timedelta(days=3650)
    assert "varga-orchard" not in due(curation, store, datetime.date(2026, 1, 5) + interval)
    assert "varga-orchard" in due(curation, store, datetime.date(2026, 1, 6) + interval)


def test_by_how_often_it_is_asked_times_how_long_it_is_due(curation: Curation, store: Store) -> None:
    """Ninety days back, and no further."""
    before = stale(curation.live.engine, store, LATER)
    count(curation, store, LOAN, 3)
    count(curation, store, LOAN, 50, LATER - datetime.timedelta(days=91))
    found = stale(curation.live.engine, store, LATER)
    first = found[0]
    assert (first.fact, first.asked, first.weight) == ("loan-nora-lighthouse", 3, 4 * first.over)
    assert first.question == "Does Nora Finch have The Salt Lighthouse on paper?"
    assert [source.id for source in first.sources] == ["register-2025"]
    assert first.as_of == "2025-12-31"
    assert first.over == (LATER - datetime.date(2025, 12, 31)).days - 3650
    assert sorted(one.fact for one in before) == sorted(one.fact for one in found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert len(stale(curation.live.engine, store, LATER, 2)) == 2


def test_a_list_is_shared_out(curation: Curation, store: Store) -> None:
    """Ten questions for a list of two books are five for each."""
    count(curation, store, "Which books has Varga written?", 10)
    asked = {one.fact: one.asked for one in stale(curation.live.engine, store, LATER)}
    assert (asked["varga-lighthouse"], asked["varga-orchard"], asked["loan-nora-lighthouse"]) == (5, 5, 0)


def test_what_is_counted_and_not_understood_any_more_is_passed_over(curation: Curation, store: Store) -> None:
    """A count of an older version, or of an entity that is gone, breaks nothing."""
    for key in ("not json", "[]", '{"relation": "loan", "form": "whether", "later": 1}',
                '{"form": "whether", "relation": "gone"}',
                '{"form": "whether", "object": ["gone"], "relation": "loan"}'):  # fmt: skip
        store.count_question(key, LATER)
    assert due(curation, store)


# --- the digest


def test_a_quiet_week(queue: Queue, curation: Curation, store: Store) -> None:
    """Is told as such."""
    digest = weekly_digest(queue, Gaps(curation, store, clock), NOW)
    assert digest.quiet
    assert (digest.asked, digest.missed, digest.open, digest.facts) == (0, 0, 0, len(curation.live.engine.kb))


def test_the_digest(queue: Queue, curation: Curation, store: Store) -> None:
    """Counts are of all, lists of the first ten; what is older than a week is left out."""
    store.opt_in(7, 1, NOW)
    week = datetime.timedelta(days=7)
    for number in range(12):
        word = "abcdefghijkl"[number] * 7
        store.note_missed(f"{word} is a word", 7, NOW)
        queue.propose(NewProposal("report", f"report {number}"))
    store.note_missed("long ago", 7, NOW - week - week)
    count(curation, store, LOAN, 3, NOW.date())
    count(curation, store, LOAN, 9, (NOW - week - week).date())
    assert isinstance(queue.save(ended(curation), ANNA), Saved)
    queue.save(friends(curation), ANNA)
    digest = weekly_digest(queue, Gaps(curation, store, clock), NOW)
    assert (digest.since, digest.until) == (NOW - week, NOW)
    assert (digest.asked, digest.missed, digest.open, digest.waiting) == (3, 12, 12, 1)
    assert (digest.gap_count, len(digest.gaps), len(digest.proposals)) == (13, 10, 10)
    assert [change.fact for change in digest.changes] == ["loan-omar-orchard"]
    assert not digest.quiet
    assert weekly_digest(queue, Gaps(curation, store, clock), NOW + week + week).changes == ()


# --- the audit line


def test_the_line_of_a_change(queue: Queue, curation: Curation) -> None:
    """Who, what, why; a link where there is a commit and somebody said where commits are shown."""
    saved = queue.save(ended(curation), ANNA)
    assert isinstance(saved, Saved)
    engine, change = curation.live.engine, saved.change
    line = audit_line(engine, change, PAGES)
    assert str(line) == "Anna ended “Does Omar Hale have Winter Orchard as a recording?”: he gave it back"
    committed = replace(change, commit="abc123")
    assert audit_line(engine, committed, PAGES).link == "https://example.org/kb/commit/abc123"
    assert audit_line(engine, committed).link == ""
    assert str(audit_line(engine, replace(committed, reason=""), PAGES)).endswith(
        "recording?”. (https://example.org/kb/commit/abc123)"
    )
    back = queue.undo(change.id, BORIS, "it was another book")
    assert isinstance(back, Saved)
    assert str(audit_line(engine, back.change)).startswith(f"Boris took back change {change.id} of “Does Omar")


def test_the_line_of_a_name(queue: Queue, curation: Curation) -> None:
    """The thing is named, not its id."""
    seen = curation.preview(NameDraft("omar-hale", "Big Omar", "he is called so"))
    assert isinstance(seen, Preview)
    saved = queue.save(seen.draft, ANNA)
    assert isinstance(saved, Saved)
    assert str(audit_line(curation.live.engine, saved.change)).startswith("Anna named Omar Hale: ")


def test_the_line_of_what_is_gone(queue: Queue, curation: Curation) -> None:
    """A retired fact is told as it was; one that is not on file at all by its id and relation, or by its id."""
    shown = curation.show("loan-omar-orchard")
    assert shown is not None
    saved = queue.save(Draft("retire", "never so", "loan-omar-orchard", shown.digest), ANNA)
    assert isinstance(saved, Saved)
    engine = curation.live.engine
    told = "Anna retired “Does Omar Hale have Winter Orchard as a recording?”: never so"
    assert str(audit_line(engine, saved.change)) == told
    gone = replace(saved.change, fact="loan-gone")
    assert audit_line(engine, gone).what == "loan-gone (loans)"
    assert audit_line(engine, replace(gone, relation="gone")).what == "loan-gone"


@pytest.mark.parametrize("action", ["add", "correct", "end", "dispute", "confirm", "retire", "name", "wording"])
def test_every_action_has_a_word(queue: Queue, curation: Curation, action: str) -> None:
    """None is told by its own key."""
    saved = queue.save(ended(curation), ANNA)
    assert isinstance(saved, Saved)
    line = audit_line(curation.live.engine, replace(saved.change, action=action))
    assert line.did != action
    assert PAGE.title not in str(line)
