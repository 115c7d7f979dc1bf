"""A whole quiz, step by step: fair to late answers and ties, and going on after a restart where it was."""

import datetime
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.store import Store
from bot.study import keeping, quiz, scores
from bot.study.quiz import Answer, Ask, Finished, Left, Next, Quiz, Reveal, Revealed, Rules, Stop, Tick, Told, step
from bot.study.saved import quiz_from_json, quiz_to_json
from bot.study.seasons import season_of
from tests.study.conftest import plain

NOW = datetime.datetime(2026, 11, 22, 18, tzinfo=datetime.UTC)
GUILD, CHANNEL, HOST, ANNA, BORIS, CARL = 613425648685547541, 381870553235193857, 1, 268473310986240001, 41, 42


def at(seconds: float) -> datetime.datetime:
    """So many seconds later."""
    return NOW + datetime.timedelta(seconds=seconds)


def begun(count: int = 3, **rules: object) -> Quiz:
    """A quiz whose first question was asked at NOW; of question n, choice n is right."""
    questions = tuple(plain(f"f{number}", number % 4) for number in range(count))
    state, effects = quiz.start(Rules("anything", **rules), questions, NOW)  # type: ignore[arg-type]
    assert effects == (Ask(0, questions[0], at(20)),)
    return state


def say(
    state: Quiz, person: int, pick: int, seconds: float, number: int | None = None, now: float | None = None
) -> Quiz:
    """Answer with one choice; the state after it."""
    event = Answer(person, state.number if number is None else number, (pick,), at(seconds))
    return step(state, event, at(seconds if now is None else now))[0]


def test_a_quiz_from_beginning_to_end() -> None:
    """Asked, answered, revealed, asked again, and over."""
    state = begun(2)
    state, told = step(state, Answer(ANNA, 0, (0,), at(3)), at(3))
    assert told == (Told(ANNA, quiz.TAKEN),)
    state, told = step(state, Answer(BORIS, 0, (1,), at(4)), at(4))
    state, told = step(state, Answer(BORIS, 0, (2,), at(5)), at(5))
    assert told == (Told(BORIS, quiz.CHANGED),)
    assert step(state, Tick(), at(20)) == (state, ())
    state, (shown,) = step(state, Tick(), at(21.5))
    assert isinstance(shown, Revealed)
    assert shown.result.counts() == (1, 0, 1, 0)
    assert shown.result.right() == (ANNA,)
    assert shown.next_at == at(27.5)
    assert step(state, Tick(), at(27)) == (state, ())
    state, (ask,) = step(state, Tick(), at(27.5))
    assert ask == Ask(1, state.questions[1], at(47.5))
    state = say(state, BORIS, 1, 30)
    state, (shown, over) = step(state, Reveal(), at(31))
    assert isinstance(over, Finished)
    assert [(s.person, s.points, s.answered, s.rank) for s in over.scores] == [(BORIS, 1, 2, 1), (ANNA, 1, 1, 1)]
    assert state.phase == quiz.OVER
    for event in (Tick(), Next(), Reveal(), Stop()):
        assert step(state, event, at(60)) == (state, ())


def test_late_answers_are_fair() -> None:
    """It counts when it was sent, not when it arrived; nobody answers what was revealed."""
    state = begun()
    state = say(state, ANNA, 0, 19.9, now=21)
    assert [g.person for g in state.given] == [ANNA]
    assert step(state, Answer(BORIS, 0, (0,), at(20.1)), at(20.5))[1] == (Told(BORIS, quiz.LATE),)
    state, _ = step(state, Tick(), at(21.5))
    state, effects = step(state, Answer(CARL, 0, (0,), at(19)), at(23))
    assert effects[0] == Told(CARL, quiz.TAKEN)
    assert isinstance(effects[1], Revealed)
    assert effects[1].again
    assert [s.person for s in state.scores() if s.points] == [CARL, ANNA]
    assert step(state, Answer(BORIS, 0, (0,), at(22)), at(22))[1] == (Told(BORIS, quiz.LATE),)
    state, _ = step(state, Next(), at(24))
    assert step(state, Answer(BORIS, 0, (0,), at(19)), at(25)) == (state, (Told(BORIS, quiz.LATE),))
    assert step(state, Answer(BORIS, 1, (9,), at(25)), at(25)) == (state, (Told(BORIS, quiz.LATE),))


def test_closed_early() -> None:
    """Once as many as play have answered; what came before the end counts."""
    state = begun(players=2)
    state = say(state, ANNA, 0, 2)
    state, effects = step(state, Answer(BORIS, 0, (0,), at(3)), at(3))
    assert [type(effect) for effect in effects] == [Told, Revealed]
    assert state.results[0].closed_at == at(3)


def test_without_a_pause_somebody_says_next() -> None:
    """And the question that is open when it is stopped does not count."""
    state = begun(pause=0)
    state = say(state, ANNA, 0, 2)
    state, (shown,) = step(state, Reveal(), at(3))
    assert isinstance(shown, Revealed)
    assert shown.next_at is None
    assert step(state, Tick(), at(900)) == (state, ())
    state, _ = step(state, Next(), at(901))
    state = say(state, ANNA, 1, 902)
    state, (over,) = step(state, Stop(), at(903))
    assert isinstance(over, Finished)
    assert [(s.points, s.answered) for s in over.scores] == [(1, 1)]


def test_ties() -> None:
    """Who has the same has the same rank, and the next one is as far behind as there are before it."""
    board = scores.board([(1, 3, 5), (2, 5, 5), (3, 3, 4), (4, 0, 1)])
    assert [(s.person, s.rank) for s in board] == [(2, 1), (1, 2), (3, 2), (4, 4)]


def test_a_typed_answer_is_what_the_grader_says() -> None:
    """It may be right without being one of the choices."""
    state, _ = step(begun(), Answer(ANNA, 0, (), at(2), right=True), at(2))
    state, _ = step(state, Reveal(), at(3))
    assert state.results[0].right() == (ANNA,)
    assert state.results[0].counts() == (0, 0, 0, 0)


def test_changed_facts() -> None:
    """What is coming is asked as it is now, or not at all; an open question that changed is asked anew."""
    state = say(begun(3), ANNA, 0, 2)
    same, effects = quiz.refresh(state, lambda asked: asked, at(3))
    assert (same, effects) == (state, ())
    fewer, effects = quiz.refresh(state, lambda asked: None if asked.fact == "f1" else asked, at(3))
    assert ([asked.fact for asked in fewer.questions], fewer.given, effects) == (["f0", "f2"], state.given, ())
    other = plain("f0", 3)
    anew, effects = quiz.refresh(state, lambda asked: other if asked.fact == "f0" else asked, at(3))
    assert (anew.given, effects) == ((), (Ask(0, other, at(23)),))
    over, effects = quiz.refresh(state, lambda _asked: None, at(3))
    assert over.phase == quiz.OVER
    assert isinstance(effects[0], Finished)
    shown, _ = step(state, Reveal(), at(4))
    assert quiz.refresh(shown, lambda _asked: None, at(5))[0].questions == shown.questions[:1]
    assert isinstance(step(quiz.refresh(shown, lambda _asked: None, at(5))[0], Next(), at(6))[1][0], Finished)


EVENTS = st.lists(
    st.one_of(
        st.builds(
            lambda person, number, pick: ("answer", person, number, pick),
            st.integers(1, 5), st.integers(-1, 4), st.integers(0, 4),
        ),
        st.sampled_from(["tick", "next", "reveal", "stop", "left"]),
        st.floats(0.1, 30),
    ),
    max_size=40,
)  # fmt: skip


@given(EVENTS, st.integers(0, 12))
@settings(max_examples=200)
def test_whatever_happens(events: list[object], pause: int) -> None:
    """No event is refused, every state outlives JSON, points are never more than questions, and all ends."""
    state, seconds = begun(4, pause=pause), 0.0
    made = {"tick": Tick(), "next": Next(), "reveal": Reveal(), "stop": Stop(), "left": Left(3)}
    for event in events:
        if isinstance(event, float):
            seconds += event
            continue
        if isinstance(event, tuple):
            _, person, number, pick = event
            state, _ = step(state, Answer(person, number, (pick,), at(seconds)), at(seconds))
        else:
            state, _ = step(state, made[str(event)], at(seconds))  # type: ignore[arg-type]
        assert quiz_from_json(json.loads(json.dumps(quiz_to_json(state)))) == state
        assert all(0 <= s.points <= s.answered <= len(state.results) for s in state.scores())
        assert len(state.results) <= len(state.questions)
    for _ in range(20):
        seconds += 40
        state, _ = step(step(state, Tick(), at(seconds))[0], Next(), at(seconds))
    assert state.phase == quiz.OVER


def test_a_restart_in_the_middle(tmp_path: object) -> None:
    """Two quizzes side by side; both go on where they were, with every answer."""
    url = f"sqlite:///{tmp_path}/state.sqlite"
    one, two = begun(3), begun(2)
    with Store.open(url) as store:
        assert keeping.begin(store.quizzes, CHANNEL, GUILD, HOST, one, NOW)
        assert keeping.begin(store.quizzes, CHANNEL + 1, None, HOST, two, NOW)
        assert not keeping.begin(store.quizzes, CHANNEL, GUILD, HOST, two, NOW)
        for event, moment in (
            (Answer(ANNA, 0, (0,), at(1)), 1), (Answer(BORIS, 0, (2,), at(2)), 2), (Reveal(), 3), (Next(), 4),
            (Answer(BORIS, 1, (3,), at(5)), 5), (Answer(BORIS, 1, (1,), at(6)), 6),
        ):  # fmt: skip
            after, _ = step(one, event, at(moment))
            keeping.save(store.quizzes, CHANNEL, one, after, at(moment))
            one = after
        assert store.quizzes.turns(GUILD) == {"f0": 1, "f1": 1, "f2": 1}
    with Store.open(url) as store:
        found, lost = keeping.running(store.quizzes)
        assert lost == []
        assert [(r.channel_id, r.guild_id, r.quiz) for r in found] == [(CHANNEL, GUILD, one), (CHANNEL + 1, None, two)]
        again, (ask,) = quiz.resume(found[0].quiz, at(100))
        assert ask == Ask(1, one.questions[1], at(110))
        keeping.save(store.quizzes, CHANNEL, one, again, at(100))
        before, again = again, say(again, ANNA, 1, 105)
        keeping.save(store.quizzes, CHANNEL, before, again, at(105))
        over, _ = step(step(again, Reveal(), at(106))[0], Stop(), at(107))
        round_id = keeping.end(store.quizzes, CHANNEL, over, at(107))
        assert round_id is not None
        assert keeping.end(store.quizzes, CHANNEL, over, at(107)) is None
        season = season_of(NOW)
        assert sorted(store.quizzes.season(GUILD, season.since, season.before)) == [(BORIS, 1, 2), (ANNA, 2, 2)]
        assert store.quizzes.misses(round_id, BORIS) == ["f0.which.subject"]
        assert store.quizzes.misses(round_id, ANNA) == []
        assert [r.channel_id for r in keeping.running(store.quizzes)[0]] == [CHANNEL + 1]


def test_leaving_the_leaderboard() -> None:
    """Nothing that was reached stays, and nothing more comes, until somebody wants to be there again."""
    season = season_of(NOW)
    with Store.open("sqlite://") as store:
        for number in range(3):
            state = say(say(begun(1), ANNA, 0, 1), BORIS, 0, 2)
            keeping.begin(store.quizzes, CHANNEL, GUILD, HOST, state, NOW)
            over, _ = step(state, Reveal(), at(3))
            keeping.end(store.quizzes, CHANNEL, over, at(3))
            if number == 0:
                store.quizzes.opt_out(GUILD, ANNA, NOW)
            if number == 1:
                assert store.quizzes.season(GUILD, season.since, season.before) == [(BORIS, 2, 2)]
                assert store.quizzes.opt_in(GUILD, ANNA)
                assert not store.quizzes.opt_in(GUILD, ANNA)
        assert sorted(store.quizzes.season(GUILD, season.since, season.before)) == [(BORIS, 3, 3), (ANNA, 1, 1)]
        assert store.quizzes.season(GUILD, season.before, season.before) == []
        assert store.prune(NOW + datetime.timedelta(days=500))["rounds"] == 3
        assert store.quizzes.season(GUILD, season.since, season.before) == []


def test_one_who_leaves() -> None:
    """No trace stays in a quiz that runs."""
    state = say(begun(), ANNA, 0, 1)
    state, _ = step(state, Reveal(), at(2))
    state, _ = step(state, Next(), at(3))
    state, _ = step(say(state, ANNA, 0, 4), Left(ANNA), at(5))
    assert str(ANNA) not in json.dumps(quiz_to_json(state))


def test_twenty_players_in_fifty_channels() -> None:
    """All scores are right, whatever the order in which answers come."""
    chance = random.Random("load")  # noqa: S311 - a draw, no secret
    quizzes = {channel: begun(5, pause=1) for channel in range(50)}
    expected = {(channel, person): 0 for channel in quizzes for person in range(20)}
    for number in range(5):
        events = [(channel, person) for channel in quizzes for person in range(20)]
        chance.shuffle(events)
        for channel, person in events:
            pick = chance.randrange(4)
            expected[channel, person] += pick == number % 4
            state = quizzes[channel]
            quizzes[channel], (told,) = step(state, Answer(person, number, (pick,), at(number)), at(number))
            assert told == Told(person, quiz.TAKEN)
        for channel, state in quizzes.items():
            shown, _ = step(state, Reveal(), at(number))
            quizzes[channel], _ = step(shown, Next(), at(number))
    found = {(channel, s.person): s.points for channel, state in quizzes.items() for s in state.scores()}
    assert found == expected


def test_a_quiz_of_another_version() -> None:
    """Is no quiz: the caller ends it."""
    row = quiz_to_json(begun())
    for broken in ({**row, "version": 99}, {}, None, {**row, "questions": [{}]}, {**row, "rules": []}):
        with pytest.raises(ValueError, match=r"version|unpack"):
            quiz_from_json(broken)
    with pytest.raises(ValueError, match="without questions"):
        quiz.start(Rules("anything"), (), NOW)
