"""Who makes questions now: one maker for the engine that serves and the day it is, shared by all who need questions.

Comes in: an engine and a day. Goes out: a `Making`. It keeps what it asked the engine, so another one is made only when
the engine or the day is another. Must not know: what is done with the questions.
"""

import asyncio
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from bot.engine import Engine
from bot.study.basis import Asker
from bot.study.deck import said
from bot.study.making import Maker
from bot.study.topics import Topic, facts_of, topics


@dataclass(frozen=True)
class Making:
    """What questions are made with on one day. All of it may be used from several threads at once."""

    engine: Engine
    today: datetime.date
    maker: Maker

    @property
    def asker(self) -> Asker:
        """What asks the engine, for the grading of typed answers."""
        return self.maker.asker

    @property
    def there(self) -> bool:
        """Whether this knowledge base has the words to ask with; without them nothing is offered."""
        return self.maker.phrases.there

    @cached_property
    def topics(self) -> list[Topic]:
        """All topics, for completion."""
        return topics(self.engine.kb, self.today)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """A digest of what each fact says, by its id (`bot.study.deck.said`)."""
        return said(self.engine.kb)

    def facts(self, topic: str) -> tuple[str, ...]:
        """The ids of a topic's facts; none for a topic that there is no more."""
        return facts_of(self.engine.kb, topic, self.today)


class Makers:
    """Holds the newest `Making`. `engine` and `today` say what serves now."""

    def __init__(self, engine: Callable[[], Engine], today: Callable[[], datetime.date]) -> None:
        self._engine, self._today = engine, today
        self._held: Making | None = None
        self._turn = Lock()

    def now(self) -> Making:
        """The one for this engine and day; made here (some milliseconds) where it is not there yet."""
        engine, today = self._engine(), self._today()
        with self._turn:
            held = self._held
            if held is None or held.engine is not engine or held.today != today:
                held = self._held = Making(engine, today, Maker(Asker(engine, today)))
            return held

    async def ready(self) -> Making:
        """The same with topics and digests worked out, in a thread: a tenth of a second after a reload."""
        held = self.now()
        if "topics" not in held.__dict__ or "digests" not in held.__dict__:
            await asyncio.to_thread(lambda: (held.topics, held.digests))
        return held
