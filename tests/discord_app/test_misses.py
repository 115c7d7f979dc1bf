"""A question that was not understood is noted; its words only where a server lets them be kept, and never who asked."""

import datetime
import json
import re

import pytest
from sqlalchemy import text as sql

from tests.discord_app.world import World, shown, texts

pytestmark = pytest.mark.asyncio

MISS = "what about the price of fish"


async def keep(world: World, words: bool) -> str:
    """`/server keep` by the moderator."""
    return texts(await world.moderator.slash(world.channel, "server keep", words=words))


def counted(world: World) -> int:
    """How many misses were noted today."""
    return world.desk.store.missed_count(world.desk.now() - datetime.timedelta(days=1))


def stored(world: World) -> str:
    """All that is in the table of misses."""
    with world.desk.store._engine.connect() as connection:
        rows = connection.execute(sql("SELECT * FROM missed_questions")).mappings().all()
    return json.dumps([dict(row) for row in rows], default=str)


async def test_a_miss_is_noted_without_its_words(world: World) -> None:
    """Where nobody allowed more; and the card says so."""
    answer = await world.mention(world.alice, MISS)
    assert answer is not None
    assert "your words are not kept" in texts(answer)
    assert counted(world) == 1
    assert "fish" not in stored(world)
    assert str(world.alice.id) not in stored(world)


@pytest.mark.parametrize("text", ["thanks!", "Good morning", "ok, thanks :)", "THANK YOU"])
async def test_thanks_are_no_miss(world: World, text: str) -> None:
    """Nothing was asked: how to ask is told, and nothing noted."""
    answer = await world.mention(world.alice, text)
    assert answer is not None
    assert "Ask me a question in plain words" in texts(answer)
    asked = await world.ask(world.alice, text)
    assert "Nothing asked" in texts(asked)
    assert "Noted" not in texts(asked)
    assert counted(world) == 0


async def test_the_words_are_kept_where_a_server_lets_them(world: World) -> None:
    """With nobody's id, not even one that is written in them; and the card says so."""
    assert "without who asked" in await keep(world, True)
    answer = await world.mention(world.alice, f"{MISS} asks <@{world.bob.id}>")
    assert answer is not None
    assert "curators see" in texts(answer)
    (missed,) = world.desk.store.missed(world.guild.id)
    assert MISS in missed.text
    assert not re.search(r"\d{15}", missed.text)
    assert str(world.alice.id) not in stored(world)
    assert str(world.bob.id) not in stored(world)


@pytest.mark.parametrize("way", ["slash", "private", "form", "mention"])
async def test_every_way_to_ask_is_noted_once(world: World, way: str) -> None:
    """A miss is a miss, however it was asked."""
    await keep(world, True)
    if way == "mention":
        await world.mention(world.alice, MISS)
    elif way == "form":
        answer = await world.ask(world.alice, "does pakistan recognise armenia?")
        await world.follow(world.alice, answer, MISS)
    else:
        await world.ask(world.alice, MISS, private=way == "private")
    assert [missed.text for missed in world.desk.store.missed(world.guild.id)] == [MISS]


async def test_direct_messages_and_other_servers_are_not_kept(world: World) -> None:
    """One server's word holds for that server."""
    await keep(world, True)
    await world.direct(world.alice.user, MISS)
    lobby = world.elsewhere.channels["lobby"]
    guest = world.elsewhere.add_member(world.env.create_user("somebody"))
    await guest.slash(lobby, "ask", question=MISS)
    assert counted(world) == 2
    assert "fish" not in stored(world)


async def test_opting_out_deletes_what_was_kept(world: World) -> None:
    """At once; how many is told; and no more is kept, here alone."""
    await keep(world, True)
    await world.mention(world.alice, MISS)
    await world.mention(world.bob, MISS)
    assert "2 kept ones deleted" in await keep(world, False)
    assert "fish" not in stored(world)
    await world.mention(world.alice, MISS)
    assert "fish" not in stored(world)
    assert counted(world) == 3


async def test_the_choice_outlives_a_restart(world: World) -> None:
    """It is stored."""
    await keep(world, True)
    await world.restart()
    await world.mention(world.alice, MISS)
    assert len(world.desk.store.missed(world.guild.id)) == 1


async def test_what_was_understood_is_counted_without_words(world: World) -> None:
    """By its query, alike however it was worded, and by nobody."""
    await keep(world, True)
    await world.mention(world.alice, "does pakistan recognise armenia?")
    await world.ask(world.bob, "has pakistn recognized armenia")
    assert list(world.desk.store.question_counts(world.desk.today()).values()) == [2]
    assert counted(world) == 0


async def test_a_question_with_nothing_on_file_is_counted(world: World) -> None:
    """Curators see what is asked for and missing; that is what the card says."""
    answer = await world.ask(world.alice, "does fiji sell arms to malta?")
    assert "Noted, so that curators see" in texts(answer)
    (key,) = world.desk.store.question_counts(world.desk.today())
    assert "fiji" in key


async def test_an_unclear_question_is_not_a_miss(world: World) -> None:
    """Who is asked back will choose."""
    await keep(world, True)
    await world.ask(world.alice, "does congo recognise kosovo?")
    assert counted(world) == 0


async def test_the_log_never_holds_words_or_people(world: World) -> None:
    """Neither of a miss nor of an answer."""
    await keep(world, True)
    await world.mention(world.alice, MISS)
    await world.ask(world.alice, "does pakistan recognise armenia?")
    await world.direct(world.alice.user, "swordfish")
    for word in ("fish", "armenia", str(world.alice.id), "alice"):
        assert word not in world.log.text.lower()
    assert len(world.log.lines("asked")) == 3


async def test_keep_tells_privately(world: World) -> None:
    """What moderators decide is between them and the bot."""
    assert shown(await world.moderator.slash(world.channel, "server keep", words=True)).ephemeral
