"""Who was the first, the third, the last: whose beginning stands where in the row of all beginnings.

Comes in: a query with a `pick`. Goes out: an Answer. Only a closed set has a row: the group that a complete list
speaks of, a group, or names told one by one; of everybody in it the beginning, or that there was none, must be on
file, or nobody is said to be the first.
"""

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.evidence import span_of, statements
from bot.answers.fillers import candidates
from bot.answers.find import Finding, coverage_for, find
from bot.answers.words import fill, joined
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, day_after, first_day
from bot.knowledge.records import Coverage, Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

FIRST, LAST, ONLY = "first", "last", "only"


@dataclass(frozen=True, slots=True)
class _Begun:
    """One entity's beginning, as exact as it is on file."""

    entity: str
    days: Span
    date: str
    fact: Fact

    def over(self, today: datetime.date) -> bool:
        """Whether what began then has ended."""
        _, until = self.fact.period_of(self.entity)
        return until is not None and first_day(until) <= today


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer | None":
    """The one that the query picks; None if the row is not closed, or does not tell."""
    place = "subject" if not query.subject else "object"
    complete = coverage_for(composer.kb, query, today)
    row, maybe = _row(composer.kb, query, place, complete, today)
    closed = query.among or query.of or query.rank != 1  # else it is the first on file that is told, and said to be so
    picked = _picked(query, row, maybe if closed else [])
    if not picked:
        return None
    current = [b for b in row if not b.over(today)]
    still = _picked(query, current, maybe) if _past(query, picked, today) else []
    draft = Draft(query)
    draft.rest_on(begun.fact for begun in (*picked, *still))
    draft.rest_on_coverage(complete)
    draft.dates[:] = [complete.as_of] if complete else draft.dates
    since = composer.words.term("since_word")

    def told(begun: list[_Begun]) -> str:
        return joined(
            [f"{composer.kb.entities[b.entity].label} ({since} {composer.words.date(b.date)})" for b in begun]
        )

    values = composer.words.values(query, list=told(picked), count=len(picked))
    text = composer.words.message("ranked", values) if query.rank != 1 else ""
    text = text or fill(composer.words.template(query, "which") or "", values)
    draft.say(composer.words.message("in_time", {**values, "text": text}) if query.at else text)
    if still:
        draft.say(composer.words.message("ranked_still", {"list": told(still)}))
    if len(picked) == 1:
        draft.say(picked[0].fact.note)
    if complete and not complete.unlisted:
        draft.say(complete.note)
    return composer.finish(draft, today, value=tuple(b.entity for b in (*picked, *still)))


def untold(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """Nobody is picked: for want of a complete list, or of dates that tell the row of one."""
    keys = ("no_row",) if coverage_for(composer.kb, query, today) else ("no_list", "no_record")
    return composer.no_record(query, *keys)


def _past(query: Query, picked: list[_Begun], today: datetime.date) -> bool:
    """Whether the first of all are no longer so: then the first of those that are may be meant."""
    return query.pick == FIRST and query.rank == 1 and query.at is None and all(b.over(today) for b in picked)


def whether(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """Whether the subject is the first, the last, or the only one of whom the statement is true."""
    asked = replace(query, subject=None, form="which")
    if query.pick == ONLY:
        from bot.answers import lists

        told = lists.answer(composer, replace(asked, pick=None), today)
    else:
        told = answer(composer, asked, today) or untold(composer, query, today)
    (who,) = query.subject or ("",)
    value = told.value if told.status == "answered" else None
    if not isinstance(value, tuple):
        return composer.no_record(query, "no_list", "no_record")
    alone = value == (who,)
    open_list = composer.words.message("open_list") in told.caveats
    if open_list and alone:
        return composer.no_record(query, "no_list", "no_record")
    if (
        who in value and not alone and query.pick != ONLY
    ):  # one of several, or the first of a later row: neither yes nor no
        return replace(told, query=query, value=None)
    verdict = "yes" if alone else "no"
    text = f"{composer.words.kb.shared['verdicts'][verdict]}. {told.text}"
    return replace(told, query=query, verdict=verdict, value=None, text=text)


def _row(
    kb: KnowledgeBase, query: Query, place: str, complete: Coverage | None, today: datetime.date
) -> tuple[list[_Begun], list[Span]]:
    """The first beginnings of everybody in the set, and the days on which others of it may have begun."""
    members = _universe(kb, query, place, complete, today)
    if complete is not None and not complete.unlisted:  # of whom no fact speaks, it is not so
        members &= {*candidates(kb, query, place)}
    row: list[_Begun] = []
    maybe: list[Span] = []
    for entity in sorted(members - set(query.participants()) - set(query.without or ())):
        one = replace(
            query, form="whether", subject=(entity,) if place == "subject" else query.subject,
            object=(entity,) if place == "object" else query.object, pick=None, at=None, among=None, of=None,
            without=None, rank=1,
        )  # fmt: skip
        begun, possible = _begun(kb, one, entity, find(kb, one, today), today)
        row += begun
        maybe += possible
    if query.at:
        span = span_of(query, today)
        row = [b for b in row if b.days.first < span.after and b.days.after > span.first]
        maybe = [days for days in maybe if days.first < span.after and days.after > span.first]
    return row, maybe


def _universe(
    kb: KnowledgeBase, query: Query, place: str, complete: Coverage | None, today: datetime.date
) -> frozenset[str]:
    if query.of:
        return frozenset(query.of)
    if query.among:
        return kb.members(query.among, today)
    if complete is None or complete.unlisted:
        return frozenset()
    return kb.members(complete.subject if place == "subject" else complete.object, today)


def _begun(
    kb: KnowledgeBase, one: Query, entity: str, finding: Finding, today: datetime.date
) -> tuple[list[_Begun], list[Span]]:
    """The first beginning that is settled and dated, if any, and the days on which it may have been earlier."""
    found: list[_Begun] = []
    maybe: list[Span] = []
    facts = statements(kb, one)
    lives = [first_day(since) for since in (kb.entities[e].since for e in one.participants()) if since]
    denied = [first_day(f.until) for f in facts if not f.holds and f.status == "settled" and f.until]
    earliest = max((*lives, *denied), default=datetime.date.min)
    for fact in (f for f in facts if f.holds):
        since, _ = fact.period_of(*one.participants())
        if since.exact and since.date:
            days = Span(first_day(since.date), day_after(since.date))
            if fact.status == "settled":
                found.append(_Begun(entity, days, since.date, fact))
            else:
                maybe.append(days)
        else:
            maybe.append(Span(earliest, day_after(since.date or fact.as_of)))
    if not found and not maybe and finding.outcome not in ("no", "unlisted_no"):
        maybe.append(Span(earliest, today))
    found = sorted(found, key=lambda b: b.days.first)[:1]
    return found, [days for days in maybe if not found or days.first < found[0].days.first]


def _picked(query: Query, row: list[_Begun], maybe: list[Span]) -> list[_Begun]:
    """The first, the last, or the one at a rank; several only if they share that day, none if others may have it."""
    row = sorted(row, key=lambda b: (b.days.first, b.entity))
    if query.rank > len(row):
        return []
    if query.pick == LAST:
        latest = max(b.days.first for b in row)
        return [] if any(days.after > latest for days in maybe) else [b for b in row if b.days.after > latest]
    chosen = row[query.rank - 1]
    if any(days.first < chosen.days.after for days in maybe):
        return []
    sharing = [b for b in row if b.days.first < chosen.days.after and chosen.days.first < b.days.after]
    return sharing if len(sharing) == 1 or query.rank == 1 else []
