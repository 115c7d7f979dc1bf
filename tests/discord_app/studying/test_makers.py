"""Who makes questions: one for an engine and a day, and no longer."""

import datetime
from pathlib import Path

import pytest

from bot.discord_app.studying.makers import Makers
from bot.engine import Engine
from tests.conftest import TOY

pytestmark = pytest.mark.asyncio

DAY = datetime.date(2026, 10, 1)


async def test_one_for_an_engine_and_a_day(tmp_path: Path) -> None:
    """It is kept until another engine serves, or another day has come."""
    engines, days = [Engine.open(TOY, tmp_path)], [DAY]
    makers = Makers(lambda: engines[-1], lambda: days[-1])
    first = makers.now()
    assert makers.now() is first and await makers.ready() is first
    assert first.there and first.topics[0].facts == len(first.facts("anything")) > 0
    assert set(first.facts("anything")) == set(first.digests)
    days.append(DAY + datetime.timedelta(days=1))
    second = makers.now()
    assert second is not first and second.asker.today == days[-1]
    engines.append(Engine.open(TOY, tmp_path))
    assert makers.now() is not second
