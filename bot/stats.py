"""`attache stats`: the size, the age and the completeness of a knowledge base, as tables.

Comes in: an engine and a day. Goes out: rows for people (tables that Markdown shows too) or for machines.
"""

import datetime
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median_low

from bot.choices import ListKind, list_kinds
from bot.engine import Engine
from bot.knowledge.dates import first_day
from bot.knowledge.records import Coverage, Fact


@dataclass(frozen=True, slots=True)
class RelationStats:
    """One relation. `newest` and `median` are days on which sources last showed facts; `due` are past recheck."""

    relation: str
    facts: int
    disputed: int
    claimed: int
    subjects: int
    sources: int
    newest: str
    median: str
    due: int


@dataclass(frozen=True, slots=True)
class CoverageStats:
    """One complete list: `listed` are those whom it names; None for one that is no list of a single entity."""

    question: str
    listed: int | None
    as_of: str
    others: str


def run_stats(engine: Engine, today: datetime.date, *, as_json: bool) -> None:
    """Print the statistics."""
    relations, coverages = relation_stats(engine, today), coverage_stats(engine, today)
    if as_json:
        found = {
            "day": today.isoformat(), "relations": [asdict(row) for row in relations],
            "coverages": [asdict(row) for row in coverages],
        }  # fmt: skip
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(f"{relation_table(relations)}\n\n{coverage_table(coverages)}\n")


def relation_stats(engine: Engine, today: datetime.date) -> list[RelationStats]:
    """A row for each relation that has facts, the largest first, and one for all."""
    kb = engine.kb
    found = []
    for relation in kb.relations.values():
        facts = kb.facts(relation.id)
        due = [f for f in facts if not f.until and (today - first_day(f.as_of)).days > relation.recheck_days]
        if facts:
            found.append(_relation(relation.title, facts, len(due)))
    found.sort(key=lambda row: -row.facts)
    return [*found, _relation("all", kb.facts(), sum(row.due for row in found))] if found else []


def _relation(title: str, facts: Sequence[Fact], due: int) -> RelationStats:
    days = sorted(fact.as_of for fact in facts)
    return RelationStats(
        title, len(facts), sum(f.status == "disputed" for f in facts), sum(f.status == "claimed" for f in facts),
        len({who for f in facts for who in f.participants()}), len({s for f in facts for s in f.sources}),
        max(days, key=first_day), median_low(days), due,
    )  # fmt: skip


def coverage_stats(engine: Engine, today: datetime.date) -> list[CoverageStats]:
    """A row for each complete list, in the files' order."""
    kinds = {(kind.intent.relation, kind.place, kind.negated): kind for kind in list_kinds(engine)}
    return [_coverage(engine, kinds, coverage, today) for coverage in engine.kb.coverages]


def _coverage(
    engine: Engine, kinds: dict[tuple[str, str, bool], ListKind], coverage: Coverage, today: datetime.date
) -> CoverageStats:
    others = "; ".join(f"{count.whose}: {count.value} ({count.as_of})" for count in coverage.counts)
    kb = engine.kb
    for place, who in (("object", coverage.object), ("subject", coverage.subject)):
        kind = kinds.get((coverage.relation, place, coverage.unlisted))
        if kind is None or who not in kb.entities or kb.entities[who].kind not in kind.takes():
            continue
        query = kind.query(who)
        value = engine.answer(query, today).value
        listed = len(value) if isinstance(value, tuple) else None
        return CoverageStats(engine.composer.words.question(query), listed, coverage.as_of, others)
    title = kb.relations[coverage.relation].title
    named = " and ".join(kb.entities[who].name for who in (coverage.subject, coverage.object) if who in kb.entities)
    return CoverageStats(f"{title}: {named}", None, coverage.as_of, others)


# --- tables


def relation_table(rows: Iterable[RelationStats]) -> str:
    """The relations as a table."""
    head = ("relation", "facts", "disputed", "claimed", "subjects", "sources", "newest", "median", "due")
    return _table(head, [tuple(str(value) for value in asdict(row).values()) for row in rows])


def coverage_table(rows: Iterable[CoverageStats]) -> str:
    """The complete lists as a table."""
    head = ("complete list", "listed", "as of", "others' counts")
    return _table(head, [(r.question, "–" if r.listed is None else str(r.listed), r.as_of, r.others) for r in rows])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns; bars apart, so that it reads as it is and as Markdown."""
    cells = [[cell.replace("|", "/") for cell in row] for row in rows]
    wide = [max(len(row[i]) for row in (head, *cells)) for i in range(len(head))]
    wide[-1] = 3  # the last column is not filled up
    lines = [[name.ljust(width) for name, width in zip(row, wide, strict=True)] for row in (head, *cells)]
    ruled = [lines[0], ["-" * width for width in wide], *lines[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in ruled)
