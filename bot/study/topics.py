"""What a quiz or a deck may be about: a relation, an entity, a group, or anything.

Comes in: a knowledge base, and what somebody chose or typed. Goes out: topics and the ids of their facts.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from bot.choices import entities_named
from bot.engine import Engine
from bot.knowledge.base import KnowledgeBase
from bot.questions.text import fold
from bot.study.phrases import Phrases

ANYTHING = "anything"
RELATION, ENTITY, GROUP = "relation", "entity", "group"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its key (`relation:…`, `entity:…`, `group:…` or `anything`), its title, and how many facts it has."""

    key: str
    title: str
    facts: int


def topics(kb: KnowledgeBase, today: datetime.date) -> list[Topic]:
    """All topics with facts: anything, relations, groups and regions, then entities, those with many facts first."""
    phrases = Phrases(kb)
    if not phrases.there:
        return []
    counts = Counter(fact.relation for fact in kb.facts())
    found = [Topic(ANYTHING, phrases.say("anything"), len(kb))]
    found += [Topic(f"{RELATION}:{id_}", kb.relations[id_].title, n) for id_, n in counts.most_common()]
    for kind, wanted in ((GROUP, True), (ENTITY, False)):
        sized = [
            Topic(f"{kind}:{id_}", entity.name, _size(kb, id_, today))
            for id_, entity in kb.entities.items() if (entity.group is not None) == wanted
        ]  # fmt: skip
        found += sorted((t for t in sized if t.facts), key=lambda topic: (-topic.facts, topic.title))
    return found


def _size(kb: KnowledgeBase, entity: str, today: datetime.date) -> int:
    return sum(kb.connected(who) for who in kb.members(entity, today))


def facts_of(kb: KnowledgeBase, key: str, today: datetime.date) -> tuple[str, ...]:
    """The ids of a topic's facts, in the files' order; none for a topic that there is no more."""
    kind, _, id_ = key.partition(":")
    if key == ANYTHING:
        return tuple(fact.id for fact in kb.facts())
    if kind == RELATION:
        return tuple(fact.id for fact in kb.facts(id_)) if id_ in kb.relations else ()
    if kind not in (ENTITY, GROUP) or id_ not in kb.entities:
        return ()
    whole = kb.entities[id_].group or {}
    who = {*kb.members(id_, today), *filter(None, (whole.get("object"),))}
    named = {fact.id for one in who for fact in kb.named(one)}
    held = {fact.id for one in who for fact in kb.facts(None, one)}
    return tuple(fact.id for fact in kb.facts() if fact.id in held | named)


def topic_of(engine: Engine, typed: str, today: datetime.date) -> Topic | None:
    """The topic that a key, a title or the name of an entity means; None where it means none, or several."""
    known = topics(engine.kb, today)
    by_key = {topic.key: topic for topic in known}
    if typed in by_key:
        return by_key[typed]
    titled = [topic for topic in known if fold(topic.title) == fold(typed).strip()]
    if titled:
        return titled[0]
    named = entities_named(engine, typed, today)
    keys = [f"{kind}:{id_}" for id_ in named for kind in (GROUP, ENTITY) if f"{kind}:{id_}" in by_key]
    return by_key[keys[0]] if len(keys) == 1 else None


def suggested(known: list[Topic], typed: str, limit: int = 25) -> list[Topic]:
    """Topics whose title holds a word that begins as typed, for completion. `known` comes from `topics`."""
    wanted = fold(typed).strip()
    return [topic for topic in known if f" {wanted}" in f" {fold(topic.title)}".replace("-", " ")][:limit]
