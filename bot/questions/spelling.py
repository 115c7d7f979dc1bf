"""Misspelt vocabulary and misspelt names, told apart by edit distance.

Only words that nobody knows are touched: neither vocabulary nor ordinary words of the language nor names. A name's
nearest neighbour must beat the next one; two at the same distance are both kept, so that the asker is asked back.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

# (shortest length, edits allowed). `isreal` for Israel is one transposition; at four letters one edit turns Oman
# into Iran's neighbours of four letters, so shorter words are only ever exact.
NAME_EDITS = ((8, 2), (5, 1))
WORD_EDITS = ((8, 2), (4, 1))
TYPO = 0.04
SLANG = 0.01


def allowed_edits(text: str, table: tuple[tuple[int, int], ...]) -> int:
    """How many edits a text of this length may be away."""
    return next((edits for length, edits in table if len(text) >= length), 0)


class Spelling:
    """Corrections by look-up (slang) and by distance (typos)."""

    def __init__(self, compiled: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        self.slang: Mapping[str, str] = shared.get("spelling", {})
        self.vocabulary = frozenset(compiled["vocabulary"].split())
        self.common = frozenset(compiled["common"].split()) | frozenset(shared.get("never_names", ()))
        self.aliases: Mapping[str, str] = compiled["aliases"]
        self.name_words = frozenset(word for alias in self.aliases for word in alias.split())
        self._words: dict[int, list[str]] = defaultdict(list)
        for word in self.vocabulary:
            if len(word) >= 4 and word.isascii():
                self._words[len(word)].append(word)
        self._names: dict[int, list[str]] = defaultdict(list)
        for alias in self.aliases:
            if len(alias) >= 5:
                self._names[len(alias)].append(alias)
        self.alternatives = lru_cache(maxsize=4096)(self._alternatives)
        self.guess_name = lru_cache(maxsize=4096)(self._guess_name)
        self.choices = lru_cache(maxsize=256)(self._choices)

    def _choices(self, length: int, edits: int, names: bool) -> list[str]:
        """The words, or names, whose length allows them to be so few edits away."""
        table = self._names if names else self._words
        return [w for size in range(length - edits, length + edits + 1) for w in table.get(size, ())]

    def known(self, word: str) -> bool:
        """Whether a word is vocabulary, a word of a name, or an ordinary word of the language."""
        return word in self.vocabulary or word in self.name_words or word in self.common

    def _alternatives(self, word: str) -> tuple[tuple[str, float], ...]:
        """The word itself and what it may be a spelling of, each with its cost."""
        found = [(word, 0.0)]
        if word in self.slang:
            found.append((self.slang[word], SLANG))
        elif not self.known(word) and word.isalpha():
            found += [(near, TYPO) for near in self._near_words(word)]
        return tuple(found)

    def _near_words(self, word: str) -> list[str]:
        edits = allowed_edits(word, WORD_EDITS)
        if not edits:
            return []
        choices = self.choices(len(word), edits, False)
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=4)
        if not near:
            return []
        best = near[0][1]
        return [found for found, distance, _ in near if distance == best]

    def _guess_name(self, text: str) -> tuple[int, tuple[str, ...]] | None:
        """The entities whose names are nearest to a misspelt one: (distance, entities), or None."""
        words = text.split()
        if any(word in self.common or word in self.vocabulary for word in words) and len(words) == 1:
            return None
        if not any(not self.known(word) for word in words):
            return None
        edits = allowed_edits(text, NAME_EDITS)
        if not edits:
            return None
        choices = self.choices(len(text), edits, True)
        near = [
            (name, int(distance))
            for name, distance, _ in process.extract(text, choices, scorer=OSA.distance, score_cutoff=edits, limit=8)
            if distance <= allowed_edits(min(text, name, key=len), NAME_EDITS) and _same_beginning(text, name)
        ]
        if not near:
            return None
        best = near[0][1]
        entities = dict.fromkeys(e for name, distance in near if distance == best for e in self.aliases[name].split())
        return best, tuple(entities)


def _same_beginning(text: str, name: str) -> bool:
    """Whether both begin alike, a swap of the first two letters allowed: Tomania is no misspelling of Romania."""
    return text[0] == name[0] or text[:2] == name[1::-1]
