"""Who is not on file blocks the answer, and the reply says so; what is no question is a miss like any other."""

import pytest

from bot.engine import Engine

STRANGERS = {
    "does Wakanda recognise Kosovo?": "Wakanda",
    "does pakistan recognise the moon": "moon",
    "is Bavaria recognised by Pakistan?": "Bavaria",
    "who recognises Zubrowka": "Zubrowka",
    "are Genovia and Israel at war?": "Genovia",
    "does Stark Industries sell arms to Israel": "Stark Industries",
    "Wakanda recognises Kosovo": "Wakanda",
}
NONE = (
    "does Pakistan recognise Armenian passports?", "does Pakistan like Armenia?", "hello there",
    "does Wakanda recognise Genovia?", "Reconnaît-elle le Kosovo ?", "Wakanda", "will Wakanda recognise Kosovo?",
)  # fmt: skip


@pytest.mark.parametrize("question", STRANGERS)
def test_the_name_that_nobody_has_is_told(engine: Engine, question: str) -> None:
    """As it was typed, and nothing is answered."""
    answer = engine.ask(question)
    assert (answer.status, answer.reason) == ("not_understood", "stranger")
    assert f"“{STRANGERS[question]}”" in answer.text


@pytest.mark.parametrize("question", NONE)
def test_other_misses_blame_no_name(engine: Engine, question: str) -> None:
    """A word that is no name, two strangers, a future, another language."""
    answer = engine.ask(question)
    assert answer.status == "not_understood"
    assert answer.reason != "stranger"


def test_a_very_long_name_is_not_repeated(engine: Engine) -> None:
    """Nobody makes the bot say a page of theirs."""
    answer = engine.ask(f"does {'w' * 300} recognise Kosovo?")
    assert answer.reason == "no_match"


def test_another_subject(toy_engine: Engine) -> None:
    """It is the engine that knows this, not the subject."""
    known = next(iter(toy_engine.kb.intents))["intents"]
    examples = [example["q"] for intent in known.values() for example in intent.get("examples", ())]
    names = [entity.name for entity in toy_engine.kb.entities.values()]
    asked = next(q.replace(name, "Zubrowka") for q in examples for name in names if name in q)
    assert toy_engine.ask(asked).reason == "stranger"
