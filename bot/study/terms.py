"""Whose name is missing: a sentence, or a definition, with a blank."""

import random
import re
from typing import TYPE_CHECKING

from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.study import wording
from bot.study.asked import ENTITY, Asked, Wanted
from bot.study.wording import BLANK, PLACES

if TYPE_CHECKING:
    from bot.study.making import Maker

LONGEST = 600  # characters of a definition that is read in a quiz


def missing_name(maker: "Maker", fact: Fact, kind: str, rng: random.Random) -> Asked | None:
    """Of whom it is so since just that date. Whoever shares the date is right too, and no wrong choice."""
    from bot.study.making import CHOICES, some

    place = kind.partition(".")[2]
    basis = maker.asker.basis(fact.id)
    if basis is None or basis.verdict != "yes" or len(wording.held(basis.query, place)) != 1:
        return None
    listed = maker.open_query(basis.query, place, "which")
    date = _since(maker, basis.query)
    (right,) = wording.held(basis.query, place)
    if listed is None or not date:
        return None
    told = wording.statement(maker.engine, basis.query, place, since=maker.asker.words.date(date))
    text = maker.phrases.say("name", statement=told) if told.count(BLANK) == 1 else ""
    if not text or not maker.hidden(text, right):
        return None

    def fits(query: Query) -> bool:
        other = _since(maker, query)
        known = maker.asker.verdict(query)
        return known == "no" or (known == "yes" and bool(other) and not _meet(other, date))

    wrong = some(maker, basis, place, text, maker.kinds_of(listed), rng, fits)
    if len(wrong) < CHOICES - 1:
        return None
    also = _also(maker, basis.query, place, date) - {right}
    choices = maker.shuffled((right, *wrong), rng)
    return maker.finish(
        fact, kind, text, basis.query, Wanted(ENTITY, (right, *sorted(also)), choices),
        [maker.name(who) for who in choices],
        rests_on=[maker.asker.of_whom(basis, place, who) for who in wrong],
    )  # fmt: skip


def _since(maker: "Maker", query: Query) -> str:
    since = maker.asker.finding(query).since
    return since.date if since.exact and since.date else ""


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _also(maker: "Maker", query: Query, place: str, date: str) -> set[str]:
    """Everybody of whom the same sentence is true."""
    found, given = set(), wording.held(query, wording.other(place))
    for fact in maker.kb.facts(query.relation, *given):
        for who in {*fact.participants()} - {*given}:
            asked = wording.placed(query, place, (who,))
            if maker.asker.verdict(asked) == "yes" and _meet(_since(maker, asked) or "-", date):
                found.add(who)
    return found


def term(maker: "Maker", fact: Fact, kind: str, rng: random.Random) -> Asked | None:
    """What a definition on file defines, its names left out."""
    from bot.study.making import CHOICES

    relation = maker.kb.relations[fact.relation]
    held = fact.participants()
    if not relation.needs_text or sum(bool(role) for role in relation.roles) != 1 or len(held) != 1 or not fact.text:
        return None
    (right,) = held
    role = 0 if relation.roles[0] else 1
    query = wording.placed(Query(fact.relation, "what"), PLACES[role], (right,))
    query = next(wording.worded(maker.engine, query), query)
    made = maker.asker.answer(query)
    told = _blanked(fact.text, wording.names_of(maker.engine, right))
    if fact.status != "settled" or not query.rule or made.facts != (fact.id,) or made.caveats or len(told) > LONGEST:
        return None
    text = maker.phrases.say("term", statement=told)
    if BLANK not in told or not maker.hidden(text, right):
        return None
    kinds = {maker.kb.entities[right].kind}
    ranked = maker.neighbours.ranked(right, fact.relation, role, kinds, (), rng)
    wrong = [who for who in ranked if maker.hidden(text, who) and _defined_otherwise(maker, query, role, who, told)]
    if len(wrong) < CHOICES - 1:
        return None
    choices = maker.shuffled((right, *wrong[: CHOICES - 1]), rng)
    return maker.finish(fact, kind, text, query, Wanted(ENTITY, (right,), choices), [maker.name(c) for c in choices])


def _defined_otherwise(maker: "Maker", query: Query, role: int, who: str, told: str) -> bool:
    """Whether another definition is on file of somebody."""
    other = maker.asker.answer(wording.placed(query, PLACES[role], (who,)))
    return other.status == "answered" and _blanked(other.text, wording.names_of(maker.engine, who)) != told


def _blanked(text: str, names: tuple[str, ...]) -> str:
    """A text with every one of the names left out."""
    longest = sorted(names, key=len, reverse=True)
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", BLANK, text, flags=re.IGNORECASE)
