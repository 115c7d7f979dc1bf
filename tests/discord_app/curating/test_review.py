"""Proposals: made by everybody, decided on one by one, by somebody else than who made them; and who is told."""

import pytest

from bot.curation.drafts import Draft, SourceDraft
from bot.curation.stored import draft_to_json
from bot.state.proposals import NewProposal
from tests.discord_app.curating.hands import ARMENIA, PAGE, Hands
from tests.discord_app.world import buttons, shown, texts

pytestmark = pytest.mark.asyncio


def ends(hands: Hands, until: str = "2026-11-01", **more: object) -> int:
    """Alice's proposal that holds a whole change."""
    draft = Draft("end", "it was withdrawn", ARMENIA, until=until, sources=(SourceDraft(**PAGE),))
    new = NewProposal("suggestion", "see the page", PAGE["url"], (ARMENIA,), draft_to_json(draft), hands.world.alice.id,
                      channel_id=hands.world.channel.id, guild_id=hands.world.guild.id, **more)  # type: ignore[arg-type]  # fmt: skip
    return hands.world.desk.store.proposals.add(new, hands.world.desk.now()).id


async def suggest(hands: Hands, **values: str) -> None:
    """Alice's `/suggest`."""
    form = await hands.slash(hands.world.alice, "suggest")
    told = await hands.fill(hands.world.alice, form, **{"what": "An embassy opened.", **values})
    assert "This is proposal" in texts(told)


async def test_accepted_as_it_is(hands: Hands) -> None:
    """The preview first; one click; the channel hears of it, with nobody named."""
    ends(hands, tell="channel")
    review = await hands.slash(hands.ada, "review")
    assert "No longer" in hands.told(review)
    before = len(hands.world.own(hands.world.channel))
    await hands.press(hands.ada, review, "Accept")
    assert "Saved" in hands.told(review)
    assert hands.clicks == 2
    assert "Next proposal" in buttons(hands.now(shown(review)))
    (word,) = hands.world.own(hands.world.channel)[before:]
    assert "was accepted by a curator" in texts(word)
    assert "alice" not in texts(word)
    assert "1 November 2026" in await hands.answer()


async def test_accepted_with_edits(hands: Hands) -> None:
    """The same preview and forms as any change."""
    number = ends(hands)
    review = await hands.slash(hands.ada, "review")
    await hands.press(hands.ada, review, "Edit and accept")
    assert f"For proposal {number}" in hands.told(review)
    form = await hands.press(hands.ada, review, "Dates")
    preview = await hands.fill(hands.ada, form, until="October 2026")
    await hands.press(hands.ada, preview, "Save")
    assert "October 2026" in await hands.answer()
    made = hands.world.desk.store.proposals.get(number)
    assert made is not None
    assert (made.state, made.decided_name) == ("accepted", "ada")


async def test_rejected_with_a_reason_and_skipped(hands: Hands) -> None:
    """The proposer reads the reason; the next one comes at once; a skipped one comes to others."""
    await suggest(hands, tell="private")
    await suggest(hands, what="Another one.")
    review = await hands.slash(hands.ada, "review")
    assert "An embassy opened" in hands.told(review)
    form = await hands.press(hands.ada, review, "Reject")
    await hands.fill(hands.ada, form, reason="On file already")
    assert "Another one" in hands.told(review)
    (word,) = hands.world.own(hands.world.alice.user.dm_channel)
    assert "not accepted: On file already" in texts(word)
    await hands.press(hands.ada, review, "Skip")
    assert "Nothing waits for you" in hands.told(review)
    assert "Another one" in hands.told(await hands.slash(hands.ben, "review"))


async def test_a_suggestion_becomes_a_fact(hands: Hands) -> None:
    """What it says is read as a claim, where it can be; something new is added for it by its number."""
    await suggest(hands, what="Pakistan does not recognise Armenia any more.")
    await suggest(hands, what="Fiji opened an embassy in Peru.", tell="private")
    review = await hands.slash(hands.ada, "review")
    assert "Pakistan recognises Armenia" in hands.told(review)
    await hands.press(hands.ada, review, "Skip")
    assert "/fact add" in hands.told(review)
    options = {"relation": "embassy", "subject": "Fiji", "object": "Peru", "since": "2019", "proposal": 2}
    preview = await hands.fill(hands.ada, await hands.slash(hands.ada, "fact add", **options), **PAGE)
    assert "For proposal 2" in hands.told(preview)
    await hands.press(hands.ada, preview, "Save")
    (word,) = hands.world.own(hands.world.alice.user.dm_channel)
    assert "Proposal 2 (Fiji has an embassy in Peru" in texts(word)


async def test_what_members_write_is_shown_as_they_wrote_it(hands: Hands) -> None:
    """No mention, no link of its own, no heading; every request is looked at besides."""
    hostile = "@everyone <@123456789012345678>\n# big\n[press](https://example.org/evil) ```x``` \u202eabc " + "x" * 900
    await suggest(hands, what=hostile, source=f"javascript:alert(1) {hostile[:300]}")
    told = hands.told(await hands.slash(hands.ada, "review"))
    assert "](https://example.org/evil)" not in told
    assert "\u202e" not in told
    assert "\n# big" not in told


async def test_two_curators_decide_at_once(hands: Hands) -> None:
    """The second is told who decided what."""
    ends(hands)
    one, two = await hands.slash(hands.ada, "review"), await hands.slash(hands.ben, "review")
    await hands.press(hands.ada, one, "Accept")
    await hands.press(hands.ben, two, "Accept")
    assert "ada accepted proposal 1 before you" in hands.told(two)
    assert len(hands.world.desk.curation.history()) == 1


async def test_nobody_decides_on_their_own(hands: Hands) -> None:
    """A curator's own suggestion waits for another; whoever made it may take it back."""
    form = await hands.slash(hands.ada, "suggest")
    told = await hands.fill(hands.ada, form, what="I say so.")
    assert "Nothing waits for you" in hands.told(await hands.slash(hands.ada, "review"))
    assert "I say so" in hands.told(await hands.slash(hands.ben, "review"))
    await hands.press(hands.ada, told, "Take it back")
    assert "is withdrawn" in hands.told(told)
    assert "Nothing waits" in hands.told(await hands.slash(hands.ben, "review"))


async def test_what_cannot_be_saved_any_more_offers_no_accept(hands: Hands) -> None:
    """The reason stands in its place."""
    ends(hands, until="2019")
    review = await hands.slash(hands.ada, "review")
    assert "Accept" not in buttons(hands.now(shown(review)))
    assert "Edit and accept…" in buttons(hands.now(shown(review)))


@pytest.mark.settings(second_curator=False)
async def test_a_house_with_one_curator_is_not_stuck(hands: Hands) -> None:
    """Without the second curator, a dispute is saved at once."""
    form = await hands.slash(hands.ada, "fact dispute", fact=ARMENIA)
    half = await hands.fill(hands.ada, form, by="Pakistan", said="It does.", **_page("a"))
    form = await hands.press(hands.ada, half, "The other side")
    preview = await hands.fill(hands.ada, form, by="Somebody", said="It does not.", **_page("b"))
    await hands.press(hands.ada, preview, "Save")
    assert "Saved" in hands.told(preview)


def _page(name: str) -> dict[str, str]:
    return {"url": f"https://{name}.example.org/x", "title": f"Title {name}", "publisher": f"Paper {name}"}
