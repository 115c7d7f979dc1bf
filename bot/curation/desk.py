"""The desk at which facts are changed: the one door of this room, for Discord and the terminal alike.

Comes in: drafts, and who makes them. Goes out: previews, and what came of saving. Synchronous, takes its clock as an
argument, safe to call from any thread; saves of all threads and processes wait for one another.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bot.curation.drafts import AnyDraft, Change, Curator
from bot.curation.outcomes import Conflict, Failed, Outcome, Preview, Recovered, Refused, Shown
from bot.live import Live
from bot.state.store import Store

Clock = Callable[[], datetime.datetime]


@dataclass(slots=True)
class Curation:
    """Changes of the folder that `live` serves, noted in the journal of `store`. `clock` gives aware times."""

    live: Live
    store: Store
    clock: Clock

    def show(self, fact: str) -> Shown | None:
        """A fact's entry as its file has it now, retired ones too; None where there is none."""
        raise NotImplementedError

    def show_entity(self, entity: str) -> Shown | None:
        """The same of an entity."""
        raise NotImplementedError

    def show_intent(self, intent: str) -> Shown | None:
        """The same of an intent."""
        raise NotImplementedError

    def preview(self, draft: AnyDraft) -> Preview | Conflict | Refused | Failed:
        """The change as it would be. Takes a few tenths of a second; writes nothing."""
        raise NotImplementedError

    def save(self, draft: AnyDraft, curator: Curator) -> Outcome:
        """Make the change: on disk, in the journal, served, and mirrored in git. Never raises for what may happen."""
        raise NotImplementedError

    def undo(self, change: int, curator: Curator, reason: str) -> Outcome:
        """Take a change back by a further one that puts the entry's earlier text back."""
        raise NotImplementedError

    def history(self, fact: str = "", limit: int = 20) -> list[Change]:
        """The changes of a fact, or of all, the newest first. Raises StateError."""
        raise NotImplementedError

    def recover(self) -> Recovered:
        """Complete or drop what was cut off; call it once at start, before anything is served. Raises StateError."""
        raise NotImplementedError

    def catch_up(self) -> str:
        """Mirror in git what is not there yet; a sentence on what came of it, empty where nothing was to do."""
        raise NotImplementedError
