"""Facts found by what people type who want to change one."""

import pytest

from bot.curation.finding import named
from bot.engine import Engine
from tests.curation.conftest import NOW

DAY = NOW.date()
BOTH = {"recognition-pakistan-armenia", "recognition-pakistan-armenia-refused"}


@pytest.mark.parametrize(
    "typed",
    [
        "pakistan armenia recognition", "Pakistan, Armenia, recognition", "armenia and pakistan recognition",
        "recognition islamabad yerevan", "pakistan armenia recognit", "pakstan armenia recognition",
    ],
)  # fmt: skip
def test_by_who_takes_part_and_what_it_is_about(engine: Engine, typed: str) -> None:
    """In any order, with commas or without, by any name, the last word begun or a name misspelt."""
    assert set(named(engine, typed, DAY)) == BOTH


def test_by_names_alone(engine: Engine) -> None:
    """All that is on file between the two, and nothing of others."""
    found = named(engine, "pakistan armenia", DAY)
    assert {*BOTH, "relations-armenia-pakistan"} < set(found)
    assert all({"pakistan", "armenia"} <= set(engine.kb.fact(id_).participants()) for id_ in found)
    assert set(found) == set(named(engine, "pakistan, armenia", DAY))


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("does pakistan recognise armenia?", ["recognition-pakistan-armenia"]),
        ("Pakistan recognises Armenia (since 31 August 2025)", ["recognition-pakistan-armenia"]),
        ("recognition-pakistan-armenia", ["recognition-pakistan-armenia"]),
        ("armenia zzz", []), ("zzz", []), ("", []), ("x " * 3000, []),
    ],
)  # fmt: skip
def test_by_a_question_by_what_it_says_by_its_id(engine: Engine, typed: str, ids: list[str]) -> None:
    """And nothing where nothing is meant."""
    assert named(engine, typed, DAY) == ids
