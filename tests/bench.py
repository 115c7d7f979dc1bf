"""`make bench`: speed, as ratios within one run, so that the figures mean something on any machine.

Prints a Markdown table: what was measured, the figure, the target and whether it is met. Each figure is the median of
several rounds. Questions are timed by the processor's time of this thread, so that what else runs on the machine counts
for little; processes and loading by the clock. Always exits 0: a slow machine is no fault of the code, and the table
says what was missed.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.engine import Engine
from tests.bench_data import TODAY, chance_of, cold_start, grown_folder, hits, load_time, misses, phrasings

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    figure: float
    target: float
    unit: str
    at_least: bool = False
    note: str = ""

    def __str__(self) -> str:
        met = self.figure >= self.target if self.at_least else self.figure <= self.target
        sign = "≥" if self.at_least else "≤"
        figure = f"{self.figure:.3g}" if self.figure < 1000 else f"{self.figure:,.0f}"
        told = f" ({self.note})" if self.note else ""
        return f"| {self.what} | {figure}{self.unit}{told} | {sign} {self.target:g}{self.unit} | {_met(met)} |"


def _met(met: bool) -> str:
    return "yes" if met else "no"


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds for each question, asked once."""
    found = []
    for question in questions:
        start = time.thread_time()
        ask(question)
        found.append((time.thread_time() - start) * 1000)
    return found


def asking(engine: Engine) -> Callable[[str], object]:
    """The whole way of a question: read, answer, as JSON."""
    return lambda question: engine.ask(question, (), TODAY).to_json(engine.kb)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def bench_questions(cache: Path) -> list[Row]:
    """The shipped knowledge base: every round opens it anew, so that no round profits from the one before."""
    good, bad = hits(KNOWLEDGE), misses(KNOWLEDGE)
    of_good, of_bad = [], []
    for _ in range(ROUNDS):
        engine = Engine.open(KNOWLEDGE, cache)
        asking(engine)(good[0])
        of_good.append(timed(asking(engine), good))
        of_bad.append(timed(asking(engine), bad))
    every = [one + two for one, two in zip(of_good, of_bad, strict=True)]
    p50, p99 = (statistics.median(percentile(times, share) for times in every) for share in (0.5, 0.99))
    slower = statistics.median(
        statistics.median(two) / statistics.median(one) for one, two in zip(of_good, of_bad, strict=True)
    )
    fuzzy = bench_fuzzy(engine, good)
    note = f"{len(good)} questions and {len(bad)} misses"
    return [
        Row("a question in process, p50", p50, 1, " ms", note=note),
        Row("a question in process, p99", p99, 5, " ms"),
        Row("a miss against a hit (medians)", slower, 2, "×"),
        fuzzy,
    ]


def bench_fuzzy(engine: Engine, questions: Sequence[str]) -> Row:
    """Against the obvious way: one fuzzy search through written-out phrasings."""
    known, some = phrasings(engine, 10_000), chance_of(1).sample(questions, min(60, len(questions)))
    ratios = []
    for _ in range(ROUNDS):
        theirs = timed(lambda q: process.extractOne(q, known, scorer=fuzz.WRatio), some)
        ours = timed(asking(engine), some)
        ratios.append(statistics.median(theirs) / statistics.median(ours))
    what = f"extractOne with WRatio over {len(known):,} phrasings, against a question"
    return Row(what, statistics.median(ratios), 20, "×", at_least=True)


def bench_growth(folder: Path, cache: Path) -> list[Row]:
    """From 1,000 to 100,000 facts; the same questions have the same answers in both."""
    small, asked = grown_folder(KNOWLEDGE, folder / "small", 1_000)
    large, _ = grown_folder(KNOWLEDGE, folder / "large", 100_000)
    start = time.perf_counter()
    engines = [Engine.open(small, cache), Engine.open(large, cache)]
    built = time.perf_counter() - start
    for engine in engines:
        timed(asking(engine), asked)
    ratios = []
    for _ in range(2 * ROUNDS + 1):
        one, two = (statistics.median(timed(asking(engine), asked)) for engine in engines)
        ratios.append(two / one)
    load, busy = (
        statistics.median(values) for values in zip(*(load_time(large, cache) for _ in range(ROUNDS)), strict=True)
    )
    return [
        Row("a question at 100,000 facts against 1,000", statistics.median(ratios), 1.1, "×"),
        Row(
            "100,000 facts from the cache", load, 2, " s", note=f"processor {busy:.2g} s; without a cache {built:.0f} s"
        ),
    ]


def bench_start(cache: Path) -> list[Row]:
    """`attache ask` in a process of its own, the cache warm."""
    runs = [cold_start(KNOWLEDGE, cache) for _ in range(2 * ROUNDS)]
    seconds, busy, megabytes = (statistics.median(values) for values in zip(*runs, strict=True))
    return [
        Row("process start to first answer", seconds, 0.5, " s", note=f"processor {busy:.2g} s, to its end"),
        Row("peak memory of that process", megabytes, 120, " MB"),
    ]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = folder / "cache"
        rows = bench_questions(cache)
        rows += bench_start(cache)
        rows += bench_growth(folder, cache)
    sys.stdout.write("| measured | figure | target | met |\n| --- | --- | --- | --- |\n")
    sys.stdout.writelines(f"{row}\n" for row in rows)


if __name__ == "__main__":
    main()
