"""Scores: a point for every right answer, whoever was quicker. Who has the same points has the same rank."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One line of a leaderboard. Of two on rank 1 the next is on rank 3."""

    person: int
    points: int
    answered: int
    rank: int


def ranked(answers: Iterable[tuple[int, bool]]) -> tuple[Score, ...]:
    """The leaderboard of single answers: who, and whether it was right."""
    points: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for person, right in answers:
        points[person][0] += right
        points[person][1] += 1
    return board((person, made, answered) for person, (made, answered) in points.items())


def board(totals: Iterable[tuple[int, int, int]]) -> tuple[Score, ...]:
    """The leaderboard of totals: who, points, answers."""
    ordered = sorted(totals, key=lambda row: (-row[1], row[0]))
    return tuple(
        Score(person, points, answered, 1 + sum(other[1] > points for other in ordered))
        for person, points, answered in ordered
    )  # fmt: skip
