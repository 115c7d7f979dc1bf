"""Which place a lone name takes in the question before it: "Does A recognise B?", then "and C?".

Comes in: the last query, the name's meanings, the places it may take. Goes out: the queries it may mean, one if what
is on file or what was asked before tells the places apart; more where both are as likely, for the asker to choose.
Must not know: any relation or name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.records import Fact
from bot.questions.query import Query

PLACES = ("subject", "object")
SELDOM = 2  # facts, at least, before a name is said to stand in one place rather than in the other
LISTS = ("which", "how_many")
MOSTLY = 3  # times as often in one place as in the other
NEARLY_ALWAYS = 10
MANY = 20


@dataclass(frozen=True, slots=True)
class Option:
    """The last query with the name in one place, and how alike the name is to whom it replaces."""

    place: str
    query: Query
    likeness: int


class Placer:
    """Puts names in their places. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, alike: Iterable[str]) -> None:
        self.kb, self.alike = kb, frozenset(alike)

    def place(self, query: Query, entities: Sequence[str], places: Sequence[str]) -> list[Query]:
        """The queries that a name may turn the last one into, where it may take any of `places`."""
        options = self._options(query, entities, places)
        best = max((option.likeness for option in options), default=0)
        confused = [option for option in options if option.likeness == best == 3]
        names = {_name(option) for option in options}
        if confused or len({option.place for option in options}) < 2 or len(names) > 1:
            return [option.query for option in options if option.likeness == best]
        wanted = self._decide(query, options, names.pop())
        return [option.query for option in options if option.place in wanted]

    def _options(self, query: Query, entities: Sequence[str], places: Sequence[str]) -> list[Option]:
        found: list[Option] = []
        for place, kinds in zip(PLACES, self.kb.relations[query.relation].roles, strict=True):
            held: tuple[str, ...] | None = getattr(query, place)
            if place not in places or (held is None and query.form not in LISTS) or (held and len(held) > 1):
                continue
            for entity in entities:
                if self.kb.entities[entity].kind in kinds and entity not in query.participants():
                    filled = query if held else replace(query, form="whether", pick=None, among=None, rule="")
                    changed = _with(filled, place, entity)
                    found.append(Option(place, changed, self._likeness(entity, held[0]) if held else 1))
        return found

    def _likeness(self, one: str, two: str) -> int:
        a, b = self.kb.entities[one], self.kb.entities[two]
        if two in a.confusable_with or one in b.confusable_with:
            return 3
        return 2 if a.kind == b.kind or {a.kind, b.kind} <= self.alike else 1

    def _decide(self, query: Query, options: Sequence[Option], name: str) -> Sequence[str]:
        """The places that remain, by the strongest sign that tells them apart.

        A name that on file stands in one place only belongs there, unless the last two questions differed in the
        other place: then nothing is certain. Then count what was varied before, where the name mostly stands, the
        kind, of which pair a fact is on file, and last whom most facts are about: that one stays.
        """
        always = self._leaning(query.relation, name, NEARLY_ALWAYS)
        mostly = self._leaning(query.relation, name, MOSTLY)
        if query.varied and mostly and query.varied != mostly:
            return (mostly,) if self._beyond_doubt(query.relation, name) else PLACES
        if always or query.varied:
            return (always or query.varied,)
        best = max(option.likeness for option in options)
        alike = [option.place for option in options if option.likeness == best]
        told = {option.place: facts for option in options if (facts := self._facts(option.query))}
        if mostly:
            against = any(fact.holds for place, facts in told.items() if place != mostly for fact in facts)
            return PLACES if against and mostly not in told else (mostly,)
        if len(alike) == 1:
            return alike
        if told:
            return tuple(told)
        return self._replaceable(query)

    def _beyond_doubt(self, relation: str, entity: str) -> bool:
        """Whether somebody stands in one place so often, and so seldom in the other, that it is certain."""
        counts = self._count(relation, entity)
        return max(counts) >= MANY and max(counts) >= NEARLY_ALWAYS * min(counts)

    def _count(self, relation: str, entity: str) -> tuple[int, int]:
        """In how many facts somebody stands in the first role and not the second, and the other way round."""
        first = second = 0
        for fact in self.kb.facts(relation, entity):
            one, two = ({participant.who for participant in role} for role in fact.roles)
            first += entity in one and entity not in two
            second += entity in two and entity not in one
        return first, second

    def _leaning(self, relation: str, entity: str, times: int) -> str:
        """The place in which somebody stands so many times as often as in the other, or nothing."""
        counts = self._count(relation, entity)
        if max(counts) < SELDOM or max(counts) < times * min(counts):
            return ""
        return PLACES[counts.index(max(counts))]

    def _facts(self, query: Query) -> list[Fact]:
        """What is on file of just those two, in these places."""
        one, two = set(query.subject or ()), set(query.object or ())
        facts = self.kb.facts(query.relation, *one, *two)
        return [f for f in facts if one <= {p.who for p in f.roles[0]} and two <= {p.who for p in f.roles[1]}]

    def _replaceable(self, query: Query) -> Sequence[str]:
        """The place of the one whom fewer facts are about, where the other is what the matter turns on."""
        if query.subject is None or query.object is None:
            return PLACES
        about = [len(self.kb.facts(query.relation, *(getattr(query, place) or ()))) for place in PLACES]
        if max(about) < SELDOM or max(about) < MOSTLY * min(about):
            return PLACES
        return (PLACES[about.index(min(about))],)


def _with(query: Query, place: str, entity: str) -> Query:
    return replace(query, subject=(entity,)) if place == "subject" else replace(query, object=(entity,))


def _name(option: Option) -> str:
    entity: str = getattr(option.query, option.place)[0]
    return entity
