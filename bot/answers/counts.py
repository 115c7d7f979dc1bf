"""How many fill the open place, with whose count that is and of which day."""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.fillers import later
from bot.answers.find import Finding
from bot.answers.told import say_disputed, say_later, shown
from bot.answers.words import fill, joined
from bot.knowledge.records import Coverage
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer


def answer(
    composer: "Composer", query: Query, listed: tuple[str, ...], complete: Coverage | None, findings: list[Finding],
    today: datetime.date,
) -> "Answer":  # fmt: skip
    """A number with whose count it is and of which day; where counts differ, all of them and no single value."""
    draft = Draft(query)
    if complete is None:
        return composer.no_record(query, "no_list", "no_record")
    draft.rest_on_coverage(complete)
    own = complete.subject if not query.subject else complete.object
    chosen = (query.among and query.among != own) or query.of or query.without
    counts = () if query.negated or chosen or query.at else complete.counts
    told = [
        fill(composer.words.term("count"), {"value": c.value, "whose": c.whose, "as_of": composer.words.date(c.as_of)})
        for c in counts
    ]
    since = later(listed, findings, complete)
    old = tuple(e for e in listed if e not in since)
    values = composer.words.values(
        query, count=len(old), counts=joined(told), as_of=composer.words.date(complete.as_of),
        list=shown([composer.kb.entities[e].label for e in old]),
    )  # fmt: skip
    key = "how_many_not" if query.negated else "counts" if counts else "how_many"
    keys = (f"{key}_then", key) if query.at else (key,)  # the list is of its own day, what is told is of another
    draft.say(fill(composer.words.template(query, *keys, "how_many") or "", values))
    if not counts or not composer.words.template(query, "counts"):  # of the counts of others no list is told
        say_later(composer, draft, since, findings)
    if not counts:
        say_disputed(composer, draft, today)
    for count in counts:
        draft.sources.update(dict.fromkeys(count.sources))
    numbers = {_number(c.value) for c in counts} or {len(listed)}
    done = composer.finish(draft, today, value=numbers.pop() if len(numbers) == 1 else None)
    return replace(done, counts=tuple({"whose": c.whose, "value": _number(c.value), "as_of": c.as_of} for c in counts))


def _number(text: str) -> float | int:
    """A count as a number, whole where it is whole."""
    value = float(text)
    return int(value) if value.is_integer() else value
