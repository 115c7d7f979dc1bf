"""The answer, and its machine-readable form (the contract `answer/1`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.query import Query


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that could be asked instead, with what it would mean."""

    text: str
    query: Query


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said. `facts`, `coverages` and `sources` are ids; `value` is described in the contract."""

    status: str
    text: str
    query: Query | None = None
    reading: str = ""
    verdict: str | None = None
    value: Any = None
    counts: tuple[Mapping[str, Any], ...] = ()
    as_of: str | None = None
    facts: tuple[str, ...] = ()
    coverages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    question: str = ""
    score: float = 0.0
    reason: str = ""
    trace: tuple[str, ...] = field(default=(), repr=False)

    def to_json(self, kb: KnowledgeBase) -> dict[str, Any]:
        """The object of the contract `answer/1`."""
        query = self.query
        out: dict[str, Any] = {"status": self.status, "question": self.question, "reading": self.reading}
        out.update(query_json(kb, query))
        out.update(
            verdict=self.verdict, value=_value_json(kb, self.value), text=self.text, as_of=self.as_of,
            facts=list(self.facts), coverages=list(self.coverages),
            sources=[source_json(kb, id_) for id_ in self.sources], caveats=list(self.caveats),
            suggestions=[{"text": s.text, "query": query_json(kb, s.query)} for s in self.suggestions],
            score=round(self.score, 3), rule=query.rule if query else None,
        )  # fmt: skip
        if self.counts:
            out["counts"] = [dict(count) for count in self.counts]
        if self.reason:
            out["reason"] = self.reason
        return out


def entity_json(kb: KnowledgeBase, id_: str) -> dict[str, Any]:
    """An entity object: id, name, iso code or null."""
    entity = kb.entities[id_]
    return {"id": id_, "name": entity.name, "iso": entity.iso}


def query_json(kb: KnowledgeBase, query: Query | None) -> dict[str, Any]:
    """The part of the contract that says how a question was read."""
    if query is None:
        return {"relation": None, "form": None, "subject": None, "object": None, "narrows": {}, "at": None}
    subject, object_ = query.subject, query.object
    if query.named and subject and object_ and len(subject) + len(object_) > 2:
        subject, object_ = None, (query.named,)  # a war of many is named by itself
    return {
        "relation": query.relation, "form": query.form, "subject": _place_json(kb, subject),
        "object": _place_json(kb, object_), "narrows": dict(query.narrows),
        "at": query.at.text if query.at else None,
    }  # fmt: skip


def source_json(kb: KnowledgeBase, id_: str) -> dict[str, Any]:
    """A source object."""
    source = kb.source(id_)
    return {
        "id": id_, "title": source.title, "publisher": source.publisher, "url": source.url,
        "published": source.published, "accessed": source.accessed, "kind": source.kind,
    }  # fmt: skip


def _place_json(kb: KnowledgeBase, held: tuple[str, ...] | None) -> Any:
    if not held:
        return None
    return entity_json(kb, held[0]) if len(held) == 1 else [entity_json(kb, id_) for id_ in held]


def _value_json(kb: KnowledgeBase, value: Any) -> Any:
    if isinstance(value, tuple):
        return [entity_json(kb, id_) for id_ in value]
    return value
