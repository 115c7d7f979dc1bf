"""Somebody who learns alone: what they do, what they see, and what is kept of it."""

import datetime
from dataclasses import dataclass
from typing import Any

from simcord import InteractionResult
from simcord.actors import MemberActor

from bot.discord_app.studying.study_ids import Press, Verb, read
from bot.state.deck import KeptCard
from bot.study.schedule import Grade
from tests.discord_app.world import NOW, World, buttons, shown, texts

MEDIATION = "relation:mediation"


@dataclass
class Clock:
    """The time; it passes when a test says so."""

    now: datetime.datetime = NOW

    def __call__(self) -> datetime.datetime:
        return self.now

    def passes(self, **much: float) -> None:
        """Some of it: `minutes=10`, `days=3`."""
        self.now += datetime.timedelta(**much)


@dataclass(frozen=True)
class Seen:
    """An answer as it was seen: simcord's own changes with the message."""

    came: InteractionResult
    text: str
    buttons: dict[str, dict[str, Any]]
    hidden: bool
    id: int

    @property
    def primary(self) -> list[str]:
        """What stands on the buttons that are set off."""
        return [label for label, button in self.buttons.items() if button["style"] == 1]

    def id_of(self, label: str) -> str:
        """The custom id of the button whose label begins so."""
        (found,) = (str(b["custom_id"]) for shown_as, b in self.buttons.items() if shown_as.startswith(label))
        return found

    def ids(self, verb: Verb) -> dict[int, str]:
        """The custom ids of the buttons that do something, by their number."""
        every = {str(button["custom_id"]): read(str(button["custom_id"])) for button in self.buttons.values()}
        return {press.number: id_ for id_, press in every.items() if isinstance(press, Press) and press.verb is verb}


def seen(came: InteractionResult) -> Seen:
    """What an answer shows now."""
    return Seen(came, texts(came), buttons(came), shown(came).ephemeral, shown(came).id)


@dataclass
class Learner:
    """A person in a server. `last` is what they saw last."""

    world: World
    who: MemberActor
    clock: Clock
    last: Seen | None = None

    @property
    def cards(self) -> list[KeptCard]:
        """Their cards, as they are kept."""
        return self.world.desk.store.cards.all(self.who.id)

    @property
    def card(self) -> KeptCard:
        """The only one that is not retired."""
        (found,) = (card for card in self.cards if not card.retired)
        return found

    @property
    def graded(self) -> list[int]:
        """The grades that were kept, oldest first."""
        return [review.grade for review in self.world.desk.store.cards.reviews(self.who.id, NOW)]

    async def slash(self, command: str, **options: Any) -> Seen:
        """A command below `/study`."""
        self.last = seen(await self.who.slash(self.world.channel, f"study {command}", **options))
        return self.last

    async def now(self, **options: Any) -> Seen:
        """`/study now`, on mediation unless something else is said."""
        return await self.slash("now", **(options or {"topic": MEDIATION}))

    async def press(self, label: str) -> Seen:
        """Press a button of what was seen last."""
        assert self.last
        self.last = seen(await self.world.press(self.who, self.last.came, label))
        return self.last

    async def learn(self, grade: Grade) -> Seen:
        """Have the answer to what is up shown, and grade it; what comes next."""
        await self.press("Show the answer")
        return await self.press(grade.name.title())

    async def click(self, custom_id: str, by: MemberActor | None = None) -> Seen:
        """Press a button of a message that has changed since, or that somebody else should not have seen."""
        planted = self.world.plant(custom_id)
        came = await (by or self.who).click(planted, custom_id=custom_id)
        assert "an old answer" in texts(self.world.current(planted))  # what all can see is left as it is
        return seen(came)
