"""Cards to take along: the same ones each time, and Anki itself takes them for the same."""

import csv
import datetime
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.engine import Engine
from bot.study import anki_package
from bot.study.basis import Asker
from bot.study.export import COLUMNS, PER_FACT, Taken, taken, to_csv
from bot.study.making import Maker
from bot.study.topics import facts_of
from tests.conftest import ROOT, SHIPPED, Attache

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
ISRAEL = "entity:israel"


@pytest.fixture(scope="module")
def cards(engine: Engine) -> list[Taken]:
    """The cards of one topic."""
    return _cards(engine)


def _cards(engine: Engine) -> list[Taken]:
    day = datetime.date(2026, 11, 22)
    return list(taken(engine.kb, Maker(Asker(engine, day)), facts_of(engine.kb, ISRAEL, day)))


def imported(folder: Path, *packages: bytes) -> list[list[dict[str, Any]]]:
    """What is in a collection of Anki after each step."""
    paths = []
    for number, package in enumerate(packages):
        paths.append(folder / f"{number}.apkg")
        paths[-1].write_bytes(package)
    done = subprocess.run(
        [sys.executable, "-m", "tests.study.anki_import", str(folder / "collection.anki2"), *map(str, paths)],
        capture_output=True, text=True, cwd=ROOT, timeout=120, check=True,
    )  # fmt: skip
    states: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return states


def test_the_same_cards_each_time(engine: Engine, cards: Sequence[Taken]) -> None:
    """Whatever the export, a card has the same key and the same choices in the same order."""
    assert len(cards) > 50
    assert _cards(engine) == cards
    assert len({card.key for card in cards}) == len(cards)
    for card in cards:
        assert card.answer in card.choices
        assert card.sources, card.key
        assert card.as_of
        assert "israel" in card.tags
    facts = [card.key.partition(".")[0] for card in cards]
    assert max(map(facts.count, facts)) <= PER_FACT


def test_anki_updates_and_keeps_the_scheduling(cards: Sequence[Taken], tmp_path: Path) -> None:
    """A second import of a later export changes texts, adds what is new, doubles nothing and forgets no interval."""
    old, new = cards[:20], [replace(cards[0], back="It changed."), *cards[1:21]]
    first = anki_package.write(old, NOW)
    later = anki_package.write(new, NOW + datetime.timedelta(days=30))
    empty, studied, updated = imported(tmp_path, first, later)
    assert len(empty) == len(studied) == 20
    assert len(updated) == 21
    changed = studied[0]["Key"]
    assert studied[0]["scheduled"] != empty[0]["scheduled"]
    before, after = ({note["Key"]: note for note in notes} for notes in (studied, updated))
    for key, note in before.items():
        same = ("note", "card", "guid", "scheduled")
        assert [after[key][name] for name in same] == [note[name] for name in same]
    assert before[changed]["Back"] != after[changed]["Back"] == "It changed."
    assert {note["deck"] for note in updated} == {note["kind"] for note in updated} == {anki_package.DECK}


def test_what_anki_shows(cards: Sequence[Taken], tmp_path: Path) -> None:
    """Letters and signs of markup come through, the tags are topics, and the back cites."""
    odd = replace(cards[0], question="Is <b> less than ə & İ?", choices=("<", "ş"), answer="<")
    ((note,),) = imported(tmp_path, anki_package.write([odd], NOW))
    assert "Is &lt;b&gt; less than ə &amp; İ?" in note["front"]
    assert "<li>&lt;</li><li>ş</li>" in note["front"]
    assert f"attache::{odd.tags[0]}" in note["tags"]
    assert note["AsOf"] == odd.as_of
    assert odd.sources[0].url is not None
    assert odd.sources[0].publisher in note["Sources"]


def test_the_table(cards: Sequence[Taken]) -> None:
    """A line for each card, under the names of the columns."""
    head, *rows = csv.reader(io.StringIO(to_csv(cards).decode("utf-8-sig")))
    assert tuple(head) == COLUMNS
    assert [row[0] for row in rows] == [card.key for card in cards]
    assert all(len(row) == len(COLUMNS) and all(row) for row in rows)
    (formula,) = list(csv.reader(io.StringIO(to_csv([replace(cards[0], question="=1+1")]).decode("utf-8-sig"))))[1:]
    assert formula[1] == "'=1+1"


def test_the_command(attache: Attache, tmp_path: Path) -> None:
    """A topic by its name, a list by its question; no topic, or no file, is a fault of usage."""
    table, package = tmp_path / "a.csv", tmp_path / "a.apkg"
    done = attache(
        "study", "export", "Kosovo", "--csv", str(table), "--anki", str(package), knowledge=SHIPPED, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, b"")
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert done.stdout.decode() == f"{len(lines) - 1} cards\n"
    assert package.read_bytes()[:2] == b"PK"
    question = "Which states do not recognise Israel?"
    listed = attache("study", "export", "--list", question, "--csv", str(table), knowledge=SHIPPED, timeout=120)
    assert listed.returncode == 0
    assert "israel" in table.read_text(encoding="utf-8-sig")
    for wrong in (("Nowhereland", "--csv", str(table)), ("Kosovo",), ("--list", "Hello there", "--csv", str(table))):
        assert attache("study", "export", *wrong, knowledge=SHIPPED, timeout=60).returncode == 2
