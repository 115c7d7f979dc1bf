"""Checks of what relations.yaml declares, and of what entities say of one another."""

from bot.knowledge.checks.ledger import Ledger
from bot.knowledge.checks.wording import PLACES
from bot.knowledge.records import Row

ROLES = ("subject", "object", "between", "sides")


def check_relations(ledger: Ledger) -> None:
    """Kinds and relations that are named must be declared; what counts must be a narrowing's value."""
    for id_, row in ledger.rows.relations.items():
        key = f"relation {id_}"
        for role in ROLES:
            for kind in row.get(role, ()):
                ledger.kind(key, kind)
        for other in (*row.get("implies", ()), *row.get("digest", ())):
            ledger.relation(key, other)
        _check_narrows(ledger, key, row)


def _check_narrows(ledger: Ledger, key: str, row: Row) -> None:
    narrows = row.get("narrows", {})
    for name in narrows:
        if name in PLACES:
            ledger.say(key, f"`narrows` may not be named '{name}'", "templates use that word; choose another")
    values = {value for listed in narrows.values() for value in listed}
    for value in row.get("counts_as", ()):
        if value not in values:
            ledger.say(key, f"`counts_as` names '{value}', which `narrows` does not list", "list it, or remove it")
    for name in row.get("figures", ()):
        if name not in row.get("details", {}):
            ledger.say(key, f"`figures` names '{name}', which `details` does not list", "list it, or remove it")


def check_entities(ledger: Ledger) -> None:
    """Entities that are named must exist, and a lifetime must be a period of the past."""
    for id_, row in ledger.rows.entities.items():
        key = f"entities {id_}"
        if len(id_) == 2 and row.get("iso"):
            ledger.say(key, f"'{id_}' is a code; an entity's id is a word", "name it by its short name in English")
        ledger.kind(key, row["kind"])
        for name in ("predecessor", "successor", "stands_for"):
            ledger.entity(key, row.get(name), f"`{name}`")
            if row.get(name) == id_:
                ledger.say(key, f"'{id_}' is its own `{name}`", "remove it")
        for relation in row.get("stands_in", ()):
            ledger.relation(key, relation)
        for other in row.get("confusable_with", ()):
            ledger.entity(key, other, "`confusable_with`")
        ledger.past(key, "since", row.get("since"))
        ledger.past(key, "until", row.get("until"))
        ledger.ordered(key, f"'{id_}'", row.get("since"), row.get("until"))
        _check_group(ledger, key, row.get("group") or {})


def _check_group(ledger: Ledger, key: str, group: Row) -> None:
    for member in group.get("members", ()):
        ledger.entity(key, member, "the member")
        if ledger.rows.entities.get(member, {}).get("group"):
            ledger.say(key, f"the member '{member}' is itself a group", "list its members instead")
    ledger.relation(key, group.get("relation"))
    ledger.entity(key, group.get("object"), "the group's object")
