"""Checks of what lies about: entities that stand in no fact, and sources that nobody could open."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.knowledge.checks.ledger import Ledger
from bot.knowledge.records import Row

_PRIVATE = ("local", "localhost", "internal", "invalid", "test")


def check_entities_used(ledger: Ledger) -> None:
    """Warn of entities that nothing on file names: a question about one can only be answered "no record"."""
    rows = ledger.rows
    if rows.unread:  # what could not be read may name them
        return
    speaking = [row for row in rows.facts if not row.get("retired")]
    named = {who for row in (*speaking, *rows.coverages) for who in _named(row)}
    named |= {who for row in rows.entities.values() for who in _beside(row)}
    for id_, row in rows.entities.items():
        if id_ not in named and not row.get("group") and not row.get("stands_for"):
            hint = "add a fact, or leave it: its names are known then, and keep others from being misread"
            ledger.say(f"entities {id_}", f"'{id_}' stands in no fact", hint, "warning")


def check_addresses(ledger: Ledger) -> None:
    """Warn of sources whose address leads nowhere outside of one machine or network."""
    for id_, row in ledger.rows.sources.items():
        for name in ("url", "archive_url"):
            if row.get(name) and not reachable(row[name]):
                message = f"the {name} of '{id_}' is no address that others could open"
                ledger.say(f"sources {id_}", message, "give the page's public address", "warning")


def reachable(url: str) -> bool:
    """Whether an address has the form of a public page's: a host with a dot that is not of a private network."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        labels = host.rstrip(".").split(".")
        return len(labels) > 1 and all(labels) and labels[-1] not in _PRIVATE


def _named(row: Row) -> Iterator[str]:
    """Whom a fact or coverage names, in any place."""
    for role in row.get("roles", ()):
        yield from (participant[0] for participant in role)
    for name in ("subject", "object", "named"):
        if isinstance(row.get(name), str):
            yield row[name]
    for detail in row.get("details", ()):
        yield from (str(detail[name]) for name in ("value", "of") if detail.get(name))


def _beside(row: Row) -> Iterator[str]:
    """Whom an entity stands for, follows, or belongs together with."""
    for name in ("stands_for", "predecessor", "successor"):
        if row.get(name):
            yield row[name]
    group = row.get("group") or {}
    yield from group.get("members", ())
    if group.get("object"):
        yield group["object"]
