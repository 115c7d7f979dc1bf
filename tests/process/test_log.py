"""The log of a varied session: one JSON object a line, and nothing of what people wrote, who they are, or the token."""

import json

import pytest

from tests.process.attache import CALLBACK, POST, QUESTION, Bot, Start

# Words that nobody else writes, within what the bot reads, fails to read, keeps or is told.
MARKED = ("zanzibarquux", "Quuxembourg", "quuxreport", "quuxsource", "pakistan recognise armenia")
FIELDS = {"time", "level", "event", "logger"}


async def varied(bot: Bot) -> None:
    """Some of everything, with faults in between."""
    d, channel, alice = bot.d, bot.channel, bot.alice
    bot.grant()
    answer = await bot.ask()
    for text in ("zanzibarquux?", "does Quuxembourg recognise Armenia?", "x" * 1900, "zanzibarquux\nin two lines"):
        await bot.ask(text)
    await d.say(alice, d.dm(alice), f"{QUESTION} zanzibarquux")
    await d.slash(alice, channel, "ask", question="does Quuxembourg recognise Armenia?")
    await d.slash(alice, channel, "overview", a="Quuxembourg", b="zanzibarquux")
    await d.slash(alice, channel, "server keep", words=True)
    await d.slash(alice, channel, "channel mode", mode="auto")
    await bot.ask("zanzibarquux once more")
    await d.autocomplete(alice, channel, "ask", "question", "does Quuxem")
    claim = d.post(alice, channel, "Pakistan recognises Armenia, says zanzibarquux. Quuxembourg recognises Kosovo.")
    await d.context_menu(alice, channel, "Check this claim", claim)
    for label in ("Sources (4)", "Why this answer", "Copy citation"):
        await bot.press(answer, label)
    report = await bot.press(answer, "Report a mistake")
    await d.submit(report, {"What is wrong?": "quuxreport", "Where can that be read?": "https://quuxsource.example"})
    form = await bot.press(answer, "Ask a follow-up")
    await d.submit(form, {"Question": "and zanzibarquux?"})
    privacy = await d.slash(alice, channel, "privacy")
    await bot.press(privacy.message, "Give me a copy")
    for fault in ({"status": 403}, {"status": 503}, {"status": 500}, {"status": 429, "via": False}):
        given_up = 5 if fault["status"] == 503 else 1
        struck = d.fault(*POST, times=given_up, **fault)  # type: ignore[arg-type]
        bot.post("does Quuxembourg recognise Armenia, zanzibarquux?")
        await d.until(lambda struck=struck, times=given_up: struck.hits == times)  # type: ignore[misc]
    d.fault(*CALLBACK, status=404, code=10062)
    await d.slash(alice, channel, "ask", question="zanzibarquux?", _timeout=0.5)
    d.fault(*CALLBACK, status=404, code=10062)
    await d.autocomplete(alice, channel, "ask", "question", "zanzibarquux", _timeout=0.5)
    await d.reconnect()
    await bot.ask("zanzibarquux again")


@pytest.mark.asyncio
async def test_it_tells_nothing_of_people(start: Start) -> None:
    """Not even where everything is logged."""
    variables = {"LOG_FORMAT": "json", "LOG_LEVEL": "debug"}
    async with start("no answer", faulty=True, variables=variables) as bot:
        await varied(bot)
        assert await bot.d.stop() == 0
        lines = bot.d.log().splitlines()
        assert len(lines) > 20
        assert all(json.loads(line).keys() >= FIELDS for line in lines)
        secrets = [*MARKED, bot.d.token, bot.alice.id, bot.alice.name, *bot.d.by_token]
        assert [line for line in lines if any(secret.lower() in line.lower() for secret in secrets)] == []
