"""Decides what came of a text, once each of its sentences was read for itself.

Comes in: what each sentence may mean. Goes out: a Reading. Several questions, or something beside the question that
was not understood, are asked back; of what is left the cheapest meaning counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.questions.beside import Beside
from bot.questions.build import Builder
from bot.questions.lattice import Lattice
from bot.questions.match import Matcher
from bot.questions.nearest import Nearest
from bot.questions.query import Query, Reading
from bot.questions.text import CLAUSE_MARKS
from bot.questions.thresholds import ANSWER_SCORE, MARGIN

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A query that a sentence may mean, at a cost."""

    query: Query
    cost: float
    line: str


@dataclass(slots=True)
class Result:
    """What came of one sentence."""

    lattice: Lattice
    found: list[Found]
    gates: set[str]
    asked: bool
    leaned: bool = False
    absorbed: bool = False
    stranger: str = ""
    stated: list[Found] = field(default_factory=list)
    half: bool = False
    followed: bool = False
    speaker: str | None = None


class Decider:
    """Chooses among readings. Holds no state between questions."""

    def __init__(
        self, shared: Mapping[str, Any], nearest: Nearest, matcher: Matcher, builder: Builder, beside: Beside
    ) -> None:
        self.nearest, self.matcher, self.builder, self.beside = nearest, matcher, builder, beside
        self.openers = frozenset(shared.get("openers", ()))
        self.asking = self.openers - frozenset(shared.get("follow", {}).get("auxiliaries", ()))
        self.chatter_stops = frozenset(shared.get("chatter_stops", ()))

    def choose(self, results: list[Result], last: Query | None, trace: list[str]) -> Reading:
        read = [(i, r) for i, r in enumerate(results) if r.found]
        if not read:
            return self._refuse(results, last, trace)
        index, chosen = read[-1]
        choice = self.best(chosen)
        if len(read) > 1:
            queries = {f.query.key(): f.query for _, r in read for f in [min(r.found, key=lambda f: f.cost)]}
            if len(queries) > 1:
                trace.append("decided: more than one question, so ask back")
                return Reading("clarify", options=tuple(queries.values())[:3], reason="two_questions")
        others = [(i, r) for i, r in enumerate(results) if not r.found and not r.absorbed]
        if any(r.half for _, r in others) or any(self._disturbs(i > index, r, choice[0].query) for i, r in others):
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

    def best(self, result: Result) -> list[Found]:
        """The cheapest meanings of a sentence, one each, within the margin of the best."""
        cheapest: dict[tuple[Any, ...], Found] = {}
        for found in sorted(_offered(result.found), key=lambda f: f.cost):
            cheapest.setdefault(found.query.key(), found)
        ranked = list(cheapest.values())
        near = [f for f in ranked if f.cost <= ranked[0].cost + MARGIN]
        return [f for f in near if not any(_says_more(other.query, f.query) for other in near)]

    def says_all(self, later: Result, earlier: Result) -> bool:
        """Whether a later question asks all that an earlier one does: of the same statement, about nobody else."""
        if not earlier.found:
            return False
        one, two = self.best(earlier)[0].query, self.best(later)[0].query
        return one.relation == two.relation and {*two.participants()} <= {*one.participants()}

    def _disturbs(self, behind: bool, result: Result, query: Query) -> bool:
        """Whether a sentence that was not understood forbids answering the one that was."""
        lattice = result.lattice
        if any(word in self.chatter_stops for word in lattice.words) or self.beside.sets_scene(lattice):
            return True
        named = {entity for mention in lattice.mentions for entity in mention.entities}
        if not behind and query.subject and query.object and named >= set(query.participants()):
            return False  # of two questions that belong together, the later one counts
        if not result.asked and self.beside.remarked(lattice, query.participants()):
            return False
        if behind and lattice.mentions:
            return True
        first = next((w for w in lattice.words if w not in CLAUSE_MARKS), "")
        questioning = result.asked or first in self.openers
        if behind and result.asked and any(word in self.asking for word in lattice.words):
            return True  # "Does A owe B? If not, what?" is not answered by half
        return questioning and (bool(lattice.mentions) or len(lattice.unknown) > 1)

    def _refuse(self, results: list[Result], last: Query | None, trace: list[str]) -> Reading:
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

    def _near(self, results: list[Result]) -> tuple[Query, ...]:
        """Up to three questions that the asker may have meant, for a suggestion."""
        if len(results) > 3:
            return ()
        return self.nearest.suggest(results[-1].lattice, self.builder)


def _says_more(one: Query, two: Query) -> bool:
    """Whether two queries are the same but for a narrower sense of the first: a word that the other reads past."""
    return one.narrows.items() > two.narrows.items() and replace(two, narrows=one.narrows).key() == one.key()


def _offered(found: list[Found]) -> list[Found]:
    """What was found, without the single questions that one of a choice is made of: "does A owe B or C?"."""
    choices = [f.query for f in found if f.query.of and f.query.form == "which"]

    def single(query: Query) -> bool:
        return any(
            query.form == "whether" and query.relation == of.relation and query.subject == of.subject
            and set(query.object or ()) <= set(of.of or ())
            for of in choices
        )  # fmt: skip

    return [f for f in found if not single(f.query)]


_GATE_ORDER = (
    "long", "no_such_date", "future", "self", "statement", "pronoun", "no_history", "no_period", "kind",
)  # fmt: skip
