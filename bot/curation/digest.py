"""What curators are told once a week: how much was asked, what to look at, what was changed. As data; off by default.

Comes in: the queue, the gaps, and the time. Goes out: a Digest. Raises StateError.
"""

import datetime
from dataclasses import dataclass

from bot.curation.drafts import Change
from bot.curation.gaps import Gap, Gaps
from bot.curation.history import change
from bot.curation.queue import Queue
from bot.curation.stale import Stale, stale
from bot.state.notices import WEEK
from bot.state.proposals import Proposal

TOP = 10


@dataclass(frozen=True, slots=True)
class Digest:
    """A week from `since` to `until`. `asked` and `missed` are questions understood and not, `facts` those on file.

    Of what is due, missing and proposed, the counts are of all, the lists of the first ten; the changes are all.
    """

    since: datetime.datetime
    until: datetime.datetime
    asked: int
    missed: int
    facts: int
    stale_count: int
    stale: tuple[Stale, ...]
    gap_count: int
    gaps: tuple[Gap, ...]
    open: int
    waiting: int
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to do and nothing was done."""
        return not (self.stale_count or self.gap_count or self.open or self.waiting or self.changes)


def weekly_digest(queue: Queue, gaps: Gaps, now: datetime.datetime) -> Digest:
    """The week that ends now."""
    engine, store, since = queue.curation.live.engine, queue.store, now - WEEK
    due = stale(engine, store, now.astimezone(datetime.UTC).date())
    counts = store.proposals.counts()
    changes = tuple(change(entry) for entry in store.journal.since(since) if entry.state == "done")
    return Digest(
        since, now, sum(store.question_counts(since.astimezone(datetime.UTC).date()).values()),
        store.missed_count(since), len(engine.kb), len(due), tuple(due[:TOP]), gaps.count(), tuple(gaps.find(TOP)),
        counts["open"], counts["waiting_second"], tuple(queue.pending(TOP)), changes,
    )  # fmt: skip
