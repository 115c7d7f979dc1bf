"""The journal as people read it: who changed what, when and why, with the lines before and after."""

from bot.curation.drafts import Change
from bot.state.journal import JournalEntry


def change(entry: JournalEntry, state: str = "") -> Change:
    """A change as it is told."""
    own = entry.edits[0] if entry.edits else {}
    return Change(
        entry.id, entry.at, entry.curator_id, entry.curator_name, entry.action, entry.entry, entry.fact, entry.relation,
        entry.reason, own.get("before"), own.get("after"), tuple(file["path"] for file in entry.files),
        state or entry.state, entry.commit, entry.undoes,
    )  # fmt: skip


def message(entries: list[JournalEntry]) -> str:
    """The message of the commit that mirrors some changes: what in the imperative, and why."""
    if len(entries) == 1:
        (only,) = entries
        return f"{_subject(only)}\n\n{only.reason}\n" if only.reason else _subject(only)
    lines = [
        f"- {_subject(entry)} ({entry.curator_name}){f': {entry.reason}' if entry.reason else ''}" for entry in entries
    ]
    return "\n".join([f"Catch up with {len(entries)} changes of the facts", "", *lines])


_SUBJECTS = {"name": "Name", "wording": "Teach another way to ask for"}


def _subject(entry: JournalEntry) -> str:
    if entry.undoes is not None:
        return f"Take back change {entry.undoes} of {entry.fact}"
    return f"{_SUBJECTS.get(entry.action, entry.action.capitalize())} {entry.fact}"
