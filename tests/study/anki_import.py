"""Import packages into a collection of the real Anki, in a process of its own, and tell what is in it after each.

    python -m tests.study.anki_import COLLECTION PACKAGE...

Between two packages the first card is studied. Prints a JSON list of states, each a list of notes with their numbers,
texts, tags and what is scheduled. Nothing else may import `anki`: it is AGPL, and for tests alone.
"""

import json
import sys
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER as IF_NEWER
from anki.scheduler.v3 import CardAnswer, Scheduler


def main(path: str, *packages: str) -> None:
    """Do so."""
    told: list[list[dict[str, Any]]] = []
    collection = Collection(path)
    for package in packages:
        if told:
            _study(collection)
            told.append(_told(collection))
        options = ImportAnkiPackageOptions(update_notes=IF_NEWER, update_notetypes=IF_NEWER)
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))
        told.append(_told(collection))
    collection.close()
    sys.stdout.write(json.dumps(told))


def _study(collection: Collection) -> None:
    """Answer the first card "good", as a person would on its first day."""
    card = collection.get_card(min(collection.find_cards("")))
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)
    assert isinstance(collection.sched, Scheduler)
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=CardAnswer.GOOD))


def _told(collection: Collection) -> list[dict[str, Any]]:
    found = []
    for id_ in sorted(collection.find_notes("")):
        note = collection.get_note(id_)
        (card,) = note.cards()
        found.append({
            "note": id_, "card": card.id, "guid": note.guid, "tags": sorted(note.tags), **dict(note.items()),
            "front": card.question(), "deck": collection.decks.name(card.did), "kind": note.note_type()["name"],  # type: ignore[index]
            "scheduled": [card.queue, card.type, card.due, card.ivl, card.reps],
        })  # fmt: skip
    return found


if __name__ == "__main__":
    assert all(Path(package).exists() for package in sys.argv[2:])
    main(*sys.argv[1:])
