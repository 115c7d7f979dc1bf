"""What start-up, and every save before it begins, does with changes that were cut off.

Comes in: a folder and the journal. Goes out: what was completed, dropped or stuck. A change of which no file was
written yet is dropped: nobody was told that it was saved. One that was written in part is completed. Where a file is
neither as it was nor as it should become, somebody else changed it: nothing is touched then, and a person must look.
"""

import base64
import contextlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path

from bot.curation import folder as disk
from bot.curation.history import change
from bot.curation.outcomes import Recovered
from bot.curation.snapshot import folder_name
from bot.state.journal import ChangeState, Journal, JournalEntry
from bot.state.store import Store


def recover(folder: Path, store: Store) -> Recovered:
    """Complete or drop what was cut off in a folder. Raises StateError, FolderBusyError, or OSError."""
    with disk.locked(folder):
        return recover_held(folder, store.journal)


def recover_held(folder: Path, journal: Journal) -> Recovered:
    """The same for who holds the folder already. Raises StateError or OSError; what is not done stays to be done."""
    swept = disk.sweep(folder)
    found: dict[str, list[JournalEntry]] = {"done": [], "dropped": [], "stuck": []}
    told = [f"{swept} left-over temporary file{'' if swept == 1 else 's'} removed."] if swept else []
    for entry in journal.pending():
        if entry.folder != folder_name(folder) and Path(entry.folder).is_dir():
            continue  # another knowledge folder with the same journal; it recovers its own
        state = _settle(folder, entry)
        journal.finish(entry.id, state)
        found[state].append(entry)
        told.append(_told(entry, state))
    changes = {state: tuple(change(entry, state) for entry in entries) for state, entries in found.items()}
    return Recovered(changes["done"], changes["dropped"], changes["stuck"], tuple(told))


def packed(files: Mapping[str, bytes]) -> bytes:
    """What files are to hold, as the journal keeps it."""
    plain = {path: base64.b85encode(data).decode("ascii") for path, data in files.items()}
    return zlib.compress(json.dumps(plain).encode("ascii"))


def unpacked(blob: bytes) -> dict[str, bytes]:
    """The files of what the journal kept."""
    plain = json.loads(zlib.decompress(blob))
    return {path: base64.b85decode(data) for path, data in plain.items()}


def _settle(folder: Path, entry: JournalEntry) -> ChangeState:
    old, new = [], []
    for file in entry.files:
        held = disk.digest(disk.content(folder, file["path"]))
        if held == file["after"]:
            new.append(file["path"])
        elif held == file["before"]:
            old.append(file["path"])
        else:
            return "stuck"
    if not new:
        return "dropped"
    if old:
        with contextlib.suppress(ValueError, zlib.error):
            wanted = unpacked(entry.blob or b"")
            disk.swap(disk.stage(folder, {path: wanted[path] for path in old}))
            return "done"
        return "stuck"
    return "done"


def _told(entry: JournalEntry, state: str) -> str:
    what = f"Change {entry.id} ({entry.action} '{entry.fact}', by {entry.curator_name}) was cut off while it was saved"
    return {
        "done": f"{what}; it is complete now.",
        "dropped": f"{what}, before any file was written; it was dropped. Make it again if it is still wanted.",
        "stuck": f"{what}, and its files were changed by somebody else since: {_paths(entry)}. Nothing was touched; "
        "compare them with the change and mend them by hand.",
    }[state]


def _paths(entry: JournalEntry) -> str:
    return ", ".join(file["path"] for file in entry.files)
