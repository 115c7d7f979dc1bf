"""Reads half a question: which skeletons the typed words begin, and who is named in them so far.

Comes in: what somebody has typed. Goes out: a `Typed`, whose `beginnings` are nodes in the trie of skeletons with what
was bound on the way. Must not know: facts, answers, or which beginning is worth completing.
"""

import datetime
import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.questions.lattice import Edge, Lattice, Mention
from bot.questions.query import At
from bot.questions.read import Reader
from bot.questions.tables import (
    EVER,
    FALSE,
    LEAD,
    NAME,
    NOT,
    NOW,
    PARTICIPANT_PLACES,
    SKIP,
    SYMBOL,
    TAG,
    VALUE,
    phrase_entries,
)
from bot.questions.templates import place_of
from bot.questions.text import CLAUSE_MARKS, fold, sentences, tokenise

MAX_WORDS = 40  # a choice holds 100 characters: nobody completes a longer sentence by one
MAX_STEPS = 1500  # of the keystrokes in tests/test_completion.py none took more than 300
MAX_PHRASE = 8  # words of a name or rule that are looked for behind one another
MAX_STARTS = 6

# What a name costs that is begun, not complete: a display name, another name of the same, and one that needs context.
BEGUN_COST, OTHER_COST, WEAK_COST = 0.003, 0.01, 0.02
CUT_COST = 0.1  # for words before the beginning that are read past
_NEUTRAL = frozenset({SKIP, LEAD, FALSE, TAG, NOW, EVER, NOT, "mark", "time"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """Typed words as the beginning of every skeleton behind `node`.

    `bindings` are (place, value) in order; a value is a Mention or a narrowing's value.
    """

    node: int
    bindings: tuple[tuple[str, Any], ...] = ()
    at: At | None = None
    negations: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Typed:
    """The last sentence of what was typed: its lattice, who is named in it, and what it may begin."""

    lattice: Lattice
    mentions: tuple[Mention, ...]
    beginnings: tuple[Beginning, ...]

    def symbols(self) -> Iterator[frozenset[str]]:
        """For each word that is neither surely a name nor read past, the symbols it may belong to."""
        named = {k for m in self.mentions if not m.weak for k in range(m.start, m.end)}
        covered: dict[int, set[str]] = defaultdict(set)
        neutral: set[int] = set()
        for start, edges in enumerate(self.lattice.edges):
            for edge in edges:
                if edge.kind == SYMBOL:
                    for k in range(start, edge.end):
                        covered[k].add(edge.payload)
                elif _past(edge):
                    neutral.update(range(start, edge.end))
        for k in range(len(self.lattice.words)):
            if k not in named and (k in covered or k not in neutral):
                yield frozenset(covered.get(k, ()))


@dataclass(frozen=True, slots=True)
class _Ending:
    """What a text may be the beginning of."""

    names: tuple[tuple[tuple[str, ...], bool, float], ...]  # (entities, adjectives, cost)
    edges: tuple[tuple[str, Any], ...]  # (kind, payload) of everything else


class Walker:
    """Reads beginnings. Holds no state between texts but caches."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.lattices = reader.lattices
        self.trie = reader.matcher.trie
        self.contractions = sorted(self.lattices.expander.contractions)
        self.shown = {id_: fold(entity.name) for id_, entity in reader.kb.entities.items()}
        self.phrases = sorted(
            (" ".join((first, *rest)), kind, payloads)
            for first, text in self.lattices.phrases.items()
            for rest, kind, payloads in phrase_entries(text)
        )
        self.keys = [key for key, _, _ in self.phrases]
        self.ending = lru_cache(maxsize=4096)(self._ending)

    def read(self, text: str, today: datetime.date) -> Typed | None:
        """The last sentence of a text as a beginning; None if nothing was typed, or too much."""
        cut = sentences(tokenise(text), self.reader.abbreviations)
        if not cut or not cut[-1].tokens or len(cut[-1].tokens) > MAX_WORDS:
            return None
        tokens = list(cut[-1].tokens)
        open_ = text.endswith(tokens[-1].raw)  # no space, no mark: the last word may go on
        if open_ and not self.reader.spelling.known(tokens[-1].text):
            tokens[-1] = tokens[-1]._replace(text=self._contraction(tokens[-1].text))
        lattice = self.lattices.make(tokens, today)
        if lattice.blocked:
            return None
        vocabulary = any(edge.kind != NAME for edge in lattice.edges[-1])
        begun = self._add_endings(lattice, open_)
        mentions = _apart(lattice.mentions, [] if vocabulary else begun)
        if open_:  # "Why did A": rather the first letter of a name than an article
            last = lattice.edges[-1]
            last[:] = [edge._replace(cost=WEAK_COST) if _past(edge) else edge for edge in last]
        return Typed(lattice, mentions, self._beginnings(lattice))

    def _contraction(self, word: str) -> str:
        """The contraction that a word begins ("doesn"), or the word."""
        at = bisect_left(self.contractions, word)
        found = self.contractions[at : at + 1]
        return found[0] if len(word) > 2 and found and found[0].startswith(word) else word

    # --- the end of the text, as the beginning of something

    def _add_endings(self, lattice: Lattice, open_: bool) -> list[Mention]:
        """Edges for the phrases that the last words begin; the names among them."""
        words, n = lattice.words, len(lattice.words)
        mentions: list[Mention] = []
        for start in range(max(0, n - MAX_PHRASE), n):
            found = self.ending(" ".join(words[start:]) + ("" if open_ else " "))
            lattice.edges[start].extend(Edge(n, kind, payload) for kind, payload in found.edges)
            for entities, adjective, cost in found.names:
                mention = Mention(start, n, entities, adjective=adjective)
                mentions.append(mention)
                for begin in (start, *self._before(words, start)):
                    lattice.edges[begin].append(Edge(n, NAME, mention, cost))
        return mentions

    def _before(self, words: list[str], start: int) -> Iterator[int]:
        """Where the words begin that may stand before a name (the government of …)."""
        for phrase in self.lattices.before:
            if len(phrase) <= start and tuple(words[start - len(phrase) : start]) == phrase:
                yield start - len(phrase)

    def _ending(self, text: str) -> _Ending:
        names: dict[tuple[bool, float], dict[str, None]] = defaultdict(dict)
        edges: dict[tuple[str, Any], None] = {}
        for key, kind, payloads in itertools.islice(self.phrases, bisect_left(self.keys, text), None):
            if not key.startswith(text):
                break
            if kind == NAME:
                for payload in payloads:
                    entity, strength = payload.rsplit("=", 1)
                    shown = self.shown[entity].startswith(text)
                    cost = BEGUN_COST if shown else WEAK_COST if strength == "weak" else OTHER_COST
                    names[strength == "adjective" and not shown, cost][entity] = None
            elif kind == SYMBOL:
                edges.update(((kind, payload), None) for payload in payloads)
            elif kind == VALUE:
                edges.update(((kind, tuple(payload.split("=", 1))), None) for payload in payloads)
            elif kind in (SKIP, LEAD, TAG, NOW) and key == text.rstrip():
                edges[kind, payloads[0]] = None
        return _Ending(
            tuple((tuple(entities), adjective, cost) for (adjective, cost), entities in names.items()), tuple(edges)
        )

    # --- the walk

    def _beginnings(self, lattice: Lattice) -> tuple[Beginning, ...]:
        """Every way in which the words begin a skeleton; if none does, without what stands before a clause."""
        words = lattice.words
        starts = [i + 1 for i, word in enumerate(words[:-1]) if word in CLAUSE_MARKS]
        starts += [i for i, word in enumerate(words) if i and word in self.reader.openers]
        strange = min(lattice.unknown, default=len(words))
        for start in (0, *sorted(set(starts))[-MAX_STARTS:]):
            if start and strange < start:
                break  # what nobody knows is not read past
            found = self._walk(lattice, start)
            if found:
                return found
        return ()

    def _walk(self, lattice: Lattice, start: int) -> tuple[Beginning, ...]:
        n = len(lattice.words)
        found: dict[tuple[Any, ...], Beginning] = {}
        best: dict[tuple[Any, ...], float] = {}
        stack = [(start, False, Beginning(0, cost=CUT_COST if start else 0.0))]
        for _ in range(MAX_STEPS):
            if not stack:
                break
            at, led, state = stack.pop()
            key = (at, state.node, state.bindings, state.at, state.negations, led)
            if best.get(key, 9.0) <= state.cost:
                continue
            best[key] = state.cost
            if at == n:
                found[key] = state
                continue
            for edge in lattice.edges[at]:
                stack.extend((edge.end, went, moved) for went, moved in _moved(state, edge, led, self.trie[state.node]))
        return tuple(sorted(found.values(), key=lambda state: state.cost))


def _past(edge: Edge) -> bool:
    return edge.kind in _NEUTRAL


def _moved(s: Beginning, edge: Edge, led: bool, children: Mapping[str, int]) -> Iterator[tuple[bool, Beginning]]:
    """Where one edge leads; the rules are those of `match.py`, without pronouns, which a choice cannot carry."""
    kind, cost = edge.kind, s.cost + edge.cost
    if kind == SYMBOL:
        child = children.get(edge.payload)
        if child is not None:
            yield led, replace(s, node=child, cost=cost)
    elif kind == NAME:
        for symbol, child in children.items():
            place = place_of(symbol) if symbol[:1] == "{" else ""
            if place in PARTICIPANT_PLACES and not (edge.payload.adjective and symbol[-2] == "!"):
                yield led, replace(s, node=child, cost=cost, bindings=(*s.bindings, (place, edge.payload)))
    elif kind == VALUE:
        place, value = edge.payload
        child = children.get("{" + place + "}")
        if child is not None:
            yield led, replace(s, node=child, cost=cost, bindings=(*s.bindings, (place, value)))
    elif kind == "time":
        if s.at is None:
            yield led, replace(s, at=edge.payload, cost=cost)
    elif kind == NOT:
        if s.node or led:
            yield led, replace(s, negations=s.negations + 1, cost=cost)
    elif kind in (LEAD, FALSE):
        if not s.node:
            yield True, replace(s, negations=s.negations + (kind == FALSE), cost=cost)
    elif kind in (SKIP, NOW, EVER, "mark") or (kind == TAG and s.node):
        yield led, replace(s, cost=cost + 0.002)


def _apart(mentions: list[Mention], begun: list[Mention]) -> tuple[Mention, ...]:
    """Who is named, in order: complete names, and at the end the one that is begun, in all its readings."""
    if not begun:
        return tuple(mentions)
    start = min(mention.start for mention in begun)
    last = [m for m in mentions if m.end > start]  # a complete name at the end may also go on
    entities = dict.fromkeys(e for m in (*last, *begun) if m.start == start or m in last for e in m.entities)
    if last:
        start = min(start, *(m.start for m in last))
    whole = Mention(start, begun[0].end, tuple(entities))
    return (*(m for m in mentions if m.end <= start), whole)
