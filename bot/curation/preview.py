"""A change as it would be: the card before and after, the questions whose answers change, the problems it would bring.

Comes in: a snapshot before and one after, and the fact. Goes out: values. Writes nothing.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from bot.answers.answer import Answer
from bot.curation.outcomes import Reworded
from bot.curation.snapshot import Snapshot
from bot.engine import Engine
from bot.knowledge.checks.facts import one_publisher
from bot.knowledge.problems import Problem
from bot.knowledge.records import Row
from bot.questions.query import Query

_FORMS = ("whether", "what", "when", "until", "why", "which", "how_many")


def new_problems(before: Snapshot, after: Snapshot, fact: str) -> tuple[Problem, ...]:
    """What is wrong afterwards and was not before. That a fact lacks a second source then forbids the change."""
    known = {(problem.path, problem.message) for problem in before.problems}
    found = [problem for problem in after.problems if (problem.path, problem.message) not in known]
    row = after.fact(fact)
    said = one_publisher(after.rows, row) if row else ""
    return tuple(
        replace(problem, severity="error") if said and problem.message == said else problem for problem in found
    )  # fmt: skip


def questions_about(engine: Engine, row: Row) -> Iterator[Query]:
    """The canonical questions of a fact, in each form that its relation is asked in."""
    relation = engine.kb.relations.get(row["relation"])
    if relation is None:
        return
    one, two = (tuple(participant[0] for participant in role) for role in row["roles"])
    if row["shape"] == "between":
        one, two = one[:1], one[1:]
    for form in _FORMS:
        places = [(one, two)]
        if form in ("which", "how_many"):
            places = [((), two), (one, ())]
        for subject, object_ in places:
            query = Query(
                row["relation"], "when" if form == "until" else form, subject or None, object_ or None,
                dict(row.get("narrows", {})), date="until" if form == "until" else "since",
            )  # fmt: skip
            intent = engine.reader.intents.for_shape(query, form)
            if intent is not None and not intent.detail:
                yield replace(query, rule=intent.id, narrows={**query.narrows, **intent.fixed})


def card(engine: Engine, row: Row | None, today: datetime.date) -> Answer | None:
    """The answer in which a fact speaks, as somebody would get it who asks for it; None where it speaks in none."""
    if row is None or row["id"] not in engine.kb:
        return None
    for query in questions_about(engine, row):
        answer = engine.answer(query, today)
        if row["id"] in answer.facts:
            return answer
    return None


class Examples:
    """The example questions of all intents, read once for each language and answered by any engine."""

    def __init__(self) -> None:
        self._language = ""
        self._queries: list[tuple[str, Query]] = []

    def of(self, engine: Engine, today: datetime.date) -> list[tuple[str, Query]]:
        """Every example that is read as a question, with what it means."""
        if self._language != engine.language or not engine.language:
            read = [
                (example["q"], engine.read(example["q"], (), today).query)
                for intent in engine.reader.intents.by_id.values()
                for example in intent.examples
            ]
            self._queries = [(text, query) for text, query in read if query is not None]
            self._language = engine.language
        return self._queries


def reworded(
    examples: Examples, before: Engine, after: Engine, rows: tuple[Row | None, Row | None], today: datetime.date
) -> tuple[Reworded, ...]:
    """The example questions, and the fact's own, whose answers differ. `rows` are the fact before and after."""
    asked: dict[str, Query] = {}
    for engine, row in ((before, rows[0]), (after, rows[1])):
        for query in questions_about(engine, row) if row else ():
            asked.setdefault(engine.composer.words.question(query), query)
    for text, query in examples.of(before, today):
        asked.setdefault(text, query)
    found = []
    for text, query in asked.items():
        one, two = _text(before, query, today), _text(after, query, today)
        if text and one != two:
            found.append(Reworded(text, one, two))
    return tuple(found)


def _text(engine: Engine, query: Query, today: datetime.date) -> str:
    known = engine.kb.entities
    if not all(who in known for who in query.participants()):
        return ""
    return engine.answer(query, today).text


def reread(examples: Examples, before: Engine, after: Engine, today: datetime.date) -> tuple[Reworded, ...]:
    """The same where the language changes: each example is read anew by both."""
    found = []
    for text, _ in examples.of(before, today):
        one, two = before.ask(text, today=today).text, after.ask(text, today=today).text
        if one != two:
            found.append(Reworded(text, one, two))
    return tuple(found)
