"""Typed answers are graded as questions are read: by the same names, spellings and dates."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions.query import Query
from bot.study.asked import DATE, ENTITY, ORDER, VERDICT, Asked, Wanted
from bot.study.grading import RIGHT, UNREAD, WRONG, grade, squashed
from bot.study.making import KINDS, Maker
from bot.study.typed_dates import typed_dates
from tests.study.conftest import TODAY, dice


def ask(sort: str, values: tuple[str, ...], choices: tuple[str, ...], shown: tuple[str, ...] = ()) -> Asked:
    """A question by hand."""
    right = tuple(choices.index(value) for value in values)
    return Asked(
        "f.k.0", "f", "k", "?", shown or choices, right, "", "2026", (), ("f",), Query("recognition", "whether"),
        TODAY.isoformat(), Wanted(sort, values, choices),
    )  # fmt: skip


WHO = ask(ENTITY, ("turkey",), ("niger", "turkey", "nigeria", "armenia"), ("Niger", "Turkey", "Nigeria", "Armenia"))
NIGER = ask(ENTITY, ("niger",), ("niger", "turkey", "nigeria", "armenia"), ("Niger", "Turkey", "Nigeria", "Armenia"))
WHEN = ask(DATE, ("2025-08-31",), ("2024-08-31", "2025-08-31", "2023-01-01", "2022-02-02"))
YEAR = ask(DATE, ("2025",), ("2024", "2025", "2023", "2022"))
SO = ask(VERDICT, ("yes",), ("yes", "no"), ("Yes", "No"))
STAND = ask(VERDICT, ("disputed",), ("yes", "no", "disputed"), ("True", "False", "Disputed"))
ROW = ask(ORDER, ("iran", "turkey", "chad"), ("turkey", "chad", "iran"), ("Turkey", "Chad", "Iran"))


@pytest.mark.parametrize(
    ("asked", "typed", "lenient", "strict"),
    [
        (WHO, "Türkiye", RIGHT, RIGHT),
        (WHO, "turkiye!!", RIGHT, RIGHT),
        (WHO, "I think it is Turkey", RIGHT, RIGHT),
        (WHO, "the answer is the Republic of Turkey", RIGHT, RIGHT),
        (WHO, "Turky", RIGHT, UNREAD),
        (WHO, "2", RIGHT, RIGHT),
        (WHO, "b)", RIGHT, RIGHT),
        (WHO, "Armenia", WRONG, WRONG),
        (WHO, "5", UNREAD, UNREAD),
        (WHO, "not Turkey", UNREAD, UNREAD),
        (WHO, "Turkey or Armenia", UNREAD, UNREAD),
        (WHO, "no idea", UNREAD, UNREAD),
        (WHO, "France", WRONG, WRONG),
        (NIGER, "Nigeria", WRONG, WRONG),
        (NIGER, "Niger", RIGHT, RIGHT),
        (NIGER, "NIGER.", RIGHT, RIGHT),
        (WHEN, "31 August 2025", RIGHT, RIGHT),
        (WHEN, "August 31st, 2025", RIGHT, RIGHT),
        (WHEN, "31/8/2025", RIGHT, RIGHT),
        (WHEN, "8/31/2025", RIGHT, RIGHT),
        (WHEN, "31.08.2025", RIGHT, RIGHT),
        (WHEN, "2025-08-31", RIGHT, RIGHT),
        (WHEN, "since 31 aug 2025", RIGHT, RIGHT),
        (WHEN, "2025", RIGHT, WRONG),
        (WHEN, "in August 2025", RIGHT, WRONG),
        (WHEN, "30 August 2025", WRONG, WRONG),
        (WHEN, "2024", WRONG, WRONG),
        (WHEN, "some day", UNREAD, UNREAD),
        (YEAR, "2025", RIGHT, RIGHT),
        (YEAR, "31 August 2025", RIGHT, RIGHT),
        (YEAR, "in 2025 i think", RIGHT, RIGHT),
        (YEAR, "25", UNREAD, UNREAD),
        (SO, "yes", RIGHT, RIGHT),
        (SO, "Yeah.", RIGHT, RIGHT),
        (SO, "it does", RIGHT, RIGHT),
        (SO, "nope", WRONG, WRONG),
        (SO, "n", WRONG, WRONG),
        (SO, "1", RIGHT, RIGHT),
        (SO, "disputed", UNREAD, UNREAD),
        (STAND, "It is disputed", RIGHT, RIGHT),
        (STAND, "d", RIGHT, RIGHT),
        (STAND, "false", WRONG, WRONG),
        (ROW, "Iran, Turkey, Chad", RIGHT, RIGHT),
        (ROW, "iran > turkiye > chad", RIGHT, RIGHT),
        (ROW, "3 1 2", RIGHT, RIGHT),
        (ROW, "cab", RIGHT, RIGHT),
        (ROW, "1,2,3", WRONG, WRONG),
        (ROW, "Iran, Turkey", UNREAD, UNREAD),
        (WHO, "", UNREAD, UNREAD),
        (WHO, "Turkey " * 100, UNREAD, UNREAD),
    ],
)
def test_grading(maker: Maker, asked: Asked, typed: str, lenient: str, strict: str) -> None:
    """Both ways."""
    assert grade(maker.asker, asked, typed).verdict == lenient
    assert grade(maker.asker, asked, typed, strict=True).verdict == strict


def test_somebody_beside_the_choices_may_be_right(maker: Maker) -> None:
    """Who types a name does not see the choices, or knows better."""
    fact = next(f for f in maker.kb.facts("recognition", "kosovo") if maker.make(f.id, "which.subject", dice("any")))
    asked = maker.make(fact.id, "which.subject", dice("beside"))
    assert asked is not None
    beside = {"France", "Germany", "Turkey"} - set(asked.choices)
    assert {grade(maker.asker, asked, name).verdict for name in beside} == {RIGHT}
    outside = {"Serbia", "Russia", "Spain"} - set(asked.choices)
    assert {grade(maker.asker, asked, name).verdict for name in outside} == {WRONG}


def test_every_right_answer_is_graded_right_when_it_is_typed(maker: Maker) -> None:
    """In its own words, in capitals, and without a single special character."""
    tried = 0
    for fact in maker.kb.facts()[::40]:
        for kind in KINDS:
            asked = maker.make(fact.id, kind, dice(f"{fact.id}{kind}"))
            if asked is None:
                continue
            tried += 1
            typed = ", ".join(asked.choices[place] for place in asked.right)
            bare = "".join(c for c in unicodedata.normalize("NFKD", typed) if not unicodedata.combining(c))
            for said in (typed, typed.upper(), bare):
                assert grade(maker.asker, asked, said, strict=True).verdict == RIGHT, (asked, said)
                assert grade(maker.asker, asked, said).verdict == RIGHT, (asked, said)
            if len(asked.right) == 1:
                wrong = [choice for place, choice in enumerate(asked.choices) if place not in asked.right]
                assert {grade(maker.asker, asked, choice).verdict for choice in wrong} == {WRONG}, asked
    assert tried > 100


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_graded(maker: Maker, typed: str) -> None:
    """Never a fault; what is graded right names the answer."""
    for asked in (WHO, WHEN, SO, ROW):
        assert grade(maker.asker, asked, typed).verdict in (RIGHT, WRONG, UNREAD)


@given(st.dates().filter(lambda day: 1000 <= day.year < 3000))
def test_a_date_in_numbers(maker: Maker, day: object) -> None:
    """Day first, month first and year first, with any mark between."""
    year, month, number = str(day).split("-")
    words = maker.engine.reader.lattices.time_words
    for mark in "/.- ":
        assert str(day) in typed_dates(f"{number}{mark}{month}{mark}{year}", TODAY, words)
        assert str(day) in typed_dates(f"{month}{mark}{number}{mark}{year}", TODAY, words)
        assert typed_dates(f"{year}{mark}{month}{mark}{number}", TODAY, words) == (str(day),)


def test_special_characters_never_decide() -> None:
    """Accents, apostrophes, hyphens and spaces are left out."""
    assert squashed("Côte d’Ivoire") == squashed("cote divoire") == squashed("COTE D'IVOIRE!")
    assert squashed("Guinea-Bissau") == squashed("guinea bissau") != squashed("Guinea")
