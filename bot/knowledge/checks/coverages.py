"""Checks of coverages: participants and narrowings that fit, and no two that disagree about what silence means."""

import itertools
from collections import defaultdict

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks.facts import check_narrows
from bot.knowledge.checks.ledger import Ledger
from bot.knowledge.dates import Span, first_day
from bot.knowledge.records import Coverage, Row


def check_coverages(ledger: Ledger) -> None:
    """Check every coverage by itself, then each with the others of its relation."""
    by_list: dict[tuple[object, ...], list[tuple[str, Row]]] = defaultdict(list)
    ids: set[str] = set()
    for number, row in enumerate(ledger.rows.coverages):
        key = f"coverage {number}"
        if row["id"] in ids:
            ledger.say(key, f"the coverage '{row['id']}' is defined twice", "give one an `id:` of its own")
        ids.add(row["id"])
        _check_one(ledger, key, row)
        narrows = {**ledger.rows.relations.get(row["relation"], {}).get("default", {}), **row.get("narrows", {})}
        by_list[(row["relation"], tuple(sorted(narrows.items())))].append((key, row))
    kb = _check_listed(ledger)
    for rows in by_list.values():
        for one, two in itertools.combinations(rows, 2):
            if one[1]["unlisted"] != two[1]["unlisted"] and not _dangling(ledger, one[1], two[1]):
                kb = kb or KnowledgeBase(ledger.rows.plain(), "")
                _check_pair(ledger, kb, one, two)


def _check_one(ledger: Ledger, key: str, row: Row) -> None:
    relation = ledger.rows.relations.get(row["relation"])
    ledger.relation(key, row["relation"])
    ledger.cite(key, row["sources"])
    for count in row.get("counts", ()):
        ledger.cite(key, count["sources"])
        ledger.past(key, "as_of", count["as_of"])
    ledger.past(key, "from", row["from"])
    ledger.past(key, "as_of", row["as_of"])
    ledger.ordered(key, "the coverage", row["from"], row["as_of"])
    if relation is not None:
        check_narrows(ledger, key, row, relation)
    for role in ("subject", "object"):
        ledger.entity(key, row[role], f"the {role}")
        if relation is not None:
            _check_kinds(ledger, key, row[role], role, relation)


def _check_listed(ledger: Ledger) -> KnowledgeBase | None:
    """A list whose length is told has as many facts: 115 names in the source, 115 facts on that day."""
    told = [(f"coverage {n}", row) for n, row in enumerate(ledger.rows.coverages) if row.get("listed")]
    told = [(key, row) for key, row in told if not _dangling(ledger, row, row)]
    if not told or ledger.problems:  # with faults elsewhere the facts cannot be counted on
        return None
    kb = KnowledgeBase(ledger.rows.plain(), "")
    for key, row in told:
        found = len(listed(kb, Coverage.of(row)))
        if found != int(row["listed"]):
            message = f"the list names {row['listed']}, but {found} facts say so on {row['as_of']}"
            ledger.say(key, message, "find those that are missing, ended or too many, or mend `listed`")
    return kb


def listed(kb: KnowledgeBase, coverage: Coverage) -> set[str]:
    """Whom the settled facts put on a list on its day, of its group or not: sources count those outside it too."""
    in_subject = kb.entities[coverage.subject].group is not None
    other = coverage.object if in_subject else coverage.subject
    relation, place = kb.relations[coverage.relation], 0 if in_subject else 1
    span, found = Span.of(coverage.as_of), set()
    for fact in kb.facts(coverage.relation, other):
        held = {**relation.default, **fact.narrows}
        wanted = {**relation.default, **coverage.narrows} if coverage.narrows else {}
        counts = all(relation.counts_as.get(value, True) for value in held.values())
        if fact.status != "settled" or fact.holds == coverage.unlisted or not (counts or wanted):
            continue
        if any(held.get(name) != value for name, value in wanted.items()):
            continue
        roles = (fact.roles[0] + fact.roles[1],) * 2 if relation.symmetric else fact.roles
        found |= {p.who for p in roles[place] if p.who != other and fact.covers(span, p.who, other)}
    return found


def _check_kinds(ledger: Ledger, key: str, id_: str, role: str, relation: Row) -> None:
    """Whoever is meant, an entity or the listed members of a group, must be of a kind that the relation takes."""
    allowed = relation.get("between") or relation.get("sides") or relation.get(role, [])
    entity = ledger.rows.entities.get(id_, {})
    group = entity.get("group")
    for who in group.get("members", ()) if group else (id_,):
        kind = ledger.rows.entities.get(who, {}).get("kind")
        if kind and kind not in allowed:
            message = f"'{who}' is of the kind {kind}; the {role} of this list is one of {', '.join(allowed)}"
            ledger.say(key, message, "name another entity or group")


def _dangling(ledger: Ledger, *rows: Row) -> bool:
    """Whether a coverage, or a group that it names, mentions what does not exist (which is told elsewhere)."""
    for row in rows:
        for who in (row["subject"], row["object"]):
            group = ledger.rows.entities.get(who, {}).get("group") or {}
            if who not in ledger.rows.entities or group.get("relation", row["relation"]) not in ledger.rows.relations:
                return True
    return any(row["relation"] not in ledger.rows.relations for row in rows)


def _check_pair(ledger: Ledger, kb: KnowledgeBase, one: tuple[str, Row], two: tuple[str, Row]) -> None:
    """Of two lists that speak of the same participants, one must lie within the other, which then gives way."""
    day = max(first_day(row[name]) for _, row in (one, two) for name in ("from", "as_of"))
    symmetric = kb.relations[one[1]["relation"]].symmetric
    first = (kb.members(one[1]["subject"], day), kb.members(one[1]["object"], day))
    second = (kb.members(two[1]["subject"], day), kb.members(two[1]["object"], day))
    turned = (second, second[::-1]) if symmetric else (second,)
    meeting = [other for other in turned if first[0] & other[0] and first[1] & other[1]]
    nested = [
        other for other in meeting
        if first != other and (_within(first, other) or _within(other, first))
    ]  # fmt: skip
    if meeting and not nested:
        path, line = ledger.rows.origin[one[0]]
        message = f"it disagrees with the coverage at {path}:{line} about what silence means for the same participants"
        ledger.say(two[0], message, "keep one, or let one of them name a group within the other's")


def _within(one: tuple[frozenset[str], frozenset[str]], two: tuple[frozenset[str], frozenset[str]]) -> bool:
    return one[0] <= two[0] and one[1] <= two[1]
