"""The examples of README.md: found, and asked again. `python -m tests.readme` writes their answers anew.

An exchange is a fenced block with lines that begin with the chat's prompt; an example is a row of a table whose second
cell is a question in back-ticks and whose third is the beginning of its answer.
"""

import contextlib
import datetime
import io
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from bot.chat import PROMPT, Chat
from bot.engine import Engine
from bot.stats import coverage_stats, coverage_table, relation_stats, relation_table

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
DAY = datetime.date(2026, 11, 22)
BEGINNING = 90  # characters of an answer that a table shows

FENCED = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| ([^|\n]+) \| `([^`|\n]+)` \| ([^|\n]+) \|$", re.MULTILINE)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def exchange(engine: Engine, shown: str) -> str:
    """The conversation of a block with the answers that its questions get now, as on a terminal of 80 columns."""
    chat, out = Chat(engine, DAY), _Terminal()
    with mock.patch.dict(os.environ, TERM="dumb"), contextlib.redirect_stdout(out):
        for line in shown.splitlines():
            if line.startswith(PROMPT):
                out.write(f"{line}\n")
                chat.take(line.removeprefix(PROMPT))
    return out.getvalue().rstrip("\n") + "\n"


def beginning(engine: Engine, question: str) -> str:
    """The first words of the answer to a question."""
    text = " ".join(engine.ask(question, (), DAY).text.replace("|", "/").split())
    return text if len(text) <= BEGINNING else f"{text[:BEGINNING].rpartition(' ')[0]} …"


def renewed(engine: Engine, text: str) -> str:
    """The README's text with all its answers as they are now."""

    def block(found: re.Match[str]) -> str:
        return f"```text\n{exchange(engine, found[1])}```" if PROMPT in found[1] else found[0]

    def row(found: re.Match[str]) -> str:
        return f"| {found[1]} | `{found[2]}` | {beginning(engine, found[2])} |"

    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = ((FENCED, block), (ROW, row))
    for pattern, write in steps:
        text = pattern.sub(write, text)
    for table in tables(engine):
        begins = re.escape(table[: table.index(" ", 2) + 1])  # "| relation", "| complete"
        text = re.sub(rf"^{begins}.*?(?=\n\n)", lambda _, new=table: new, text, flags=re.MULTILINE | re.DOTALL)  # type: ignore[misc]
    return text


def tables(engine: Engine) -> list[str]:
    """What `attache stats` prints on the day of the README."""
    return [relation_table(relation_stats(engine, DAY)), coverage_table(coverage_stats(engine, DAY))]


def main() -> None:
    """Write README.md anew."""
    with tempfile.TemporaryDirectory() as cache:
        engine = Engine.open(ROOT / "knowledge", Path(cache))
    README.write_text(renewed(engine, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
