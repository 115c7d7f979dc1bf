"""What every surface says beside an answer's sentence: the verdict set apart, and since when and until when."""

from bot.answers.answer import Answer
from bot.answers.find import taking_part
from bot.engine import Engine
from bot.knowledge.records import Fact
from bot.questions.query import Query


def verdict_apart(text: str) -> tuple[str, str]:
    """ "Yes. Mali …" as "Yes" and "Mali …": a first sentence of one or two words is the verdict."""
    head, stop, rest = text.partition(". ")
    return (head, rest) if stop and rest and len(head.split()) <= 2 and len(head) <= 16 else ("", text)


def period(engine: Engine, answer: Answer, fact: Fact, query: Query) -> list[str]:
    """Since when what is said is so, and until when; nothing where the fact says when it is not so."""
    if answer.verdict == ("no" if fact.holds else "yes"):
        return []
    words = engine.composer.words
    since, until = fact.period_of(*taking_part(query, fact))
    disputed = "disputed " if answer.verdict == "disputed" else ""
    told = [f"{disputed}since {words.since(since)}"] if since.date else []
    return [*told, f"until {words.date(until)}"] if until else told
