"""What may be asked of a fact today: the queries whose answers rest on it and leave no doubt.

Comes in: an engine, a day, a fact. Goes out: a `Basis`, or nothing for a fact that is claimed, retired, superseded or
too long unchecked. The engine itself is asked; nothing is concluded here.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.answer import Answer
from bot.answers.find import Finding, coverage_for, find
from bot.engine import Engine
from bot.knowledge.dates import first_day
from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.study import wording

VERDICTS = ("yes", "no", "disputed")


@dataclass(frozen=True, slots=True)
class Basis:
    """A fact that can be asked: the query that it decides, and how. `verdict` is one of VERDICTS."""

    fact: Fact
    query: Query
    answer: Answer
    verdict: str


class Asker:
    """Asks the engine on one day, each query once."""

    def __init__(self, engine: Engine, today: datetime.date) -> None:
        self.engine, self.today = engine, today
        self.words = engine.composer.words
        self._answers: dict[tuple[object, ...], Answer] = {}
        self.basis = lru_cache(maxsize=4096)(self._basis)

    def answer(self, query: Query) -> Answer:
        """The engine's answer."""
        key = (*query.key(), query.rule)
        if key not in self._answers:
            if len(self._answers) > 20_000:
                self._answers.clear()
            self._answers[key] = self.engine.answer(query, self.today)
        return self._answers[key]

    def finding(self, query: Query) -> Finding:
        """How a statement stands, with its dates."""
        return find(self.engine.kb, query, self.today)

    def verdict(self, query: Query) -> str | None:
        """The verdict that may be asked for, or be wrong: one that the answer says outright and that is not doubtful.

        None where nothing is on file, where what is on file is too old or somebody's opinion, and where the sentence
        begins otherwise than the verdict ("yes, in the past").
        """
        made = self.answer(query)
        if made.caveats and not (self._only_old(made) and self._listed_anew(query)):
            return None
        return self.outright(made)

    def outright(self, made: Answer) -> str | None:
        """The verdict that an answer says in so many words, however old it is."""
        if made.status != "answered" or made.verdict not in VERDICTS:
            return None
        word = self.engine.kb.shared["verdicts"].get(made.verdict, "")
        said = made.verdict == "disputed" or made.text.casefold().startswith(word.casefold())
        return made.verdict if said else None

    def _only_old(self, made: Answer) -> bool:
        """Whether an answer's one caveat is that it was last seen long ago."""
        old = self.words.message("old", {"on_as_of": self.words.moment(made.as_of)})
        return made.caveats == (old,)

    def _listed_anew(self, query: Query) -> bool:
        """Whether a complete list that is not old speaks of the same: it was seen whole, so each entry was."""
        coverage = coverage_for(self.engine.kb, query, self.today) if query.subject and query.object else None
        days = self.engine.kb.relations[query.relation].recheck_days
        return coverage is not None and (self.today - first_day(coverage.as_of)).days <= days

    def decides(self, fact: Fact, *, over: bool) -> bool:
        """Whether it is so today by this fact; or, `over`, whether it is so no more, by whatever fact.

        It may have been checked long ago: so much is needed to ask for a date, and that does not grow old.
        """
        for query in self.plain(fact):
            made = self.answer(query)
            if self.outright(made) == ("no" if over else "yes") and (over or fact.id in made.facts):
                return True
        return False

    def plain(self, fact: Fact) -> Iterator[Query]:
        """The questions whether it is so: with the fact's narrowing, and without where that is true as well."""
        places = wording.pair(self.engine, fact)
        if fact.status == "claimed" or places is None:
            return
        for narrows in wording.narrowings(self.engine, fact):
            query = next(wording.worded(self.engine, Query(fact.relation, "whether", *places, narrows)), None)
            if query is not None:
                yield query

    def _basis(self, id_: str) -> Basis | None:
        fact = self.engine.kb.fact(id_)
        for query in self.plain(fact):
            if not all(self.engine.kb.entities[who].exists_on(self.today) for who in query.participants()):
                return None  # of those who are no more it is asked when it was, not whether it is
            verdict, made = self.verdict(query), self.answer(query)
            own = id_ in made.facts and (verdict == "disputed") == (fact.status == "disputed")
            if verdict and own and self._names_narrowing(query, made):
                return Basis(fact, query, made, verdict)
        return None

    def _names_narrowing(self, query: Query, made: Answer) -> bool:
        """Whether an answer says in which narrower sense it holds, if it does in one only: "no" alone says too much."""
        shown = self.words.narrowing(query.relation, query.narrows)
        return all(value.casefold() in made.text.casefold() for value in shown.values())

    def of_whom(self, basis: Basis, place: str, who: str) -> Query:
        """The same question, with somebody else in one place."""
        return wording.placed(basis.query, place, (who,))
