"""Decks of one's own, and the files that are taken along."""

import csv
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from simcord import InteractionResult

from bot.discord_app.studying import study_decks
from bot.discord_app.studying.study_session import facts_of
from bot.state.quizzes import Round
from bot.study.deck import ask
from bot.study.schedule import Grade
from tests.discord_app.studying.learner import MEDIATION, Learner, seen
from tests.discord_app.world import World, buttons, components_of, shown, texts

pytestmark = pytest.mark.asyncio


async def raw(came: InteractionResult, ending: str) -> bytes:
    """The contents of the file with that ending, which the card names."""
    (attached,) = (file for file in shown(came).attachments if file.filename.endswith(ending))
    named = [c["file"]["url"] for c in components_of(came) if c["type"] == 13]
    assert any(attached.filename in url for url in named)  # Discord shows no other files of such a message
    return bytes(await attached.read())


# --- decks


async def test_a_deck_of_a_topic(learner: Learner) -> None:
    """Named as one likes; new cards come from it from then on."""
    made = await learner.slash("deck add", topic="mediation")
    assert made.hidden and "**Mediation** is a deck of yours now" in made.text
    assert "Mediation · new" in (await learner.press("Study it now")).text
    await learner.learn(Grade.EASY)
    listed = await learner.slash("deck show")
    assert "**Mediation**" in listed.text and "1 begun · 0 due" in listed.text
    learner.clock.passes(days=9)
    assert "1 begun · 1 due" in (await learner.slash("deck show")).text
    facts = set(learner.world.desk.makers.now().facts(MEDIATION))
    await learner.slash("now")
    for _ in range(3):
        await learner.learn(Grade.EASY)
    assert {card.fact for card in learner.cards} <= facts


async def test_a_deck_is_chosen_from_a_menu(learner: Learner) -> None:
    """Of those that one has."""
    await learner.slash("deck add", topic=MEDIATION, name="Peace")
    listed = await learner.who.slash(learner.world.channel, "study deck show")
    came = await learner.who.select(shown(listed), [str(learner.world.desk.store.cards.decks(learner.who.id)[0].id)])
    assert "Peace · new" in texts(came)


async def test_a_deck_is_dropped(learner: Learner) -> None:
    """What was learned of it stays; a button for it says that it is gone."""
    made = await learner.slash("deck add", topic=MEDIATION, name="Peace")
    await learner.press("Study it now")
    await learner.learn(Grade.GOOD)
    assert "**Peace** is gone" in (await learner.slash("deck drop", deck="peace")).text
    assert "You have none yet" in (await learner.slash("deck show")).text
    assert learner.graded == [Grade.GOOD]
    assert "not there any more" in (await learner.click(made.id_of("Study it now"))).text
    assert "no deck “peace”" in (await learner.slash("deck drop", deck="peace")).text


async def test_decks_are_one_s_own(learner: Learner) -> None:
    """Another's cannot be learned, dropped or listed."""
    made = await learner.slash("deck add", topic=MEDIATION, name="Peace")
    world = learner.world
    assert "not there any more" in (await learner.click(made.id_of("Study it now"), world.bob)).text
    assert "no deck" in texts(await world.bob.slash(world.channel, "study deck drop", deck="Peace"))
    assert "You have none yet" in texts(await world.bob.slash(world.channel, "study deck show"))


async def test_there_are_so_many_decks_at_most(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the same name takes the other's place."""
    monkeypatch.setattr(study_decks, "MOST", 2)
    for name, told in (("a", "is a deck"), ("b", "is a deck"), ("c", "2 decks at most"), ("b", "is a deck")):
        assert told in (await learner.slash("deck add", topic=MEDIATION, name=name)).text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("list", {"what": "Which states recognise …?", "of": "Kosovo"}),
        ("overview", {"a": "Turkey", "b": "Azerbaijan"}),
        ("ask", {"question": "who does not recognise israel?"}),
    ],
)
async def test_a_deck_of_an_answer(learner: Learner, command: str, options: dict[str, str]) -> None:
    """Of what a list or an overview rests on, for whoever presses, whoever asked."""
    world = learner.world
    answer = await world.bob.slash(world.channel, command, **options)
    made = seen(await world.press(world.alice, answer, "Study these"))
    assert made.hidden and "is a deck of yours now" in made.text
    (deck,) = world.desk.store.cards.decks(world.alice.id)
    assert f"**{deck.name}**".replace("?", "") in made.text.replace("\\", "").replace("?", "")
    facts = facts_of(world.desk.makers.now(), deck.origin)
    assert len(facts) >= 3 and all(fact in world.desk.engine.kb for fact in facts)
    learner.last = made
    assert "· new" in (await learner.press("Study it now")).text
    assert learner.card.fact in facts


async def test_what_was_missed_in_a_quiz(learner: Learner) -> None:
    """It is among one's cards, and may be a deck, for who missed it alone."""
    world, channel, store = learner.world, learner.world.channel.id, learner.world.desk.store.quizzes
    making = world.desk.makers.now()
    fact = next(fact for fact in making.facts(MEDIATION) if ask(making.maker, fact, "stand"))
    missed = Round(MEDIATION, 1, [(world.alice.id, 0, 1)], {world.alice.id: [f"{fact}.stand"]})
    store.begin(channel, world.guild.id, world.bob.id, {}, learner.clock())
    number = store.end(channel, missed, learner.clock())
    came = await learner.click(f"attq1:missed:{number}:")
    assert "1 question that you missed is among your cards" in came.text
    assert "only what you missed" in (await learner.click(came.id_of("Study now"))).text
    assert [card.fact for card in learner.cards] == [fact]
    made = await learner.click(came.id_of("Make a deck"))
    assert "**Missed in a quiz, 22 November 2026** is a deck of yours now, of 1 fact." in made.text
    assert "You missed nothing" in (await learner.click(came.id_of("Make a deck"), world.bob)).text


async def test_few_facts_are_no_deck(world: World) -> None:
    """Under a plain answer there is no such button."""
    assert "Study these" not in buttons(await world.ask(world.alice, "does pakistan recognise armenia?"))


# --- progress


async def test_progress_is_a_picture_and_words(learner: Learner) -> None:
    """The words are the picture's alternative text, too."""
    assert "No cards yet" in (await learner.slash("progress")).text
    await learner.now()
    await learner.learn(Grade.EASY)
    came = await learner.slash("progress")
    assert came.hidden and "1 card: 1 learned" in came.text
    (gallery,) = (c for c in components_of(came.came) if c["type"] == 12)
    (item,) = gallery["items"]
    assert "1 card: 1 learned" in item["description"]
    (attached,) = shown(came.came).attachments
    assert attached.filename == "progress.png"
    assert (await attached.read())[:8] == b"\x89PNG\r\n\x1a\n"
    assert "Your cards · new" in (await learner.press("Study now")).text


# --- files


async def test_cards_for_a_spreadsheet(learner: Learner) -> None:
    """Those that one learns here, unless a topic is chosen."""
    assert "no cards yet" in (await learner.slash("export", format="CSV")).text
    await learner.now()
    await learner.learn(Grade.GOOD)
    came = await learner.slash("export", format="CSV")
    rows = list(csv.DictReader(io.StringIO((await raw(came.came, ".csv")).decode("utf-8-sig"))))
    assert sorted(row["key"] for row in rows) == sorted(card.key for card in learner.cards)
    assert all(row["question"] and row["answer"] and row["as_of"] and row["sources"] for row in rows)
    assert came.hidden and "2 cards: the cards that you learn here" in came.text


async def test_cards_for_anki(learner: Learner, tmp_path: Path) -> None:
    """Of a topic, or of a deck: the same cards, under the same guids."""
    await learner.slash("deck add", topic=MEDIATION, name="Peace")
    guids = []
    for options in ({"topic": MEDIATION}, {"deck": "Peace"}):
        came = await learner.slash("export", format="Anki", **options)
        (tmp_path / "cards.apkg").write_bytes(await raw(came.came, ".apkg"))
        with zipfile.ZipFile(tmp_path / "cards.apkg") as package:
            package.extract("collection.anki2", tmp_path)
        with sqlite3.connect(tmp_path / "collection.anki2") as collection:
            guids.append({guid for (guid,) in collection.execute("SELECT guid FROM notes")})
        collection.close()
        assert f"{len(guids[-1])} cards" in came.text
    assert guids[0] == guids[1] and len(guids[0]) > 10


async def test_an_export_is_given_up_when_the_bot_ends(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not keep the process alive."""
    monkeypatch.setattr(learner.world.bot, "is_closed", lambda: True)
    assert "being restarted" in (await learner.slash("export", format="CSV", topic=MEDIATION)).text


async def test_what_is_too_big_is_told(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord would refuse it."""
    monkeypatch.setattr("bot.discord_app.studying.export_command.FILES", 100)
    assert "more than Discord takes" in (await learner.slash("export", format="CSV", topic=MEDIATION)).text
