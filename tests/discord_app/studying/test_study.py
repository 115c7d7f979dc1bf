"""Cards of one's own, as people learn them: a question, its answer, a grade, and the next one."""

import asyncio
import random

import pytest
from fsrs import Card, Rating, Scheduler

from bot.discord_app.studying.study_ids import Press, Verb, held_of, read
from bot.discord_app.studying.study_session import Session
from bot.state.problems import StateError
from bot.study.deck import NEW_A_DAY
from bot.study.phrases import Phrases
from bot.study.schedule import Grade
from tests.discord_app.studying.learner import MEDIATION, Learner
from tests.discord_app.world import NOW, World, shown, texts

pytestmark = pytest.mark.asyncio


async def test_a_card_from_question_to_grade(learner: Learner) -> None:
    """The question with its choices; what is right, the date and the sources; four grades with their waits."""
    question = await learner.now()
    assert question.hidden
    assert "Mediation · new" in question.text
    assert len(question.ids(Verb.CHOOSE)) in (2, 3, 4)
    assert list(question.buttons)[-2:] == ["Show the answer", "Don't ask again"]
    answer = await learner.press("Show the answer")
    assert "✅" in answer.text and "As of" in answer.text and "https://" in answer.text
    grades = [label for label in answer.buttons if " · " in label]
    assert grades == ["Again · 1 minute", "Hard · 6 minutes", "Good · 10 minutes", "Easy · 8 days"]
    assert answer.primary == ["Good · 10 minutes"]
    onward = await learner.press("Good")
    assert learner.graded == [Grade.GOOD]
    assert "new" in onward.text and onward.text != question.text
    assert onward.id == question.id  # one message, not one for each card


async def test_a_choice_says_whether_it_was_right(learner: Learner) -> None:
    """And sets off the grade that goes with it; which one it is, everybody says for themselves."""
    question = await learner.now()
    key = learner.card.key
    asked = learner.world.desk.makers.now().maker.again(key, random.Random(key))  # noqa: S311
    assert asked
    for place, id_ in question.ids(Verb.CHOOSE).items():
        answer = await learner.click(id_)
        right = (place,) == asked.right
        assert ("✅ Right!" if right else f"❌ You chose **{asked.choices[place]}**") in answer.text
        assert answer.primary[0].startswith("Good" if right else "Again")
    assert learner.graded == []


async def test_a_second_click_does_not_grade_twice(learner: Learner) -> None:
    """Whichever grade it is; it goes on as the first one did."""
    await learner.now()
    answer = await learner.press("Show the answer")
    first = await learner.press("Easy")
    for label in ("Easy", "Again"):
        assert (await learner.click(answer.id_of(label))).text == first.text
    assert learner.graded == [Grade.EASY]


async def test_two_clicks_at_once_do_not_grade_twice(learner: Learner) -> None:
    """Whichever of them comes first."""
    await learner.now()
    answer, desk = await learner.press("Show the answer"), learner.world.desk
    found = read(answer.id_of("Good"))
    assert isinstance(found, Press)
    held, making = held_of(found.word), desk.makers.now()
    session = Session(desk, making, learner.who.id, held.scope, learner.clock(), random.Random(1))  # noqa: S311
    grades = (Grade.GOOD, Grade.HARD, Grade.EASY)
    came = await asyncio.gather(*(asyncio.to_thread(session.grade, held, grade) for grade in grades))
    assert sorted(came) == [False, False, True]
    assert len(learner.graded) == 1


async def test_an_old_question_is_not_answered_again(learner: Learner) -> None:
    """Its card was graded since, and is not due: what is up now is shown instead."""
    question = await learner.now()
    onward = await learner.learn(Grade.GOOD)
    for id_ in question.ids(Verb.CHOOSE).values():
        assert (await learner.click(id_)).text == onward.text


async def test_a_restart_loses_nothing(learner: Learner) -> None:
    """Neither between question and answer, nor between answer and grade."""
    question = await learner.now()
    await learner.world.restart()
    assert "As of" in (await learner.press("Show the answer")).text
    await learner.world.restart()
    onward = await learner.press("Hard")
    assert learner.graded == [Grade.HARD]
    assert onward.id == question.id


async def test_a_stranger_s_click_is_about_the_stranger(learner: Learner) -> None:
    """Nobody sees or grades another's cards, even where a message should be seen by all."""
    question = await learner.now()
    answer = await learner.press("Show the answer")
    ids = [question.id_of("Show"), answer.id_of("Good"), answer.id_of("Don't ask")]
    before = learner.cards
    for id_ in (*question.ids(Verb.CHOOSE).values(), *ids):
        came = await learner.click(id_, learner.world.bob)
        assert came.hidden and "This is not one of your cards" in came.text
    assert learner.cards == before and learner.graded == []
    assert learner.world.desk.store.cards.all(learner.world.bob.id) == []


async def test_only_what_was_missed(learner: Learner) -> None:
    """Until it is known."""
    await learner.now()
    await learner.learn(Grade.GOOD)
    asked = (await learner.press("Show the answer")).text.splitlines()[1]
    await learner.press("Again")
    again = await learner.now(missed=True)
    assert "only what you missed" in again.text and asked.strip("# ") in again.text
    assert "Nothing that you missed is left" in (await learner.learn(Grade.GOOD)).text


async def test_a_day_has_an_end(learner: Learner) -> None:
    """After so many new cards, unless somebody wants more; when the next ones come is told."""
    await learner.now()
    for number in range(NEW_A_DAY):
        assert len(learner.cards) == number + 1
        done = await learner.learn(Grade.EASY)
    assert f"You have had the {NEW_A_DAY} new cards of a day" in done.text
    assert f"{NEW_A_DAY} cards come up again" in done.text and "<t:" in done.text
    assert "Done for now" in (await learner.press("Look again")).text
    assert "Mediation · new" in (await learner.press("More new cards")).text
    assert len(learner.cards) == NEW_A_DAY + 1
    learner.clock.passes(days=9)
    assert f"due · {NEW_A_DAY - 1} more due" in (await learner.now()).text


async def test_a_changed_fact_says_so(learner: Learner) -> None:
    """Its card is due at once, above all others, until it is graded."""
    await learner.now()
    await learner.learn(Grade.EASY)
    cards = learner.world.desk.store.cards
    fact = next(card.fact for card in learner.cards if card.last is not None)
    learner.clock.passes(minutes=1)
    cards.note_changes({**learner.world.desk.makers.now().digests, fact: "what it said before"}, learner.clock())
    question = await learner.now()
    assert "This changed on 22 November 2026" in question.text and "due" in question.text
    assert "This changed on 22 November 2026" in (await learner.press("Show the answer")).text
    assert "This changed" not in (await learner.press("Good")).text


async def test_a_withdrawn_fact_is_not_asked(learner: Learner) -> None:
    """Neither where its card was up, nor later."""
    question = await learner.now()
    digests = dict(learner.world.desk.makers.now().digests)
    del digests[learner.card.fact]
    learner.world.desk.makers.now().__dict__["digests"] = digests
    came = await learner.press("Show the answer")
    assert question.text.splitlines()[1] not in came.text and "new" in came.text


async def test_a_card_can_be_put_aside(learner: Learner) -> None:
    """For good, as long as its fact stays the same."""
    asked = (await learner.now()).text.splitlines()[1]
    onward = await learner.press("Don't ask again")
    assert asked not in onward.text
    assert [card.retired for card in sorted(learner.cards, key=lambda card: not card.retired)] == [True, False]


async def test_direct_messages_are_plain(learner: Learner) -> None:
    """There is nobody else to see them; the message changes in its place."""
    person = learner.who.user
    question = await person.slash("study now", topic=MEDIATION)
    assert not shown(question).ephemeral
    answer = await learner.world.press(person, question, "Show the answer")
    assert shown(answer).id == shown(question).id and "As of" in texts(answer)
    await learner.world.press(person, answer, "Good")
    assert learner.graded == [Grade.GOOD]


@pytest.mark.parametrize("options", [{"topic": "Atlantis"}, {"deck": "Mine"}, {"topic": MEDIATION, "deck": "Mine"}])
async def test_what_is_not_there_is_told(learner: Learner, options: dict[str, str]) -> None:
    """Privately, and with what there is."""
    came = await learner.now(**options)
    assert came.hidden
    assert any(told in came.text for told in ("no topic “Atlantis”", "no deck “Mine”", "not both"))


@pytest.mark.parametrize("typed", ["mediation", "Mediation", "pakistan", "Pakisten"])
async def test_a_topic_may_be_typed(learner: Learner, typed: str) -> None:
    """By its title, or as somebody's name."""
    assert "· new" in (await learner.now(topic=typed)).text


async def test_topics_and_decks_are_offered(learner: Learner) -> None:
    """Of decks, those of the person who types."""
    await learner.slash("deck add", topic=MEDIATION, name="For the exam")
    world = learner.world
    offered = await learner.who.autocomplete(world.channel, "study now", "topic", "medi")
    assert MEDIATION in [choice["value"] for choice in offered]
    offered = await learner.who.autocomplete(world.channel, "study now", "deck", "exam")
    assert [choice["name"] for choice in offered] == ["For the exam"]
    assert await world.bob.autocomplete(world.channel, "study now", "deck", "") == []
    assert "For the exam · new" in (await learner.now(deck=offered[0]["value"])).text


@pytest.mark.parametrize("seed", range(3))
async def test_any_grades_leave_the_schedule_of_the_library(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:  # fmt: skip
    """Of one card, graded whenever it is due or later. Today's facts serve all the time: old ones would sleep."""
    monkeypatch.setattr(learner.world.desk.makers, "_today", lambda: NOW.date())
    dice, scheduler = random.Random(seed), Scheduler(enable_fuzzing=False)  # noqa: S311
    await learner.slash("deck add", topic=MEDIATION)
    await learner.now(topic=MEDIATION)
    expected = Card(card_id=0, due=learner.clock())
    for _ in range(8):
        grade = dice.choice(list(Grade))
        expected, _ = scheduler.review_card(expected, Rating(grade), learner.clock())
        await learner.learn(grade)
        card = next(card for card in learner.cards if card.last is not None)
        kept = (card.state, card.step, card.stability, card.difficulty, card.due, card.last)
        of = expected
        assert kept == (int(of.state), of.step, of.stability, of.difficulty, of.due, of.last_review)
        for other in learner.cards:  # new ones would come between
            if other.last is None:
                learner.world.desk.store.cards.remove(learner.who.id, [other.key])
        learner.clock.now = expected.due
        learner.clock.passes(minutes=dice.randrange(0, 5000))
        await learner.now(topic=MEDIATION)


@pytest.mark.faulty
async def test_a_state_that_fails_is_told(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is graded, and it can be tried again."""
    await learner.now()
    answer = await learner.press("Show the answer")

    def broken(*_: object) -> None:
        raise StateError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("bot.state.deck.Cards.grade", broken)
        assert "could not be read" in (await learner.press("Good")).text
    await learner.click(answer.id_of("Good"))
    assert learner.graded == [Grade.GOOD]


async def test_without_words_nothing_is_asked(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A knowledge base need not have any."""
    monkeypatch.setattr(Phrases, "there", property(lambda _: False))
    assert "no words for questions" in (await learner.slash("now")).text


@pytest.mark.parametrize("custom_id", ["atts1:grade:9:x", "atts1:choose::", "atts2:next::", "atts1:next::zz", "atts"])
async def test_a_strange_button_is_told(world: World, custom_id: str) -> None:
    """One of another version, or damaged."""
    came = await world.alice.click(world.plant(custom_id), custom_id=custom_id)
    told = "comes from another version" in texts(came) if came.response else not came.acknowledged
    assert told
