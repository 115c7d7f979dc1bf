"""What curators are to decide on: kept, claimed by whoever decides, and marked with who decided what.

Comes in: a way to work in a transaction, what was proposed, who decides. Goes out: proposals, the oldest first. Must
not know: what a draft says (it is a JSON value here), and who may decide.
"""

import datetime
import json
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.state.models import ProposalRow, SkipRow
from bot.state.person import changed

Kind = Literal["report", "suggestion", "change", "teaching"]
ProposalState = Literal["open", "waiting_second", "accepted", "rejected", "withdrawn"]
Tell = Literal["no", "channel", "private"]

PENDING: tuple[ProposalState, ...] = ("open", "waiting_second")
CLAIM = datetime.timedelta(minutes=2)  # longer than any save takes; then the process that claimed it has died
UNTOLD = datetime.timedelta(days=7)  # after that, nobody waits for word any more


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What somebody proposes, and where. `draft` is a JSON value, None where nobody said how the fact should read.

    `report` is a mistake on a card, `suggestion` anything else that a member proposes, `change` a curator's own change
    that waits for another curator, `teaching` a name or a way to ask. `tell` says where the proposer wants to hear what
    came of it. `proposer_name` is that of a curator, whose name is public; of a member none is kept.
    """

    kind: Kind
    text: str = ""
    source: str = ""
    facts: tuple[str, ...] = ()
    draft: Any = None
    proposer_id: int | None = None
    proposer_name: str = ""
    guild_id: int | None = None
    channel_id: int | None = None
    tell: Tell = "no"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it is kept. `state` is `open`, `waiting_second`, `accepted`, `rejected` or `withdrawn`.

    Where it waits for a second curator, `first_…` is the one whose draft it holds. `decided_…` say who decided, and
    `reason` why; `change_id` is the change that came of it. Ids are None once the person asked to be forgotten.
    """

    id: int
    kind: str
    state: str
    facts: tuple[str, ...]
    draft: Any
    text: str
    source: str
    proposer_id: int | None
    proposer_name: str
    guild_id: int | None
    channel_id: int | None
    tell: str
    at: datetime.datetime
    first_id: int | None
    first_name: str
    decided_id: int | None
    decided_name: str
    decided_at: datetime.datetime | None
    reason: str
    change_id: int | None
    told_at: datetime.datetime | None


class Proposals:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def add(self, new: NewProposal, at: datetime.datetime, first: tuple[int | None, str] | None = None) -> Proposal:
        """Keep a proposal; with `first`, the id and name of a curator, as one that waits for another."""
        for value, allowed in ((new.kind, Kind), (new.tell, Tell)):
            if value not in get_args(allowed):
                raise ValueError(f"'{value}' is none of {', '.join(get_args(allowed))}")
        id_, name = first or (None, "")
        row = ProposalRow(
            kind=new.kind, state="waiting_second" if first else "open", facts=list(new.facts), draft=new.draft,
            text=new.text, source=new.source, proposer_id=new.proposer_id, proposer_name=new.proposer_name,
            guild_id=new.guild_id, channel_id=new.channel_id, tell=new.tell, at=at, first_id=id_, first_name=name,
        )  # fmt: skip
        with self._work() as session:
            session.add(row)
            session.flush()
            session.refresh(row)
            return _told(row)

    def same(self, new: NewProposal) -> Proposal | None:
        """What the same person proposed in the same words, and waits to be decided on."""
        chosen = select(ProposalRow).where(
            ProposalRow.state.in_(PENDING), ProposalRow.proposer_id == new.proposer_id, ProposalRow.kind == new.kind,
            ProposalRow.text == new.text, ProposalRow.source == new.source,
        )  # fmt: skip
        draft = json.loads(json.dumps(new.draft))  # as it comes back
        with self._work() as session:
            rows = session.scalars(chosen.order_by(ProposalRow.id))
            return next((_told(r) for r in rows if (tuple(r.facts), r.draft) == (new.facts, draft)), None)

    def get(self, id_: int) -> Proposal | None:
        """One proposal."""
        with self._work() as session:
            row = session.get(ProposalRow, id_)
            return None if row is None else _told(row)

    def all(self, states: Collection[ProposalState] = (), limit: int = 100) -> list[Proposal]:
        """Proposals, the oldest first; all, or those in some states."""
        chosen = select(ProposalRow).order_by(ProposalRow.id).limit(limit)
        if states:
            chosen = chosen.where(ProposalRow.state.in_(states))
        with self._work() as session:
            return [_told(row) for row in session.scalars(chosen)]

    def counts(self, proposer_id: int | None = None) -> dict[str, int]:
        """How many wait to be decided on, by state; all, or one person's."""
        counted = select(ProposalRow.state, func.count()).where(ProposalRow.state.in_(PENDING))
        if proposer_id is not None:
            counted = counted.where(ProposalRow.proposer_id == proposer_id)
        with self._work() as session:
            found = {state: int(count) for state, count in session.execute(counted.group_by(ProposalRow.state))}
        return {state: found.get(state, 0) for state in PENDING}

    # --- skipping

    def unskipped(self, curator_id: int | None, day: datetime.date) -> list[Proposal]:
        """What waits to be decided on and was not skipped by a curator on a day, the oldest first."""
        skipped = select(SkipRow.proposal).where(SkipRow.curator_id == (curator_id or 0), SkipRow.day == day)
        chosen = select(ProposalRow).where(ProposalRow.state.in_(PENDING), ProposalRow.id.not_in(skipped))
        with self._work() as session:
            return [_told(row) for row in session.scalars(chosen.order_by(ProposalRow.id))]

    def skip(self, id_: int, curator_id: int | None, day: datetime.date) -> None:
        """Do not show a proposal to a curator again on a day."""
        with self._work() as session:
            session.execute(delete(SkipRow).where(SkipRow.day < day))  # yesterday's are of no use any more
            session.merge(SkipRow(proposal=id_, curator_id=curator_id or 0, day=day))

    # --- deciding

    def claim(self, seen: Proposal, at: datetime.datetime) -> bool:
        """Take a proposal to decide on it; not if it is decided, another draft now, or being decided by somebody."""
        free = or_(ProposalRow.claimed_at.is_(None), ProposalRow.claimed_at < at - CLAIM)
        with self._work() as session:
            row = session.scalar(select(ProposalRow).where(ProposalRow.id == seen.id, free))
            if row is None or (row.state, row.draft, row.first_id, row.first_name) != _seen(seen):
                return False
            row.claimed_at = at
            return True

    def release(self, id_: int) -> None:
        """Let go of a proposal that could not be decided on: it waits as before."""
        with self._work() as session:
            session.execute(update(ProposalRow).where(ProposalRow.id == id_).values(claimed_at=None))

    def decide(
        self, id_: int, state: ProposalState, by: tuple[int | None, str], at: datetime.datetime, reason: str = "",
        change_id: int | None = None, facts: Sequence[str] | None = None,
    ) -> Proposal | None:  # fmt: skip
        """Mark what a curator decided; None where it had been decided before."""
        with self._work() as session:
            row = session.get(ProposalRow, id_)
            if row is None or row.state not in PENDING:
                return None
            row.state, row.reason, row.change_id, row.claimed_at = state, reason, change_id, None
            row.decided_id, row.decided_name, row.decided_at = by[0], by[1], at
            row.facts = row.facts if facts is None else list(facts)
            session.execute(delete(SkipRow).where(SkipRow.proposal == id_))
            return _settled(session, row)

    def wait(self, id_: int, draft: Any, facts: Sequence[str], first: tuple[int | None, str]) -> Proposal | None:
        """Keep a curator's draft until another curator looks at it; None where it had been decided before."""
        with self._work() as session:
            row = session.get(ProposalRow, id_)
            if row is None or row.state not in PENDING:
                return None
            row.state, row.draft, row.facts, row.claimed_at = "waiting_second", draft, list(facts), None
            row.first_id, row.first_name = first
            session.execute(delete(SkipRow).where(SkipRow.proposal == id_))  # it is another draft now
            return _settled(session, row)

    # --- telling

    def untold(self, now: datetime.datetime) -> list[Proposal]:
        """What was decided of late, of those who asked to be told and were not yet; the oldest decision first."""
        chosen = select(ProposalRow).where(
            ProposalRow.state.in_(("accepted", "rejected")), ProposalRow.tell != "no", ProposalRow.told_at.is_(None),
            ProposalRow.proposer_id.is_not(None), ProposalRow.decided_at >= now - UNTOLD,
        )  # fmt: skip
        with self._work() as session:
            rows = session.scalars(chosen.order_by(ProposalRow.decided_at, ProposalRow.id))
            return [_told(row) for row in rows]

    def mark_told(self, id_: int, at: datetime.datetime) -> bool:
        """Note that the proposer was told; whether they had not been before."""
        step = update(ProposalRow).where(ProposalRow.id == id_, ProposalRow.told_at.is_(None)).values(told_at=at)
        with self._work() as session:
            return changed(session, step) > 0


def _seen(proposal: Proposal) -> tuple[Any, ...]:
    return proposal.state, proposal.draft, proposal.first_id, proposal.first_name


def _settled(session: Session, row: ProposalRow) -> Proposal:
    session.flush()
    session.refresh(row)  # a text comes back as the database keeps it
    return _told(row)


def _told(row: ProposalRow) -> Proposal:
    values = {name: getattr(row, name) for name in Proposal.__dataclass_fields__}
    return Proposal(**{**values, "facts": tuple(row.facts)})
