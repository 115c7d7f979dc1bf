"""Saves a plan so that nothing is ever half done: the journal first, then the files, then the journal again.

Comes in: a folder that is held, the journal, a plan that was checked. Goes out: what was saved, or why not.

1. The journal notes the change, with the hashes of every file before and after and what they are to hold.
2. Every file is staged beside its place, to the disk: a full disk shows here, while nothing has changed.
3. The staged files are renamed into their places, one right after the other.
4. The journal marks the change done. Whatever is cut off before is dropped or completed by `recovery.py`.
"""

import contextlib
import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from bot.curation import folder as disk
from bot.curation.drafts import Change, Curator
from bot.curation.history import change
from bot.curation.outcomes import Failed
from bot.curation.plans import Plan
from bot.curation.recovery import packed, recover_held
from bot.curation.snapshot import Snapshot, folder_name
from bot.state.journal import Journal, JournalEntry
from bot.state.problems import StateError

_LATER = "The journal could not mark it done; that is made up for at the next save or start."


@dataclass(frozen=True, slots=True)
class Cut:
    """A change that is in the files. `notes` tell what is still to come."""

    number: int
    change: Change
    notes: tuple[str, ...] = ()


def save_plan(
    folder: Path, journal: Journal, made: Plan, before: Snapshot, curator: Curator, now: datetime.datetime
) -> Cut | Failed:
    """Write a plan. Raises StateError where the journal cannot even begin: nothing was touched then."""
    entry = JournalEntry(
        now, folder_name(folder), curator.id, curator.name, made.action, made.entry, made.id, made.relation,
        made.reason, [edit.plain() for edit in made.edits],
        [
            {"path": path, "before": disk.digest(before.files.get(path)), "after": disk.digest(data)}
            for path, data in made.files.items()
        ],
        packed(made.files), undoes=made.undoes,
    )  # fmt: skip
    for path in made.files:  # what was planned on must be what is replaced, to the byte
        if disk.content(folder, path) != before.files.get(path):
            return Failed(f"{path} was changed by hand just now", "Look at the change again, and save it again.")
    number = journal.begin(entry)
    try:
        staged = disk.stage(folder, made.files)
    except OSError as error:
        with contextlib.suppress(StateError):  # if not now, it is dropped at the next save or start
            journal.finish(number, "dropped")
        return Failed(*disk.told(error))
    try:
        disk.swap(staged)
    except OSError as error:
        disk.discard(staged)
        return _half_way(folder, journal, entry, number, error)
    notes = []
    try:
        journal.finish(number, "done")
    except StateError:
        notes.append(_LATER)
    return Cut(number, _change(entry, number), tuple(notes))


def _half_way(folder: Path, journal: Journal, entry: JournalEntry, number: int, error: OSError) -> Cut | Failed:
    """A rename failed: complete what was begun, or drop it if nothing was."""
    try:
        came = recover_held(folder, journal)
    except (OSError, StateError):
        return Failed(*disk.told(error), whole=False)
    if any(done.id == number for done in came.completed):
        return Cut(number, _change(entry, number))
    if any(dropped.id == number for dropped in came.dropped):
        return Failed(*disk.told(error))
    return Failed(*disk.told(error), whole=False)


def _change(entry: JournalEntry, number: int) -> Change:
    return change(replace(entry, id=number, state="done"))
