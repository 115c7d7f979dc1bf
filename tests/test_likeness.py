"""Which questions are one gap, and how they would be said as a line."""

import datetime
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine import Engine
from bot.questions.likeness import Masked, group, line_of, mask, mentions, rank

DAY = datetime.date(2026, 11, 22)
WORDS = ["does", "why", "Nora", "Omar", "hate", "hates", "adore", "the", "?", "Zork", "of"]


def masked(engine: Engine, *texts: str) -> list[Masked]:
    """Texts, each asked once."""
    return [mask(engine.reader, text, 1, DAY) for text in texts]


def grouped(engine: Engine, *texts: str) -> list[list[str]]:
    """The groups, as texts."""
    return [[one.text for one in members] for members in group(masked(engine, *texts))]


@pytest.mark.parametrize(
    ("text", "skeleton", "names", "asking", "strange"),
    [
        ("Does Nora hate the Salt Lighthouse?", "does {} hate {}", 2, set(), ""),
        ("tell me why NORA hates 90 maps in 2025, please", "why {} hates {}", 2, {"why"}, ""),
        ("Does Zorkan hate Omar Hale", "does zorkan hate {}", 1, set(), "zorkan"),
        ("", "", 0, set(), ""),
        ("??? ... 🎈", "", 0, set(), ""),
    ],
)
def test_masks(
    toy_engine: Engine, text: str, skeleton: str, names: int, asking: set[str], strange: str
) -> None:  # fmt: skip
    """Names are holes; times, chatter and marks are gone; strange words and question words are told."""
    (one,) = masked(toy_engine, text)
    assert (one.skeleton, one.names, set(one.asking), one.strange) == (skeleton, names, asking, strange)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("does Nora hate Omar", "does Petra hate Nora?", True),
        ("does Nora hate Omar", "Nora hates Omar", True),
        ("does Nora hate Omar", "does Nora really truly hate Omar", True),
        ("does Nora hate Omar", "why does Nora hate Omar", False),
        ("does Nora hate Omar", "does Nora help Omar", False),
        ("does Nora hate Omar", "does Nora hate", False),
        ("does Nora hate Omar", "Nora Omar", False),
        ("Nora", "does Nora", False),
        ("does Zorkan know Nora", "does Grimbald know Nora", False),
        ("does Zorkan know Nora", "does Zorkann know Omar", True),
    ],
)
def test_what_is_alike(toy_engine: Engine, one: str, other: str, same: bool) -> None:
    """Other names, other endings; but not another question, another verb or another stranger."""
    assert (len(grouped(toy_engine, one, other)) == 1) is same


def test_the_most_asked_first(toy_engine: Engine) -> None:
    """Groups by all that was asked, and in each the most asked text."""
    kept = [("does Nora hate Omar", 2), ("Nora hates Petra", 3), ("is it raining", 4)]
    groups = group(mask(toy_engine.reader, text, times, DAY) for text, times in kept)
    assert [[one.text for one in members] for members in groups] == [
        ["Nora hates Petra", "does Nora hate Omar"], ["is it raining"],
    ]  # fmt: skip


@settings(max_examples=40)
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(max_size=30), max_size=12),
    seed=st.integers(0, 99),
)
def test_the_order_in_which_they_come_does_not_matter(toy_engine: Engine, texts: list[str], seed: int) -> None:
    """Every text is in one group, and the groups are the same however they are shuffled."""
    kept = [mask(toy_engine.reader, text, 1 + len(text) % 3, DAY) for text in dict.fromkeys(texts)]
    first = group(kept)
    random.Random(seed).shuffle(kept)  # noqa: S311 - an order, not a secret
    assert group(kept) == first
    assert sorted(one.text for members in first for one in members) == sorted(one.text for one in kept)


def test_a_text_that_is_too_long_is_by_itself(toy_engine: Engine) -> None:
    """It was refused unread, and is not read here either."""
    long = "Nora " * 1000
    assert len(grouped(toy_engine, long, "Nora", long + "x")) == 2


@pytest.mark.parametrize(
    ("text", "places", "line"),
    [
        ("does Nora hate the Salt Lighthouse?", ("subject", "object"), "<do> {subject} hate {object}"),
        ("does Nora hate the Salt Lighthouse?", ("object", "subject"), "<do> {object} hate {subject}"),
        ("Nora didn't really grab Winter Orchard as an audiobook in 2025", ("subject", "object"),
         "{subject} <do> grab {object} {shape}"),
        ("does Nora hate", ("subject", "object"), ""),
        ("does Nora hate Omar", ("subject",), ""),
        ("x" * 3000, (), ""),
    ],
)  # fmt: skip
def test_lines(toy_engine: Engine, text: str, places: tuple[str, ...], line: str) -> None:
    """Names by their places, words by the rules that are in use; what is read past anyway is left out."""
    assert line_of(toy_engine.reader, text, places, ["<do>"], ["shape"], DAY) == line


def test_the_likest_of_the_same_kind_first(toy_engine: Engine) -> None:
    """A question for a reason is likest to another for a reason, whatever the other words."""
    (one, why, same) = masked(toy_engine, "does Nora hate Omar", "why does Nora hate Omar", "did Nora see Omar")
    assert rank(one, {"why": [why], "did": [same], "none": []}) == ["did", "why", "none"]


def test_mentions(toy_engine: Engine) -> None:
    """In the order of the text."""
    found = mentions(toy_engine.reader, "is the Salt Lighthouse with Nora", DAY)
    assert [mention.entities for mention in found] == [("salt-lighthouse",), ("nora-finch",)]
