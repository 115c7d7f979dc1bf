"""Who takes part in a fact that is being added: two places to be chosen, whatever shape the relation gives them.

Comes in: the draft of a new fact, and the questions that ask for it. Goes out: the draft with its places filled, and
whom to offer for each. Must not know: where it is chosen.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bot.curation.drafts import Draft
from bot.engine import Engine
from bot.knowledge.records import Relation
from bot.questions.likeness import mentions

Places = tuple[tuple[str, ...], tuple[str, ...]]


def enterable(engine: Engine) -> list[Relation]:
    """The relations of which facts can be entered: not those that only sum up others."""
    return [relation for relation in engine.kb.relations.values() if not relation.digest]


def relation_of(engine: Engine, draft: Draft) -> Relation | None:
    """The relation of a draft; None where none is chosen yet, or it is one of which no fact can be entered."""
    relation = engine.kb.relations.get(draft.relation)
    return None if relation is None or relation.digest else relation


def places_of(draft: Draft) -> Places:
    """Who is chosen for either place. Of those who share one place in the fact, the first stands alone in the first."""
    if draft.sides is not None:
        return draft.sides
    if draft.between is not None:
        return draft.between[:1], draft.between[1:]
    return draft.subject or (), draft.object or ()


def complete(relation: Relation | None, places: Places) -> bool:
    """Whether somebody stands in each place that the relation has."""
    return relation is not None and all(held or not kinds for held, kinds in zip(places, relation.roles, strict=True))


def placed(draft: Draft, relation: Relation | None, places: Places) -> Draft:
    """The draft with who takes part, as its relation wants them: as sides, between them, or as subject and object; the
    last as long as a place is open, too, so that it is not lost which."""
    one, two = places
    bare = replace(draft, subject=None, object=None, between=None, sides=None)
    if relation is not None and complete(relation, places):
        if relation.opposed:
            return replace(bare, sides=(one, two))
        if relation.symmetric:
            return replace(bare, between=(*one, *two))
    return replace(bare, subject=one or None, object=two or None)


def put(engine: Engine, relation: Relation, places: Places, place: int, who: str) -> Places:
    """The places with somebody in one of them. Who stood in the other one changes places with who stood here, as far
    as the relation lets them."""
    made = list(places)
    if places[1 - place] == (who,) and not relation.reflexive:
        made[1 - place] = tuple(fitting(engine, places[place], relation.roles[1 - place]))
    made[place] = (who,)
    return made[0], made[1]


def about(engine: Engine, draft: Draft, relation: Relation, question: str, today: datetime.date) -> Draft:
    """The draft with another relation: who was chosen stays where the relation takes them, else who is named in the
    question is put there."""
    places = places_of(draft)
    stays = all(
        len(fitting(engine, held, kinds)) == len(held) for held, kinds in zip(places, relation.roles, strict=True)
    )
    if not (stays and any(places)):
        places = guessed(engine, relation, question, today)
    narrows = draft.narrows if draft.relation == relation.id else None
    return placed(replace(draft, relation=relation.id, narrows=narrows), relation, places)


def guessed(engine: Engine, relation: Relation, question: str, today: datetime.date) -> Places:
    """Whom a question names, each in the first open place that takes them: somebody has to look at it. Left out is who
    may be several, and all where it names only one who may stand in either place."""
    found: tuple[list[str], list[str]] = ([], [])
    several = {"subject": 0, "object": 1}.get(relation.several or "")
    for mention in mentions(engine.reader, question, today):
        for place, kinds in enumerate(relation.roles):
            who = fitting(engine, mention.entities, kinds)
            if len(who) == 1 and who[0] not in (*found[0], *found[1]) and (not found[place] or place == several):
                found[place].extend(who)
                break
    either = all(fitting(engine, (*found[0], *found[1]), kinds) for kinds in relation.roles)
    if either and len(found[0]) + len(found[1]) == 1:
        return (), ()
    return tuple(found[0]), tuple(found[1])


def offered(
    engine: Engine, kinds: Collection[str], questions: Iterable[str], today: datetime.date, limit: int
) -> list[str]:
    """Who may stand in a place: whom the questions name, in order, then those with the most facts."""
    made = dict.fromkeys(
        who for text in questions for mention in mentions(engine.reader, text, today)
        for who in fitting(engine, mention.entities, kinds)
    )  # fmt: skip
    rows = (row for row in engine.kb.entity_rows.items() if row[1]["kind"] in kinds)
    ranked = sorted((-engine.kb.connected(id_), str(row["name"]), id_) for id_, row in rows)
    return list(made | dict.fromkeys(id_ for _, _, id_ in ranked))[:limit]


def fitting(engine: Engine, entities: Iterable[str], kinds: Collection[str]) -> list[str]:
    """Those of some entities, and of whom they stand for, that are of these kinds."""
    return list(dict.fromkeys(who for who in _meant(engine, entities) if engine.kb.entities[who].kind in kinds))


def _meant(engine: Engine, entities: Iterable[str]) -> Iterator[str]:
    for id_ in entities:
        if id_ in engine.kb.entities:
            yield id_
            stands_for = engine.kb.entities[id_].stands_for
            if stands_for:
                yield stands_for
