"""What lies about is told: entities that stand in no fact, and addresses that nobody else could open."""

import pytest

from bot.knowledge.checks.housekeeping import reachable
from tests.knowledge.samples import FILES, checked


def test_entities_that_stand_in_no_fact() -> None:
    """Each with its file and line; those of a fact, and groups, are not among them."""
    problems = checked(unused=True)
    assert [problem.partition(":")[0] for problem in problems] == ["entities/cats.yaml"] * 3
    assert [problem.split("'")[1] for problem in problems] == ["tib", "rum", "barn"]
    assert all("warning: " in problem for problem in problems)


@pytest.mark.parametrize("named", ["coverage", "details", "stands_for"])
def test_whoever_is_named_anywhere_is_used(named: str) -> None:
    """By a list, by a detail, or as somebody who is stood for."""
    more = {
        "coverage": {"facts/c.yaml": "coverage:\n  - {relation: lives_in, unlisted: no, from: 2020, as_of: 2026-01, "
                     "sources: [diary], subject: tib, object: mill}\n"},
        "details": {"facts/homes.yaml": FILES["facts/homes.yaml"].replace(
            "since: 2020}", "since: 2020, details: [{what: rent, value: 3, of: tib}]}")},
        "stands_for": {"entities/more.yaml": "entities:\n  kit: {kind: cat, name: Kit, stands_for: tib}\n"},
    }[named]  # fmt: skip
    assert not any("'tib'" in problem for problem in checked(more, unused=True))


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://mill.example/diary", True), ("https://mill.example:443/x", True), ("https://8.8.8.8/x", True),
        ("http://localhost/x", False), ("http://intranet/x", False), ("http://10.0.0.7/x", False),
        ("http://127.0.0.1:80/", False), ("http://wiki.local/x", False), ("https:///x", False), ("https://[::1", False),
    ],
)  # fmt: skip
def test_addresses(url: str, public: bool) -> None:
    """A public host, whatever stands behind it."""
    assert reachable(url) is public


def test_a_source_that_nobody_could_open() -> None:
    """Told at its line."""
    text = FILES["sources/diary.yaml"].replace("https://mill.example/diary", "http://localhost/diary")
    (problem,) = checked({"sources/diary.yaml": text})
    assert problem.startswith("sources/diary.yaml:2: warning: the url of 'diary' is no address that others could open")
