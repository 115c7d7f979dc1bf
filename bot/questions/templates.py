"""Ways to ask, written with hassil's signs, expanded into sequences of symbols.

`[optional]`, `(a|b)`, `<rule>`, `{place}`, `{place!}`, `&clause`. A rule stays one symbol, so that a line with three
rules of thirty wordings each is one skeleton, not 27,000.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

MAX_SKELETONS = 512  # of one line; more is a line that somebody should split

_PIECE = re.compile(r"\[|\]|\(|\)|\||<[a-z0-9_]+>|\{[a-z0-9_]+!?\}|&[a-z0-9_]+|[^\s\[\]()|<>{}&]+")

Symbols = tuple[str, ...]


class TemplateError(ValueError):
    """A line that cannot be expanded; the text says why."""


def expand(line: str, clauses: Mapping[str, Sequence[str]]) -> list[Symbols]:
    """Every sequence of symbols that a line stands for, without repeats. Raises TemplateError."""
    pieces = _PIECE.findall(line)
    if re.sub(r"\s", "", "".join(pieces)) != re.sub(r"\s", "", line):
        raise TemplateError("a bracket or sign is not closed")
    alternatives, rest = _alternatives(pieces, 0, clauses, 0)
    if rest != len(pieces):
        raise TemplateError(f"'{pieces[rest]}' closes nothing")
    found = list(dict.fromkeys(alternatives))
    if len(found) > MAX_SKELETONS:
        raise TemplateError(f"the line stands for {len(found)} skeletons, more than {MAX_SKELETONS}; split it")
    return found


def _alternatives(
    pieces: list[str], at: int, clauses: Mapping[str, Sequence[str]], depth: int
) -> tuple[list[Symbols], int]:
    """Parse `a b|c` up to a closing sign. Returns the sequences and the index of that sign."""
    if depth > 8:
        raise TemplateError("brackets or clauses are nested deeper than 8 levels")
    found: list[Symbols] = []
    sequence: list[list[Symbols]] = []
    while at < len(pieces) and pieces[at] not in ("]", ")"):
        piece = pieces[at]
        if piece == "|":
            found += _joined(sequence)
            sequence = []
        elif piece in ("[", "("):
            inner, at = _alternatives(pieces, at + 1, clauses, depth + 1)
            if at >= len(pieces) or pieces[at] != {"[": "]", "(": ")"}[piece]:
                raise TemplateError(f"'{piece}' is not closed")
            sequence.append([*inner, ()] if piece == "[" else inner)
        elif piece.startswith("&"):
            if piece[1:] not in clauses:
                raise TemplateError(f"there is no clause {piece}")
            lines = [expand(line, clauses) for line in clauses[piece[1:]] if piece not in line]
            sequence.append([symbols for group in lines for symbols in group])
        else:
            sequence.append([(piece,)])
        at += 1
    return found + _joined(sequence), at


def _joined(sequence: list[list[Symbols]]) -> list[Symbols]:
    size = 1
    for options in sequence:
        size *= max(1, len(options))
    if size > 4 * MAX_SKELETONS:
        raise TemplateError(f"the line stands for about {size} skeletons; split it")
    return [tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*sequence)]


def expand_phrase(text: str) -> list[Symbols]:
    """The word sequences of a rule's phrase, in which only `[ ]` and `( | )` may stand, also within a word."""
    if any(sign in text for sign in "<{&"):
        raise TemplateError("a rule's phrase holds neither rules nor places")
    spellings, rest = _spellings(text, 0, 0)
    if rest != len(text):
        raise TemplateError(f"'{text[rest]}' closes nothing")
    return [words for words in dict.fromkeys(tuple(spelling.split()) for spelling in spellings) if words]


def _spellings(text: str, at: int, depth: int) -> tuple[list[str], int]:
    """Every text that a phrase spells, up to a closing sign, and the index of that sign."""
    if depth > 8:
        raise TemplateError("brackets are nested deeper than 8 levels")
    found: list[str] = []
    current = [""]
    while at < len(text) and text[at] not in "])":
        if text[at] == "|":
            found += current
            current = [""]
        elif text[at] in "[(":
            inner, end = _spellings(text, at + 1, depth + 1)
            if end >= len(text) or text[end] != {"[": "]", "(": ")"}[text[at]]:
                raise TemplateError(f"'{text[at]}' is not closed")
            options = [*inner, ""] if text[at] == "[" else inner
            current = [one + two for one in current for two in options]
            at = end
        else:
            current = [one + text[at] for one in current]
        if len(current) > MAX_SKELETONS:
            raise TemplateError(f"the phrase has more than {MAX_SKELETONS} spellings; split it")
        at += 1
    return found + current, at


def place_of(symbol: str) -> str:
    """The name of the place that a symbol opens: `{object}` and `{object!}` both open `object`.

    The sign `!` wants a name that is a noun: in "sells Turkish drones" nothing is sold to Turkey.
    """
    return symbol[1:-1].rstrip("!")


def places(symbols: Sequence[str]) -> tuple[str, ...]:
    """The names of the places in a sequence, in order."""
    return tuple(place_of(symbol) for symbol in symbols if symbol[0] == "{")


def clauses_in(line: str) -> tuple[str, ...]:
    """The names of the clauses that a line uses."""
    return tuple(piece[1:] for piece in _PIECE.findall(line) if piece[0] == "&")


def expand_phrases(lines: Iterable[str]) -> list[tuple[str, ...]]:
    """The words of phrases that stand for themselves, the longest first. Raises TemplateError."""
    found = {words for line in lines for words in expand_phrase(line)}
    return sorted(found, key=lambda words: (-len(words), words))
