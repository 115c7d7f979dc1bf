"""`attache curate review`: what others propose, looked at and decided on in the terminal.

Comes in: the queue, and a number. Goes out: the proposals, previews, outcomes, exit codes.
"""

import sys

from bot.curate import asked_first, curator, outcome, print_preview
from bot.curation.decided import Accepted, AlreadyDecided, NotAllowed, Rejected, Waits
from bot.curation.outcomes import Conflict, Failed, Preview, Refused, Saved
from bot.curation.queue import Queue
from bot.exit_codes import ExitCode
from bot.state.proposals import Proposal
from bot.terminal import safe

_WAITS = {"open": "", "waiting_second": "  (waits for a second curator)"}


def listed(queue: Queue) -> ExitCode:
    """What waits to be decided on, the oldest first."""
    found = queue.pending()
    for proposal in found:
        _out(_line(proposal))
    if not found:
        _err("nothing waits to be decided on")
    return ExitCode.DONE


def looked_at(queue: Queue, number: int, name: str, *, accept: bool, yes: bool) -> ExitCode:
    """Show a proposal with what would come of it; with `accept`, save that."""
    proposal = queue.get(number)
    if proposal is None:
        _err(f"there is no proposal {number}")
        return ExitCode.CANNOT_RUN
    _out(_line(proposal))
    for told in (proposal.text, proposal.source):
        if told:
            _out(f"    {told}")
    seen = queue.preview(proposal)
    if isinstance(seen, Preview):
        print_preview(seen)
    elif seen is not None:
        return outcome(seen)
    if not accept:
        return ExitCode.DONE
    stop = None if yes else asked_first()
    if stop is not None:
        return stop
    return _told(queue.accept(number, curator(queue.curation, name), seen.draft if seen is not None else None))


def rejected(queue: Queue, number: int, reason: str, name: str) -> ExitCode:
    """Turn a proposal down."""
    return _told(queue.reject(number, curator(queue.curation, name), reason))


def _told(
    came: Accepted | Waits | Saved | Refused | Conflict | Failed | AlreadyDecided | NotAllowed | Rejected,
) -> ExitCode:
    """What came of deciding."""
    if isinstance(came, Accepted):
        _out(str(came))
        return outcome(came.saved)
    if isinstance(came, Rejected):
        _out(str(came))
        return ExitCode.DONE
    if isinstance(came, AlreadyDecided | NotAllowed):
        _err(str(came))
        return ExitCode.CONFLICT if isinstance(came, AlreadyDecided) else ExitCode.CANNOT_RUN
    return outcome(came)


def _line(proposal: Proposal) -> str:
    """A proposal in one line."""
    who = proposal.first_name or proposal.proposer_name
    about = " ".join(proposal.facts) or str((proposal.draft or {}).get("action", ""))
    when = proposal.at.strftime("%Y-%m-%d %H:%M")
    state = _WAITS.get(proposal.state, f"  [{proposal.state}]")
    return "  ".join(filter(None, (str(proposal.id), when, proposal.kind, who, about))) + state


def _out(text: str) -> None:
    sys.stdout.write("\n".join(safe(line) for line in text.split("\n")) + "\n")


def _err(text: str) -> None:
    sys.stderr.write("\n".join(safe(line) for line in text.split("\n")) + "\n")
