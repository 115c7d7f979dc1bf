"""Makers of questions for tests that are about something else."""

import random
from collections.abc import Collection

from bot.questions.query import Query
from bot.study.asked import Asked, Wanted


def chance(seed: int) -> random.Random:
    """The same choices in every run."""
    return random.Random(seed)  # noqa: S311 - nothing secret


class Anything:
    """Makes a question of any fact, but for those that it is told it cannot be asked of."""

    def __init__(self, never: Collection[str] = ()) -> None:
        self.never = set(never)

    def make(self, id_: str, kind: str, _rng: random.Random) -> Asked | None:
        """The question."""
        if id_ in self.never:
            return None
        wanted = Wanted("verdict", ("yes",), ("yes", "no"))
        return Asked(
            f"{id_}.{kind}.1", id_, kind, f"Is {id_}?", ("Yes", "No"), (0,), "It is.", "2026", (), (id_,),
            Query("r", "whether"), "2026-11-22", wanted,
        )  # fmt: skip
