"""Since when, or until when: one date of four."""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.answers.evidence import statements
from bot.knowledge.dates import spoken
from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.study import wording
from bot.study.asked import DATE, Asked, Wanted
from bot.study.others import dates_of, gives_away, near_dates

if TYPE_CHECKING:
    from bot.study.making import Maker

NEAR = 12  # dates to choose the wrong ones from
WRONG = 3


def date_of(maker: "Maker", fact: Fact, kind: str, rng: random.Random) -> Asked | None:
    """When it began or ended, told as exactly as it is known, or by its year alone."""
    if maker.phrases.undated(fact.relation):
        return None
    for query in _queries(maker, fact, kind):
        date = _answered(maker, fact, kind, query)
        if date is not None:
            break
    else:
        return None
    exact = date[: rng.choice(sorted({4, len(date)}))]
    # Whatever else began or ended between the same is no wrong choice: it may well be right of another time.
    others = dates_of(maker.kb.facts(fact.relation, *query.participants())) if query.participants() else []
    near = near_dates(exact, dates_of(maker.kb.facts(fact.relation)), others, maker.asker.today)
    text = maker.phrases.say(kind, question=wording.question(maker.engine, query))
    near = [value for value in near if not gives_away(text, [value[:4]])][:NEAR]
    if len(near) < WRONG or gives_away(text, [exact[:4]]):
        return None
    choices = maker.shuffled((exact, *rng.sample(near, WRONG)), rng)
    return maker.finish(fact, kind, text, query, Wanted(DATE, (exact,), choices), [spoken(value) for value in choices])


def _queries(maker: "Maker", fact: Fact, kind: str) -> Iterator[Query]:
    """The ways to ask for the date: by the name that the fact has, or by who takes part."""
    if fact.status != "settled" or not fact.holds:
        return
    same = [f for f in maker.kb.named(fact.named) if f.relation == fact.relation] if fact.named else []
    if len(same) == 1:  # a name that several facts share has several dates
        one, two = (tuple(p.who for p in role) for role in fact.roles)
        one, two = (one[:1], one[1:]) if one == two else (one, two)
        yield from wording.worded(maker.engine, Query(fact.relation, "when", one, two, named=fact.named, date=kind))
    places = wording.pair(maker.engine, fact)
    text_only = maker.kb.relations[fact.relation].needs_text
    if places is None or not (text_only or maker.asker.decides(fact, over=kind == "until")):
        return
    for narrows in wording.narrowings(maker.engine, fact):
        query = Query(fact.relation, "when", *places, narrows, date=kind)
        if not text_only or len(statements(maker.kb, query, any_narrowing=True)) == 1:
            yield from wording.worded(maker.engine, query)


def _answered(maker: "Maker", fact: Fact, kind: str, query: Query) -> str | None:
    """The date that the engine answers with, if the answer is this fact's own date and leaves no doubt."""
    made = maker.asker.answer(query)
    if made.status != "answered" or made.verdict is not None or made.caveats or made.facts[:1] != (fact.id,):
        return None
    since, until = fact.period_of(*(() if query.named else query.participants()))
    date = until if kind == "until" else since.date if since.exact else None
    return date if date is not None and made.value == date else None
