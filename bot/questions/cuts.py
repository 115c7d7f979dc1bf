"""Which stretches of a sentence may be the question, the rest being what people say around one.

Comes in: a sentence's lattice. Goes out: stretches to try, the most likely first, and who was named before one. What
is dropped must hold nothing that could turn the question.
"""

from collections.abc import Mapping
from typing import Any

from bot.questions.lattice import Lattice
from bot.questions.text import CLAUSE_MARKS

MAX_CUTS = 20
MAX_MARKS = 20
MIN_CHATTER = 4


class Cutter:
    """Cuts questions out of sentences. Holds no state between sentences."""

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self.openers = frozenset(shared.get("openers", ()))
        self.asking = self.openers - frozenset(shared.get("follow", {}).get("auxiliaries", ()))
        self.drop_stops = frozenset(shared.get("drop_stops", ()))
        self.prepositions = frozenset(shared.get("prepositions", ()))
        self.tails = frozenset(shared.get("tails", ()))
        self.joins = frozenset(shared.get("joins", ()))

    def cuts(self, lattice: Lattice) -> list[tuple[int, int]]:
        """The stretches to try: the whole sentence, then without chatter before or after a clause mark."""
        words, n = lattice.words, len(lattice.words)
        starts = [0, *(i + 1 for i, word in enumerate(words) if word in CLAUSE_MARKS and i + 1 < n)]
        starts += [i for i, word in enumerate(words) if 0 < i < n - 1 and self._opens(lattice, i)]
        ends = [n, *(i for i, word in enumerate(words) if i > 0 and (word in CLAUSE_MARKS or word in self.tails))]
        # Of very many marks only the last count: the question tends to stand behind the chatter.
        first = [0, *sorted(set(starts) - {0})[-MAX_MARKS:]]
        last = sorted(set(ends), reverse=True)[:MAX_MARKS]
        found = [(start, end) for start in first for end in last if start < end and self._may_drop(lattice, start, end)]
        found.sort(key=lambda cut: (cut[0] > 0 and words[cut[0]] not in self.openers, cut[0] - cut[1]))
        return found[:MAX_CUTS]

    def _opens(self, lattice: Lattice, i: int) -> bool:
        return lattice.words[i] in self.openers and lattice.words[i - 1] in self.joins

    def _may_drop(self, lattice: Lattice, start: int, end: int) -> bool:
        """Chatter may be dropped if it holds nothing that could turn the question; behind it, no name either."""
        words = lattice.words
        if any(word in self.drop_stops for word in (*words[:start], *words[end:])):
            return False
        if any(word in self.asking for word in words[end:]):  # "…, and since when?" is not the same question
            return False
        if any(m.end > end for m in lattice.mentions) or self._dated(lattice, end, len(words)):
            return False
        marks = [i for i in range(start - 1) if words[i] in CLAUSE_MARKS]
        return not self._dated(lattice, marks[-1] if marks else 0, start)  # the clause that leads into the question

    def chatter(self, lattice: Lattice, start: int) -> bool:
        """Whether the names before a stretch are chatter: many words, no question among them, then a question word."""
        words = lattice.words
        asked = any(word in self.openers for word in words[:start])
        return not self._short(lattice, start) and not asked and words[start] in self.openers

    def topic(self, lattice: Lattice, start: int) -> tuple[str, ...]:
        """Who is named before a stretch, for a pronoun in it: "Jordan: does it recognise Kosovo?"."""
        return tuple(dict.fromkeys(e for m in lattice.mentions if m.start < start for e in m.entities))

    def _short(self, lattice: Lattice, start: int) -> bool:
        """Whether what stands before a stretch is hardly more than names set before it."""
        named = sum(m.end - m.start for m in lattice.mentions if m.start < start)
        return start - named - sum(w in CLAUSE_MARKS for w in lattice.words[:start]) < MIN_CHATTER

    def _dated(self, lattice: Lattice, start: int, end: int) -> bool:
        """Whether a stretch says when or where ("during the war", "in 2019"), which belongs to the question."""
        for i, word in enumerate(lattice.words[start:end], start):
            if word in self.prepositions and any(m.start in (i + 1, i + 2) for m in lattice.mentions):
                return True
            if any(edge.kind == "time" for edge in lattice.edges[i]):
                return True
        return False
