"""What is stored about one person: told, and forgotten. A session and the person's id come in.

A new column that holds a person's id is told and forgotten here.
"""

from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    String,
    Text,
    Update,
    delete,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from bot.state import person_deck, person_quiz
from bot.state.models import (
    AnswerRow,
    Base,
    ChannelModeRow,
    CuratorRow,
    FactChangeRow,
    HiddenGapRow,
    KeptRow,
    NoticeRow,
    OptInRow,
    ProposalRow,
    SkipRow,
)

# Discord's ids have 17 digits and more. A shorter number within a text is no trace of anybody.
ID_DIGITS = 15


def about(session: Session, user_id: int) -> dict[str, Any]:
    """Everything stored about a person, as a JSON object of lists.

    Ids are texts, for many readers of JSON cannot hold such numbers. `mentions` says in which columns, and how often,
    others wrote the id out; their words are not repeated.
    """
    answers = session.scalars(select(AnswerRow).where(AnswerRow.user_id == user_id).order_by(AnswerRow.at))
    modes = session.scalars(select(ChannelModeRow).where(ChannelModeRow.set_by == user_id))
    opt_ins = session.scalars(select(OptInRow).where(OptInRow.set_by == user_id))
    changes = session.scalars(
        select(FactChangeRow).where(FactChangeRow.curator_id == user_id).order_by(FactChangeRow.id)
    )
    return {
        "answers": [{"message": str(a.message_id), "query": a.query, "at": a.at.isoformat()} for a in answers],
        "proposals": _proposals(session, user_id),
        "channel_modes": [
            {"guild": str(m.guild_id), "channel": str(m.channel_id), "mode": m.mode, "at": m.at.isoformat()}
            for m in modes
        ],
        "opt_ins": [{"guild": str(o.guild_id), "at": o.at.isoformat()} for o in opt_ins],
        "fact_changes": [
            {
                "id": c.id, "name": c.curator_name, "action": c.action, "fact": c.fact, "reason": c.reason,
                "at": c.at.isoformat(),
            }
            for c in changes
        ],
        **_curating(session, user_id),
        **person_quiz.about(session, user_id),
        **person_deck.about(session, user_id),
        "mentions": _mentions(session, user_id),
    }  # fmt: skip


def _proposals(session: Session, user_id: int) -> list[dict[str, Any]]:
    """What a person proposed."""
    rows = session.scalars(select(ProposalRow).where(ProposalRow.proposer_id == user_id).order_by(ProposalRow.id))
    return [
        {
            "id": r.id, "kind": r.kind, "facts": r.facts, "draft": r.draft, "text": r.text, "source": r.source,
            "guild": _text(r.guild_id), "channel": _text(r.channel_id), "at": r.at.isoformat(), "state": r.state,
        }
        for r in rows
    ]  # fmt: skip


def _curating(session: Session, user_id: int) -> dict[str, Any]:
    """What is known of a person as a curator, or as somebody who named one or set up notices."""
    decided = session.scalars(select(ProposalRow).where(_decided(user_id)).order_by(ProposalRow.id))
    skips = session.scalars(select(SkipRow).where(SkipRow.curator_id == user_id))
    named = session.scalars(select(CuratorRow).where(_named(user_id)).order_by(CuratorRow.id))
    hidden = session.scalars(select(HiddenGapRow).where(HiddenGapRow.set_by == user_id))
    notices = session.scalars(select(NoticeRow).where(NoticeRow.set_by == user_id))
    kept = session.scalars(select(KeptRow).where(KeptRow.person_id == user_id).order_by(KeptRow.id))
    return {
        "decisions": [
            {"proposal": r.id, "as": "first" if r.decided_id != user_id else r.state, "reason": r.reason}
            for r in decided
        ],
        "skips": [{"proposal": s.proposal, "day": s.day.isoformat()} for s in skips],
        "curators": [
            {"name": c.name, "you": c.user_id == user_id, "guild": _text(c.guild_id), "at": c.at.isoformat()}
            for c in named
        ],
        "hidden_gaps": [{"key": h.key, "at": h.at.isoformat()} for h in hidden],
        "notice_channels": [
            {"guild": str(n.guild_id), "channel": str(n.channel_id), "kind": n.kind, "at": n.at.isoformat()}
            for n in notices
        ],
        "kept_drafts": [{"id": k.id, "value": k.value, "at": k.at.isoformat()} for k in kept],
    }  # fmt: skip


def forget(session: Session, user_id: int) -> dict[str, int]:
    """Leave no trace of a person in any table; how many rows were concerned, by the keys of `about`.

    Answers are deleted, and so is what they had begun to fill in, what they reached in quizzes and all that they
    learned. A proposal loses who made it and what they wrote, and keeps the facts it is about: a mistake stays a
    mistake; without a fact it is withdrawn. What a moderator set stays set, by nobody. A change of the facts, or a
    decision, keeps the name under which it was made, which is its public trail, and loses the id; a change that
    still waits for a second curator needs two anew, for nobody could tell any more who must not be the second. A
    curator is one no longer. Where others wrote the id, it becomes 0.
    """
    counts = dict.fromkeys(("answers", "proposals", "channel_modes", "opt_ins", "fact_changes"), 0)
    counts |= _forget_curating(session, user_id)
    steps = {
        "answers": delete(AnswerRow).where(AnswerRow.user_id == user_id),
        "channel_modes": update(ChannelModeRow).where(ChannelModeRow.set_by == user_id).values(set_by=None),
        "opt_ins": update(OptInRow).where(OptInRow.set_by == user_id).values(set_by=None),
        "fact_changes": update(FactChangeRow).where(FactChangeRow.curator_id == user_id).values(curator_id=None),
    }  # fmt: skip
    learned = person_quiz.steps(user_id) | person_deck.steps(user_id)
    counts |= {name: changed(session, step) for name, step in (steps | learned).items()}
    counts["proposals"] = _forget_proposals(session, user_id)
    counts["mentions"] = sum(
        changed(session, _blank(column, user_id)) for column in _texts() if len(str(user_id)) >= ID_DIGITS
    )
    return counts


def _forget_proposals(session: Session, user_id: int) -> int:
    own = ProposalRow.proposer_id == user_id
    member = ProposalRow.kind.in_(("report", "suggestion"))
    empty = type_coerce(ProposalRow.facts, Text) == "[]"
    gone = update(ProposalRow).where(own, member, empty, ProposalRow.state == "open")
    changed(session, update(ProposalRow).where(own, member).values(draft=None))
    changed(session, gone.values(state="withdrawn"))
    nobody = {"proposer_id": None, "text": "", "source": "", "tell": "no"}
    return changed(session, update(ProposalRow).where(own).values(nobody))


def _forget_curating(session: Session, user_id: int) -> dict[str, int]:
    first = ProposalRow.first_id == user_id
    decisions = session.scalar(select(func.count()).select_from(ProposalRow).where(_decided(user_id))) or 0
    anew = {"state": "open", "first_name": "", "claimed_at": None}
    changed(session, update(ProposalRow).where(first, ProposalRow.state == "waiting_second").values(anew))
    changed(session, update(ProposalRow).where(first).values(first_id=None))
    changed(session, update(ProposalRow).where(ProposalRow.decided_id == user_id).values(decided_id=None))
    steps = {
        "skips": delete(SkipRow).where(SkipRow.curator_id == user_id),
        "curators": delete(CuratorRow).where(CuratorRow.user_id == user_id),
        "hidden_gaps": update(HiddenGapRow).where(HiddenGapRow.set_by == user_id).values(set_by=None),
        "notice_channels": update(NoticeRow).where(NoticeRow.set_by == user_id).values(set_by=None),
        "kept_drafts": delete(KeptRow).where(KeptRow.person_id == user_id),
    }  # fmt: skip
    counts = {"decisions": decisions, **{name: changed(session, step) for name, step in steps.items()}}
    others = update(CuratorRow).where(CuratorRow.added_by == user_id).values(added_by=None)
    counts["curators"] += changed(session, others)
    return counts


def _decided(user_id: int) -> ColumnElement[bool]:
    return or_(ProposalRow.first_id == user_id, ProposalRow.decided_id == user_id)


def _named(user_id: int) -> ColumnElement[bool]:
    return or_(CuratorRow.user_id == user_id, CuratorRow.added_by == user_id)


def _mentions(session: Session, user_id: int) -> list[dict[str, Any]]:
    """In which columns the person's id is written out within a text: `{"in": "proposals.text", "times": 1}`."""
    if len(str(user_id)) < ID_DIGITS:
        return []
    counts = {
        str(column): session.scalar(select(func.count()).select_from(column.table).where(_holds(column, user_id)))
        for column in _texts()
    }
    return [{"in": name, "times": times} for name, times in counts.items() if times]


def _texts() -> list[Any]:
    """Every column of every table in which an id could be written out."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) or isinstance(getattr(column.type, "impl", None), String)
    ]


def _holds(column: Any, user_id: int) -> ColumnElement[bool]:
    return type_coerce(column, Text).contains(str(user_id))


def _blank(column: Any, user_id: int) -> Update:
    blanked = func.replace(type_coerce(column, Text), str(user_id), "0")
    return update(column.table).where(_holds(column, user_id)).values({column: blanked})


def changed(session: Session, step: Any) -> int:
    """Run a deletion or a change; how many rows it concerned."""
    done = cast("CursorResult[Any]", session.execute(step, execution_options={"synchronize_session": False}))
    return done.rowcount


def _text(id_: int | None) -> str | None:
    return None if id_ is None else str(id_)
