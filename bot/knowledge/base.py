"""The immutable KnowledgeBase: checked rows with the indexes that reading and answering need."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from bot.knowledge.dates import Span, first_day
from bot.knowledge.records import Coverage, Entity, Fact, Relation, Row, Source


class KnowledgeBase:
    """Facts, coverages, entities, relations, sources and language. Never changes once built; a reload builds another.

    `rows` is the plain data of `load.Rows` as a dict (`entities`, `sources`, `relations`, `facts`, `reasons`,
    `coverages`, `shared`, `intents`), already checked. Fact records are made when first asked for, so that a large
    base opens quickly. Facts that were retired are in `retired` alone, by id: they answer nothing and count nowhere.
    """

    def __init__(self, rows: Mapping[str, Any], version: str) -> None:
        self.version = version
        self.entities: Mapping[str, Entity] = MappingProxyType(
            {id_: Entity.of(id_, row) for id_, row in rows["entities"].items()}
        )
        self.entity_rows: Mapping[str, Row] = MappingProxyType(rows["entities"])
        self.relations: Mapping[str, Relation] = MappingProxyType(
            {id_: Relation.of(id_, row) for id_, row in rows["relations"].items()}
        )
        self.kinds: Mapping[str, str] = MappingProxyType(rows["kinds"])
        self.shared: Mapping[str, Any] = MappingProxyType(rows["shared"])
        self.intents: tuple[Row, ...] = tuple(rows["intents"])
        self.coverages: tuple[Coverage, ...] = tuple(Coverage.of(row) for row in rows["coverages"])
        self._sources: Mapping[str, Row] = rows["sources"]
        self._rows: list[Row] = [row for row in rows["facts"] if not row.get("retired")]
        self.retired: Mapping[str, Row] = MappingProxyType(
            {row["id"]: row for row in rows["facts"] if row.get("retired")}
        )
        self._facts: dict[int, Fact] = {}
        self._made: dict[str, Source] = {}
        self._reasons: Mapping[str, Row] = rows["reasons"]
        self._by_participant: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._by_relation: dict[str, list[int]] = defaultdict(list)
        self._by_id: dict[str, int] = {}
        self._named: dict[str, list[int]] = defaultdict(list)
        self._members: dict[tuple[str, datetime.date], frozenset[str]] = {}
        self._partners: dict[tuple[str, str], Mapping[str, list[int]]] = {}
        self._index()
        self._built = True

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, "_built"):
            raise AttributeError("a KnowledgeBase does not change; build another one")
        super().__setattr__(name, value)

    def _index(self) -> None:
        for number, row in enumerate(self._rows):
            relation = row["relation"]
            self._by_id[row["id"]] = number
            self._by_relation[relation].append(number)
            index = self._by_participant[relation]
            for who in {participant[0] for role in row["roles"] for participant in role}:
                index[who].append(number)
            named = row.get("named")
            if named:
                self._named[named].append(number)
        self._implied_by: dict[str, tuple[str, ...]] = {
            target: tuple(r.id for r in self.relations.values() if target in r.implies) for target in self.relations
        }

    def __len__(self) -> int:
        return len(self._rows)

    def _fact(self, number: int) -> Fact:
        fact = self._facts.get(number)
        if fact is None:
            row = self._rows[number]
            why = row.get("why")
            if isinstance(why, str):
                row = {**row, "why": self._reasons[why]}
            fact = self._facts[number] = Fact.of(row)
        return fact

    def fact(self, id_: str) -> Fact:
        """The fact of an id. Raises KeyError."""
        return self._fact(self._by_id[id_])

    def digests(self) -> dict[str, str]:
        """A digest of what each fact says, by its id."""
        return {
            row["id"]: blake2b(repr(sorted(row.items())).encode(), digest_size=12).hexdigest() for row in self._rows
        }

    def __contains__(self, id_: str) -> bool:
        return id_ in self._by_id

    def source(self, id_: str) -> Source:
        """The source of an id. Raises KeyError."""
        source = self._made.get(id_)
        if source is None:
            source = self._made[id_] = Source.of(id_, self._sources[id_])
        return source

    def facts(self, relation: str | None = None, *participants: str) -> tuple[Fact, ...]:
        """The facts of a relation (of all, if None) in which all the participants take part, in the files' order."""
        if relation is None:
            found: set[int] = set()
            for name in self._by_relation:
                found.update(self._numbers(name, participants))
            return tuple(self._fact(number) for number in sorted(found))
        return tuple(self._fact(number) for number in self._numbers(relation, participants))

    def _numbers(self, relation: str, participants: Iterable[str]) -> Sequence[int]:
        """The numbers of the facts in which all take part, in the files' order."""
        index = self._by_participant.get(relation, {})
        everybody = tuple(dict.fromkeys(participants))
        if not everybody:
            return self._by_relation.get(relation, [])
        if len(everybody) == 1:
            return index.get(everybody[0], [])
        rarest = min(everybody, key=lambda who: len(index.get(who, ())))
        partners = self._partners_of(relation, rarest)
        found, *others = (partners.get(who, []) for who in everybody if who != rarest)
        return [n for n in found if all(n in also for also in others)] if others else found

    def _partners_of(self, relation: str, who: str) -> Mapping[str, list[int]]:
        """With whom somebody takes part in which facts. Found out when first asked for: intersecting the lists of two
        that have thousands of facts each would cost more with every fact on file."""
        key = (relation, who)
        if key not in self._partners:
            partners: dict[str, list[int]] = defaultdict(list)
            for number in self._by_participant.get(relation, {}).get(who, ()):
                for other in {participant[0] for role in self._rows[number]["roles"] for participant in role}:
                    partners[other].append(number)
            self._partners[key] = dict(partners)
        return self._partners[key]

    def connected(self, entity: str) -> int:
        """In how many facts an entity takes part."""
        return sum(len(index.get(entity, ())) for index in self._by_participant.values())

    def named(self, entity: str) -> tuple[Fact, ...]:
        """The facts that are tied to an entity by `named`."""
        return tuple(self._fact(number) for number in self._named.get(entity, ()))

    def implying(self, relation: str) -> tuple[str, ...]:
        """The relations whose facts imply `relation`."""
        return self._implied_by.get(relation, ())

    def coverages_of(self, relation: str) -> tuple[Coverage, ...]:
        """All coverages of a relation."""
        return tuple(c for c in self.coverages if c.relation == relation)

    def members(self, group: str, day: datetime.date) -> frozenset[str]:
        """Who belongs to a group on a day. An entity that is no group is its own only member."""
        row = self.entities[group].group if group in self.entities else None
        if row is None:
            return frozenset({group})
        key = (group, day)
        if key not in self._members:
            if len(self._members) > 4096:
                self._members.clear()
            self._members[key] = self._find_members(row, day)
        return self._members[key]

    def _find_members(self, row: Row, day: datetime.date) -> frozenset[str]:
        """By settled facts that count as membership. A beginning that is not known is no reason to count anybody in."""
        if row.get("members"):
            return frozenset(row["members"])
        relation, whole = self.relations[row["relation"]], row["object"]
        span, found = Span.day(day), set()
        for fact in self.facts(relation.id, whole):
            if not fact.holds or fact.status != "settled":
                continue
            if not all(relation.counts_as.get(value, True) for value in fact.narrows.values()):
                continue
            for participant in fact.roles[0]:
                since, _ = fact.period_of(participant.who)
                known = since.day or first_day(fact.as_of)
                if participant.who != whole and known <= day and fact.covers(span, participant.who):
                    found.add(participant.who)
        return frozenset(found)
