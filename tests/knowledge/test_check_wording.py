"""Checks of intents and of the wording of answers: keys and places that the code knows, and all that it knows."""

import ast
from collections.abc import Iterator

import pytest

from bot.knowledge.checks.wording import KEYS, OUTCOMES, PLACES
from tests.conftest import ROOT
from tests.knowledge.samples import FILES, checked

ANSWERS = ROOT / "bot" / "answers"


def with_answer(line: str) -> list[str]:
    """The problems of the sample with an answer in an intent file."""
    text = f"relation: lives_in\nintents:\n  home:\n    asks: {{form: whether}}\n    answers:\n      {line}\n"
    return checked({"intents/en/lives_in.yaml": text})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("yess: Yes.", "there is no answer 'yess'; see the list in knowledge/README.md…, or did you mean 'yes'?"),
        ("no_then_then: No.", "there is no answer 'no_then_then'"),
        ("detail_colour: Red.", "there is no answer 'detail_colour'"),
        (
            "yes: Yes. {subjct} lives there.",
            "'yes' has no place {subjct}; see the list in knowledge/README.md…, or did",
        ),
        ("yes: Yes. {floor}", "'yes' has no place {floor}"),
        ("'yes': 'Yes. {subject lives there.'", "in 'yes' a bracket is not closed; mend the brackets"),
        ("'yes': 'Yes[, since {since}.'", "in 'yes' a bracket is not closed; mend the brackets"),
        ("'yes': 'Yes], since {since}[.'", "in 'yes' a bracket is not closed; mend the brackets"),
    ],
)
def test_faults_of_an_answer(line: str, told: str) -> None:
    """What would be passed over in silence is told, with the intent's file and line."""
    (problem,) = with_answer(line)
    assert problem.startswith(f"intents/en/lives_in.yaml:3: {told}")


@pytest.mark.parametrize(
    "line",
    ["yes: Yes[. {subject} lives in {object}[, {room}]][, since {since}].", "no_then: No.", "detail_rent: '{value}'"],
)
def test_answers_that_are_right(line: str) -> None:
    """Brackets within brackets, past outcomes, the relation's own details and narrowings."""
    assert with_answer(line) == []


def test_a_message_with_a_place_that_is_not_filled() -> None:
    """The same for the messages of the shared file."""
    shared = FILES["intents/en/_shared.yaml"].replace("{on_as_of}", "{as_off}")
    (problem,) = checked({"intents/en/_shared.yaml": shared})
    assert problem.startswith("intents/en/_shared.yaml:1: 'old' has no place {as_off}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("values: {room: {attic: {say: [up], show: up}}}", "the relation declares no narrowing 'room: attic'"),
        ("values: {floor: {hall: {say: [up], show: up}}}", "the relation declares no narrowing 'floor: hall'"),
        ("clauses: {one: ['a &two'], two: ['b &three'], three: ['c &one', d]}", "the clause &one leads back to itself"),
        ("clauses: {one: ['a &one']}", "the clause &one leads back to itself"),
    ],
)
def test_faults_of_an_intent_file(text: str, told: str) -> None:
    """Narrowings that the relation does not have, and clauses without an end."""
    problems = checked({"intents/en/lives_in.yaml": f"relation: lives_in\n{text}\nintents: {{}}\n"})
    assert problems[0].startswith(f"intents/en/lives_in.yaml:1: {told}")


@pytest.mark.parametrize(
    ("intent", "told"),
    [
        (
            "asks: {form: what, detail: rents}",
            "the relation declares no detail 'rents'; declare it in relations.yaml…, or",
        ),
        ("asks: {form: what}, fixed: {room: attic}", "the relation declares no narrowing 'room: attic'"),
        ("asks: {form: what}, kinds: {subject: [dog]}", "'dog' is no kind of entity"),
        ("asks: {form: what}, kinds: {sbject: [cat]}", "`kinds` names 'sbject', which is no place"),
    ],
)
def test_faults_of_an_intent(intent: str, told: str) -> None:
    """Details, narrowings and kinds that nobody declared."""
    (problem,) = checked({"intents/en/lives_in.yaml": f"relation: lives_in\nintents:\n  home: {{{intent}}}\n"})
    assert problem.startswith(f"intents/en/lives_in.yaml:3: {told}")


def test_clauses_that_share_others() -> None:
    """To lead to the same one twice is not to lead back."""
    clauses = "{one: ['&two &three'], two: ['&three'], three: [c]}"
    assert checked({"intents/en/lives_in.yaml": f"relation: lives_in\nclauses: {clauses}\nintents: {{}}\n"}) == []


def test_a_language_that_is_none() -> None:
    """Names and common words are looked up by its code."""
    shared = FILES["intents/en/_shared.yaml"].replace("language: en", "language: xx")
    (problem,) = checked({"intents/en/_shared.yaml": shared})
    assert problem.startswith("intents/en/_shared.yaml:1: there is no language 'xx'")


# --- the lists against the code


def calls(*names: str) -> Iterator[ast.Call]:
    """The calls of functions of some names in the room that words answers."""
    for path in sorted(ANSWERS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
                yield node


def texts(node: ast.AST) -> set[str]:
    """The plain texts within a node."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_outcome_may_be_worded() -> None:
    """Each outcome that a finding may have is a key."""
    found = {text for call in calls("Finding") if call.args for text in texts(call.args[0])}
    assert found - {""} <= OUTCOMES | KEYS


def test_every_key_that_the_code_asks_for_may_be_given() -> None:
    """Each key of a template that the code looks for."""
    asked = {text for call in calls("template", "no_record") for argument in call.args[1:] for text in texts(argument)}
    assert {text for text in asked if not text.endswith("_")} <= OUTCOMES | KEYS | {"_open", "_of"}


def test_every_key_that_may_be_given_is_asked_for() -> None:
    """A key that the code no longer knows is taken off the list."""
    known = {text for path in ANSWERS.glob("*.py") for text in texts(ast.parse(path.read_text(encoding="utf-8")))}
    parts = {"which_not_open", "which_open", "which_none", "which_not_none"}
    assert known | parts >= OUTCOMES | KEYS  # these are put together from parts


def test_every_place_is_filled_by_the_code() -> None:
    """A template finds what it names."""
    filled = {keyword.arg for call in calls("values", "no_record") for keyword in call.keywords if keyword.arg}
    for path in ANSWERS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                filled |= {
                    key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }
    assert filled >= PLACES
