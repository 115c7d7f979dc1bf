"""A quiz as JSON and back, so that a restart goes on where it was."""

import datetime
from typing import Any

from bot.study.asked import asked_from_json
from bot.study.quiz import Given, Quiz, Result, Rules

VERSION = 1


def quiz_to_json(quiz: Quiz, *, people: bool = True) -> dict[str, Any]:
    """A JSON object. Without `people`, nobody's answers: they are kept apart, so that they can be forgotten one by
    one; `answers_of` has them."""
    return {
        "version": VERSION,
        "rules": [quiz.rules.topic, quiz.rules.seconds, quiz.rules.pause, quiz.rules.strict, quiz.rules.players],
        "questions": [asked.to_json() for asked in quiz.questions],
        "number": quiz.number, "phase": quiz.phase, "until": _told(quiz.until),
        "closed": [[result.asked.id, _told(result.closed_at)] for result in quiz.results],
        "answers": [_row(*answer) for answer in answers_of(quiz)] if people else [],
    }  # fmt: skip


def answers_of(quiz: Quiz) -> list[tuple[int, Given]]:
    """Everybody's answers with the number of the result they belong to; those of the open question come after it."""
    closed = [(number, given) for number, result in enumerate(quiz.results) for given in result.given]
    return closed + [(len(quiz.results), given) for given in quiz.given]


def quiz_from_json(row: Any, answers: list[tuple[int, Given]] | None = None) -> Quiz:
    """The quiz of a JSON object, with answers that were kept apart. Raises ValueError for one of another version."""
    try:
        if row["version"] != VERSION:
            raise ValueError("a quiz of another version")
        topic, seconds, pause, strict, players = row["rules"]
        questions = tuple(asked_from_json(asked) for asked in row["questions"])
        by_id = {asked.id: asked for asked in questions}
        given = answers if answers is not None else [_answer(entry) for entry in row["answers"]]
        results = tuple(
            Result(by_id[id_], tuple(g for n, g in given if n == number), datetime.datetime.fromisoformat(closed))
            for number, (id_, closed) in enumerate(row["closed"])
        )
        return Quiz(
            Rules(topic, seconds, pause, strict, players), questions, row["number"], row["phase"],
            datetime.datetime.fromisoformat(row["until"]) if row["until"] else None,
            tuple(g for n, g in given if n == len(results)), results,
        )  # fmt: skip
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("not a quiz, or one of another version") from error


def _row(number: int, given: Given) -> list[Any]:
    return [number, str(given.person), list(given.picks), given.right, _told(given.at)]


def _answer(entry: Any) -> tuple[int, Given]:
    number, person, picks, right, at = entry
    return number, Given(int(person), tuple(picks), right, datetime.datetime.fromisoformat(at))


def _told(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
