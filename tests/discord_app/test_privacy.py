"""Everybody sees what is stored about them, can take it along, and can have it forgotten without a trace."""

import json

import pytest
from simcord import InteractionResult
from sqlalchemy import text as sql

from bot.state.models import Base
from bot.state.store import Store
from tests.discord_app.world import World, file_of, shown, texts

pytestmark = pytest.mark.asyncio

LONG = "did the united arab emirates and bosnia and herzegovina have diplomatic relations before 12 march 1994?"


def everything(store: Store) -> str:
    """All rows of all tables."""
    with store._engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        rows = [dict(row) for t in tables for row in connection.execute(sql(f"SELECT * FROM {t.name}")).mappings()]  # noqa: S608
    return json.dumps(rows, default=str)


async def leave_traces(world: World) -> None:
    """The moderator does all of which anything is kept; another person is mentioned by id in a report."""
    person = world.moderator
    await person.slash(world.channel, "channel mode", mode="mention")
    await person.slash(world.channel, "server keep", words=True)
    answer = await world.ask(person, LONG)
    form = await world.press(person, answer, "Report")
    await person.submit_modal(form, {"what": "my report"})
    form = await world.press(world.bob, answer, "Report")
    await world.bob.submit_modal(form, {"what": f"<@{person.id}> told me"})
    await world.mention(world.bob, f"what does <@{person.id}> think of fish")


async def privacy(world: World) -> InteractionResult:
    """`/privacy` of the moderator."""
    return await world.moderator.slash(world.channel, "privacy")


async def test_nothing_is_stored_of_who_did_nothing(world: World) -> None:
    """A plain question leaves nothing with a name."""
    await world.ask(world.alice, "does pakistan recognise armenia?")
    await world.mention(world.alice, "blah")
    card = await world.alice.slash(world.channel, "privacy")
    assert shown(card).ephemeral
    assert "Nothing is stored about you" in texts(card)
    assert str(world.alice.id) not in everything(world.desk.store)


async def test_what_is_stored_is_shown(world: World) -> None:
    """One line for each kind."""
    await leave_traces(world)
    told = texts(await privacy(world))
    for kind in ("buttons need your question", "Reports of mistakes", "Switches of channels", "Switches of servers"):
        assert kind in told
    assert "Places where others wrote your id: 1" in told


async def test_it_is_exported_as_json(world: World) -> None:
    """A private file with the same, to read or to take along."""
    await leave_traces(world)
    handed = await world.press(world.moderator, await privacy(world), "Give me a copy")
    assert shown(handed).ephemeral
    name, text = await file_of(handed)
    assert name.endswith(".json")
    held = json.loads(text)
    assert held["user"] == str(world.moderator.id)
    assert "my report" in held["proposals"][0]["text"]
    assert held["answers"][0]["query"]
    assert held["channel_modes"][0]["mode"] == "mention"
    assert len(held["opt_ins"]) == 1


async def test_an_export_holds_nobody_else(world: World) -> None:
    """Only who presses is told, whoever's card the button is on."""
    await leave_traces(world)
    handed = await world.press(world.bob, await world.bob.slash(world.channel, "privacy"), "Give me a copy")
    _, text = await file_of(handed)
    assert "my report" not in text
    assert json.loads(text)["user"] == str(world.bob.id)


async def test_forgetting_asks_first(world: World) -> None:
    """One press too many deletes nothing."""
    await leave_traces(world)
    before = everything(world.desk.store)
    asked = await world.press(world.moderator, await privacy(world), "Forget me")
    assert "Forget you?" in texts(asked)
    assert everything(world.desk.store) == before


async def test_forgetting_leaves_no_trace(world: World) -> None:
    """In no table, nor in what the process remembers; what was set stays set, what was reported stays a report."""
    await leave_traces(world)
    person = world.moderator
    assert str(person.id) in everything(world.desk.store)
    asked = await world.press(person, await privacy(world), "Forget me")
    done = await world.press(person, asked, "Yes, forget me")
    assert shown(done).ephemeral
    assert "none is left" in texts(done)
    assert str(person.id) not in everything(world.desk.store)
    assert str(person.id) not in repr(world.desk.recent)
    assert str(person.id) not in repr(world.desk.cooldown)
    assert world.desk.store.channel_mode(world.channel.id) == "mention"
    assert len(world.desk.store.proposals.all()) == 2
    assert "my report" not in everything(world.desk.store)
    assert "Nothing is stored about you" in texts(await privacy(world))


@pytest.mark.settings(cooldown_questions=2)
async def test_forgetting_forgets_cooldowns_and_follow_ups(world: World) -> None:
    """What is in memory alone is about somebody, too."""
    await world.mention(world.alice, "does pakistan recognise armenia?")
    await world.mention(world.alice, "does pakistan recognise armenia?")
    await world.mention(world.alice, "does pakistan recognise armenia?")
    asked = await world.press(world.alice, await world.alice.slash(world.channel, "privacy"), "Forget me")
    await world.press(world.alice, asked, "Yes, forget me")
    assert str(world.alice.id) not in repr((world.desk.recent, world.desk.cooldown))
    answer = await world.mention(world.alice, "since when?")
    assert answer is not None
    assert "Not understood" in texts(answer)


async def test_forgetting_is_of_oneself(world: World) -> None:
    """Others keep what they have."""
    await leave_traces(world)
    asked = await world.press(world.bob, await world.bob.slash(world.channel, "privacy"), "Forget me")
    await world.press(world.bob, asked, "Yes, forget me")
    assert str(world.bob.id) not in everything(world.desk.store)
    assert "my report" in everything(world.desk.store)


async def test_privacy_works_in_direct_messages(world: World) -> None:
    """Where there is no server to ask."""
    card = await world.alice.user.slash("privacy")
    asked = await world.press(world.alice.user, card, "Forget me")
    assert "none is left" in texts(await world.press(world.alice.user, asked, "Yes, forget me"))


@pytest.mark.settings(operator_contact="Ada, ada@example.org")
async def test_privacy_says_who_to_ask(world: World) -> None:
    """Whoever runs the bot answers for it."""
    assert "Ada" in texts(await world.alice.slash(world.channel, "privacy"))
