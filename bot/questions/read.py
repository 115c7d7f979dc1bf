"""Reads a question: text and earlier questions in, a Reading out. Gates before scores.

The order is: normalise, cut into sentences, find names and times, match skeletons word for word, build queries,
decide. Anything that no gate lets through is a clarify with concrete readings, or not understood.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.build import Builder
from bot.questions.compiled import NAME
from bot.questions.follow import Follower
from bot.questions.intents import Intents
from bot.questions.lattice import Edge, Lattice, LatticeMaker, Mention
from bot.questions.match import MAX_STEPS, Matcher, Parse
from bot.questions.nearest import Nearest
from bot.questions.query import Query, Reading
from bot.questions.reworded import Rewording
from bot.questions.sets import Sets
from bot.questions.spelling import Spelling
from bot.questions.text import CLAUSE_MARKS, MAX_CHARACTERS, Sentence, sentences, tokenise
from bot.questions.thresholds import ANSWER_SCORE, CUT_COST, MARGIN, REWORDED_COST

MAX_SENTENCES = 60
MAX_CUTS = 20
MAX_MARKS = 20
MIN_CHATTER = 4
MAX_STRANGER = 4  # words, and letters, of a name that nobody on file has
MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """A query that a sentence may mean, at a cost."""

    query: Query
    cost: float
    line: str


@dataclass(slots=True)
class _Result:
    """What came of one sentence."""

    lattice: Lattice
    found: list[_Found]
    gates: set[str]
    asked: bool
    leaned: bool = False
    absorbed: bool = False
    stranger: str = ""


class Reader:
    """Reads questions against one knowledge base. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, compiled: Mapping[str, Any]) -> None:
        self.kb = kb
        self.lines = compiled["lines"]
        self.spelling = Spelling(compiled, kb.shared)
        self.rewording = Rewording(kb.shared, self.spelling.vocabulary)
        self.lattices = LatticeMaker(kb, compiled, self.spelling)
        self.sets = Sets(kb, self.lattices)
        self.matcher = Matcher(compiled, kb.shared.get("pair", ()))
        self.intents = Intents(kb, compiled["bound"])
        self.builder = Builder(kb, self.intents, self.lines)
        self.follower = Follower(kb, self.intents, self.spelling)
        self.nearest = Nearest(kb, compiled, self.intents)
        self.openers = frozenset(kb.shared.get("openers", ()))
        self.asking = self.openers - frozenset(kb.shared.get("follow", {}).get("auxiliaries", ()))
        self.drop_stops = frozenset(kb.shared.get("drop_stops", ()))
        self.chatter_stops = frozenset(kb.shared.get("chatter_stops", ()))
        self.prepositions = frozenset(kb.shared.get("prepositions", ()))
        self.abbreviations = frozenset(kb.shared.get("abbreviations", ()))
        self.tails = frozenset(kb.shared.get("tails", ()))
        self.joins = frozenset(kb.shared.get("joins", ()))

    def read(
        self, text: str, history: Sequence[str], today: datetime.date, *, as_claim: bool = False,
        last: Query | None = None,
    ) -> Reading:  # fmt: skip
        """What a question means, in the light of the same person's earlier questions, or of the last one's query."""
        for earlier in history[-8:]:
            reading = self._read_one(earlier, last, today, as_claim=False)
            last = reading.query or last
        return self._read_one(text, last, today, as_claim=as_claim)

    def sentences_of(self, text: str) -> list[str]:
        """A text of any length cut into its sentences, as they were typed; no more than the reader would look at."""
        cut = sentences(tokenise(text), self.abbreviations)[:MAX_SENTENCES]
        return [text[sentence.tokens[0].start : sentence.tokens[-1].end] for sentence in cut]

    def _read_one(self, text: str, last: Query | None, today: datetime.date, *, as_claim: bool) -> Reading:
        if len(text) > MAX_CHARACTERS:
            return Reading("not_understood", reason="too_long", trace=(f"{len(text)} characters",))
        cut = sentences(tokenise(text), self.abbreviations)
        if not any(not token.mark for sentence in cut for token in sentence.tokens):
            return Reading("not_understood", reason="empty", trace=("no word is left",))
        if len(cut) > MAX_SENTENCES:
            return Reading("not_understood", reason="too_long", trace=(f"{len(cut)} sentences",))
        trace: list[str] = []
        results: list[_Result] = []
        for sentence in cut:
            result = self._read_sentence(sentence, last, today, as_claim=as_claim, trace=trace)
            if result.found:
                if result.leaned:  # "… , right? What year?": the later sentence says it all
                    for earlier in results:
                        earlier.absorbed = earlier.absorbed or bool(earlier.found)
                        earlier.found = []
                choice = self._best(result)
                last = choice[0].query if len(choice) == 1 else last
            results.append(result)
        reading = self._choose(results, last, trace)
        return replace(reading, trace=tuple(trace))

    # --- one sentence

    def _read_sentence(
        self, sentence: Sentence, last: Query | None, today: datetime.date, *, as_claim: bool, trace: list[str]
    ) -> _Result:
        lattice = self.lattices.make(sentence.tokens, today)
        if not lattice.blocked:
            self.sets.add(lattice)
        result = _Result(lattice, [], set(), sentence.asked)
        self._tell(lattice, trace)
        if lattice.blocked:
            result.gates.add(lattice.blocked)
            return result
        left = self._match(result, last, today, as_claim=as_claim, trace=trace)
        if not result.found and not result.gates:
            result = self._reworded(sentence, result, today, left, as_claim=as_claim, trace=trace)
        if not result.found and last is not None:
            for query in self.follower.read(lattice, last):
                result.found.append(_Found(query, 0.02, "follow-up"))
                result.leaned = True
                result.gates.clear()
            if result.found:
                trace.append("read as a follow-up to the question before")
        if not result.found and not result.gates and left > 0:
            result.stranger = self._stranger(lattice, left)
        if not result.found:
            trace.append(f"no line matches; gates: {', '.join(sorted(result.gates)) or 'words left over'}")
        return result

    def _reworded(
        self, sentence: Sentence, given: _Result, today: datetime.date, left: int, *, as_claim: bool, trace: list[str]
    ) -> _Result:
        """The same words in another order, for what no line reads as it stands; else what was given."""
        for tokens in self.rewording.of(sentence.tokens):
            if left <= 0:
                break
            lattice = self.lattices.make(tokens, today)
            result = _Result(lattice, [], set(), sentence.asked)
            if not lattice.blocked:
                self.sets.add(lattice)
                left = self._match(result, None, today, as_claim=as_claim, trace=trace, left=left, cost=REWORDED_COST)
            if result.found:
                trace.append(f"in another order: {' '.join(lattice.words)}")
                return result
        return given

    def _match(
        self, result: _Result, last: Query | None, today: datetime.date, *, as_claim: bool, trace: list[str],
        left: int = MAX_STEPS, cost: float = 0.0,
    ) -> int:  # fmt: skip
        """What the lines make of a sentence, added to its result. Returns how many steps are left of `left`."""
        lattice = result.lattice
        n = len(lattice.words)
        for start, end in self._cuts(lattice):
            if end < n and result.asked and lattice.words[start] not in self.openers:
                continue  # "A's gas to B: start date?" asks with what would be dropped
            cut = cost + CUT_COST * ((start > 0) + (end < n))
            parses, steps = self.matcher.match(lattice, start, end, left)
            left -= steps
            topic = self._topic(lattice, start)
            if topic and not self._chatter(lattice, start):  # "Sudan: is Palestine recognised there?"
                parses = [p for p in parses if any(value is None for _, value in p.bindings)]
            for parse in parses:
                self._take(parse, cut, last, topic, result, today, as_claim=as_claim)
            if result.found or (parses and result.gates):
                stretch = " ".join(lattice.words[start:end])
                trace.append(f"matched: '{stretch}' by {len(parses)} line(s)")
                break
        return left

    def _stranger(self, lattice: Lattice, left: int) -> str:
        """The words that keep a sentence from being a question, where it would be one if they named somebody."""
        if not 0 < len(lattice.unknown) <= MAX_STRANGER:
            return ""
        start, end = lattice.unknown[0], lattice.unknown[-1] + 1
        said = lattice.words[start:end]
        if len(lattice.unknown) != end - start or any(word in self.drop_stops | self.chatter_stops for word in said):
            return ""
        edges = list(lattice.edges)
        edges[start] = [*edges[start], Edge(end, NAME, Mention(start, end, ()))]
        filled = replace(lattice, edges=edges)
        for cut in self._cuts(filled):
            if not (cut[0] <= start and end <= cut[1] and left > 0):
                continue
            found, steps = self.matcher.match(filled, *cut, left)
            left -= steps
            if found:
                return " ".join(token.raw for token in lattice.tokens[start:end])
        return ""

    def _tell(self, lattice: Lattice, trace: list[str]) -> None:
        names = [
            f"{' '.join(lattice.words[m.start : m.end])} = {' or '.join(m.entities)}{' (guessed)' if m.guessed else ''}"
            for m in lattice.mentions
        ]
        trace.append(f"words: {' '.join(lattice.words)}")
        trace.append(f"names: {'; '.join(names) or 'none'}")
        times = [e.payload for edges in lattice.edges for e in edges if e.kind == "time"]
        if times:
            trace.append(f"times: {'; '.join(f'{t.mode} {t.text}' for t in times)}")
        if lattice.unknown:
            trace.append(f"unknown words: {', '.join(lattice.words[i] for i in lattice.unknown)}")

    def _take(
        self, parse: Parse, cost: float, last: Query | None, topic: Sequence[str], result: _Result,
        today: datetime.date, *, as_claim: bool,
    ) -> None:  # fmt: skip
        built = self.builder.build(parse, last, result.asked, as_claim, topic)
        result.leaned = result.leaned or (not topic and any(value is None for _, value in parse.bindings))
        if built.gate:
            result.gates.add(built.gate)
        for query in built.queries:
            if query.at is not None and query.at.span.first > today:
                result.gates.add("future")
                continue
            score = parse.cost + cost - (0.02 if query.change else 0.0)
            result.found.append(_Found(query, score, self.lines[parse.line][2]))

    def _cuts(self, lattice: Lattice) -> list[tuple[int, int]]:
        """The stretches to try: the whole sentence, then without chatter before or after a clause mark."""
        words, n = lattice.words, len(lattice.words)
        starts = [0, *(i + 1 for i, word in enumerate(words) if word in CLAUSE_MARKS and i + 1 < n)]
        starts += [i for i, word in enumerate(words) if 0 < i < n - 1 and self._opens(lattice, i)]
        ends = [n, *(i for i, word in enumerate(words) if i > 0 and (word in CLAUSE_MARKS or word in self.tails))]
        # Of very many marks only the last count: the question tends to stand behind the chatter.
        first = [0, *sorted(set(starts) - {0})[-MAX_MARKS:]]
        last = sorted(set(ends), reverse=True)[:MAX_MARKS]
        found = [(start, end) for start in first for end in last if start < end and self._may_drop(lattice, start, end)]
        found.sort(key=lambda cut: (cut[0] > 0 and words[cut[0]] not in self.openers, cut[0] - cut[1]))
        return found[:MAX_CUTS]

    def _opens(self, lattice: Lattice, i: int) -> bool:
        return lattice.words[i] in self.openers and lattice.words[i - 1] in self.joins

    def _may_drop(self, lattice: Lattice, start: int, end: int) -> bool:
        """Chatter may be dropped if it holds nothing that could turn the question; behind it, no name either."""
        words = lattice.words
        if any(word in self.drop_stops for word in (*words[:start], *words[end:])):
            return False
        if any(word in self.asking for word in words[end:]):  # "…, and since when?" is not the same question
            return False
        if any(m.end > end for m in lattice.mentions) or self._dated(lattice, end, len(words)):
            return False
        marks = [i for i in range(start - 1) if words[i] in CLAUSE_MARKS]
        return not self._dated(lattice, marks[-1] if marks else 0, start)  # the clause that leads into the question

    def _chatter(self, lattice: Lattice, start: int) -> bool:
        """Whether the names before a stretch are chatter: many words, no question among them, then a question word."""
        words = lattice.words
        asked = any(word in self.openers for word in words[:start])
        return not self._short(lattice, start) and not asked and words[start] in self.openers

    def _topic(self, lattice: Lattice, start: int) -> tuple[str, ...]:
        """Who is named before a stretch, for a pronoun in it: "Jordan: does it recognise Kosovo?"."""
        return tuple(dict.fromkeys(e for m in lattice.mentions if m.start < start for e in m.entities))

    def _short(self, lattice: Lattice, start: int) -> bool:
        """Whether what stands before a stretch is hardly more than names set before it."""
        named = sum(m.end - m.start for m in lattice.mentions if m.start < start)
        return start - named - sum(w in CLAUSE_MARKS for w in lattice.words[:start]) < MIN_CHATTER

    def _dated(self, lattice: Lattice, start: int, end: int) -> bool:
        """Whether a stretch says when or where ("during the war", "in 2019"), which belongs to the question."""
        for i, word in enumerate(lattice.words[start:end], start):
            if word in self.prepositions and any(m.start in (i + 1, i + 2) for m in lattice.mentions):
                return True
            if any(edge.kind == "time" for edge in lattice.edges[i]):
                return True
        return False

    # --- the whole text

    def _choose(self, results: list[_Result], last: Query | None, trace: list[str]) -> Reading:
        read = [(i, r) for i, r in enumerate(results) if r.found]
        if not read:
            return self._refuse(results, last, trace)
        index, chosen = read[-1]
        choice = self._best(chosen)
        if len(read) > 1:
            queries = {f.query.key(): f.query for _, r in read for f in [min(r.found, key=lambda f: f.cost)]}
            if len(queries) > 1:
                trace.append("decided: more than one question, so ask back")
                return Reading("clarify", options=tuple(queries.values())[:3], reason="two_questions")
        others = [(i, r) for i, r in enumerate(results) if not r.found and not r.absorbed]
        if any(self._disturbs(i > index, r) for i, r in others):
            trace.append("decided: something beside the question is not understood, so ask back")
            return Reading("clarify", options=tuple(f.query for f in choice[:3]), reason="more_said")
        if len(choice) > 1:
            trace.append("decided: more than one meaning is as good, so ask back")
            return Reading("clarify", options=tuple(f.query for f in choice[:3]), reason="ambiguous")
        best = choice[0]
        score = 1.0 - max(best.cost, 0.0)
        if score < ANSWER_SCORE:
            trace.append(f"decided: score {score:.2f} is below {ANSWER_SCORE}, so ask back")
            return Reading("clarify", options=(best.query,), reason="unsure", score=score, line=best.line)
        trace.append(f"decided: {best.query.rule} by '{best.line}', score {score:.2f}")
        return Reading("read", best.query, score=score, line=best.line)

    def _best(self, result: _Result) -> list[_Found]:
        """The cheapest meanings of a sentence, one each, within the margin of the best."""
        cheapest: dict[tuple[Any, ...], _Found] = {}
        for found in sorted(result.found, key=lambda f: f.cost):
            cheapest.setdefault(found.query.key(), found)
        ranked = list(cheapest.values())
        return [f for f in ranked if f.cost <= ranked[0].cost + MARGIN]

    def _disturbs(self, behind: bool, result: _Result) -> bool:
        """Whether a sentence that was not understood forbids answering the one that was."""
        lattice = result.lattice
        if any(word in self.chatter_stops for word in lattice.words):
            return True
        if behind and lattice.mentions:
            return True
        first = next((w for w in lattice.words if w not in CLAUSE_MARKS), "")
        questioning = result.asked or first in self.openers
        return questioning and (bool(lattice.mentions) or len(lattice.unknown) > 1)

    def _refuse(self, results: list[_Result], last: Query | None, trace: list[str]) -> Reading:
        gates = set().union(*(r.gates for r in results))
        reason = next((g for g in _GATE_ORDER if g in gates), "no_match")
        stranger = next((r.stranger for r in results if r.stranger), "")
        if reason == "no_match" and 0 < len(stranger) <= MAX_NAME:
            trace.append(f"decided: refused, nothing on file is called '{stranger}'")
            return Reading("not_understood", options=self._near(results), reason="stranger", detail=stranger)
        trace.append(f"decided: refused, {reason}")
        if reason == "pronoun" and last is None:
            options = self.nearest.examples(results[-1].lattice, self.matcher)
            if options:
                return Reading("clarify", options=options, reason="pronoun")
        return Reading("not_understood", options=self._near(results), reason=reason)

    def _near(self, results: list[_Result]) -> tuple[Query, ...]:
        """Up to three questions that the asker may have meant, for a suggestion."""
        if len(results) > 3:
            return ()
        return self.nearest.suggest(results[-1].lattice, self.builder)


_GATE_ORDER = (
    "long", "no_such_date", "future", "self", "statement", "pronoun", "no_history", "no_period", "kind",
)  # fmt: skip
