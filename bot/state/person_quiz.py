"""What is stored about how one person plays: told, and forgotten, with everything else of them (`person.py`)."""

from typing import Any

from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.orm import Session

from bot.state.quiz_models import (
    DailyAnswerRow,
    DailyRow,
    DailyStreakRow,
    QuizAnswerRow,
    QuizMissRow,
    QuizOptOutRow,
    QuizRow,
    QuizScoreRow,
)

_OWN: dict[str, Any] = {
    "quiz_answers": QuizAnswerRow, "quiz_scores": QuizScoreRow, "quiz_misses": QuizMissRow,
    "quiz_opt_outs": QuizOptOutRow, "daily_answers": DailyAnswerRow, "daily_streaks": DailyStreakRow,
}  # fmt: skip


def about(session: Session, user_id: int) -> dict[str, Any]:
    """Their answers, scores and streaks, and what they started or switched on, as a JSON object of lists."""
    held = {
        name: [_row(row) for row in session.scalars(select(table).where(table.person_id == user_id))]
        for name, table in _OWN.items()
    }
    hosted = session.scalars(select(QuizRow).where(QuizRow.host_id == user_id))
    dailies = session.scalars(select(DailyRow).where(DailyRow.set_by == user_id))
    return {
        **held,
        "quizzes": [{"channel": str(q.channel_id), "at": q.at.isoformat()} for q in hosted],
        "dailies": [{"channel": str(d.channel_id), "hour": d.hour, "zone": d.zone} for d in dailies],
    }


def _row(row: Any) -> dict[str, Any]:
    """A row without the person, ids as texts, times as they are written."""
    told = {}
    for column in row.__table__.columns:
        value = getattr(row, column.key)
        if column.key == "person_id":
            continue
        if column.key.endswith("_id"):
            told[column.key.removesuffix("_id")] = value if column.key == "round_id" else str(value)
        else:
            told[column.key] = value.isoformat() if hasattr(value, "isoformat") else value
    return told


def steps(user_id: int) -> dict[str, Delete | Update]:
    """What forgets all of it, by the keys of `about`. A quiz goes on without who started it."""
    gone: dict[str, Delete | Update] = {
        name: delete(table).where(table.person_id == user_id) for name, table in _OWN.items()
    }
    gone["quizzes"] = update(QuizRow).where(QuizRow.host_id == user_id).values(host_id=None)
    gone["dailies"] = update(DailyRow).where(DailyRow.set_by == user_id).values(set_by=None)
    return gone
