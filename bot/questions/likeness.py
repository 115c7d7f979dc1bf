"""Which questions that were not understood are the same gap, and how they would be said as a line of an intent.

Comes in: texts, each with how often it was asked. Goes out: groups of them, the most asked first, in the same order
whatever the order they came in. Must not know: who asked, and what is done about it.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.questions.lattice import Edge, Lattice, Mention
from bot.questions.read import Reader
from bot.questions.tables import EVER, FALSE, LEAD, NAME, NOT, NOW, SKIP, SYMBOL, TAG, VALUE
from bot.questions.text import CLAUSE_MARKS, MAX_CHARACTERS, Token, fold, tokenise
from bot.questions.thresholds import SAME_CONTENT, SAME_LENGTH, SAME_STRANGER, SAME_WORDS

HOLE = "{}"  # what stands for a name
_PAST = frozenset({SKIP, LEAD, FALSE, TAG, NOW, EVER, "mark", "time"})  # words that change nothing of what is asked for


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its names masked. `content` are its words without names and auxiliaries, `asking` its question words,
    `strange` those that nobody knows."""

    text: str
    times: int
    skeleton: str
    names: int
    asking: frozenset[str]
    content: str
    strange: str


def mask(reader: Reader, text: str, times: int, today: datetime.date) -> Masked:
    """A text as it is compared: names are holes, times and words that are read past are left out."""
    lattice = _lattice(reader, text, today)
    if lattice is None:
        words = fold(text[:MAX_CHARACTERS]).split()
        return Masked(text, times, " ".join(words), 0, frozenset(), " ".join(words), "")
    said = [
        HOLE if isinstance(part, Mention) else part
        for part, edge in _pieces(lattice)
        if edge is None or edge.kind not in _PAST
    ]
    own = [word for word in said if word != HOLE]
    strange = " ".join(word for word in own if word.isalpha() and not reader.spelling.known(word))
    asking = frozenset(own) & reader.cutter.asking
    content = " ".join(word for word in own if word not in reader.openers)
    return Masked(text, times, " ".join(said), said.count(HOLE), asking, content, strange)


def mentions(reader: Reader, text: str, today: datetime.date) -> list[Mention]:
    """The names in a text, in order."""
    lattice = _lattice(reader, text, today)
    return [] if lattice is None else [part for part, _ in _pieces(lattice) if isinstance(part, Mention)]


def group(texts: Iterable[Masked]) -> list[list[Masked]]:
    """The texts in groups of one gap each: the most asked first, in each its most asked text first."""
    ordered = sorted(texts, key=lambda one: (-one.times, one.skeleton, one.text))
    leaders: dict[tuple[int, frozenset[str]], dict[str, list[Masked]]] = defaultdict(dict)
    for one in ordered:
        near = leaders[one.names, one.asking]
        leader = one.skeleton if one.skeleton in near else _leader(one, near)
        near.setdefault(leader, []).append(one)
    groups = [members for near in leaders.values() for members in near.values()]
    return sorted(groups, key=lambda found: (-sum(one.times for one in found), found[0].skeleton, found[0].text))


def _leader(one: Masked, near: Mapping[str, list[Masked]]) -> str:
    """The skeleton whose group a text joins: the likest of those before it, or its own."""
    best, found = (0.0, 0.0), one.skeleton
    for skeleton, (first, *_) in near.items():
        as_set = fuzz.token_set_ratio(one.skeleton, skeleton)
        if as_set < SAME_WORDS and fuzz.ratio(one.content, first.content) < SAME_CONTENT:
            continue
        as_sorted = fuzz.token_sort_ratio(one.skeleton, skeleton)
        strange = fuzz.ratio(one.strange, first.strange)
        if as_sorted >= SAME_LENGTH and strange >= SAME_STRANGER and (as_sorted, as_set) > best:
            best, found = (as_sorted, as_set), skeleton
    return found


def rank(one: Masked, known: Mapping[str, Collection[Masked]]) -> list[str]:
    """The keys of known texts: those first that ask for the same kind of thing, and of them the likest."""
    scores = {
        key: max(
            ((one.asking == other.asking, fuzz.token_sort_ratio(one.skeleton, other.skeleton)) for other in others),
            default=(False, 0.0),
        )
        for key, others in known.items()
    }
    return sorted(scores, key=lambda key: scores[key], reverse=True)


def line_of(reader: Reader, text: str, places: Sequence[str], rules: Sequence[str], values: Collection[str],
            today: datetime.date) -> str:  # fmt: skip
    """A text as a line of an intent, its names masked by `places` in order; empty where there are more or fewer names.

    Of the rules, only those are used that the intent uses already, given with the most used first: the line is as wide
    as its own, and no wider.
    `values` are the narrowings that may be left open. Negations and what is read past anyway are left out.
    """
    lattice = _lattice(reader, text, today)
    if lattice is None:
        return ""
    said: list[str] = []
    left = list(places)
    for part, edge in _pieces(lattice, rules, values):
        if isinstance(part, Mention):
            if not left:
                return ""
            said.append("{" + left.pop(0) + "}")
        elif edge is None:
            said.append(part)
        elif edge.kind == SYMBOL:
            said.append(str(edge.payload))
        elif edge.kind == VALUE:
            said.append("{" + str(edge.payload[0]) + "}")
    return "" if left else " ".join(said)


def _lattice(reader: Reader, text: str, today: datetime.date) -> Lattice | None:
    """What the words of a text may be, whatever sentences they stand in; None for a text that is not read at all."""
    if len(text) > MAX_CHARACTERS:
        return None
    tokens: list[Token] = [token for token in tokenise(text) if not token.mark or token.text in CLAUSE_MARKS]
    lattice = reader.lattices.make(tokens, today)
    return None if lattice.blocked == "long" else lattice


def _pieces(
    lattice: Lattice, rules: Sequence[str] | None = None, values: Collection[str] = ()
) -> Iterator[tuple[str | Mention, Edge | None]]:
    """A sentence cut into names, words, and stretches that one of `rules` or `values`, or a word read past, covers.

    Without `rules`, to be compared, a word that is said in some line is kept even if it may be read past too.
    """
    at, comparing = 0, rules is None
    while at < len(lattice.words):
        edges = lattice.edges[at]
        named = [e for e in edges if e.kind == NAME]
        ruled = sorted(
            (e for e in edges if e.kind == SYMBOL and e.payload in (rules or ())),
            key=lambda e: (rules or ()).index(e.payload),
        )
        valued = [e for e in edges if e.kind == VALUE and e.payload[0] in values]
        past = [e for e in edges if e.kind in _PAST or (e.kind == NOT and e.end == at + 1 and not comparing)]
        literal = comparing and any(e.kind == SYMBOL for e in edges)
        for kinds in (named, ruled, valued, () if literal else past):
            if kinds:
                edge = max(kinds, key=lambda e: e.end)
                yield edge.payload if kinds is named else lattice.words[at], edge
                at = edge.end
                break
        else:
            yield lattice.words[at], None
            at += 1
