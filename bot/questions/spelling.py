"""Misspelt vocabulary and misspelt names, told apart by edit distance.

Only words that nobody knows are touched: neither vocabulary nor ordinary words of the language nor names. A name's
nearest neighbour must beat the next one; two at the same distance are both kept, so that the asker is asked back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
# A name of five letters that has lost one within: `japn`, `inda`. Whatever begins or ends otherwise is another name.
SHORT_NAME = 4
# Spelt by ear ("genosied", "recagnize"): as many edits as a word of six letters and more may be away from one with the
# same consonants. Parts of what was run together: a plain word, a word beside a name, a name.
SOUND_LENGTH, SOUND_EDITS, NAME_SOUND_EDITS = 6, 3, 2
PART, PART_BESIDE, PART_NAME = 5, 4, 4


def allowed_edits(text: str, table: tuple[tuple[int, int], ...]) -> int:
    """How many edits a text of this length may be away."""
    return next((edits for length, edits in table if len(text) >= length), 0)


class Spelling:
    """Corrections by look-up (slang) and by distance (typos)."""

    def __init__(self, compiled: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        self.slang: Mapping[str, str] = shared.get("spelling", {})
        vocabulary = compiled["vocabulary"].split()  # in order: of words that are equally near, the same ones are kept
        self.vocabulary = frozenset(vocabulary)
        self.common = frozenset(compiled["common"].split()) | frozenset(shared.get("never_names", ()))
        self.aliases: Mapping[str, str] = compiled["aliases"]
        self.name_words = frozenset(word for alias in self.aliases for word in alias.split())
        self._words: dict[int, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= 4 and word.isascii():
                self._words[len(word)].append(word)
        self.run_together = frozenset(shared.get("run_together", ()))
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= SOUND_LENGTH - 1 and word.isascii():
                self._sounds[_sound(word)].append(word)
        self._names: dict[tuple[int, str], list[str]] = defaultdict(list)  # by length and first letter
        for alias in self.aliases:
            if len(alias) >= 5:
                self._names[len(alias), alias[0]].append(alias)
        self.alternatives = lru_cache(maxsize=4096)(self._alternatives)
        self.parted = lru_cache(maxsize=4096)(self._parted)
        self.guess_name = lru_cache(maxsize=4096)(self._guess_name)
        self.words_near = lru_cache(maxsize=64)(self._words_near)
        self.names_near = lru_cache(maxsize=1024)(self._names_near)

    def _words_near(self, length: int, edits: int) -> list[str]:
        """The words whose length allows them to be so few edits away."""
        return [w for size in range(length - edits, length + edits + 1) for w in self._words.get(size, ())]

    def _names_near(self, length: int, edits: int, letters: str) -> list[str]:
        """The names whose length allows them to be so few edits away, and that begin with one of the letters."""
        sizes = range(length - edits, length + edits + 1)
        return [name for size in sizes for letter in letters for name in self._names.get((size, letter), ())]

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

    def _short_name(self, text: str) -> tuple[int, tuple[str, ...]] | None:
        """The one name that four letters lack a letter of, not its first or last, or that has one twice: `omman`."""
        if not text.isalpha() or not SHORT_NAME <= len(text) <= SHORT_NAME + 1:
            return None
        if len(text) > SHORT_NAME:
            once = {text[:k] + text[k + 1 :] for k in range(SHORT_NAME) if text[k] == text[k + 1]}
            names = [name for name in once if name in self.aliases]
            return (1, self._entities(names)) if names else None
        alike = process.extract(
            text, self.names_near(SHORT_NAME + 1, 0, text[0]), scorer=OSA.distance, score_cutoff=1, limit=None
        )
        near = [name for name, _, _ in alike if name[-1] == text[-1]]
        entities = self._entities(near)
        return (1, entities) if len(entities) == 1 else None

    def _near_words(self, word: str) -> list[str]:
        edits = allowed_edits(word, WORD_EDITS)
        if not edits:
            return []
        choices = self.words_near(len(word), edits)
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=4)
        if not near and len(word) >= SOUND_LENGTH:  # the same consonants, other vowels
            alike = self._sounds.get(_sound(word), ())
            near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=SOUND_EDITS, limit=4)
        if not near:
            return []
        best = near[0][1]
        return [found for found, distance, _ in near if distance == best]

    def _parted(self, word: str) -> tuple[str, ...]:
        """The two words that were typed without a space, if there is just one way to part them; else the word itself.

        A name stands beside an ordinary word ("doesmali", "recognisekosovo"), or both are long ("diplomaticrelations"):
        short beginnings such as "un" and "non" turn a word and are no words of their own.
        """
        if len(word) < PART_BESIDE + 2 or not word.isalpha() or not word.isascii() or self.known(word):
            return (word,)
        found = [(word[:k], word[k:]) for k in range(2, len(word) - 1) if self._two(word[:k], word[k:])]
        if len(found) != 1 or len(self.alternatives(word)) > 1 or self.guess_name(word):
            return (word,)
        return found[0]

    def _two(self, one: str, two: str) -> bool:
        names = [len(part) >= PART_NAME and part in self.aliases for part in (one, two)]
        beside = [part in self.run_together or (len(part) >= PART_BESIDE and part in self.vocabulary)
                  for part in (one, two)]  # fmt: skip
        plain = all(len(part) >= PART and part in self.vocabulary for part in (one, two))
        return plain or (names[0] and beside[1]) or (beside[0] and names[1])

    def _guess_name(self, text: str) -> tuple[int, tuple[str, ...]] | None:
        """The entities whose names are nearest to a misspelt one: (distance, entities), or None."""
        words = text.split()
        if any(word in self.common or word in self.vocabulary for word in words) and len(words) == 1:
            return None
        if not any(not self.known(word) for word in words):
            return None
        short = self._short_name(text)
        if short:
            return short
        edits = allowed_edits(text, NAME_EDITS)
        if not edits:
            return None
        choices = self.names_near(len(text), edits, "".join(sorted({*text[:2]})))
        near = [
            (name, int(distance))
            for name, distance, _ in process.extract(text, choices, scorer=OSA.distance, score_cutoff=edits, limit=8)
            if distance <= allowed_edits(min(text, name, key=len), NAME_EDITS) and _same_beginning(text, name)
        ]
        if not near:
            return self._name_by_ear(text)
        best = near[0][1]
        nearest = [name for name, distance in near if distance == best]
        # Two letters swapped are likelier than another letter: "palua" is Palau, not Papua.
        nearest = [name for name in nearest if sorted(name) == sorted(text)] or nearest
        return best, self._entities(nearest)

    def _entities(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e for name in names for e in self.aliases[name].split()))

    def _name_by_ear(self, text: str) -> tuple[int, tuple[str, ...]] | None:
        """The one name with the same consonants that is two letters away: "kashmeer", "tunesea"."""
        if len(text) < SOUND_LENGTH or not text.isalpha():
            return None
        choices = self.names_near(len(text), NAME_SOUND_EDITS, text[0])
        near = process.extract(text, choices, scorer=OSA.distance, score_cutoff=NAME_SOUND_EDITS, limit=None)
        sound = _sound(text)
        alike = [name for name, _, _ in near if len(name) >= SOUND_LENGTH and _sound(name) == sound]
        entities = self._entities(alike)
        return (NAME_SOUND_EDITS, entities) if len(entities) == 1 else None


def _sound(word: str) -> str:
    """A word's first letter and its further consonants, doubled ones once, those that sound alike as one."""
    told = word.translate(_ALIKE)
    return word[:1] + "".join(
        c for c, before in zip(told[1:], told, strict=False) if c not in "aeiouyh" and c != before
    )


_ALIKE = str.maketrans({"z": "s", "c": "s", "k": "s", "q": "s", "x": "s"})


def _same_beginning(text: str, name: str) -> bool:
    """Whether both begin alike, a swap of the first two letters allowed: Tomania is no misspelling of Romania."""
    return text[0] == name[0] or text[:2] == name[1::-1]
