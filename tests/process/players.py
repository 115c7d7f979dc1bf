"""People who play quizzes: who chooses what, and what each must have reached in the end.

Nothing is looked up in the bot: what was right is read from the reveal, as the players read it.
"""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.loopback import Channel, Loopback, User
from tests.process.attache import Json, labels, text, walk

PATIENCE = 60.0  # seconds for what comes by itself

_LABEL = re.compile(r"^[A-D]\. ")
_LISTED = re.compile(r"^\*\*([A-D])\.\*\* (.*)$", re.MULTILINE)
_RIGHT = re.compile(r"✅ \*\*(.+)\*\*$", re.MULTILINE)
_ORDER = re.compile(r"^\*\*\d\.\*\* (.*)$", re.MULTILINE)
_BOARD = re.compile(r"^\S+ \*\*(\d+)\.\*\* <@(\d+)> · \*\*(\d+)\*\* of (\d+)", re.MULTILINE)
_OUR_CHOICE = re.compile(r"attq1:pick:\d*:")


@dataclass
class Game:
    """One quiz: where, who leads it, who plays, and how many points everybody must have."""

    d: Loopback
    channel: Channel
    host: User
    players: list[User]
    points: Counter[str] = field(default_factory=Counter)
    acks: list[float] = field(default_factory=list)  # seconds, of every answer
    chosen: dict[str, list[str]] = field(default_factory=dict)
    asked_anew: bool = False  # whether a question may be replaced while it is open

    async def start(self, **options: Any) -> None:
        """`/quiz start` by the host."""
        given = {"topic": "relation:membership", "questions": 2, "pace": "by hand", **options}
        begun = await self.d.slash(self.host, self.channel, "quiz start", _timeout=PATIENCE, **given)
        assert "Quiz: " in text(begun.message), text(begun.message)

    async def question(self, number: int) -> Json:
        """The message of a question, once it is there."""
        found: list[Json] = []

        def there() -> bool:
            found[:] = [m for m in self.channel.messages if f"Question {number} of" in text(m) and picks(m)]
            return bool(found)

        await self.d.until(there, PATIENCE, f"question {number} does not come")
        return found[-1]

    async def answer(self, message: Json, player: User, place: int) -> None:
        """Choose; of a question of order, then whatever comes first."""
        pressed, names, order = picks(message), choices(message), "Put these in order" in text(message)
        told = [names[place]]
        result = await self.d.click(player, message, custom_id=picks(message)[place], timeout=PATIENCE)
        while order and result.message and picks(result.message):
            told.append(choices(result.message)[0])
            result = await self.d.click(player, result.message, custom_id=picks(result.message)[0], timeout=PATIENCE)
            self.acks.append(result.ack or PATIENCE)
        self.acks.append(result.ack or PATIENCE)
        if self.asked_anew and "is closed" in text(result.message):  # facts changed: it is being asked as they are now
            await self.d.until(lambda: picks(self.d.messages[message["id"]]) != pressed, PATIENCE)
            message = self.d.messages[message["id"]]
            await self.answer(message, player, place % len(picks(message)))
            return
        assert "☑️" in text(result.message), text(result.message)
        self.chosen[player.id] = told + [name for name in names if name not in told] if order else told

    async def everybody(self, message: Json, number: int, within: float = 0.0) -> None:
        """All answer, spread over so many seconds, each choice as often as any other."""
        count = len(picks(message))

        async def one(index: int, player: User) -> None:
            await asyncio.sleep(within * index / len(self.players))
            await self.answer(message, player, (index + number) % count)

        await asyncio.gather(*(one(index, player) for index, player in enumerate(self.players)))

    async def reveal(self, message: Json) -> None:
        """The host closes the question; everybody reads what was right."""
        await self.d.click(self.host, message, label="Reveal", timeout=PATIENCE)
        await self.read(message)

    async def read(self, message: Json) -> None:
        """The question is closed; everybody reads what was right."""
        await self.d.until(lambda: "Challenge this answer" in labels(self.d.messages[message["id"]]), PATIENCE)
        told = text(self.d.messages[message["id"]]).split("-# As of")[0].replace("\\", "")
        right = _RIGHT.findall(told) or _ORDER.findall(told)
        for player, chosen in self.chosen.items():
            self.points[player] += all(a.endswith(b) for a, b in zip(chosen, right, strict=True))
        self.chosen.clear()

    async def go_on(self, message: Json) -> None:
        """The host asks the next question."""
        shown = self.d.messages[message["id"]]
        await self.d.click(self.host, shown, label="Next question", timeout=PATIENCE)

    async def board(self) -> dict[str, int]:
        """What the board at the end says of everybody."""
        await self.d.until(lambda: any("The quiz is over" in text(m) for m in self.channel.messages), PATIENCE)
        told = next(text(m) for m in reversed(self.channel.messages) if "The quiz is over" in text(m))
        rows = _BOARD.findall(told)
        points = [int(row[2]) for row in rows]
        assert [int(row[0]) for row in rows] == [1 + sum(other > own for other in points) for own in points], told
        return {row[1]: int(row[2]) for row in rows}

    def expected(self) -> dict[str, int]:
        """What everybody must have."""
        return {player.id: self.points[player.id] for player in self.players}


def picks(message: Json) -> list[str]:
    """The custom ids of the buttons that choose."""
    every = [one.get("custom_id", "") for one in walk(message["components"]) if one["type"] == 2]
    return [id_ for id_ in every if _OUR_CHOICE.match(id_)]


def choices(message: Json) -> list[str]:
    """What can be chosen, as it is read: on the buttons, or above them."""
    shown = [one["label"] for one in walk(message["components"]) if _OUR_CHOICE.match(one.get("custom_id", ""))]
    listed = dict(_LISTED.findall(text(message).replace("\\", "")))
    return [listed.get(label) or _LABEL.sub("", label) for label in shown]


async def play(game: Game, questions: int, within: float = 0.0) -> None:
    """A whole quiz, led by hand; the board says what it must."""
    await game.start(questions=questions)
    for number in range(1, questions + 1):
        message = await game.question(number)
        await game.everybody(message, number, within)
        await game.reveal(message)
        if number < questions:
            await game.go_on(message)
    assert await game.board() == game.expected()
