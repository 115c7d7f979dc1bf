"""What curators do in Discord, each click counted; and how to look at what came of it."""

from dataclasses import dataclass
from typing import Any

from simcord import InteractionResult
from simcord.actors import MemberActor

from tests.discord_app.world import Message, World, components_of, custom_id, shown, texts

ARMENIA = "recognition-pakistan-armenia"
QUESTION = "does pakistan recognise armenia?"
PAGE = {
    "url": "https://example.org/news/armenia", "title": "Recognition withdrawn", "publisher": "Example News",
    "published": "2026-11-20",
}  # fmt: skip
SELECT = 3
MENUS = {"tell", "kind", "holds", "weak"}  # fields in which one of several is chosen


@dataclass
class Hands:
    """The world, two curators, and the clicks that were needed."""

    world: World
    ada: MemberActor
    ben: MemberActor
    clicks: int = 0

    async def slash(self, person: MemberActor, name: str, **options: Any) -> InteractionResult:
        """A command."""
        self.clicks += 1
        made: InteractionResult = await person.slash(self.world.channel, name, **options)
        return made

    async def press(self, person: MemberActor, on: Message | InteractionResult, label: str) -> InteractionResult:
        """The button whose label begins so; what came of it, which may be the changed message."""
        self.clicks += 1
        message = shown(on) if isinstance(on, InteractionResult) else on
        made: InteractionResult = await person.click(message, custom_id=custom_id(self.now(message), label))
        return made

    async def fill(self, person: MemberActor, form: InteractionResult, **values: str) -> InteractionResult:
        """A form, sent."""
        self.clicks += 1
        sent = {name: [value] if name in MENUS else value for name, value in values.items()}
        made: InteractionResult = await person.submit_modal(form, sent)
        return made

    async def choose(
        self, person: MemberActor, on: Message | InteractionResult, value: str, place: int = 0
    ) -> InteractionResult:
        """A line of a menu of a message; `place` counts its menus from above."""
        self.clicks += 1
        message = shown(on) if isinstance(on, InteractionResult) else on
        made: InteractionResult = await person.select(message, [value], custom_id=self.menus(on)[place]["custom_id"])
        return made

    def menus(self, on: Message | InteractionResult) -> list[dict[str, Any]]:
        """The menus of a message as it is now."""
        message = shown(on) if isinstance(on, InteractionResult) else on
        return [c for c in components_of(self.now(message)) if c["type"] == SELECT]

    def chosen(self, on: Message | InteractionResult) -> list[str]:
        """What its menus show as chosen, "" for nothing."""
        return ["".join(o["value"] for o in menu["options"] if o.get("default")) for menu in self.menus(on)]

    def now(self, message: Message) -> Message:
        """A message as it is now."""
        return self.world.current(message)

    def told(self, result: Message | InteractionResult) -> str:
        """The text of the message that answered, or that was changed in its place."""
        message = shown(result) if isinstance(result, InteractionResult) else result
        return texts(self.now(message))

    async def answer(self, question: str = QUESTION) -> str:
        """What anybody is answered now."""
        return texts(await self.world.ask(self.world.alice, question))

    async def end(self, person: MemberActor, until: str = "2026-11-01", **more: str) -> InteractionResult:
        """`/fact end`, up to its preview."""
        form = await self.slash(person, "fact end", fact=ARMENIA, until=until)
        return await self.fill(person, form, reason="it was withdrawn", **{**PAGE, **more})
