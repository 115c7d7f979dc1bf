"""What the checks share: the rows, the day, the problems found so far, and the sources that somebody cited."""

import datetime
import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.knowledge.dates import first_day
from bot.knowledge.load import Rows
from bot.knowledge.problems import Problem

_FUTURE = "the knowledge base holds what has happened; mend the date"


@dataclass(slots=True)
class Ledger:
    """Collects problems. A `key` is one of `rows.origin`, which knows the file and line of the entry."""

    rows: Rows
    today: datetime.date
    problems: list[Problem] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)

    def say(self, key: str, message: str, hint: str, severity: str = "error") -> None:
        """Note a problem of the entry `key`."""
        path, line = self.rows.origin.get(key, ("relations.yaml", 1))
        self.problems.append(Problem(path, line, message, hint, severity))

    def entity(self, key: str, id_: str | None, what: str) -> None:
        """Complain if an id is no entity's."""
        if id_ is not None and id_ not in self.rows.entities and "entities" not in self.rows.unread:
            self.say(key, f"{what} '{id_}' is no entity", f"define it in entities/{near(id_, self.rows.entities)}")

    def relation(self, key: str, id_: str | None) -> None:
        """Complain if an id is no relation's."""
        if id_ is not None and id_ not in self.rows.relations and "relations" not in self.rows.unread:
            hint = f"declare it in relations.yaml{near(id_, self.rows.relations)}"
            self.say(key, f"'{id_}' is no relation", hint)

    def kind(self, key: str, kind: str) -> None:
        """Complain if a word is no kind of entity."""
        if kind not in self.rows.kinds and "relations" not in self.rows.unread:
            hint = f"declare it under `kinds:` in relations.yaml{near(kind, self.rows.kinds)}"
            self.say(key, f"'{kind}' is no kind of entity", hint)

    def cite(self, key: str, sources: Iterable[str]) -> None:
        """Note that sources are used; complain of those that nobody defined."""
        for id_ in sources:
            self.cited.add(id_)
            if id_ not in self.rows.sources and "sources" not in self.rows.unread:
                self.say(key, f"there is no source '{id_}'", f"define it in sources/{near(id_, self.rows.sources)}")

    def past(self, key: str, name: str, date: str | None) -> None:
        """Complain of a date that has not come yet."""
        if date and first_day(date) > self.today:
            self.say(key, f"`{name}` {date} lies in the future", _FUTURE)

    def ordered(self, key: str, what: str, since: str | None, until: str | None) -> None:
        """Complain of a period that is over before it began."""
        if since and until and first_day(until) < first_day(since):
            self.say(key, f"{what} ends before it begins ({since} to {until})", "mend `since` or `until`")


def near(id_: str, known: Iterable[str]) -> str:
    """A guess at what was meant, to end a hint with."""
    found = difflib.get_close_matches(id_, list(known), 1)
    return f"…, or did you mean '{found[0]}'?" if found else "…"
