"""Takes a change back: a plan that puts the entry's earlier lines in the place of the later ones.

Comes in: a snapshot and the journal's entry. Goes out: a Plan, itself a change like any other. What was added is taken
out of its file again if nobody has touched it since; the journal and git keep what it said.
"""

from bot.curation.plans import Bench, Edit, MovedError, Plan, cited, unfit
from bot.curation.snapshot import SECTIONS, Snapshot
from bot.knowledge.edit.locate import find
from bot.state.journal import JournalEntry


def plan_undo(snapshot: Snapshot, made: JournalEntry, reason: str) -> Plan:
    """The plan that takes a change back. Raises UnfitError, MovedError or EditError."""
    if made.state != "done":
        raise unfit(f"change {made.id} was never completed", "there is nothing to take back")
    bench = Bench(snapshot)
    first, *others = (Edit(**plain) for plain in made.edits)
    if _now(bench, first) != first.after:
        raise MovedError(first.entry, first.id)
    _back(bench, first)
    for each in others:
        if each.before is not None and _now(bench, each) is None:
            _back(bench, each)  # a source that went with the change comes back with what cites it
    rested = cited(snapshot.rows_with(bench.files()))
    for each in others:
        if each.before is None and each.after is not None and each.id not in rested and _now(bench, each) == each.after:
            _back(bench, each)  # a source that came with the change, and that nothing else rests on
    said = " ".join(reason.split()) or f"take back change {made.id}"
    return Plan("undo", made.entry, made.fact, made.relation, said, tuple(bench.edits), bench.files(), made.id)


def _now(bench: Bench, edit: Edit) -> str | None:
    if edit.path not in bench.snapshot.files:
        return None
    text = bench.text(edit.path)
    found = find(text, SECTIONS[edit.entry], edit.id)
    return found.lines(text) if found else None


def _back(bench: Bench, edit: Edit) -> None:
    text = bench.text(edit.path)
    found = find(text, SECTIONS[edit.entry], edit.id)
    if edit.before is None:
        bench.take_out(edit.path, edit.entry, edit.id)
    elif found is None:
        bench.put_back(edit, edit.before)
    else:
        bench.replace(edit, found, edit.before)
