"""A knowledge base of another subject, answered by the same code: all forms, follow-ups and refusals."""

import datetime
from collections.abc import Sequence

import pytest

from bot.answers.answer import Answer
from bot.engine import Engine
from bot.knowledge.files import list_files
from tests.conftest import TOY

DAY = datetime.date(2026, 1, 20)


def ask(engine: Engine, question: str, *history: str) -> Answer:
    """The answer on the toy's day."""
    return engine.ask(question, history, DAY)


def fields(answer: Answer, names: Sequence[str]) -> dict[str, object]:
    """Some fields of an answer."""
    return {name: getattr(answer, name) for name in names}


OMAR_THEN = "Yes. Omar Hale had The Salt Lighthouse on paper then, from 10 February 2025 until 14 March 2025."
OMAR_NOW = "No longer. Omar Hale had The Salt Lighthouse on paper from 10 February 2025 until 14 March 2025."
PETRA = "Petra Lund does not have Winter Orchard. She reads on paper only, and the library has the book as a recording."
MAPS = "It is disputed whether Jonas Varda wrote Ninety Maps."
SIDES = "The catalogue: Jonas Varda is the only author. Petra Lund: The maps are by somebody else."
NORA = "Yes. Nora Finch has had The Salt Lighthouse on paper since 3 November 2025."


@pytest.mark.parametrize(
    ("question", "verdict", "value", "text"),
    [
        # whether
        ("Has Nora Finch borrowed The Salt Lighthouse?", "yes", None, NORA),
        ("Is The Salt Lighthouse borrowed by Nora?", "yes", None, NORA),
        ("hasn't nora borrowed the salt lighthouse?", "yes", None, NORA.removeprefix("Yes. ")),
        ("Has Omar borrowed The Salt Lighthouse?", "no", None, OMAR_NOW),
        ("Did Omar borrow The Salt Lighthouse in February 2025?", "yes", None, OMAR_THEN),
        ("Has Petra borrowed Winter Orchard?", "no", None, "No. Petra Lund does not have Winter Orchard."),
        ("Does Omar have Winter Orchard as an audiobook?", "yes", None,
         "Yes. Omar Hale has had Winter Orchard as a recording since at least December 2025."),
        ("Did Varda write Ninety Maps?", "disputed", None, f"{MAPS} {SIDES}"),
        ("Are Omar and Nora friends?", "yes", None, "Yes. Omar Hale and Nora Finch are friends, since May 2024."),
        # which
        ("Who wrote The Salt Lighthouse?", None, ("ilse-varga",),
         "On file as author of The Salt Lighthouse: Ilse Varga (since 2019)."),
        ("Which books has Varga written?", None, ("salt-lighthouse", "winter-orchard"), None),
        ("Which readers have borrowed The Salt Lighthouse?", None, ("nora-finch",), None),
        ("Who has not borrowed The Salt Lighthouse?", None, ("omar-hale",), None),
        # how many
        ("How many readers have borrowed The Salt Lighthouse?", None, 1,
         "By the register of 31 December 2025, 1 of the circle has The Salt Lighthouse."),
        # when
        ("When did Nora borrow The Salt Lighthouse?", None, "2025-11-03",
         "Nora Finch has had The Salt Lighthouse since 3 November 2025."),
        ("When did Omar return Salt Lighthouse?", None, "2025-03-14",
         "Omar Hale gave The Salt Lighthouse back: 14 March 2025."),
        ("When did Ilse Varga write Winter Orchard?", None, "2021-10", None),
        # why
        ("Why has Petra not borrowed Winter Orchard?", "no", None, PETRA),
        # what
        ("What is The Salt Lighthouse about?", None,
         "The Salt Lighthouse is about a keeper who writes to a ship that never answers.",
         "The Salt Lighthouse is about a keeper who writes to a ship that never answers."),
        ("What is the fine of Nora for The Salt Lighthouse?", None, 2.5,
         "Nora Finch owes a fine of 2.5 for The Salt Lighthouse, since 3 December 2025."),
        ("What is between Nora and Omar?", None, None,
         "On file about Nora Finch and Omar Hale:\n• May 2024: Nora Finch and Omar Hale became friends."),
    ],
)  # fmt: skip
def test_answered(toy_engine: Engine, question: str, verdict: str | None, value: object, text: str | None) -> None:
    """Verdict, value and sentence; each with a fact or coverage, a source and a day."""
    made = ask(toy_engine, question)
    assert fields(made, ["status", "verdict", "value"]) == {"status": "answered", "verdict": verdict, "value": value}
    assert text is None or made.text == text
    assert made.facts or made.coverages
    assert made.sources
    assert made.as_of


def test_all_six_forms_are_there(toy_engine: Engine) -> None:
    """The toy asks everything that can be asked."""
    forms = {intent["asks"]["form"] for row in toy_engine.kb.intents for intent in row["intents"].values()}
    assert forms == {"whether", "which", "how_many", "when", "why", "what"}


@pytest.mark.parametrize(
    ("question", "history", "text"),
    [
        ("and Omar?", ["Has Nora borrowed The Salt Lighthouse?"], OMAR_NOW),
        ("since when?", ["Has Nora borrowed The Salt Lighthouse?"],
         "Nora Finch has had The Salt Lighthouse since 3 November 2025."),
        ("and in March 2025?", ["Has Nora borrowed The Salt Lighthouse?", "and Omar?"], OMAR_THEN),
        ("Has she borrowed Winter Orchard?", ["Has Petra borrowed The Salt Lighthouse?"],
         "No. Petra Lund does not have Winter Orchard."),
        ("why not?", ["Has Petra borrowed Winter Orchard?"], PETRA),
    ],
)  # fmt: skip
def test_follow_ups(toy_engine: Engine, question: str, history: list[str], text: str) -> None:
    """A fragment edits one slot of the question before it."""
    assert ask(toy_engine, question, *history).text == text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Has Petra borrowed The Salt Lighthouse?", "no_record"),  # she has left the circle that the list is about
        ("Has Nora borrowed Winter Orchard?", "no_record"),
        ("Does Omar have Winter Orchard on paper?", "no_record"),  # a narrower no is not told from a wider yes
        ("Who has borrowed Ninety Maps?", "no_record"),
        ("Why has Nora borrowed The Salt Lighthouse?", "no_record"),
        ("What is Ninety Maps about?", "no_record"),
        ("Will Nora borrow Winter Orchard?", "not_understood"),
        ("Has Quentin borrowed The Salt Lighthouse?", "not_understood"),
        ("Has Nora borrowed the salt shaker?", "not_understood"),
        ("Does The Salt Lighthouse have Nora?", "not_understood"),
        ("Nora is nice.", "not_understood"),
        ("Does France recognise Kosovo?", "not_understood"),
        ("", "not_understood"),
    ],
)
def test_refused(toy_engine: Engine, question: str, status: str) -> None:
    """Nothing sourced, nothing said."""
    made = ask(toy_engine, question)
    assert made.status == status
    assert made.text
    assert made.value is None


def test_a_false_premise_is_corrected(toy_engine: Engine) -> None:
    """It is not explained why somebody has what she has not."""
    made = ask(toy_engine, "Why has Petra borrowed Winter Orchard?")
    assert made.text.startswith("No. Petra Lund does not have Winter Orchard.")
    assert made.verdict == "no"


def test_the_toy_is_of_another_subject(engine: Engine, toy_engine: Engine) -> None:
    """No entity and no relation but those that any subject may have."""
    assert not set(toy_engine.kb.entities) & set(engine.kb.entities)
    assert set(toy_engine.kb.relations) & set(engine.kb.relations) <= {"overview"}
    assert len(list_files(TOY)) < 20
