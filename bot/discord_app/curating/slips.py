"""A change that a curator is filling in: kept in the state from the first choice on, so that nothing typed is lost.

Comes in: a draft, and what it answers. Goes out: the same under a number, for the curator alone who began it.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.curation.drafts import Draft
from bot.curation.stored import AnyChange, draft_from_json, draft_to_json
from bot.discord_app.desk import PROMPT, Desk


@dataclass(frozen=True, slots=True)
class Slip:
    """A change in the making. `proposal` is the one it answers, `gap` the question that began it, 0 and "" for none.

    `done` says what came of it, once something did, and `change` is the number of the saved change then. `turned` is
    whether a wording was read the other way round.
    """

    draft: AnyChange
    proposal: int = 0
    gap: str = ""
    intent: str = ""
    turned: bool = False
    done: str = ""
    change: int = 0
    number: int = 0


def _value(slip: Slip) -> dict[str, Any]:
    return {
        "draft": draft_to_json(slip.draft), "proposal": slip.proposal, "gap": slip.gap, "intent": slip.intent,
        "turned": slip.turned, "done": slip.done, "change": slip.change,
    }  # fmt: skip


def _slip(number: int, value: Any) -> Slip:
    fields = {name: held for name, held in value.items() if name != "draft"}
    return Slip(draft_from_json(value["draft"]), **fields, number=number)


async def keep(desk: Desk, person: int, slip: Slip) -> Slip | None:
    """Keep a new slip, or what a known one says now; None where the state failed."""
    now, value = desk.now(), _value(slip)

    def work() -> int:
        if slip.number and desk.store.kept.replace(slip.number, person, value):
            return slip.number
        return desk.store.kept.keep(person, value, now)

    number = await desk.kept(work, PROMPT)
    return None if number is None else replace(slip, number=number)


async def get(desk: Desk, person: int, number: int) -> Slip | None:
    """The slip of a number, if it is this person's and still kept."""
    value = await desk.kept(lambda: desk.store.kept.get(number, person), PROMPT)
    return _slip(number, value) if isinstance(value, dict) and "draft" in value else None


async def drop(desk: Desk, person: int, number: int) -> None:
    """Keep it no longer."""
    await desk.kept(lambda: desk.store.kept.drop(number, person))


async def begun(desk: Desk, person: int, draft: Draft) -> Slip:
    """A slip for a draft: what the same person began and did not finish of the very same change, or a new one."""
    kept = await desk.kept(lambda: desk.store.kept.of(person), PROMPT)
    for number, value in kept or ():
        if not isinstance(value, dict) or "draft" not in value or value.get("done") or value.get("proposal"):
            continue
        slip = _slip(number, value)
        if isinstance(slip.draft, Draft) and _key(slip.draft) == _key(draft):
            return replace(slip, draft=_over(slip.draft, draft))
    return Slip(draft)


def _key(draft: Draft) -> tuple[Any, ...]:
    return (draft.action, draft.fact, draft.relation, draft.subject, draft.object, draft.between, draft.sides)


def _over(old: Draft, new: Draft) -> Draft:
    """What was typed before, under what was chosen now."""
    said: dict[str, Any] = {
        name: getattr(new, name) for name in ("holds", "narrows", "since", "until") if getattr(new, name) is not None
    }
    if new.sources:
        said["sources"] = new.sources
    return replace(old, **said, base="")
