"""Completes a question that somebody is typing.

Comes in: what is typed so far. Goes out: whole questions, best first, each in the words that a query is read aloud in,
each short enough for a choice, and each read back as the very query it was made from. A pure function of the knowledge
base, the text and the day: no reading or writing, and whatever is typed, no error. Must not know: where it is typed.
"""

import datetime
import gc
import heapq
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from bot.answers.words import agreeing
from bot.completion_fill import Draft, Filler, narrowed
from bot.completion_index import OnFile
from bot.completion_walk import Typed, Walker
from bot.completion_ways import Half, Ways
from bot.engine import Engine
from bot.questions.lattice import Mention
from bot.questions.match import Parse
from bot.questions.query import At, Query
from bot.questions.text import MAX_CHARACTERS, fold

CHOICES = 25  # what Discord shows
CHOICE = 100  # the length of a choice, in UTF-16 units
HALVES = 40  # ways to ask whose places are filled
LEAST = 4  # fillings of each of many ways to ask
DRAFTS = 60  # drafts that are worded
TRIES = 36  # wordings that are read back: one in three may fail, and the rest are too many to choose from
FAILURES = 2  # a way to ask whose wordings are not read back is given up
HEAD, LITERAL = 0.8, 1.2  # for a question that begins as typed: by its first words, by all of them
STEM, UNLIKE = 4, 0.4  # for each typed word with whose first letters no word of the question begins
SMALL = 0.08  # the same for a word that is shorter than those letters, if it is whole
NARROWED = 1.5  # for a narrowing that nobody typed, or that a name takes in as well

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")


class Completer:
    """Completes questions against one engine; a reload builds another. Building takes tenths of a second."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.build = lru_cache(maxsize=16384)(self._build)
        self._read_back = lru_cache(maxsize=16384)(self._meaning)
        reader, words = engine.reader, engine.composer.words
        blank = {id_: Query(i.relation, i.form, rule=id_) for id_, i in reader.intents.by_id.items()}
        self.said = {id_: agreeing(words.template(query, "reading") or "") for id_, query in blank.items()}
        self.heads = {id_: fold(re.split(r"[\[{]", text)[0]) for id_, text in self.said.items()}
        collecting = gc.isenabled()
        gc.disable()  # as in `Engine.open`: what is built stays
        try:
            self.walker = Walker(reader)
            self.ways = Ways(engine.kb, reader.intents, reader.nearest.compiled, self.said)
            self.on_file = OnFile(engine.kb, reader.intents)
        finally:
            if collecting:
                gc.enable()
        self.filler = Filler(engine.kb, reader.intents, self.on_file)
        today = datetime.datetime.now(datetime.UTC).date()
        self.examples = tuple(itertools.islice(dict.fromkeys(self._examples(today)), CHOICES))

    def complete(self, typed: str, limit: int = CHOICES, *, today: datetime.date | None = None) -> list[str]:
        """At most `limit` whole questions, best first; none if nothing sensible fits."""
        day = today or datetime.datetime.now(datetime.UTC).date()
        if limit < 1 or len(typed) > MAX_CHARACTERS:
            return []
        if not typed.strip():
            return list(self.examples[:limit])
        chosen = dict.fromkeys(self._exact(typed, day))
        text = self.walker.read(typed, day)
        if text is not None and len(chosen) < limit:
            for choice in self._chosen(self._worded(text, typed), day):
                chosen.setdefault(choice)
                if len(chosen) >= limit:
                    break
        return list(chosen)[:limit]

    def _exact(self, typed: str, day: datetime.date) -> Iterator[str]:
        """What was typed, if it is a whole question already: in plain words, or as it stands."""
        reading = self.engine.read(typed, today=day)
        queries = reading.options if reading.query is None else (reading.query,)
        if reading.status == "not_understood":
            return
        for query in queries:
            text = self.engine.composer.words.question(query)
            if self._fits(text, query, day):
                yield text
            elif reading.query is not None:  # else the first choice would be another question than the one typed
                as_typed = " ".join(typed.split())
                if as_typed.isprintable() and self._fits(as_typed, query, day):
                    yield as_typed

    # --- from ways to ask to questions

    def _worded(self, text: Typed, typed: str) -> Iterator[tuple[str, Query]]:
        """Questions that the typed words begin, then those that hold the same names and words."""
        start = fold(" ".join(typed.split()))
        begun = self._questions(self.ways.begun(text), start)
        scattered = self._questions(self.ways.scattered(text), start)
        yield from itertools.chain(begun, scattered)

    def _questions(self, halves: Iterable[Half], start: str) -> Iterator[tuple[str, Query]]:
        """The best questions of half-filled ways to ask."""
        best = heapq.nsmallest(HALVES, halves, key=lambda half: half.penalty - self._head(half.intent, start))
        each = min(CHOICES, max(LEAST, 2 * DRAFTS // (len(best) or 1)))
        drafts = [draft for half in best for draft in self.filler.fill(half, each)]
        drafts = heapq.nsmallest(DRAFTS, drafts, key=lambda d: d.penalty - self._head(d.half.intent, start))
        typed = start.split()
        stems = [(w[:STEM], UNLIKE if len(w) >= STEM or w is typed[-1] else SMALL) for w in typed]
        worded = []
        for draft in drafts:
            for index, (text, query) in enumerate(self._word(draft)):
                index += len(draft.half.values)  # "the government of A": rather A itself, where that may be meant
                penalty = draft.penalty + NARROWED * index - self._head(draft.half.intent, start)
                worded.append((penalty + _unlike(fold(text), start, stems), text, query))
        worded.sort(key=lambda entry: entry[0])
        for _, text, query in worded:
            yield text, query

    def _head(self, intent: str, start: str) -> float:
        head = self.heads[intent]
        return HEAD if head.startswith(start) or (head and start.startswith(head)) else 0.0

    def _word(self, draft: Draft) -> Iterator[tuple[str, Query]]:
        """A draft in words: as it is, and narrowed as the facts are where its words leave room for that."""
        template = self.said[draft.half.intent]
        relation = self.engine.kb.relations[self.engine.reader.intents.by_id[draft.half.intent].relation]
        given = {name for name, _ in draft.half.values}
        needed = set(_PLACE.findall(_OPTIONAL.sub("", template))) & set(relation.narrows) - given
        if not needed:
            yield from self._built(draft)
        wanted = needed or (set(_PLACE.findall(template)) & set(relation.narrows) - given)
        if wanted:
            intent = self.engine.reader.intents.by_id[draft.half.intent]
            for values in self.on_file.narrowings(intent, draft.pair, wanted)[:2]:
                yield from self._built(narrowed(draft, values))

    def _built(self, draft: Draft) -> tuple[tuple[str, Query], ...]:
        half = draft.half
        return self.build(half.intent, draft.bindings, half.values, half.at, half.negations)

    def _build(
        self,
        intent: str,
        names: Sequence[tuple[str, str]],
        values: Sequence[tuple[str, str]],
        at: At | None,
        negations: int,
    ) -> tuple[tuple[str, Query], ...]:
        """The query of a filled way to ask, made as the reader makes it, with its words; none if there is none."""
        bindings: tuple[tuple[str, Any], ...] = tuple((place, Mention(0, 0, (who,))) for place, who in names)
        line = self.ways.line[intent]
        parse = Parse(line, (*bindings, *values), at, negations, False, False, True, False, 0.0)
        made = self.engine.reader.builder.build(parse, None, True, True).queries[:1]
        worded = ((self.engine.composer.words.question(query), query) for query in made)
        return tuple((text, query) for text, query in worded if text and _size(text) <= CHOICE)

    # --- what may be chosen

    def _chosen(self, questions: Iterable[tuple[str, Query]], day: datetime.date) -> Iterator[str]:
        """Those of the questions that are read back as they were meant, without repeats."""
        seen: set[Any] = set()
        failed: Counter[str] = Counter()
        tries = 0
        for text, query in questions:
            relation = self.engine.kb.relations[query.relation]
            pair = frozenset((query.subject, query.object)) if relation.symmetric else (query.subject, query.object)
            told = (query.rule, pair, *query.narrows.items(), query.named, query.among, query.minus)
            if text in seen or told in seen or failed[query.rule] >= FAILURES:
                continue
            seen |= {text, told}
            tries += 1
            if tries > TRIES:
                return
            if self._fits(text, query, day):
                yield text
            else:
                failed[query.rule] += 1

    def _fits(self, text: str, query: Query, day: datetime.date) -> bool:
        """Whether a text is short enough, and read back as a query."""
        return _size(text) <= CHOICE and self._read_back(text, day) == (query.key(), query.negated)

    def _meaning(self, text: str, day: datetime.date) -> tuple[Any, bool] | None:
        query = self.engine.read(text, today=day).query
        return None if query is None else (query.key(), query.negated)

    def _examples(self, day: datetime.date) -> Iterator[str]:
        """Questions for somebody who has not typed anything: the intents' own examples, of each relation in turn."""
        by_relation: dict[str, dict[str, str]] = defaultdict(dict)  # of each relation, an example of each form
        for intent in self.engine.reader.intents.by_id.values():
            for example in intent.examples[:1]:
                by_relation[intent.relation].setdefault(intent.form, example["q"])
        most = sorted(by_relation, key=lambda relation: -len(self.engine.kb.facts(relation)))
        rounds = itertools.zip_longest(*(by_relation[relation].values() for relation in most))
        for asked in itertools.chain.from_iterable(rounds):
            query = self.engine.read(asked, today=day).query if asked else None
            if query is None or self.engine.answer(query, day).status != "answered":
                continue
            text = self.engine.composer.words.question(query)
            if self._fits(text, query, day):
                yield text


def _unlike(text: str, start: str, stems: Sequence[tuple[str, float]]) -> float:
    """How little a question looks like what was typed; less than nothing if it begins so to the letter."""
    said = f" {text}"
    return sum(weight for stem, weight in stems if f" {stem}" not in said) - LITERAL * text.startswith(start)


def _size(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
