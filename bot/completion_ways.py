"""The ways to ask, half filled: which of them the typed words begin, or may belong to.

Comes in: typed words, read as beginnings. Goes out: `Half`s, ways to ask with some places held, each with a penalty:
the lower, the better it fits. Must not know: what is on file, or how a question is worded.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.completion_index import ROLES
from bot.completion_walk import Typed
from bot.knowledge.base import KnowledgeBase
from bot.questions.intents import Intent, Intents
from bot.questions.query import At
from bot.questions.tables import ENDING

# Penalties (more in `completion_fill.py`). What covers all typed words comes before what covers all names, that before
# what has something on file, and that before what is merely asked more often.
COST = 15.0  # for each unit of the reader's own costs: a typo is 0.04 of them, words read past in front 0.1
SCATTERED = 6.0  # the words are there, but begin no question as they stand
MISSED = 4.0  # and for the share of them that the way to ask has no use for
SPECIAL = 0.4  # a detail, change, rank or selection, or the contrary
LATER = 0.04  # for each relation that is declared before
BEHIND = 0.003  # for each way to ask for the same relation that stands before
LED = 0.2  # who is named first would not be named first
TURNED = 0.3  # names in the other order
ENOUGH = 0.5  # share of the words that a way to ask must use
COMMON = 0.3  # what a word counts that half of all ways to ask may use

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Half:
    """A way to ask with some of its places held; each by the entities that a name may mean."""

    intent: str
    penalty: float
    held: tuple[tuple[str, tuple[str, ...]], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    at: At | None = None
    negations: int = 0


class Ways:
    """What may follow each node of the trie, and what each symbol may belong to.

    Two intents with the same words for the same question are one here: their choices would read the same.
    Sets of intents are the bits of a number, so that those of all nodes are told in one pass. `said` words each intent.
    """

    def __init__(
        self, kb: KnowledgeBase, intents: Intents, compiled: Mapping[str, Any], said: Mapping[str, str]
    ) -> None:
        self.intents, self.line = intents, dict[str, int]()
        owners = _owners(intents, said)
        bits: dict[str, int] = {}
        bit_of_line = [0] * len(compiled["lines"])
        for number, (id_, _, _, section) in enumerate(compiled["lines"]):
            if section != "follow" and id_ in owners:
                owner = owners[id_]
                bit_of_line[number] = bits.setdefault(owner, 1 << len(bits))
                if section != "built" and (owner == id_ or owner not in self.line):
                    self.line[owner] = number
        self.ids = list(bits)
        relations = {relation: number for number, relation in enumerate(kb.relations)}
        self.base = {
            i.id: LATER * relations[i.relation] + BEHIND * number + (0.0 if i.plain and not i.fixed else SPECIAL)
            for relation in kb.relations
            for number, i in enumerate(intents.of_relation(relation))
        }
        # who stands for somebody else (a capital for a government) fits where the other does
        self.kinds = {
            id_: kb.entities[entity.stands_for].kind if entity.stands_for else entity.kind
            for id_, entity in kb.entities.items()
        }
        self.wanted = {
            id_: frozenset().union(*(i.kinds[place] for place in i.bound)) for id_, i in intents.by_id.items()
        }
        self.first = {id_: (_PLACE.findall(text) or [""])[0] for id_, text in said.items()}
        self.onward, self.of_symbol = _reach(compiled["trie"], bit_of_line)

    def members(self, bits: int) -> Iterator[str]:
        """The intents of a set."""
        return (id_ for number, id_ in enumerate(self.ids) if bits >> number & 1)

    def begun(self, typed: Typed) -> Iterator[Half]:
        """The ways to ask whose beginning was typed."""
        best: dict[Any, Half] = {}
        for state in typed.beginnings:
            held = tuple((p, v.entities) for p, v in state.bindings if not isinstance(v, str))
            values = tuple((p, v) for p, v in state.bindings if isinstance(v, str))
            for id_ in self.members(self.onward[state.node]):
                key = (id_, held, values, state.at, state.negations)
                if key not in best:  # beginnings come cheapest first
                    led = bool(held) and held[0][0] != self.first[id_]
                    penalty = COST * state.cost + self.base[id_] + LED * led
                    best[key] = Half(id_, penalty, held, values, state.at, state.negations)
        yield from best.values()

    def scattered(self, typed: Typed) -> Iterator[Half]:
        """The ways to ask that use the names, and most of the other words, in whatever order."""
        masks = []
        for symbols in typed.symbols():
            mask = 0
            for symbol in symbols:
                mask |= self.of_symbol.get(symbol, 0)
            masks.append((mask, COMMON if 2 * mask.bit_count() > len(self.ids) else 1.0))
        names = [(m.entities, frozenset(self.kinds[e] for e in m.entities), m.weak) for m in typed.mentions]
        if not names:
            return
        whole = sum(weight for _, weight in masks) + len(names)
        for number, id_ in enumerate(self.ids):
            intent = self.intents.by_id[id_]
            wanted = self.wanted[id_]
            fitting = [entities for entities, kinds, _ in names if kinds & wanted]
            missed = sum(weight for mask, weight in masks if not mask >> number & 1)
            missed += sum(not weak and not kinds & wanted for _, kinds, weak in names)
            if not fitting or missed > ENOUGH * whole:
                continue
            for extra, held in _placings(intent, fitting[:2]):
                yield Half(id_, SCATTERED + MISSED * missed / whole + extra + self.base[id_], held)


def _owners(intents: Intents, said: Mapping[str, str]) -> dict[str, str]:
    """For each intent that has words, the one that stands for it: the same words and form, and every kind it takes."""
    found: dict[str, str] = {}
    alike: dict[tuple[Any, ...], list[Intent]] = defaultdict(list)
    widest = sorted(intents.by_id.values(), key=lambda intent: -sum(len(intent.kinds[p]) for p in intent.bound))
    for intent in widest:
        if said.get(intent.id):
            others = alike[said[intent.id], intent.form, intent.detail, intent.bound]
            wider = (other for other in others if all(intent.kinds[p] <= other.kinds[p] for p in intent.bound))
            owner = next(wider, intent)
            if owner is intent:
                others.append(intent)
            found[intent.id] = owner.id
    return found


def _reach(trie: Sequence[Mapping[str, Any]], bit_of_line: Sequence[int]) -> tuple[list[int], dict[str, int]]:
    """The intents behind each node of the trie, and those that use each symbol."""
    onward: list[int | None] = [None] * len(trie)
    of_symbol: dict[str, int] = defaultdict(int)
    stack = [0]
    while stack:
        node = stack[-1]
        waiting = [child for symbol, child in trie[node].items() if symbol != ENDING and onward[child] is None]
        if waiting:
            stack += waiting
            continue
        stack.pop()
        bits = 0
        for symbol, child in trie[node].items():
            if symbol == ENDING:
                for number in child:
                    bits |= bit_of_line[number]
            else:
                behind = onward[child] or 0
                bits |= behind
                of_symbol[symbol] |= behind
        onward[node] = bits
    return [bits or 0 for bits in onward], dict(of_symbol)


def _placings(intent: Intent, names: Sequence[tuple[str, ...]]) -> Iterator[tuple[float, tuple[Any, ...]]]:
    """The places that names may take, all of them, as they were typed and the other way round."""
    places = [p for p in (*ROLES, "named", "among") if p in intent.bound]
    for chosen in itertools.permutations(places, len(names)):
        turned = list(chosen) != sorted(chosen, key=places.index)
        yield TURNED * turned, tuple(zip(chosen, names, strict=True))
