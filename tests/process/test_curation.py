"""A mistake is reported, a curator changes the fact, the next answer is new, undo brings the old one back: for real."""

import asyncio
from pathlib import Path

import pytest

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
        review = await d.slash(ada, bot.channel, "review", _settle=3)
        assert "It was withdrawn" in text(d.messages[review.message["id"]])  # type: ignore[index]
        form = await bot.press(review.message, "End…", by=ada)
        filled = {"Until when?": "1 November 2026", "Why do you change it?": "it was withdrawn", **PAGE}
        await asyncio.gather(*(d.submit(form, filled, timeout=30, settle=2) for _ in range(2)))
        preview = d.messages[review.message["id"]]  # type: ignore[index]
        assert "Nothing is saved yet" in text(preview)
        assert ANSWER in text(await bot.ask())
        assert await d.stop() == 0
        await bot.launch()
        await asyncio.gather(*(bot.press(preview, "Save", by=ada, settle=4) for _ in range(2)))
        assert "1 November 2026" in text(await bot.ask())
        saved = d.messages[preview["id"]]
        assert "Saved" in text(saved)
        assert "until: 2026-11-01" in "".join(path.read_text("utf-8") for path in folder.rglob("facts/**/*.yaml"))
        listed = await d.slash(ada, bot.channel, "fact history", fact=FACT, _settle=1)
        assert "it was withdrawn" in text(listed.message)
        assert text(listed.message).count(", by Ada") == 1
        assert any("was accepted" in text(message) for message in d.dm(bot.alice).messages)
        await bot.press(saved, "Undo", by=ada, settle=4)
        assert ANSWER in text(await d.say(bot.alice, bot.channel, f"{d.mention} {QUESTION}"))
        assert "Undo" in labels(d.messages[preview["id"]])
