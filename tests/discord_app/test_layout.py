"""A card as discord.py sends it."""

import discord
import pytest

from bot.discord_app.custom_ids import Kind
from bot.discord_app.layout import components, layout
from bot.discord_app.parts import Card, Row, Rule, Text, button

CARD = Card((Text("hello"), Rule(), Row((button(Kind.REPORT, "Report", style="danger"),))), 0x3BA55D)


def test_a_card_is_one_container() -> None:
    (container,) = components(CARD)
    assert container["type"] == discord.ComponentType.container.value
    assert container["accent_color"] == 0x3BA55D
    assert [part["type"] for part in container["components"]] == [10, 14, 1]
    assert container["components"][2]["components"][0]["custom_id"] == "att1r::"


@pytest.mark.asyncio
async def test_nothing_of_a_card_is_kept_in_memory() -> None:
    """discord.py stores views that are not finished, for as long as the process lives."""
    view = layout(CARD)
    assert view.is_finished()
    assert view.timeout is None
