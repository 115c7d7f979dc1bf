"""Overviews: everything on file between two participants, as a dated list."""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.evidence import span_of
from bot.answers.words import fill
from bot.knowledge.dates import Since, Span
from bot.knowledge.records import Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

SHOWN = 40


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """The facts between the participants, oldest first, each a line with its date; claims behind them."""
    everybody = query.participants()
    relation = composer.kb.relations[query.relation]
    found: list[tuple[str, str, Fact]] = []
    for name in relation.digest:
        found += [(fact.since.date or fact.as_of, name, fact) for fact in composer.kb.facts(name, *everybody)]
    if not found or len(everybody) < 2:
        return composer.no_record(query)
    found.sort(key=lambda entry: (entry[2].status == "claimed", entry[0]))  # what somebody says stands behind
    span = _asked_about(query, today)
    if span is not None:
        found = [entry for entry in found if fact_lines(composer, entry[2], span)]
        if not found:
            return composer.no_record(query)
    draft = Draft(query)
    values = composer.words.values(query, count=len(found))
    draft.say(fill(composer.words.template(query, "overview") or "", values))
    lines = [line for _, _, fact in found[:SHOWN] for line in fact_lines(composer, fact, span)]
    draft.rest_on(fact for _, _, fact in found[:SHOWN])
    made = composer.finish(draft, today, current=False, newest=True)
    text = "\n".join((made.text, *dict.fromkeys(lines)))
    return replace(made, text=text, value=None)


def _asked_about(query: Query, today: datetime.date) -> Span | None:
    """The days that a dated question wants the events of; "before" and "by" ask for all that came until then."""
    if query.at is None:
        return None
    span = span_of(query, today)
    return Span(datetime.date.min, span.after) if query.at.mode in ("before", "by") else span


def _changed(since: Since, until: str | None, span: Span) -> bool:
    """Whether something is known to have begun or ended within the span: what merely went on then is no event.

    A date that is longer than the span, a year for a month asked about, does not say so.
    """
    if since.latest and span.first > datetime.date.min:
        since = Since(None)
    days = [Span.of(date) for date in (since.date, until) if date]
    return any(span.first <= d.first < span.after and d.after - d.first <= span.after - span.first for d in days)


def fact_lines(composer: "Composer", fact: Fact, within: Span | None = None) -> list[str]:
    """A fact as dated lines: its own, and one for each dated detail; of a span, those that changed in it."""
    query, values = _asked(composer, fact)
    period, text = fact_told(composer, fact)
    lines = [f"• {period}: {text}"] if within is None or _changed(fact.since, fact.until, within) else []
    for detail in fact.details:
        if detail.since and (within is None or _changed(Since(detail.since), None, within)):
            said = fill(composer.words.template(query, "line_detail") or "", {**values, "value": detail.value})
            lines.append(f"• {composer.words.since(Since(detail.since))}: {said}")
    return lines


def fact_told(composer: "Composer", fact: Fact) -> tuple[str, str]:
    """When a fact holds, and what it says, as a line of a digest does."""
    query, values = _asked(composer, fact)
    key = "line" if fact.holds else "line_not"
    if fact.status == "claimed":
        key = "line_claimed"
    elif fact.status == "disputed":
        key = "line_disputed"
    text = fill(composer.words.template(query, key, "line") or "", values)
    if fact.note and fact.status != "claimed":
        text = f"{text} {fact.note}"
    return _period(composer, fact), text


def _asked(composer: "Composer", fact: Fact) -> tuple[Query, dict[str, str]]:
    """The query that a fact answers, and what fills the lines about it."""
    words, relation = composer.words, fact.relation
    roles = [tuple(p.who for p in role) for role in fact.roles]
    if composer.kb.relations[relation].symmetric and roles[0] == roles[1]:
        roles = [roles[0][:1], roles[0][1:]]
    narrows = {**composer.kb.relations[relation].default, **fact.narrows}
    query = Query(relation, "whether", roles[0], roles[1], narrows, named=fact.named)
    return query, words.values(query, since=_period(composer, fact), text=fact.text, claimed_by=fact.claimed_by)


def _period(composer: "Composer", fact: Fact) -> str:
    words = composer.words
    if fact.until and fact.since.date is None:
        return f"– {words.date(fact.until)}"
    since = words.since(fact.since) or f"{words.term('as_of_word')} {words.date(fact.as_of)}"
    return f"{since} – {words.date(fact.until)}" if fact.until else since
