"""What is on file, by place: who stands with whom, and who is asked about most.

Comes in: a KnowledgeBase with its intents. Goes out: entities and pairs for the open places of an intent, those first
that have something on file. Must not know: what was typed, or how a question is worded.
"""

import heapq
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.records import Fact, Participant
from bot.questions.intents import Intent, Intents

Filling = tuple[str, ...]
Pair = tuple[Filling, Filling]
Entry = tuple[bool, float, Pair]  # whether nothing is on file, the weight below zero, the pair: sorted, the best first

ROLES = ("subject", "object")
MAX_PAIRS = 1500  # of a relation, the best: nobody reads further
CIRCLE = 40  # pairs of one entity in one place
SHOWN = 25  # fillings of one intent that are worth showing, if no other intent fits
KEPT = 12  # fillings of one intent that are worth ranking against those of others
REPEATED = 2  # how often an entity may come up among pairs that nobody asked for
ASKED = 4.0  # what an example counts more than a fact, in powers of e


class OnFile:
    """Which pairs have facts, for which intent. Built once; look-ups are kept."""

    def __init__(self, kb: KnowledgeBase, intents: Intents) -> None:
        self.kb, self.intents = kb, intents
        self.pairs: dict[str, dict[Pair, list[Fact]]] = {relation: {} for relation in kb.relations}
        self.facts_of: dict[str, int] = defaultdict(int)
        self.named: dict[str, Counter[str]] = defaultdict(Counter)
        for relation in kb.relations:
            for fact in kb.facts(relation):
                self._add(fact)
        self.asked = self._examples()
        self._fame = {who: math.log1p(self.facts_of[who]) + math.log1p(self.asked[who]) for who in kb.entities}
        self._in_place: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        self._circles = self._find_circles()
        self._top = {relation: self._best(relation) for relation in kb.relations}
        self.top_pairs = lru_cache(maxsize=1024)(self._top_pairs)
        self.known_partners = lru_cache(maxsize=16384)(self._known_partners)
        self.top_entities = lru_cache(maxsize=2048)(self._top_entities)
        for id_ in intents.by_id:  # the first letter typed wants those of all
            self.top_pairs(id_)

    def _add(self, fact: Fact) -> None:
        relation = self.kb.relations[fact.relation]
        one, two = (_fillings(role, whole=relation.several == p) for p, role in zip(ROLES, fact.roles, strict=True))
        for who in fact.participants():
            self.facts_of[who] += 1
        if fact.named:
            self.named[fact.relation][fact.named] += 1 + len(fact.details)
        pairs = dict.fromkeys(pair for pair in itertools.product(one, two) if pair[0] != pair[1])
        if relation.symmetric:
            pairs |= {(b, a): None for a, b in pairs}
        known = self.pairs[relation.id]
        for pair in pairs:
            known.setdefault(pair, []).append(fact)

    def _find_circles(self) -> dict[tuple[str, str, int, str], list[Pair]]:
        """By relation, what the facts have and place, the pairs of an entity that are most worth asking."""
        found: dict[tuple[str, str, int, str], list[tuple[float, Pair]]] = defaultdict(list)
        for relation, known in self.pairs.items():
            for pair, facts in known.items():
                weight = -self.weight(relation, pair)
                features = {feature for fact in facts for feature in _features(fact)}
                for number, who in _placed(*pair):
                    self._in_place[relation, number][who] += len(facts)
                    for feature in features:
                        found[relation, feature, number, who].append((weight, pair))
        return {key: [pair for _, pair in heapq.nsmallest(CIRCLE, entries)] for key, entries in found.items()}

    def _examples(self) -> Counter[Any]:
        """How often the language files' own examples ask about an entity, or about a pair by a relation."""
        found: Counter[Any] = Counter()
        for intent in self.intents.by_id.values():
            for example in intent.examples:
                one, two = (_filling(example.get(place)) for place in ROLES)
                found.update((*one, *two, (intent.relation, one, two)))
                found.update((intent.relation, number, who) for number, who in _placed(one, two))
        return found

    def _sources(self, relation: str) -> tuple[str, ...]:
        """The relations whose facts answer for one: its own, those that imply it, those it is a digest of."""
        return (relation, *self.kb.implying(relation), *self.kb.relations[relation].digest)

    def _best(self, relation: str) -> list[Pair]:
        """The pairs of a relation that are most worth asking, each in one order only if the relation has none."""
        once: dict[Any, Pair] = {}
        for source in self._sources(relation):
            for pair in self.pairs.get(source, ()):
                once.setdefault(frozenset(pair) if self.kb.relations[relation].symmetric else pair, pair)
        return heapq.nlargest(MAX_PAIRS, once.values(), key=lambda pair: self.weight(relation, pair))

    def facts(self, relation: str, pair: Pair) -> list[Fact]:
        """The facts that answer for a pair."""
        return [fact for source in self._sources(relation) for fact in self.pairs.get(source, {}).get(pair, ())]

    def weight(self, relation: str, pair: Pair) -> float:
        """How worth asking a pair is: examples before facts, and both better than one much-mentioned side."""
        asked = self.asked[relation, *pair] + 0.5 * self.asked[relation, pair[1], pair[0]]
        return ASKED * min(asked, 2) + sum(self.fame(who) for filling in pair for who in filling)

    def fame(self, who: str) -> float:
        """How worth asking an entity is."""
        return self._fame.get(who, 0.0)

    def entry(self, intent: Intent, pair: Pair) -> Entry:
        """A pair as it is ranked for an intent."""
        return not self.speaks(intent, pair), -self.weight(intent.relation, pair), pair

    def speaks(self, intent: Intent, pair: Pair) -> bool:
        """Whether a fact on file has what an intent asks about a pair."""
        return any(_speaks(intent, fact) for fact in self.facts(intent.relation, pair))

    def narrowings(self, intent: Intent, pair: Pair, names: Iterable[str]) -> list[Mapping[str, str]]:
        """The narrowings of the facts of a pair that carry all of `names`."""
        wanted = set(names)
        facts = self.facts(intent.relation, pair)
        found = [{k: f.narrows[k] for k in wanted} for f in facts if wanted <= set(f.narrows) and _speaks(intent, f)]
        return list({tuple(sorted(narrows.items())): narrows for narrows in found}.values())

    # --- fillings, best first

    def _top_pairs(self, id_: str) -> Sequence[Entry]:
        """For an intent with both places open."""
        intent = self.intents.by_id[id_]
        met: Counter[str] = Counter()
        found: list[Entry] = []
        for pair in self._top[intent.relation]:
            everybody = [who for filling in pair for who in filling]
            if any(met[who] >= REPEATED for who in everybody) or not self.speaks(intent, pair):
                continue
            met.update(everybody)
            found.append(self.entry(intent, pair))
            if len(found) == KEPT:
                break
        return tuple(found)

    def partners(self, intent: Intent, number: int, who: str, most: int) -> Sequence[Entry]:
        """For an intent with one place held by somebody: by facts, then by whom else is most asked about there."""
        known = self.known_partners(intent.id, number, who)[:most]
        if len(known) == most or self.kb.relations[intent.relation].several == ROLES[1 - number]:
            return known
        have = {pair[1 - number] for _, _, pair in known} | {(who,)}
        others = [(other,) for other in self.top_entities(intent.relation, 1 - number) if (other,) not in have]
        pairs = (((who,), other) if number == 0 else (other, (who,)) for other in others[: most - len(known)])
        return (*known, *(self.entry(intent, pair) for pair in pairs))

    def _known_partners(self, id_: str, number: int, who: str) -> Sequence[Entry]:
        intent = self.intents.by_id[id_]
        pairs = dict.fromkeys(
            pair
            for feature in (_feature(intent), "")
            for source in self._sources(intent.relation)
            for pair in self._circles.get((source, feature, number, who), ())
        )
        return tuple(heapq.nsmallest(SHOWN, (self.entry(intent, pair) for pair in pairs)))

    def _top_entities(self, relation: str, number: int) -> Sequence[str]:
        """Who stands in a place most often; examples and fame decide among equals."""
        counts: Counter[str] = Counter()
        for source in self._sources(relation):
            counts.update(self._in_place[source, number])

        def weight(who: str) -> tuple[float, str]:
            return math.log1p(counts[who]) + 2 * math.log1p(self.asked[relation, number, who]), who

        return tuple(heapq.nlargest(KEPT, counts, key=weight))

    def count(self, relation: str, number: int, who: str) -> int:
        """How many facts have somebody in a place."""
        return sum(self._in_place[source, number][who] for source in self._sources(relation))


def _speaks(intent: Intent, fact: Fact) -> bool:
    if any(fact.narrows.get(name) != value for name, value in intent.fixed.items()):
        return False
    if intent.detail:
        return any(detail.what == intent.detail for detail in fact.details)
    if intent.form == "why":
        return fact.why is not None and fact.holds != intent.negated
    if intent.form == "when":
        return bool(fact.until if intent.date == "until" else fact.since.date) and fact.holds
    return True


def _fillings(role: Sequence[Participant], *, whole: bool) -> list[Filling]:
    """What a role fills a place with: everybody together, or each alone; nothing where there is no such role."""
    everybody = tuple(participant.who for participant in role)
    return [everybody] if whole or not everybody else [(who,) for who in everybody]


def _placed(*pair: Filling) -> list[tuple[int, str]]:
    return [(number, who) for number, filling in enumerate(pair) for who in filling]


def _feature(intent: Intent) -> str:
    """What a fact must have beside being on file, where few have it."""
    if intent.detail:
        return f"detail {intent.detail}"
    return "why" if intent.form == "why" else "until" if intent.form == "when" and intent.date == "until" else ""


def _features(fact: Fact) -> list[str]:
    """Everything that a fact has, in the words of `_feature`."""
    found = ["", *(f"detail {detail.what}" for detail in fact.details)]
    return found + ["why"] * (fact.why is not None) + ["until"] * bool(fact.until)


def _filling(value: Any) -> Filling:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)
