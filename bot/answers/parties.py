"""Who takes part in what a name stands for, each with the period that is their own.

Comes in: a query about something named, and the fact that answers it. Goes out: the words for the places of a template.
The time in which all of them took part is that of none: a treaty is older than its newest party.
"""

from typing import TYPE_CHECKING

from bot.answers.evidence import taking_part
from bot.answers.words import joined
from bot.knowledge.records import Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.compose import Composer


def values(composer: "Composer", query: Query, told: Fact) -> dict[str, str]:
    """`list`: all parties; and, where all are meant and stand on the same side, `subject` and `object` likewise."""
    parties = _parties(composer, told)
    filled = {"list": joined(parties)}
    if told.roles[0] == told.roles[1] and len(parties) > 2 and not taking_part(query, told):
        *first, last = parties[: len(told.who[0])]
        filled |= {"subject": ", ".join(first), "object": last}
    return filled


def _parties(composer: "Composer", told: Fact) -> list[str]:
    kb, words = composer.kb, composer.words
    parties: dict[str, str] = {}
    for fact in (told, *(f for f in kb.named(told.named or "") if f.relation == told.relation and f.holds)):
        for who in fact.participants():
            since, until = fact.period_of(who)
            own = [f"{words.term('since_word')} {words.since(since)}"] if since != told.since else []
            if until and until != told.until:
                own.append(f"{words.term('until_word')} {words.date(until)}")
            label = kb.entities[who].label
            parties.setdefault(who, f"{label} ({', '.join(own)})" if own else label)
    return list(parties.values())
