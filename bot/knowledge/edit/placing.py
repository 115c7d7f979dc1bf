"""Where a person would put a new entry: the file that holds its nearest relatives, at its place among them.

Comes in: the rows of all files and what is to be entered. Goes out: a file, the neighbour after which it belongs, and
what the file's defaults say already. Must not know: what a relation means.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.dates import Since
from bot.knowledge.edit.locate import FACTS, Entry, sections
from bot.knowledge.load import Rows
from bot.knowledge.records import Row

SORTED = 0.8  # of neighbouring pairs in order: then the list is one by date or name, with a few exceptions
_ROLES = ("subject", "object", "between", "sides")
_UNDONE = ("why", "claimed_by")  # what a default gives and no entry can take back


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and the ids of the entries there that are nearest to the new one, in the file's order."""

    path: str
    nearest: tuple[str, ...]


def place_fact(rows: Rows, files: Mapping[str, bytes], fact: Row) -> Place | None:
    """Where a new fact belongs. `fact` is as `rows.facts` has it. None where no file may take it."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.facts:
        found[rows.origin[f"fact {row['id']}"][0]][_likeness(fact, row)].append(row["id"])
    ranked = []
    for path, levels in found.items():
        best = max(levels)
        ranked.append((-best, -len(levels[best]), path, tuple(levels[best])))
    for nearness, _, path, nearest in sorted(ranked):
        if nearness == 0 or not _takes(files[path], fact):
            continue
        return Place(path, nearest)
    return None


def new_file(relation: str) -> str:
    """The file of the first fact of a relation that none holds: one of its own."""
    return f"facts/{relation.replace('_', '-')}.yaml"


def _likeness(new: Row, row: Row) -> int:
    """How near a fact on file is: 5 the same statement, 4 of the same object, 3 of the same participants, 2 of the same
    subject, 1 of the same relation."""
    ones, twos = _who(new), _who(row)
    everybody = ones[0] | ones[1] == twos[0] | twos[1]
    if new["relation"] != row["relation"]:
        return 3 if everybody else 0
    if ones == twos:
        return 5
    if new["shape"] == "directed":
        return 4 if ones[1] == twos[1] else 3 if everybody else 2 if ones[0] == twos[0] else 1
    return 4 if (ones[0] | ones[1]) & (twos[0] | twos[1]) else 1


def _who(row: Row) -> tuple[frozenset[str], frozenset[str]]:
    one, two = ({participant[0] for participant in role} for role in row["roles"])
    return frozenset(one), frozenset(two)


def defaults_of(text: str) -> dict[str, Any]:
    """What a file gives for what its entries leave out."""
    held = sections(text).get("defaults")
    found = held.plain() if held is not None else {}
    return found if isinstance(found, dict) else {}


def _takes(data: bytes, fact: Row) -> bool:
    """Whether a file's defaults can be kept from saying of a fact what is not so, and its list can be added to."""
    text = data.decode("utf-8")
    facts = sections(text).get(FACTS)
    given = defaults_of(text)
    return facts is not None and not facts.flow and bool(facts.items) and not any(
        key in given and not fact.get(key) for key in _UNDONE
    )  # fmt: skip


def without_defaults(keys: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a new entry, less what the file's defaults say anyway; with what they would say wrongly."""
    made = {key: value for key, value in keys.items() if key not in given or given[key] != value}
    plain: dict[str, Any] = {"holds": "yes", "status": "settled", "narrows": {}, "since": "unknown"}
    wrong = {key for key in plain if key in given and key not in keys and given[key] != plain[key]}
    return {**made, **{key: plain[key] for key in plain if key in wrong}}


def after(entries: Sequence[Entry], nearest: Sequence[str], row: Row, rows: Rows) -> tuple[Entry, bool]:
    """The neighbour of a new fact in its file, and whether it comes behind it: in the order that its relatives have."""
    relatives = [entry for entry in entries if entry.id in set(nearest)] or list(entries)
    by_id = {held["id"]: held for held in rows.facts}
    dates = [_began(by_id.get(entry.id, {})) for entry in relatives]
    if _began(row) and all(dates) and _in_order(dates):
        return _between(relatives, dates, _began(row))
    names = [entry.id for entry in relatives]
    if _in_order(names):
        return _between(relatives, names, row["id"])
    return relatives[-1], True


def after_name(entries: Sequence[Entry], id_: str) -> tuple[Entry, bool]:
    """The same for an entry that is keyed by its id: by name if the file is sorted so, else at the end."""
    names = [entry.id for entry in entries]
    return _between(entries, names, id_) if _in_order(names) else (entries[-1], True)


def _began(row: Row) -> str:
    return Since.parse(row.get("since")).date or ""


def _in_order(keys: Sequence[str]) -> bool:
    pairs = list(itertools.pairwise(keys))
    return len(pairs) > 1 and sum(one <= two for one, two in pairs) >= SORTED * len(pairs)


def _between(entries: Sequence[Entry], keys: Sequence[str], key: str) -> tuple[Entry, bool]:
    earlier = [entry for entry, held in zip(entries, keys, strict=True) if held <= key]
    return (earlier[-1], True) if earlier else (entries[0], False)


def source_file(rows: Rows, path: str) -> str:
    """The file of sources that the facts of a file cite most; else the one that is called as theirs is."""
    home = {id_: rows.origin[f"sources {id_}"][0] for id_ in rows.sources}
    cited = Counter(
        home[id_] for row in rows.facts if rows.origin[f"fact {row['id']}"][0] == path
        for id_ in row["sources"] if id_ in home
    )  # fmt: skip
    return min(cited, key=lambda name: (-cited[name], name)) if cited else f"sources/{path.rpartition('/')[2]}"


def spaced(text: str, entries: Sequence[Entry]) -> bool:
    """Whether a blank line stands between most entries of a list."""
    gaps = [text[one.end : two.start] for one, two in itertools.pairwise(entries)]
    return bool(gaps) and sum(not gap.strip() and bool(gap) for gap in gaps) * 2 > len(gaps)
