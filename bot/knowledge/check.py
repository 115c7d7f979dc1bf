"""What no single file can tell: whether the entries of all files fit together."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable

from bot.knowledge.dates import Since, day_after, first_day
from bot.knowledge.load import Rows
from bot.knowledge.problems import Problem
from bot.knowledge.records import Row

_FAR = datetime.date(9999, 1, 1)
_LONG_AGO = datetime.date(1, 1, 1)


def check_rows(rows: Rows, today: datetime.date) -> list[Problem]:
    """Every problem across the files, errors and warnings."""
    checker = _Checker(rows, today)
    for check in (
        checker.relations, checker.entities, checker.names, checker.facts, checker.periods, checker.coverages,
        checker.sources, checker.stale,
    ):  # fmt: skip
        check()
    return checker.problems


class _Checker:
    def __init__(self, rows: Rows, today: datetime.date) -> None:
        self.rows, self.today = rows, today
        self.problems: list[Problem] = []
        self.cited: set[str] = set()

    def say(self, key: str, message: str, hint: str = "", severity: str = "error") -> None:
        path, line = self.rows.origin.get(key, ("relations.yaml", 1))
        self.problems.append(Problem(path, line, message, hint, severity))

    def entity(self, key: str, id_: str | None, what: str) -> None:
        if id_ is not None and id_ not in self.rows.entities:
            self.say(key, f"{what} '{id_}' is no entity", f"define it in entities/{_near(id_, self.rows.entities)}")

    def relations(self) -> None:
        for id_, row in self.rows.relations.items():
            key = f"relation {id_}"
            for role in ("subject", "object", "between", "sides"):
                for kind in row.get(role, ()):
                    if kind not in self.rows.kinds:
                        self.say(key, f"'{kind}' is no kind of entity", "declare it under `kinds:`")
            for other in (*row.get("implies", ()), *row.get("digest", ())):
                if other not in self.rows.relations:
                    self.say(key, f"'{other}' is no relation", "declare it or remove the mention")

    def entities(self) -> None:
        for id_, row in self.rows.entities.items():
            key = f"entities {id_}"
            if row["kind"] not in self.rows.kinds:
                self.say(key, f"'{row['kind']}' is no kind of entity", "declare it under `kinds:` in relations.yaml")
            for name in ("predecessor", "successor", "stands_for"):
                self.entity(key, row.get(name), name)
            for other in row.get("confusable_with", ()):
                self.entity(key, other, "confusable_with")
            group = row.get("group") or {}
            for member in group.get("members", ()):
                self.entity(key, member, "member")
            if group.get("relation") and group["relation"] not in self.rows.relations:
                self.say(key, f"'{group['relation']}' is no relation")
            self.entity(key, group.get("object"), "the group's object")
            if row.get("since") and row.get("until") and first_day(row["until"]) <= first_day(row["since"]):
                self.say(key, f"'{id_}' ends before it begins", "mend `since` or `until`")

    def names(self) -> None:
        """A strong name is of one entity only; entities whose names differ by one letter are listed as confusable."""
        owners: dict[str, set[str]] = defaultdict(set)
        for id_, row in self.rows.entities.items():
            strong = (row["name"], *row.get("names", ()), *row.get("demonyms", ()), *row.get("capitals", ()))
            for name in (*strong, *row.get("foreign", ())):
                owners[_folded(name)].add(id_)
        for name, held in owners.items():
            if len(held) > 1:
                first, *others = sorted(held)
                self.say(
                    f"entities {first}", f"the strong name '{name}' belongs to {', '.join((first, *others))}",
                    "keep it for one of them, or list it under `weak` in each",
                )  # fmt: skip

    def facts(self) -> None:
        for row in self.rows.facts:
            key = f"fact {row['id']}"
            relation = self.rows.relations.get(row["relation"])
            if relation is None:
                self.say(key, f"'{row['relation']}' is no relation", "see relations.yaml")
                continue
            self.roles(key, row, relation)
            self.fact_details(key, row, relation)
            self.dates(key, row)
            why = row.get("why")
            if isinstance(why, str) and why not in self.rows.reasons:
                self.say(key, f"there is no reason '{why}'", "define it under `reasons:`")
            if isinstance(why, dict):
                self.cite(key, why["sources"])
            for side in row.get("dispute", ()):
                self.cite(key, side["sources"])
            self.cite(key, row["sources"])
            named = row.get("named")
            self.entity(key, named, "`named`")
            if relation.get("text") == "required" and not row.get("text"):
                self.say(key, f"a fact of {row['relation']} says its `text`", "write the sentence")
        for id_, reason in self.rows.reasons.items():
            self.cite(f"reason {id_}", reason["sources"])

    def roles(self, key: str, row: Row, relation: Row) -> None:
        shape = "between" if relation.get("between") else "sides" if relation.get("sides") else "directed"
        if row["shape"] != shape:
            wanted = {"directed": "`subject` and `object`"}.get(shape, f"`{shape}`")
            self.say(key, f"a fact of {row['relation']} gives {wanted}", "see relations.yaml")
            return
        shared = relation.get("between") or relation.get("sides")
        kinds = [shared, shared] if shared else [relation.get("subject", []), relation.get("object", [])]
        for role, allowed in zip(row["roles"], kinds, strict=True):
            if bool(role) != bool(allowed):
                self.say(key, f"a fact of {row['relation']} lacks a participant, or has one too many")
            for who, since, until in role:
                self.entity(key, who, "participant")
                kind = self.rows.entities.get(who, {}).get("kind")
                if kind and kind not in allowed:
                    self.say(key, f"'{who}' is a {kind}; {row['relation']} takes {', '.join(allowed)} here")
                if since and until and first_day(until) <= first_day(since):
                    self.say(key, f"'{who}' ends before it begins", "mend `since` or `until`")
        everybody = [p[0] for p in row["roles"][0]] + ([] if shape == "between" else [p[0] for p in row["roles"][1]])
        if len(set(everybody)) < len(everybody) and relation.get("reflexive") != "yes":
            self.say(key, "somebody takes part twice", "remove the repetition")

    def fact_details(self, key: str, row: Row, relation: Row) -> None:
        declared = relation.get("details", {})
        for name, value in row.get("narrows", {}).items():
            if value not in relation.get("narrows", {}).get(name, ()):
                self.say(key, f"'{name}: {value}' is no narrowing of {row['relation']}", "see relations.yaml")
        for detail in row.get("details", ()):
            kind = declared.get(detail["what"])
            if kind is None:
                self.say(key, f"{row['relation']} declares no detail '{detail['what']}'", "see relations.yaml")
            elif kind in ("number", "percent") and not _is_number(detail["value"]):
                self.say(key, f"the detail {detail['what']} wants a number, not '{detail['value']}'")
            elif kind == "date" and not _is_date(detail["value"]):
                self.say(key, f"the detail {detail['what']} wants a date, not '{detail['value']}'")
            elif kind == "entity":
                self.entity(key, detail["value"], f"the detail {detail['what']}")
            self.cite(key, detail.get("sources", ()))

    def dates(self, key: str, row: Row) -> None:
        since = Since.parse(row.get("since"))
        until = row.get("until")
        if until and since.day and first_day(until) < since.day:
            self.say(key, "the fact ends before it begins", "mend `since` or `until`")
        for name, date in (("since", since.date), ("until", until), ("as_of", row["as_of"])):
            if date and first_day(date) > self.today:
                self.say(key, f"`{name}` {date} lies in the future", "facts are about what has happened")

    def cite(self, key: str, sources: Iterable[str]) -> None:
        for source in sources:
            self.cited.add(source)
            if source not in self.rows.sources:
                self.say(
                    key, f"there is no source '{source}'", f"define it in sources/{_near(source, self.rows.sources)}"
                )

    def periods(self) -> None:
        """Facts of one statement must not overlap in time."""
        groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in self.rows.facts:
            if row["status"] == "settled" and not row.get("text"):
                roles = tuple(tuple(sorted(p[0] for p in role)) for role in row["roles"])
                key = (row["relation"], roles, tuple(sorted(row.get("narrows", {}).items())), row.get("named"))
                groups[key].append(row)
        for rows in groups.values():
            if len(rows) > 1:
                self.overlaps(rows)

    def overlaps(self, rows: list[Row]) -> None:
        spans = sorted(((*_period(row), row) for row in rows), key=lambda span: (span[0], span[1]))
        for (_, end, one), (start, _, two) in itertools.pairwise(spans):
            if start < end:
                word = "contradicts" if one["holds"] != two["holds"] else "overlaps"
                self.say(
                    f"fact {two['id']}", f"'{two['id']}' {word} '{one['id']}': the same statement in the same time",
                    "end one with `until`, merge them, or give them different `narrows`",
                )  # fmt: skip

    def coverages(self) -> None:
        seen: dict[tuple[object, ...], Row] = {}
        for number, row in enumerate(self.rows.coverages):
            key = f"coverage {number}"
            if row["relation"] not in self.rows.relations:
                self.say(key, f"'{row['relation']}' is no relation", "see relations.yaml")
            self.entity(key, row["subject"], "subject")
            self.entity(key, row["object"], "object")
            self.cite(key, row["sources"])
            for count in row.get("counts", ()):
                self.cite(key, count["sources"])
            for name in ("from", "as_of"):
                if first_day(row[name]) > self.today:
                    self.say(key, f"`{name}` {row[name]} lies in the future")
            same = (row["relation"], row["subject"], row["object"], tuple(sorted(row.get("narrows", {}).items())))
            other = seen.setdefault(same, row)
            if other is not row and other["unlisted"] != row["unlisted"]:
                self.say(key, "two coverages of the same list disagree about what silence means", "keep one")

    def sources(self) -> None:
        for id_, row in self.rows.sources.items():
            key = f"sources {id_}"
            if id_ not in self.cited:
                self.say(key, f"nobody cites the source '{id_}'", "cite it or remove it")
            for name in ("published", "accessed"):
                if row.get(name) and first_day(row[name]) > self.today:
                    self.say(key, f"`{name}` {row[name]} lies in the future")

    def stale(self) -> None:
        for row in self.rows.facts:
            days = int(self.rows.relations.get(row["relation"], {}).get("recheck_days", 365))
            age = (self.today - first_day(row["as_of"])).days
            over = row.get("until") or row["status"] == "claimed"
            if age > days and not over:
                self.say(
                    f"fact {row['id']}", f"'{row['id']}' was last seen {age} days ago, more than {days}",
                    "look for a newer page and move `as_of`", "warning",
                )  # fmt: skip


def _period(row: Row) -> tuple[datetime.date, datetime.date]:
    """The days a fact claims for itself; an unknown beginning claims only the end."""
    since = Since.parse(row.get("since"))
    end = first_day(row["until"]) if row.get("until") else _FAR
    start = since.day
    if start is None:
        start = min(first_day(row["as_of"]), end - datetime.timedelta(days=1)) if end > _LONG_AGO else _LONG_AGO
    return start, end


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        day_after(text)
    except ValueError:
        return False
    return True


def _near(id_: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(id_, list(known), 1)
    return f"…, or did you mean '{near[0]}'?" if near else "…"
