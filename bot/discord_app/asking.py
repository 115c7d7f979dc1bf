"""The way of one question: from what somebody typed to a card, and what is noted of it.

Comes in: a text and who asked where. Goes out: the answer with its card; what is counted and kept about it. Must not
know: by which event the question came, or how the card is sent.
"""

import time
from dataclasses import dataclass

import structlog

from bot.answers.answer import Answer
from bot.discord_app.card import answer_card
from bot.discord_app.custom_ids import query_text, still_known
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.parts import Card
from bot.engine import Engine
from bot.questions.query import Query
from bot.state.queries import query_key

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where. `private` is an answer that nobody else sees; `guild` is None outside of servers."""

    person: int
    channel: int
    guild: int | None
    private: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where a follow-up belongs: one person's questions in one channel."""
        return self.channel, self.person


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, the engine that gave it, and its card."""

    engine: Engine
    answer: Answer
    card: Card


async def ask(desk: Desk, asker: Asker, text: str, *, by: str, after: Query | None = None) -> Given:
    """Read a question and answer it: after a query at hand, or after the same person's last one here.

    `by` says in the log which way the question came.
    """
    started = time.perf_counter()
    engine = desk.engine
    last = after or desk.recent.last(asker.place, desk.clock())
    if last is not None and not still_known(engine.kb, last):
        last = None
    return await give(desk, asker, engine, engine.ask(text, today=desk.today(), last=last), by=by, started=started)


async def answer(desk: Desk, asker: Asker, query: Query, *, by: str) -> Given:
    """Answer a query that a button or a choice holds."""
    started = time.perf_counter()
    engine = desk.engine
    return await give(desk, asker, engine, engine.answer(query, desk.today()), by=by, started=started)


async def give(
    desk: Desk, asker: Asker, engine: Engine, made: Answer, *, by: str, started: float, quoted: str = ""
) -> Given:
    """Make the card of an answer. Nothing here waits for the state, so that it is acknowledged in time."""
    missed = is_missed(made)
    words_kept = missed and await desk.opted_in(asker.guild)
    if made.query is not None and made.status != "clarify":  # what a clarify holds is only what its readings share
        desk.recent.note(asker.place, made.query, desk.clock())
    card = answer_card(
        engine, made, asker=None if asker.private else asker.person, quoted=quoted, words_kept=words_kept
    )
    log.info(
        "asked", by=by, status=made.status, rule=made.query.rule if made.query else None, reason=made.reason or None,
        guild=asker.guild, ms=round((time.perf_counter() - started) * 1000, 1),
    )  # fmt: skip
    return Given(engine, made, card)


async def settle(desk: Desk, asker: Asker, given: Given, message: int | None) -> None:
    """After an answer was sent (as `message`, if it was): keep what its buttons need, and count the question."""
    if message is not None:
        desk.recent.keep(message, given.answer, asker.person)
        await hold(desk, asker.person, given.card, message)
    count(desk, asker, given.answer)


def is_missed(made: Answer) -> bool:
    """Whether something was asked that was not understood; a greeting, or thanks, asks nothing."""
    return made.status == "not_understood" and made.reason != "small_talk"


def count(desk: Desk, asker: Asker, made: Answer) -> None:
    """Count a question by its query, or note that one was not understood."""
    if is_missed(made):
        desk.miss(made.question, asker.guild)
    elif made.query is not None and made.status != "clarify":
        desk.count(query_key(made.query))


async def hold(desk: Desk, person: int, card: Card, message: int) -> None:
    """Keep the queries of a card that are too long for its buttons."""
    if not card.held:
        return
    held = {str(slot): query_text(query) for slot, query in card.held.items()}
    now = desk.now()
    await desk.kept(lambda: desk.store.remember_answer(message, person, held, now))


async def look_up(desk: Desk, message: int) -> dict[int, str]:
    """The queries that were kept for a message, by slot."""
    asked = await desk.kept(lambda: desk.store.recall_answer(message), PROMPT)
    held = asked.query if asked else None
    return {int(slot): str(text) for slot, text in held.items()} if isinstance(held, dict) else {}
