"""What a name stands for whose parties came and went: its own dates, and those of each party that differ.

Comes in: a query about something named and nobody in particular. Goes out: an Answer, None where no party has a period
of its own. The time in which all of them took part is that of none: a treaty is older than its newest party.
"""

import datetime
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.find import span_of
from bot.answers.words import joined
from bot.knowledge.dates import first_day
from bot.knowledge.records import Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer | None":
    """Whether it was in force, since when, or who the parties are; None for any other question."""
    facts = [f for f in composer.kb.named(query.named or "") if f.relation == query.relation]
    fact = _of_all(facts, query)
    if fact is None or not fact.since.exact or fact.since.day is None:
        return None
    draft = Draft(query)
    draft.rest_on(facts)
    words = composer.words
    over = fact.until is not None and first_day(fact.until) <= today
    values = words.values(
        query, since=words.since(fact.since), on_until=words.moment(fact.until) if over else None,
        list=joined(_parties(composer, fact, facts)),
    )  # fmt: skip
    text = words.message("parties", values)
    if query.form == "when":
        draft.say(text)
        return composer.finish(draft, today, value=fact.since.date, current=False)
    if query.form in ("which", "what"):
        draft.say(text)
        return composer.finish(draft, today, value=fact.participants(), current=not over)
    span = span_of(query, today)
    in_force = fact.since.day < span.after and not (fact.until and span.first >= first_day(fact.until))
    draft.say(words.message("parties_yes" if in_force else "parties_no", {"text": text}))
    return composer.finish(draft, today, verdict="yes" if in_force else "no", current=not over)


def _of_all(facts: list[Fact], query: Query) -> Fact | None:
    """The one named fact of which some parties have periods of their own, if no single one is asked about."""
    plain = not (
        query.change or query.detail or query.pick or query.negated or query.among or query.of or query.narrows
    )
    if not query.named or not plain or query.form not in ("whether", "when", "which", "what") or query.date != "since":
        return None
    found = [f for f in facts if f.apart and f.status == "settled" and f.holds]
    if len(found) != 1:
        return None
    asked = set(query.participants())
    staying = {p.who for role in found[0].roles for p in role if p.until is None}
    return found[0] if not asked or staying <= asked else None


def _parties(composer: "Composer", fact: Fact, facts: list[Fact]) -> list[str]:
    """The parties, each with the dates that are its own; behind them those of other facts of the name."""
    periods: dict[str, list[str]] = {p.who: [_period(composer, p.since, p.until)] for role in fact.roles for p in role}
    for other in facts:
        for who in other.participants():
            if other is not fact and who not in fact.participants():
                periods.setdefault(who, []).append(_period(composer, other.since.date, other.until))
    return [
        f"{composer.kb.entities[who].label} ({', '.join(told)})" if (told := [t for t in own if t]) else
        composer.kb.entities[who].label
        for who, own in periods.items()
    ]  # fmt: skip


def _period(composer: "Composer", since: str | None, until: str | None) -> str:
    words = composer.words
    parts = ((words.term("since_word"), since), (words.term("until_word"), until))
    return " ".join(f"{term} {words.date(date)}" for term, date in parts if date)
