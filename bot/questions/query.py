"""What a question means, and what came of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.knowledge.dates import Span


@dataclass(frozen=True, slots=True)
class At:
    """The time a question asks about.

    `mode` is `in` (some time in the span), `by`, `before`, `after`, `since` or `throughout` (all of the span).
    """

    text: str
    span: Span
    mode: str = "in"


@dataclass(frozen=True, slots=True)
class Query:
    """What a question means. Participants are tuples of entity ids; None is a place left open.

    `among` is a group, `of` are entities told one by one, to choose from; `without` are left out of what is told;
    `rank` says which one of a row `pick` means. `mutual` asks for both directions at once.
    `premise` is False for a bare "why?", which takes the statement as it stands; "why does A not …" says how it stands.
    `first` is the place that was named first, `varied` the one in which it differs from the question before it: no part
    of the meaning, they help to read what is asked next.
    """

    relation: str
    form: str
    subject: tuple[str, ...] | None = None
    object: tuple[str, ...] | None = None
    narrows: Mapping[str, str] = field(default_factory=dict)
    at: At | None = None
    ever: bool = False
    negated: bool = False
    premise: bool = True
    detail: str | None = None
    date: str = "since"
    change: str | None = None
    pick: str | None = None
    among: str | None = None
    minus: tuple[str, ...] | None = None
    named: str | None = None
    rule: str = ""
    first: str = field(default="", compare=False)
    varied: str = field(default="", compare=False)
    of: tuple[str, ...] | None = None
    without: tuple[str, ...] | None = None
    rank: int = 1
    mutual: bool = False

    def key(self) -> tuple[Any, ...]:
        """What makes two queries the same question."""
        return (
            self.relation, self.form, self.subject, self.object, tuple(sorted(self.narrows.items())),
            self.at, self.negated and self.form != "whether", self.detail, self.date, self.change, self.pick,
            self.among, self.minus, self.named, self.of, self.without, self.rank,
            self.mutual,
        )  # fmt: skip

    def participants(self) -> tuple[str, ...]:
        """Everybody named, in order."""
        return (*(self.subject or ()), *(self.object or ()))

    def after(self, last: "Query | None") -> "Query":
        """The query, knowing in which place it differs from the last one of its relation, if it is in one only."""
        if last is None or last.relation != self.relation:
            return replace(self, varied="")
        differing = [place for place in ("subject", "object") if getattr(self, place) != getattr(last, place)]
        if not differing:
            return replace(self, varied=last.varied)
        one = differing[0]
        single = len(differing) == 1 and getattr(self, one) is not None and getattr(last, one) is not None
        return replace(self, varied=one if single else "")

    def turned(self) -> "Query":
        """The query the other way round."""
        return replace(self, subject=self.object, object=self.subject)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a question: `query` if `status` is `read`; else `options` (for `clarify`) and a `reason`.

    `reason` is the key of a message; `trace` says, step by step, what was seen and which gate decided.
    """

    status: str
    query: Query | None = None
    options: tuple[Query, ...] = ()
    reason: str = ""
    detail: str = ""
    score: float = 0.0
    line: str = ""
    trace: tuple[str, ...] = ()
