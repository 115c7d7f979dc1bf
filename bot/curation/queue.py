"""The queue: what people propose, and what curators decide on it. The door for every change that somebody makes.

Comes in: drafts, proposals, and who makes or decides them. Goes out: what came of it, as values that say themselves in
a sentence; no verb that changes something raises for what may happen. Must not know: who may curate; whoever calls has
asked `Curators`.
"""

import contextlib
import datetime
from dataclasses import dataclass, replace

from bot.curation.decided import (
    Accepted,
    AlreadyDecided,
    NotAllowed,
    Proposed,
    Rejected,
    Skipped,
    Waits,
    Withdrawn,
)
from bot.curation.desk import Clock, Curation
from bot.curation.drafts import Change, Curator
from bot.curation.history import change as told_of
from bot.curation.outcomes import Failed, Outcome, Preview, Refused, Saved
from bot.curation.second import needs_second
from bot.curation.stored import AnyChange, UndoDraft, draft_from_json, draft_to_json, fact_of, same_change
from bot.state.problems import StateError
from bot.state.proposals import PENDING, NewProposal, Proposal
from bot.state.store import Store

MOST_OPEN = 25  # proposals of one member that nobody has decided on; more is a flood, and helps nobody

Stays = AlreadyDecided | NotAllowed | Failed


@dataclass(slots=True)
class Queue:
    """Proposals for the folder of `curation`. Without `second_curator` no change waits for another curator."""

    curation: Curation
    store: Store
    clock: Clock
    second_curator: bool = True

    # --- proposing and changing

    def propose(self, new: NewProposal) -> Proposed | NotAllowed | Failed:
        """Keep what somebody proposes; once, where a form is sent again because its answer was lost."""
        if not (new.text.strip() or new.facts or new.draft is not None):
            return NotAllowed("Say what is wrong, or what should be added.")
        try:
            if new.proposer_id is not None:
                known = self.store.proposals.same(new)
                if known is not None:
                    return Proposed(known)
                waiting = sum(self.store.proposals.counts(new.proposer_id).values())
                if waiting >= MOST_OPEN:
                    return NotAllowed(f"{waiting} proposals of yours wait for the curators. Let them catch up first.")
            return Proposed(self.store.proposals.add(new, self.clock()))
        except StateError as error:
            return _lost(error)

    def save(self, draft: AnyChange, curator: Curator) -> Outcome | Waits:
        """Make a curator's change, or keep it until a second one agrees."""
        try:
            why = self._why(draft)
            if not why:
                return self._saved(draft, curator)
            checked = self._checked(draft)
            if not isinstance(checked, tuple):
                return checked
            draft, fact = checked
            new = NewProposal(
                "change", facts=(fact,) if fact else (), draft=draft_to_json(draft), proposer_id=curator.id,
                proposer_name=curator.name,
            )  # fmt: skip
            return Waits(self.store.proposals.add(new, self.clock(), (curator.id, curator.name)), why)
        except StateError as error:
            return _lost(error)

    def undo(self, change: int, curator: Curator, reason: str) -> Outcome | Waits:
        """Take a change back, or keep that until a second curator agrees."""
        return self.save(UndoDraft(change, reason), curator)

    # --- looking

    def next_for(self, curator: Curator) -> Proposal | None:
        """The oldest proposal that a curator may decide on and did not skip today. Raises StateError."""
        waiting = self.store.proposals.unskipped(curator.id, self._today())
        return next((proposal for proposal in waiting if not self._own(proposal, curator)), None)

    def get(self, id_: int) -> Proposal | None:
        """A proposal. Raises StateError."""
        return self.store.proposals.get(id_)

    def pending(self, limit: int = 100) -> list[Proposal]:
        """What waits to be decided on, the oldest first. Raises StateError."""
        return self.store.proposals.all(PENDING, limit)

    def counts(self) -> dict[str, int]:
        """How many are open, and how many wait for a second curator. Raises StateError."""
        return self.store.proposals.counts()

    def change_of(self, proposal: Proposal) -> AnyChange | None:
        """The change that a proposal holds; None where nobody said yet what is to be written."""
        try:
            return None if proposal.draft is None else draft_from_json(proposal.draft)
        except ValueError:  # of another version, or with a part of it forgotten
            return None

    def preview(self, proposal: Proposal) -> Preview | Outcome | None:
        """What would come of accepting a proposal as it is; None where it holds nothing, or takes a change back."""
        draft = self.change_of(proposal)
        return None if draft is None or isinstance(draft, UndoDraft) else self.curation.preview(draft)

    # --- deciding

    def accept(self, id_: int, curator: Curator, draft: AnyChange | None = None) -> Accepted | Waits | Outcome | Stays:
        """Save what a proposal holds, or the curator's own draft for it.

        What needs a second curator waits for another one after the first; a draft that the second has edited waits for
        yet another, who may be the first again. Where it cannot be saved, the proposal waits as before.
        """
        try:
            seen = self._mine(id_, curator)
            if not isinstance(seen, Proposal):
                return seen
            held = self.change_of(seen)
            wanted = draft or held
            if wanted is None:
                return NotAllowed("This proposal holds nothing to be saved yet. Make the change, or reject it.")
            if not self.store.proposals.claim(seen, self.clock()):
                return self._late(id_, seen)
            try:
                return self._accepted(seen, wanted, held, curator)
            finally:
                with contextlib.suppress(StateError):  # if not now, the claim runs out
                    self.store.proposals.release(id_)
        except StateError as error:
            return _lost(error)

    def _accepted(
        self, seen: Proposal, wanted: AnyChange, held: AnyChange | None, curator: Curator
    ) -> Accepted | Waits | Outcome | Stays:
        why = self._why(wanted)
        agreed = seen.state == "waiting_second" and held is not None and same_change(wanted, held)
        by = (curator.id, curator.name)
        if why and not agreed:
            checked = self._checked(wanted)
            if not isinstance(checked, tuple):
                return checked
            wanted, fact = checked
            facts = (fact,) if fact else seen.facts
            waits = self.store.proposals.wait(seen.id, draft_to_json(wanted), facts, by)
            return self._late(seen.id) if waits is None else Waits(waits, why)
        saved = self._saved(wanted, _together(seen, curator) if agreed else curator)
        if not isinstance(saved, Saved):
            return saved
        facts = (saved.change.fact,) if saved.change.entry == "fact" else seen.facts
        number, now = saved.change.id, self.clock()
        try:
            made = self.store.proposals.decide(seen.id, "accepted", by, now, change_id=number, facts=facts)
        except StateError:
            made = None
        if made is None:
            note = "The change is saved, but its proposal could not be marked; reject it as done."
            return replace(saved, notes=(*saved.notes, note))
        return Accepted(made, saved)

    def reject(self, id_: int, curator: Curator, reason: str) -> Rejected | Stays:
        """Turn a proposal down; the proposer reads the reason."""
        reason = " ".join(reason.split())
        if not reason:
            return NotAllowed("Say in a few words why; the proposer reads it.")
        try:
            seen = self._mine(id_, curator)
            if not isinstance(seen, Proposal):
                return seen
            now = self.clock()
            if not self.store.proposals.claim(seen, now):
                return self._late(id_, seen)
            made = self.store.proposals.decide(id_, "rejected", (curator.id, curator.name), now, reason)
            return self._late(id_) if made is None else Rejected(made)
        except StateError as error:
            return _lost(error)

    def skip(self, id_: int, curator: Curator) -> Skipped | Stays:
        """Leave a proposal to others, until tomorrow."""
        try:
            seen = self.store.proposals.get(id_)
            if seen is None or seen.state not in PENDING:
                return self._late(id_)
            self.store.proposals.skip(id_, curator.id, self._today())
            return Skipped(seen)
        except StateError as error:
            return _lost(error)

    def withdraw(self, id_: int, person: Curator) -> Withdrawn | Stays:
        """Take back what one proposed oneself."""
        try:
            seen = self.store.proposals.get(id_)
            if seen is None or seen.state not in PENDING:
                return self._late(id_)
            if not _own_draft(seen, person) and not _same(person, seen.proposer_id, seen.proposer_name):
                return NotAllowed("This is not your proposal.")
            now = self.clock()
            if not self.store.proposals.claim(seen, now):
                return self._late(id_, seen)
            made = self.store.proposals.decide(
                id_, "withdrawn", (person.id, seen.proposer_name or seen.first_name), now
            )
            return self._late(id_) if made is None else Withdrawn(made)
        except StateError as error:
            return _lost(error)

    # --- telling

    def untold(self) -> list[Proposal]:
        """What was decided, of those who asked to be told and were not yet. Raises StateError."""
        return self.store.proposals.untold(self.clock())

    def mark_told(self, id_: int) -> bool:
        """Note that the proposer was told; whether they had not been before. Raises StateError."""
        return self.store.proposals.mark_told(id_, self.clock())

    # --- how

    def _mine(self, id_: int, curator: Curator) -> Proposal | Stays:
        """A proposal that this curator may decide on."""
        seen = self.store.proposals.get(id_)
        if seen is None or seen.state not in PENDING:
            return self._late(id_)
        if self._own(seen, curator):
            return NotAllowed("Nobody decides on their own proposal. Leave it to another curator, or withdraw it.")
        return seen

    def _own(self, proposal: Proposal, curator: Curator) -> bool:
        """Whether a curator would decide on what is their own. Alone in the house, one agrees with oneself."""
        if self.second_curator and _own_draft(proposal, curator):
            return True
        member = proposal.kind in ("report", "suggestion")
        return member and _same(curator, proposal.proposer_id, proposal.proposer_name)

    def _late(self, id_: int, seen: Proposal | None = None) -> AlreadyDecided | NotAllowed:
        """That somebody else was quicker, and who."""
        now = self.store.proposals.get(id_)
        return NotAllowed(f"There is no proposal {id_}.") if now is None else AlreadyDecided(now, busy=now == seen)

    def _why(self, draft: AnyChange) -> str:
        """Why a change needs a second curator; empty if it needs none."""
        if not self.second_curator:
            return ""
        return needs_second(self.curation.live.engine, draft, self._undone(draft))

    def _undone(self, draft: AnyChange) -> Change | None:
        kept = self.store.journal.get(draft.change) if isinstance(draft, UndoDraft) else None
        return told_of(kept) if kept is not None else None

    def _checked(self, draft: AnyChange) -> tuple[AnyChange, str] | Outcome:
        """A draft that could be saved now, with its base, and the fact that it is about; else why it could not."""
        undone = self._undone(draft)
        if isinstance(draft, UndoDraft):
            return draft, undone.fact if undone is not None and undone.entry == "fact" else ""
        seen = self.curation.preview(draft)
        if not isinstance(seen, Preview):
            return seen
        if not seen.sound:
            return Refused(seen.problems)
        return seen.draft, fact_of(draft)

    def _saved(self, draft: AnyChange, curator: Curator) -> Outcome:
        if isinstance(draft, UndoDraft):
            return self.curation.undo(draft.change, curator, draft.reason)
        return self.curation.save(draft, curator)

    def _today(self) -> datetime.date:
        return self.clock().astimezone(datetime.UTC).date()


def _own_draft(proposal: Proposal, curator: Curator) -> bool:
    """Whether the draft that waits for a second curator is this one's."""
    return proposal.state == "waiting_second" and _same(curator, proposal.first_id, proposal.first_name)


def _same(person: Curator, id_: int | None, name: str) -> bool:
    """Whether two are one person: by their ids, or, where one has none (at a terminal), by their names."""
    if person.id is not None and id_ is not None:
        return person.id == id_
    return bool(name) and person.name.casefold() == name.casefold()


def _together(seen: Proposal, curator: Curator) -> Curator:
    """Both curators, for the trail: the change is the first one's, and the second one answers for it too."""
    return Curator(f"{seen.first_name} and {curator.name}", curator.id)


def _lost(error: StateError) -> Failed:
    return Failed(f"The state cannot be used ({error})", "Try again; if it stays so, the operator has to mend it.")
