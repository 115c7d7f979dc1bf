"""Reads a question: text and earlier questions in, a Reading out. Gates before scores.

The order is: normalise, cut into sentences, find names and times, match skeletons word for word, build queries,
decide. Anything that no gate lets through is a clarify with concrete readings, or not understood.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.asides import Asides
from bot.questions.beside import Beside
from bot.questions.build import Builder
from bot.questions.cuts import Cutter
from bot.questions.decide import Decider, Found, Result
from bot.questions.follow import Follower
from bot.questions.intents import Intents
from bot.questions.lattice import Edge, Lattice, LatticeMaker, Mention
from bot.questions.match import MAX_STEPS, Matcher, Parse
from bot.questions.nearest import Nearest
from bot.questions.query import Query, Reading
from bot.questions.reworded import Rewording
from bot.questions.sets import Sets
from bot.questions.speaker import Speakers
from bot.questions.spelling import Spelling
from bot.questions.tables import NAME
from bot.questions.text import MAX_CHARACTERS, Sentence, sentences, tokenise, words
from bot.questions.thresholds import CUT_COST, REWORDED_COST

MAX_SENTENCES = 60
MAX_STRANGER = 4  # words, and letters, of a name that nobody on file has


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
        self.beside = Beside(kb.shared, self.lattices)
        self.links = self.lattices.symbols_of(kb.shared.get("follow", {}).get("links", ()))
        self.nearest = Nearest(kb, compiled, self.intents)
        self.decider = Decider(kb.shared, self.nearest, self.matcher, self.builder, self.beside)
        self.cutter = Cutter(kb.shared)
        self.asides = Asides(kb.shared)
        self.speakers = Speakers(kb.shared, self.lattices)
        self.openers = frozenset(kb.shared.get("openers", ()))
        self.drop_stops = frozenset(kb.shared.get("drop_stops", ()))
        self.chatter_stops = frozenset(kb.shared.get("chatter_stops", ()))
        self.abbreviations = frozenset(kb.shared.get("abbreviations", ()))
        self._small_talk = frozenset(words(phrase) for phrase in kb.shared.get("small_talk", ()))

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

    def is_small_talk(self, text: str) -> bool:
        """Whether a text is a greeting or thanks, and nothing else."""
        return words(text) in self._small_talk

    def _read_one(self, text: str, last: Query | None, today: datetime.date, *, as_claim: bool) -> Reading:
        if len(text) > MAX_CHARACTERS:
            return Reading("not_understood", reason="too_long", trace=(f"{len(text)} characters",))
        cut = sentences(tokenise(text), self.abbreviations)
        if not any(not token.mark for sentence in cut for token in sentence.tokens):
            return Reading("not_understood", reason="empty", trace=("no word is left",))
        if self.is_small_talk(text):
            return Reading("not_understood", reason="small_talk", trace=("a greeting, or thanks",))
        if len(cut) > MAX_SENTENCES:
            return Reading("not_understood", reason="too_long", trace=(f"{len(cut)} sentences",))
        trace: list[str] = []
        results: list[Result] = []
        before = last
        speaker: str | None = None
        waiting = [(sentence, False) for sentence in reversed(self.beside.joined(cut, today))]
        while waiting:
            sentence, half = waiting.pop()
            result = self._read_sentence(sentence, last, today, speaker, as_claim=as_claim, trace=trace)
            halves = () if result.found or result.gates or half else self.beside.halves(sentence, result.lattice)
            if halves:
                trace.append("read as two questions")
                waiting += [(part, True) for part in reversed(halves)]
                continue
            result.half, speaker = half, result.speaker or speaker
            if half and result.followed and result.lattice.mentions:
                result.found = []  # "A knows B, or is it C?" is not a question about C
            if result.found:
                if result.leaned:  # "… , right? What year?": the later sentence says it all
                    for earlier in results:
                        if self.decider.says_all(result, earlier):
                            earlier.absorbed, earlier.found = True, []
                choice = self.decider.best(result)
                last = choice[0].query if len(choice) == 1 else last
            elif len(stated := self.decider.best(replace(result, found=result.stated))) == 1:
                last = stated[0].query  # "A left B. When was that?"
            results.append(result)
        reading = self.decider.choose(results, last, trace)
        if reading.query is not None:
            reading = replace(reading, query=reading.query.after(before))
        return replace(reading, trace=tuple(trace))

    # --- one sentence

    def _read_sentence(
        self, sentence: Sentence, last: Query | None, today: datetime.date, speaker: str | None = None, *,
        as_claim: bool, trace: list[str],
    ) -> Result:  # fmt: skip
        lattice = self.lattices.make(sentence.tokens, today)
        if not lattice.blocked:
            self.sets.add(lattice)
        self.asides.add(lattice)
        introduced = self.speakers.introduced(lattice)
        self.speakers.take_back(lattice, bool(introduced or speaker))
        if introduced or speaker:
            named = introduced.entities[0] if introduced else speaker or ""
            self.speakers.place(lattice, named, introduced.end if introduced else 0)
        result = Result(lattice, [], set(), sentence.asked)
        result.speaker = introduced.entities[0] if introduced else None
        self._tell(lattice, trace)
        if lattice.blocked:
            result.gates.add(lattice.blocked)
            return result
        left = self._match(result, last, today, introduced, as_claim=as_claim, trace=trace)
        if not result.found and not result.gates:
            self._reword(sentence, result, today, left, as_claim=as_claim, trace=trace)
        if result.found and last is not None and self._goes_on(lattice, last) and self._of_another(result, last):
            followed = self.follower.read(lattice, last)  # "what about A and B?" after what was asked of others
            if followed and all(query.relation == last.relation for query in followed):
                result.found = []
        remark = not sentence.asked and self.beside.begins_remark(lattice)
        if not result.found and last is not None and not remark:
            for query in self.follower.read(lattice, last):
                if query.at is not None and query.at.span.first > today:
                    result.gates.add("future")
                    continue
                result.found.append(Found(query, 0.02, "follow-up"))
                result.leaned = result.followed = True
                result.gates.clear()
            if result.found:
                trace.append("read as a follow-up to the question before")
        if last is not None and result.leaned and not lattice.mentions:  # "when did they cut them": of what was said
            result.found = [f for f in result.found if f.query.relation == last.relation] or result.found
        if not result.found and last is not None:
            left -= self._read_elided(lattice, last, result, today, left)
        if not result.found and not result.gates and left > 0:
            result.stranger = self._stranger(lattice, left)
        if not result.found:
            trace.append(f"no line matches; gates: {', '.join(sorted(result.gates)) or 'words left over'}")
        return result

    def _reword(
        self, sentence: Sentence, result: Result, today: datetime.date, left: int, *, as_claim: bool, trace: list[str]
    ) -> None:
        """Read the same words in another order, where no line reads them as they stand."""
        for tokens in self.rewording.of(sentence.tokens):
            if left <= 0:
                break
            lattice = self.lattices.make(tokens, today)
            self.asides.add(lattice)
            turned = Result(lattice, [], set(), sentence.asked)
            if not lattice.blocked:
                self.sets.add(lattice)
                left = self._match(
                    turned, None, today, as_claim=as_claim, trace=trace, left=left, extra=REWORDED_COST
                )  # fmt: skip
            if turned.found:
                trace.append(f"in another order: {' '.join(lattice.words)}")
                result.lattice, result.found, result.gates = lattice, turned.found, turned.gates
                result.leaned, result.stated = turned.leaned, turned.stated
                return

    def _match(
        self, result: Result, last: Query | None, today: datetime.date, introduced: Mention | None = None, *,
        as_claim: bool, trace: list[str], left: int = MAX_STEPS, extra: float = 0.0,
    ) -> int:  # fmt: skip
        """What the lines make of a sentence, added to its result. Returns how many steps are left of `left`."""
        lattice, n = result.lattice, len(result.lattice.words)
        for start, end in self.cutter.cuts(lattice, introduced):
            if end < n and result.asked and lattice.words[start] not in self.openers:
                continue  # "A's gas to B: start date?" asks with what would be dropped
            cost = extra + CUT_COST * ((start > 0) + (end < n))
            parses, steps = self.matcher.match(lattice, start, end, left)
            left -= steps
            if result.asked and self.cutter.asks_before(lattice, start):
                continue  # "does A owe B, and does B know it?" asks two things
            topic = self.cutter.topic(lattice, start)
            if topic and not self.cutter.chatter(lattice, start, introduced):  # "Sudan: is Palestine recognised there?"
                parses = [p for p in parses if any(value is None for _, value in p.bindings)]
            if self.cutter.argued(lattice, start):
                parses = [p for p in parses if self.intents.by_id[self.lines[p.line][0]].form == "why"]
            for parse in parses:
                spoken = topic or (self.asides.named(lattice, start) if parse.conceded else ())
                self._take(parse, cost, last, spoken, result, today, as_claim=as_claim)
            if result.found or (parses and result.gates):
                stretch = " ".join(lattice.words[start:end])
                trace.append(f"matched: '{stretch}' by {len(parses)} line(s)")
                break
        return left

    def _goes_on(self, lattice: Lattice, last: Query) -> bool:
        """Whether a sentence may only name others for the last question: two, or another group after one's list."""
        if len(lattice.mentions) != 1:
            return len(lattice.mentions) == 2
        (name,) = lattice.mentions
        alone = name.end == len(lattice.words) and name.start > 0 and lattice.words[0] in self.cutter.joins
        return alone and last.among is not None

    def _of_another(self, result: Result, last: Query) -> bool:
        """Whether all that was found is of another relation than the last question."""
        return all(found.query.relation != last.relation for found in result.found)

    def _read_elided(
        self, lattice: Lattice, last: Query, result: Result, today: datetime.date, left: int
    ) -> int:  # fmt: skip
        """A question that leaves out, at its end, who the last one of its relation was about; the steps it took."""
        steps = 0
        for start, end in self.cutter.cuts(lattice):
            if end < len(lattice.words) or left <= steps:
                continue
            topic = self.cutter.topic(lattice, start)
            parses, taken = self.matcher.match(lattice, start, end, left - steps, self.links)
            steps += taken
            if topic:
                parses = [p for p in parses if any(value is None for _, value in p.bindings)]
            for parse in parses:
                self._take(parse, CUT_COST * (start > 0), last, topic, result, today, as_claim=False)
            if result.found:
                result.leaned = True
                result.gates.clear()
                break
        return steps

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
        for cut in self.cutter.cuts(filled):
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
        self, parse: Parse, cost: float, last: Query | None, topic: Sequence[str], result: Result,
        today: datetime.date, *, as_claim: bool,
    ) -> None:  # fmt: skip
        built = self.builder.build(parse, last, result.asked, as_claim, topic)
        result.leaned = result.leaned or (not topic and any(value is None for _, value in parse.bindings))
        if built.gate:
            result.gates.add(built.gate)
        if built.gate == "statement":
            stated = self.builder.build(parse, last, True, as_claim, topic)
            result.stated += [Found(query, parse.cost + cost, "") for query in stated.queries]
        for query in built.queries:
            if parse.conceded and not (query.subject and query.object):
                continue  # "who …, although …": what is conceded narrows the list
            if query.at is not None and query.at.span.first > today:
                result.gates.add("future")
                continue
            score = parse.cost + cost - (0.02 if query.change else 0.0)
            result.found.append(Found(query, score, self.lines[parse.line][2]))
