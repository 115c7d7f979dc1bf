"""What every surface says beside an answer's sentence: the verdict set apart, and since when and until when."""

from bot.answers.answer import Answer
from bot.answers.evidence import taking_part
from bot.engine import Engine
from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.questions.text import words


def marked(engine: Engine, answer: Answer) -> str:
    """The verdict whose mark stands beside an answer; empty for none.

    A question that asks for the contrary or the end of a statement ("has it stopped?") is told how the statement stands
    without a yes or no of its own: the statement's mark would be taken for the answer to the question.
    """
    said, query = words(answer.text)[:1], answer.query
    verdicts = engine.kb.shared["verdicts"]
    if answer.verdict not in ("yes", "no") or query is None or said == words(verdicts[answer.verdict]):
        return answer.verdict or ""
    contrary = query.form == "whether" and (query.negated or query.change == "ended")
    return "" if contrary or (query.form == "when" and query.date == "until") else answer.verdict


def agrees(answer: Answer) -> bool | None:
    """Whether a claim is what is on file; None where that has no yes or no.

    "A does not …" agrees with a verdict of no, whose mark and word beside the claim would say the contrary.
    """
    query = answer.query
    if answer.status != "answered" or query is None or query.form != "whether" or answer.verdict not in ("yes", "no"):
        return None
    return (answer.verdict == "yes") != query.negated


def period(engine: Engine, answer: Answer, fact: Fact, query: Query) -> list[str]:
    """Since when what is said is so, and until when; nothing where the fact says when it is not so."""
    if answer.verdict == ("no" if fact.holds else "yes"):
        return []
    since, until = fact.period_of(*taking_part(query, fact))
    disputed = "disputed " if answer.verdict == "disputed" else ""
    told = [f"{disputed}since {engine.composer.words.since(since)}"] if since.date else []
    return [*told, f"until {engine.composer.words.date(until)}"] if until else told
