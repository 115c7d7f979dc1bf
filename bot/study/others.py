"""Wrong choices that are plausible: of the same kind, near in the knowledge base, and of like length.

Comes in: the right entity and what is asked. Goes out: candidates, the likeliest to be mistaken first. Whether one of
them is wrong is not known here: the engine is asked for each.
"""

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import first_day
from bot.knowledge.records import Fact
from bot.questions.text import words

CONFUSABLE, MET, BESIDE, GROUP, CHANCE = 4.0, 2.0, 2.0, 3.0, 2.0
FEW = 6  # a fact of so many or fewer says that they have to do with each other
SMALL = 30  # a group of so many or fewer says that its members are near each other
LIKE = 2.0  # no choice is longer, or shorter, than another by more than this factor of the right one's length


class Neighbours:
    """Who is near whom on a day. Works out what it needs once."""

    def __init__(self, kb: KnowledgeBase, today: datetime.date) -> None:
        self.kb, self.today = kb, today

    @cached_property
    def groups(self) -> dict[str, list[tuple[str, int]]]:
        """The small groups of each entity, with their sizes."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for id_, entity in self.kb.entities.items():
            if entity.group is None:
                continue
            members = self.kb.members(id_, self.today)
            if 1 < len(members) <= SMALL:
                for member in members:
                    found[member].append((id_, len(members)))
        return found

    @cached_property
    def placed(self) -> dict[tuple[str, int], tuple[str, ...]]:
        """Who stands in each place of each relation in some fact, or in a group that a complete list speaks of."""
        found: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
        for fact in self.kb.facts():
            for role in (0, 1):
                for participant in fact.roles[role]:
                    found[fact.relation, role].setdefault(participant.who)
        for coverage in self.kb.coverages:
            for role, place in ((0, coverage.subject), (1, coverage.object)):
                found[coverage.relation, role].update(dict.fromkeys(sorted(self.kb.members(place, self.today))))
        return {key: tuple(who) for key, who in found.items()}

    @cached_property
    def beside(self) -> dict[str, set[str]]:
        """Who takes part in some fact, of whatever relation, together with whom."""
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self.kb.facts():
            who = fact.participants()
            if len(who) <= FEW:
                for one in who:
                    found[one].update(who)
        return found

    def ranked(
        self, right: str, relation: str, role: int, kinds: Iterable[str], given: Sequence[str], rng: random.Random
    ) -> list[str]:
        """Those who might stand where the right one does, the likeliest to be taken for it first.

        Chance decides among those who are alike near, so that a question does not come with the same choices always.
        """
        allowed, length = set(kinds), len(self.kb.entities[right].name)
        met = {p.who for who in given for fact in self.kb.facts(relation, who) for r in fact.roles for p in r}
        near = {who: 1.0 / size for group, size in self.groups.get(right, ()) for who in self._members(group)}
        scored = []
        for who in self.placed.get((relation, role), ()):
            entity = self.kb.entities[who]
            if who == right or who in given or entity.kind not in allowed or entity.group is not None:
                continue
            if not entity.exists_on(self.today) or not length / LIKE <= len(entity.name) <= length * LIKE:
                continue
            score = GROUP * min(1.0, 6 * near.get(who, 0.0)) + (entity.kind == self.kb.entities[right].kind)
            score += MET * (who in met) + BESIDE * (who in self.beside[right])
            score += CONFUSABLE * (who in self.kb.entities[right].confusable_with or right in entity.confusable_with)
            scored.append((score + CHANCE * rng.random(), who))
        return [who for _, who in sorted(scored, reverse=True)]

    def _members(self, group: str) -> frozenset[str]:
        return self.kb.members(group, self.today)


def gives_away(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in a text, as a word or words of its own, however it is spelt."""
    said = " ".join(words(text))
    padded = f" {said} "
    return any(told and f" {told} " in padded for told in (" ".join(words(name)) for name in names))


def near_dates(right: str, known: Iterable[str], forbidden: Iterable[str], today: datetime.date) -> list[str]:
    """Dates of the right one's precision that differ from it and from whatever else might be right, nearest first.

    They come from other facts; where those are few, from the years around it. None lies in the future.
    """
    size = len(right)
    not_these = {date[:size] for date in forbidden} | {right}
    day = first_day(right)
    pool = {date[:size] for date in known if len(date) >= size}
    if size == 4:
        pool |= {f"{day.year + step:04}" for step in (-7, -5, -3, -2, 2, 3, 5, 7)}
    else:
        pool |= {f"{day.year + step:04}{right[4:]}" for step in (-2, -1, 1, 2) if right[4:] != "-02-29"}
    apart = {4: 600, 7: 80, 10: 40}[size]  # days: what is nearer is no mistake that anybody should be marked for
    usable = [
        date for date in pool
        if first_day(date) <= today and not any(_meet(date, other) for other in not_these)
        and abs((first_day(date) - day).days) > apart
    ]  # fmt: skip
    return sorted(usable, key=lambda date: (abs((first_day(date) - day).days), date))


def _meet(one: str, other: str) -> bool:
    """Whether two dates may be the same day, one of them told less exactly."""
    return one.startswith(other) or other.startswith(one)


def dates_of(facts: Iterable[Fact]) -> list[str]:
    """Every date at which the facts begin or end."""
    found = []
    for fact in facts:
        found += [date for date in (fact.since.date, fact.until) if date]
        found += [date for role in fact.roles for p in role for date in (p.until,) if date]
    return found
