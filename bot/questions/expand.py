"""Writes out what was typed short or run together, before anything is looked up.

Comes in: a sentence's tokens. Goes out: its words, each with the token it came from. Contractions, phrases that
learners say otherwise (`rewrites`) and words without a space between them; which they are, the language files say.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.questions.spelling import Spelling
from bot.questions.text import Token

Words = tuple[list[str], list[Token]]


class Expander:
    """Holds no state between sentences."""

    def __init__(self, shared: Mapping[str, Any], spelling: Spelling) -> None:
        self.spelling = spelling
        self.contractions = {k: tuple(v.split()) for k, v in shared.get("contractions", {}).items()}
        self.rewrites: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
        for said, meant in shared.get("rewrites", {}).items():
            first, *rest = said.split()
            self.rewrites[first].append((tuple(rest), tuple(meant.split())))
        for entries in self.rewrites.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def words(self, tokens: Sequence[Token]) -> Words:
        """The words of a sentence, as the language files write them, and their tokens."""
        words: list[str] = []
        kept: list[Token] = []
        for token in tokens:
            whole = self.contractions.get(words[-1] + token.text) if words and token.text == "'s" else None
            if whole:  # "what's" was cut like a possessive
                words[-1:], kept[-1:] = whole, [kept[-1]] * len(whole)
                continue
            for word in self.contractions.get(token.text) or self.spelling.parted(token.text):
                words.append(word)
                kept.append(token)
        return self._rewritten(words, kept) if any(word in self.rewrites for word in words) else (words, kept)

    def _rewritten(self, words: list[str], kept: list[Token]) -> Words:
        found: list[str] = []
        tokens: list[Token] = []
        at = 0
        while at < len(words):
            for rest, meant in self.rewrites.get(words[at], ()):
                end = at + 1 + len(rest)
                if tuple(words[at + 1 : end]) == rest:
                    found += meant
                    tokens += [kept[min(at + k, end - 1)] for k in range(len(meant))]
                    at = end
                    break
            else:
                found.append(words[at])
                tokens.append(kept[at])
                at += 1
        return found, tokens
