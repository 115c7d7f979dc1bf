"""Discord fails between a click and its answer: what was done is done once, and whoever is to be told is told later."""

import pytest

from bot.discord_app.curating import notices
from tests.discord_app.curating.hands import Hands
from tests.discord_app.curating.test_review import suggest
from tests.discord_app.world import custom_id, shown, texts

pytestmark = [pytest.mark.asyncio, pytest.mark.faulty]


async def test_a_save_whose_answer_is_lost(hands: Hands) -> None:
    """It is saved and served; the same button pressed again says so, and offers the way back."""
    preview = await hands.end(hands.ada)
    id_ = custom_id(hands.now(shown(preview)), "Save")
    for method, path in (("POST", "/interactions/*/callback"), ("PATCH", "/webhooks/*/messages/@original")):
        hands.world.env.inject_error(method, path, status=404, code=10062, times=None)
    await hands.press(hands.ada, preview, "Save")
    hands.world.env.backend.faults.clear()
    assert "Nothing is saved yet" in hands.told(preview)  # all that the curator sees
    assert "1 November 2026" in await hands.answer()
    again = await hands.ada.click(hands.world.plant(id_), custom_id=id_)
    assert "saved already" in texts(again)
    await hands.press(hands.ada, again, "Undo")
    assert [change.undoes for change in hands.world.desk.curation.history()] == [1, None]


@pytest.mark.parametrize(("status", "sent"), [(503, 1), (429, 1), (403, 0)])
async def test_word_that_does_not_get_through(hands: Hands, status: int, sent: int) -> None:
    """It is sent with the next round, once; not where its direct messages are closed."""
    await suggest(hands, tell="private")
    review = await hands.slash(hands.ada, "review")
    form = await hands.press(hands.ada, review, "Reject")
    hands.world.env.inject_error("POST", "/channels/*/messages", status=status, times=None)
    await hands.fill(hands.ada, form, reason="On file already")
    hands.world.env.backend.faults.clear()
    client, desk = hands.world.bot, hands.world.desk
    for _ in range(2):
        await notices.tell(client, desk)
    assert len(hands.world.own(hands.world.alice.user.dm_channel)) == sent
    assert desk.queue.untold() == []
