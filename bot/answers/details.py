"""Answers that are a detail of a fact: a share, a level, a place, who represents whom."""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.answers import when
from bot.answers.draft import Draft
from bot.answers.evidence import known_within, span_of, statements, taking_part
from bot.answers.words import fill
from bot.knowledge.dates import Span, first_day
from bot.knowledge.records import Detail, Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

MOST, MOST_NAMED = 3, 8  # told at once: of one statement, and of several that have names of their own


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """The newest value of the detail asked about that holds for the day asked about, and the ones beside it."""
    span = span_of(query, today)
    facts = statements(composer.kb, query, any_narrowing=not query.narrows)
    if query.form == "when" and composer.kb.relations[query.relation].details.get(query.detail or "") != "date":
        return _dated(composer, query, [(f, d) for f in facts for d in f.details if d.what == query.detail], today)
    figure = query.detail in composer.kb.relations[query.relation].figures
    held = [
        (f, d) for f in facts for d in f.details
        if d.what == query.detail and _holds(f, d, span, query) and not (figure and _of_another_time(f, d, span, query))
    ]  # fmt: skip
    if not held:
        return composer.no_record(query, "no_detail", "no_record")
    if query.at is None and any(not fact.until for fact, _ in held):  # what is over is told only if nothing goes on
        held = [(fact, detail) for fact, detail in held if not fact.until]
    held.sort(key=lambda pair: (_overlap(pair[1], span) if query.at else 0.0, _age(*pair)), reverse=True)
    named = composer.words.template(query, f"detail_{query.detail}_of") is not None and not query.named
    apart = named and len({fact.named for fact, _ in held}) > 1  # several that have names, as wars
    if apart:
        held.sort(key=lambda pair: pair[0].since.date or "", reverse=True)
    held = held[: MOST_NAMED if apart else MOST]
    draft = Draft(query)
    told = [_sentence(composer, query, fact, detail, apart=apart) for fact, detail in held]
    for (fact, detail), sentence in zip(held, told, strict=True):
        if not any(other != sentence and other.startswith(sentence.removesuffix(".")) for other in told):
            draft.say(sentence)  # what another of them says with its date is not said twice
        draft.rest_on((fact,))
        draft.sources = {**dict.fromkeys(detail.sources), **draft.sources}
        if detail.as_of:
            draft.dates[-1] = detail.as_of
    fact, detail = held[0]
    draft.say("" if apart else fact.note)
    current = not (fact.until or detail.until or detail.period)
    return composer.finish(draft, today, value=_value(composer, query, detail), current=current)


def _dated(
    composer: "Composer", query: Query, held: list[tuple[Fact, Detail]], today: datetime.date
) -> "Answer":  # fmt: skip
    """When the detail last came about; where none says so, when the statement began again after it had ended."""
    draft = Draft(query)
    dated = [(fact, detail) for fact, detail in held if detail.since]
    if dated:
        fact, detail = max(dated, key=lambda pair: first_day(pair[1].since or ""))
        draft.rest_on((fact,))
        draft.sources = {**dict.fromkeys(detail.sources), **draft.sources}
        date, told = detail.since or "", detail.value
    else:
        facts = [f for f in statements(composer.kb, query) if f.holds and f.status == "settled" and f.since.exact]
        if len(facts) < 2:
            return when.answer(composer, replace(query, detail=None), today)
        fact = max(facts, key=lambda f: first_day(f.since.date or ""))
        draft.rest_on((fact,))
        date, told = fact.since.date or "", ""
    values = composer.words.values(query, value=told, on_since=composer.words.moment(date))
    draft.say(fill(composer.words.template(query, f"detail_{query.detail}", "when") or "", values))
    draft.say(fact.note)
    return composer.finish(draft, today, value=date, current=False)


def _holds(fact: Fact, detail: Detail, span: Span, query: Query) -> bool:
    """Whether a detail speaks of the days asked about: by its own dates, its period of years, or its fact's."""
    if detail.since and span.after <= first_day(detail.since):
        return False
    if detail.until and span.first >= first_day(detail.until):
        return False
    if detail.period and query.at is not None:
        first, last = _years(detail.period)
        if query.at.mode == "in" and span.last.year - span.first.year >= 1:
            return (first, last) == (span.first.year, span.last.year)  # a period asked about has a figure of its own
        return first <= span.last.year and span.first.year <= last
    return bool(detail.since or detail.until) or query.at is None or known_within(fact, span, *taking_part(query, fact))


def _of_another_time(fact: Fact, detail: Detail, span: Span, query: Query) -> bool:
    """Whether an undated figure was seen at another time than that asked about, of which it says nothing."""
    if query.at is None or detail.since or detail.until or detail.period:
        return False
    seen = Span.of(detail.as_of or fact.as_of)
    return not (span.first < seen.after and seen.first < span.after)


def _years(period: str) -> tuple[int, int]:
    """The first and the last year of a detail's period."""
    first, _, last = period.partition("/")
    return int(first), int(last or first)


def _overlap(detail: Detail, span: Span) -> float:
    """How well a detail's period of years fits the years asked about: shared years over all years of both."""
    if not detail.period:
        return 0.0
    first, last = _years(detail.period)
    years = set(range(first, last + 1))
    asked = set(range(span.first.year, span.last.year + 1))
    return len(years & asked) / len(years | asked)


def _age(fact: Fact, detail: Detail) -> str:
    period_end = detail.period.rpartition("/")[2] if detail.period else ""
    return detail.since or period_end or detail.as_of or fact.as_of


def _value(composer: "Composer", query: Query, detail: Detail) -> Any:
    kind = composer.kb.relations[query.relation].details.get(detail.what, "text")
    if kind in ("number", "percent"):
        number = float(detail.value)
        return int(number) if number.is_integer() else number
    return detail.value


def _sentence(composer: "Composer", query: Query, fact: Fact, detail: Detail, *, apart: bool) -> str:
    words = composer.words
    kind = composer.kb.relations[query.relation].details.get(detail.what, "text")
    value = detail.value
    if kind == "entity" and value in composer.kb.entities:
        value = composer.kb.entities[value].label
    elif kind == "date":
        value = words.date(value)
    period = detail.period.replace("/", "–") if detail.period else ""
    values = words.values(
        query, value=value, of=detail.of, whose=detail.whose, period=period,
        on_since=words.moment(detail.since),
        since=words.date(detail.since) if detail.since else "", until=words.date(detail.until) if detail.until else "",
        as_of=words.date(detail.as_of or fact.as_of),
    )  # fmt: skip
    own = words.narrowing(query.relation, fact.narrows)
    values.update({name: text for name, text in own.items() if not values.get(name)})
    keys = [f"detail_{detail.what}", "detail"]
    if apart and fact.named:
        values["named"] = composer.kb.entities[fact.named].label
        keys.insert(0, f"detail_{detail.what}_of")
    return fill(words.template(query, *keys) or "", values)
