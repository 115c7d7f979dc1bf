"""Every way to ask and every button, by a person who knows nothing of what is behind them."""

import pytest

from tests.loopback.messages import EPHEMERAL
from tests.process.attache import ANSWER, QUESTION, Start, labels, text

LISTED = "which countries recognise Kosovo?"


@pytest.mark.asyncio
async def test_messages(start: Start) -> None:
    """Mentions, direct messages and pinging replies are answered; what is not for the bot is not."""
    async with start() as bot:
        d, channel, alice = bot.d, bot.channel, bot.alice
        answer = await bot.ask()
        assert answer
        assert ANSWER in text(answer)
        assert answer["message_reference"]["message_id"]
        assert answer["mentions"] == []
        assert {"Sources (4)", "History", "Why this answer", "Delete"} <= set(labels(answer))
        follow = await d.say(alice, channel, "in 2005?", reply_to=answer)
        assert "Pakistan did not recognise Armenia" in text(follow)
        direct = await d.say(alice, d.dm(alice), QUESTION)
        assert ANSWER in text(direct)
        again = await d.say(alice, d.dm(alice), "since when?")
        assert "31 August 2025" in text(again)
        bob = d.add_user("bob")
        assert "Not understood" in text(await d.say(bob, channel, f"{d.mention} since when?"))  # Alice's, not his
        assert "Ask another way" in labels(await d.say(bob, channel, f"{d.mention} what a nice day"))
        silent = {"reply_to": answer, "ping": False}
        assert await d.say(alice, channel, QUESTION, timeout=0.5) is None
        assert await d.say(alice, channel, QUESTION, timeout=0.5, **silent) is None  # type: ignore[arg-type]
        hello = await d.say(alice, channel, d.mention)
        assert hello
        assert "/ask" in text(hello)


@pytest.mark.asyncio
async def test_commands(start: Start) -> None:
    """`/ask` for all or for one, in a server, a direct message or far away; what it completes; a checked claim."""
    async with start() as bot:
        d, channel, alice = bot.d, bot.channel, bot.alice
        shown = await d.slash(alice, channel, "ask", question=QUESTION)
        assert (ANSWER in text(shown.message), shown.ephemeral, shown.deferred) == (True, False, False)
        alone = await d.slash(alice, channel, "ask", question=QUESTION, private=True)
        assert (ANSWER in text(alone.message), alone.ephemeral) == (True, True)
        assert "Delete" not in labels(alone.message)
        for place in (d.dm(alice), d.private(alice), d.add_channel(d.add_guild("Away", member=False))):
            assert ANSWER in text((await d.slash(alice, place, "ask", question=QUESTION)).message)
        completed = await d.autocomplete(alice, channel, "ask", "question", "does pakistan recognise arm")
        assert completed.choices
        assert len(completed.choices) <= 25
        assert any("Armenia" in choice["name"] for choice in completed.choices)
        claim = d.post(alice, channel, "Pakistan does not recognise Armenia. It is raining.")
        checked = await d.context_menu(d.add_user("bob"), channel, "Check this claim", claim)
        assert checked.ephemeral
        assert "On file: otherwise" in text(checked.message)
        several = d.post(alice, channel, "Pakistan recognises Armenia. Serbia recognises Kosovo.")
        found = await d.context_menu(alice, channel, "Check this claim", several)
        assert "2 claims" in text(found.message)
        picked = await bot.press(found.message, "Sources and more")
        assert picked.message
        assert picked.message["flags"] & EPHEMERAL  # in place or below, only Alice sees it
        assert ANSWER in text(picked.message)


@pytest.mark.asyncio
async def test_look_ups(start: Start) -> None:
    """The other commands answer too, each from what it completes."""
    async with start() as bot:
        d, channel, alice = bot.d, bot.channel, bot.alice
        between = await d.slash(alice, channel, "overview", a="Turkey", b="Israel")
        assert "Next ›" in labels(between.message)
        offered = (await d.autocomplete(alice, channel, "list", "what", "recog")).choices or ()
        kinds = {kind["name"]: kind["value"] for kind in offered}
        listed = await d.slash(alice, channel, "list", what=kinds["Which states recognise …?"], of="Kosovo")
        assert "As a text file" in labels(listed.message)
        names = (await d.autocomplete(alice, channel, "overview", "a", "pakis")).choices
        assert names
        assert names[0]["name"].endswith("Pakistan")
        for name in ("about", "help", "privacy", "changes"):
            assert len(text((await d.slash(alice, channel, name)).message)) > 50


@pytest.mark.asyncio
async def test_buttons(start: Start) -> None:
    """Each button of an answer does what it says, privately; only the pages of one's own turn in place."""
    async with start() as bot:
        answer = await bot.ask()
        for label, said in (
            ("Sources (4)", "Geo News"),
            ("History", "31 August 2025"),
            ("Why this answer", "recognition.whether"),
            ("Copy citation", "accessed"),
        ):
            pressed = await bot.press(answer, label)
            assert (pressed.ephemeral, said in text(pressed.message)) == (True, True), label
        listed = await bot.ask(LISTED)
        turned = await bot.press(listed, "Next ›")
        assert (turned.callback, "2 of 4" in labels(turned.message)) == (7, True)
        bob = bot.d.add_user("bob")
        theirs = await bot.press(listed, "Next ›", by=bob)
        assert (theirs.callback, theirs.ephemeral, "3 of 4" in labels(theirs.message)) == (4, True, True)
        file = await bot.press(listed, "As a text file")
        assert "Albania" in bot.contents(file.message).splitlines()


@pytest.mark.asyncio
async def test_choosing_and_deleting(start: Start) -> None:
    """A reading is chosen by who asked, in place; an answer is deleted by who asked, and by nobody else."""
    async with start() as bot:
        offer = await bot.ask("does korea recognise kosovo?")
        bob = bot.d.add_user("bob")
        theirs = await bot.press(offer, "1. Does North Korea recognise Kosovo?", by=bob)
        assert (theirs.callback, theirs.ephemeral) == (4, True)
        chosen = await bot.press(offer, "2. Does South Korea recognise Kosovo?")
        assert chosen.callback == 7
        assert "South Korea recognises Kosovo" in text(chosen.message)
        refused = await bot.press(offer, "Delete", by=bob)
        assert (refused.ephemeral, "Only who asked" in text(refused.message)) == (True, True)
        await bot.press(offer, "Delete")
        assert offer
        await bot.d.until(lambda: offer["id"] not in bot.d.messages)


@pytest.mark.asyncio
async def test_forms(start: Start) -> None:
    """A mistake is reported, and a follow-up asked, in a form."""
    async with start() as bot:
        answer = await bot.ask()
        form = await bot.press(answer, "Report a mistake")
        assert form.modal
        told = {"What is wrong?": "It ended.", "Where can that be read?": "https://example.org/a"}
        assert "report 1" in text((await bot.d.submit(form, told)).message)
        follow = await bot.press(answer, "Ask a follow-up")
        asked = await bot.d.submit(follow, {"Question": "since when?"})
        assert (asked.ephemeral, "31 August 2025" in text(asked.message)) == (False, True)
        alone = await bot.d.slash(bot.alice, bot.channel, "ask", question=QUESTION, private=True)
        follow = await bot.press(alone.message, "Ask a follow-up")
        asked = await bot.d.submit(follow, {"Question": "in 2005?"})
        assert (asked.ephemeral, "did not recognise" in text(asked.message)) == (True, True)
        other = await bot.press(await bot.ask("what a nice day"), "Ask another way")
        assert ANSWER in text((await bot.d.submit(other, {"Question": QUESTION})).message)
