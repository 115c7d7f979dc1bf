"""What changed lately: what began and what ended since a day, the newest first.

Comes in: an engine, and a day or how somebody typed it. Goes out: a card of pages. Must not know: who asks.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.answers.digest import fact_lines
from bot.discord_app.body import dated
from bot.discord_app.custom_ids import Kind
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.limits import fit, paged
from bot.discord_app.parts import Card, Row, Rule, Text, turner
from bot.engine import Engine
from bot.knowledge.dates import first_day
from bot.knowledge.records import Fact
from bot.state.records import FactChange

DAYS = 90  # where nobody says since when
BUDGET = 2500
EDITS, EDIT = 4, 200  # of the newest edits, characters of each
LINES = 14

_SPAN = re.compile(r"(?:the )?(?:last |past )?(\d{1,4}) ?(d|day|w|week|month|m|y|year)s?(?: ago)?")
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_DAY = 10**8  # a page number stands before the eight digits of a day


def since_of(text: str, today: datetime.date) -> datetime.date | None:
    """The day meant by "30 days", "2 weeks", "2025", "2025-08" or "2025-08-31"; None for anything else."""
    typed = " ".join(text.lower().split()).removeprefix("since ")
    if not typed:
        return today - datetime.timedelta(days=DAYS)
    found = _SPAN.fullmatch(typed)
    try:
        day = today - datetime.timedelta(days=int(found[1]) * _UNITS[found[2][0]]) if found else first_day(typed)
    except (ValueError, OverflowError):
        return None
    return day if day <= today else None


def choices(today: datetime.date) -> list[tuple[str, str]]:
    """What is offered: a label, and what it means."""
    this_year = str(today.year)
    return [
        ("the last 7 days", "7 days"), ("the last 30 days", "30 days"), (f"the last {DAYS} days", f"{DAYS} days"),
        (f"since the beginning of {this_year}", this_year), ("the last 365 days", "365 days"),
    ]  # fmt: skip


def changed(engine: Engine, since: datetime.date, today: datetime.date) -> list[tuple[str, str]]:
    """What began or ended from one day to another: the date, and a sentence; the newest first."""
    found = set()
    for fact in engine.kb.facts():
        moments = [moment for moment in _moments(fact) if since <= first_day(moment[0]) <= today]
        lines = fact_lines(engine.composer, fact) if moments else []  # only what is shown is put into words
        for date, number, ended in moments:
            said = lines[number].partition(": ")[2]
            if said or ended:
                found.add((date, f"Ended: {said}" if ended else said))
    return sorted(found, key=lambda change: (first_day(change[0]), change), reverse=True)


def changes_card(
    engine: Engine, since: datetime.date, today: datetime.date, page: int = 1, edits: Sequence[FactChange] = ()
) -> Card:
    """A page of what changed in the world since a day, and, above, what was changed in the facts."""
    words = engine.composer.words
    found = changed(engine, since, today)
    above = [f"### 🗓️ Since {words.date(since.isoformat())}", *_edited(engine, edits)]
    if not found:
        return Card((Text("\n".join([*above, "Nothing on file began or ended since then."])),))
    pages = paged([dated(f"{words.date(date)}: {said}") for date, said in found], BUDGET, LINES)
    page = min(max(page, 1), len(pages))
    above.append(f"-# {len(found)} change{'' if len(found) == 1 else 's'} in the world on file, the newest first")
    blocks: list[Text | Rule | Row] = [Text("\n".join(above)), Rule(), Text("\n".join(pages[page - 1]))]
    blocks += turner(Kind.CHANGES, None, page, len(pages), lambda other: _number(other, since))
    return Card(tuple(blocks))


async def page_of(desk: Desk, since: datetime.date, page: int = 1) -> Card:
    """The same for a desk, which knows what was changed in the facts."""
    start = datetime.datetime.combine(since, datetime.time(), datetime.UTC)
    edits = await desk.kept(lambda: desk.store.fact_changes(start), PROMPT)
    return changes_card(desk.engine, since, desk.today(), page, edits or ())


def place_of(number: int) -> tuple[int, datetime.date | None]:
    """The page and the day that a button's number holds; no day for a number that none of ours wrote."""
    page, day = divmod(number, _DAY)
    try:
        return page, datetime.date(day // 10000, day // 100 % 100, day % 100)
    except ValueError:
        return page, None


def _number(page: int, since: datetime.date) -> int:
    return page * _DAY + int(since.strftime("%Y%m%d"))


def _edited(engine: Engine, edits: Sequence[FactChange]) -> list[str]:
    """How many facts were added, corrected and removed, and the newest of them."""
    if not edits:
        return []
    counts = Counter(edit.change for edit in edits)
    lines = [f"✏️ In the facts: {', '.join(f'{count} {change}' for change, count in counts.items())}"]
    for edit in [edit for edit in edits if edit.fact in engine.kb][:EDITS]:
        main = fact_lines(engine.composer, engine.kb.fact(edit.fact))[0]
        day = engine.composer.words.date(edit.at.date().isoformat())
        lines.append(dated(f"{day}: {edit.change}: {fit(main.partition(': ')[2], EDIT)}"))
    return lines


def _moments(fact: Fact) -> Iterator[tuple[str, int, bool]]:
    """The dated beginnings and endings of a fact: the date, which of its lines tells it, whether it is an ending."""
    if fact.since.date is not None and fact.since.exact:
        yield fact.since.date, 0, False
    if fact.until and fact.holds:  # where something began to hold, that is told by the fact of it
        yield fact.until, 0, True
    for number, date in enumerate((detail.since for detail in fact.details if detail.since), 1):
        yield date, number, False
