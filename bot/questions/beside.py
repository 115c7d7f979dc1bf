"""What stands beside a question in a text: echoes that ask whether a statement is so, remarks, a second question.

Comes in: sentences, and their lattices. Goes out: an echo joined to its statement, a sentence cut into its two
questions, and whether a sentence is a mere remark. Must not know: what any of them means.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.questions.lattice import Lattice, LatticeMaker
from bot.questions.tables import SKIP, TAG
from bot.questions.templates import expand_phrases
from bot.questions.text import CLAUSE_MARKS, Sentence, Token

MAX_ECHO = 8
MAX_SCENE = 6  # words: "It is 1975."


class Beside:
    """Sorts what is said beside a question. Holds no state between questions."""

    def __init__(self, shared: Mapping[str, Any], lattices: LatticeMaker) -> None:
        self.lattices = lattices
        self.openers = frozenset(shared.get("openers", ()))
        self.auxiliaries = self.openers & frozenset(shared.get("follow", {}).get("auxiliaries", ()))
        self.halving = frozenset(shared.get("halving", ()))
        self.settings = frozenset(shared.get("settings", ()))
        self.negators = frozenset(shared.get("negators", ()))
        self.remarks = expand_phrases(shared.get("remarks", ()))

    def joined(self, sentences: Sequence[Sentence], today: datetime.date) -> list[Sentence]:
        """The sentences, each statement with the echo behind it: "A owes B. Does it really?" is one question."""
        found: list[Sentence] = []
        for sentence in sentences:
            if found and not found[-1].asked and self._echoes(sentence, today):
                last, first = found[-1].tokens[-1], sentence.tokens[0]
                comma = Token(",", ",", last.end, first.start)
                found[-1] = Sentence((*found[-1].tokens, comma, *sentence.tokens), True)
            else:
                found.append(sentence)
        return found

    def _echoes(self, sentence: Sentence, today: datetime.date) -> bool:
        """Whether a sentence is made up of tags alone."""
        if len(sentence.tokens) > MAX_ECHO:
            return False
        lattice = self.lattices.make(sentence.tokens, today)
        reached = {(0, False)}
        for i, edges in enumerate(lattice.edges):
            for at, tagged in tuple(reached):
                if at == i:
                    reached |= {
                        (e.end, tagged or e.kind == TAG) for e in edges if e.kind in (TAG, SKIP, "mark")
                    }  # fmt: skip
        return (len(lattice.words), True) in reached

    def halves(self, sentence: Sentence, lattice: Lattice) -> tuple[Sentence, ...]:
        """A sentence cut where a second question begins: "Does A owe B, and does B owe A?"."""
        words = lattice.words
        first = next((word for word in words if word not in CLAUSE_MARKS), "")
        if not sentence.asked and first not in self.openers:
            return ()
        for i in range(2, len(words)):
            joined = words[i - 1] in self.halving and words[i] in self.openers | self.negators
            joined = joined or (words[i - 1] in CLAUSE_MARKS and words[i] in self.auxiliaries)
            if not joined or not any(m.end <= i for m in lattice.mentions):
                continue
            where = lattice.tokens[i].start
            behind = tuple(token for token in sentence.tokens if token.start >= where)
            front = tuple(token for token in sentence.tokens if token.start < where)
            while front and (front[-1].text in self.halving or front[-1].text in CLAUSE_MARKS):
                front = front[:-1]
            if front and behind:
                return Sentence(front, True), Sentence(behind, True)
        return ()

    def sets_scene(self, lattice: Lattice) -> bool:
        """Whether a sentence says when all is set ("Our game begins in 1975."), which dates the question beside it."""
        bare = not lattice.mentions and len(lattice.words) <= MAX_SCENE
        return _timed(lattice) and (bare or not self.settings.isdisjoint(lattice.words))

    def begins_remark(self, lattice: Lattice) -> bool:
        """Whether a sentence begins as a remark about the asking does ("I think …", "because …")."""
        return any(tuple(lattice.words[: len(phrase)]) == phrase for phrase in self.remarks)

    def remarked(self, lattice: Lattice, known: Iterable[str]) -> bool:
        """Whether a sentence only says why or how somebody asks, naming nobody but those of the question."""
        if not self.begins_remark(lattice) or _timed(lattice):
            return False
        return all(set(m.entities) & set(known) for m in lattice.mentions)


def _timed(lattice: Lattice) -> bool:
    return any(edge.kind == "time" for edges in lattice.edges for edge in edges)
