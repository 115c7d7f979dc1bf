"""What somebody wrote into a form, put into the draft. Raises TypedError where a date or a name cannot be read.

A field that says what is on file already changes nothing; one that was emptied takes out what was there.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import choices
from bot.curation.drafts import Draft, NameDraft, SideDraft, SourceDraft, WordingDraft
from bot.curation.stored import AnyChange
from bot.discord_app.curating import facts, fields
from bot.discord_app.curating.typed import TypedError, date_of, since_of, until_of
from bot.engine import Engine
from bot.knowledge.edit.naming import address

Written = Mapping[str, str]


def fill(engine: Engine, change: AnyChange, written: Written, today: datetime.date, place: int = 0) -> AnyChange:
    """The draft with what was written; `place` says which source or side a form was for."""
    if isinstance(change, NameDraft):
        return _name(engine, change, written, today)
    if isinstance(change, WordingDraft):
        return replace(change, line=_said(written, "line", change.line), reason=_said(written, "reason", change.reason))
    if not isinstance(change, Draft):
        return replace(change, reason=_said(written, "reason", change.reason))
    if "by" in written:
        return _side(engine, change, written, today, place)
    draft = replace(change, **_words(engine, change, written, today))
    if "url" in written or "title" in written:
        draft = replace(
            draft, sources=_placed(draft.sources, source(engine, written, today, _kept(draft, place)), place)
        )
    return draft


def _said(written: Written, name: str, otherwise: str) -> str:
    return " ".join(written[name].split()) if name in written else otherwise


def _words(engine: Engine, draft: Draft, written: Written, today: datetime.date) -> dict[str, Any]:
    fact = fields.fact_of(engine, draft)
    made: dict[str, Any] = {}
    for name in ("text", "note", "why", "claimed_by", "since", "until", "as_of", "holds"):
        if name not in written:
            continue
        typed, known = " ".join(written[name].split()), fields.on_file(fact, name)
        if typed == known:
            made[name] = None
        elif not typed:
            made[name] = "" if known and name not in ("as_of", "holds") else None
        elif name == "since":
            made[name] = since_of(typed, today)
        elif name == "until":
            made[name] = until_of(typed, today)
        elif name == "as_of":
            made[name] = date_of(typed, today)
        else:
            made[name] = typed == "yes" if name == "holds" else typed
    return {**made, "reason": _said(written, "reason", draft.reason)}


def _kept(draft: Draft, place: int) -> SourceDraft | None:
    return draft.sources[place] if place < len(draft.sources) else None


def _placed(held: tuple[SourceDraft, ...], new: SourceDraft | None, place: int) -> tuple[SourceDraft, ...]:
    """The sources with another one at a place; without it where nothing was written."""
    return (*held[:place], *((new,) if new else ()), *held[place + 1 :])


def source(
    engine: Engine, written: Written, today: datetime.date, before: SourceDraft | None = None
) -> SourceDraft | None:
    """The page that was written down; None for none. One on file is found by its address, and needs no more."""
    url = written.get("url", "").strip()
    title, publisher = (" ".join(written.get(name, "").split()) for name in ("title", "publisher"))
    if not (url or title or publisher):
        return None
    known = known_page(engine, url)
    if known:
        return SourceDraft(id=known, url=url)
    usual_publisher, usual_kind = usual(engine, url)
    published = written.get("published", before.published if before else "").strip()
    return SourceDraft(
        title=title, publisher=publisher or usual_publisher, url=url,
        published=date_of(published, today) if published else "",
        kind=written.get("kind") or (before.kind if before and not before.id else usual_kind),
    )  # fmt: skip


def known_page(engine: Engine, url: str) -> str:
    """The id of the source with that address; empty where none has it."""
    page = address(url) if url.strip() else ""
    every = (held for _, held in facts.sources(engine)) if page else ()
    return next((s.id for s in every if page in (address(s.url or ""), address(s.archive_url or ""))), "")


def usual(engine: Engine, url: str) -> tuple[str, str]:
    """Publisher and kind of most pages on file of the same host."""
    host = address(url).partition("/")[0]
    if not host:
        return "", "news"
    same = [s for _, s in facts.sources(engine) if s.url and host == address(s.url).partition("/")[0]]
    if not same:
        return "", "news"
    return Counter(s.publisher for s in same).most_common(1)[0][0], Counter(s.kind for s in same).most_common(1)[0][0]


def _side(engine: Engine, draft: Draft, written: Written, today: datetime.date, place: int) -> Draft:
    page = source(engine, written, today)
    made = SideDraft(_said(written, "by", ""), _said(written, "said", ""), (page,) if page else ())
    sides = (*draft.sides_said[:place], made, *draft.sides_said[place + 1 :])
    reason = draft.reason or (f"{sides[0].by} and {sides[1].by} do not agree" if len(sides) > 1 else "")
    return replace(draft, sides_said=sides, reason=reason)


def _name(engine: Engine, draft: NameDraft, written: Written, today: datetime.date) -> NameDraft:
    entity = draft.entity
    if "entity" in written:
        entity = one_entity(engine, written["entity"], today)
    weak = written["weak"] == "yes" if written.get("weak") else draft.weak
    base = draft.base if entity == draft.entity else ""
    reason, name = _said(written, "reason", draft.reason), _said(written, "name", draft.name)
    return replace(draft, entity=entity, name=name, weak=weak, reason=reason, base=base)


def one_entity(engine: Engine, typed: str, today: datetime.date, kinds: tuple[str, ...] | None = None) -> str:
    """The one entity that a text names. Raises TypedError."""
    found = (typed,) if typed in engine.kb.entities else choices.entities_named(engine, typed, today, kinds)
    if len(found) == 1:
        return found[0]
    if found:
        labels = ", ".join(engine.kb.entities[id_].label for id_ in found[:5])
        raise TypedError(f"*{{}}* may be any of these: {labels}. Please say which.", typed)
    raise TypedError(
        "Nothing that fits here is called *{}* on file. Choose from what is offered while you type.", typed
    )


def several(engine: Engine, typed: str, today: datetime.date, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The entities that a text names: one, or several with commas between. Raises TypedError."""
    if "," not in typed or len(choices.entities_named(engine, typed, today, kinds)) == 1:
        return (one_entity(engine, typed, today, kinds),)
    return tuple(one_entity(engine, part.strip(), today, kinds) for part in typed.split(","))
