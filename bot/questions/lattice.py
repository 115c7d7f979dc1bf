"""What every stretch of a sentence may be: vocabulary, a name, a time, or words to read past.

Comes in: a sentence's tokens. Goes out: a `Lattice`, in which each position lists edges to later positions. Choosing
among them is the business of `match.py`.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, day_after, first_day
from bot.questions.expand import Expander
from bot.questions.spelling import Spelling
from bot.questions.tables import KEPT, LEAD, NAME, PRONOUN, SET, SKIP, SYMBOL, TAG, VALUE, PhraseEntry, phrase_entries
from bot.questions.text import CLAUSE_MARKS, Token
from bot.questions.times import TimeWords, find_times

TYPO_COST = 0.04
WEAK_COST = 0.01
MAX_WORDS = 400
MAX_UNKNOWN = 12


class Mention(NamedTuple):
    """A span of the question that names an entity, with every reading it may have."""

    start: int
    end: int
    entities: tuple[str, ...]
    weak: bool = False
    guessed: bool = False
    adjective: bool = False
    spoken: bool = False  # by "we", of the one for whom somebody speaks


class Edge(NamedTuple):
    """From one position to `end`.

    `kind` is one of the phrase kinds, or `mark`, `time`, `concession`; for `effects` see `sets.py`.
    """

    end: int
    kind: str
    payload: Any = None
    cost: float = 0.0
    effects: tuple[tuple[str, Any], ...] = ()


@dataclass(slots=True)
class Lattice:
    """A sentence's words (contractions written out) and the edges that leave each position."""

    words: list[str]
    tokens: list[Token]
    edges: list[list[Edge]]
    mentions: list[Mention] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    blocked: str = ""


class LatticeMaker:
    """Builds lattices from the compiled language. Holds no state between sentences."""

    def __init__(self, kb: KnowledgeBase, compiled: Mapping[str, Any], spelling: Spelling) -> None:
        self.kb = kb
        self.phrases: Mapping[str, str] = compiled["phrases"]
        self.entries = lru_cache(maxsize=8192)(self._entries)
        self.spelling = spelling
        shared = kb.shared
        self.expander = Expander(shared, spelling)
        self.time_words = TimeWords(shared.get("time", {}))
        around = shared.get("around", {"before": [], "after": []})
        self.links = frozenset(shared.get("links", ()))
        self.resumptive = frozenset(shared.get("resumptive", ()))
        self.alternatives = frozenset(shared.get("alternatives", ()))
        rules = shared.get("rules", {})
        self.pair = frozenset(w for p in shared.get("pair", ()) for w in rules.get(p.strip("<>"), (p,)))
        self.before = sorted((tuple(p.split()) for p in around["before"]), key=len, reverse=True)
        self.after = sorted((tuple(p.split()) for p in around["after"]), key=len, reverse=True)

    def _entries(self, key: str) -> tuple[PhraseEntry, ...]:
        """The phrases of one word, or those that begin with two."""
        return phrase_entries(self.phrases.get(key, ""))

    def symbols_of(self, words: Iterable[str]) -> frozenset[str]:
        """The symbols of the skeletons for which single words may stand."""
        single = (entry for word in words for entry in self.entries(word))
        return frozenset(symbol for _, kind, payloads in single if kind == SYMBOL for symbol in payloads)

    def make(self, tokens: Sequence[Token], today: datetime.date) -> Lattice:
        """The lattice of one sentence."""
        expanded, kept = self.expander.words(tokens)
        lattice = Lattice(expanded, kept, [[] for _ in expanded])
        n = len(lattice.words)
        if n > MAX_WORDS:
            lattice.blocked = "long"
            return lattice
        names: dict[int, list[Mention]] = defaultdict(list)
        known = [False] * n  # as it is spelt, by itself or with the words around it
        for i, word in enumerate(lattice.words):
            if word in CLAUSE_MARKS:
                lattice.edges[i].append(Edge(i + 1, "mark"))
                known[i] = True
            self._add_phrases(lattice, i, names, known)
        self._drop_misread(lattice)
        self._add_guesses(lattice, names, known)
        self._place_names(lattice, names)
        self._add_times(lattice, today, known)
        lattice.unknown = [i for i in range(n) if not known[i] and not lattice.edges[i]]
        return lattice

    def add_phrases(self, lattice: Lattice, i: int) -> None:
        """The edges of all phrases that begin at a place of a lattice, names left aside."""
        self._add_phrases(lattice, i, defaultdict(list), [False] * len(lattice.words))

    def _add_phrases(self, lattice: Lattice, i: int, names: dict[int, list[Mention]], known: list[bool]) -> None:
        words = lattice.words
        behind = self.spelling.alternatives(words[i + 1]) if i + 1 < len(words) else ()
        for word, cost in self.spelling.alternatives(words[i]):
            for entry in self.entries(word):
                self._add_phrase(lattice, i, i + 1, cost, entry, names, known)
            for second, more in behind:
                key = f"{word} {second}"
                for entry in self.entries(key) if key in self.phrases else ():
                    end, extra = i + 2, cost + more
                    if entry[0]:
                        end, extra = self._follows(lattice, end, entry[0], extra)
                    if end > 0:
                        self._add_phrase(lattice, i, end, extra, entry, names, known)

    def _add_phrase(
        self, lattice: Lattice, start: int, end: int, cost: float, entry: PhraseEntry,
        names: dict[int, list[Mention]], known: list[bool],
    ) -> None:  # fmt: skip
        """One phrase that stands at a place: an edge, or a name to be placed later."""
        _, kind, payloads = entry
        if cost < TYPO_COST:
            for k in range(start, end):
                known[k] = True
        if kind == NAME:
            if cost == 0:
                weak = all(p.endswith("=weak") for p in payloads)
                adjective = all(p.endswith("=adjective") for p in payloads)
                entities = tuple(dict.fromkeys(p.rsplit("=", 1)[0] for p in payloads))
                names[start].append(Mention(start, end, entities, weak, adjective=adjective))
        elif kind == SYMBOL:
            lattice.edges[start].extend(Edge(end, SYMBOL, symbol, cost) for symbol in payloads)
        elif kind == SET:
            lattice.edges[start].extend(Edge(end, SET, payload) for payload in payloads if cost == 0)
        elif kind == VALUE:
            lattice.edges[start].extend(Edge(end, VALUE, tuple(p.split("=", 1)), cost) for p in payloads)
        elif kind == PRONOUN:
            lattice.edges[start].append(Edge(end, PRONOUN, lattice.words[start], cost))
        else:
            lattice.edges[start].append(Edge(end, kind, payloads[0], cost))

    def _follows(self, lattice: Lattice, at: int, rest: Sequence[str], cost: float) -> tuple[int, float]:
        """Whether the words from `at` on are `rest`, misspellings allowed: (end, cost), or (-1, 0)."""
        for wanted in rest:
            if at >= len(lattice.words):
                return -1, 0.0
            if lattice.words[at] != wanted:
                for word, extra in self.spelling.alternatives(lattice.words[at]):
                    if word == wanted:
                        cost += extra
                        break
                else:
                    return -1, 0.0
            at += 1
        return at, cost

    def _drop_misread(self, lattice: Lattice) -> None:
        """What a phrase is not where it stands.

        No word is skipped that belongs to what is kept ("all its oil"), no lead ends within a pronoun ("I heard that
        country is in it"), no tag is owned ("accept A's right").
        """
        self._keep(lattice)
        across = {i + 1 for i, edges in enumerate(lattice.edges) for e in edges if e.kind == PRONOUN and e.end > i + 1}
        for i, edges in enumerate(lattice.edges):
            lattice.edges[i] = [e for e in edges if not (e.kind == LEAD and e.end in across)]
            if i and lattice.words[i - 1] == "'s":
                lattice.edges[i] = [e for e in lattice.edges[i] if e.kind != TAG]

    def _keep(self, lattice: Lattice) -> None:
        for i, edges in enumerate(lattice.edges):
            end = max((e.end for e in edges if e.kind == KEPT), default=0)
            if end:
                lattice.edges[i] = [e for e in edges if e.kind != KEPT and not (e.kind == SKIP and e.end <= end)]

    def _add_guesses(self, lattice: Lattice, names: dict[int, list[Mention]], known: list[bool]) -> None:
        """Misspelt names, for stretches that hold a word nobody knows."""
        words = lattice.words
        # Much that is unknown is chatter, or hostile; then only single words are compared.
        lengths = (5, 4, 3, 2, 1) if known.count(False) <= MAX_UNKNOWN else (1,)
        for i in range(len(words)):
            if known[i] or any(m.start <= i < m.end for group in names.values() for m in group):
                continue
            best: tuple[int, int, int, tuple[str, ...]] | None = None
            for length in lengths:
                for start in range(max(0, i - length + 1), min(i, len(words) - length) + 1):
                    stretch = words[start : start + length]
                    if any(w in CLAUSE_MARKS for w in stretch):
                        continue
                    guess = self.spelling.guess_name(" ".join(stretch))
                    if guess and (best is None or guess[0] < best[0]):
                        best = (guess[0], start, start + length, guess[1])
            if best:
                _, start, end, entities = best
                names[start].append(Mention(start, end, entities, guessed=True))
                for k in range(start, end):
                    known[k] = True

    def _place_names(self, lattice: Lattice, names: dict[int, list[Mention]]) -> None:
        """The longest name at each place; names within a longer one are not read."""
        covered = 0
        mentions: list[Mention] = []
        inner: list[Mention] = []
        for i in sorted(names):
            longest = max(names[i], key=lambda m: (m.end, not m.weak))
            if i < covered:
                continue
            same = [m for m in names[i] if m.end == longest.end]
            strong = [m for m in same if not m.weak] or same
            entities = tuple(dict.fromkeys(e for m in strong for e in m.entities))
            adjective = all(m.adjective for m in strong)
            mention = Mention(i, longest.end, entities, strong[0].weak, strong[0].guessed, adjective)
            if mentions and self._paired(lattice.words[mentions[-1].end : i]):
                # Of "A and B war" the longer name takes "B" from the pair, so both ways are kept.
                inner += [m for m in names[i] if m.end < mention.end]
            mentions.append(mention)
            covered = longest.end
            inner += self._group_of(names[i], mention)
        lattice.mentions = mentions
        for mention in (*inner, *self._merged(lattice.words, mentions)):
            self.add_name_edges(lattice, mention)

    def _paired(self, gap: Sequence[str]) -> bool:
        """Whether what stands between two names makes a pair of them: nothing, a mark or a word such as "and"."""
        return len(gap) <= 1 and all(word in self.pair or word in CLAUSE_MARKS for word in gap)

    def _group_of(self, names: list[Mention], mention: Mention) -> list[Mention]:
        """For the name of a group ("NATO members"), the shorter name of what it is the group of ("NATO")."""
        groups = (self.kb.entities[e].group for e in mention.entities)
        objects = {group["object"] for group in groups if group and group.get("object")}
        return [m for m in names if m.end < mention.end and objects & set(m.entities)]

    def _merged(self, words: list[str], mentions: list[Mention]) -> list[Mention]:
        """The mentions, and the joint ones of neighbours: Guinea (Conakry) is one, Dominica/Dominican either."""
        found = list(mentions)
        for one, two in itertools.pairwise(mentions):
            gap = words[one.end : two.start]
            shared = tuple(e for e in one.entities if e in two.entities)
            guessed = one.guessed or two.guessed
            if gap and set(one.entities) != set(two.entities) and all(w in self.alternatives for w in gap):
                found.append(Mention(one.start, two.end, (*one.entities, *two.entities), guessed=guessed))
            elif shared and all(w in CLAUSE_MARKS or w in self.links for w in gap):
                end = two.end + (1 if two.end < len(words) and words[two.end] == ")" else 0)
                found.append(Mention(one.start, end, shared, guessed=guessed))
        return found

    def add_name_edges(self, lattice: Lattice, mention: Mention) -> None:
        """The name alone, and with the words around it that do not change who is meant (the government of …)."""
        words = lattice.words
        starts, ends = {mention.start}, {mention.end}
        for phrase in self.before:
            if tuple(words[max(0, mention.start - len(phrase)) : mention.start]) == phrase:
                starts.add(mention.start - len(phrase))
        for phrase in self.after:
            if tuple(words[mention.end : mention.end + len(phrase)]) == phrase:
                ends.add(mention.end + len(phrase))
        ends |= {end for after in tuple(ends) if (end := self._resumed(words, after))}
        cost = (TYPO_COST if mention.guessed else 0.0) + (WEAK_COST if mention.weak else 0.0)
        for start in starts:
            for end in ends:
                lattice.edges[start].append(Edge(end, NAME, mention, cost))

    def _resumed(self, words: list[str], at: int) -> int:
        """The end of a pronoun that takes up the name before it: "Djibouti, she recognises …"; 0 if none does."""
        pronoun = at + 1 if at < len(words) and words[at] in CLAUSE_MARKS else at
        return pronoun + 1 if pronoun < len(words) and words[pronoun] in self.resumptive else 0

    def _add_times(self, lattice: Lattice, today: datetime.date, known: list[bool]) -> None:
        anchors = []
        for mention in lattice.mentions:
            period = self._period(mention)
            if period:
                anchors.append((mention.start, mention.end, *period))
        for found in find_times(lattice.words, today, self.time_words, anchors):
            if found.at is None:
                lattice.blocked = "no_such_date"
                continue
            lattice.edges[found.start].append(Edge(found.end, "time", found.at))
            for k in range(found.start, found.end):
                known[k] = True

    def _period(self, mention: Mention) -> tuple[Span, str] | None:
        """The days of a named fact, such as a war, that may date a question."""
        if len(mention.entities) != 1:
            return None
        for fact in self.kb.named(mention.entities[0]):
            if fact.since.date and fact.until:
                until = day_after(fact.until) if len(fact.until) < 10 else first_day(fact.until)
                return Span(first_day(fact.since.date), until), fact.since.date
        return None
