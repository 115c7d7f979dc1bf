"""Saves changes one after another until it is killed; each is printed only when it was saved. Run as a process."""

import datetime
import sys
from pathlib import Path

from bot.curation.desk import Curation
from bot.curation.drafts import Curator, Draft, SourceDraft
from bot.curation.outcomes import Saved
from bot.live import Live
from bot.state.store import Store


def main(folder: str, cache: str, state: str, first: int) -> None:
    """Change two facts in turn; each change says its number, and enters a source of its own in another file."""
    now = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
    store = Store.open(state, exclusive=False)
    curation = Curation(Live.open(Path(folder), Path(cache)), store, lambda: now)
    curation.recover()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    number = first
    while True:
        number += 1
        fact = "loan-nora-lighthouse" if number % 2 else "varda-maps"
        page = SourceDraft(
            title=f"Page {number}", publisher="Harbour Library", url=f"https://library.example/{number}",
            published="2026-10-01", kind="official",
        )  # fmt: skip
        shown = curation.show(fact)
        assert shown is not None
        old = tuple(id_ for id_ in curation.live.engine.kb.fact(fact).sources if id_.startswith("harbour-library-2026"))
        draft = Draft(
            "correct", f"change {number}", fact, shown.digest, note=f"This is change {number}.", sources=(page,),
            drop_sources=old,
        )  # fmt: skip
        outcome = curation.save(draft, Curator("Anna"))
        if not isinstance(outcome, Saved):
            sys.stdout.write(f"failed {number} {outcome}\n")
            sys.stdout.flush()
            return
        sys.stdout.write(f"saved {number} {outcome.change.id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
