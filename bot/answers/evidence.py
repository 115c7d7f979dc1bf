"""The evidence for a statement: the facts that make it, whichever way, and the days on which they are known to hold.

Comes in: a query and the knowledge base. Goes out: facts and spans of days; what follows from them, `find` says. All
logic comes from the relation's declaration; no relation is known by name here.
"""

import datetime
from collections.abc import Iterable, Sequence

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Since, Span, day_after, first_day
from bot.knowledge.records import Fact, Relation
from bot.questions.query import Query

_BEGINNING = datetime.date(1000, 1, 1)


def span_of(query: Query, today: datetime.date) -> Span:
    """The days a query asks about; without a date, today. Nothing after today is looked at."""
    if query.ever and query.at is None:
        return Span(_BEGINNING, today + datetime.timedelta(days=1))
    if query.at is None:
        return Span.day(today)
    span = query.at.span
    if query.at.mode == "before":  # on any day before, not only on the last one
        return Span(_BEGINNING, min(span.after, today + datetime.timedelta(days=1)))
    after = min(span.after, today + datetime.timedelta(days=1))
    return Span(span.first, max(after, span.first + datetime.timedelta(days=1)))


def from_the_beginning(query: Query) -> bool:
    """Whether all time is asked about, up to some day: "ever", "before 1990"."""
    return query.at.mode == "before" if query.at else query.ever


def taking_part(query: Query, fact: Fact) -> tuple[str, ...]:
    """Those whose own periods count: nobody's where all that a name stands for is asked about, which has its own."""
    who = query.participants()
    return () if query.named and query.named == fact.named and {*fact.participants()} <= {*who} else who


def statements(
    kb: KnowledgeBase, query: Query, *, any_narrowing: bool = False, among: Sequence[Fact] | None = None
) -> tuple[Fact, ...]:
    """The facts that make the query's statement, whenever they hold and whichever way.

    They are looked for `among` those in which all its participants take part, found here if not given.
    """
    relation = kb.relations[query.relation]
    found = kb.facts(query.relation, *query.participants()) if among is None else among
    return tuple([
        fact for fact in found
        if placed(relation, fact, query)
        and (any_narrowing or narrowed(relation, fact, query))
        and (query.named is None or fact.named == query.named)
    ])  # fmt: skip


def placed(relation: Relation, fact: Fact, query: Query) -> bool:
    """Whether the query's participants stand in the places that the query gives them."""
    one, two = fact.who
    subject, object_ = query.subject or (), query.object or ()
    if relation.symmetric and not relation.opposed:
        return one.issuperset(subject) and one.issuperset(object_)
    straight = one.issuperset(subject) and two.issuperset(object_)
    return straight or (relation.opposed and two.issuperset(subject) and one.issuperset(object_))


def narrowed(relation: Relation, fact: Fact, query: Query) -> bool:
    """Whether a fact speaks of the narrowing asked for; asked for none, whether it counts.

    What is denied without any narrowing is denied in each narrower sense that counts.
    """
    if query.narrows:
        held = {**relation.default, **fact.narrows}
        denied = not fact.holds and not fact.narrows
        return all(
            held.get(name) == value or (denied and name not in relation.default and relation.counts_as.get(value, True))
            for name, value in query.narrows.items()
        )
    if query.named is not None and query.named == fact.named:  # the name says which is meant
        return True
    return not fact.narrows or all(relation.counts_as.get(value, True) for value in fact.narrows.values())


def effective(fact: Fact, who: Iterable[str]) -> tuple[Since, str | None, datetime.date]:
    """The period of a fact for some participants, and the first day on which it is known to hold."""
    since, until = fact.period_of(*who)
    day = since.day
    if day is None:  # known on the day its newest source shows it, or just before it ended
        day = first_day(fact.as_of)
        if until and day >= first_day(until):
            day = first_day(until) - datetime.timedelta(days=1)
    return since, until, day


def known_within(fact: Fact, span: Span, *who: str) -> bool:
    """Whether a fact is known to hold on a day of the span: one without a beginning says nothing of earlier days."""
    _, until, day = effective(fact, who)
    return day < span.after and not (until and span.first >= first_day(until))


def too_coarse(since: Since, until: str | None, as_of: str, span: Span) -> bool:
    """Whether the days asked about lie within a year or month of which no more is known than that it changed then.

    "In that year" is true of a beginning whenever it was. An end may have come on the first of its days, and has come
    on the last. What the newest source shows is known from its day on.
    """
    if span.last >= first_day(as_of):
        return False
    if since.date and first_day(since.date) < span.after < day_after(since.date):
        return True
    return until is not None and first_day(until) <= span.first < day_after(until) - datetime.timedelta(days=1)
