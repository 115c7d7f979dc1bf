"""What to work on, and what is told beside: `/stale`, `/gaps`, `/kb`, the audit line, the digest."""

import datetime

import pytest

from bot.discord_app.curating import notices
from tests.discord_app.curating.hands import PAGE, Hands
from tests.discord_app.world import NOW, buttons, shown, texts

pytestmark = pytest.mark.asyncio


async def test_stale_facts_are_worked_on_from_the_list(hands: Hands) -> None:
    """Paged; a button begins the change."""
    listed = await hands.slash(hands.ada, "stale")
    before = hands.told(listed)
    assert "days over" in before
    await hands.press(hands.ada, listed, "Next")
    assert hands.told(listed) != before
    message = shown(listed)
    first = next(c for c in _buttons(hands, message) if c["label"] == "Confirm…")
    form = await hands.ada.click(message, custom_id=str(first["custom_id"]))
    preview = await hands.fill(hands.ada, form, **PAGE)
    assert "Confirm" in hands.told(preview)
    assert "as_of" in hands.told(preview)


def _buttons(hands: Hands, message: object) -> list[dict[str, object]]:
    from tests.discord_app.world import BUTTON, components_of

    return [c for c in components_of(hands.now(message)) if c["type"] == BUTTON]  # type: ignore[arg-type]


async def missed(hands: Hands, *questions: str) -> None:
    """Questions asked in vain, in a server that lets their words be kept."""
    world = hands.world
    await world.moderator.slash(world.channel, "server keep", words=True)
    for question in questions:
        await world.ask(world.alice, question)
    await world.desk.written()


async def test_a_gap_becomes_a_fact(hands: Hands) -> None:
    """What was asked is filled in already."""
    await missed(hands, "does fiji have an embassy in peru?")
    listed = await hands.slash(hands.ada, "gaps")
    assert "nothing on file" in hands.told(listed)
    (gap,) = hands.world.desk.gaps.find()
    one = await hands.choose(hands.ada, listed, gap.key)
    form = await hands.press(hands.ada, one, "Add the fact")
    preview = await hands.fill(hands.ada, form, **PAGE)
    form = await hands.press(hands.ada, preview, "Dates")
    preview = await hands.fill(hands.ada, form, since="2019")
    await hands.press(hands.ada, preview, "Save")
    assert "Fiji has an embassy in Peru" in await hands.answer("does fiji have an embassy in peru?")
    assert "Nothing" in hands.told(await hands.slash(hands.ada, "gaps"))


async def test_a_gap_becomes_a_name(hands: Hands) -> None:
    """Of an entity; refused if it collides, saved if not."""
    await missed(hands, "does zorblax recognise armenia?")
    (gap,) = hands.world.desk.gaps.find()
    one = await hands.choose(hands.ada, await hands.slash(hands.ada, "gaps"), gap.key)
    form = await hands.press(hands.ada, one, "Add a name")
    assert "zorblax" in str(form.modal)
    preview = await hands.fill(hands.ada, form, entity="Pakistan", name="Zorblax", reason="so it is called")
    await hands.press(hands.ada, preview, "Save")
    assert "31 August 2025" in await hands.answer("does zorblax recognise armenia?")


async def test_a_gap_becomes_a_way_to_ask(hands: Hands) -> None:
    """Choose what was meant; the line, what it reads and whether it may be saved are shown."""
    await missed(hands, "is there a diplomatic handshake from pakistan to armenia?")
    (gap,) = hands.world.desk.gaps.find()
    one = await hands.choose(hands.ada, await hands.slash(hands.ada, "gaps"), gap.key)
    assert "Teach a wording" in hands.told(one)
    intent = next(
        choice.intent for choice in hands.world.desk.gaps.intents(gap) if choice.intent == "recognition.whether"
    )
    taught = await hands.choose(hands.ada, one, intent)
    assert "{subject}" in hands.told(taught) or "\\{subject" in hands.told(taught)
    assert "Reads it as: Does Pakistan recognise Armenia" in hands.told(taught)
    waits = [r.json for r in hands.world.requests("POST", ".*/callback") if "takes a few seconds" in str(r.json)]
    assert len(waits) == 1  # said at once, in place of the list
    await hands.press(hands.ada, taught, "Save")
    assert "31 August 2025" in await hands.answer("is there a diplomatic handshake from pakistan to armenia?")


async def test_a_gap_is_put_aside_and_taken_back(hands: Hands) -> None:
    """For good, until somebody thinks better of it."""
    await missed(hands, "does zorblax recognise armenia?")
    (gap,) = hands.world.desk.gaps.find()
    one = await hands.choose(hands.ada, await hands.slash(hands.ada, "gaps"), gap.key)
    await hands.press(hands.ada, one, "Not for us")
    assert "Nothing" in hands.told(await hands.slash(hands.ada, "gaps"))
    aside = await hands.slash(hands.ada, "gaps", aside=True)
    one = await hands.choose(hands.ada, aside, gap.key)
    await hands.press(hands.ada, one, "For us after all")
    assert "zorblax" in hands.told(await hands.slash(hands.ada, "gaps"))


async def test_every_change_is_told_in_the_audit_channel(hands: Hands) -> None:
    """One quiet line; none where it is off."""
    world = hands.world
    log = world.guild.create_text_channel("log")
    assert "in one quiet line" in texts(await world.moderator.slash(world.channel, "server audit", channel=log))
    preview = await hands.end(hands.ada)
    await hands.press(hands.ada, preview, "Save")
    (line,) = world.own(log)
    assert "ada" in texts(line)
    assert "it was withdrawn" in texts(line)
    assert texts(line).startswith("-# ")
    assert "Off" in texts(await world.moderator.slash(world.channel, "server audit"))
    await hands.press(hands.ada, preview, "Undo")
    assert len(world.own(log)) == 1


async def test_a_server_that_throws_the_bot_out_is_told_nothing_any_more(hands: Hands) -> None:
    """Its channels for notices are forgotten."""
    world, store = hands.world, hands.world.desk.store
    await world.moderator.slash(world.channel, "server audit", channel=world.channel)
    assert store.notices.get(world.guild.id, "audit") == world.channel.id
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    await world.bot.on_guild_remove(guild)
    assert store.notices.all("audit") == []


async def test_the_digest_goes_out_once_a_week(hands: Hands) -> None:
    """By the clock of the desk; off until a moderator says where to."""
    world, desk = hands.world, hands.world.desk
    await notices.send_due(world.bot, desk)
    assert world.own(world.channel) == []
    await world.moderator.slash(world.channel, "server digest", channel=world.channel)
    counts = []
    for days in (0, 1, 6, 7, 8, 14):
        desk.now = lambda days=days: NOW + datetime.timedelta(days=days)  # type: ignore[misc]
        await notices.send_due(world.bot, desk)
        counts.append(len(world.own(world.channel)))
    assert counts == [1, 1, 1, 2, 2, 3]
    assert "To look at again" in texts(world.own(world.channel)[0])


@pytest.mark.parametrize(("name", "said"), [("kb check", "0 errors"), ("kb stats", "recognition")])
async def test_kb_shows_what_the_command_line_shows(hands: Hands, name: str, said: str) -> None:
    """As text, or as a file where it is long."""
    came = shown(await hands.slash(hands.ada, name))
    told = texts(came)
    if not told.strip():
        (attached,) = came.attachments
        told = (await attached.read()).decode()
    assert said in told


async def test_all_buttons_are_labelled(hands: Hands) -> None:
    """A fact's card offers each of the actions."""
    card = await hands.slash(hands.ada, "fact show", fact="does pakistan recognise armenia?")
    assert set(buttons(hands.now(shown(card)))) == {"Correct…", "End…", "Dispute…", "Confirm…", "Retire…", "History"}
