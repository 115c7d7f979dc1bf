"""Checks of facts: participants that fit the relation, narrowings and details that it declares, dates, sources."""

import re

from bot.knowledge.checks.ledger import Ledger, near
from bot.knowledge.dates import Since, first_day, is_partial_date
from bot.knowledge.load import Rows
from bot.knowledge.records import Row

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def check_facts(ledger: Ledger) -> None:
    """Check every fact and every shared reason by itself; what facts say together is checked in `periods.py`."""
    for row in ledger.rows.facts:
        key = f"fact {row['id']}"
        _check_sources(ledger, key, row)
        _check_two_sources(ledger, key, row)
        _check_dates(ledger, key, row)
        ledger.entity(key, row.get("named"), "`named`")
        relation = ledger.rows.relations.get(row["relation"])
        if relation is None:
            ledger.relation(key, row["relation"])
            continue
        _check_roles(ledger, key, row, relation)
        check_narrows(ledger, key, row, relation)
        _check_details(ledger, key, row, relation)
        if relation.get("text") == "required" and not row.get("text"):
            ledger.say(key, f"a fact of {row['relation']} says its `text`", "write the sentence")
    used = {row["why"] for row in ledger.rows.facts if isinstance(row.get("why"), str)}
    for id_, reason in ledger.rows.reasons.items():
        ledger.cite(f"reason {id_}", reason["sources"])
        if id_ not in used and "facts" not in ledger.rows.unread:
            ledger.say(f"reason {id_}", f"no fact gives the reason '{id_}'", "use it under `why:`, or remove it")


def _check_sources(ledger: Ledger, key: str, row: Row) -> None:
    ledger.cite(key, row["sources"])
    for part in (*row.get("details", ()), *row.get("dispute", ())):
        ledger.cite(key, part.get("sources", ()))
    why = row.get("why")
    if isinstance(why, dict):
        ledger.cite(key, why["sources"])
    elif isinstance(why, str) and why not in ledger.rows.reasons and "facts" not in ledger.rows.unread:
        hint = f"define it under `reasons:`{near(why, ledger.rows.reasons)}"
        ledger.say(key, f"there is no reason '{why}'", hint)


def _check_two_sources(ledger: Ledger, key: str, row: Row) -> None:
    message = one_publisher(ledger.rows, row)
    if message:
        ledger.say(key, message, "add a page of another publisher", "warning")


def one_publisher(rows: Rows, row: Row) -> str:
    """What is wrong with a fact that rests on one publisher where the house wants two; empty where nothing is.

    Two are wanted of what is contested, and of what changed since the year that the knowledge base names.
    """
    year = rows.two_sources_since
    if year is None or row.get("retired") or row["status"] == "claimed":
        return ""
    dates = (Since.parse(row.get("since")).date, row.get("until"))
    lately = any(date and first_day(date) >= first_day(year) for date in dates)
    if not lately and row["status"] != "disputed":
        return ""
    cited = {*row["sources"], *(id_ for side in row.get("dispute", ()) for id_ in side["sources"])}
    if len({rows.sources[id_]["publisher"].casefold() for id_ in cited if id_ in rows.sources}) > 1:
        return ""
    what = f"what changed since {year}" if lately else "what is disputed"
    return f"'{row['id']}' rests on one publisher alone; {what} needs two independent sources"


def _check_dates(ledger: Ledger, key: str, row: Row) -> None:
    since, until = Since.parse(row.get("since")).date, row.get("until")
    ledger.ordered(key, "the fact", since, until)
    for name, date in (("since", since), ("until", until), ("as_of", row["as_of"])):
        ledger.past(key, name, date)
    if row.get("retired"):
        ledger.past(key, "retired.on", row["retired"]["on"])
    for detail in row.get("details", ()):
        ledger.ordered(key, f"the detail {detail['what']}", detail.get("since"), detail.get("until"))
        for name in ("since", "until", "as_of"):
            ledger.past(key, name, detail.get(name))
    for who, begin, end in (participant for role in row["roles"] for participant in role):
        ledger.ordered(key, f"'{who}'", begin, end)
        ledger.past(key, "since", begin)
        ledger.past(key, "until", end)
        if begin and until and first_day(begin) >= first_day(until):
            ledger.say(key, f"'{who}' joins when the fact is over", "mend its `since`, or the fact's `until`")
        if end and since and first_day(end) < first_day(since):
            ledger.say(key, f"'{who}' leaves before the fact begins", "mend its `until`, or the fact's `since`")


def _check_roles(ledger: Ledger, key: str, row: Row, relation: Row) -> None:
    shape = "between" if relation.get("between") else "sides" if relation.get("sides") else "directed"
    if row["shape"] != shape:
        wanted = {"directed": "`subject` and `object`"}.get(shape, f"`{shape}`")
        ledger.say(key, f"a fact of {row['relation']} gives {wanted}", "see the relation in relations.yaml")
        return
    shared = relation.get("between") or relation.get("sides")
    kinds = [shared, shared] if shared else [relation.get("subject", []), relation.get("object", [])]
    roles = row["roles"][:1] if shape == "between" else row["roles"]
    for name, role, allowed in zip(("subject", "object"), roles, kinds, strict=False):
        if bool(role) != bool(allowed):
            message = f"a fact of {row['relation']} {'lacks its' if allowed else 'has no'} {name}"
            ledger.say(key, message, "see the relation in relations.yaml")
            continue
        for who, _, _ in role:
            ledger.entity(key, who, "the participant")
            kind = ledger.rows.entities.get(who, {}).get("kind")
            if kind and kind not in allowed:
                message = f"'{who}' is of the kind {kind}; {row['relation']} takes {', '.join(allowed)} here"
                ledger.say(key, message, "name another entity, or let relations.yaml allow the kind")
    everybody = [who for role in roles for who, _, _ in role]
    if len(set(everybody)) < len(everybody) and relation.get("reflexive") != "yes":
        ledger.say(key, "somebody takes part twice", "remove the repetition")


def check_narrows(ledger: Ledger, key: str, row: Row, relation: Row) -> None:
    """Complain of narrowings that the relation does not declare."""
    declared = relation.get("narrows", {})
    for name, value in row.get("narrows", {}).items():
        if value not in declared.get(name, ()):
            told = ", ".join(f"{other}: {'|'.join(values)}" for other, values in declared.items()) or "it has none"
            ledger.say(key, f"'{name}: {value}' is no narrowing of {row['relation']}", f"it declares: {told}")


def _check_details(ledger: Ledger, key: str, row: Row, relation: Row) -> None:
    declared = relation.get("details", {})
    for detail in row.get("details", ()):
        what, value = detail["what"], detail["value"]
        kind = declared.get(what)
        if kind is None:
            told = ", ".join(declared) or "it has none"
            ledger.say(key, f"{row['relation']} declares no detail '{what}'", f"it declares: {told}")
        elif kind in ("number", "percent") and not _NUMBER.fullmatch(value):
            ledger.say(key, f"the detail {what} wants a number, not '{value}'", "write digits, and a point if need be")
        elif kind == "date" and not is_partial_date(value):
            ledger.say(key, f"the detail {what} wants a date, not '{value}'", "write 2025, 2025-08 or 2025-08-31")
        elif kind == "entity":
            ledger.entity(key, value, f"the detail {what}")
