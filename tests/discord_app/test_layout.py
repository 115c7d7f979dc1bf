"""A card as discord.py sends it."""

import discord
import pytest

from bot.discord_app.custom_ids import Kind
from bot.discord_app.layout import components, layout
from bot.discord_app.parts import Card, Row, Rule, Text, button
from tests.discord_app.checks import validate

CARD = Card((Text("hello"), Rule(), Row((button(Kind.REPORT, "Report", style="danger"),))), 0x3BA55D)


def test_a_card_is_one_container() -> None:
    (container,) = components(CARD)
    assert container["type"] == discord.ComponentType.container.value
    assert container["accent_color"] == 0x3BA55D
    assert [part["type"] for part in container["components"]] == [10, 14, 1]
    assert container["components"][2]["components"][0]["custom_id"] == "att1r::"


@pytest.mark.parametrize(
    "schema",
    [
        "MessageCreateRequest",
        "MessageEditRequestPartial",
        "IncomingWebhookInteractionRequest",
        "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
        "IncomingWebhookRequestPartial",
        "IncomingWebhookUpdateRequestPartial",
    ],
)
def test_every_way_of_sending_takes_a_card(schema: str) -> None:
    """A message, its edit, an interaction's answer, the edit of its message, a follow-up and the edit of that."""
    validate(components(CARD), schema)


@pytest.mark.asyncio
async def test_nothing_of_a_card_is_kept_in_memory() -> None:
    """discord.py stores views that are not finished, for as long as the process lives."""
    view = layout(CARD)
    assert view.is_finished()
    assert view.timeout is None
