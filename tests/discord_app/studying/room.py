"""A world in which quizzes are played: what people do there, and what they see."""

from dataclasses import dataclass
from typing import Any

import discord
from simcord import InteractionResult
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.discord_app.studying.quiz_ids import Press, Verb, read
from bot.discord_app.studying.quiz_table import Table
from bot.study.asked import Asked
from tests.discord_app.world import Message, Person, World, buttons, components_of, shown

MEMBERSHIP = "relation:membership"


@dataclass
class Room:
    """A world, and a few more verbs."""

    world: World

    async def start(
        self, person: MemberActor | None = None, channel: ChannelHandle | None = None, **options: Any
    ) -> InteractionResult:
        """`/quiz start`, by Alice unless somebody else is named."""
        options = {"topic": MEMBERSHIP, "questions": 3, **options}
        return await (person or self.world.alice).slash(channel or self.world.channel, "quiz start", **options)

    def table(self, channel: ChannelHandle | None = None) -> Table:
        """What runs in a channel."""
        found = self.world.bot.tables.at((channel or self.world.channel).id)
        assert found is not None
        return found

    def over(self, channel: ChannelHandle | None = None) -> bool:
        """Whether no quiz runs there."""
        return self.world.bot.tables.at((channel or self.world.channel).id) is None

    def asked(self, channel: ChannelHandle | None = None) -> Asked:
        """The question that is open."""
        return self.table(channel).quiz.asked

    def last(self, channel: ChannelHandle | None = None) -> discord.Message:
        """The newest message of the bot."""
        return self.world.own(channel or self.world.channel)[-1]

    async def choose(
        self, person: Person, place: int, channel: ChannelHandle | None = None, message: Message | None = None
    ) -> InteractionResult:
        """Press the button of a choice on the newest message."""
        on = message or self.last(channel)
        made: InteractionResult = await person.click(on, custom_id=choices(on)[place])
        return made

    async def right(self, person: Person, channel: ChannelHandle | None = None) -> InteractionResult:
        """Choose what is right, one after the other where it is an order."""
        first, *more = self.asked(channel).right
        came = await self.choose(person, first, channel)
        for place in more[:-1]:
            came = await person.click(shown(came), custom_id=choices(came)[place])
        return came

    async def wrong(self, person: Person, channel: ChannelHandle | None = None) -> InteractionResult:
        """Choose what is not."""
        asked = self.asked(channel)
        assert len(asked.right) == 1
        return await self.choose(person, next(n for n in range(len(asked.choices)) if n not in asked.right), channel)

    async def wait(self, seconds: float) -> None:
        """Time passes."""
        await self.world.env.advance_time(seconds)

    async def close(self) -> discord.Message:
        """The question is closed by the clock; the message that showed it, revealed."""
        question = self.last()
        await self.wait(self.table().quiz.rules.seconds + 2.5)
        return self.world.current(question)

    async def go_on(self) -> None:
        """The next question comes, or the board."""
        await self.wait(self.table().quiz.rules.pause + 1)


def choices(message: Message | InteractionResult) -> dict[int, str]:
    """The custom ids of the buttons that choose, by the place of their choice."""
    found = {}
    for component in components_of(message):
        pressed = read(component.get("custom_id", ""))
        if isinstance(pressed, Press) and pressed.verb in (Verb.PICK, Verb.DAILY):
            found[int(pressed.word.rsplit(".", 1)[1])] = str(component["custom_id"])
    return found


def has(message: Message | InteractionResult, label: str) -> bool:
    """Whether a message has a button whose label begins so."""
    return any(shown_as.startswith(label) for shown_as in buttons(message))
