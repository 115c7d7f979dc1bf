"""Drafts of facts made into plans: which keys of which entry say what afterwards, and which sources come with it.

Comes in: a snapshot, a draft and the day. Goes out: a Plan. Raises UnfitError for a draft that says too little,
MovedError for an entry that is not as the curator saw it, EditError for one that only a person can edit.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from bot.curation.drafts import Draft, NameDraft, WordingDraft
from bot.curation.plans import Bench, MovedError, Plan, cited, unfit
from bot.curation.snapshot import SECTIONS, Snapshot
from bot.curation.sourcing import Sourcing
from bot.knowledge.dates import first_day, is_partial_date
from bot.knowledge.edit.entries import FACT_ORDER, add_item, add_line, first_item, ordered
from bot.knowledge.edit.locate import Entry, entries
from bot.knowledge.edit.naming import fact_id
from bot.knowledge.edit.placing import Place, after, defaults_of, new_file, place_fact, without_defaults
from bot.knowledge.edit.splice import edit
from bot.knowledge.records import Row

_ENTITY_ORDER = ("kind", "name", "iso", "article", "stated_as", "names", "weak", "demonyms", "capitals", "foreign")
_REASONED = ("correct", "end", "dispute", "retire")  # what is changed, not only added to, is changed for a reason
_PLACES = ("subject", "object", "between", "sides")
_ADD_SOURCE = "give the page: its address, title, publisher and date"


def plan(snapshot: Snapshot, draft: Draft | NameDraft | WordingDraft, today: datetime.date) -> Plan:
    """The plan of a draft."""
    if isinstance(draft, NameDraft):
        return _name(snapshot, draft)
    if isinstance(draft, WordingDraft):
        return _wording(snapshot, draft)
    if draft.action in _REASONED and not draft.reason.strip():
        raise unfit("a change needs a reason", "say in a few words why it is made")
    return _add(snapshot, draft, today) if draft.action == "add" else _change(snapshot, draft, today)


def _seen(snapshot: Snapshot, entry: str, id_: str, base: str) -> tuple[str, Entry]:
    """The place of an entry that is still as the curator saw it."""
    if not base:
        raise unfit(f"'{id_}' is changed without having been looked at", "look at it first; its digest is the base")
    shown, place = snapshot.shown(entry, id_), snapshot.locate(entry, id_)
    if shown is None or place is None or shown.digest != base:
        raise MovedError(entry, id_)
    return place


# --- a new fact


def _add(snapshot: Snapshot, draft: Draft, today: datetime.date) -> Plan:
    if draft.relation not in snapshot.rows.relations:
        raise unfit(f"'{draft.relation}' is no relation" if draft.relation else "a fact has a relation", "choose one")
    sourcing = Sourcing(snapshot, today, _about(draft))
    sources = sourcing.ids(draft.sources)
    if not sources:
        raise unfit("a new fact needs a source", _ADD_SOURCE)
    keys: dict[str, Any] = {
        "relation": draft.relation, **_participants(draft), **_said(draft, sources),
        "as_of": sourcing.newest(sources, draft.as_of), "sources": sources,
    }  # fmt: skip
    if draft.sides_said:
        keys |= {"status": "disputed", "dispute": _sides(draft, sourcing)}
    row = _row(keys)
    place = place_fact(snapshot.rows, snapshot.files, row) or Place(new_file(draft.relation), ())
    by_id = {held["id"]: held for held in snapshot.rows.facts}
    row["id"] = fact_id(row, [by_id[id_] for id_ in reversed(place.nearest)], by_id)
    bench = Bench(snapshot)
    text = bench.text(place.path)
    said = without_defaults(ordered(keys, FACT_ORDER), defaults_of(text))
    said = {"id": row["id"], **{key: said[key] for key in FACT_ORDER if key in said}}
    if place.nearest:
        near, behind = after(list(entries(text, "facts")), place.nearest, row, snapshot.rows)
        text = add_item(text, "facts", said, near, behind=behind)
    else:
        text = first_item(text, "facts", said)
    bench.put(place.path, text, "fact", row["id"])
    sourcing.write(bench, place.path)
    return _made(bench, draft, row["id"], draft.relation)


def _participants(draft: Draft, row: Row | None = None) -> dict[str, Any]:
    """The places that a draft fills, as files write them. Who stays in a fact on file keeps a period of their own."""
    own = {
        who: {key: value for key, value in (("who", who), ("since", since), ("until", until)) if value}
        for role in (row["roles"] if row else ()) for who, since, until in role if since or until
    }  # fmt: skip
    made: dict[str, Any] = {}
    for name in ("subject", "object"):
        who = getattr(draft, name)
        if who is not None:
            made[name] = own.get(who[0], who[0]) if len(who) == 1 else [own.get(each, each) for each in who]
    if draft.between is not None:
        made["between"] = [own.get(each, each) for each in draft.between]
    if draft.sides is not None:
        made["sides"] = [[own.get(each, each) for each in side] for side in draft.sides]
    return made


def _row(keys: Mapping[str, Any]) -> Row:
    """As much of the row of a fact that is to be entered as its neighbours are found by."""

    def listed(value: Any) -> list[str]:
        return [value] if isinstance(value, str) else list(value or ())

    if keys.get("between"):
        shape, groups = "between", [listed(keys["between"])] * 2
    elif keys.get("sides"):
        shape, groups = "sides", [listed(side) for side in keys["sides"]]
    else:
        shape, groups = "directed", [listed(keys.get("subject")), listed(keys.get("object"))]
    return {
        **keys, "id": "", "shape": shape, "roles": [[[who, None, None] for who in group] for group in groups],
    }  # fmt: skip


def _about(draft: Draft) -> list[str]:
    """Words for the ids of new sources: whom the fact is about."""
    sides = [who for side in draft.sides or () for who in side]
    return [*(draft.subject or ()), *(draft.between or ()), *sides, *(draft.object or ())]


# --- a fact on file


def _change(snapshot: Snapshot, draft: Draft, today: datetime.date) -> Plan:
    path, found = _seen(snapshot, "fact", draft.fact, draft.base)
    row = snapshot.fact(draft.fact)
    if row is None:
        raise MovedError("fact", draft.fact)
    if row.get("retired") and draft.action != "correct":
        raise unfit(f"'{draft.fact}' was retired on {row['retired']['on']}", "undo that first, if it is so after all")
    held = found.body.plain()
    people = [participant[0] for role in row["roles"] for participant in role]
    sourcing = Sourcing(snapshot, today, people)
    keys = _keys(draft, row, sourcing, today)
    if isinstance(held, dict):
        says = {**row, "holds": "yes" if row["holds"] else "no"}  # what the file's defaults say is not said again
        keys = {key: value for key, value in keys.items() if key in held or value != says.get(key)}
    bench = Bench(snapshot)
    text = bench.text(path)
    changed = edit(text, "facts", draft.fact, keys, FACT_ORDER)
    if changed == text:
        raise unfit("nothing would change", "the fact says that already")
    bench.put(path, changed, "fact", draft.fact)
    sourcing.write(bench, path)
    _drop_uncited(snapshot, bench, draft, keys)
    return _made(bench, draft, draft.fact, row["relation"])


def _keys(draft: Draft, row: Row, sourcing: Sourcing, today: datetime.date) -> dict[str, Any]:
    """The keys that an action writes; None takes one out."""
    if draft.action == "retire":
        return {"retired": {"on": today.isoformat(), "why": " ".join(draft.reason.split())}}
    new = sourcing.ids(draft.sources)
    keys: dict[str, Any] = {}
    if draft.action == "dispute":
        if len(draft.sides_said) < 2:
            raise unfit("a disputed fact names both sides", "give the name, the words and the source of each")
        keys = {"status": "disputed", "dispute": _sides(draft, sourcing), "claimed_by": None}
    elif draft.action == "end":
        if not draft.until:
            raise unfit("an end has a date", "say until when it was so: 2025, 2025-08 or 2025-08-31")
        keys = {"until": draft.until, **_said(draft, new)}
    elif draft.action == "correct":
        keys = {**_participants(draft, row), **_said(draft, new)}
    if draft.action in ("end", "confirm") and not new:
        raise unfit(f"{'an end' if draft.action == 'end' else 'a confirmation'} needs a source", _ADD_SOURCE)
    sides = [id_ for side in keys.get("dispute") or () for id_ in side["sources"]]
    kept = [id_ for id_ in row["sources"] if id_ not in draft.drop_sources]
    sources = list(dict.fromkeys([*kept, *new]))
    if sources != list(row["sources"]):
        keys["sources"] = sources
    shown = sourcing.newest([*new, *sides], draft.as_of)
    if shown and (
        (draft.as_of and draft.action == "correct") or not is_partial_date(shown) or _later(shown, row["as_of"])
    ):
        keys["as_of"] = shown
    return keys


def _later(one: str, two: str) -> bool:
    return first_day(one) > first_day(two)


def _said(draft: Draft, sources: list[str]) -> dict[str, Any]:
    """What a draft says of the fact itself."""
    made: dict[str, Any] = {
        name: " ".join(value.split()) or None
        for name in ("named", "since", "until", "text", "note")
        if (value := getattr(draft, name)) is not None
    }
    if draft.holds is not None:
        made["holds"] = None if draft.holds and draft.action == "add" else "yes" if draft.holds else "no"
    if draft.narrows is not None:
        made["narrows"] = dict(draft.narrows) or None
    if draft.claimed_by is not None:
        by = " ".join(draft.claimed_by.split())
        made |= {"status": "claimed", "claimed_by": by} if by else {"status": "settled", "claimed_by": None}
        made["dispute"] = None
    if draft.why is not None:
        why = " ".join(draft.why.split())
        if why and not sources:
            raise unfit("a reason needs a source", _ADD_SOURCE)
        made["why"] = {"text": why, "sources": sources} if why else None
    return made


def _sides(draft: Draft, sourcing: Sourcing) -> list[dict[str, Any]]:
    made = []
    for side in draft.sides_said:
        sources = sourcing.ids(side.sources)
        if not sources:
            raise unfit(f"the side of {side.by} needs a source", _ADD_SOURCE)
        made.append({"by": " ".join(side.by.split()), "text": " ".join(side.text.split()), "sources": sources})
    return made


def _drop_uncited(snapshot: Snapshot, bench: Bench, draft: Draft, keys: Mapping[str, Any]) -> None:
    """Take out the sources that nothing rests on any more: what is cited for nothing is an error."""
    if not draft.drop_sources and not any(key in keys for key in ("why", "dispute")):
        return
    rows = snapshot.rows_with(bench.files())
    for id_ in sorted((cited(snapshot.rows) & set(snapshot.rows.sources)) - cited(rows)):
        path = snapshot.path("source", id_)
        if path and id_ in rows.sources:
            bench.take_out(path, "source", id_)


def _made(bench: Bench, draft: Draft, id_: str, relation: str) -> Plan:
    reason = " ".join(draft.reason.split())
    return Plan(draft.action, "fact", id_, relation, reason, tuple(bench.edits), bench.files())


# --- names and wordings


def _name(snapshot: Snapshot, draft: NameDraft) -> Plan:
    path, _ = _seen(snapshot, "entity", draft.entity, draft.base)
    name, row = " ".join(draft.name.split()), snapshot.rows.entities[draft.entity]
    if not name:
        raise unfit("the name is empty", "give the name as people write it")
    if name in (row["name"], *(held for key in _ENTITY_ORDER[5:] for held in row.get(key, ()))):
        raise unfit(f"'{name}' is a name of {row['name']} already", "nothing needs to be done")
    key = "weak" if draft.weak else "names"
    bench = Bench(snapshot)
    text = edit(bench.text(path), SECTIONS["entity"], draft.entity, {key: [*row.get(key, ()), name]}, _ENTITY_ORDER)
    bench.put(path, text, "entity", draft.entity)
    return Plan("name", "entity", draft.entity, "", _reason(draft.reason, name), tuple(bench.edits), bench.files())


def _wording(snapshot: Snapshot, draft: WordingDraft) -> Plan:
    path, found = _seen(snapshot, "intent", draft.intent, draft.base)
    line = " ".join(draft.line.split())
    if not line:
        raise unfit("the line is empty", "give the words of the question, with places in braces")
    bench = Bench(snapshot)
    bench.put(path, add_line(bench.text(path), found, line), "intent", draft.intent)
    relation = next(file["relation"] for file in snapshot.rows.intents if draft.intent in file["intents"])
    return Plan(
        "wording", "intent", draft.intent, relation, _reason(draft.reason, line), tuple(bench.edits), bench.files()
    )


def _reason(reason: str, what: str) -> str:
    said = " ".join(reason.split())
    return f"{what}: {said}" if said else what
