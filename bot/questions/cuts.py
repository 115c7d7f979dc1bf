"""Which stretches of a sentence may be the question, the rest being what people say around one.

Comes in: a sentence's lattice. Goes out: stretches to try, the most likely first, and who was named before one. What
is dropped must hold nothing that could turn the question.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bot.questions.lattice import Lattice, Mention
from bot.questions.tables import EVER, LEAD, NOW
from bot.questions.templates import expand_phrases
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
        self.premises = frozenset(shared.get("premises", ()))
        self.restart_words: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in expand_phrases(shared.get("restarts", ())):
            self.restart_words[phrase[0]].append(phrase)

    def cuts(self, lattice: Lattice, speaker: Mention | None = None) -> list[tuple[int, int]]:
        """The stretches to try: the whole sentence, then without chatter before or after a clause mark."""
        words, n = lattice.words, len(lattice.words)
        starts = [0, *(i + 1 for i, word in enumerate(words) if word in CLAUSE_MARKS and i + 1 < n)]
        starts += [i for i, word in enumerate(words) if 0 < i < n - 1 and self._opens(lattice, i)]
        starts += (restarts := [i for i in self._restarts(lattice) if 0 < i < n])
        ends = [n, *(i for i, word in enumerate(words) if i > 0 and (word in CLAUSE_MARKS or word in self.tails))]
        # Of very many marks only the last count: the question tends to stand behind the chatter.
        first = [0, *sorted(set(starts) - {0})[-MAX_MARKS:]]
        last = sorted(set(ends), reverse=True)[:MAX_MARKS]
        first = [start for start in first if self._may_drop_front(lattice, start, speaker)]
        last = [end for end in last if self._may_drop_end(lattice, end) and end >= max(restarts, default=0)]
        found = [(start, end) for start in first for end in last if start < end]
        found.sort(key=lambda cut: (cut[0] > 0 and words[cut[0]] not in self.openers, cut[0] - cut[1]))
        return found[:MAX_CUTS]

    def _opens(self, lattice: Lattice, i: int) -> bool:
        """Whether a question may begin here in mid-sentence: with one of its words, or with a lead of several."""
        if lattice.words[i - 1] not in self.joins:
            return False
        return lattice.words[i] in self.openers or any(e.kind == LEAD and e.end > i + 1 for e in lattice.edges[i])

    def _restarts(self, lattice: Lattice) -> list[int]:
        """Where somebody begins again ("no wait, …", "I mean …"): what stands before is withdrawn."""
        words = lattice.words
        ends = [
            i + len(phrase)
            for i in range(1, len(words))
            for phrase in self.restart_words.get(words[i], ())
            if tuple(words[i : i + len(phrase)]) == phrase
        ]
        return sorted({end + (end < len(words) and words[end] in CLAUSE_MARKS) for end in ends})

    def withdrawn(self, lattice: Lattice, start: int) -> bool:
        """Whether what stands before a stretch was withdrawn."""
        return start in self._restarts(lattice)

    def argued(self, lattice: Lattice, start: int) -> bool:
        """Whether a premise stands before a stretch ("if it is so …, why …"), which only a question for reasons has."""
        return any(word in self.premises for word in lattice.words[:start])

    def _may_drop_front(self, lattice: Lattice, start: int, speaker: Mention | None) -> bool:
        """Chatter may be dropped if it holds nothing that could turn the question."""
        words = lattice.words
        if self.withdrawn(lattice, start):
            turning = self.drop_stops - self.asking
            return not any(word in turning for word in words[:start]) and not self._timed(lattice, 0, start)
        premise = self.argued(lattice, start)
        if any(word in self.drop_stops - self.premises for word in words[:start]):
            return False
        if premise and (words[0] not in self.premises or self._dated(lattice, 0, start)):
            return False
        marks = [i for i in range(start - 1) if words[i] in CLAUSE_MARKS]
        clause = marks[-1] if marks else 0  # the clause that leads into the question
        if speaker is not None and clause <= speaker.start < start:
            return not self._timed(lattice, clause, start)
        return not self._dated(lattice, clause, start)

    def _may_drop_end(self, lattice: Lattice, end: int) -> bool:
        """Behind a question no name may be dropped either, nor what asks on."""
        words = lattice.words
        if any(word in self.drop_stops | self.asking for word in words[end:]):  # "…, and since when?"
            return False
        if words[end:] and words[end] in self.tails and any(i > end for i in lattice.unknown):
            timed = any(edge.kind in (NOW, EVER) for edge in lattice.edges[end + 1])
            if not timed:  # "… or still at it" is chatter, "… or its driving licences" more of the question
                return False
        return not any(m.end > end for m in lattice.mentions) and not self._dated(lattice, end, len(words))

    def chatter(self, lattice: Lattice, start: int, speaker: Mention | None = None) -> bool:
        """Whether the names before a stretch are chatter.

        So they are where somebody is introduced or begins again, and among many words without a question among them,
        if a question word follows.
        """
        words = lattice.words
        if start and self.withdrawn(lattice, start):
            return True
        if start and speaker is not None and speaker.end <= start:  # and not behind another question
            return not any(word in self.openers for word in words[speaker.end : start])
        asked = any(word in self.openers for word in words[:start])
        return not self._short(lattice, start) and not asked and words[start] in self.openers

    def asks_before(self, lattice: Lattice, start: int) -> bool:
        """Whether a question about somebody stands before a stretch, and was not withdrawn."""
        if self.withdrawn(lattice, start) or not lattice.words[:start]:
            return False
        first = next((i for i, word in enumerate(lattice.words[:start]) if word not in CLAUSE_MARKS), start)
        return lattice.words[first] in self.openers and any(first < m.start < start for m in lattice.mentions)

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
        return self._timed(lattice, start, end)

    def _timed(self, lattice: Lattice, start: int, end: int) -> bool:
        return any(edge.kind == "time" for edges in lattice.edges[start:end] for edge in edges)
