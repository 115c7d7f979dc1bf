"""Many people at once: who asks what, and how soon each is answered."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from statistics import quantiles

from tests.golden import FOLDER, load
from tests.loopback import Channel, Loopback, User

IN_FLIGHT = 8  # questions under way at any moment
PATIENCE = 30.0  # seconds after which somebody gives up


@dataclass
class Run:
    """What came of a run. Times are seconds, memory is bytes, noted after each tenth of the questions."""

    took: list[float] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # questions without an answer
    memory: list[int] = field(default_factory=list)
    seconds: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)  # by the message that they answer

    @property
    def rate(self) -> float:
        """Questions a second."""
        return len(self.took) / self.seconds

    @property
    def p50(self) -> float:
        """Half of the answers came sooner."""
        return quantiles(self.took, n=100)[49]

    @property
    def p99(self) -> float:
        """One in a hundred took longer."""
        return quantiles(self.took, n=100)[98]

    def told(self, who: str) -> str:
        """The figures on one line."""
        memory = " ".join(f"{held / 2**20:.1f}" for held in self.memory)
        speed = f"{self.rate:.0f}/s, p50 {self.p50 * 1000:.0f} ms, p99 {self.p99 * 1000:.0f} ms"
        return f"{who}: {len(self.took)} answered, {speed}, slowest {max(self.took) * 1000:.0f} ms, RSS MiB {memory}"


def questions() -> list[str]:
    """What the shipped knowledge is proven by, and some that it does not understand or asks back about."""
    proven = [entry["q"] for path in sorted(FOLDER.glob("*.yaml")) for entry in load(path)]
    others = ["what a nice day", "does korea recognise kosovo?", "who will win the next war?", "does Atlantis exist"]
    return [*proven, *others]


def crowd(d: Loopback, people: int, channels: int) -> tuple[list[User], list[Channel]]:
    """People and channels, in five servers."""
    guilds = [d.add_guild(f"server {number}") for number in range(5)]
    places = [d.add_channel(guilds[number % 5], f"channel-{number}") for number in range(channels)]
    return [d.add_user(f"person{number}") for number in range(people)], places


async def ask_all(d: Loopback, people: list[User], channels: list[Channel], count: int) -> Run:
    """Ask so many questions, IN_FLIGHT at any moment: who is answered makes room for the next.

    So the time of an answer is that of the bot with a few others before it, and not that of a queue made here: all
    at once would measure how long `count` questions take, whatever each of them does.
    """
    run, asked = Run(), cycle(questions())
    waiting = iter(range(count))
    posted: list[str] = []

    async def somebody() -> None:
        for number in waiting:
            # Every round brings each person to another channel, so that nothing kept by place is found again.
            person = people[number % len(people)]
            channel = channels[(number * 7 + number // len(people)) % len(channels)]
            text = next(asked)
            begun = time.monotonic()
            message = d.post(person, channel, f"{d.mention} {text}")
            posted.append(message["id"])
            answer = await d.answer_to(message, PATIENCE)
            if answer is None:
                run.silent.append(text)
            else:
                run.took.append(time.monotonic() - begun)
            if len(run.took) * 10 // count > len(run.memory):
                run.memory.append(d.rss())

    begun = time.monotonic()
    await asyncio.gather(*(somebody() for _ in range(IN_FLIGHT)))
    run.seconds = time.monotonic() - begun
    await asyncio.sleep(1)  # a second answer would come now
    replies = [message for channel in channels for message in channel.messages if message["author"]["id"] == d.bot.id]
    run.answers = Counter(message["message_reference"]["message_id"] for message in replies)
    for key in posted:
        run.answers.setdefault(key, 0)
    return run
