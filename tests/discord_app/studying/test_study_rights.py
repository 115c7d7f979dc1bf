"""The table of who may do what with cards is held to; what learning leaves is shown, exported and forgotten."""

import json

import pytest

from bot.discord_app import limits
from bot.discord_app.pages import _KEPT, privacy_card
from bot.discord_app.studying.study_ids import Verb
from bot.study.schedule import Grade
from tests.discord_app.checks import check
from tests.discord_app.studying.learner import MEDIATION, Learner
from tests.discord_app.studying.study_rights import COMMANDS, ROWS, WHO
from tests.discord_app.test_privacy import everything
from tests.discord_app.world import file_of, shown, texts

pytestmark = pytest.mark.asyncio

OPTIONS: dict[str, dict[str, object]] = {
    "study deck add": {"topic": MEDIATION}, "study deck drop": {"deck": "x"}, "brief": {"of": "Maldives"},
    "study remind on": {"hour": 9, "zone": "UTC"}, "study export": {"format": "CSV"},
}  # fmt: skip


async def test_everything_is_in_the_table(learner: Learner) -> None:
    """A new command or button has to say who may."""
    every = {c.qualified_name for c in learner.world.bot.tree.walk_commands() if not hasattr(c, "walk_commands")}
    assert {name for name in every if name.split()[0] in ("study", "brief")} == set(COMMANDS)
    assert set(ROWS) - set(COMMANDS) == set(Verb.__members__)


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands(learner: Learner, name: str) -> None:
    """Everybody is shown them, and nobody is refused; what is about a person is seen by nobody else."""
    world = learner.world
    people = {"everyone": world.bob, "learner": world.alice, "elsewhere": world.guest}
    for who in WHO if name != "brief" else ("everyone",):
        person = people.get(who) or getattr(world, who)
        assert (name in person.available_commands(world.channel)) is ROWS[name][who], who
        answer = shown(await person.slash(world.channel, name, **OPTIONS.get(name, {})))
        assert "🚫" not in texts(answer) and answer.ephemeral is (name != "brief"), who


async def test_buttons(learner: Learner) -> None:
    """On the cards of one person, pressed by all."""
    world = learner.world
    people = {"everyone": world.bob, "learner": world.alice, "elsewhere": world.guest}
    await learner.slash("deck add", topic=MEDIATION, name="Peace")
    question = await learner.now()
    answer = await learner.press("Show the answer")
    ids = {
        "CHOOSE": question.ids(Verb.CHOOSE)[0], "SHOW": question.id_of("Show"), "GRADE": answer.id_of("Good"),
        "DROP": question.id_of("Don't"), "NEXT": "atts1:next::", "PROGRESS": "atts1:progress::",
    }  # fmt: skip
    for name, id_ in ids.items():
        for who, allowed in ROWS[name].items():
            if who == "learner" and name in ("GRADE", "DROP"):
                continue  # proved elsewhere; the card would be gone for the others
            came = await learner.click(id_, people.get(who) or getattr(world, who))
            assert came.hidden
            assert ("not one of your cards" not in came.text) is allowed, (name, who)


async def test_what_is_learned_is_shown_exported_and_forgotten(learner: Learner) -> None:
    """Without a trace."""
    world = learner.world
    await learner.slash("deck add", topic=MEDIATION, name="Peace")
    await learner.slash("remind on", hour=9, zone="UTC")
    await learner.now()
    await learner.learn(Grade.GOOD)
    privacy = await world.alice.slash(world.channel, "privacy")
    for kind in ("Cards that you learn", "Grades that you gave", "Decks of your own", "Reminders that you asked"):
        assert kind in texts(privacy)
    _, text = await file_of(await world.press(world.alice, privacy, "Give me a copy"))
    held = json.loads(text)
    assert len(held["study_cards"]) == 2 and held["study_reviews"][0]["grade"] == Grade.GOOD
    assert held["study_decks"][0]["name"] == "Peace" and held["study_reminders"][0]["zone"] == "UTC"
    privacy = await world.alice.slash(world.channel, "privacy")
    done = await world.press(world.alice, await world.press(world.alice, privacy, "Forget me"), "Yes, forget me")
    assert "none is left" in texts(done)
    assert str(world.alice.id) not in everything(world.desk.store)
    assert "nothing" in texts(await world.alice.slash(world.channel, "privacy")).lower()


@pytest.mark.settings(operator_contact="_" * 200)
async def test_the_longest_privacy_card_fits(learner: Learner) -> None:
    """Of somebody of whom there is something of every kind."""
    card = privacy_card(learner.world.desk, {name: [None] * 9999 for name in _KEPT})
    check(card)
    assert sum(limits.size(text) for text in card.texts()) <= limits.MESSAGE_TEXT
