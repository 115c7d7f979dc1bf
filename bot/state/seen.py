"""Which facts were served, so that a change of the files is noticed, whoever made it and whenever: while the bot ran or
while it did not.

Comes in: a session, and a digest of each fact that is served now. Goes out: what differs from before.
"""

import datetime
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.state.models import FactVersionRow
from bot.state.records import FactChange

ADDED, CORRECTED, REMOVED = "added", "corrected", "removed"
_GONE = ""


def note(session: Session, digests: Mapping[str, str], at: datetime.datetime) -> dict[str, int]:
    """Note the facts that are served from now on; how many were added, corrected, removed. The first time none was."""
    known = {row.fact: row for row in session.scalars(select(FactVersionRow))}
    counts: Counter[str] = Counter()
    for fact, digest in digests.items():
        row = known.get(fact)
        if row is not None and row.digest == digest:
            continue
        change = (ADDED if row is None or row.digest == _GONE else CORRECTED) if known else None
        if row is None:
            session.add(FactVersionRow(fact=fact, digest=digest, change=change, at=at if change else None))
        else:
            row.digest, row.change, row.at = digest, change, at
        counts[change or ""] += 1
    for fact, row in known.items():
        if fact not in digests and row.digest != _GONE:
            row.digest, row.change, row.at = _GONE, REMOVED, at
            counts[REMOVED] += 1
    del counts[""]
    return dict(counts)


def changes(session: Session, since: datetime.datetime) -> list[FactChange]:
    """What was noted since then, the newest first; of each fact the last change alone."""
    rows = session.scalars(
        select(FactVersionRow).where(FactVersionRow.at >= since).order_by(FactVersionRow.at.desc(), FactVersionRow.fact)
    )
    return [FactChange(row.fact, row.change, row.at) for row in rows if row.change and row.at]
