"""Learning alone for real: a card that is up when the bot ends is graded after it; files arrive whole."""

import time

import pytest

from tests.loopback import Loopback, discord_class
from tests.process.attache import Bot, Json, Start, labels, text, walk

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(discord_class() is not Loopback, reason="cards are learned in verbs of our own"),
]
LONG = 60.0  # seconds; that of a busy machine


def files(bot: Bot, message: Json | None) -> dict[str, bytes]:
    """The files of a message by name, each of which its card names."""
    assert message
    shown = "\n".join(str(one.get("file") or one.get("items") or "") for one in walk(message["components"]))
    assert all(attached["filename"] in shown for attached in message["attachments"])
    return {attached["filename"]: bot.d.files[attached["id"]] for attached in message["attachments"]}


async def test_a_card_outlives_the_process(start: Start) -> None:
    """Question, end; answer, end; grade: the card waits as long as its button said."""
    async with start(identify_interval=0.0) as bot:
        d, alice = bot.d, bot.alice
        asked = await d.slash(alice, bot.channel, "study now", topic="relation:mediation", _timeout=LONG)
        assert asked.ephemeral and "Mediation · new" in text(asked.message)
        assert await d.stop() == 0
        await bot.launch()
        answer = await bot.press(asked.message, "Show the answer")
        await d.until(lambda: "As of" in text(answer.message), LONG)
        assert await d.stop() == 0
        await bot.launch()
        (good,) = (label for label in labels(answer.message) if label.startswith("Good"))
        assert good == "Good · 10 minutes"
        onward = await bot.press(answer.message, good)
        await d.until(lambda: "Show the answer" in labels(onward.message), LONG)
        assert "Mediation · new" in text(onward.message)
        progress = await d.slash(alice, bot.channel, "study progress", _timeout=LONG)
        assert "1 card: 0 learned, 1 still being learned" in text(progress.message)
        assert files(bot, progress.message)["progress.png"].startswith(b"\x89PNG")


async def test_a_brief_arrives_with_its_files(start: Start) -> None:
    """So do cards; while they are made, questions are answered."""
    async with start() as bot:
        d, alice, begun = bot.d, bot.alice, time.monotonic()
        brief = await d.slash(alice, bot.channel, "brief", of="Pakistan", _timeout=LONG)
        made = files(bot, brief.message)
        assert sorted(name.rsplit(".", 1)[1] for name in made) == ["md", "pdf"]
        for name, contents in made.items():
            assert contents.startswith(b"%PDF-" if name.endswith(".pdf") else "# 🇵🇰 Pakistan".encode())
        briefed = time.monotonic() - begun
        cards = await d.slash(
            alice, bot.channel, "study export", format="Anki", topic="relation:mediation", _timeout=LONG
        )  # fmt: skip
        assert cards.ephemeral and files(bot, cards.message)["attache-topic.apkg"].startswith(b"PK")
        print(f"\nbrief {briefed:.1f} s, cards {time.monotonic() - begun - briefed:.1f} s")  # noqa: T201
