"""When a change needs a second curator: what is disputed, and relations that say so.

Comes in: the engine that serves, and a draft. Goes out: why it needs one, as a sentence. Must not know: who they are.
"""

from bot.curation.drafts import Change, Draft
from bot.curation.stored import AnyChange
from bot.engine import Engine

_BOTH = "A second curator has to agree"


def needs_second(engine: Engine, draft: AnyChange, undone: Change | None = None) -> str:
    """Why a draft needs a second curator; empty if it needs none. `undone` is the change that an UndoDraft takes back.

    Names and ways to ask need none: they change what is understood, and not what is said.
    """
    if undone is not None:
        return _of_fact(engine, undone.fact, undone.relation) if undone.entry == "fact" else ""
    if not isinstance(draft, Draft):
        return ""
    if draft.action == "dispute" or draft.sides_said:
        return f"{_BOTH}, for the fact becomes a disputed one."
    return _of_fact(engine, draft.fact, draft.relation)


def _of_fact(engine: Engine, id_: str, relation: str) -> str:
    kb = engine.kb
    if id_ in kb:
        fact = kb.fact(id_)
        if fact.status == "disputed":
            return f"{_BOTH}, for the fact is disputed."
        relation = fact.relation
    elif id_ in kb.retired:
        row = kb.retired[id_]
        if row["status"] == "disputed":
            return f"{_BOTH}, for the fact is disputed."
        relation = row["relation"]
    declared = kb.relations.get(relation)
    if declared is not None and declared.second_curator:
        return f"{_BOTH}, as with everything on {declared.title}."
    return ""
