"""Facts of one statement that meet: what overlaps, what contradicts, and what may stand side by side."""

import pytest

from bot.knowledge.check import check_rows
from tests.effort import effort
from tests.knowledge.samples import FILES, TODAY, checked, loaded, with_facts


def both(one: str, two: str) -> list[str]:
    """The problems of two facts."""
    return with_facts(f"facts:\n  - {{id: one, {one}}}\n  - {{id: two, {two}}}\n")


SIDE = "{by: A, text: Yes., sources: [diary]}"
HOME = "relation: lives_in, subject: mog, object: mill"
OVERLAPS = "facts/homes.yaml:4: 'two' overlaps 'one': the same statement for the same days; "
CONTRADICTS = "facts/homes.yaml:4: 'two' contradicts 'one': the same statement for the same days; "


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"{HOME}, since: 2020", f"{HOME}, since: 2022"),
        (f"{HOME}", f"{HOME}"),
        (f"{HOME}, since: 2020, until: 2022-06", f"{HOME}, since: 2022-05-31"),
        ("relation: siblings, between: [mog, tib]", "relation: siblings, between: [tib, mog]"),
        ("relation: feud, sides: [mog, tib]", "relation: feud, sides: [tib, mog]"),
        (f"{HOME}, narrows: {{room: loft}}", f"{HOME}, narrows: {{room: loft}}"),
    ],
)
def test_overlapping_periods(one: str, two: str) -> None:
    """The same statement twice for the same days, however its participants are written."""
    (problem,) = both(one, two)
    assert problem.startswith(OVERLAPS)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"{HOME}, since: 2020", f"{HOME}, since: 2022, holds: no"),
        ("relation: siblings, between: [mog, tib, rum]", "relation: siblings, between: [tib, rum], holds: no"),
        ("relation: feud, sides: [[mog, tib], rum]", "relation: feud, sides: [rum, tib], holds: no"),
        ("relation: lives_in, subject: mog, object: [mill, barn]",
         "relation: lives_in, subject: mog, object: barn, holds: no"),
        (f"{HOME}", f"{HOME}, status: disputed, dispute: [{SIDE}, {SIDE}]"),
    ],
)  # fmt: skip
def test_contradictory_periods(one: str, two: str) -> None:
    """A yes and a no for the same days, also where one of them speaks of more participants."""
    (problem,) = both(one, two)
    assert problem.startswith(CONTRADICTS)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"{HOME}, since: 2020, until: 2022", f"{HOME}, since: 2022"),
        (f"{HOME}, since: 2020, until: 2022", f"{HOME}, since: 2022, holds: no"),
        (f"{HOME}, narrows: {{room: loft}}", f"{HOME}, narrows: {{room: hall}}"),
        (f"{HOME}, text: He sleeps there.", f"{HOME}, text: He eats there."),
        (f"{HOME}", f"{HOME}, holds: no, status: claimed, claimed_by: Rum"),
        ("relation: lives_in, subject: mog, object: mill", "relation: lives_in, subject: tib, object: mill"),
        ("relation: siblings, between: [mog, tib, rum]", "relation: siblings, between: [mog, tib]"),
        ("relation: siblings, between: [mog, tib, {who: rum, until: 2022}]",
         "relation: siblings, between: [rum, tib], holds: no, since: 2022"),
        ("relation: feud, sides: [[mog, tib], rum]", "relation: feud, sides: [mog, tib], holds: no"),
    ],
)  # fmt: skip
def test_facts_that_may_stand_side_by_side(one: str, two: str) -> None:
    """One after the other, of different narrowings, told as texts, claimed, or of a group and a part of it."""
    assert both(one, two) == []


def test_every_overlap_is_told() -> None:
    """A long period meets each of two short ones, and both are told."""
    facts = [("one", "1990", "2020"), ("two", "1995", "2000"), ("three", "2005", "2010")]
    lines = "".join(f"  - {{id: {id_}, {HOME}, since: {since}, until: {until}}}\n" for id_, since, until in facts)
    assert [line.split("'")[1:4:2] for line in with_facts(f"facts:\n{lines}")] == [["two", "one"], ["three", "one"]]


def test_the_default_narrowing_is_the_same_statement() -> None:
    """To write the default out changes nothing."""
    relations = FILES["relations.yaml"].replace("title: homes,", "title: homes, default: {room: hall},")
    facts = f"defaults: {{as_of: 2026, sources: [diary]}}\nfacts:\n  - {{id: one, {HOME}}}\n"
    facts += f"  - {{id: two, {HOME}, narrows: {{room: hall}}}}\n"
    (problem,) = checked({"relations.yaml": relations, "facts/homes.yaml": facts})
    assert problem.startswith(OVERLAPS)


def test_many_facts_of_one_statement() -> None:
    """However facts are piled up, checking them is work in proportion."""
    calls = []
    for count in (300, 3_000):
        lines = "".join(f"  - {{id: a{number}, {HOME}}}\n" for number in range(count))
        changed = {"facts/homes.yaml": f"defaults: {{as_of: 2026-01-01, sources: [diary]}}\nfacts:\n{lines}"}
        rows, _ = loaded(changed)
        problems, work = effort(lambda rows=rows: check_rows(rows, TODAY))  # type: ignore[misc]
        assert sum(problem.severity == "error" for problem in problems) == count - 1
        calls.append(work)
    assert calls[1] < 15 * calls[0]


def test_a_fact_of_many_participants() -> None:
    """A group of two thousand is not two million pairs."""
    calls = []
    for count in (400, 2_000):
        rows, _ = loaded()
        everybody = [[f"c{number}", None, None] for number in range(count)]
        row = {**rows.facts[0], "id": "all", "relation": "siblings", "shape": "between", "roles": [everybody] * 2}
        rows.facts.append(row)
        calls.append(effort(lambda rows=rows: check_rows(rows, TODAY))[1])  # type: ignore[misc]
    assert calls[1] < 8 * calls[0]
