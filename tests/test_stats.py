"""What is told of a knowledge base adds up."""

import datetime
import json

from bot.engine import Engine
from bot.stats import coverage_stats, coverage_table, relation_stats, relation_table
from tests.conftest import SHIPPED, Attache

DAY = datetime.date(2026, 11, 22)


def test_the_relations_add_up(engine: Engine) -> None:
    """Every fact is counted once, and each figure is that of its facts."""
    *rows, whole = relation_stats(engine, DAY)
    assert whole.facts == len(engine.kb) == sum(row.facts for row in rows)
    assert (whole.disputed, whole.claimed) == (sum(r.disputed for r in rows), sum(r.claimed for r in rows))
    assert whole.newest == max(row.newest for row in rows)
    assert [row.facts for row in rows] == sorted((row.facts for row in rows), reverse=True)
    later = relation_stats(engine, DAY + datetime.timedelta(days=4000))[-1]
    assert whole.due < later.due <= whole.facts


def test_complete_lists_are_as_long_as_their_answers(engine: Engine) -> None:
    """The NATO has 32 members, and every list has a row."""
    rows = coverage_stats(engine, DAY)
    assert len(rows) == len(engine.kb.coverages)
    assert next(row.listed for row in rows if row.question.endswith("members of NATO?")) == 32
    assert sum(row.listed is None for row in rows) <= 3


def test_tables_read_as_markdown(engine: Engine) -> None:
    """As many bars in every line."""
    for table in (relation_table(relation_stats(engine, DAY)), coverage_table(coverage_stats(engine, DAY))):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_the_command(attache: Attache) -> None:
    """For people, for machines, and of another subject."""
    told = attache("stats", "--today", "2026-11-22", knowledge=SHIPPED)
    assert told.returncode == 0
    assert told.stdout.startswith(b"| relation")
    found = json.loads(attache("stats", "--json").stdout)
    assert found["relations"][-1]["relation"] == "all"
    assert found["relations"][-1]["facts"] > 0
