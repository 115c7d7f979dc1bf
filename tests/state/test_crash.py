"""A process that is killed while it writes, and threads that write at once."""

import random
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.state.store import Store
from tests.state.conftest import ANNA, BORIS, CHANNEL, GUILD, MESSAGE, NOW, at_file
from tests.state.test_open import start

DAY = NOW.date()

# Each number is printed only when it is kept.
WRITES = f"""\
import datetime, sys
from bot.state.store import Store
now = datetime.datetime.fromisoformat("{NOW.isoformat()}")
store = Store.open(sys.argv[1])
number = 0
while True:
    number += 1
    store.count_question("q", now.date())
    store.remember_answer({MESSAGE} + number, {ANNA}, {{"text": "x" * 500}}, now)
    if number % 7 == 0:
        store.forget({ANNA})
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("seed", range(3))
def test_killed_while_writing(path: Path, seed: int) -> None:
    """The database is whole, what was confirmed is kept, and the next bot opens it at once."""
    with start(WRITES, at_file(path)) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        time.sleep(random.Random(seed).uniform(0.02, 0.3))  # noqa: S311 - not for secrets
        writer.kill()
        said = [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    confirmed = max(said, default=1)
    with Store.open(at_file(path)) as store:
        assert store.question_counts(DAY)["q"] in (confirmed, confirmed + 1)
        kept = {int(answer["message"]) - MESSAGE for answer in store.about(ANNA)["answers"]}
        since = confirmed - confirmed % 7  # what was forgotten last
        assert kept >= set(range(since + 1, confirmed + 1)) or kept == set()  # nothing: it was forgetting again
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.parametrize("in_file", [True, False])
def test_threads_lose_nothing(path: Path, in_file: bool) -> None:
    """Two write and a third reads and cleans; every count is there and every answer whole."""
    each = 60
    with Store.open(at_file(path) if in_file else "sqlite://") as store:

        def write(user: int) -> None:
            for number in range(each):
                store.count_question("q", DAY)
                store.remember_answer(MESSAGE + number + user % 1000 * 1000, user, {"number": number}, NOW)
                store.set_channel_mode(GUILD, CHANNEL, "auto" if user == ANNA else "off", user, NOW)

        def read() -> None:
            for _ in range(each // 4):
                assert store.channel_mode(CHANNEL) in (None, "auto", "off")
                store.prune(NOW)
                store.forget(GUILD)

        with ThreadPoolExecutor(3) as pool:
            for done in [pool.submit(write, ANNA), pool.submit(write, BORIS), pool.submit(read)]:
                done.result(60)
        assert store.question_counts(DAY) == {"q": 2 * each}
        for user in (ANNA, BORIS):
            assert sorted(answer["query"]["number"] for answer in store.about(user)["answers"]) == list(range(each))
