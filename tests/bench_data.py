"""What the bench asks, and what it asks it of: questions, misses, phrasings and knowledge bases of any size."""

import datetime
import itertools
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from bot.engine import Engine
from bot.questions.tables import phrase_entries, skeletons_of

TODAY = datetime.date(2026, 11, 22)
QUESTIONS = Path(__file__).parent / "questions"
_CHATTER = (
    "hello there", "good morning everybody", "thanks, that was helpful", "what is the weather like today",
    "who won the match last night", "tell me a joke", "how do I bake bread", "lol", "are you a robot",
    "my cat is asleep on the keyboard", "what is the capital of france", "is this thing on",
)  # fmt: skip
_SOURCE = (
    "sources:\n  bench: {title: None, publisher: Nobody, url: 'https://example.org/', published: 2026-01, "
    "accessed: 2026-01, kind: reference}\n"
)


def chance_of(seed: int) -> random.Random:
    """The same choices in every run."""
    return random.Random(seed)  # noqa: S311 (nothing secret)


def _read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 (strings only, nothing is built)


def hits(knowledge: Path) -> list[str]:
    """The examples of the intents, and the questions of the tests."""
    found: list[str] = []
    for path in sorted((knowledge / "intents" / "en").glob("*.yaml")):
        for intent in _read(path).get("intents", {}).values():
            found += [example["q"] for example in intent.get("examples", ())]
    for path in sorted(QUESTIONS.glob("*.yaml")):
        rows = _read(path)
        listed = rows if isinstance(rows, list) else itertools.chain.from_iterable(rows.values())
        found += [row["q"] for row in listed if isinstance(row, dict) and "q" in row]
    return list(dict.fromkeys(found))


def misses(knowledge: Path) -> list[str]:
    """Questions that must be refused: chatter, an invented name, an invented verb, the future, a word too many."""
    chance, good = chance_of(7), hits(knowledge)
    found = list(_CHATTER)
    for question in chance.sample(good, min(200, len(good))):
        words = question.split()
        place = chance.randrange(len(words))
        found.append(
            " ".join([*words[:place], chance.choice(("zembla", "florbled", "passports")), *words[place + 1 :]])
        )
        found.append(f"{question} passports")
        found.append(f"will it be that {question} next year")
    return found


def phrasings(engine: Engine, count: int) -> list[str]:
    """Ways to ask with names filled in, as a fuzzy search would have to keep them."""
    chance = chance_of(3)
    names = sorted(entity.name for entity in engine.kb.entities.values())
    said: dict[str, list[str]] = {}
    for first, entries in engine.reader.lattices.phrases.items():
        for rest, kind, payloads in phrase_entries(entries):
            if kind == "symbol":
                for payload in payloads:
                    said.setdefault(payload, []).append(" ".join((first, *rest)))
    skeletons = [symbols for _, symbols in skeletons_of(engine.reader.nearest.compiled)]
    found: dict[str, None] = {}
    while len(found) < count:
        symbols = chance.choice(skeletons)
        words = [chance.choice(names if s[0] == "{" else said.get(s, [s])) for s in symbols]
        found[" ".join(words)] = None
    return list(found)


def grown_folder(knowledge: Path, target: Path, count: int) -> tuple[Path, list[str]]:
    """The shipped language and entities with `count` generated facts, and questions that any size answers alike."""
    target.mkdir(parents=True)
    for part in ("entities", "intents"):
        shutil.copytree(knowledge / part, target / part)
    shutil.copy(knowledge / "relations.yaml", target)
    states: dict[str, str] = {}
    for path in sorted((knowledge / "entities").glob("states-*.yaml")):
        states.update({id_: row["name"] for id_, row in _read(path)["entities"].items() if row["kind"] == "state"})
    pairs = list(itertools.permutations(states, 2))
    chance_of(5).shuffle(pairs)
    rows = itertools.islice(itertools.product(("recognition", "embassy", "arms_supply"), pairs), count)
    for part in ("facts", "sources"):
        (target / part).mkdir()
    (target / "sources" / "bench.yaml").write_text(_SOURCE, encoding="utf-8")
    for number, chunk in enumerate(_chunks(list(rows), 1_000)):
        lines = ["defaults: {as_of: 2026-01, sources: [bench]}", "facts:"]
        for relation, (one, two) in chunk:
            lines.append(
                f"  - {{id: {relation}-{one}-{two}, relation: {relation}, subject: {one}, object: {two}, since: 1995}}"
            )
        (target / "facts" / f"part-{number:03}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = [f"does {states[one]} recognise {states[two]}" for one, two in pairs[:150]]
    asked += [f"when did {states[one]} recognise {states[two]}" for one, two in pairs[150:300]]
    return target, asked


def _chunks(rows: list[Any], size: int) -> list[list[Any]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


_MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
first = child.stdout.readline()
seconds = time.perf_counter() - start
child.communicate()
assert first and child.returncode == 0
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def cold_start(knowledge: Path, cache: Path) -> tuple[float, float, float]:
    """Seconds from process start until the first answer is read, the processor's seconds, peak memory in megabytes.

    A small process stands between: Linux counts the parent's own peak as that of a child it has just started.
    """
    attache = [sys.executable, "-m", "bot", "ask", "does pakistan recognise armenia", "--knowledge", str(knowledge)]
    command = [sys.executable, "-S", "-c", _MEASURE, *attache]
    environment = {**os.environ, "CACHE_DIR": str(cache)}
    told = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    seconds, busy, megabytes = map(float, told.split())
    return seconds, busy, megabytes


def load_time(knowledge: Path, cache: Path) -> tuple[float, float]:
    """Seconds that opening a knowledge folder takes in a new process, without its imports; and the processor's."""
    code = (
        "import sys, time; from pathlib import Path; from bot.engine import Engine; "
        "start, busy = time.perf_counter(), time.process_time(); Engine.open(Path(sys.argv[1]), Path(sys.argv[2])); "
        "print(time.perf_counter() - start, time.process_time() - busy)"
    )
    command = [sys.executable, "-c", code, str(knowledge), str(cache)]
    seconds, busy = map(float, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    return seconds, busy
