"""What must outlive the process: messages that were sent have their buttons, and channels their modes."""

import asyncio

import pytest

from bot.discord_app.custom_ids import HELD
from tests.process.attache import ANSWER, QUESTION, Start, labels, text, walk

# Its query fits into no custom id, and is kept with the message.
LONG = "Did the United Arab Emirates recognise Saint Vincent and the Grenadines between August 2005 and 31 August 2025?"


async def buttons(start: Start) -> None:
    """Every button of an old message works after a restart, whether its query is in it or was kept."""
    async with start(identify_interval=0.0) as bot:
        d = bot.d
        short, long, listed = await bot.ask(), await bot.ask(LONG), await bot.ask("who recognises Kosovo?")
        offer = await bot.ask("does korea recognise kosovo?")
        alone = await d.slash(bot.alice, bot.channel, "ask", question=LONG, private=True)
        chosen = await d.slash(bot.alice, bot.channel, "ask", question=QUESTION)
        assert long
        assert any(one.get("custom_id", "").endswith(HELD) for one in walk(long["components"]))
        assert await d.stop() == 0
        await bot.launch()
        for message in (long, alone.message):
            for label in ("Sources (2)", "Why this answer", "Copy citation"):
                pressed = await bot.press(message, label)
                assert "Saint Vincent" in text(pressed.message), label
        for message in (short, chosen.message):
            assert "31 August 2025" in text((await bot.press(message, "History")).message)
        form = await bot.press(long, "Ask a follow-up")
        assert "Saint Vincent" in text((await d.submit(form, {"Question": "the other way round?"})).message)
        report = await bot.press(long, "Report a mistake")
        assert "report 1" in text((await d.submit(report, {"What is wrong?": "it is not so"})).message)
        assert "2 of 4" in labels((await bot.press(listed, "Next ›")).message)
        picked = await bot.press(offer, "2. Does South Korea recognise Kosovo?")
        assert "South Korea recognises Kosovo" in text(picked.message)
        await bot.press(short, "Delete")
        assert short
        await d.until(lambda: short["id"] not in d.messages)


async def channel_modes(start: Start) -> None:
    """A channel in which the bot is to be silent stays so."""
    async with start(identify_interval=0.0) as bot:
        d = bot.d
        bot.grant()
        other = d.add_channel(bot.guild, "other")
        assert "**off**" in text((await d.slash(bot.alice, bot.channel, "channel mode", mode="off")).message)
        for _ in range(2):
            assert await bot.ask(timeout=0.6) is None
            quiet = await d.slash(bot.alice, bot.channel, "ask", question=QUESTION)
            assert (quiet.ephemeral, ANSWER in text(quiet.message)) == (True, True)
            assert ANSWER in text(await d.say(bot.alice, other, f"{d.mention} {QUESTION}"))
            assert await d.stop() == 0
            await bot.launch()
        assert "**mention**" in text((await d.slash(bot.alice, bot.channel, "channel mode", mode="mention")).message)
        assert ANSWER in text(await bot.ask())


@pytest.mark.asyncio
async def test_what_outlives_the_process(start: Start) -> None:
    """Both at once, a bot each."""
    await asyncio.gather(buttons(start), channel_modes(start))
