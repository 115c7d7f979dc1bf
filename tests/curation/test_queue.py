"""Proposals: who may decide what, in which order, and what becomes of them. Two curators where it matters."""

import datetime
import threading
from dataclasses import replace

import pytest

from bot.curation.decided import Accepted, AlreadyDecided, NotAllowed, Proposed, Rejected, Skipped, Waits, Withdrawn
from bot.curation.desk import Curation
from bot.curation.drafts import Curator, Draft, SourceDraft
from bot.curation.outcomes import Conflict, Failed, Preview, Refused, Saved
from bot.curation.queue import MOST_OPEN, Queue
from bot.curation.stored import AnyChange, UndoDraft, draft_to_json
from bot.state.proposals import CLAIM, UNTOLD, NewProposal, Proposal
from bot.state.store import Store
from tests.curation.conftest import ANNA, BORIS, NOW, PAGE

CLARA, MEMBER = Curator("Clara", 581033127739392003), 300000000000000077
A_DAY = datetime.timedelta(days=1)
OTHER = SourceDraft(
    title="Letters, 2026", publisher="The Harbour Post", url="https://post.example/letters",
    published="2026-10-02", accessed="2026-10-03",
)  # fmt: skip
QUESTION = "Does Omar have Winter Orchard as an audiobook?"


def based(curation: Curation, draft: Draft) -> Draft:
    """A draft of a fact that was looked at."""
    shown = curation.show(draft.fact)
    assert shown is not None
    return replace(draft, base=shown.digest)


def ended(curation: Curation) -> Draft:
    """Omar gives a book back: a fact of which one curator may decide."""
    return based(curation, Draft("end", "he gave it back", "loan-omar-orchard", until="2026-09", sources=(PAGE,)))


def friends(curation: Curation, note: str = "They met at the circle.") -> Draft:
    """A note on a friendship: a relation that wants two."""
    return based(curation, Draft("correct", "say where", "friends-nora-omar", note=note))


def reported(queue: Queue, **more: object) -> Proposal:
    """A member reports a mistake."""
    new = NewProposal("report", "He gave it back", facts=("loan-omar-orchard",), proposer_id=MEMBER)
    made = queue.propose(replace(new, **more))  # type: ignore[arg-type]
    assert isinstance(made, Proposed), made
    return made.proposal


def suggested(queue: Queue, draft: AnyChange, by: int = MEMBER) -> Proposal:
    """A member says how a fact should read."""
    made = queue.propose(NewProposal("suggestion", draft=draft_to_json(draft), proposer_id=by))
    assert isinstance(made, Proposed), made
    return made.proposal


def answer(queue: Queue, question: str = QUESTION) -> str:
    """What is answered now."""
    return queue.curation.live.engine.ask(question, today=NOW.date()).text


# --- the way of a report


def test_a_report_is_accepted_with_the_curators_own_draft(queue: Queue) -> None:
    """It holds nothing to save itself; the curator's change is saved, served, and tied to it."""
    report = reported(queue, tell="private", guild_id=7, channel_id=8)
    assert (report.state, report.id) == ("open", 1)
    assert queue.change_of(report) is None
    assert queue.preview(report) is None
    assert str(queue.accept(report.id, ANNA)).startswith("This proposal holds nothing to be saved yet.")
    made = queue.accept(report.id, ANNA, ended(queue.curation))
    assert isinstance(made, Accepted), made
    assert (made.proposal.state, made.proposal.decided_name, made.proposal.decided_id) == ("accepted", "Anna", ANNA.id)
    assert made.proposal.change_id == made.saved.change.id
    assert (made.proposal.guild_id, made.proposal.channel_id, made.proposal.tell) == (7, 8, "private")
    assert answer(queue).startswith("No longer. Omar Hale had Winter Orchard")
    assert queue.pending() == []


def test_a_suggestion_is_accepted_as_it_is_or_edited(queue: Queue) -> None:
    """What a member drafted is previewed first, which fills in how the fact was when the curator saw it."""
    draft = replace(ended(queue.curation), base="")
    first, second = suggested(queue, draft), suggested(queue, replace(draft, until="2026-08"))
    seen = queue.preview(first)
    assert isinstance(seen, Preview)
    assert isinstance(seen.draft, Draft)
    assert isinstance(queue.accept(first.id, ANNA), Refused)  # nobody looked at the fact
    edited = replace(seen.draft, until="2026-07")
    made = queue.accept(first.id, ANNA, edited)
    assert isinstance(made, Accepted), made
    assert "until July 2026" in answer(queue)
    assert made.proposal.facts == ("loan-omar-orchard",)
    late = queue.accept(second.id, ANNA, replace(seen.draft, until="2026-08"))
    assert isinstance(late, Conflict), late
    assert (kept := queue.get(second.id)) is not None
    assert kept.state == "open"


def test_rejected_with_a_reason(queue: Queue) -> None:
    """The reason is kept for the proposer, and there must be one."""
    report = reported(queue)
    assert isinstance(queue.reject(report.id, ANNA, "  "), NotAllowed)
    made = queue.reject(report.id, ANNA, " the register\n says otherwise ")
    assert isinstance(made, Rejected)
    assert str(made) == "Proposal 1 is rejected: the register says otherwise"
    assert isinstance(queue.reject(report.id, BORIS, "me too"), AlreadyDecided)


def test_what_cannot_be_saved_stays(queue: Queue) -> None:
    """Refused, or in conflict with what somebody else changed: the curator is told, and the proposal waits."""
    report = reported(queue)
    refused = queue.accept(report.id, ANNA, replace(ended(queue.curation), sources=()))
    assert isinstance(refused, Refused)
    old = ended(queue.curation)
    assert isinstance(queue.save(ended(queue.curation), BORIS), Saved)
    conflict = queue.accept(report.id, ANNA, replace(old, until="2026-07"))
    assert isinstance(conflict, Conflict)
    assert "by Boris" in str(conflict)
    assert [one.id for one in queue.pending()] == [report.id]
    assert isinstance(queue.reject(report.id, ANNA, "Boris did it"), Rejected)


def test_oldest_first_not_ones_own_not_skipped(queue: Queue, store: Store) -> None:
    """Skipping lasts until midnight, UTC, and for the one curator alone."""
    mine = suggested(queue, ended(queue.curation), by=ANNA.id or 0)
    first, second = reported(queue), reported(queue, text="So it is")
    assert queue.next_for(ANNA) == first
    assert queue.next_for(BORIS) == mine
    assert isinstance(queue.skip(first.id, ANNA), Skipped)
    assert queue.next_for(ANNA) == second
    assert queue.next_for(replace(BORIS, id=None, name="a terminal")) == mine
    queue.skip(second.id, ANNA)
    assert queue.next_for(ANNA) is None
    tomorrow = Queue(queue.curation, store, lambda: NOW.replace(hour=0) + A_DAY)
    assert tomorrow.next_for(ANNA) == first
    assert isinstance(queue.accept(mine.id, ANNA), NotAllowed)
    assert isinstance(queue.reject(mine.id, ANNA, "no"), NotAllowed)
    assert isinstance(queue.withdraw(mine.id, BORIS), NotAllowed)
    assert isinstance(queue.withdraw(mine.id, ANNA), Withdrawn)
    assert isinstance(queue.accept(mine.id, BORIS), AlreadyDecided)
    assert isinstance(queue.skip(mine.id, BORIS), AlreadyDecided)


def test_a_flood_is_held_up(queue: Queue) -> None:
    """Of one member; others may propose, and once some are decided on, so may this one."""
    for number in range(MOST_OPEN):
        report = reported(queue, text=f"It is wrong, {number}")
    new = NewProposal("report", "one more", proposer_id=MEMBER)
    assert isinstance(queue.propose(new), NotAllowed)
    assert isinstance(queue.propose(replace(new, proposer_id=MEMBER + 1)), Proposed)
    queue.reject(report.id, ANNA, "no")
    assert isinstance(queue.propose(new), Proposed)
    assert isinstance(queue.propose(NewProposal("suggestion", " ")), NotAllowed)


def test_a_form_that_is_sent_twice(queue: Queue) -> None:
    """Is one proposal, until it is decided on; another's, or one that says more, is another."""
    first = reported(queue)
    assert reported(queue) == first
    drafted = suggested(queue, ended(queue.curation))
    assert suggested(queue, ended(queue.curation)) == drafted
    assert {reported(queue, proposer_id=MEMBER + 1).id, reported(queue, facts=()).id} == {3, 4}
    queue.reject(first.id, ANNA, "no")
    assert reported(queue).id == 5


def test_who_is_to_be_told(queue: Queue, store: Store) -> None:
    """Once, of late decisions, and only those who asked for it."""
    asked, silent = reported(queue, tell="channel"), reported(queue)
    assert queue.untold() == []
    for report in (asked, silent):
        queue.reject(report.id, ANNA, "no")
    (told,) = queue.untold()
    assert (told.id, told.reason) == (asked.id, "no")
    later = Queue(queue.curation, store, lambda: NOW + UNTOLD + A_DAY)
    assert later.untold() == []
    assert queue.mark_told(asked.id)
    assert not queue.mark_told(asked.id)
    assert queue.untold() == []


# --- a second curator


def test_a_relation_that_wants_two(queue: Queue) -> None:
    """The first one's change waits, and what was accepted last is answered; the second one's word saves it."""
    before = answer(queue, "Are Nora and Omar friends?")
    waits = queue.save(friends(queue.curation), ANNA)
    assert isinstance(waits, Waits), waits
    assert str(waits) == (
        "A second curator has to agree, as with everything on friendships. "
        "Until then this is proposal 1, and what was accepted last is answered."
    )
    assert (waits.proposal.kind, waits.proposal.state) == ("change", "waiting_second")
    assert answer(queue, "Are Nora and Omar friends?") == before
    assert queue.curation.history() == []
    assert queue.next_for(ANNA) is None
    assert isinstance(queue.accept(1, ANNA), NotAllowed)
    assert queue.next_for(BORIS) == waits.proposal
    made = queue.accept(1, BORIS)
    assert isinstance(made, Accepted), made
    assert made.saved.change.curator_name == "Anna and Boris"
    assert made.saved.change.reason == "say where"
    assert answer(queue, "Are Nora and Omar friends?").endswith("They met at the circle.")


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (Draft("correct", "r", "varda-maps", note="n"), "for the fact is disputed."),
        (Draft("retire", "r", "varda-maps"), "for the fact is disputed."),
        (Draft("dispute", "r", "varga-orchard"), "for the fact becomes a disputed one."),
        (Draft("add", "r", relation="friendship"), "as with everything on friendships."),
        (Draft("end", "r", "friends-nora-omar"), "as with everything on friendships."),
        (Draft("add", "r", relation="loan"), ""),
        (Draft("end", "r", "loan-omar-orchard"), ""),
        (Draft("end", "r", "nothing-of-that-name"), ""),
        (UndoDraft(99, "r"), ""),
    ],
)
def test_what_wants_two(queue: Queue, draft: AnyChange, why: str) -> None:
    """Whatever is disputed, or becomes so, and relations that say so."""
    assert queue._why(draft).removeprefix("A second curator has to agree, ") == why
    alone = replace(queue, second_curator=False)
    assert alone._why(draft) == ""


def test_what_could_not_be_saved_does_not_wait(queue: Queue) -> None:
    """The first curator hears of it, not the second."""
    assert isinstance(queue.save(replace(friends(queue.curation), base="stale"), ANNA), Conflict)
    assert isinstance(queue.save(replace(friends(queue.curation), since="2030"), ANNA), Refused)
    assert queue.pending() == []


def test_an_edited_draft_waits_for_the_other(queue: Queue) -> None:
    """The second has seen it then, and the first has not; it is the second's own."""
    queue.save(friends(queue.curation), ANNA)
    edited = friends(queue.curation, "They met on a boat.")
    waits = queue.accept(1, BORIS, edited)
    assert isinstance(waits, Waits), waits
    assert waits.proposal.first_name == "Boris"
    assert isinstance(queue.accept(1, BORIS), NotAllowed)
    assert queue.next_for(BORIS) is None
    made = queue.accept(1, ANNA)
    assert isinstance(made, Accepted), made
    assert made.saved.change.curator_name == "Boris and Anna"
    assert answer(queue, "Are Nora and Omar friends?").endswith("They met on a boat.")


def test_a_suggestion_on_what_wants_two(queue: Queue) -> None:
    """One accepts, another agrees, and whoever suggested it is neither, curator or not."""
    suggested(queue, friends(queue.curation), by=CLARA.id or 0)
    waits = queue.accept(1, ANNA)
    assert isinstance(waits, Waits)
    assert waits.proposal.kind == "suggestion"
    assert isinstance(queue.accept(1, ANNA), NotAllowed)
    assert isinstance(queue.accept(1, CLARA), NotAllowed)
    assert isinstance(queue.accept(1, BORIS), Accepted)


def test_somebody_changed_it_meanwhile(queue: Queue) -> None:
    """The second curator is told, and it goes on waiting."""
    queue.save(friends(queue.curation), ANNA)
    alone = replace(queue, second_curator=False)
    assert isinstance(alone.save(friends(queue.curation, "By Clara."), CLARA), Saved)
    assert isinstance(queue.accept(1, BORIS), Conflict)
    assert (kept := queue.get(1)) is not None
    assert kept.state == "waiting_second"
    assert isinstance(queue.accept(1, BORIS, friends(queue.curation, "As Anna said.")), Waits)  # as it is now
    assert isinstance(queue.accept(1, ANNA), Accepted)


def test_taking_back_wants_two_as_well(queue: Queue) -> None:
    """What two had to agree on, one alone cannot take back."""
    queue.save(friends(queue.curation), ANNA)
    made = queue.accept(1, BORIS)
    assert isinstance(made, Accepted)
    waits = queue.undo(made.saved.change.id, ANNA, "it was not so")
    assert isinstance(waits, Waits), waits
    assert waits.proposal.facts == ("friends-nora-omar",)
    assert isinstance(queue.accept(waits.proposal.id, ANNA), NotAllowed)
    back = queue.accept(waits.proposal.id, BORIS)
    assert isinstance(back, Accepted), back
    assert back.saved.change.undoes == made.saved.change.id
    assert "met" not in answer(queue, "Are Nora and Omar friends?")
    saved = queue.save(ended(queue.curation), ANNA)
    assert isinstance(saved, Saved)
    assert isinstance(queue.undo(saved.change.id, ANNA, "no"), Saved)
    assert isinstance(queue.undo(99, ANNA, "no"), Refused)


def test_alone_in_the_house(queue: Queue) -> None:
    """With the setting off one curator saves alone, and what waited is not stuck."""
    queue.save(friends(queue.curation), ANNA)
    alone = replace(queue, second_curator=False)
    assert alone.next_for(ANNA) is not None
    made = alone.accept(1, ANNA)
    assert isinstance(made, Accepted), made
    assert isinstance(alone.save(friends(queue.curation, "Anew."), ANNA), Saved)


def test_at_a_terminal_a_name_is_what_there_is(queue: Queue) -> None:
    """Without an id, the same name is the same person; with two ids, only the id counts."""
    queue.save(friends(queue.curation), Curator("Anna"))
    assert isinstance(queue.accept(1, Curator("ANNA")), NotAllowed)
    assert isinstance(queue.accept(1, ANNA), NotAllowed)
    assert isinstance(queue.accept(1, BORIS), Accepted)
    queue.save(friends(queue.curation, "Anew."), ANNA)
    assert isinstance(queue.accept(2, replace(ANNA, name="Nobody")), NotAllowed)
    assert isinstance(queue.accept(2, replace(BORIS, name="Anna")), Accepted)


def test_forgotten_while_it_waits(queue: Queue, store: Store) -> None:
    """Nobody could tell any more who must not be the second, so it takes two anew; the name stays."""
    queue.save(friends(queue.curation), ANNA)
    store.forget(ANNA.id or 0)
    assert (kept := queue.get(1)) is not None
    assert (kept.state, kept.proposer_name, kept.first_id, kept.proposer_id) == ("open", "Anna", None, None)
    assert isinstance(queue.accept(1, ANNA), Waits)
    assert isinstance(queue.accept(1, ANNA), NotAllowed)
    assert isinstance(queue.accept(1, BORIS), Accepted)


def test_a_forgotten_members_words_are_gone(queue: Queue, store: Store) -> None:
    """A mistake that names a fact stays to be looked at; what named none is withdrawn."""
    about, vague = reported(queue), suggested(queue, ended(queue.curation))
    store.forget(MEMBER)
    assert (kept := queue.get(about.id)) is not None
    assert (kept.state, kept.text, kept.facts) == ("open", "", ("loan-omar-orchard",))
    assert (gone := queue.get(vague.id)) is not None
    assert (gone.state, gone.draft) == ("withdrawn", None)


# --- two at once


def test_two_accept_at_once(queue: Queue) -> None:
    """One change is saved; the other curator is told who did it, or that it is being done."""
    report = reported(queue)
    draft, start = ended(queue.curation), threading.Barrier(2)
    came: dict[str, object] = {}

    def decide(curator: Curator) -> None:
        start.wait()
        came[curator.name] = queue.accept(report.id, curator, draft)

    threads = [threading.Thread(target=decide, args=(curator,)) for curator in (ANNA, BORIS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(queue.curation.history()) == 1
    (winner,) = [name for name, outcome in came.items() if isinstance(outcome, Accepted)]
    (loser,) = [outcome for outcome in came.values() if not isinstance(outcome, Accepted)]
    assert isinstance(loser, AlreadyDecided)
    assert str(loser) in (
        f"{winner} accepted proposal 1 before you.",
        "Somebody else is deciding on proposal 1 at this moment. Look at it again in a moment.",
    )


def test_a_claim_that_nobody_finished_runs_out(queue: Queue, store: Store) -> None:
    """Whoever decided was killed meanwhile; after a while somebody else may."""
    report = reported(queue)
    assert store.proposals.claim(report, NOW)
    busy = queue.reject(report.id, ANNA, "no")
    assert isinstance(busy, AlreadyDecided)
    assert busy.busy
    later = Queue(queue.curation, store, lambda: NOW + CLAIM + datetime.timedelta(seconds=1))
    assert isinstance(later.reject(report.id, ANNA, "no"), Rejected)


def test_who_decided_what_is_told(queue: Queue) -> None:
    """In words."""
    report = reported(queue)
    queue.reject(report.id, ANNA, "it is so")
    late = queue.accept(report.id, BORIS, ended(queue.curation))
    assert str(late) == "Anna rejected proposal 1 before you: it is so"
    assert str(queue.accept(99, BORIS)) == "There is no proposal 99."
    assert str(queue.skip(99, BORIS)) == "There is no proposal 99."


def test_a_draft_of_another_version_is_none(queue: Queue) -> None:
    """It cannot be saved as it is, and nothing breaks."""
    made = queue.propose(NewProposal("suggestion", draft={"type": "fact", "colour": "red"}))
    assert isinstance(made, Proposed)
    assert queue.change_of(made.proposal) is None
    assert isinstance(queue.accept(made.proposal.id, ANNA), NotAllowed)


def test_without_the_state(queue: Queue, store: Store) -> None:
    """Nothing raises; it is said what is wrong."""
    report, draft, other = reported(queue), ended(queue.curation), friends(queue.curation)
    store.close()
    for came in (
        queue.propose(NewProposal("report", "x")), queue.accept(report.id, ANNA, draft), queue.save(other, ANNA),
        queue.reject(report.id, ANNA, "no"), queue.skip(report.id, ANNA), queue.withdraw(report.id, ANNA),
        queue.undo(1, ANNA, "no"),
    ):  # fmt: skip
        assert isinstance(came, Failed), came
        assert "the state is closed" in str(came)
