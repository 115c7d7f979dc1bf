"""What curators share: drafts that were begun, channels for notices, what was put aside."""

import datetime

import pytest

from bot.state.notices import WEEK, NoticeKind
from bot.state.proposals import Kind, NewProposal
from bot.state.store import Store
from tests.state.conftest import ANNA, BORIS, CHANNEL, GUILD, NOW


def test_a_draft_is_sent_once(store: Store) -> None:
    """It is its owner's alone, may be changed until it is sent, and is sent once, however often somebody presses."""
    id_ = store.kept.keep(ANNA, {"text": "é"}, NOW)
    assert store.kept.get(id_, ANNA) == {"text": "é"}
    assert store.kept.get(id_, BORIS) is None
    assert not store.kept.replace(id_, BORIS, {})
    assert store.kept.replace(id_, ANNA, {"text": "f"})
    assert not store.kept.drop(id_, BORIS)
    assert store.kept.get(id_, ANNA) == {"text": "f"}
    assert [store.kept.drop(id_, ANNA) for _ in range(3)] == [True, False, False]
    assert store.kept.get(id_, ANNA) is None
    assert not store.kept.replace(id_, ANNA, {})


def test_notices(store: Store) -> None:
    """Off until somebody says where; each server and kind for itself."""
    assert store.notices.get(GUILD, "audit") is None
    store.notices.set(GUILD, "audit", CHANNEL, ANNA, NOW)
    store.notices.set(GUILD + 1, "audit", CHANNEL + 1, ANNA, NOW)
    store.notices.set(GUILD, "audit", CHANNEL + 2, BORIS, NOW)
    assert [(one.guild_id, one.channel_id) for one in store.notices.all("audit")] == [
        (GUILD, CHANNEL + 2), (GUILD + 1, CHANNEL + 1),
    ]  # fmt: skip
    assert store.notices.get(GUILD, "digest") is None
    assert store.notices.off(GUILD, "audit")
    assert not store.notices.off(GUILD, "audit")
    wrong: NoticeKind = "loud"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="'loud' is no kind of notice: audit, digest"):
        store.notices.set(GUILD, wrong, CHANNEL, ANNA, NOW)


def test_a_digest_goes_once_a_week(store: Store) -> None:
    """The first at once; another channel is no reason for another one."""
    assert store.notices.due(NOW) == []
    store.notices.set(GUILD, "digest", CHANNEL, ANNA, NOW)
    assert [one.guild_id for one in store.notices.due(NOW)] == [GUILD]
    store.notices.sent(GUILD, "digest", NOW)
    store.notices.set(GUILD, "digest", CHANNEL + 1, ANNA, NOW)
    assert store.notices.due(NOW + WEEK - datetime.timedelta(seconds=1)) == []
    assert [one.channel_id for one in store.notices.due(NOW + WEEK)] == [CHANNEL + 1]


def test_put_aside(store: Store) -> None:
    """Twice is once."""
    store.hidden.add(["a", "b"], ANNA, NOW)
    store.hidden.add(["b", "c"], None, NOW)
    assert store.hidden.keys() == {"a", "b", "c"}
    assert store.hidden.remove(["a", "c", "z"]) == 2
    assert store.hidden.keys() == {"b"}


def test_an_unknown_kind_is_refused(store: Store) -> None:
    """And nothing is kept."""
    wrong: Kind = "rumour"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="'rumour' is none of report, suggestion, change, teaching"):
        store.proposals.add(NewProposal(wrong), NOW)
    assert store.proposals.all() == []


def test_a_claim_is_of_what_was_seen(store: Store) -> None:
    """Not of another draft that somebody put in its place meanwhile, nor of what was decided."""
    seen = store.proposals.add(NewProposal("suggestion", draft={"n": 1}), NOW)
    waiting = store.proposals.wait(seen.id, {"n": 2}, (), (ANNA, "Anna"))
    assert waiting is not None
    assert not store.proposals.claim(seen, NOW)
    assert store.proposals.claim(waiting, NOW)
    assert not store.proposals.claim(waiting, NOW)
    store.proposals.release(waiting.id)
    assert store.proposals.claim(waiting, NOW)
    decided = store.proposals.decide(waiting.id, "accepted", (BORIS, "Boris"), NOW, change_id=5, facts=["a"])
    assert decided is not None
    assert (decided.facts, decided.change_id, decided.first_name) == (("a",), 5, "Anna")
    assert store.proposals.decide(waiting.id, "rejected", (ANNA, "Anna"), NOW) is None
    assert store.proposals.wait(waiting.id, {}, (), (ANNA, "Anna")) is None
    assert store.proposals.counts() == {"open": 0, "waiting_second": 0}


def test_texts_of_all_servers(store: Store) -> None:
    """The most asked first, of two as often asked the younger one; those without a text are not there."""
    store.opt_in(GUILD, ANNA, NOW)
    store.opt_in(GUILD + 1, ANNA, NOW)
    hour = datetime.timedelta(hours=1)
    for number, (text, guild) in enumerate(
        [("a", GUILD), ("b", GUILD), ("a", GUILD + 1), ("c", GUILD), ("d", GUILD + 2), ("e", GUILD)]
    ):
        store.note_missed(text, guild, NOW + number * hour)
    assert store.missed_texts(NOW, 10) == [("a", 2), ("e", 1), ("c", 1), ("b", 1)]
    assert store.missed_texts(NOW + 2 * hour, 2) == [("e", 1), ("c", 1)]
