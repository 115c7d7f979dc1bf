"""What is stored about one person: told, and forgotten. A session and the person's id come in.

A new column that holds a person's id is told and forgotten here.
"""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, String, Text, Update, delete, func, select, type_coerce, update
from sqlalchemy.orm import Session

from bot.state.models import AnswerRow, Base, ChannelModeRow, FactChangeRow, OptInRow, ReportRow

# Discord's ids have 17 digits and more. A shorter number within a text is no trace of anybody.
ID_DIGITS = 15


def about(session: Session, user_id: int) -> dict[str, Any]:
    """Everything stored about a person, as a JSON object of lists.

    Ids are texts, for many readers of JSON cannot hold such numbers. `mentions` says in which columns, and how often,
    others wrote the id out; their words are not repeated.
    """
    answers = session.scalars(select(AnswerRow).where(AnswerRow.user_id == user_id).order_by(AnswerRow.at))
    reports = session.scalars(select(ReportRow).where(ReportRow.reporter_id == user_id).order_by(ReportRow.id))
    modes = session.scalars(select(ChannelModeRow).where(ChannelModeRow.set_by == user_id))
    opt_ins = session.scalars(select(OptInRow).where(OptInRow.set_by == user_id))
    changes = session.scalars(
        select(FactChangeRow).where(FactChangeRow.curator_id == user_id).order_by(FactChangeRow.id)
    )
    return {
        "answers": [{"message": str(a.message_id), "query": a.query, "at": a.at.isoformat()} for a in answers],
        "reports": [
            {
                "id": r.id, "facts": r.facts, "text": r.text, "source": r.source, "guild": _text(r.guild_id),
                "at": r.at.isoformat(), "state": r.state,
            }
            for r in reports
        ],
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
        "mentions": _mentions(session, user_id),
    }  # fmt: skip


def forget(session: Session, user_id: int) -> dict[str, int]:
    """Leave no trace of a person in any table; how many rows were concerned, by the keys of `about`.

    Answers are deleted. A report loses who made it and what they wrote, and keeps the facts it is about: a mistake
    stays a mistake. What a moderator set stays set, by nobody. A change of the facts keeps the name under which it was
    made, which is its public trail, and loses the id. Where others wrote the id, it becomes 0.
    """
    nobody = {"reporter_id": None, "text": "", "source": ""}
    steps = {
        "answers": delete(AnswerRow).where(AnswerRow.user_id == user_id),
        "reports": update(ReportRow).where(ReportRow.reporter_id == user_id).values(nobody),
        "channel_modes": update(ChannelModeRow).where(ChannelModeRow.set_by == user_id).values(set_by=None),
        "opt_ins": update(OptInRow).where(OptInRow.set_by == user_id).values(set_by=None),
        "fact_changes": update(FactChangeRow).where(FactChangeRow.curator_id == user_id).values(curator_id=None),
    }  # fmt: skip
    counts = {name: changed(session, step) for name, step in steps.items()}
    counts["mentions"] = sum(
        changed(session, _blank(column, user_id)) for column in _texts() if len(str(user_id)) >= ID_DIGITS
    )
    return counts


def _mentions(session: Session, user_id: int) -> list[dict[str, Any]]:
    """In which columns the person's id is written out within a text: `{"in": "reports.text", "times": 1}`."""
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
