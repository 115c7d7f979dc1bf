"""What no single file can tell: whether the entries of all files fit together.

Comes in: the rows of all files and the day. Goes out: every problem, errors and warnings. Where a file could not be
read, nothing is said about what may stand in it.
"""

import datetime

from bot.knowledge.checks.coverages import check_coverages
from bot.knowledge.checks.declared import check_entities, check_relations
from bot.knowledge.checks.facts import check_facts
from bot.knowledge.checks.housekeeping import check_addresses, check_entities_used
from bot.knowledge.checks.intents import check_intents
from bot.knowledge.checks.ledger import Ledger
from bot.knowledge.checks.names import check_names
from bot.knowledge.checks.periods import check_periods
from bot.knowledge.checks.wording import check_wording
from bot.knowledge.dates import first_day
from bot.knowledge.load import Rows
from bot.knowledge.problems import Problem

_OF_THE_LANGUAGE = (check_relations, check_entities, check_names, check_intents, check_wording)
_OF_THE_FACTS = (check_facts, check_periods, check_coverages)


def check_rows(rows: Rows, today: datetime.date, *, language: bool = True) -> list[Problem]:
    """Every problem across the files, errors and warnings.

    Without `language`, names, relations and intents are passed over: for files of these that were found sound before.
    """
    ledger = Ledger(rows, today)
    for check in (*(_OF_THE_LANGUAGE if language else ()), *_OF_THE_FACTS):
        check(ledger)
    check_entities_used(ledger)
    check_addresses(ledger)
    _check_sources(ledger)  # last: the others note which sources are cited
    _check_age(ledger)
    return ledger.problems


def _check_sources(ledger: Ledger) -> None:
    for id_, row in ledger.rows.sources.items():
        key = f"sources {id_}"
        if id_ not in ledger.cited and "facts" not in ledger.rows.unread:
            ledger.say(key, f"nobody cites the source '{id_}'", "cite it or remove it")
        for name in ("published", "accessed"):
            ledger.past(key, name, row.get(name))


def _check_age(ledger: Ledger) -> None:
    """Warn of facts that nobody has looked at for longer than their relation allows. What is over stays over."""
    for row in ledger.rows.facts:
        days = int(ledger.rows.relations.get(row["relation"], {}).get("recheck_days", 365))
        age = (ledger.today - first_day(row["as_of"])).days
        if age > days and not (row.get("until") or row.get("retired")) and row["status"] != "claimed":
            message = f"'{row['id']}' was last seen {age} days ago, more than {days}"
            ledger.say(f"fact {row['id']}", message, "look for a newer page and move `as_of`", "warning")
