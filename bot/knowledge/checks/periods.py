"""Checks of facts against one another: one statement is not said twice, nor gainsaid, for the same days."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.checks.ledger import Ledger
from bot.knowledge.dates import Since, first_day
from bot.knowledge.records import Row

_ALWAYS = datetime.date(9999, 1, 1)
_HINT = "end one with `until`, merge them, or give them different `narrows`"

Statement = tuple[object, ...]
Days = tuple[datetime.date, datetime.date]


def check_periods(ledger: Ledger) -> None:
    """Complain of settled facts of one statement whose periods share a day.

    The same participants may be in two facts at once only if the facts differ in `narrows` or `named`, or carry a
    `text` of their own. A no beside a yes is also looked for among the pairs within larger groups of participants.
    """
    whole: dict[Statement, list[tuple[Days, Row]]] = defaultdict(list)
    pairs: dict[Statement, list[tuple[Days, Row]]] = defaultdict(list)
    for row in ledger.rows.facts:
        if row["status"] == "claimed" or row.get("text"):
            continue
        narrows = {**ledger.rows.relations.get(row["relation"], {}).get("default", {}), **row.get("narrows", {})}
        about = (row["relation"], tuple(sorted(narrows.items())))
        whole[(*about, _participants(row), row.get("named"))].append((_days(row), row))
        for pair, days in _pairs(row):
            pairs[(*about, pair)].append((days, row))
    told: set[frozenset[str]] = set()
    for facts in whole.values():
        for one, two in _meeting(facts):
            _tell(ledger, told, one, two)
    for facts in pairs.values():
        if len({(row["holds"], row["status"]) for _, row in facts}) > 1:
            for one, two in _meeting(facts):
                if (one["holds"], one["status"]) != (two["holds"], two["status"]):
                    _tell(ledger, told, one, two)


def _tell(ledger: Ledger, told: set[frozenset[str]], one: Row, two: Row) -> None:
    both = frozenset((one["id"], two["id"]))
    if both in told:
        return
    told.add(both)
    word = "contradicts" if (one["holds"], one["status"]) != (two["holds"], two["status"]) else "overlaps"
    message = f"'{two['id']}' {word} '{one['id']}': the same statement for the same days"
    ledger.say(f"fact {two['id']}", message, _HINT)


def _participants(row: Row) -> object:
    roles = [tuple(sorted(who for who, _, _ in role)) for role in row["roles"]]
    return tuple(roles) if row["shape"] == "directed" else tuple(sorted(roles))


def _pairs(row: Row) -> Iterator[tuple[object, Days]]:
    """Every two participants of whom a fact speaks, and the days for which it speaks of both."""
    ones, twos = row["roles"]
    between = itertools.combinations(ones, 2) if row["shape"] == "between" else itertools.product(ones, twos)
    since, until = _days(row)
    for one, two in between:
        pair = (one[0], two[0]) if row["shape"] == "directed" else tuple(sorted((one[0], two[0])))
        begins = [first_day(p[1]) for p in (one, two) if p[1]]
        ends = [first_day(p[2]) for p in (one, two) if p[2]]
        yield pair, (max(since, *begins, since), min(until, *ends, until))


def _meeting(facts: list[tuple[Days, Row]]) -> Iterator[tuple[Row, Row]]:
    """The facts that share a day with one before them, each with the one that reaches furthest."""
    ranked = sorted(facts, key=lambda entry: entry[0])
    for index, ((start, end), row) in enumerate(ranked):
        if start >= end:
            continue
        for (_, other_end), other in ranked[:index]:
            if start < other_end and other["id"] != row["id"]:
                yield other, row


def _days(row: Row) -> Days:
    """The days a fact claims for itself; where the beginning is not known, from the day it was seen."""
    end = first_day(row["until"]) if row.get("until") else _ALWAYS
    start = Since.parse(row.get("since")).day
    if start is None:
        start = min(first_day(row["as_of"]), end - datetime.timedelta(days=1))
    return start, end
