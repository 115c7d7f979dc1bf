"""How a fact is asked for in words: its queries, worded by the intents' own templates.

Comes in: an engine and a fact. Goes out: queries whose intent words them wholly, and sentences with a place left blank.
Which relation is asked for in which words is what the knowledge base says.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bot.answers.words import fill
from bot.engine import Engine
from bot.knowledge.records import Fact, Participant
from bot.questions.intents import Intent
from bot.questions.query import Query

BLANK = "…"
PLACES = ("subject", "object")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_PLACE = re.compile(r"\{([a-z0-9_]+)\}")
_LEAD = re.compile(r"^[^.!?]{1,40}[.!?] (?=\S)")


def pair(engine: Engine, fact: Fact) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who stands in the two places when a fact is asked for; None where there are no two.

    Of many who take part together, the first two of whom it is still so are asked about.
    """
    relation = engine.kb.relations[fact.relation]
    one, two = fact.roles
    if relation.symmetric and not relation.opposed:
        both = _lasting(one)
        return ((both[0],), (both[1],)) if len(both) > 1 else None
    if not one or not two:
        return None
    first, second = _lasting(one), _lasting(two)
    several = relation.several
    return (first if several == "subject" else first[:1], second if several == "object" else second[:1])


def _lasting(role: tuple[Participant, ...]) -> tuple[str, ...]:
    """Those who take part, those first whose part has not ended before the fact did."""
    return tuple(dict.fromkeys(p.who for p in sorted(role, key=lambda p: p.until is not None)))


def narrowings(engine: Engine, fact: Fact) -> Iterator[dict[str, str]]:
    """The narrowings to ask with: the fact's own, and none where the plain statement is true by it as well."""
    relation = engine.kb.relations[fact.relation]
    own = {name: value for name, value in fact.narrows.items() if relation.default.get(name) != value}
    yield own
    if own and all(relation.counts_as.get(value, True) for value in own.values()):
        yield {}


def worded(engine: Engine, query: Query) -> Iterator[Query]:
    """The query with each plain intent of its shape that says all of it: names every narrowing, leaves no gap.

    Those that were made for the narrowing come first, then those that answer in the relation's common words: what has
    words of its own may ask for something of its own.
    """
    have = {"named"} if query.named else {place for place in PLACES if getattr(query, place)}
    key = "reading_not" if query.negated else "reading"
    fitting = [
        intent for intent in engine.reader.intents.of_relation(query.relation)
        if intent.plain and not intent.ever and not intent.change and intent.bound == have
        and (intent.form, intent.date) == (query.form, query.date) and _takes(engine, intent, query)
    ]  # fmt: skip
    own = {"whether": "yes", "until": "when_end"}.get(query.date if query.date == "until" else query.form, query.form)
    fitting.sort(key=lambda i: (-len(i.fixed), engine.composer.words.own(i.id, own) is not None))
    for intent in fitting:
        made = replace(query, rule=intent.id, narrows={**query.narrows, **intent.fixed})
        if made.narrows != query.narrows and query.narrows:
            continue
        template = engine.composer.words.template(made, key)
        if template and says(template, engine.composer.words.values(made), set(made.narrows) - set(intent.fixed)):
            yield made


def _takes(engine: Engine, intent: Intent, query: Query) -> bool:
    """Whether an intent's places take the kinds of those who stand in them."""
    if query.named:
        return engine.kb.entities[query.named].kind in intent.kinds["named"]
    return all(
        engine.kb.entities[who].kind in intent.kinds[place] for place in PLACES for who in getattr(query, place) or ()
    )


def says(template: str, values: Mapping[str, str], needed: Collection[str] = ()) -> bool:
    """Whether a template has all that it needs to be a whole sentence, and names what is needed."""
    bare = template
    while (shorter := _OPTIONAL.sub("", bare)) != bare:
        bare = shorter
    whole = all(values.get(place) for place in _PLACE.findall(bare))
    return whole and set(needed) <= set(_PLACE.findall(template))


def placed(query: Query, place: str, who: tuple[str, ...] | None) -> Query:
    """The query with somebody, or nobody, in one place."""
    return replace(query, subject=who) if place == "subject" else replace(query, object=who)


def other(place: str) -> str:
    """The other place of two."""
    return PLACES[1 - PLACES.index(place)]


def held(query: Query, place: str) -> tuple[str, ...]:
    """Who stands in a place; nobody where it is open."""
    return (query.subject if place == "subject" else query.object) or ()


def question(engine: Engine, query: Query) -> str:
    """A query as a question."""
    return engine.composer.words.question(query)


def statement(engine: Engine, query: Query, blank: str = "", **more: str) -> str:
    """The sentence that a "yes" would say, without its verdict; empty where the template does not make one.

    With `blank`, a place whose name is left out; with `since`, the date is said too.
    """
    words = engine.composer.words
    template = words.template(query, "yes")
    values = words.values(query, **more)
    if blank:
        values.update({blank: BLANK, f"{blank}_stated": BLANK})
    needed = {name for name, value in more.items() if value} | set(query.narrows)
    if not template or not says(template, values, needed):
        return ""
    told = fill(template, values)
    return _capital(_LEAD.sub("", told)) if _LEAD.match(told) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def names_of(engine: Engine, entity: str) -> tuple[str, ...]:
    """Every name that gives an entity away: its own and others, what its people and its capital are called."""
    row = engine.kb.entity_rows[entity]
    found = [row["name"]]
    for key in ("names", "weak", "demonyms", "capitals"):
        found += row.get(key) or ()
    return tuple(dict.fromkeys(found))
