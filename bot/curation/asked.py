"""Facts and queries as questions: how somebody would ask for a fact, and how a query that was counted reads.

Comes in: the engine that serves. Goes out: queries, and texts of the knowledge base's own words.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.curation.preview import questions_about
from bot.engine import Engine
from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.state.queries import query_from_json

_PLACES = ("subject", "object", "among", "minus", "named")


def question_about(engine: Engine, id_: str) -> str:
    """A fact on file, or a retired one, as a question; empty where there is neither."""
    kb = engine.kb
    if id_ in kb:
        return question(engine, kb.fact(id_))
    query = next(questions_about(engine, kb.retired[id_]), None) if id_ in kb.retired else None
    return engine.composer.words.question(query) if query else ""


def canonical(engine: Engine, fact: Fact) -> Query | None:
    """The first question that asks for a fact; None where its relation is asked for in no words."""
    relation = engine.kb.relations[fact.relation]
    shape = "sides" if relation.opposed else "between" if relation.symmetric else "directed"
    row: dict[str, Any] = {
        "relation": fact.relation, "shape": shape, "narrows": dict(fact.narrows),
        "roles": [[[participant.who] for participant in role] for role in fact.roles],
    }  # fmt: skip
    if shape == "between":  # all stand in both roles
        row["roles"] = [row["roles"][0], row["roles"][0]]
    return next(questions_about(engine, row), None)


def question(engine: Engine, fact: Fact) -> str:
    """A fact as a question, for people; its id where it has no words."""
    query = canonical(engine, fact)
    return (engine.composer.words.question(query) if query else "") or fact.id


def counted(engine: Engine, counts: Mapping[str, int]) -> list[tuple[Query, int]]:
    """The queries that were counted, those that this knowledge base still understands, with how often."""
    found = []
    for key, times in counts.items():
        try:
            query = query_from_json(json.loads(key))
        except ValueError:
            continue
        if known(engine, query):
            found.append((worded(engine, query), times))
    return found


def known(engine: Engine, query: Query) -> bool:
    """Whether the knowledge base has everything that a query names."""
    who = (*query.participants(), *(query.minus or ()), *filter(None, (query.among, query.named)))
    return query.relation in engine.kb.relations and all(id_ in engine.kb.entities for id_ in who)


def worded(engine: Engine, query: Query) -> Query:
    """A query with the intent that words it: what is counted leaves that out, for it makes no other question."""
    have = {place for place in _PLACES[:4] if getattr(query, place)}
    for intent in engine.reader.intents.of_relation(query.relation):
        same = (intent.form, intent.detail, intent.date, intent.pick) == (
            query.form, query.detail, query.date, query.pick,
        )  # fmt: skip
        fixed = all(query.narrows.get(name) == value for name, value in intent.fixed.items())
        fits = intent.bound == have or (query.named is not None and "named" in intent.bound)
        if same and fixed and fits and (intent.change or None) == query.change and not intent.negated:
            return replace(query, rule=intent.id)
    return query
