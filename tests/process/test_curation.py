"""A mistake is reported, a curator changes the fact, the next answer is new, undo brings the old one back: for real."""

import asyncio
from pathlib import Path

import pytest

from tests.loopback import Result
from tests.loopback.world import Json
from tests.process.attache import ANSWER, QUESTION, Start, labels, text
from tests.process.folders import copied

PAGE = {
    "Address of the source": "https://example.org/news/armenia", "Its title": "Recognition withdrawn",
    "Its publisher": "Example News",
}  # fmt: skip
FACT = "recognition-pakistan-armenia"


@pytest.mark.asyncio
async def test_the_whole_road(start: Start, tmp_path: Path) -> None:
    """With a restart between preview and save, a form that is sent twice, a button that is pressed twice at once."""
    folder = copied(tmp_path)
    async with start(launch=False, variables={"KNOWLEDGE_DIR": str(folder)}, identify_interval=0.0) as bot:
        d = bot.d
        ada = d.add_user("ada")
        bot.environment["CURATOR_IDS"] = str(ada.id)
        await bot.launch()
        answer = await bot.ask()
        assert ANSWER in text(answer)
        form = await bot.press(answer, "Report a mistake")
        told = await d.submit(form, {"What is wrong?": "It was withdrawn.", "tell": ["private"]})
        assert "report 1" in text(told.message)
        refused = await d.slash(bot.alice, bot.channel, "review")
        assert "Only curators" in text(refused.message)

        async def shows(result: Result, told: str) -> Json:
            """A slow answer comes as a deferred change of the message, in place or as one of its own."""
            assert result.message
            message = result.message["id"]
            await d.until(lambda: told in text(d.messages[message]), 30, f"the message did not tell: {told}")
            return d.messages[message]

        review = await shows(await d.slash(ada, bot.channel, "review"), "It was withdrawn")
        form = await bot.press(review, "End…", by=ada)
        filled = {"Until when?": "1 November 2026", "Why do you change it?": "it was withdrawn", **PAGE}
        sent, _ = await asyncio.gather(*(d.submit(form, filled, timeout=30) for _ in range(2)))
        preview = await shows(sent, "Nothing is saved yet")
        assert ANSWER in text(await bot.ask())
        assert await d.stop() == 0
        await bot.launch()
        pressed = await asyncio.gather(*(bot.press(preview, "Save", by=ada) for _ in range(2)))
        saved = await shows(pressed[0], "Saved")
        assert "1 November 2026" in text(await bot.ask())
        assert "until: 2026-11-01" in "".join(path.read_text("utf-8") for path in folder.rglob("facts/**/*.yaml"))
        listed = await shows(await d.slash(ada, bot.channel, "fact history", fact=FACT), "it was withdrawn")
        assert text(listed).count(", by Ada") == 1
        await d.until(lambda: any("was accepted" in text(message) for message in d.dm(bot.alice).messages), 30)
        undone = await shows(await bot.press(saved, "Undo", by=ada), "is taken back")
        assert ANSWER in text(await d.say(bot.alice, bot.channel, f"{d.mention} {QUESTION}"))
        assert "Undo" in labels(undone)
