"""Questions of several at once: "do A and B both …", "who … both C and D".

Comes in: a query with several participants in a place that holds one. Goes out: one Answer, made of the answers of all
pairs: true if each is true; a list of those who stand in each list. If one is not on file, nothing is said of any.
"""

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import lists
from bot.answers.answer import Answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import first_day
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.compose import Composer

FORMS = ("whether", "which", "how_many")


def meant(kb: KnowledgeBase, query: Query) -> bool:
    """Whether a query asks of several at once what is true of each by itself."""
    relation = kb.relations[query.relation]
    if relation.symmetric or relation.several or relation.digest or relation.needs_text or query.named:
        return False
    return query.form in FORMS and any(len(held or ()) > 1 for held in (query.subject, query.object))


def answer(composer: "Composer", query: Query, today: datetime.date) -> Answer:
    """The answer to all of them together, or the first that is not on file."""
    pairs = itertools.product(*(held or (None,) for held in (query.subject, query.object)))
    made = [
        _one(composer, replace(query, subject=(one,) if one else None, object=(two,) if two else None), today)
        for one, two in pairs
    ]
    missing = next((a for a in made if a.status != "answered"), None)
    if missing is not None:
        return replace(missing, query=query, verdict=None)
    together = resting(query, made)
    if query.form == "whether":
        return _verdict(together, made)
    whole = all(a.coverages for a in made)  # of a list that nothing makes complete, nobody is known to be missing
    if query.negated or not all(isinstance(a.value, tuple) for a in made) or (query.form == "how_many" and not whole):
        return composer.no_record(query, "no_list", "no_record")
    shared = tuple(who for who in made[0].value if all(who in a.value for a in made))
    if not whole and not shared:
        return composer.no_record(query, "no_list", "no_record")
    values = composer.words.values(query, list=composer.words.label(shared), count=len(shared))
    key = "common_none" if not shared else "common" if whole else "common_open"
    text = composer.words.message(key, values)
    return replace(together, text=text, value=len(shared) if query.form == "how_many" else shared)


def _one(composer: "Composer", query: Query, today: datetime.date) -> Answer:
    if query.form == "whether":
        return composer.whether(query, today)
    return lists.answer(composer, replace(query, form="which"), today)


def resting(query: Query, made: list[Answer]) -> Answer:
    """Several answers as one: what they say and what they rest on, together."""
    dates = [a.as_of for a in made if a.as_of]
    return Answer(
        "answered", " ".join(dict.fromkeys(a.text for a in made)), query,
        as_of=min(dates, key=first_day) if dates else None,
        facts=_each(a.facts for a in made), coverages=_each(a.coverages for a in made),
        sources=_each(a.sources for a in made), caveats=_each(a.caveats for a in made),
    )  # fmt: skip


def _each(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(itertools.chain.from_iterable(groups)))


def _verdict(together: Answer, made: list[Answer]) -> Answer:
    """No if one of them is a no; what is denied of some only has no verdict of its own."""
    verdicts = {a.verdict for a in made}
    mixed = len(verdicts) > 1
    verdict = next((v for v in ("no", None, "disputed", "yes") if v in verdicts), None)
    if mixed and together.query is not None and together.query.negated:
        verdict = None
    return replace(together, verdict=verdict)
