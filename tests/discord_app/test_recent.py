"""What is remembered for a while is forgotten in time, and never grows without end."""

import pytest

from bot.answers.answer import Answer
from bot.discord_app import recent
from bot.discord_app.recent import Cooldown, Recent
from bot.questions.query import Query

HERE, THERE = (1, 7), (2, 7)
QUERY = Query("loan", "whether", ("a",), ("b",))


def test_the_last_question_is_of_one_person_in_one_channel_for_ten_minutes() -> None:
    """Nobody leans on somebody else's question, or on their own of yesterday."""
    held = Recent()
    held.note(HERE, QUERY, 100.0)
    assert held.last(HERE, 100.0 + recent.FOLLOW_SECONDS) == QUERY
    assert held.last(THERE, 101.0) is None
    assert held.last((1, 8), 101.0) is None
    assert held.last(HERE, 101.0 + recent.FOLLOW_SECONDS) is None


def test_a_person_is_forgotten_everywhere() -> None:
    """And nobody else."""
    held = Recent()
    for place in (HERE, THERE, (1, 8)):
        held.note(place, QUERY, 0.0)
    assert held.forget(7) == 2
    assert (held.last(HERE, 1.0), held.last((1, 8), 1.0)) == (None, QUERY)


def test_memory_stays_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many people, messages and answers the oldest go."""
    for name in ("KEPT_PEOPLE", "KEPT_ANSWERS", "KEPT_MESSAGES"):
        monkeypatch.setattr(recent, name, 3)
    held, cooldown = Recent(), Cooldown(2, 10.0)
    for number in range(10):
        held.note((1, number), QUERY, 0.0)
        held.keep(number, Answer("answered", ""))
        assert held.new(number)
        cooldown.wait((1, number), 0.0)
    assert [len(kept) for kept in (held._queries, held._answers, held._seen, cooldown._spent)] == [3, 3, 3, 3]
    assert held.answer(0) is None
    assert held.answer(9) is not None


def test_what_is_too_old_to_matter_is_dropped() -> None:
    """Whoever comes next sweeps it out."""
    held, cooldown = Recent(), Cooldown(2, 10.0)
    for number in range(10):
        held.note((1, number), QUERY, 0.0)
        cooldown.wait((1, number), 0.0)
    held.note(THERE, QUERY, recent.FOLLOW_SECONDS + 1)
    cooldown.wait(THERE, 11.0)
    assert (list(held._queries), list(cooldown._spent)) == ([THERE], [THERE])


def test_a_message_that_comes_again_is_not_new() -> None:
    """A broken connection may deliver it twice."""
    held = Recent()
    assert held.new(5)
    assert not held.new(5)


def test_the_cooldown_refills_steadily_and_says_honestly_how_long() -> None:
    """Who waits as long as was said is answered; who does not, is not."""
    cooldown = Cooldown(3, 12.0)
    assert [cooldown.wait(HERE, 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert cooldown.wait(HERE, 0.0) == pytest.approx(4.0)
    assert cooldown.wait(HERE, 3.0) == pytest.approx(1.0)
    assert cooldown.wait(THERE, 3.0) == 0.0
    assert cooldown.wait(HERE, 4.0) == 0.0
    assert cooldown.wait(HERE, 4.0) == pytest.approx(4.0)


def test_no_limit() -> None:
    """Zero questions is none."""
    cooldown = Cooldown(0, 12.0)
    assert {cooldown.wait(HERE, 0.0) for _ in range(100)} == {0.0}


def test_somebody_who_must_wait_is_told_once() -> None:
    """Not with every further message."""
    cooldown = Cooldown(1, 12.0)
    assert cooldown.first_time(HERE, 0.0)
    assert not cooldown.first_time(HERE, 5.0)
    assert cooldown.first_time(THERE, 5.0)
    assert cooldown.first_time(HERE, 12.0)
