"""Which facts are asked next: every one sooner or later, none again before all others were.

Comes in: a maker, the ids of facts, how often each was asked, randomness. Goes out: questions.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.base import KnowledgeBase
from bot.study.asked import VERDICT, Asked
from bot.study.making import KINDS, Maker


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
    *, kinds: Iterable[str] = KINDS, most_tried: int = 2_000,
) -> list[Asked]:  # fmt: skip
    """Up to `count` questions, no two of one fact or with the same text; kinds and verdicts in turn.

    Fewer come back where the topic has no more that can be asked. Facts that cannot be asked are passed over.
    """
    allowed = [kind for kind in KINDS if kind in set(kinds)]
    used: Counter[str] = Counter()
    right: Counter[str] = Counter()
    found: list[Asked] = []
    said: set[tuple[str, ...]] = set()
    for id_ in order(maker.kb, [f for f in facts if f in maker.kb], times, rng)[:most_tried]:
        if len(found) == count:
            break
        turn = sorted(allowed, key=lambda kind: (used[_sort(kind)], rng.random()))
        made = maker.any_of(id_, turn, rng)
        if made is None or _same(made) in said:
            continue
        verdict = made.wanted.values[0] if made.wanted.sort == VERDICT else ""
        if verdict and right[verdict] > 1 + min(right["yes"], right["no"]) and rng.random() < _SPARED:
            made = maker.any_of(id_, [kind for kind in turn if kind not in ("whether", "stand")], rng) or made
            verdict = made.wanted.values[0] if made.wanted.sort == VERDICT else ""
        right[verdict] += 1
        used[_sort(made.kind)] += 1
        said.add(_same(made))
        found.append(made)
    return found


_SPARED = 0.9  # how often a verdict that has come too often makes way for another kind of question


def _sort(kind: str) -> str:
    return kind.partition(".")[0]


def _same(asked: Asked) -> tuple[str, ...]:
    """What makes two questions the same for those who play: the text, and the right answer to it."""
    return (asked.text, asked.answer)
