"""A store in memory, one in a file, and the time at which the tests write."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.state.deck import KeptCard
from bot.state.proposals import NewProposal
from bot.state.reminders import Reminder
from bot.state.store import Store

NOW = datetime.datetime(2026, 11, 22, 13, 30, tzinfo=datetime.UTC)

# Ids as Discord gives them.
GUILD, CHANNEL, MESSAGE = 613425648685547541, 381870553235193857, 1160325438726864999
ANNA, BORIS = 268473310986240001, 412347257233604609

# What is kept of those who learn.
STUDIED = ("study_cards", "study_reviews", "study_decks", "study_reminders")


def at_file(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path.as_posix()}"


def report(store: Store, facts: Sequence[str], text: str, source: str, by: int, guild: int | None) -> int:
    """Report a mistake; its number."""
    new = NewProposal("report", text, source, tuple(facts), proposer_id=by, guild_id=guild)
    return store.proposals.add(new, NOW).id


def card(key: str = "f.since", **more: object) -> KeptCard:
    """A card as it is first kept."""
    return KeptCard(key, "f", "since", "1", 1, 0, None, None, NOW, None, NOW, **more)  # type: ignore[arg-type]


def study(store: Store, user: int) -> None:
    """Leave something in every table of what people learn."""
    store.cards.add(user, [card()])
    after = KeptCard("f.since", "f", "since", "1", 2, None, 0.1 + 0.2, 5.5, NOW, NOW, NOW, NOW, NOW)
    assert store.cards.grade(user, card(), after, 3, NOW)
    store.cards.keep_deck(user, f"of {user}", {"facts": [str(user)]}, NOW)
    store.reminders.set(Reminder(user, GUILD, CHANNEL, 6, "Europe/Berlin", NOW.date()))


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory."""
    with Store.open("sqlite://") as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store in a file is put; its folder is not there yet."""
    return tmp_path / "state folder" / "state.sqlite"


@pytest.fixture
def filed(path: Path) -> Iterator[Store]:
    """A store in that file."""
    with Store.open(at_file(path)) as opened:
        yield opened
