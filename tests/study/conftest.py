"""Makers of questions on both knowledge bases, each made once, and a few questions that no fact stands behind."""

import datetime
import random

import pytest

from bot.engine import Engine
from bot.questions.query import Query
from bot.study.asked import ENTITY, Asked, Wanted
from bot.study.basis import Asker
from bot.study.making import Maker

TODAY = datetime.date(2026, 11, 22)


def dice(seed: object) -> random.Random:
    """Chance that comes out the same on every run."""
    return random.Random(str(seed))  # noqa: S311 - a draw, no secret


@pytest.fixture(scope="session")
def maker(engine: Engine) -> Maker:
    """On the knowledge that comes with the project."""
    return Maker(Asker(engine, TODAY))


@pytest.fixture(scope="session")
def toy_maker(toy_engine: Engine) -> Maker:
    """On the toy knowledge base."""
    return Maker(Asker(toy_engine, TODAY))


def plain(name: str, right: int = 0) -> Asked:
    """A question with four choices."""
    values = tuple("abcd")
    return Asked(
        f"{name}.which.subject.0", name, "which.subject", f"Who of {name}?", ("A", "B", "C", "D"), (right,), "A.",
        "2026", ("s",), (name,), Query("r", "whether", ("a",), ("b",)), "2026-11-22",
        Wanted(ENTITY, (values[right],), values),
    )  # fmt: skip
