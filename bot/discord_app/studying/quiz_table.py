"""One table: the quiz of a channel as it stands, what of it is kept, and what is still to be shown."""

import asyncio
import datetime
from collections import deque
from dataclasses import dataclass, field

from bot.discord_app.desk import Desk
from bot.study import keeping
from bot.study.events import Effect
from bot.study.playing import Quiz


@dataclass(slots=True)
class Table:
    """`messages` has the one that shows the newest question, by its number. `title` is the topic's, `again` the custom
    id for another quiz like it; after a restart both are made anew. `why` is said at the end. `retry` is when a
    question that could not be shown is tried again, after it `failed` so many times."""

    channel: int
    guild: int | None
    host: int | None
    quiz: Quiz
    saved: Quiz
    title: str = ""
    again: str = ""
    why: str = ""
    messages: dict[int, int] = field(default_factory=dict)
    failed: int = 0
    retry: datetime.datetime | None = None
    todo: deque[Effect] = field(default_factory=deque)
    doing: "asyncio.Task[None] | None" = None
    saving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keep(self, desk: Desk) -> None:
        """Wait until the quiz is kept as it is now. Where the state fails it goes on, and is kept the next time."""
        async with self.saving:
            before, after, now = self.saved, self.quiz, desk.now()
            if before is after:
                return
            message = self.messages.get(after.number)

            def work() -> bool:
                keeping.save(desk.store.quizzes, self.channel, before, after, now, message)
                return True

            if await desk.kept(work):
                self.saved = after

    async def note_message(self, desk: Desk) -> None:
        """Keep which message shows the question."""
        async with self.saving:
            quiz, now = self.saved, desk.now()
            message = self.messages.get(quiz.number)
            if message is not None:
                await desk.kept(lambda: keeping.note_message(desk.store.quizzes, self.channel, quiz, now, message))
