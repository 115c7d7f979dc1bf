"""A message is checked for who asks, and for nobody else."""

import pytest
from simcord import ResponseMessage

from bot.discord_app.claims import CLAIMS
from tests.discord_app.world import BUTTON, World, buttons, components_of, shown, texts

pytestmark = pytest.mark.asyncio

MENU = "Check this claim"


async def checked(world: World, text: str) -> ResponseMessage:
    """What Bob is told of a message of Alice's."""
    message = await world.alice.send(world.channel, text)
    return shown(await world.bob.context_menu(world.channel, MENU, message))


async def test_one_claim_is_answered_in_full(world: World) -> None:
    """The words of the message, the verdict, the sources; only who checks sees it, so there is nothing to delete."""
    answer = await checked(world, "Everybody knows: Pakistan does not recognise Armenia.")
    assert answer.ephemeral
    assert "The message says" in texts(answer)
    assert "> Everybody knows" in texts(answer) or "> Pakistan does not" in texts(answer)
    assert "31 August 2025" in texts(answer)
    assert "Delete" not in buttons(answer)
    assert world.own(world.channel) == []


async def test_a_true_and_a_false_claim_differ(world: World) -> None:
    """The verdict speaks of what the message says."""
    assert "✅ On file: the same" in texts(await checked(world, "Pakistan recognises Armenia."))
    assert "❌ On file: otherwise" in texts(await checked(world, "Pakistan does not recognise Armenia."))
    assert "❌ On file: otherwise" in texts(await checked(world, "Serbia recognises Kosovo."))
    assert "✅ On file: the same" in texts(await checked(world, "Serbia does not recognise Kosovo."))


async def test_several_claims_are_listed_with_a_button_each(world: World) -> None:
    """What is no claim is passed over; each button gives the whole answer privately."""
    answer = await checked(
        world, "I like tea. Pakistan recognises Armenia. Is it late? Serbia recognises Kosovo. Turkey is in NATO."
    )
    assert "3 claims in this message" in texts(answer)
    assert "tea" not in texts(answer)
    ids = [c["custom_id"] for c in components_of(answer) if c["type"] == BUTTON]
    assert len(ids) == 3
    opened = shown(await world.bob.click(answer, custom_id=ids[1]))
    assert opened.ephemeral
    assert "❌ No" in texts(opened)
    assert "Copy citation" in buttons(opened)
    assert "3 claims in this message" in texts(world.current(answer))


async def test_at_most_five_claims_are_read(world: World) -> None:
    """The rest is left out, and the card stays within limits."""
    names = ["Albania", "France", "Germany", "Italy", "Japan", "Turkey", "Canada", "Norway"]
    answer = await checked(world, " ".join(f"{name} recognises Kosovo." for name in names))
    assert f"{CLAIMS} claims in this message" in texts(answer)
    assert "Canada" not in texts(answer)


@pytest.mark.parametrize("text", ["I like tea and long walks.", "What a day! Who is coming?", "Turkey!!!", "lol"])
async def test_a_message_without_a_claim_is_told_so(world: World, text: str) -> None:
    """No verdict is made up; and nothing is noted, for somebody else wrote it and asked nothing."""
    answer = await checked(world, text)
    assert answer.ephemeral
    assert "Nothing to check" in texts(answer)
    assert "The message says" in texts(answer)
    assert world.desk.store.missed_count(world.desk.now()) == 0


async def test_a_message_without_text_is_told_so(world: World) -> None:
    """A picture, say; or the bot's own card."""
    message = await world.alice.send(world.channel, "", attachments=[("cat.png", b"\x89PNG")])
    answer = shown(await world.bob.context_menu(world.channel, MENU, message))
    assert "Nothing to check" in texts(answer)
    card = await world.mention(world.alice, "does pakistan recognise armenia?")
    assert card is not None
    assert "Nothing to check" in texts(await world.bob.context_menu(world.channel, MENU, card))


@pytest.mark.parametrize("text", ["a" * 4000, "Pakistan recognises Armenia. " * 137, "🇵🇰" * 1000, "Pakistan " * 440])
async def test_a_message_of_4000_characters(world: World, text: str) -> None:
    """As long as those with Nitro may write; what comes of it fits."""
    message = await world.alice.send(world.channel, "short")
    world.env.backend.get_message(world.channel.id, message.id).content = text[:4000]  # simcord lets nobody have Nitro
    answer = shown(await world.bob.context_menu(world.channel, MENU, message))
    assert answer.ephemeral
    if "recognises" in text:
        assert "On file: the same" in texts(answer)


async def test_long_claims_keep_their_buttons(world: World) -> None:
    """What fits into no button is held with the private message, and each button finds its own."""
    answer = await checked(
        world,
        "The United Arab Emirates and Bosnia and Herzegovina had diplomatic relations before 12 March 1994. "
        "Bosnia and Herzegovina and Saint Vincent and the Grenadines had diplomatic relations before 12 March 1994.",
    )
    ids = [c["custom_id"] for c in components_of(answer) if c["type"] == BUTTON]
    assert [id_.endswith("@") for id_ in ids] == [True, True]
    await world.restart()
    opened = shown(await world.bob.click(answer, custom_id=ids[1]))
    assert "Saint Vincent" in texts(opened)
    assert "United Arab Emirates" not in texts(opened)


async def test_the_bot_is_not_told_who_wrote_it(world: World) -> None:
    """Nothing of the author is stored or logged, nor the words of the message."""
    await checked(world, "Pakistan recognises Armenia. The password is swordfish.")
    assert "swordfish" not in world.log.text
    assert str(world.alice.id) not in world.log.text
    assert world.desk.store.about(world.alice.id)["answers"] == []


async def test_a_checked_claim_can_be_followed_up(world: World) -> None:
    """By the same person, in the same channel."""
    await checked(world, "Pakistan recognises Armenia.")
    answer = await world.mention(world.bob, "since when?")
    assert answer is not None
    assert "31 August 2025" in texts(answer)
