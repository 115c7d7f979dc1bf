"""Asides within a question: "…, mind you, …", "… even though it has no army", "…, great friend that it is, …".

Comes in: a lattice whose names and times are placed. Goes out: edges that read past what is said in passing. A
concession may name somebody, since it does not change what is asked of those whom the question names; so it is read
past only where the question leaves nobody open ("which of them, although …" would be narrowed by it).
"""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.questions.lattice import Edge, Lattice
from bot.questions.match import CONCESSION
from bot.questions.tables import SKIP
from bot.questions.templates import expand_phrases
from bot.questions.text import CLAUSE_MARKS

ASIDE_COST = 0.03
MAX_ASIDE = 6
MAX_CONCESSION = 14


class Asides:
    """Finds asides by the language's words. Holds no state between sentences."""

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self.openers = frozenset(shared.get("openers", ()))
        self.drop_stops = frozenset(shared.get("drop_stops", ()))
        said = shared.get("concessions", {})
        self.heads: dict[str, list[tuple[str, ...]]] = defaultdict(list)  # by their first word
        for head in expand_phrases(said.get("heads", ())):
            self.heads[head[0]].append(head)
        self.ends = expand_phrases(said.get("ends", ()))

    def add(self, lattice: Lattice) -> None:
        """Edges over every aside of a sentence."""
        words = lattice.words
        timed = {i for i, edges in enumerate(lattice.edges) for e in edges if e.kind == "time"}
        named = {k for m in lattice.mentions for k in range(m.start, m.end)}
        marks = [i for i, word in enumerate(words) if word in CLAUSE_MARKS]
        for one, two in itertools.pairwise(marks):
            inside = range(one + 1, two)
            said = words[one + 1 : two]
            if not said or timed & set(inside) or self.drop_stops & set(said):
                continue
            if len(said) <= MAX_ASIDE and not named & set(inside) and not self.openers & set(said):
                lattice.edges[one].append(Edge(two, SKIP, None, ASIDE_COST))
            elif len(said) <= MAX_CONCESSION and any(tuple(said[-len(end) :]) == end for end in self.ends):
                lattice.edges[one].append(Edge(two, CONCESSION, None, ASIDE_COST))
        for start, word in enumerate(words):
            if any(tuple(words[start : start + len(head)]) == head for head in self.heads.get(word, ())):
                self._add_concession(lattice, start, [*marks, len(words)], timed)

    def named(self, lattice: Lattice, start: int) -> tuple[str, ...]:
        """Who is named in a concession at the head of a stretch: "Although Cuba is small, does it …"."""
        ends = [edge.end for edge in lattice.edges[start] if edge.kind == CONCESSION]
        found = (m for m in lattice.mentions if start <= m.start < max(ends, default=start))
        return tuple(dict.fromkeys(entity for mention in found for entity in mention.entities))

    def _add_concession(self, lattice: Lattice, start: int, stops: Sequence[int], timed: set[int]) -> None:
        """From a head ("even though") to the next mark, unless a word between could turn the question."""
        end = next(stop for stop in stops if stop > start)
        if end - start > MAX_CONCESSION or timed & set(range(start, end)):
            return
        if not self.drop_stops & set(lattice.words[start:end]):
            lattice.edges[start].append(Edge(end, CONCESSION, None, ASIDE_COST))
