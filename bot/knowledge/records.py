"""The lean, immutable records that the engine works on, built from checked rows (plain dicts and lists)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.knowledge.dates import Since, Span, day_after, first_day

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing facts are about. `label` is the name as it stands within a sentence ("the Bahamas")."""

    id: str
    kind: str
    name: str
    article: str
    iso: str | None
    since: str | None
    until: str | None
    stands_for: str | None
    stated_as: str | None
    predecessor: str | None
    successor: str | None
    confusable_with: tuple[str, ...]
    group: Row | None
    narrows: Row
    stands_in: tuple[str, ...]

    @classmethod
    def of(cls, id_: str, row: Row) -> "Entity":
        """Build from a checked row."""
        return cls(
            id_, row["kind"], row["name"], row.get("article") or "", row.get("iso"), row.get("since"), row.get("until"),
            row.get("stands_for"), row.get("stated_as"), row.get("predecessor"), row.get("successor"),
            tuple(row.get("confusable_with", ())), row.get("group"), row.get("narrows", {}),
            tuple(row.get("stands_in", ())),
        )  # fmt: skip

    @property
    def label(self) -> str:
        """The name with its article, if it wants one."""
        return f"{self.article} {self.name}" if self.article else self.name

    @property
    def stated(self) -> str:
        """The name as it stands where something is said to be called so ("the Holodomor as genocide")."""
        return self.stated_as or self.label

    @property
    def flag(self) -> str:
        """The flag emoji of the entity's code, empty where it has none."""
        return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in self.iso) if self.iso else ""

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the entity existed on a day, as far as its lifetime is on file."""
        if self.since and day < first_day(self.since):
            return False
        return not (self.until and day >= first_day(self.until))


@dataclass(frozen=True, slots=True)
class Source:
    """A page that somebody read."""

    id: str
    title: str
    publisher: str
    url: str | None
    archive_url: str | None
    published: str | None
    inferred: bool
    accessed: str
    kind: str

    @classmethod
    def of(cls, id_: str, row: Row) -> "Source":
        """Build from a checked row."""
        return cls(
            id_, row["title"], row["publisher"], row.get("url"), row.get("archive_url"), row.get("published"),
            row.get("inferred") == "yes", row["accessed"], row["kind"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What facts of one relation look like, and all of the relation's logic."""

    id: str
    title: str
    roles: tuple[tuple[str, ...], ...]
    symmetric: bool
    opposed: bool
    several: str | None
    implies: tuple[str, ...]
    narrows: Mapping[str, tuple[str, ...]]
    default: Mapping[str, str]
    counts_as: Mapping[str, bool]
    details: Mapping[str, str]
    figures: frozenset[str]
    open_lists: bool
    needs_text: bool
    digest: tuple[str, ...]
    reflexive: bool
    stand_ins: bool
    lasting: bool
    recheck_days: int
    second_curator: bool

    @classmethod
    def of(cls, id_: str, row: Row) -> "Relation":
        """Build from a checked row. A `between` relation has one role that all participants share."""
        shared = row.get("between") or row.get("sides")
        roles = (
            (tuple(shared), tuple(shared)) if shared else (tuple(row.get("subject", ())), tuple(row.get("object", ())))
        )
        return cls(
            id_, row["title"], roles, bool(shared), bool(row.get("sides")), row.get("several"),
            tuple(row.get("implies", ())), {k: tuple(v) for k, v in row.get("narrows", {}).items()},
            dict(row.get("default", {})), {k: v == "yes" for k, v in row.get("counts_as", {}).items()},
            dict(row.get("details", {})), frozenset(row.get("figures", ())),
            row.get("lists") == "open", row.get("text") == "required",
            tuple(row.get("digest", ())), row.get("reflexive") == "yes",
            row.get("stand_ins", "yes") == "yes", row.get("lasting", "yes") == "yes", int(row.get("recheck_days", 365)),
            row.get("second_curator") == "yes",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in a fact, with a period of their own where it differs."""

    who: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A dated, sourced value inside a fact."""

    what: str
    value: str
    of: str | None
    period: str | None
    whose: str | None
    since: str | None
    until: str | None
    as_of: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A sourced reason."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute."""

    by: str
    text: str
    sources: tuple[str, ...]


def _latest(since: Since) -> tuple[datetime.date, int]:
    """To sort beginnings: the last day on which one may be, and of the same the less exact one last."""
    text = since.date or ""
    return (first_day(text) + datetime.timedelta(days=1) if since.latest else day_after(text)), -len(text)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with one period.

    `roles` holds the participants: (subjects, objects) for a directed relation, (all, all) for `between`, and
    (one side, other side) for `sides`.
    """

    id: str
    relation: str
    roles: tuple[tuple[Participant, ...], tuple[Participant, ...]]
    holds: bool
    since: Since
    until: str | None
    narrows: Mapping[str, str]
    details: tuple[Detail, ...]
    named: str | None
    text: str | None
    note: str | None
    why: Reason | None
    status: str
    dispute: tuple[Side, ...]
    claimed_by: str | None
    as_of: str
    sources: tuple[str, ...]
    # Found out once, for a list asks for it hundreds of times: who stands in each role, and whose periods differ.
    who: tuple[frozenset[str], frozenset[str]] = field(init=False, compare=False, repr=False)
    apart: frozenset[Participant] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        one, two = (frozenset(p.who for p in role) for role in self.roles)
        object.__setattr__(self, "who", (one, two))
        object.__setattr__(self, "apart", frozenset(p for role in self.roles for p in role if p.since or p.until))

    @classmethod
    def of(cls, row: Row) -> "Fact":
        """Build from a checked row."""
        why = row.get("why")
        return cls(
            row["id"], row["relation"],
            tuple(tuple(Participant(*p) for p in role) for role in row["roles"]),  # type: ignore[arg-type]
            row["holds"], Since.parse(row.get("since")), row.get("until"), row.get("narrows", {}),
            tuple(
                Detail(d["what"], d["value"], d.get("of"), d.get("period"), d.get("whose"), d.get("since"),
                       d.get("until"), d.get("as_of"), tuple(d.get("sources", ())))
                for d in row.get("details", ())
            ),
            row.get("named"), row.get("text"), row.get("note"),
            Reason(why["text"], tuple(why["sources"])) if why else None, row["status"],
            tuple(Side(s["by"], s["text"], tuple(s["sources"])) for s in row.get("dispute", ())),
            row.get("claimed_by"), row["as_of"], tuple(row["sources"]),
        )  # fmt: skip

    def participants(self) -> tuple[str, ...]:
        """Everybody who takes part, once each, in order."""
        return tuple(dict.fromkeys(p.who for role in self.roles for p in role))

    def period_of(self, *who: str) -> tuple[Since, str | None]:
        """The period in which all of `who` take part: the fact's own, narrowed by theirs.

        Of a year and a day within it the year is told: on which of its days the later began is not known.
        """
        since, until = self.since, self.until
        for participant in self.apart:
            if participant.who not in who:
                continue
            begun, ended = participant.since, participant.until
            if begun and (since.date is None or _latest(Since(begun)) >= _latest(since)):
                since = Since(begun)
            if ended and (until is None or (first_day(ended), len(ended)) < (first_day(until), len(until))):
                until = ended
        return since, until

    def covers(self, span: Span, *who: str) -> bool:
        """Whether the fact's period, for `who`, shares a day with the span. An unknown beginning is no bar."""
        since, until = self.period_of(*who)
        if since.day is not None and span.after <= since.day:
            return False
        return not (until and span.first >= first_day(until))


@dataclass(frozen=True, slots=True)
class Count:
    """Somebody's count of a list."""

    whose: str
    value: str
    as_of: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """ "This list is complete": what silence means for a relation within a group."""

    id: str
    relation: str
    subject: str
    object: str
    narrows: Mapping[str, str]
    unlisted: bool
    from_: str
    as_of: str
    sources: tuple[str, ...]
    note: str | None
    counts: tuple[Count, ...]

    @classmethod
    def of(cls, row: Row) -> "Coverage":
        """Build from a checked row."""
        return cls(
            row["id"], row["relation"], row["subject"], row["object"], row.get("narrows", {}), row["unlisted"] == "yes",
            row["from"], row["as_of"], tuple(row["sources"]), row.get("note"),
            tuple(Count(c["whose"], c["value"], c["as_of"], tuple(c["sources"])) for c in row.get("counts", ())),
        )  # fmt: skip
