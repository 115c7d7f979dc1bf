"""Whatever people do in whatever order: nobody alone changes what wants two, and no change is saved twice."""

import itertools
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation.decided import Accepted
from bot.curation.desk import Curation
from bot.curation.drafts import Curator
from bot.curation.outcomes import Saved
from bot.curation.queue import Queue
from bot.curation.stored import draft_to_json
from bot.live import Live
from bot.state.proposals import NewProposal
from bot.state.store import Store
from tests.conftest import TOY
from tests.curation.conftest import clock
from tests.curation.test_queue import ended, friends

ANNA, BORIS, CLARA = 268473310986240001, 412347257233604609, 581033127739392003
PEOPLE = [Curator("Anna", ANNA), Curator("Boris", BORIS), Curator("Clara", CLARA)]
VERBS = ("save", "save one", "suggest", "accept", "accept", "edit", "reject", "skip", "withdraw", "forget", "undo")
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(1, 4)), max_size=12)


@settings(max_examples=30)
@given(steps=STEPS)
def test_nobody_alone(cache_folder: Path, steps: list[tuple[str, int, int]]) -> None:
    """Each accepted change names two people; each proposal has one change at most, each change one proposal."""
    with tempfile.TemporaryDirectory() as place, Store.open("sqlite://") as store:
        folder = Path(shutil.copytree(TOY, Path(place) / "knowledge"))
        queue = Queue(Curation(Live.open(folder, cache_folder), store, clock), store, clock)
        for number, (verb, who, which) in enumerate(steps):
            _do(queue, verb, PEOPLE[who], which, f"Note {number}.")
        contested = queue.curation.history("friends-nora-omar", 100)
        for change in contested:
            first, second = change.curator_name.split(" and ")
            assert first != second
        accepted = [one for one in store.proposals.all() if one.state == "accepted"]
        numbers = [one.change_id for one in accepted]
        assert len(set(numbers)) == len(numbers)
        assert {change.id for change in contested} <= set(numbers)
        for made in accepted:
            if made.kind == "suggestion" and made.proposer_id is not None:
                assert made.proposer_id not in (made.first_id, made.decided_id)


def _do(queue: Queue, verb: str, who: Curator, which: int, note: str) -> None:
    draft = friends(queue.curation, note)
    if verb == "save":
        assert not isinstance(queue.save(draft, who), Saved)
    elif verb == "save one":
        queue.save(replace(ended(queue.curation), until=f"2026-{1 + which:02}"), who)
    elif verb == "suggest":
        queue.propose(NewProposal("suggestion", draft=draft_to_json(draft), proposer_id=who.id))
    elif verb in ("accept", "edit"):
        came = queue.accept(which, who, draft if verb == "edit" else None)
        assert not isinstance(came, Accepted) or verb == "accept"
    elif verb == "reject":
        queue.reject(which, who, "no")
    elif verb == "skip":
        queue.skip(which, who)
    elif verb == "withdraw":
        queue.withdraw(which, who)
    elif verb == "forget":
        queue.store.forget(who.id or 0)
    else:
        change = next(itertools.islice(queue.curation.history("", 9), which - 1, None), None)
        queue.undo(change.id if change else 99, who, "no")
