"""What is on file: whether a statement was true on the days asked about, by which facts or coverage.

All logic comes from the relation's declaration; no relation is known by name here.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.evidence import (
    effective,
    from_the_beginning,
    placed,
    span_of,
    statements,
    taking_part,
    too_coarse,
)
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Since, Span, day_after, first_day
from bot.knowledge.records import Coverage, Fact, Relation
from bot.questions.query import At, Query

UNKNOWN = Since(None)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a statement holds. `outcome` says how that is known and picks the wording:

    `yes`, `no` (facts), `ended`, `was` (true at some time, asked with "ever"), `not_yet`, `disputed`, `claimed`,
    `implied`, `implied_was` (the same of another relation), `unlisted_yes`, `unlisted_no` (a coverage), `no_record`,
    `not_existing`.
    """

    outcome: str
    verdict: str | None = None
    facts: tuple[Fact, ...] = ()
    coverage: Coverage | None = None
    since: Since = UNKNOWN
    until: str | None = None
    missing: str | None = None


def find(kb: KnowledgeBase, query: Query, today: datetime.date, facts: Sequence[Fact] | None = None) -> Finding:
    """Whether the query's statement, in its positive sense, held on the days asked about.

    `facts` are those of the relation in which all the query's participants take part, where they are at hand.
    """
    span = span_of(query, today)
    found = _by_facts(statements(kb, query, among=facts), query, span, lasting=kb.relations[query.relation].lasting)
    if found.outcome == "no" and from_the_beginning(query):
        if (implied := _by_implication(kb, query, span)) is not None:
            return implied
        if not always(kb, query, found.facts):
            return Finding("no_record")
    if found.outcome in ("no_record", "not_yet"):
        missing = next((e for e in query.participants() if not _existed(kb, e, span)), None)
        if missing:
            return Finding("not_existing", missing=missing)
    if found.outcome == "no_record":
        by_list = None if found.facts else _by_coverage(kb, query, span)  # facts leave it open, so it is listed
        found = _by_implication(kb, query, span) or by_list or found
    return found


def find_change(kb: KnowledgeBase, query: Query, today: datetime.date) -> Finding:
    """Whether the statement began, or had ended, within the days asked about.

    `began` and `began_else` tell a beginning in those days from one on another day; an ending is a matter of how the
    statement stands on the last of the days.
    """
    span = span_of(query, today)
    if query.change == "ended":
        return find(kb, replace(query, at=At(span.last.isoformat(), Span.day(span.last)), change=None), today)
    begun = []
    for fact in statements(kb, query):
        since, until = fact.period_of(*taking_part(query, fact))
        if fact.holds and fact.status == "settled" and since.exact and since.day:
            begun.append((span.first <= since.day < span.after, since, until, fact))
    if not begun:  # when is not known; but what is not so, and never was on file, did not begin
        plain = find(kb, replace(query, change=None), today)
        return plain if plain.verdict == "no" else Finding("no_record")
    inside, since, until, fact = max(begun, key=lambda entry: (entry[0], entry[1].date))
    return Finding("began" if inside else "began_else", "yes" if inside else "no", (fact,), None, since, until)


def as_ended(kb: KnowledgeBase, query: Query, finding: Finding, today: datetime.date, *, asked: bool) -> Finding:
    """A no of today that facts give to what had been so before, as the end of that: what is over, then the no.

    Of a past day a no is only that, unless it was `asked` whether the statement ended, then or before.
    """
    if finding.outcome != "no" or (query.at is not None and not asked):
        return finding
    span, who = span_of(query, today), query.participants()
    closed = span.after if asked else span.first
    ended = []
    for fact in statements(kb, query):
        since, until = fact.period_of(*who)
        if fact.holds and fact.status == "settled" and until and day_after(until) <= closed:
            ended.append((first_day(until), since, until, fact))
    if not ended:
        return finding
    _, since, until, fact = max(ended, key=lambda entry: entry[0])
    return Finding("ended", "no", (fact, *finding.facts), None, since if since.exact else UNKNOWN, until)


def find_in(kb: KnowledgeBase, query: Query, today: datetime.date) -> Finding | None:
    """The one of several periods that a time names: "when was the war of 1971". None if it names no one of several."""
    if query.at is None or query.at.mode != "in":
        return None
    span = span_of(query, today)
    held = [f for f in statements(kb, query) if f.holds and f.status == "settled"]
    named = [f for f in held if f.since.day and f.covers(span, *taking_part(query, f))]
    if len(held) < 2 or not named:
        return None
    fact = min(named, key=lambda f: (not span.first <= (f.since.day or span.first) < span.after, f.since.date))
    since, until = fact.period_of(*taking_part(query, fact))
    over = until is not None and first_day(until) <= today
    return Finding("ended" if over else "yes", "no" if over else "yes", (fact,), None, since, until)


def always(kb: KnowledgeBase, query: Query, facts: Sequence[Fact]) -> bool:
    """Whether what is denied is denied for all time: from no known day on, or since it could first have been so."""
    starts = [first_day(since) for e in query.participants() if (since := kb.entities[e].since)]
    for entity in query.object or ():
        days = [f.since.day for f in kb.facts(query.relation, entity) if f.holds and f.since.day]
        starts += [min(days)] if days else []
    return any(f.since.day is None or f.since.latest or any(f.since.day <= day for day in starts) for f in facts)


def _existed(kb: KnowledgeBase, entity: str, span: Span) -> bool:
    record = kb.entities[entity]
    return not (record.since and span.last < first_day(record.since))


def _by_facts(facts: tuple[Fact, ...], query: Query, span: Span, *, lasting: bool) -> Finding:
    if not facts:
        return Finding("no_record")
    covering, later, earlier, unsure = [], [], [], []
    for fact in facts:
        since, until, day = effective(fact, taking_part(query, fact))
        passed = not lasting and not until and query.at is not None and span.first >= day_after(fact.as_of)
        if passed or too_coarse(since, until, fact.as_of, span):
            unsure.append(fact)
        elif until and span.first >= first_day(until):
            earlier.append((fact, since, until))
        elif span.after <= day:
            later.append((fact, since, until))
        else:
            covering.append((fact, since, until))
    for outcome, status, holds in (
        ("yes", "settled", True),
        ("disputed", "disputed", None),
        ("no", "settled", False),
        ("claimed", "claimed", None),
    ):
        group = [e for e in covering if e[0].status == status and (holds is None or e[0].holds == holds)]
        if group:
            verdict = None if outcome == "claimed" else outcome
            if outcome == "yes" and from_the_beginning(query):  # what goes on before what is over, of that the last
                group = [e for e in group if not (e[2] and span.after > first_day(e[2]))] or [max(group, key=_end)]
            first = min(group, key=lambda e: e[1].date or "9999")
            # The one that is dated stands first: what is said of the statement is said of that one.
            told = (first[0], *(e[0] for e in group if e is not first))
            finding = Finding(outcome, verdict, told, None, first[1], first[2])
            return _as_past(finding, query, span)
        if unsure:  # no yes is known, and another outcome would deny one
            return Finding("no_record", None, tuple(unsure))
    ended = [e for e in earlier if e[0].holds and e[0].status == "settled"]
    if ended:
        last = max(ended, key=lambda e: e[2])
        return Finding("ended", "no", (last[0],), None, last[1], last[2])
    coming = [e for e in later if e[0].holds and e[0].status == "settled"]
    denied = any(not e[0].holds and e[0].status == "settled" for e in later)  # and so, perhaps, true before that
    if coming and not denied and all(e[1].exact for e in coming):
        first = min(coming, key=lambda e: e[1].date or "")
        return Finding("not_yet", "no", (first[0],), None, first[1], None)
    return Finding("no_record")


def _end(entry: tuple[Fact, Since, str | None]) -> datetime.date:
    return first_day(entry[2] or "9999")


def _as_past(finding: Finding, query: Query, span: Span) -> Finding:
    """ "Ever" is answered yes from a period that is over, but worded as over."""
    past = from_the_beginning(query) and finding.until and span.after > first_day(finding.until)
    if finding.outcome == "yes" and past:
        return replace(finding, outcome="was")
    return finding


def _by_implication(kb: KnowledgeBase, query: Query, span: Span) -> Finding | None:
    """By a fact of another relation that implies the statement: the newest of those that are not over, if any."""
    found: list[tuple[bool, str, Finding]] = []
    for name in kb.implying(query.relation):
        implying = kb.relations[name]
        for fact in kb.facts(name, *query.participants()):
            if not fact.holds or fact.status != "settled" or not placed(implying, fact, query):
                continue
            if not all(implying.counts_as.get(value, True) for value in fact.narrows.values()):
                continue
            since, until, day = effective(fact, query.participants())
            if too_coarse(since, until, fact.as_of, span):
                continue
            if day <= span.last and not (until and span.first >= first_day(until)):
                latest = Since(since.date, latest=True) if since.date else since
                over = query.ever and query.at is None and until is not None and first_day(until) < span.after
                outcome = "implied_was" if over else "implied"
                made = Finding(outcome, "yes", (fact,), None, latest, until if over else None)
                found.append((not over, since.date or "", made))
    return max(found, key=lambda entry: entry[:2])[2] if found else None


def coverage_for(kb: KnowledgeBase, query: Query, day: datetime.date) -> Coverage | None:
    """The most specific coverage that speaks of the query's participants on a day."""
    best: tuple[int, Coverage] | None = None
    relation = kb.relations[query.relation]
    for coverage in kb.coverages_of(query.relation):
        if first_day(coverage.from_) > day or not _same_narrowing(relation, coverage, query):
            continue
        sizes = []
        for place, held in ((coverage.subject, query.subject), (coverage.object, query.object)):
            members = kb.members(place, day)
            if held is not None and not set(held) <= members:
                break
            if held is None and kb.entities[place].group is None:
                break
            sizes.append(len(members))
        else:
            rank = sizes[0] * sizes[1]
            if best is None or rank < best[0]:
                best = (rank, coverage)
    return best[1] if best else None


def _same_narrowing(relation: Relation, coverage: Coverage, query: Query) -> bool:
    wanted = {**relation.default, **query.narrows}
    return {**relation.default, **coverage.narrows} == wanted


def _by_coverage(kb: KnowledgeBase, query: Query, span: Span) -> Finding | None:
    if not (query.subject and query.object):
        return None
    coverage = coverage_for(kb, query, span.last)
    if coverage is None or (from_the_beginning(query) and not reaches_back(kb, coverage)):
        return None
    outcome = "unlisted_yes" if coverage.unlisted else "unlisted_no"
    return Finding(outcome, "yes" if coverage.unlisted else "no", (), coverage)


def reaches_back(kb: KnowledgeBase, coverage: Coverage) -> bool:
    """Whether a list is complete for all time: from the first day of whom it is about, or of the first fact of it."""
    start = first_day(coverage.from_)
    for entity in (coverage.subject, coverage.object):
        if kb.entities[entity].group is None:
            life = kb.entities[entity].since
            days = [f.since.day for f in kb.facts(coverage.relation, entity) if f.holds and f.since.day]
            if (life and start <= first_day(life)) or (days and start <= min(days)):
                return True
    return False
