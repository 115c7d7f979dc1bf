"""The quizzes that run, a table for each channel: what happens at one, and what is shown there.

Comes in: events of a quiz, with the time that the desk's clock tells. Goes out: a state that is kept before anybody is
told, and messages, each table's in order. A table steps at once, in memory; who waits for it to be kept waits for one
transaction that holds all that came meanwhile, so that a crowd does not queue. Must not know: commands and buttons.
"""

import asyncio
import datetime
import random
from collections.abc import Callable

import discord
import structlog
from discord.ext import tasks

from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.studying import quiz_work
from bot.discord_app.studying.quiz_posting import Lost
from bot.discord_app.studying.quiz_table import Table
from bot.study import keeping
from bot.study.asked import Asked
from bot.study.events import Ask, Effect, Event, Finished, Left, Revealed, Stop, Tick, Told
from bot.study.playing import ASKING, OVER, REVEALED, Quiz, Rules
from bot.study.quiz import Step, refresh, resume, start, step

TICK = 0.5  # seconds between two looks at the clock
WAITS = (5, 10, 20, 40, 60, 60, 60, 60)  # seconds, after a question could not be shown, until it is tried again
SILENT = 3  # questions in a row that nobody answers end a quiz
IDLE = datetime.timedelta(minutes=15)  # how long a quiz waits for who asks the next question

log = structlog.get_logger()


class Tables:
    """All quizzes of one client. What they need to outlive it is in the state."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self.desk, self.client = desk, client
        self.rng = random.Random()  # noqa: S311 - which questions come, no secret
        self.drawing = asyncio.Lock()  # one draw at a time: several threads that compute would keep answers waiting
        self._tables: dict[int, Table] = {}
        self._ready = False
        self.refreshing: asyncio.Future[None] | None = None
        self._clock = tasks.loop(seconds=TICK)(self._tick)
        desk.heard.add(self.facts_changed)

    # --- beginning and ending with the client

    async def load(self) -> None:
        """Find the quizzes that ran when the bot ended. Nothing is shown yet, but buttons find them again."""
        found = await self.desk.kept(lambda: keeping.running(self.desk.store.quizzes))
        if found is None:
            return
        for one in found[0]:
            table = Table(one.channel_id, one.guild_id, one.host_id, one.quiz, one.quiz)
            if one.message_id is not None:
                table.messages[one.quiz.number] = one.message_id
            self._tables.setdefault(one.channel_id, table)
        for channel in found[1]:  # of another version
            await self._drop(channel)

    def go_on(self) -> None:
        """Go on with them where they were. A second time does nothing."""
        if self._ready:
            return
        self._ready = True
        for table in self._tables.values():
            quiz = table.quiz
            if quiz.phase != ASKING and quiz.results:  # whether that was shown nobody knows
                self._do(table, (Revealed(len(quiz.results) - 1, quiz.results[-1], quiz.scores(), quiz.until),))
            if quiz.phase == OVER:
                self._do(table, (Finished(quiz.scores(), quiz.results),))
            else:
                self._take(table, resume(quiz, self.desk.now()))
        self.facts_changed()
        self._watch()

    async def close(self) -> None:
        """Stop; what runs goes on with the next client."""
        self.desk.heard.discard(self.facts_changed)
        self._clock.cancel()
        for table in self._tables.values():
            if table.doing is not None:
                table.doing.cancel()
        self._tables.clear()

    # --- what happens

    def at(self, channel: int) -> Table | None:
        """The table of a channel, if a quiz runs there."""
        return self._tables.get(channel)

    async def start(
        self, channel: int, guild: int | None, host: int, rules: Rules, questions: tuple[Asked, ...], *, title: str,
        again: str,
    ) -> bool:  # fmt: skip
        """Begin with the first question; False where a quiz runs in the channel already, or it could not be kept.

        `again` is the custom id of a button that starts another one like it.
        """
        if channel in self._tables:
            return False
        now = self.desk.now()
        quiz, effects = start(rules, questions, now)
        table = self._tables[channel] = Table(channel, guild, host, quiz, quiz, title, again)
        if not await self.desk.kept(lambda: quiz_work.begin(self.desk.store.quizzes, table, host, now)):
            del self._tables[channel]
            return False
        self._do(table, effects)
        self._watch()
        log.info("quiz begun", guild=guild, questions=len(questions), seconds=rules.seconds)
        return True

    async def happen(self, channel: int, event: Event) -> str | None:
        """Something happens at a table; once it is kept, what became of an answer, None for anything else."""
        table = self._tables.get(channel)
        if table is None:
            return None
        told = self._take(table, step(table.quiz, event, self.desk.now()))
        # Where the state is slow, nobody waits longer than Discord lets them: it counts all the same.
        await asyncio.wait({asyncio.ensure_future(table.keep(self.desk))}, timeout=PROMPT)
        return told

    async def stop(self, channel: int, why: str) -> None:
        """End a quiz, and say why on its board."""
        table = self._tables.get(channel)
        if table is not None:
            self._stop(table, why)
            await table.keep(self.desk)

    async def forget(self, person: int) -> None:
        """Somebody is forgotten: no table remembers what they answered."""
        for table in list(self._tables.values()):
            if table.host == person:
                table.host = None
            self._take(table, step(table.quiz, Left(person), self.desk.now()))
            await table.keep(self.desk)

    async def gone(self, channel: int) -> None:
        """A channel is no more, or nothing may be said there: its quiz ends without a word."""
        if channel in self._tables:
            log.info("quiz ended", why="the channel is gone, or closed to me")
            await self._drop(channel)

    async def left(self, guild: int) -> None:
        """A server is no more."""
        for channel in [channel for channel, table in self._tables.items() if table.guild == guild]:
            await self.gone(channel)

    # --- facts that change

    def facts_changed(self) -> None:
        """Facts may be others now: ask the questions that are still to come as they are."""
        if self._ready and self._tables:
            self.refreshing = asyncio.ensure_future(self._refresh())

    async def _refresh(self) -> None:
        making = self.desk.makers.now()
        for table in list(self._tables.values()):
            made = await asyncio.to_thread(_remade(making.maker.stands, making.maker.again, self.rng), table.quiz)
            if self._tables.get(table.channel) is table:
                self._take(table, refresh(table.quiz, lambda asked, made=made: made.get(asked.id), self.desk.now()))  # type: ignore[misc]
                await table.keep(self.desk)

    # --- the clock

    def _watch(self) -> None:
        """Look at the clock, from the first quiz on."""
        if self._tables and self._ready and not self._clock.is_running():
            self._clock.start()

    async def _tick(self) -> None:
        now = self.desk.now()
        for table in list(self._tables.values()):
            try:
                self._look(table, now)
            except Exception:
                log.exception("failed", what="a quiz")

    def _look(self, table: Table, now: datetime.datetime) -> None:
        """Let time pass at one table."""
        if table.retry is not None:
            if now >= table.retry:
                table.retry = None
                self._take(table, resume(table.quiz, now))
            return
        quiz = table.quiz
        if quiz.phase == REVEALED and quiz.until is None and now - quiz.results[-1].closed_at > IDLE:
            self._stop(table, "Nobody asked for the next question, so I stopped.")
            return
        self._take(table, step(quiz, Tick(), now))

    # --- what is to be done

    def _take(self, table: Table, came: Step) -> str | None:
        """Take a step: the state at once, its messages in turn. What somebody is told of an answer."""
        quiz, effects = came
        table.quiz = quiz
        told = next((effect.how for effect in effects if isinstance(effect, Told)), None)
        self._do(table, tuple(effect for effect in effects if not isinstance(effect, Told)))
        return told

    def _do(self, table: Table, effects: tuple[Effect, ...]) -> None:
        table.todo.extend(effects)
        if table.todo and (table.doing is None or table.doing.done()):
            table.doing = asyncio.ensure_future(self._work(table))

    async def _work(self, table: Table) -> None:
        """What is to be done at one table, one after the other."""
        while table.todo:
            effect = table.todo.popleft()
            try:
                await table.keep(self.desk)
                await self._show(table, effect)
            except Exception:
                log.exception("failed", what="a quiz")

    async def _show(self, table: Table, effect: Effect) -> None:
        """Show what happened; where that cannot be done, the quiz ends or waits."""
        if isinstance(effect, Finished):
            round_id = await quiz_work.end(self.desk, table)
            if self._tables.get(table.channel) is table:
                del self._tables[table.channel]
            await quiz_work.board(self.client, self.desk, table, round_id)
            return
        came = await quiz_work.show(self.client, self.desk, table, effect)
        if came is Lost.FOR_GOOD:
            await self.gone(table.channel)
        elif came is Lost.FOR_NOW and isinstance(effect, Ask):
            self._wait(table)
        elif isinstance(effect, Revealed):
            self._still_there(table)

    def _wait(self, table: Table) -> None:
        """A question could not be shown: try again later, with all of its time; in the end, give up."""
        if table.failed == len(WAITS):
            self._stop(table, "Discord did not take my messages for a while, so I stopped.")
            return
        table.retry = self.desk.now() + datetime.timedelta(seconds=WAITS[table.failed])
        table.failed += 1

    def _still_there(self, table: Table) -> None:
        """End a quiz that nobody answers any more."""
        last = table.quiz.results[-SILENT:]
        if len(last) == SILENT and not any(result.given for result in last) and table.quiz.phase != OVER:
            self._stop(table, f"Nobody answered {SILENT} questions in a row, so I stopped.")

    def _stop(self, table: Table, why: str) -> None:
        table.why = table.why or why
        self._take(table, step(table.quiz, Stop(), self.desk.now()))

    async def _drop(self, channel: int) -> None:
        """Keep a quiz no longer."""
        table = self._tables.pop(channel, None)
        if table is not None:
            table.todo.clear()
        await self.desk.kept(lambda: self.desk.store.quizzes.end(channel, None, self.desk.now()))


def _remade(
    stands: Callable[[Asked], bool], again: Callable[[str, random.Random], Asked | None], rng: random.Random
) -> Callable[[Quiz], dict[str, Asked | None]]:
    """What makes the questions of a quiz anew, by their ids, where the facts have changed."""

    def work(quiz: Quiz) -> dict[str, Asked | None]:
        return {asked.id: asked if stands(asked) else again(asked.key, rng) for asked in quiz.questions[quiz.number :]}

    return work
