"""A quiz in the state: begun, saved step by step, found again after a restart, and ended as a round.

Comes in: the state's verbs and quizzes. Each save writes what changed only: an answer is a row, and the quiz itself is
written when a question opens or closes.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.state.quizzes import KeptAnswer, KeptQuiz, Quizzes, Round
from bot.study.playing import Given, Quiz
from bot.study.saved import answers_of, quiz_from_json, quiz_to_json

MESSAGE = "message"  # beside the quiz in its JSON value, of which the state knows nothing


@dataclass(frozen=True, slots=True)
class Running:
    """A quiz that was found again, and the message that shows its question, if any does."""

    channel_id: int
    guild_id: int | None
    host_id: int | None
    quiz: Quiz
    message_id: int | None = None


def begin(
    kept: Quizzes, channel_id: int, guild_id: int | None, host_id: int, quiz: Quiz, at: datetime.datetime
) -> bool:  # fmt: skip
    """Keep a quiz that begins, and note what it asks; False where one runs in the channel already."""
    if not kept.begin(channel_id, guild_id, host_id, quiz_to_json(quiz, people=False), at):
        return False
    kept.note_turns(guild_id or channel_id, [asked.fact for asked in quiz.questions])
    return True


def save(
    kept: Quizzes, channel_id: int, before: Quiz, after: Quiz, at: datetime.datetime, message_id: int | None = None
) -> None:  # fmt: skip
    """Keep what a step changed. `message_id` shows the question; it is kept whenever the quiz itself is."""
    old, new = _rows(before), _rows(after)
    put = [row for key, row in new.items() if old.get(key) != row]
    drop = [key for key in old if key not in new]
    same = _alone(before) == _alone(after)
    if put or drop or not same:
        value = None if same else {**quiz_to_json(after, people=False), MESSAGE: message_id}
        kept.save(channel_id, at, value, put, drop)


def note_message(kept: Quizzes, channel_id: int, quiz: Quiz, at: datetime.datetime, message_id: int) -> None:
    """Keep which message shows the question, so that a restart goes on with the same one."""
    kept.save(channel_id, at, {**quiz_to_json(quiz, people=False), MESSAGE: message_id})


def running(kept: Quizzes) -> tuple[list[Running], list[int]]:
    """The quizzes that run, and the channels of those that another version wrote and nobody can read any more."""
    found, lost = [], []
    for row in kept.running():
        try:
            found.append(Running(row.channel_id, row.guild_id, row.host_id, _read(row), row.value.get(MESSAGE)))
        except ValueError:
            lost.append(row.channel_id)
    return found, lost


def end(kept: Quizzes, channel_id: int, quiz: Quiz, at: datetime.datetime) -> int | None:
    """Keep a quiz no longer, and the round that it was, if anybody answered; the round's number."""
    scores = [(score.person, score.points, score.answered) for score in quiz.scores()]
    misses: dict[int, list[str]] = defaultdict(list)
    for result in quiz.results:
        for given in result.given:
            if not given.right:
                misses[given.person].append(result.asked.key)
    played = Round(quiz.rules.topic, len(quiz.results), scores, misses) if scores else None
    return kept.end(channel_id, played, at)


def _read(row: KeptQuiz) -> Quiz:
    return quiz_from_json(row.value, [(a.number, Given(a.person, a.picks, a.right, a.at)) for a in row.answers])


def _rows(quiz: Quiz) -> dict[tuple[int, int], KeptAnswer]:
    return {
        (number, given.person): KeptAnswer(number, given.person, given.picks, given.right, given.at)
        for number, given in answers_of(quiz)
    }


def _alone(quiz: Quiz) -> Quiz:
    """A quiz without anybody's answers."""
    return replace(quiz, given=(), results=tuple(replace(result, given=()) for result in quiz.results))
