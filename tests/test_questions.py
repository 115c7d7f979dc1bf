"""Every kept sentence is read as it was, and answered with the very same words."""

from pathlib import Path
from typing import Any

import pytest

from bot.engine import Engine
from tests.golden import FOLDER, TODAY, load, told

FILES = sorted(path for path in FOLDER.glob("*.yaml") if not path.name.startswith("claims"))
CLAIMS = sorted(FOLDER.glob("claims*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sentences_are_read_and_answered_as_kept(engine: Engine, path: Path) -> None:
    """Status, query, verdict, value and text, to the letter."""
    for entry in load(path):
        now = {k: _texts(v) for k, v in told(engine, entry["q"], entry.get("history", [])).items()}
        assert now == entry


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: str(v) for k, v in value.items()}
    return value if isinstance(value, list) else str(value)


def test_every_intent_is_proved(engine: Engine) -> None:
    """Each intent wins at least one of the kept sentences."""
    won = {entry.get("rule") for path in FILES for entry in load(path)}
    missing = [id_ for row in engine.kb.intents for id_ in row["intents"] if id_ not in won]
    assert not missing


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_every_claim_of_the_article_is_answerable(engine: Engine, path: Path) -> None:
    """Each claim the project started from is answered with its verdict, from the facts it should rest on."""
    faults = []
    for entry in load(path):
        made = engine.ask(entry["q"], entry.get("prev", []), TODAY)
        seen = {
            "status": made.status, "relation": made.query.relation if made.query else None,
            "form": made.query.form if made.query else None, "verdict": made.verdict,
        }  # fmt: skip
        wrong = {key: seen[key] for key in seen if key in entry and entry[key] != seen[key]}
        if "value" in entry and entry["value"] not in f"{made.value} {made.text}":
            wrong["value"] = str(made.value)
        if "fact" in entry and entry["fact"] not in made.facts:
            wrong["fact"] = ", ".join(made.facts)
        if wrong:
            faults.append(f"{entry['claim']} {entry['q']!r}: {wrong}")
    assert not faults, "\n".join(faults)


def test_all_claims_are_covered() -> None:
    """There is a question for each of the 46 claims."""
    asked = {entry["claim"] for path in CLAIMS for entry in load(path)}
    assert asked >= {f"c{number:02}" for number in range(1, 47)}
