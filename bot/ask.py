"""`attache ask`: one question, or a stream of JSON lines."""

import datetime
import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from bot.answers.answer import Answer
from bot.engine import Engine
from bot.knowledge.dates import first_day

MAX_LINE = 1_000_000


def open_engine(knowledge: Path, cache: Path | None) -> Engine:
    """The engine for a knowledge folder."""
    return Engine.open(knowledge, cache)


def answer_one(
    engine: Engine, question: str, today: datetime.date | None, *, json: bool, explain: bool, as_claim: bool
) -> None:
    """Answer one question on standard output. With `json`, `explain` adds the key `trace` to the object."""
    from bot.terminal import Line, print_answer, print_lines, print_trace

    made = engine.ask(question, (), today, as_claim=as_claim)
    if json:
        told = {"trace": list(made.trace)} if explain else {}
        sys.stdout.write(_dumps({**made.to_json(engine.kb), **told}, sys.stdout.encoding) + "\n")
        return
    print_answer(engine, made, more="--json gives all", claimed=as_claim)
    if explain:
        print_lines([Line()])
        print_trace(engine, made)


def answer_lines(engine: Engine, lines: BinaryIO, out: BinaryIO, today: datetime.date | None) -> None:
    """Answer JSON lines, one object each, in order, flushed. A malformed line gives an object with `error`."""
    try:
        while line := lines.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE and not line.endswith(b"\n"):
                while (rest := lines.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                reply = _malformed(engine, "the line is too long")
            elif not line.strip():
                continue
            else:
                reply = _reply(engine, line, today)
            out.write(_dumps(reply).encode("utf-8") + b"\n")
            out.flush()
    except BrokenPipeError:
        # Nobody reads on; keep the interpreter from complaining when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reply(engine: Engine, line: bytes, today: datetime.date | None) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        return _malformed(engine, f"not JSON: {error}"[:200])
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        return _malformed(engine, "not an object with a text `question`")
    history = asked.get("history") or []
    if not isinstance(history, list) or not all(isinstance(entry, str) for entry in history):
        return _malformed(engine, "`history` is not a list of texts")
    day = today
    if asked.get("today") is not None:
        try:
            day = first_day(str(asked["today"]))
        except ValueError as error:
            return _malformed(engine, f"`today`: {error}")
    return engine.ask(asked["question"], history, day).to_json(engine.kb)


def _malformed(engine: Engine, error: str) -> dict[str, Any]:
    text = engine.composer.words.message("malformed", {"text": error})
    return {**Answer("not_understood", text, reason="malformed").to_json(engine.kb), "error": error}


def _dumps(value: dict[str, Any], encoding: str = "utf-8") -> str:
    """One line of JSON. What the stream's encoding cannot carry, such as lone surrogates, is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True)
    return text
