"""What people write to do harm does none, whichever way it comes in.

That no request allows a mention, holds one unescaped, or breaks a limit of Discord's is checked of every request of
every test (`refusals`); here it is brought about.
"""

import re
import unicodedata
from collections import Counter

import pytest

from bot.discord_app import custom_ids
from bot.discord_app.curating import ids
from bot.discord_app.custom_ids import Action, Kind
from bot.discord_app.escape import MARKS
from bot.discord_app.limits import ISOLATE, POP
from tests.discord_app.world import Message, World, buttons, components_of, file_of, shown, texts

pytestmark = pytest.mark.asyncio

HOSTILE = {
    "pings everybody": "@everyone @here does pakistan recognise @everyone",
    "pings a person, a role, a channel": "<@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#12345>",
    "hides a link behind another": "[https://discord.com](https://evil.example/steal) [a]( https://evil.example )",
    "runs backwards": "\u202edoes pakistan \u2066recognise\u2067 armenia\u202d",
    "piles up marks": "doe" + "\u0301\u0489\u035c\u0340" * 100 + "s pakistan",
    "ends a code block": "```\nx\n``` `y` ``z``",
    "invites elsewhere": "discord.gg/abc https://discord.com/invite/abc discordapp.com/invite/abc",
    "is a button's id": "att1d:1: att1s::recognition;w;pakistan;armenia",
    "adds to a query": "kosovo;n.body=government;x=israel&a=1,2,3%3B%2C",
    "shouts in headings": "# big\n## bigger\n> said\n- listed\n1. first\n-# small\n>>> all",
    "hides what it says": "||spoiler|| ~~gone~~ __under__ *a* **b** _c_",
    "is an emoji or a command": "<:a:123456789012345678> <a:b:123456789012345678> </ask:123456789012345678> <t:0:R>",
    "shows nothing": "\u200b\u2060\ufeff\u3164 \u115f\u00ad",
    "is in another script": "هل تعترف باكستان بأرمينيا؟ \u200fالسلام @everyone",
    "is letters that look alike": "dоes pаkistаn rеcognise аrmenia",
    "is many emoji": "🏴‍☠️🇵🇰👨‍👩‍👧‍👦" * 20,
    "is long words": "does " + "pakistan" * 40,
    "breaks lines": "does\u2028pakistan\u2029recognise\x0barmenia\x85\r\n?",
    "holds a null": "does pakistan\x00 recognise armenia",
    "holds a template": "{subject} {0} {__class__} %s ${x} <recognise>",
}  # fmt: skip
MASKED = re.compile(r"(?<!\\)\]\([^)]*evil")
BIDI = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067")


def assert_harmless(message: Message) -> None:
    """Nothing of the message turns round, links elsewhere, invites or piles up; its buttons are the bot's own."""
    told = texts(message) + "".join(buttons(message))
    assert not MASKED.search(told)
    assert "discord.gg/" not in told
    assert not re.search(r"discord(app)?\.com/invite", told)
    assert not BIDI & set(told)
    assert all(text.count(ISOLATE) == text.count(POP) for text in told.split("\n"))
    run = longest = 0
    for character in told:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        longest = max(longest, run)
    assert longest <= MARKS + 1  # a variation selector more
    for component in components_of(message):
        if component.get("custom_id"):
            assert isinstance(custom_ids.read(component["custom_id"]), Action) or isinstance(
                ids.read(component["custom_id"]), ids.Press
            )


def deleter(message: Message) -> int:
    """Whose an answer is to delete."""
    ids = [custom_ids.read(c["custom_id"]) for c in components_of(message) if c.get("custom_id")]
    (found,) = [a.number for a in ids if isinstance(a, Action) and a.kind is Kind.DELETE]
    return found


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_question_that(world: World, name: str) -> None:
    """By command and by mention, for all to read, where the words stand on the card; its owner stays its owner."""
    text = HOSTILE[name]
    slash = shown(await world.ask(world.alice, text))
    reply = await world.mention(world.alice, text)
    assert reply is not None
    assert_harmless(slash)
    assert_harmless(reply)
    assert deleter(slash) == world.alice.id
    if name != "shows nothing":  # that is a bare mention
        assert deleter(reply) == world.alice.id


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_claim_that(world: World, name: str) -> None:
    """A message checked is quoted, whoever wrote it, alone and beside a sound claim."""
    for text in (HOSTILE[name], f"Pakistan recognises Armenia. {HOSTILE[name]} Serbia recognises Kosovo."):
        message = await world.alice.send(world.channel, text[:2000])
        assert_harmless(shown(await world.bob.context_menu(world.channel, "Check this claim", message)))


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_name_that(world: World, name: str) -> None:
    """What is typed for a name or a day comes back in what the person is told."""
    text = HOSTILE[name]
    attempts = {
        "overview": {"a": text, "b": "Armenia"}, "list": {"what": text, "of": text}, "changes": {"since": text},
        "compare": {"of": "Kosovo", "but_not": text, "what": ""},
    }  # fmt: skip
    for command, options in attempts.items():
        answer = shown(await world.alice.slash(world.channel, command, **options))
        assert answer.ephemeral
        assert_harmless(answer)
    listed = await world.alice.slash(world.channel, "list", what="Which states recognise …?", of=text)
    assert_harmless(shown(listed))


@pytest.mark.parametrize("name", HOSTILE)
async def test_half_a_question_that(world: World, name: str) -> None:
    """What is offered while somebody types holds nothing of theirs that could do harm."""
    for command, option in (("ask", "question"), ("list", "of"), ("list", "what"), ("changes", "since")):
        for choice in await world.alice.autocomplete(world.channel, command, option, HOSTILE[name]):
            assert 1 <= len(choice["name"].encode("utf-16-le")) // 2 <= 100
            assert not BIDI & set(choice["name"])
            assert "@everyone" not in choice["name"]


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_form_that(world: World, name: str) -> None:
    """A follow-up is a question like any other; a report is kept as it was written, and handed back as it was."""
    text = HOSTILE[name]
    answer = shown(await world.ask(world.alice, "does pakistan recognise armenia?"))
    assert_harmless(shown(await world.follow(world.bob, answer, text[:500])))
    form = await world.press(world.bob, answer, "Report")
    assert_harmless(shown(await world.bob.submit_modal(form, {"what": text[:1500], "source": text[:500]})))
    handed = await world.press(world.bob, await world.bob.slash(world.channel, "privacy"), "Give me a copy")
    _, file = await file_of(handed)
    assert '"proposals"' in file


@pytest.mark.parametrize("characters", [2000, 2001, 4000, 6000])
async def test_a_question_too_long_is_not_cut_and_answered(world: World, characters: int) -> None:
    """The lost end may hold the *not*; the card that says so stays within limits."""
    start, end = "does pakistan recognise armenia ", " not?"
    text = start + "x" * (characters - len(start) - len(end)) + end
    answer = shown(await world.ask(world.alice, text))
    assert "Not understood" in texts(answer)
    assert_harmless(answer)


async def test_a_name_of_a_person_is_never_shown(world: World) -> None:
    """Display names and nicknames are text of strangers too."""
    user = world.env.create_user("x", global_name="@everyone [a](https://evil.example)")
    person = world.guild.add_member(user, nick="\u202e@here <@123456789012345678>")
    answer = await world.mention(person, "blah")
    assert answer is not None
    assert "evil" not in texts(answer)
    assert "here" not in texts(answer)


async def test_a_mention_of_others_reads_as_words(world: World) -> None:
    """Naming a person in a question pings nobody; the question is not answered as if the name were not there."""
    answer = await world.mention(world.alice, f"does <@{world.bob.id}> recognise armenia?")
    assert answer is not None
    assert "✅" not in texts(answer)
    assert_harmless(answer)


async def test_a_report_can_never_press_buttons(world: World) -> None:
    """A button's id in somebody's text is text."""
    form = await world.press(world.bob, await world.ask(world.alice, "does pakistan recognise armenia?"), "Report")
    await world.bob.submit_modal(form, {"what": f"att1d:{world.bob.id}:"})
    answer = world.own(world.channel)[0]
    ids = Counter(c["custom_id"] for c in components_of(answer) if c.get("custom_id"))
    assert ids[f"att1d:{world.alice.id}:"] == 1
    assert ids[f"att1d:{world.bob.id}:"] == 0
