"""One quiet line for each change: who, what, why, and where the change can be read.

Comes in: the engine that serves, a change, and the address of a commit. Goes out: the parts of the line, as plain text.
"""

from dataclasses import dataclass

from bot.curation.asked import question_about
from bot.curation.drafts import Change
from bot.engine import Engine

_DID = {
    "add": "added", "correct": "corrected", "end": "ended", "dispute": "marked as disputed", "confirm": "confirmed",
    "retire": "retired", "name": "named", "wording": "taught another way to ask for",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A change in one sentence. `link` is empty where nobody keeps its diff. Nothing is escaped for any surface."""

    who: str
    did: str
    what: str
    why: str
    link: str

    def __str__(self) -> str:
        why = f": {self.why}" if self.why else "."
        return f"{self.who} {self.did} {self.what}{why}" + (f" ({self.link})" if self.link else "")


def audit_line(engine: Engine, change: Change, commit_url: str = "") -> AuditLine:
    """The line of a change. `commit_url` is the address of a commit with {commit} in it."""
    did = _DID.get(change.action, change.action)
    if change.undoes is not None:
        did = f"took back change {change.undoes} of"
    link = commit_url.replace("{commit}", change.commit) if commit_url and change.commit else ""
    return AuditLine(change.curator_name, did, subject(engine, change), change.reason.rstrip(), link)


def subject(engine: Engine, change: Change) -> str:
    """What a change is about, for people: the fact as a question, the thing by its name, the relation by its title."""
    kb = engine.kb
    asked = question_about(engine, change.fact) if change.entry == "fact" else ""
    if asked:
        return f"“{asked}”"
    if change.entry == "entity" and change.fact in kb.entities:
        return kb.entities[change.fact].name
    relation = kb.relations.get(change.relation)
    return f"{change.fact} ({relation.title})" if relation is not None else change.fact
