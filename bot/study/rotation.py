"""Which facts are asked next: every one sooner or later, none again before all others were.

Comes in: a maker, the ids of facts, how often each was asked, randomness. Goes out: questions.
"""

import math
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.knowledge.base import KnowledgeBase
from bot.study.asked import VERDICT, Asked
from bot.study.making import KINDS, Maker

SHARE = 0.3  # of a quiz, for one kind of question
VERDICTS = ("whether", "stand")  # kinds whose answer is a verdict


def order(
    kb: KnowledgeBase, facts: Sequence[str], times: Mapping[str, int], rng: random.Random
) -> list[str]:  # fmt: skip
    """The facts in the order in which they should be asked: those asked least often first, and among those by chance.

    A fact of which there are many alike, as of the hundreds of members of one organisation, comes late more often: its
    chance is weighed by the root of their number, so that what is rare is not drowned.
    """
    alike = Counter(key for id_ in facts if (key := _hub(kb, id_)))

    def drawn(id_: str) -> tuple[int, float]:
        weight = 1 / math.sqrt(alike[_hub(kb, id_)])
        return times.get(id_, 0), -math.log(1.0 - rng.random()) / weight

    return sorted(facts, key=drawn)


def _hub(kb: KnowledgeBase, id_: str) -> tuple[str, str]:
    """The relation, and who of those taking part does so most often."""
    fact = kb.fact(id_)
    return fact.relation, max((kb.connected(who), who) for who in fact.participants())[1]


def draw(
    maker: Maker, facts: Sequence[str], count: int, times: Mapping[str, int], rng: random.Random,
    *, kinds: Collection[str] = KINDS, most_tried: int = 2_000,
) -> list[Asked]:  # fmt: skip
    """Up to `count` questions, no two of one fact or with the same text; kinds and verdicts in turn.

    Fewer come back where the topic has no more that can be asked. A fact that can be asked in one way only, which has
    had its share, waits for another quiz, unless nothing else is left.
    """
    made = _Drawn(maker, [kind for kind in KINDS if kind in kinds], max(2, math.ceil(count * SHARE)), rng)
    ordered = [id_ for id_ in facts if id_ in maker.kb and id_ not in maker.unaskable]
    for id_ in order(maker.kb, ordered, times, rng)[:most_tried]:
        if len(made.found) == count:
            break
        made.take(id_)
    for asked in made.waiting[: count - len(made.found)]:
        made.add(asked)
    return made.found


class _Drawn:
    """What was drawn so far, and what waits because its kind had its share."""

    def __init__(self, maker: Maker, kinds: list[str], share: int, rng: random.Random) -> None:
        self.maker, self.kinds, self.share, self.rng = maker, kinds, share, rng
        self.found: list[Asked] = []
        self.waiting: list[Asked] = []
        self._used: Counter[str] = Counter()
        self._right: Counter[str] = Counter()
        self._said: set[tuple[str, str]] = set()

    def take(self, id_: str) -> None:
        """Make a question of a fact: of the kind that was used least, and not always with the same verdict."""
        turn = sorted(self.kinds, key=lambda kind: (self._used[_sort(kind)], self.rng.random()))
        asked = self.maker.any_of(id_, turn, self.rng)
        if asked is not None and self._too_often(asked):
            asked = self.maker.any_of(id_, [kind for kind in turn if _sort(kind) not in VERDICTS], self.rng) or asked
        if asked is None or _same(asked) in self._said:
            return
        if self._used[_sort(asked.kind)] >= self.share and len(self.kinds) > 1:
            self.waiting.append(asked)
        else:
            self.add(asked)

    def add(self, asked: Asked) -> None:
        """Take a question, unless the same was taken."""
        if _same(asked) in self._said:
            return
        self._said.add(_same(asked))
        self._used[_sort(asked.kind)] += 1
        self._right[_verdict(asked)] += 1
        self.found.append(asked)

    def _too_often(self, asked: Asked) -> bool:
        """Whether its verdict came so often that it can be guessed."""
        verdict = _verdict(asked)
        return verdict in ("yes", "no") and self._right[verdict] > 1 + min(self._right["yes"], self._right["no"])


def _verdict(asked: Asked) -> str:
    return asked.wanted.values[0] if asked.wanted.sort == VERDICT else ""


def _sort(kind: str) -> str:
    return kind.partition(".")[0]


def _same(asked: Asked) -> tuple[str, str]:
    """What makes two questions the same for those who play: the text, and the right answer to it."""
    return (asked.text, asked.answer)
