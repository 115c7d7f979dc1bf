"""Names: a strong one is of one entity, and those one slip apart know of each other."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.knowledge.checks.names import folded, neighbours, one_edit
from tests.effort import effort
from tests.knowledge.samples import with_entities

CAT = "kind: cat, name"


def test_a_strong_name_with_two_owners() -> None:
    """Case, accents, hyphens and the article make no difference; a weak name may be shared."""
    for name in ("Mog", "MÓG", "the mog"):
        (problem,) = with_entities(f"  zed: {{{CAT}: Zed, names: [{name}]}}\n")
        assert problem == (
            "entities/cats.yaml:2: the strong name 'mog' belongs to mog, zed; "
            "keep it for one of them, or list it under `weak` in each"
        )
    assert with_entities(f"  zed: {{{CAT}: Zed, weak: [Mog]}}\n") == []
    assert (
        len(with_entities(f"  zed: {{{CAT}: Zed, demonyms: [Mo-g]}}\n  zod: {{{CAT}: Zod, capitals: [mo g]}}\n")) == 1
    )


def test_confusable_names_are_listed() -> None:
    """Each of two neighbours names the other; one side alone is told of the other side."""
    near = f"  marten: {{{CAT}: Marten}}\n  martin: {{{CAT}: Martin}}\n"
    said = "'marten' and 'martin' are one letter apart, but"
    assert with_entities(near) == [
        f"entities/more.yaml:2: {said} marten does not list martin; add `confusable_with: [martin]`",
        f"entities/more.yaml:3: {said} martin does not list marten; add `confusable_with: [marten]`",
    ]
    one_side = near.replace("Marten}", "Marten, confusable_with: [martin]}")
    assert len(with_entities(one_side)) == 1
    assert with_entities(one_side.replace("Martin}", "Martin, confusable_with: [marten]}")) == []


@pytest.mark.parametrize(
    "names", [("Mart", "Mert"), ("Big Mog", "Bit Mog"), ("Marten", "Mortin"), ("Marten", "marten")]
)
def test_names_that_need_not_be_listed(names: tuple[str, str]) -> None:
    """Short names, names of several words, two letters, and two names of one entity."""
    if folded(names[0]) == folded(names[1]):
        assert with_entities(f"  one: {{{CAT}: {names[0]}, names: [{names[1]}, Martena]}}\n") == []
    else:
        assert with_entities(f"  one: {{{CAT}: {names[0]}}}\n  two: {{{CAT}: {names[1]}}}\n") == []


@given(st.lists(st.text("abc", min_size=1, max_size=6), max_size=12, unique=True))
def test_neighbours_are_those_at_distance_one(names: list[str]) -> None:
    """The cheap method finds the very pairs that the distance itself finds."""
    pairs = {tuple(sorted(pair)) for pair in itertools.combinations(names, 2) if OSA.distance(*pair) == 1}
    assert set(neighbours(names)) == pairs
    assert all(one_edit(*pair) for pair in pairs)


def test_many_names_are_compared_quickly() -> None:
    """Work grows with the names, not with their pairs."""
    names = [f"name{number:05}x{number * 7919 % 99991:05}" for number in range(20_000)]
    _, few = effort(lambda: neighbours(names[:2_000]))
    _, many = effort(lambda: neighbours(names))
    assert many < 15 * few
