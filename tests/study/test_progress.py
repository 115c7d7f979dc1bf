"""How somebody is doing: the figures agree with what was done, and the picture and the words say the same."""

import datetime
import subprocess
import sys
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.state.store import Store
from bot.study import picture
from bot.study.deck import Deck
from bot.study.progress import AHEAD, BACK, Progress, in_words, progress
from bot.study.schedule import KNOWN, Grade
from tests.conftest import ROOT
from tests.study.makers import Anything, chance

NOW = datetime.datetime(2026, 11, 22, 21, 30, tzinfo=datetime.UTC)
ANNA = 268473310986240001
VISITS = st.lists(st.tuples(st.sampled_from(Grade), st.integers(0, 60)), max_size=40)


def lived(visits: list[tuple[Grade, int]]) -> tuple[Progress, int, dict[datetime.date, int]]:
    """The figures after some visits, how many cards are learned, and how many were at the end of each day."""
    at, days = NOW - datetime.timedelta(days=80), {}
    with Store.open("sqlite://") as store:
        deck = Deck(store.cards, ANNA, Anything(), {f"f{n}": "1" for n in range(9)})
        for grade, hours in visits:
            at = min(at + datetime.timedelta(hours=hours), NOW)
            shown = deck.next(at, chance(1), more=True)
            if shown is not None:
                deck.grade(shown.card, grade, at)
            days[at.date()] = sum(c.state == KNOWN and c.last is not None for c in store.cards.all(ANNA))
        since = NOW - datetime.timedelta(days=BACK)
        cards = store.cards.all(ANNA)
        made = progress(cards, store.cards.reviews(ANNA, since), NOW)
        return made, sum(c.state == KNOWN for c in cards), days


@given(VISITS)
def test_the_figures_are_what_happened(visits: list[tuple[Grade, int]]) -> None:
    """Learned day by day as counted at the time; nothing due is lost; shares are shares."""
    made, known, days = lived(visits)
    assert made.known == known
    assert made.cards == made.known + made.learning
    assert sum(made.ahead) <= made.cards
    assert made.due <= made.ahead[0]
    assert len(made.ahead) == AHEAD
    told = dict(made.learned)
    assert told[NOW.date()] == known
    for day, count in days.items():
        if day in told:
            assert told[day] == count, day
    assert all(0 <= share <= 1 and number for _, share, number in made.kept)
    assert in_words(made)


def test_the_days_are_those_of_the_zone() -> None:
    """Half past nine in the evening in London is the next day in Tokyo."""
    made = progress([], [], NOW, ZoneInfo("Asia/Tokyo"))
    assert made.day == datetime.date(2026, 11, 23)


def test_the_picture() -> None:
    """A PNG of its size, also of somebody who has only begun, or not even that."""
    rng = chance(4)
    for number in (0, 1, 60, 300):
        made, _, _ = lived([(rng.choice(list(Grade)), rng.randint(0, 12)) for _ in range(number)])
        drawn = picture.draw(made)
        assert drawn.startswith(b"\x89PNG")
        assert (int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")) == (1000, 820)
        assert drawn == picture.draw(made)


def test_the_words() -> None:
    """What the picture shows, with the same numbers."""
    day = datetime.date(2026, 11, 22)
    made = Progress(
        day, 10, 3, 4, 6, 1, (3, 2, *[0] * 12), ((day - datetime.timedelta(days=9), 0), (day, 6)),
        ((day, 0.75, 4),), 0.914,
    )  # fmt: skip
    assert in_words(made) == (
        "10 cards: 6 learned, 4 still being learned. 3 due now, 2 tomorrow, 2 within the seven days after today. "
        "1 missed the last time. Learned since 13 November 2026: from 0 to 6. Of 4 answers to learned cards, 3 were "
        "right (75%). By the schedule, 91% of what is learned is in mind now."
    )


def test_nothing_is_plotted_until_a_picture_is_wanted() -> None:
    """The library takes a second to start; the figures and the words do without."""
    code = "import sys, bot.study.progress, bot.study.picture, bot.study.deck; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "False\n"
