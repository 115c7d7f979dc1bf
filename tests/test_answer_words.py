"""Templates filled: places, brackets, and words that agree in number."""

import pytest

from bot.answers.words import agreeing, fill

COUNTED = "{count} on the list (has|have) it[, since {since}]."


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        (COUNTED, {"count": "1"}, "1 on the list has it."),
        (COUNTED, {"count": "0", "number": "1"}, "0 on the list have it."),
        (COUNTED, {"count": "11", "since": "2020"}, "11 on the list have it, since 2020."),
        ("(Is|Are) {subject} (|each) in it?", {"subject": "A", "number": "1"}, "Is A in it?"),
        ("(Is|Are) {subject} (|each) in it?", {"subject": "A and B", "number": "2"}, "Are A and B each in it?"),
        ("(Does|Do) {subject}[ ({part})] owe (list {day})?", {"subject": "A", "day": "1"}, "Does A owe (list 1)?"),
    ],
)
def test_words_agree_in_number(template: str, values: dict[str, str], text: str) -> None:
    """By the count, or where nothing is counted by the subjects."""
    assert fill(template, values) == text


def test_what_is_not_said_by_a_template_is_left_as_it_is() -> None:
    """A name or text with the sign in it is no template."""
    assert fill("{text}", {"text": "(a|b)"}) == "(a|b)"
    assert agreeing("(Has|Have) {subject}") == "Has {subject}"
