"""The sources of a change: those on file are re-used, others are entered where a person would enter them.

Comes in: the pages that a curator names. Goes out: their ids, and the entries of those that are new.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.curation.drafts import SourceDraft
from bot.curation.plans import Bench, unfit
from bot.curation.snapshot import Snapshot
from bot.knowledge.dates import first_day, is_partial_date
from bot.knowledge.edit.entries import SOURCE_ORDER, add_keyed, first_keyed, ordered
from bot.knowledge.edit.locate import entries
from bot.knowledge.edit.naming import address, source_id
from bot.knowledge.edit.placing import after_name, source_file


@dataclass(slots=True)
class Sourcing:
    """The sources of one change. `about` are words for the ids of new ones."""

    snapshot: Snapshot
    today: datetime.date
    about: Sequence[str] = ()
    new: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ids(self, drafts: Iterable[SourceDraft]) -> list[str]:
        """The ids of pages, each once. Raises UnfitError for an id that is none."""
        return list(dict.fromkeys(self._id(draft) for draft in drafts))

    def _id(self, draft: SourceDraft) -> str:
        known = self.snapshot.rows.sources
        if draft.id:
            if draft.id not in known:
                raise unfit(f"there is no source '{draft.id}'", "give its address, title and publisher instead")
            return draft.id
        page = address(draft.url) if draft.url else ""
        for id_, row in (*known.items(), *self.new.items()):
            if page and page in (address(row.get("url") or ""), address(row.get("archive_url") or "")):
                return id_
        for name, value in (("title", draft.title), ("publisher", draft.publisher)):
            if not value.strip():
                raise unfit(f"a source needs its {name}", f"give the {name} as the page shows it")
        if not page and draft.kind != "opinion":
            raise unfit("a source needs its address", "give the address of the page that you read")
        id_ = source_id(draft.publisher, draft.published, draft.title, self.about, {*known, *self.new})
        row = {
            "title": " ".join(draft.title.split()), "publisher": " ".join(draft.publisher.split()),
            "url": draft.url.strip(), "published": draft.published.strip(),
            "accessed": draft.accessed.strip() or self.today.isoformat(), "kind": draft.kind,
        }  # fmt: skip
        self.new[id_] = ordered(row, SOURCE_ORDER)
        return id_

    def newest(self, ids: Iterable[str], given: str | None = None) -> str:
        """The date of the newest page: what `as_of` rests on. `given` goes before. Empty for no page."""
        if given:
            return given
        rows = {**self.snapshot.rows.sources, **self.new}
        dates = [rows[id_].get("published") or rows[id_]["accessed"] for id_ in ids]
        dates = [date for date in dates if is_partial_date(date)]
        return max(dates, key=first_day, default="")

    def write(self, bench: Bench, path: str) -> None:
        """Enter the new ones, in the file that the facts of `path` cite most, or one of their own."""
        for id_, keys in self.new.items():
            home = source_file(self.snapshot.rows, path)
            text = bench.text(home)
            others = list(entries(text, "sources"))
            if others:
                near, behind = after_name(others, id_)
                text = add_keyed(text, "sources", id_, keys, near, behind=behind)
            else:
                text = first_keyed(text, "sources", id_, keys)
            bench.put(home, text, "source", id_)
