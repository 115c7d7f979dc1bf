"""Put in order: of whom was it so first."""

import random
from typing import TYPE_CHECKING

from bot.answers.words import joined
from bot.knowledge.dates import day_after, first_day
from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.study import wording
from bot.study.asked import ORDER, Asked, Wanted

if TYPE_CHECKING:
    from bot.study.making import Maker

FEWEST = 3


def order(maker: "Maker", fact: Fact, kind: str, rng: random.Random) -> Asked | None:
    """Three or four of whom it is so now, whose beginnings are certain and do not touch."""
    from bot.study.making import CHOICES, some

    place = kind.partition(".")[2]
    basis = None if maker.phrases.undated(fact.relation) else maker.asker.basis(fact.id)
    if basis is None or basis.verdict != "yes" or len(wording.held(basis.query, place)) != 1:
        return None
    listed = maker.open_query(basis.query, place, "which")
    (first,) = wording.held(basis.query, place)
    begun = {first: _beginning(maker, basis.query)}
    if listed is None or not begun[first]:
        return None
    text = maker.phrases.say("order", question=wording.question(maker.engine, listed))

    def fits(query: Query) -> bool:
        date = _beginning(maker, query)
        (who,) = wording.held(query, place)
        if not date or not all(_apart(date, other) for other in begun.values()):
            return False
        begun[who] = date
        return True

    kinds = maker.kinds_of(listed)
    some(maker, basis, place, text, kinds, rng, fits)
    if not FEWEST <= len(begun) <= CHOICES or not maker.hidden(text, first):
        return None
    choices = maker.shuffled(begun, rng)
    right = tuple(sorted(begun, key=lambda who: first_day(begun[who])))
    told = joined([f"{maker.name(who)} ({maker.asker.words.date(begun[who])})" for who in right])
    return maker.finish(
        fact, kind, text, basis.query, Wanted(ORDER, right, choices, place), [maker.name(who) for who in choices],
        rests_on=[maker.asker.of_whom(basis, place, who) for who in right],
        back=maker.phrases.say("order_back", list=told),
    )  # fmt: skip


def _beginning(maker: "Maker", query: Query) -> str:
    """Since when it is so, where the engine says that it is, and the beginning itself is known; else nothing."""
    if maker.asker.verdict(query) != "yes":
        return ""
    since = maker.asker.finding(query).since
    return since.date if since.exact and since.date else ""


def _apart(one: str, other: str) -> bool:
    return day_after(one) <= first_day(other) or day_after(other) <= first_day(one)
