"""The sentences that prove the intents, with the query and the exact answer of each: tests/questions/<relation>.yaml.

`python -m tests.golden` writes the answers anew, so that a change of wording or of facts is seen as a diff and read
by somebody before it is committed. Questions are kept; those of the intents' examples are added.
"""

import datetime
import sys
from pathlib import Path
from typing import Any

import yaml

from bot.engine import Engine

FOLDER = Path(__file__).parent / "questions"
TODAY = datetime.date(2026, 11, 22)


def told(engine: Engine, question: str, history: list[str]) -> dict[str, Any]:
    """What a question is read as and answered with, as it is kept in the files."""
    made = engine.ask(question, history, TODAY)
    query = made.query
    kept: dict[str, Any] = {"q": question}
    if history:
        kept["history"] = history
    kept["status"] = made.status
    if query is not None:
        kept["rule"] = query.rule
        for place in ("subject", "object"):
            held = getattr(query, place)
            if held:
                kept[place] = ", ".join(held)
        if query.narrows:
            kept["narrows"] = dict(query.narrows)
        if query.at:
            kept["at"] = f"{query.at.mode} {query.at.text}"
    if made.verdict:
        kept["verdict"] = made.verdict
    if made.value is not None:
        kept["value"] = ", ".join(made.value) if isinstance(made.value, tuple) else str(made.value)
    kept["text"] = made.text
    return kept


def load(path: Path) -> list[dict[str, Any]]:
    """The entries of one file; all scalars are texts."""
    entries: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return entries or []


def main() -> None:
    """Write every file anew."""
    engine = Engine.open(Path("knowledge"))
    for row in engine.kb.intents:
        path = FOLDER / f"{row['relation']}.yaml"
        old = load(path) if path.exists() else []
        asked = [(entry["q"], entry.get("history", [])) for entry in old]
        for intent in row["intents"].values():
            for example in intent.get("examples", ()):
                if not any(q == example["q"] for q, _ in asked):
                    asked.append((example["q"], []))
        entries = [told(engine, question, history) for question, history in asked]
        text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=150)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {len(entries)}\n")


if __name__ == "__main__":
    main()
