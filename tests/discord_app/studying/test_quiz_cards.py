"""Cards of quizzes hold whatever may be asked, and their buttons lead where they should."""

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app.parts import Card
from bot.discord_app.press_ids import Strange
from bot.discord_app.studying import boards, daily_cards, quiz_cards
from bot.discord_app.studying.quiz_ids import Press, Verb, picked, picks_of, print_of, read, write
from bot.discord_app.studying.quiz_paces import PACES, pace_of
from bot.engine import Engine
from bot.study.asked import Asked
from bot.study.basis import Asker
from bot.study.making import KINDS, Maker
from bot.study.playing import Given, Result, Rules
from bot.study.rotation import draw
from bot.study.scores import ranked
from bot.study.topics import ANYTHING, facts_of
from tests.discord_app.checks import check

DAY = datetime.date(2026, 11, 22)
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
CROWD = [10**19 + n for n in range(40)]  # ids as long as they may become


def cards(engine: Engine, asked: Asked) -> list[Card]:
    """Every card that shows a question."""
    rng = random.Random(asked.id)  # noqa: S311 - a draw, no secret
    picks = [asked.right if rng.random() < 0.5 else (0,) for _ in CROWD]
    result = Result(
        asked, tuple(Given(who, p, p == asked.right, NOW) for who, p in zip(CROWD, picks, strict=True)), NOW
    )
    scores = ranked((g.person, g.right) for g in result.given)
    answer, place = engine.answer(asked.query, DAY), quiz_cards.Place(0, 30, "x" * 200)
    rows = [(g.person, g.picks, g.right) for g in result.given]
    before = daily_cards.came_of(asked, rows, [], ())
    return [
        quiz_cards.question_card(engine, asked, place.head, "Closes.", Verb.PICK, 29),
        quiz_cards.order_card(engine, asked, Verb.DAILY, 10**6, (0,)),
        quiz_cards.reveal_card(engine, answer, place, result, scores, (), next_at=NOW, last=False),
        daily_cards.day_card(engine, asked, DAY, before), daily_cards.closed_card(engine, asked, DAY, rows, DAY),
        daily_cards.reveal_card(engine, asked, DAY, (0,), rows, 400, first=True),
    ]  # fmt: skip


def test_discord_takes_whatever_is_asked(engine: Engine) -> None:
    """Questions of every kind, the longest among a few of each, in every card."""
    maker, facts = Maker(Asker(engine, DAY)), facts_of(engine.kb, ANYTHING, DAY)
    seen = 0
    for kind in KINDS:
        rng = random.Random(kind)  # noqa: S311 - a draw, no secret
        drawn = draw(maker, facts, 8, {}, rng, kinds=[kind], most_tried=60)
        for asked in sorted(drawn, key=lambda asked: len(asked.text + "".join(asked.choices)))[-1:]:
            seen += 1
            for card in cards(engine, asked):
                check(card)
    assert seen >= len(KINDS) - 3  # some kinds are rare among so few facts


def test_a_full_board_fits() -> None:
    """Forty people, each with the longest id, and a reason."""
    scores = ranked((who, n % 3 > 0) for n, who in enumerate(CROWD) for _ in range(30))
    card = quiz_cards.final_card("t" * 300, 30, scores, (), round_id=10**9, again="att", why="w" * 200)
    check(card)
    assert "and 20 more" in "\n".join(card.texts())


def test_ties_and_who_is_not_listed() -> None:
    """1, 1, 3; a rank stays what it is, also where somebody before is not listed."""
    scores = ranked([(1, True), (2, True), (3, False), (4, True)])
    assert [score.rank for score in scores] == [1, 1, 1, 4]
    shown, others = boards.listed(scores, {2})
    assert others == 1 and [score.rank for score in shown] == [1, 1, 4]
    assert boards.names((1, 2), {1, 2}) == "🙋 2"


@given(st.sampled_from(Verb), st.integers(0, 10**18), st.text(max_size=8))
def test_what_is_written_is_read(verb: Verb, number: int, word: str) -> None:
    """Every button comes back as it was."""
    assert read(write(verb, number, word)) == Press(verb, number, word)


@given(st.text(max_size=100))
def test_nothing_else_is_read(text: str) -> None:
    """Anything may come, and nothing raises."""
    assert read(text) is None or text.startswith("attq")
    assert isinstance(read(f"attq1{text}"), (Press, Strange, type(None)))
    picks_of(text)


def test_a_choice_is_of_one_question(engine: Engine) -> None:
    """Its print tells it from another under the same number."""
    first, second = draw(
        Maker(Asker(engine, DAY)), facts_of(engine.kb, ANYTHING, DAY), 2, {}, random.Random(1)  # noqa: S311
    )  # fmt: skip
    assert picks_of(picked(first, (2, 0))) == (print_of(first), (2, 0))
    assert print_of(first) != print_of(second)


def test_a_pace_is_known_by_its_times() -> None:
    """Another one is taken for the usual."""
    for name, pace in PACES.items():
        assert pace_of(Rules("t", pace.seconds, pace.pause)) == name
    assert pace_of(Rules("t", 1, 1)) == "normal"
