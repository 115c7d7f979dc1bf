"""For whom somebody speaks: "Delegation of Slovenia here: when did we …?".

Comes in: a sentence's lattice. Goes out: the one for whom is spoken, where the language's words introduce one, and
edges that let "we" and "our" name it. Nobody else is ever meant by these words.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.questions.lattice import Lattice, LatticeMaker, Mention
from bot.questions.tables import NAME
from bot.questions.templates import expand_phrases
from bot.questions.text import CLAUSE_MARKS


class Speakers:
    """Knows the words of an introduction. Holds no state between sentences."""

    def __init__(self, shared: Mapping[str, Any], lattices: LatticeMaker) -> None:
        self.lattices = lattices
        said = shared.get("speaker", {})
        self.before = _by_word(expand_phrases(said.get("before", ())), -1)
        self.alone = _by_word(expand_phrases(said.get("alone", ())), -1)
        self.after = _by_word(expand_phrases(said.get("after", ())), 0)
        self.words = expand_phrases(said.get("words", ()))
        self.named = frozenset(said.get("named", ()))
        self.selves = frozenset(said.get("selves", ()))
        self.articles = frozenset(said.get("articles", ()))
        self.fillers = frozenset(said.get("fillers", ()))
        self.follows = frozenset(said.get("follows", ()))
        self.openers = frozenset(shared.get("openers", ()))

    def introduced(self, lattice: Lattice) -> Mention | None:
        """The one for whom a sentence says that it is asked; None if it names others before its first mark too."""
        for mention in lattice.mentions:
            if mention.guessed or len(mention.entities) != 1 or not self._introduces(lattice, mention):
                continue
            end = self._end(lattice, mention)
            start = mention.end + self._behind(lattice, mention)  # "ambassador" may be a name of its own
            if not any(m.end <= mention.start or start <= m.start < end for m in lattice.mentions):
                return mention
        return None

    def _end(self, lattice: Lattice, mention: Mention) -> int:
        """Where an introduction ends: at a mark, a word that opens a question, or the first "we"."""
        words = lattice.words
        spoken = {phrase[0] for phrase in self.words}
        for i in range(mention.end, len(words)):
            if words[i] in CLAUSE_MARKS or words[i] in self.openers or words[i] in spoken:
                return i
        return len(words)

    def _introduces(self, lattice: Lattice, mention: Mention) -> bool:
        """Whether a clause says no more than for whom somebody speaks, or goes on to a question."""
        words, start = lattice.words, mention.start
        while start and words[start - 1] in self.articles:
            start -= 1
        last = words[start - 1] if start else ""
        before = next((p for p in self.before.get(last, ()) if tuple(words[max(0, start - len(p)) : start]) == p), None)
        alone = next((p for p in self.alone.get(last, ()) if tuple(words[max(0, start - len(p)) : start]) == p), ())
        behind = self._behind(lattice, mention)
        if before is None and not behind and not alone:
            return False
        head = start - len(before or alone)
        while head and words[head - 1] not in CLAUSE_MARKS:
            if words[head - 1] not in self.fillers:
                return False
            head -= 1
        end = mention.end + behind
        if end >= len(words) or words[end] in CLAUSE_MARKS:
            return True
        return (before is not None or behind > 0) and words[end] in self.follows | self.openers

    def _behind(self, lattice: Lattice, mention: Mention) -> int:
        """The length of what stands behind a name that is introduced so: "Kenya's delegate"."""
        behind = lattice.words[mention.end :]
        return next((len(p) for p in self.after.get(behind[0], ()) if tuple(behind[: len(p)]) == p), 0) if behind else 0

    def take_back(self, lattice: Lattice, speaker: bool) -> None:
        """Let a word that is also a name ("us") be none where people speak of themselves; in capitals it stays one."""
        if not speaker and not self.selves & set(lattice.words):
            return
        for i, word in enumerate(lattice.words):
            own = word in self.named and lattice.tokens[i].raw == word and (not i or lattice.words[i - 1] != "the")
            if not own:
                continue
            lattice.mentions = [m for m in lattice.mentions if (m.start, m.end) != (i, i + 1)]
            for edges in lattice.edges:
                edges[:] = [e for e in edges if e.kind != NAME or (e.payload.start, e.payload.end) != (i, i + 1)]
            lattice.unknown = sorted({*lattice.unknown, i})

    def place(self, lattice: Lattice, entity: str, start: int = 0) -> None:
        """Let "we", from a place on, name the one for whom is spoken."""
        for i in range(start, len(lattice.words)):
            own = lattice.words[i] in self.named and i in lattice.unknown
            for phrase in (*self.words, *(((lattice.words[i],),) if own else ())):
                if tuple(lattice.words[i : i + len(phrase)]) == phrase:
                    self.lattices.add_name_edges(lattice, Mention(i, i + len(phrase), (entity,), spoken=True))
                    lattice.unknown = [k for k in lattice.unknown if not i <= k < i + len(phrase)]


def _by_word(phrases: Sequence[tuple[str, ...]], place: int) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by the word at one of their places, in their order."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        found[phrase[place]].append(phrase)
    return found
