"""Whether a statement held for the whole of a time: "since 1992", "from 1992 to 2000", "throughout 1992".

Comes in: a query whose statement is true on some day of its time. Goes out: an Answer where that is not all of it.
"""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.digest import fact_told
from bot.answers.draft import Draft
from bot.answers.evidence import span_of, taking_part
from bot.answers.find import Finding, find
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, day_after, first_day, is_partial_date
from bot.questions.query import At, Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

ONE = datetime.timedelta(days=1)


def answer(composer: "Composer", query: Query, finding: Finding, today: datetime.date) -> "Answer | None":
    """What is on file instead of a yes that does not hold throughout; None where it does, or need not.

    Only "throughout" is denied: "has A joined B since 1992" may ask whether it did so in that time.
    """
    span = _meant(query, today)
    contest = composer.kb.relations[query.relation].opposed  # what sides do against each other is asked as an event
    if span is None or query.ever or query.change or contest or finding.verdict != "yes":
        return None
    verdicts = {_on(composer.kb, query, day, today) for day in _days(composer.kb, query, span)}
    if verdicts == {"yes"}:
        return None
    denied = query.at is not None and query.at.mode == "throughout" and "no" in verdicts
    draft = Draft(query)
    draft.say(composer.words.message("not_whole_no" if denied else "not_whole"))
    if finding.until is None and len(finding.facts) <= 1:
        now = Draft(replace(query, at=None))
        composer.state(now, finding, lead=False)
        draft.parts += now.parts
    else:
        for fact in finding.facts:
            draft.say(": ".join(fact_told(composer, fact)))
    draft.rest_on_finding(finding)
    made = composer.finish(draft, today, verdict="no" if denied else None, current=False)
    return made if denied else replace(made, status="no_record")


def _meant(query: Query, today: datetime.date) -> Span | None:
    """The days on all of which it must be so. A beginning within the first date named is soon enough, and so an end."""
    if query.at is None:
        return None
    span = span_of(query, today)
    if query.at.mode == "throughout":
        return span
    first, _, last = query.at.text.partition("/")
    if query.at.mode == "since" or last:
        begun = day_after(first) - ONE if is_partial_date(first) else span.first
        until = first_day(last) if last else span.last
        return Span(begun, max(until, begun) + ONE)
    return None


def _days(kb: KnowledgeBase, query: Query, span: Span) -> set[datetime.date]:
    """The days that tell of all others: the first, the last, and those beside every change."""
    days = {span.first, span.last}
    for name in (query.relation, *kb.implying(query.relation)):
        for fact in kb.facts(name, *query.participants()):
            since, until = fact.period_of(*taking_part(query, fact))
            for date in (since.date, until):
                days |= {first_day(date) - ONE, first_day(date), day_after(date)} if date else set()
    return {day for day in days if span.first <= day <= span.last}


def _on(kb: KnowledgeBase, query: Query, day: datetime.date, today: datetime.date) -> str | None:
    """How the statement stood on one day."""
    return find(kb, replace(query, at=At(day.isoformat(), Span.day(day))), today).verdict
