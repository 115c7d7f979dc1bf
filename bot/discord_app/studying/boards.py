"""Who stands where: lines of leaderboards, with ties.

Comes in: scores, and who is not to be listed. Goes out: Discord markdown. People are written as mentions, which ping
nobody (every message is sent with no allowed mentions) and show the name that somebody bears now, so that no name is
kept. Every line that names people begins with one of PEOPLE; a test allows mentions there and nowhere else.
"""

from collections.abc import Collection, Iterable, Sequence

from bot.study.scores import Score

PEOPLE = ("🥇", "🥈", "🥉", "🏅", "🙋", "🎓", "🔥")
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}

LINES = 20  # of a board; a mention has up to 22 characters, so they stay far below what a message holds
NAMES = 8  # of those who were right


def mention(person: int) -> str:
    """A person, shown under the name that they bear."""
    return f"<@{person}>"


def listed(scores: Iterable[Score], hidden: Collection[int]) -> tuple[list[Score], int]:
    """The scores of those who want to be listed, and of how many others there are any. Ranks stay as they are."""
    shown, others = [], 0
    for score in scores:
        if score.person in hidden:
            others += 1
        else:
            shown.append(score)
    return shown, others


def lines(scores: Sequence[Score], total: int | None = None, most: int = LINES) -> list[str]:
    """A line for each: medal and rank, who, points; `total` is of how many questions."""
    told = []
    for score in scores[:most]:
        of = f" of {total}" if total is not None else ""
        answered = f" · {score.answered} answered" if total is None or score.answered != total else ""
        who = f"{_medal(score)} **{score.rank}.** {mention(score.person)}"
        told.append(f"{who} · **{score.points}**{of}{answered}")
    more = len(scores) - most
    return [*told, f"-# and {more} more"] if more > 0 else told


def short(scores: Sequence[Score], most: int = 5) -> str:
    """The first of a board on one line; empty where nobody has a point."""
    told = [f"{_medal(s)} {mention(s.person)} {s.points}" for s in scores[:most] if s.points]
    more = sum(1 for score in scores[most:] if score.points)
    return " · ".join([*told, *([f"and {more} more"] if more else [])])


def _medal(score: Score) -> str:
    return _MEDALS.get(score.rank, "🏅")


def names(people: Sequence[int], hidden: Collection[int], most: int = NAMES) -> str:
    """Who it was, on one line after the raised hand; those who are not to be listed are counted only."""
    shown = [person for person in people if person not in hidden]
    told = ", ".join(mention(person) for person in shown[:most])
    others = len(people) - len(shown[:most])
    if not told:
        return f"🙋 {others}"
    return f"🙋 {told}" + (f" and {others} more" if others else "")
