"""Checks of intent files against relations.yaml: kinds, narrowings, values and details that it declares.

The lines themselves are checked where they are compiled, in `bot/questions/compiled.py`.
"""

import re

from bot.knowledge.checks.ledger import Ledger, near
from bot.knowledge.records import Row

PLACES = ("subject", "object", "named", "among", "minus")
_CLAUSE = re.compile(r"&([a-z0-9_]+)")


def check_intents(ledger: Ledger) -> None:
    """Check what intents say of their relation, and that no clause leads back to itself."""
    _check_language(ledger)
    for file in ledger.rows.intents:
        key = f"intents {file['relation']}"
        for clause in _circular({name: " ".join(lines) for name, lines in file.get("clauses", {}).items()}):
            ledger.say(key, f"the clause &{clause} leads back to itself", "write one of its lines out")
        relation = ledger.rows.relations.get(file["relation"])
        if relation is None:
            continue  # told where the lines are compiled
        for name, values in file.get("values", {}).items():
            for value in values:
                _check_narrowing(ledger, key, relation, name, value)
        for id_, intent in file["intents"].items():
            _check_intent(ledger, f"intent {id_}", relation, intent)


def _check_intent(ledger: Ledger, key: str, relation: Row, intent: Row) -> None:
    for name, value in intent.get("fixed", {}).items():
        _check_narrowing(ledger, key, relation, name, value)
    for entity in intent.get("stands", {}).values():
        ledger.entity(key, entity, "`stands`")
    for place, kinds in intent.get("kinds", {}).items():
        if place not in PLACES:
            ledger.say(key, f"`kinds` names '{place}', which is no place", f"places are {', '.join(PLACES)}")
        for kind in kinds:
            ledger.kind(key, kind)
    detail = intent["asks"].get("detail")
    declared = relation.get("details", {})
    if detail and detail not in declared:
        hint = f"declare it in relations.yaml{near(detail, declared)}"
        ledger.say(key, f"the relation declares no detail '{detail}'", hint)


def _check_narrowing(ledger: Ledger, key: str, relation: Row, name: str, value: str) -> None:
    if value not in relation.get("narrows", {}).get(name, ()):
        ledger.say(key, f"the relation declares no narrowing '{name}: {value}'", "see relations.yaml")


def _circular(clauses: dict[str, str]) -> list[str]:
    """The clauses that lead back to themselves by way of others."""
    leads = {name: set(_CLAUSE.findall(text)) & set(clauses) for name, text in clauses.items()}
    found = []
    for name, first in leads.items():
        reached: set[str] = set()
        ahead = set(first)
        while ahead:
            reached |= ahead
            ahead = {target for clause in ahead for target in leads[clause]} - reached
        if name in reached:
            found.append(name)
    return found


def _check_language(ledger: Ledger) -> None:
    from babel import localedata

    language = ledger.rows.shared.get("language")
    if language and not localedata.exists(language):
        ledger.say("shared", f"there is no language '{language}'", "give its two-letter code, such as en")
