"""What came of proposing something, or of deciding on it: plain values, each of which says itself in a sentence."""

from dataclasses import dataclass

from bot.curation.outcomes import Saved
from bot.state.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Proposed:
    """It is kept for the curators."""

    proposal: Proposal

    def __str__(self) -> str:
        return f"Thank you. This is proposal {self.proposal.id}; curators will look at it."


@dataclass(frozen=True, slots=True)
class Waits:
    """It is kept until a second curator agrees; `why` says why one is needed. What was served is served on."""

    proposal: Proposal
    why: str

    def __str__(self) -> str:
        kept = f"Until then this is proposal {self.proposal.id}, and what was accepted last is answered."
        return f"{self.why} {kept}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is saved, and served."""

    proposal: Proposal
    saved: Saved

    def __str__(self) -> str:
        change = self.saved.change.id
        return f"Proposal {self.proposal.id} is accepted: change {change} is saved, and answered from now on."


@dataclass(frozen=True, slots=True)
class Rejected:
    """It is rejected, for the reason that the proposal holds."""

    proposal: Proposal

    def __str__(self) -> str:
        return f"Proposal {self.proposal.id} is rejected: {self.proposal.reason}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """The curator does not see it again today; others do."""

    proposal: Proposal

    def __str__(self) -> str:
        return f"Proposal {self.proposal.id} is left to others, and comes back to you tomorrow."


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whoever made it has taken it back."""

    proposal: Proposal

    def __str__(self) -> str:
        return f"Proposal {self.proposal.id} is withdrawn."


_DONE = {"accepted": "accepted", "rejected": "rejected", "withdrawn": "withdrew"}


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """Somebody else was quicker. The proposal, as it is now, says who, what and why; `busy` if they are at it still."""

    proposal: Proposal
    busy: bool = False

    def __str__(self) -> str:
        made = self.proposal
        if self.busy:
            return f"Somebody else is deciding on proposal {made.id} at this moment. Look at it again in a moment."
        if made.state in _DONE:
            why = f": {made.reason}" if made.reason else "."
            return f"{made.decided_name or 'Somebody'} {_DONE[made.state]} proposal {made.id} before you{why}"
        who = made.first_name or "Somebody"
        return f"{who} has worked on proposal {made.id} since you saw it. Look at it again, and decide."


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """Nothing was done, for the reason `told`."""

    told: str

    def __str__(self) -> str:
        return self.told
