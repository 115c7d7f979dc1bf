"""Coverages: participants and sources that exist, and no two that disagree about what silence means."""

import pytest

from tests.knowledge.samples import checked

COVERAGE = "relation: lives_in, unlisted: no, from: 2020, as_of: 2026-01, sources: [diary]"


def with_coverages(*entries: str, entities: str = "") -> list[str]:
    """The problems of the sample with coverages."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return checked(
        {
            "facts/cover.yaml": f"coverage:\n{lines}",
            "entities/more.yaml": "entities:\n  town: {kind: house, name: Town}\n"
            "  all-cats: {kind: group, name: all cats, group: {members: [mog, tib, rum]}}\n"
            "  two-cats: {kind: group, name: two cats, group: {members: [mog, tib]}}\n"
            "  last-cats: {kind: group, name: last cats, group: {members: [tib, rum]}}\n"
            "  houses: {kind: group, name: houses, group: {members: [mill, barn]}}\n" + entities,
        }
    )


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (f"{COVERAGE}, subject: cats, object: mill", "the subject 'cats' is no entity"),
        (f"{COVERAGE}, subject: mog, object: moon", "the object 'moon' is no entity"),
        (f"{COVERAGE}, subject: mill, object: barn", "'mill' is of the kind house; the subject of this list is"),
        (f"{COVERAGE}, subject: houses, object: mill", "'barn' is of the kind house; the subject of this list is"),
        (f"{COVERAGE}, subject: mog, object: mill, narrows: {{room: attic}}", "'room: attic' is no narrowing of"),
        (f"{COVERAGE}, subject: mog, object: mill, counts: [{{whose: M, value: 3, as_of: 2027, sources: [diary]}}]",
         "`as_of` 2027 lies in the future"),
        (f"{COVERAGE}, subject: mog, object: mill, counts: [{{whose: M, value: 3, as_of: 2025, sources: [x]}}]",
         "there is no source 'x'"),
        (f"{COVERAGE}, subject: mog, object: mill".replace("[diary]", "[x]"), "there is no source 'x'"),
        (f"{COVERAGE}, subject: mog, object: mill".replace("2026-01", "2026-02"), "`as_of` 2026-02 lies in the future"),
        (f"{COVERAGE}, subject: mog, object: mill".replace("2026-01", "2019"), "the coverage ends before it begins"),
    ],
)  # fmt: skip
def test_faults_of_a_coverage(entry: str, told: str) -> None:
    """Participants, narrowing, dates and sources."""
    problems = with_coverages(entry)
    assert problems[0].startswith(f"facts/cover.yaml:2: {told}")


@pytest.mark.parametrize(("listed", "found"), [("1", ""), ("2", "but 1 facts say so"), ("0", "but 1 facts say so")])
def test_a_list_has_as_many_facts_as_its_source_has_names(listed: str, found: str) -> None:
    """What was forgotten, or is too much, is told; what is of the day of the list counts."""
    problems = with_coverages(f"{COVERAGE}, subject: all-cats, object: mill, listed: {listed}")
    assert [found in problem for problem in problems] == ([True] if found else [])


def test_the_same_coverage_twice() -> None:
    """Answers name coverages by id, so each has its own."""
    entry = f"{COVERAGE}, subject: mog, object: mill"
    (problem,) = with_coverages(entry, entry)
    assert problem.startswith("facts/cover.yaml:3: the coverage 'coverage-lives_in-mog-mill' is defined twice")
    assert with_coverages(entry, f"{entry}, id: other") == []


YES = COVERAGE.replace("unlisted: no", "unlisted: yes")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("subject: all-cats, object: mill", "id: other, subject: all-cats, object: mill"),
        ("subject: two-cats, object: mill", "subject: last-cats, object: mill"),
        ("subject: two-cats, object: houses", "subject: all-cats, object: mill"),
        ("subject: mog, object: houses", "subject: all-cats, object: mill"),
        ("subject: mill-cats, object: mill", "id: other, subject: mog, object: mill"),
    ],
)
def test_coverages_that_disagree(one: str, two: str) -> None:
    """Neither list lies within the other, so nothing says which of them speaks of those that both name."""
    told = with_coverages(f"{COVERAGE}, {one}", f"{YES}, {two}")
    (problem,) = told
    assert problem == (
        "facts/cover.yaml:3: it disagrees with the coverage at facts/cover.yaml:2 about what silence means for the "
        "same participants; keep one, or let one of them name a group within the other's"
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("subject: all-cats, object: mill", "subject: mog, object: mill"),
        ("subject: all-cats, object: houses", "subject: two-cats, object: mill"),
        ("subject: all-cats, object: mill", "subject: all-cats, object: barn"),
        ("subject: all-cats, object: mill, narrows: {room: loft}",
         "subject: all-cats, object: mill, narrows: {room: hall}, id: other"),
        ("subject: mog, object: mill", "subject: rum, object: mill"),
    ],
)  # fmt: skip
def test_coverages_that_agree(one: str, two: str) -> None:
    """The more specific one speaks; lists of others, or of another narrowing, do not meet."""
    assert with_coverages(f"{COVERAGE}, {one}", f"{YES}, {two}") == []


def test_coverages_of_a_symmetric_relation_that_disagree() -> None:
    """Turned round they speak of the same two."""
    one, two = (entry.replace("lives_in", "siblings") for entry in (COVERAGE, YES))
    told = with_coverages(f"{one}, subject: mog, object: two-cats", f"{two}, subject: tib, object: all-cats")
    assert len(told) == 1
    assert "disagrees" in told[0]
