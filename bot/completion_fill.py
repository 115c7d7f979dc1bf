"""Fills the open places of half-filled ways to ask, with whom something is on file first.

Comes in: a `Half`. Goes out: `Draft`s, the same way to ask with every place filled, best first. Must not know: what was
typed, how a question is worded, or whether it is read back.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.completion_index import ROLES, Entry, OnFile, Pair
from bot.completion_ways import Half
from bot.knowledge.base import KnowledgeBase
from bot.questions.intents import Intent, Intents

MAX_OPTIONS = 10  # readings of one half-typed name that are followed up; a further letter tells the rest apart
MAX_PAIRS = 60
MAX_EXTRAS = 3
EXTRAS = ("among", "minus", "named")

SILENT = 2.0  # the penalty where nothing is on file
NEXT = 0.15  # for each filling of the same way to ask that fits better


@dataclass(frozen=True, slots=True)
class Draft:
    """A way to ask with every participant named. `known` tells whether something is on file."""

    half: Half
    penalty: float
    bindings: tuple[tuple[str, str], ...]
    pair: Pair
    known: bool


class Filler:
    """Fills the open places of half-filled ways to ask."""

    def __init__(self, kb: KnowledgeBase, intents: Intents, on_file: OnFile) -> None:
        self.kb, self.intents, self.on_file = kb, intents, on_file

    def fill(self, half: Half, most: int) -> Iterator[Draft]:
        """The best fillings of a way to ask, best first."""
        intent = self.intents.by_id[half.intent]
        held: dict[str, list[list[str]]] = defaultdict(list)
        for place, entities in half.held:
            held[place].append(self._options(intent, place, entities))
        if not set(held) <= intent.bound or not all(options for each in held.values() for options in each):
            return
        if "named" in intent.bound:
            yield from self._named(half, intent, held, most)
            return
        extras = [place for place in EXTRAS if place in intent.bound]
        if any(len(held[place]) != 1 for place in extras):
            return  # a group or a contrast is never made up
        further = list(itertools.product(*([(p, e) for e in held[p][0][:MAX_EXTRAS]] for p in extras)))
        for index, (silent, _, pair) in enumerate(self._pairs(intent, held, most)[:most]):
            for more in further:
                yield self._draft(half, intent, pair, known=not silent, index=index, more=more)

    def _draft(
        self, half: Half, intent: Intent, pair: Pair, *, known: bool, index: int, more: tuple[tuple[str, str], ...]
    ) -> Draft:
        roles = tuple((p, who) for p, filling in zip(ROLES, pair, strict=True) if p in intent.bound for who in filling)
        return Draft(half, half.penalty + NEXT * index + (0.0 if known else SILENT), (*roles, *more), pair, known)

    def _options(self, intent: Intent, place: str, entities: Sequence[str]) -> list[str]:
        """Who of those that a name may mean fits a place, the most asked about first."""
        fitting = []
        for who in entities:
            narrowed = self.kb.entities[who].narrows  # a completion would lose the sense in which it stands for another
            stands_for = None if narrowed else self.kb.entities[who].stands_for
            whole = who if self.kb.entities[who].kind in intent.kinds[place] else stands_for
            if whole and self.kb.entities[whole].kind in intent.kinds[place]:
                fitting.append(whole)
        return sorted(dict.fromkeys(fitting), key=lambda who: -self.on_file.fame(who))

    def _pairs(self, intent: Intent, held: Mapping[str, list[list[str]]], most: int) -> list[Entry]:
        """What the two places of an intent are filled with, best first."""
        several = self.kb.relations[intent.relation].several
        given = [held.get(place, []) for place in ROLES]
        open_ = [place for place, options in zip(ROLES, given, strict=True) if place in intent.bound and not options]
        if any(len(options) > 1 and place != several for place, options in zip(ROLES, given, strict=True)):
            return []
        if not intent.bound & set(ROLES):  # the words alone say who it is about
            return [(False, 0.0, ((), ()))]
        if len(intent.bound & set(ROLES)) == 1 and several not in intent.bound:
            return self._alone(intent, given, most)
        if open_ == list(ROLES):
            return list(self.on_file.top_pairs(intent.id))
        if several in intent.bound or open_:
            return self._with_partners(intent, given, most)
        pairs = [((one,), (two,)) for one in given[0][0] for two in given[1][0] if one != two][:MAX_PAIRS]
        return sorted(self.on_file.entry(intent, pair) for pair in pairs)

    def _alone(self, intent: Intent, given: list[list[list[str]]], most: int) -> list[Entry]:
        """Fillings of an intent with a single role, such as a list."""
        number = 0 if ROLES[0] in intent.bound else 1
        options = given[number][0] if given[number] else self.on_file.top_entities(intent.relation, number)
        found: list[Entry] = []
        for who in options[:MAX_PAIRS]:
            known = self.on_file.count(intent.relation, number, who)
            found.append((not known, -float(known), ((who,), ()) if number == 0 else ((), (who,))))
        return sorted(found)[:most]

    def _with_partners(self, intent: Intent, given: list[list[list[str]]], most: int) -> list[Entry]:
        """Fillings with those who stand on file with whoever is named."""
        number = next((n for n in (1, 0) if given[n]), None)
        if number is None:
            return list(self.on_file.top_pairs(intent.id))
        first, *others = given[number]
        each = most if len(first) == 1 else max(3, most // 3)
        found = {e for who in first[:MAX_OPTIONS] for e in self.on_file.partners(intent, number, who, each)}
        wanted = [(number, options) for options in others] + [(1 - number, options) for options in given[1 - number]]
        return sorted(entry for entry in found if all(set(o) & set(entry[2][n]) for n, o in wanted))[:most]

    def _named(self, half: Half, intent: Intent, held: Mapping[str, list[list[str]]], most: int) -> Iterator[Draft]:
        """Fillings of an intent about a named fact: whoever is not named takes part in it."""
        names = held["named"][0] if held.get("named") else list(self.on_file.named[intent.relation])
        index = 0
        names = sorted(names, key=lambda name: -self.on_file.fame(name) - self.on_file.named[intent.relation][name])
        for name in names[:most]:
            facts = [fact for fact in self.kb.named(name) if fact.relation == intent.relation]
            if not facts:
                continue
            roles = [place for place in ROLES if place in intent.bound]
            options = [held[p][0] if held.get(p) else list(facts[0].participants())[:4] for p in roles]
            for chosen in itertools.islice(itertools.product(*options), MAX_OPTIONS):
                if len(set(chosen)) < len(chosen) or not set(chosen) <= set(facts[0].participants()):
                    continue
                known = not intent.detail or any(d.what == intent.detail for f in facts for d in f.details)
                filled: dict[str, tuple[str, ...]] = {p: (who,) for p, who in zip(roles, chosen, strict=True)}
                pair = (filled.get("subject", ()), filled.get("object", ()))
                yield self._draft(half, intent, pair, known=known, index=index, more=(("named", name),))
                index += 1


def narrowed(draft: Draft, values: Mapping[str, str]) -> Draft:
    """A draft with a narrowing that was not typed."""
    return replace(draft, half=replace(draft.half, values=(*draft.half.values, *values.items())))
