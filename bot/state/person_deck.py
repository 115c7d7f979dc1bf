"""What is stored about what one person learns: told, and forgotten, with everything else of them (`person.py`)."""

from typing import Any

from sqlalchemy import Delete, delete, select
from sqlalchemy.orm import Session

from bot.state.deck_models import StudyCardRow, StudyDeckRow, StudyReminderRow, StudyReviewRow


def about(session: Session, user_id: int) -> dict[str, Any]:
    """Their cards, grades, decks and reminder, as a JSON object of lists."""
    of_card, of_review = StudyCardRow.person_id == user_id, StudyReviewRow.person_id == user_id
    cards = session.scalars(select(StudyCardRow).where(of_card).order_by(StudyCardRow.key))
    reviews = session.scalars(select(StudyReviewRow).where(of_review).order_by(StudyReviewRow.id))
    decks = session.scalars(select(StudyDeckRow).where(StudyDeckRow.person_id == user_id).order_by(StudyDeckRow.id))
    reminders = session.scalars(select(StudyReminderRow).where(StudyReminderRow.person_id == user_id))
    return {
        "study_cards": [
            {
                "key": c.key, "fact": c.fact, "kind": c.kind, "state": c.state, "step": c.step,
                "stability": c.stability, "difficulty": c.difficulty, "due": c.due.isoformat(), "last": _text(c.last),
                "added": c.added_at.isoformat(), "changed": _text(c.changed_at), "missed": _text(c.missed_at),
                "retired": c.retired,
            }
            for c in cards
        ],
        "study_reviews": [
            {"key": r.key, "grade": r.grade, "was": r.was, "became": r.became, "at": r.at.isoformat()} for r in reviews
        ],
        "study_decks": [{"name": d.name, "origin": d.origin, "at": d.at.isoformat()} for d in decks],
        "study_reminders": [
            {
                "guild": _text(r.guild_id), "channel": _text(r.channel_id), "hour": r.hour, "zone": r.zone,
                "told_on": _text(r.told_on),
            }
            for r in reminders
        ],
    }  # fmt: skip


def steps(user_id: int) -> dict[str, Delete]:
    """What deletes all of it, by the keys of `about`."""
    tables: dict[str, Any] = {
        "study_cards": StudyCardRow, "study_reviews": StudyReviewRow, "study_decks": StudyDeckRow,
        "study_reminders": StudyReminderRow,
    }  # fmt: skip
    return {name: delete(table).where(table.person_id == user_id) for name, table in tables.items()}


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return str(value) if isinstance(value, int) else str(value.isoformat())
