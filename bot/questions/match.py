"""Aligns a sentence with the skeletons, in order, every word accounted for.

The trie of skeletons is walked along the edges of the lattice. A word is used up by a skeleton's symbol, bound to a
place, or read past with a known effect; a word with no edge ends the walk. So direction is never guessed, and an
extra name, negator, question word or content word forbids a match by itself. Work is bounded by MAX_STEPS.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from bot.questions.lattice import Edge, Lattice, Mention
from bot.questions.query import At
from bot.questions.tables import (
    ENDING,
    EVER,
    FALSE,
    LEAD,
    NAME,
    NOT,
    NOW,
    PARTICIPANT_PLACES,
    PRONOUN,
    SKIP,
    SYMBOL,
    TAG,
    VALUE,
)
from bot.questions.templates import place_of

MAX_STEPS = 2000  # of 980 questions none took more than 202; the bound holds hostile ones to tens of milliseconds
MAX_PARSES = 24
ELIDED = "elided"  # the value of a place that a follow-up leaves out at its end
SKIP_COST = 0.002
CONCESSION = "concession"
ELIDED_COST = 0.02
NOT_COST = 0.01  # a line that says "not" itself wins over reading it as a polarity; so with "ever"
TURNED_COST = 0.01  # "when Mali did recognise" is read, but any line that has these words in this order comes first


@dataclass(frozen=True, slots=True)
class Parse:
    """One way to read a stretch: the line, what its places hold, and what was read past.

    `bindings` are (place, value) in order; a value is a Mention, a narrowing's value, or None for a pronoun.
    """

    line: int
    bindings: tuple[tuple[str, Any], ...]
    at: At | None
    negations: int
    ever: bool
    now: bool
    led: bool
    tagged: bool
    cost: float
    conceded: bool = False


class _State(NamedTuple):
    """How far a walk has come. What stands before `ever` tells two walks apart."""

    at: int
    node: int
    bindings: tuple[tuple[str, Any], ...] = ()
    time: At | None = None
    negations: int = 0
    led: bool = False
    tagged: bool = False
    owed: str = ""  # the auxiliary that stands behind a name instead of before it, or is left out
    conceded: bool = False
    ever: bool = False
    now: bool = False
    cost: float = 0.0


_TOLD_APART = _State._fields.index("ever")


class Matcher:
    """Walks the trie of skeletons. Holds no state between sentences."""

    def __init__(self, compiled: Mapping[str, Any], pair_words: Sequence[str]) -> None:
        self.trie: Sequence[Mapping[str, Any]] = compiled["trie"]
        self.pair_words = pair_words
        # What helps a verb, by what its phrases hold; the language files say which words these are.
        self.helping: Mapping[str, str] = compiled["helping"]
        self.asking = frozenset(compiled["asking"])
        self.participants = lru_cache(maxsize=None)(self._participants)
        self.turns = lru_cache(maxsize=None)(self._turns)

    def match(
        self, lattice: Lattice, start: int, end: int, most: int = MAX_STEPS, links: Collection[str] | None = None
    ) -> tuple[list[Parse], int]:
        """Every way to read the words from `start` to `end` as one skeleton, cheapest first, and the steps it took.

        With `links`, symbols that may stand before a name, only lines that go on with a name: "when did A join", of B.
        """
        found: list[Parse] = []
        seen: set[tuple[Any, ...]] = set()
        stack = [_State(start, 0)]
        turned: list[_State] = []  # tried after everything that is read as it stands
        steps = 0
        behind = self._asks_from(lattice, start, end)
        while (stack or turned) and steps < most and len(found) < MAX_PARSES:
            steps += 1
            if not stack:
                stack, turned = turned, []
            state = stack.pop()
            key = state[:_TOLD_APART]
            if key in seen:
                continue
            seen.add(key)
            if state.at >= end:
                found += self._finished(state) if links is None else self._elided(state, links)
                continue
            children, owed = self.trie[state.node], state.owed
            for edge in lattice.edges[state.at]:
                if edge.kind == SYMBOL and edge.payload not in children and edge.payload != owed:
                    continue  # most words are many symbols, of which few can follow
                if edge.kind == NOT and edge.end == end and not edge.payload:
                    continue  # "which of them do not": what they do not is left out
                if edge.end <= end:
                    stack.extend(self._steps(state, edge))
                    if state.at >= behind and edge.kind in (NAME, PRONOUN):
                        turned.extend(self._turned(state, edge))
        found.sort(key=lambda parse: parse.cost)
        return found, steps

    def _asks_from(self, lattice: Lattice, start: int, end: int) -> int:
        """Where the first question word of a stretch ends; `end` if it has none."""
        edges = (edge for i in range(start, end) for edge in lattice.edges[i])
        return next((edge.end for edge in edges if edge.kind == SYMBOL and edge.payload in self.asking), end)

    def _turned(self, s: _State, edge: Edge) -> list[_State]:
        """A name before its auxiliary, or without one, behind a question word: "why Mali (does) not recognise Kosovo".

        The roles stay those of the line. A place that is not the doer's is turned only around a form of "be": in
        "who has Kosovo recognised" the line's first name is who it is about, in "who Kosovo has recognised" it is not.
        """
        if s.node == 0 or s.tagged or s.owed:
            return []
        value = edge.payload if edge.kind == NAME else None
        cost = s.cost + edge.cost + TURNED_COST
        return [_moved(s, edge, node, cost, (place, value), symbol) for symbol, place, node in self.turns(s.node)]

    def _turns(self, node: int) -> tuple[tuple[str, str, int], ...]:
        """The auxiliaries that may follow a node, each with a place behind it that may come first, and its node."""
        return tuple(
            (symbol, place_of(place), last)
            for symbol, child in self.trie[node].items()
            if (helps := self.helping.get(symbol, ""))
            for place, last in self.trie[child].items()
            if place in ("{subject}", "{named}") or (place in _PARTICIPANTS and "b" in helps and place[-2] != "!")
        )

    def _participants(self, node: int) -> tuple[tuple[str, int, bool], ...]:
        """The participants' places that may follow a node: (place, its node, whether an adjective may fill it)."""
        return tuple(
            (place_of(symbol), child, symbol[-2] != "!")
            for symbol, child in self.trie[node].items()
            if symbol in _PARTICIPANTS
        )

    def _finished(self, s: _State) -> list[Parse]:
        if s.owed and "d" not in self.helping[s.owed]:
            return []
        return [
            Parse(line, s.bindings, s.time, s.negations, s.ever, s.now, s.led, s.tagged, s.cost, s.conceded)
            for line in self.trie[s.node].get(ENDING, ())
        ]

    def _elided(self, s: _State, links: Collection[str]) -> list[Parse]:
        """The lines that want one more participant, or a pair, at their end."""
        found: list[Parse] = []
        for node in (s.node, *self._beyond(s.node, links)):
            for place, child in self._open(node):
                one = s._replace(node=child, bindings=(*s.bindings, (place, ELIDED)), cost=s.cost + ELIDED_COST)
                found += self._finished(one)
                for joined in self._beyond(child, self.pair_words):
                    for other, last in self._open(joined):
                        found += self._finished(one._replace(node=last, bindings=(*one.bindings, (other, ELIDED))))
        return found

    def _beyond(self, node: int, symbols: Collection[str]) -> list[int]:
        """The nodes to which any of the symbols leads."""
        return [child for symbol in symbols if (child := self.trie[node].get(symbol))]

    def _open(self, node: int) -> list[tuple[str, int]]:
        """The participants' places that may follow, and where each leads."""
        return [(place_of(symbol), child) for symbol, child in self.trie[node].items() if symbol in _ROLES]

    def _steps(self, s: _State, edge: Edge) -> list[_State]:
        """The states that one edge leads to."""
        children = self.trie[s.node]
        kind, cost = edge.kind, s.cost + edge.cost
        if kind == SYMBOL:
            child = children.get(edge.payload)
            if child is None or s.tagged:
                found = []
            elif s.owed and edge.payload not in self.pair_words:  # here the verb begins
                found = [_moved(s, edge, child, cost)] if "d" in self.helping[s.owed] else []
            else:
                found = [_moved(s, edge, child, cost, owed=s.owed)]
            if s.owed and edge.payload == s.owed:
                found.append(s._replace(at=edge.end, owed="", cost=cost))
            return found
        if kind in (NAME, PRONOUN):
            found = self._bound(s, edge, cost)
            pair = self._pair(s.node) if kind == PRONOUN else 0
            if pair:  # "are they at war": one word for two participants
                found.append(_moved(_moved(s, edge, pair, cost, ("subject", None)), edge, pair, cost, ("object", None)))
            return found
        if kind == VALUE:
            place, value = edge.payload
            child = children.get("{" + place + "}")
            return [] if child is None or s.tagged else [_moved(s, edge, child, cost, (place, value))]
        return _past(s, edge, cost)

    def _bound(self, s: _State, edge: Edge, cost: float) -> list[_State]:
        """A name or pronoun in every place that is open here."""
        if s.tagged:
            return []
        value = edge.payload if edge.kind == NAME else None
        adjective = value is not None and value.adjective
        return [
            _moved(s, edge, child, cost, (place, value), s.owed)
            for place, child, adjectives in self.participants(s.node)
            if adjectives or not adjective
        ]

    def _pair(self, node: int) -> int:
        """The node behind "{subject} and {object}", 0 if that cannot follow."""
        first = self.trie[node].get("{subject}")
        if first is None:
            return 0
        joined = (self.trie[first].get(word) for word in self.pair_words)
        behind = (self.trie[node].get("{object}") for node in joined if node)
        return next((node for node in behind if node), 0)


_ROLES = frozenset({"{subject}", "{object}", "{subject!}", "{object!}"})
_PARTICIPANTS = frozenset(f"{{{place}{sign}}}" for place in PARTICIPANT_PLACES for sign in ("", "!"))


def _moved(
    s: _State, edge: Edge, node: int, cost: float, binding: tuple[str, Any] | None = None, owed: str = ""
) -> _State:
    """The state behind an edge, with an auxiliary that is still to come, if any is owed."""
    bindings = (*s.bindings, binding) if binding else s.bindings
    bindings = (*bindings, *edge.effects) if edge.effects else bindings
    return _State(edge.end, node, bindings, s.time, s.negations, s.led, s.tagged, owed, s.conceded, s.ever, s.now, cost)


def _past(s: _State, edge: Edge, cost: float) -> list[_State]:
    """Words that are read past, each kind with its effect and its place."""
    kind = edge.kind
    time, negations, ever, now, led, tagged = s.time, s.negations, s.ever, s.now, s.led, s.tagged
    conceded = s.conceded or kind == CONCESSION
    if kind in ("mark", CONCESSION):
        pass
    elif kind == SKIP:
        cost += SKIP_COST
    elif kind == "time":
        if time is not None:
            return []
        time = edge.payload
    elif kind == NOT:
        if s.node == 0 and not led:  # "not …" before the question proper belongs to something else
            return []
        negations += 1
        cost += NOT_COST
        ever = ever or edge.payload == "ever"
    elif kind == EVER:
        ever = True
        cost += NOT_COST
    elif kind == NOW:
        now = True
    elif kind in (LEAD, FALSE):
        if s.node != 0:
            return []
        led = True
        negations += 1 if kind == FALSE else 0
    elif kind == TAG:
        if s.node == 0:
            return []
        tagged = True
    else:
        return []
    bindings = (*s.bindings, *edge.effects) if edge.effects else s.bindings
    return [_State(edge.end, s.node, bindings, time, negations, led, tagged, s.owed, conceded, ever, now, cost)]


def mentions_in(lattice: Lattice, start: int, end: int) -> list[Mention]:
    """The names that stand wholly within a stretch."""
    return [m for m in lattice.mentions if start <= m.start and m.end <= end]
