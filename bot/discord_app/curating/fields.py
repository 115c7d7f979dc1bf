"""The fields of the forms in which a change is written, and which of them a form shows first.

Comes in: an engine and a draft. Goes out: names of fields with what stands in them already. A form of Discord's holds
five; what does not fit is asked for from the preview, by "Words", "Dates" and "Source".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.curation.drafts import Draft, NameDraft, SideDraft, SourceDraft, WordingDraft
from bot.curation.stored import AnyChange
from bot.engine import Engine
from bot.knowledge.records import Fact

KINDS = ("news", "official", "reference", "scholarly", "opinion")
SOURCE = ("url", "title", "publisher", "published", "kind")
_REASONED = ("correct", "end", "dispute", "retire")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `options` make it a menu: values and labels."""

    label: str
    hint: str
    limit: int
    placeholder: str = ""
    long: bool = False
    options: tuple[tuple[str, str], ...] = ()


_PRECISION = "2025, 2025-08, 2025-08-31 or 31 August 2025"
FIELDS: Mapping[str, Field] = {
    "text": Field("The sentence", "As an answer says it, in your own words.", 1000, long=True),
    "reason": Field("Why do you change it?", "Stands in the public history.", 300, long=True),
    "note": Field("A further sentence", "Said after the answer; empty takes it out.", 500, long=True),
    "why": Field("The reason for it", "Answers a question why; in your own words.", 700, long=True),
    "claimed_by": Field("Who claims it", "Only where it is somebody's claim.", 200),
    "since": Field("Since when?", "A date, by a date, or unknown.", 40, _PRECISION),
    "until": Field("Until when?", "The first day on which it was no longer so.", 40, _PRECISION),
    "as_of": Field("Last seen", "When the newest source showed it.", 40, _PRECISION),
    "holds": Field("Is it so?", "Yes, or expressly not.", 5, options=(("yes", "Yes"), ("no", "No, it is not so"))),
    "url": Field("Address of the source", "A page on file already fills in the rest.", 1000, "https://…"),
    "title": Field("Its title", "As the page shows it.", 300),
    "publisher": Field("Its publisher", "Who publishes it.", 150),
    "published": Field("Its date", "When it came out; empty if the page does not say.", 40, _PRECISION),
    "kind": Field("What kind of source", "How near it is.", 20, options=tuple((kind, kind) for kind in KINDS)),
    "by": Field("Whose side", "A name, as the answer gives it.", 150),
    "said": Field("What they say", "One sentence, in your own words.", 700, long=True),
    "entity": Field("Whose name", "As it is called on file.", 100),
    "name": Field("The other name", "As people write it.", 100),
    "weak": Field(
        "Is it also a plain word, or another's name?", "Then it counts in context alone.", 5,
        options=(("no", "No, it names this alone"), ("yes", "Yes")),
    ),
    "line": Field("The way to ask", "Places in braces, what may be left out in brackets.", 300, long=True),
}  # fmt: skip


def first(engine: Engine, draft: Draft) -> tuple[str, ...]:
    """The fields of the first form; none where all is said already."""
    source = () if draft.sources and all(page.id or page.title for page in draft.sources) else SOURCE[:4]
    speaks = _speaks(engine, draft)
    text = ("text",) if speaks else ()
    if draft.action == "add":
        return (*text, *source) if speaks else (("reason", *source) if source else ())
    if draft.action == "confirm":
        return ("reason", *source) if source else ()
    if draft.action == "retire":
        return () if draft.reason else ("reason",)
    if draft.action == "end":
        return (*(() if draft.until else ("until",)), "reason", *source)[:5]
    said = any(getattr(draft, name) is not None for name in ("since", "until", "holds", "narrows", "subject", "object"))
    dates = () if said else ("since", "until")
    return (*text, *dates, "reason", *source)[:5]


def _speaks(engine: Engine, draft: Draft) -> bool:
    """Whether the fact's sentence is a person's, not a template's."""
    fact = fact_of(engine, draft)
    relation = engine.kb.relations.get(fact.relation if fact else draft.relation)
    return bool(fact and fact.text) or bool(relation and relation.needs_text)


def words(change: AnyChange) -> tuple[str, ...]:
    """The fields of the form of words."""
    if isinstance(change, NameDraft):
        return ("entity", "name", "weak", "reason")
    if isinstance(change, WordingDraft):
        return ("line", "reason")
    if not isinstance(change, Draft):
        return ("reason",)
    if change.action in ("retire", "dispute"):
        return ("reason",)
    return ("text", "reason", "note", "why", "claimed_by")


def dates(change: AnyChange) -> tuple[str, ...]:
    """The fields of the form of dates."""
    return ("since", "until", "holds", "as_of") if isinstance(change, Draft) else ()


def fact_of(engine: Engine, change: AnyChange) -> Fact | None:
    """The fact that a draft changes, as it is served."""
    if not isinstance(change, Draft) or change.fact not in engine.kb:
        return None
    return engine.kb.fact(change.fact)


def required(change: AnyChange, name: str) -> bool:
    """Whether a form insists on a field: only where nothing could come of it otherwise."""
    if name in ("by", "said", "entity", "name", "line"):
        return True
    if isinstance(change, Draft):
        return (name == "reason" and change.action in _REASONED) or (name == "until" and change.action == "end")
    return False


def standing(engine: Engine, change: AnyChange, name: str, place: int = 0) -> str:
    """What stands in a field when the form opens: what was typed before, else what is on file."""
    if name in SOURCE:
        source = _source(engine, change, place)
        return getattr(source, name) if source else ""
    if isinstance(change, NameDraft) and name == "entity":
        return engine.kb.entities[change.entity].name if change.entity in engine.kb.entities else ""
    if isinstance(change, NameDraft) and name == "weak":
        return "yes" if change.weak else "no"
    if isinstance(change, Draft) and name in ("by", "said"):
        side = side_of(change, place)
        return "" if side is None else side.by if name == "by" else side.text
    typed = getattr(change, name, None)
    if name == "holds" and isinstance(typed, bool):
        return "yes" if typed else "no"
    return (
        str(typed)
        if (typed is not None and typed != "") or name == "reason"
        else on_file(fact_of(engine, change), name)
    )


def on_file(fact: Fact | None, name: str) -> str:
    """What a fact says in a field."""
    if fact is None:
        return ""
    if name == "since":
        return "" if fact.since.date is None else f"{'by ' if fact.since.latest else ''}{fact.since.date}"
    if name == "holds":
        return "yes" if fact.holds else "no"
    if name == "why":
        return fact.why.text if fact.why else ""
    return str(getattr(fact, name, None) or "")


def side_of(draft: Draft, place: int) -> SideDraft | None:
    """One of the sides that were typed."""
    return draft.sides_said[place] if place < len(draft.sides_said) else None


def _source(engine: Engine, change: AnyChange, place: int) -> SourceDraft | None:
    if not isinstance(change, Draft):
        return None
    if change.action == "dispute":
        side = side_of(change, place)
        held = side.sources[0] if side and side.sources else None
    else:
        held = change.sources[place] if place < len(change.sources) else None
    if held is None or not held.id:
        return held
    known = engine.kb.source(held.id)
    return SourceDraft(
        held.id, known.title, known.publisher, known.url or "", known.published or "", known.accessed, known.kind
    )
