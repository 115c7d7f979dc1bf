"""The desk at which facts are changed: the one door of this room, for Discord and the terminal alike.

Comes in: drafts, and who makes them. Goes out: previews, and what came of saving. Synchronous, takes its clock as an
argument, safe to call from any thread; saves of all threads and processes wait for one another.
"""

import contextlib
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from threading import RLock

from bot.curation import folder as disk
from bot.curation import preview as shown_before
from bot.curation.drafts import AnyDraft, Change, Curator, Draft, NameDraft, WordingDraft
from bot.curation.history import change, message
from bot.curation.mirror import MirrorError, commit
from bot.curation.outcomes import Conflict, Failed, Outcome, Preview, Recovered, Refused, Reworded, Saved, Shown
from bot.curation.planning import plan
from bot.curation.plans import MovedError, Plan, UnfitError
from bot.curation.recovery import recover_held
from bot.curation.saving import Cut, save_plan
from bot.curation.snapshot import Reading, Snapshot, folder_name
from bot.curation.undoing import plan_undo
from bot.curation.wordings import problems_of
from bot.engine import Engine
from bot.knowledge.edit.problems import EditError
from bot.knowledge.problems import FolderError, Problem
from bot.live import Live
from bot.state.problems import StateError
from bot.state.store import Store

Clock = Callable[[], datetime.datetime]
Planner = Callable[[Snapshot], Plan]


@dataclass(slots=True)
class Curation:
    """Changes of the folder that `live` serves, noted in the journal of `store`. `clock` gives aware times."""

    live: Live
    store: Store
    clock: Clock
    _reading: Reading = field(init=False)
    _spoiled: tuple[object, tuple[Problem, ...]] = (None, ())  # by the way to ask that was looked at last
    _examples: shown_before.Examples = field(default_factory=shown_before.Examples)
    _turn: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self._reading = Reading(self.live)

    # --- looking

    def show(self, fact: str) -> Shown | None:
        """A fact's entry as its file has it now, retired ones too; None where there is none, or none to be edited."""
        return self._shown("fact", fact)

    def show_entity(self, entity: str) -> Shown | None:
        """The same of an entity."""
        return self._shown("entity", entity)

    def show_intent(self, intent: str) -> Shown | None:
        """The same of an intent."""
        return self._shown("intent", intent)

    def _shown(self, entry: str, id_: str) -> Shown | None:
        with self._turn, contextlib.suppress(FolderError, EditError):
            return self._now().shown(entry, id_)
        return None

    def history(self, fact: str = "", limit: int = 20) -> list[Change]:
        """The changes of a fact, or of all, the newest first. Raises StateError."""
        return [change(entry) for entry in self.store.journal.newest(fact, limit)]

    def preview(self, draft: AnyDraft) -> Preview | Outcome:
        """The change as it would be. Takes a few tenths of a second; writes nothing."""
        with self._turn, self._caught() as came:
            before = self._sound()
            draft = self._based(before, draft)
            made = plan(before, draft, self._today())
            return self._preview(draft, before, self._after(before, made), made)
        return came[0]

    def _based(self, snapshot: Snapshot, draft: AnyDraft) -> AnyDraft:
        """A draft with the digest of its entry as it is now, where it has none yet."""
        if draft.base or (isinstance(draft, Draft) and draft.action == "add"):
            return draft
        entry, id_ = (
            ("fact", draft.fact) if isinstance(draft, Draft)
            else ("entity", draft.entity) if isinstance(draft, NameDraft)
            else ("intent", draft.intent)
        )  # fmt: skip
        shown = snapshot.shown(entry, id_)
        if shown is None:
            raise MovedError(entry, id_)
        return replace(draft, base=shown.digest)

    def _preview(self, draft: AnyDraft, before: Snapshot, after: Snapshot, made: Plan) -> Preview:
        problems, today = self._problems(before, after, made, draft), self._today()
        old = self._engine(before)
        new = after.engine() if not after.errors else None
        rows = (before.fact(made.id), after.fact(made.id))
        changed: tuple[Reworded, ...] = ()
        if new is not None and before.language == after.language:
            changed = shown_before.reworded(self._examples, old, new, rows, today)
        elif new is not None:
            changed = shown_before.reread(self._examples, old, new, today)
        return Preview(
            draft, made.id, made.edits[0].path, shown_before.card(new, rows[1], today) if new else None,
            shown_before.card(old, rows[0], today), changed, problems, made.diff(before), new,
        )  # fmt: skip

    # --- changing

    def save(self, draft: AnyDraft, curator: Curator) -> Outcome:
        """Make the change: on disk, in the journal, served, and mirrored in git. Never raises for what may happen."""
        return self._change(lambda snapshot: plan(snapshot, draft, self._today()), curator, draft)

    def undo(self, change: int, curator: Curator, reason: str) -> Outcome:
        """Take a change back by a further one that puts the entry's earlier text back."""

        def planned(snapshot: Snapshot) -> Plan:
            made = self.store.journal.get(change)
            if made is None:
                raise UnfitError(Problem("draft", 1, f"there is no change {change}", "see the history for the numbers"))
            return plan_undo(snapshot, made, reason)

        return self._change(planned, curator)

    def _change(self, planner: Planner, curator: Curator, draft: AnyDraft | None = None) -> Outcome:
        with self._turn:
            came, engine = self._held(planner, curator, draft)
            if engine is not None:
                self.live.settle(engine)  # takes a while; nobody else need wait for it
            return came

    def _held(self, planner: Planner, curator: Curator, draft: AnyDraft | None) -> tuple[Outcome, Engine | None]:
        with self._caught() as came, disk.locked(self.live.folder):
            recover_held(self.live.folder, self.store.journal)
            before = self._sound()
            made = planner(before)
            after = self._after(before, made)
            problems = self._problems(before, after, made, draft)
            if any(problem.severity == "error" for problem in problems):
                return Refused(problems), None
            engine = after.engine()
            saved = save_plan(self.live.folder, self.store.journal, made, before, curator, self.clock())
            if isinstance(saved, Failed):
                return saved, None
            self.live.serve_soon(engine)
            notes = [*saved.notes, *filter(None, [self._mirror()])]
            if after.language != before.language:
                self._reading.keep_language(after)
            return Saved(self._noted(saved), made.diff(before), tuple(notes), problems), engine
        return came[0], None

    def _noted(self, saved: Cut) -> Change:
        """A change that was saved, with the commit that mirrors it where the journal can tell."""
        with contextlib.suppress(StateError):
            kept = self.store.journal.get(saved.number)
            return change(kept) if kept else saved.change
        return saved.change

    @contextlib.contextmanager
    def _caught(self) -> Iterator[list[Outcome]]:
        """What may happen, as an outcome: the first of the list, once the block was left by it."""
        came: list[Outcome] = []
        try:
            yield came
        except UnfitError as error:
            came.append(Refused(tuple(error.problems)))
        except EditError as error:
            came.append(Refused((Problem("draft", 1, str(error)),)))
        except MovedError as error:
            came.append(self._moved(error))
        except FolderError as error:
            came.append(Failed(str(error), "Mend that, and try again."))
        except disk.FolderBusyError:
            came.append(Failed("Somebody else is saving a change, and has been for a while", "Try again in a moment."))
        except StateError as error:
            came.append(
                Failed(f"The journal cannot be written ({error})", "Without it no change is made. Mend the state.")
            )
        except OSError as error:
            came.append(Failed(*disk.told(error)))

    def _moved(self, error: MovedError) -> Conflict:
        now, by = None, None
        with contextlib.suppress(FolderError, EditError):
            now = self._now().shown(error.entry, error.id)
        with contextlib.suppress(StateError):
            by = next(iter(self.history(error.id, 1)), None)
        if by is not None and by.after != (now.text if now else None):
            by = None  # somebody changed it by hand after that
        return Conflict(error.id, now, by)

    # --- after a crash, and beside

    def recover(self) -> Recovered:
        """Complete or drop what was cut off; call it once at start, before anything is served.

        Raises StateError, FolderBusyError or OSError.
        """
        with self._turn, disk.locked(self.live.folder):
            return recover_held(self.live.folder, self.store.journal)

    def catch_up(self) -> str:
        """Mirror in git what is not there yet; a sentence on what came of it, empty where nothing was to do."""
        with self._turn, self._caught() as came, disk.locked(self.live.folder):
            return self._mirror()
        return str(came[0])

    def warm(self) -> None:
        """Read the folder once, so that the first change is as quick as the next."""
        with self._turn, contextlib.suppress(FolderError):
            self._now()

    def _mirror(self) -> str:
        """Commit what was saved and is not committed yet; why not, where that fails. Only with the folder held."""
        try:
            entries = self.store.journal.uncommitted(folder_name(self.live.folder))
            if not entries:
                return ""
            paths = list(dict.fromkeys(file["path"] for entry in entries for file in entry.files))
            new = {file["path"] for entry in entries for file in entry.files if file["before"] is None}
            names = list(dict.fromkeys(entry.curator_name for entry in entries))
            author = names[0] if len(names) == 1 else "Curators"
            made = commit(self.live.folder, paths, author, message(entries), new)
            if made is not None:
                self.store.journal.committed([entry.id for entry in entries], made)
        except MirrorError as error:
            return f"Git has not got it yet: {error}. It is caught up at the next save or start."
        except StateError as error:
            return f"Git has it, but the journal could not note that ({error})."
        return ""

    # --- what all of it rests on

    def _today(self) -> datetime.date:
        return self.clock().astimezone(datetime.UTC).date()

    def _now(self) -> Snapshot:
        return self._reading.now(self._today())

    def _sound(self) -> Snapshot:
        """The folder as it is; nothing is planned on top of errors that somebody else left. Raises UnfitError."""
        found = self._now()
        if found.errors:
            raise UnfitError(*(replace(one, message=f"{one.path}:{one.line}: {one.message}") for one in found.errors))
        return found

    def _after(self, before: Snapshot, made: Plan) -> Snapshot:
        """The folder as it would be after a plan; where the language changes, its examples are asked too."""
        files = dict(sorted({**before.files, **made.files}.items()))
        return self._reading.of(files, self._today(), examples=made.entry != "fact")

    def _problems(
        self, before: Snapshot, after: Snapshot, made: Plan, draft: AnyDraft | None
    ) -> tuple[Problem, ...]:  # fmt: skip
        """What a plan would bring. Of a way to ask, what it spoils too, so that it is looked at in whatever way it
        comes, and against the files as they are then; once for the preview and the save of the same."""
        found = shown_before.new_problems(before, after, made.id if made.entry == "fact" else "")
        if not isinstance(draft, WordingDraft) or after.errors:
            return found
        key = (before.version, after.version, draft.question, self._today())
        if self._spoiled[0] != key:
            spoils = problems_of(self._engine(before), after.engine(), draft, made.edits[0].path, self._today())
            self._spoiled = key, spoils
        return (*found, *self._spoiled[1])

    def _engine(self, snapshot: Snapshot) -> Engine:
        """The engine of a snapshot; the one that serves, where it is of the same files."""
        serving = self.live.engine
        return serving if serving.kb.version == snapshot.version else snapshot.engine()
