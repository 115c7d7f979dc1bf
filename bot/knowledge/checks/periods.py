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

MAX_PAIRS = 40_000  # of one fact; a group larger than 200 is compared as a whole only

Statement = tuple[object, ...]
Stretch = tuple[datetime.date, datetime.date, Row]  # first day, day after the last, fact


def check_periods(ledger: Ledger) -> None:
    """Complain of facts of one statement whose periods share a day, and of a no beside a yes.

    The same participants may be in two facts at once only if the facts differ in `narrows` or `named`, or carry a
    `text` of their own. What gainsays is also looked for among the pairs within larger groups of participants.
    """
    whole: dict[Statement, list[Stretch]] = defaultdict(list)
    pairs: dict[Statement, list[Stretch]] = defaultdict(list)
    for row in ledger.rows.facts:
        if row["status"] == "claimed" or row.get("text") or row.get("retired"):
            continue
        narrows = {**ledger.rows.relations.get(row["relation"], {}).get("default", {}), **row.get("narrows", {})}
        about = (row["relation"], tuple(sorted(narrows.items())))
        whole[(*about, _participants(row), row.get("named"))].append((*_days(row), row))
        for pair, since, until in _pairs(row):
            pairs[(*about, pair)].append((since, until, row))
    told: set[frozenset[str]] = set()
    for facts in whole.values():
        for one, two in _meeting(facts):
            _tell(ledger, told, one, two)
    for facts in pairs.values():
        for one, two in _meeting(facts):
            if _stance(one) != _stance(two):
                _tell(ledger, told, one, two)


def _stance(row: Row) -> tuple[bool, str]:
    return row["holds"], row["status"]


def _tell(ledger: Ledger, told: set[frozenset[str]], one: Row, two: Row) -> None:
    both = frozenset((one["id"], two["id"]))
    if both not in told:
        told.add(both)
        word = "overlaps" if _stance(one) == _stance(two) else "contradicts"
        message = f"'{two['id']}' {word} '{one['id']}': the same statement for the same days"
        ledger.say(f"fact {two['id']}", message, _HINT)


def _participants(row: Row) -> object:
    roles = [tuple(sorted(who for who, _, _ in role)) for role in row["roles"]]
    return tuple(roles) if row["shape"] == "directed" else tuple(sorted(roles))


def _pairs(row: Row) -> Iterator[tuple[object, datetime.date, datetime.date]]:
    """Every two participants of whom a fact speaks, and the days for which it speaks of both."""
    ones, twos = row["roles"]
    if len(ones) * len(twos) > MAX_PAIRS:
        return
    between = itertools.combinations(ones, 2) if row["shape"] == "between" else itertools.product(ones, twos)
    since, until = _days(row)
    for one, two in between:
        pair = (one[0], two[0]) if row["shape"] == "directed" else tuple(sorted((one[0], two[0])))
        begins = [first_day(p[1]) for p in (one, two) if p[1]]
        ends = [first_day(p[2]) for p in (one, two) if p[2]]
        yield pair, max([since, *begins]), min([until, *ends])


def _meeting(facts: list[Stretch]) -> Iterator[tuple[Row, Row]]:
    """The facts that share a day with one before them: with that one, of each stance, which reaches furthest."""
    if len(facts) < 2:
        return
    furthest: dict[tuple[bool, str], Stretch] = {}
    for stretch in sorted(facts, key=lambda entry: entry[:2]):
        start, end, row = stretch
        if start >= end:
            continue
        for _, other_end, other in furthest.values():
            if start < other_end and other is not row:
                yield other, row
        before = furthest.get(_stance(row))
        if before is None or before[1] < end:
            furthest[_stance(row)] = stretch


def _days(row: Row) -> tuple[datetime.date, datetime.date]:
    """The days a fact claims for itself; where the beginning is not known, from the day it was seen."""
    end = first_day(row["until"]) if row.get("until") else _ALWAYS
    start = Since.parse(row.get("since")).day
    if start is None:
        start = min(first_day(row["as_of"]), end - datetime.timedelta(days=1))
    return start, end
