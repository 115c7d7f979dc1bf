"""Near misses: the questions that somebody may have meant, for suggestions only. Never answered by themselves.

Skeletons are retrieved by the rules they share with the sentence (an inverted index), then compared as sequences of
symbols. Names are never expanded, and a sentence without a rule's word retrieves nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from rapidfuzz.distance import Indel

from bot.knowledge.base import KnowledgeBase
from bot.questions.build import Builder
from bot.questions.intents import Intents
from bot.questions.lattice import Lattice, Mention
from bot.questions.match import Matcher, Parse
from bot.questions.query import Query
from bot.questions.tables import NAME, PARTICIPANT_PLACES, SET, SYMBOL, plainest
from bot.questions.templates import place_of
from bot.questions.thresholds import SUGGEST_LIKENESS

MAX_CANDIDATES = 400


class Nearest:
    """The inverted index from rules to skeletons."""

    def __init__(self, kb: KnowledgeBase, compiled: Mapping[str, Any], intents: Intents) -> None:
        self.kb, self.intents = kb, intents
        self.lines = compiled["lines"]
        self.compiled = compiled

    @cached_property
    def skeletons(self) -> list[tuple[int, list[str]]]:
        """One skeleton of each line; only a miss needs them."""
        return plainest(self.compiled)

    @cached_property
    def _by_rule(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, (_, symbols) in enumerate(self.skeletons):
            for symbol in set(symbols):
                if symbol[0] == "<":
                    found[symbol].append(index)
        return found

    def suggest(self, lattice: Lattice, builder: Builder) -> tuple[Query, ...]:
        """Up to three queries whose skeletons are nearest to a sentence that no skeleton matches."""
        names = [m for m in lattice.mentions if not m.weak]
        if not names or len(names) > 3:
            return ()
        symbols, mentions = self._sequence(lattice)
        ranked = []
        for index in self._candidates(symbols):
            line, skeleton = self.skeletons[index]
            masked = ["@" if place_of(s) in PARTICIPANT_PLACES else s for s in skeleton]
            if masked.count("@") != len(mentions) or any(s[0] == "{" for s in masked):
                continue
            likeness = Indel.normalized_similarity(symbols, masked)
            if likeness >= SUGGEST_LIKENESS:
                ranked.append((likeness, line, skeleton))
        ranked.sort(key=lambda entry: -entry[0])
        found: dict[tuple[Any, ...], Query] = {}
        for _, line, skeleton in ranked[:8]:
            places = [place_of(s) for s in skeleton if s[0] == "{"]
            parse = Parse(line, tuple(zip(places, mentions, strict=True)), None, 0, False, False, True, False, 0.0)
            built = builder.build(parse, None, True, False)
            for query in built.queries[:1]:
                found.setdefault(query.key(), query)
        return tuple(found.values())[:3]

    def _candidates(self, symbols: list[str]) -> list[int]:
        lists = sorted((self._by_rule[s] for s in set(symbols) if s in self._by_rule), key=len)
        if not lists:
            return []
        return lists[0][:MAX_CANDIDATES]

    def _sequence(self, lattice: Lattice) -> tuple[list[str], list[Mention]]:
        """A sentence as symbols, longest edge first, names masked, words without an edge kept as they are."""
        symbols: list[str] = []
        mentions: list[Mention] = []
        at = 0
        while at < len(lattice.words):
            edges = [e for e in lattice.edges[at] if not e.effects and e.kind != SET]
            named = [e for e in edges if e.kind == NAME]
            known = [e for e in edges if e.kind == SYMBOL and e.payload[0] == "<"]
            if named:
                edge = max(named, key=lambda e: e.end)
                symbols.append("@")
                mentions.append(edge.payload)
            elif known:
                edge = max(known, key=lambda e: e.end)
                symbols.append(edge.payload)
            elif edges:
                edge = max(edges, key=lambda e: e.end)
                if edge.kind == SYMBOL:
                    symbols.append(edge.payload)
            else:
                symbols.append(lattice.words[at])
                at += 1
                continue
            at = edge.end
        return symbols, mentions

    def examples(self, lattice: Lattice, matcher: Matcher) -> tuple[Query, ...]:
        """Concrete questions of the kind that a sentence without names asks: from the examples of its intents."""
        found: dict[tuple[Any, ...], Query] = {}
        for parse in matcher.match(lattice, 0, len(lattice.words))[0]:
            id_, relation, _, _ = self.lines[parse.line]
            intent = self.intents.by_id[id_]
            if not any(value is None for _, value in parse.bindings):
                continue
            for example in intent.examples:
                subject, object_ = _ids(example.get("subject")), _ids(example.get("object"))
                if (subject or object_) and not example.get("at"):
                    query = Query(
                        relation, intent.form, subject, object_, dict(example.get("narrows", {})), detail=intent.detail,
                        date=intent.date, rule=id_,
                    )  # fmt: skip
                    found.setdefault(query.key(), query)
        return tuple(found.values())[:3]


def _ids(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(value)
