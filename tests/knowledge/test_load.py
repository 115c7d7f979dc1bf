"""Files into rows: every fault of every file at once, each with path, line, what is wrong and how to mend it."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.load import load_rows
from bot.knowledge.reader import read_yaml
from tests.knowledge.samples import FILES, TODAY, checked, files, loaded


def test_the_sample_is_clean() -> None:
    """What the other tests break is whole."""
    assert checked() == []


def test_rows() -> None:
    """Rows hold what is not a default, typed; facts have their defaults and one shape of participants."""
    rows, _ = loaded()
    assert rows.entities["mog"] == {"kind": "cat", "name": "Mog"}
    assert rows.facts == [
        {
            "id": "mog-mill", "relation": "lives_in", "shape": "directed", "holds": True, "status": "settled",
            "why": None, "since": "2020", "as_of": "2026-01-01", "sources": ["diary"],
            "roles": [[["mog", None, None]], [["mill", None, None]]],
        }
    ]  # fmt: skip
    assert rows.origin["fact mog-mill"] == ("facts/homes.yaml", 3)
    assert rows.origin["entities mog"] == ("entities/cats.yaml", 2)
    assert rows.unread == []


def test_participants_of_every_shape() -> None:
    """A name, a list, a mapping with a period; `between` and `sides` do not take a directed default."""
    rows, problems = loaded(
        {
            "facts/more.yaml": """\
defaults: {relation: siblings, subject: mog, as_of: 2026-01-01, sources: [diary]}
facts:
  - {id: a, between: [mog, {who: tib, since: 2021, until: 2022-03}]}
  - {id: b, relation: feud, sides: [mog, [tib, {who: rum, until: 2025}]]}
  - {id: c, relation: lives_in, object: [mill, barn]}
"""
        }
    )
    assert problems == []
    roles = {row["id"]: row["roles"] for row in rows.facts}
    assert roles["a"] == [[["mog", None, None], ["tib", "2021", "2022-03"]]] * 2
    assert roles["b"] == [[["mog", None, None]], [["tib", None, None], ["rum", None, "2025"]]]
    assert roles["c"] == [[["mog", None, None]], [["mill", None, None], ["barn", None, None]]]


def test_an_entry_wins_over_the_defaults() -> None:
    """Defaults give only what an entry leaves out."""
    fact = "{id: a, subject: tib, object: barn, since: 2021, as_of: 2025, holds: no}"
    rows, problems = loaded({"facts/homes.yaml": FILES["facts/homes.yaml"] + f"  - {fact}\n"})
    assert problems == []
    assert rows.facts[1]["as_of"] == "2025"
    assert rows.facts[1]["holds"] is False


def said(path: str, text: str) -> list[str]:
    """The problems of the sample with one file replaced."""
    return [str(problem) for problem in sorted(loaded({path: text})[1])]


def faults() -> list[tuple[str, str, list[str]]]:
    """The kept faults: a file's path, its text, and the problems that are to be told."""
    found = []
    text = (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8")
    for block in text.split("\n=== ")[1:]:
        path, *lines = block.splitlines()
        told = [line[4:] for line in lines if line.startswith(">>> ")]
        found.append((path, "".join(f"{line}\n" for line in lines if not line.startswith(">>>")), told))
    return found


@pytest.mark.parametrize(("path", "text", "told"), faults())
def test_what_is_said(path: str, text: str, told: list[str]) -> None:
    """Each fault in plain words, at its line, with the way out; one fault is not told twice."""
    assert said(path, text) == told


def test_messages_that_are_missing() -> None:
    """A message that the program may need is asked for before it is needed."""
    shared = FILES["intents/en/_shared.yaml"].replace("  empty: There", "  emty: There")
    (problem,) = said("intents/en/_shared.yaml", shared)
    assert "messages: these messages are missing: empty" in problem


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("facts/old.yml", "this file has no place in a knowledge base; the files are relations.yaml, and those in"),
        ("notes.yaml", "this file has no place in a knowledge base"),
        ("intents/lives_in.yaml", "this file has no place in a knowledge base"),
        ("intents/en/more/lives_in.yaml", "this file has no place in a knowledge base"),
    ],
)
def test_files_without_a_place(path: str, told: str) -> None:
    """A file that would not be read is not passed over in silence."""
    assert [line for line in said(path, "a: b") if line.startswith(f"{path}:1: {told}")]


def test_files_that_are_missing() -> None:
    """The two files without which there is no knowledge base."""
    _, problems = load_rows({"facts/a.yaml": b"facts: []"})
    assert [str(problem) for problem in problems] == [
        "relations.yaml:1: the file is missing; it declares kinds and relations",
        "intents/en/_shared.yaml:1: the file is missing; it holds the words that all intents share",
    ]


def test_one_language_is_served() -> None:
    """Two would be mixed."""
    problems = said("intents/fr/_shared.yaml", FILES["intents/en/_shared.yaml"])
    assert problems == [
        "intents/fr:1: there is more than one language: en, fr; keep one, and move the others to a folder of their own"
    ]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("entities/more.yaml", "entities:\n  mog: {kind: cat, name: Moggy}\n",
         "entities/more.yaml:2: 'mog' is defined twice, first at entities/cats.yaml:2; remove one"),
        ("sources/more.yaml", "sources:\n  diary: {title: D, publisher: P, accessed: 2026, kind: opinion}\n",
         "sources/more.yaml:2: 'diary' is defined twice, first at sources/diary.yaml:2; remove one"),
        ("facts/more.yaml", FILES["facts/homes.yaml"],
         "facts/more.yaml:3: the fact 'mog-mill' is defined twice, first at facts/homes.yaml:3; rename one"),
    ],
)  # fmt: skip
def test_defined_twice(path: str, text: str, told: str) -> None:
    """An id is given once, in whichever file, and both places are named."""
    assert said(path, text) == [told]


def test_reasons_and_intents_defined_twice() -> None:
    """The same for what other files refer to, or answer with."""
    reason = "reasons:\n  because: {text: So., sources: [diary]}\n"
    intents = "relation: lives_in\nintents:\n  home: {asks: {form: whether}}\n"
    problems = loaded(
        {
            "facts/one.yaml": reason, "facts/two.yaml": reason,
            "intents/en/a.yaml": intents, "intents/en/b.yaml": intents,
        }
    )[1]  # fmt: skip
    hint = "put the intents of one relation into one file"
    assert [str(problem) for problem in problems] == [
        "facts/two.yaml:2: the reason 'because' is defined twice, first at facts/one.yaml:2; rename one",
        "intents/en/b.yaml:3: the intent 'home' is defined twice, first at intents/en/a.yaml:3; rename one",
        f"intents/en/b.yaml:1: intents/en/a.yaml holds the intents of 'lives_in'; {hint}",
    ]


def test_all_problems_of_all_files_at_once() -> None:
    """One run tells everything: broken YAML, unknown keys, and what no single file can tell."""
    told = checked(
        {
            "entities/more.yaml": "entities:\n  zed: {kind: cat, name: Zed, age: 3}\n  yak: {kind: cat}\n",
            "facts/broken.yaml": "facts: [",
            "facts/homes.yaml": FILES["facts/homes.yaml"].replace("since: 2020", "since: 2999"),
            "sources/more.yaml": "sources:\n  x: {title: X, publisher: X, accessed: 2026, kind: opinion, kind: news}\n",
        }
    )
    places = [":".join(line.split(":")[:2]) for line in told]
    assert places == [
        "entities/more.yaml:2", "entities/more.yaml:3", "facts/broken.yaml:1", "facts/homes.yaml:3",
        "sources/more.yaml:2",
    ]  # fmt: skip


def test_nothing_is_said_about_what_an_unread_file_may_hold() -> None:
    """One slip in a file of entities is one problem, not one for every fact that names them."""
    told = checked({"entities/cats.yaml": FILES["entities/cats.yaml"].replace("{kind: cat, name: Tib}", "{kind: cat}")})
    assert told == ["entities/cats.yaml:3: entities.tib.name: this key is missing; add it"]
    told = checked({"sources/diary.yaml": "sources: ["})
    assert [line.split(":")[0] for line in told] == ["sources/diary.yaml"]
    told = checked({"relations.yaml": "kinds: ["})
    assert [line.split(":")[0] for line in told] == ["relations.yaml"]


# --- whatever a file holds

TEXTS = st.sampled_from(["", "no", "mog", "mill", "2020", "by 2020", "[x]", "a b", "<rule>", "{subject}", "é", "&x"])
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, Any]:
    """One of the sample's files, as data, with something in it replaced, removed or added."""
    path = draw(st.sampled_from(sorted(FILES)))
    document, _ = read_yaml(path, FILES[path].encode())
    assert document is not None
    value = copy.deepcopy(document.value)
    places = sorted((place for place in document.lines if place), key=str)
    place = draw(st.sampled_from(places))
    held = value
    for part in place[:-1]:
        held = held[part]
    action = draw(st.sampled_from(["replace", "remove", "add"]))
    if action == "replace":
        held[place[-1]] = draw(VALUES)
    elif action == "remove":
        del held[place[-1]]
    elif isinstance(held, dict):
        held[draw(TEXTS)] = draw(VALUES)
    else:
        held.append(draw(VALUES))
    return path, value


def flow(value: Any) -> str:
    """Data as YAML in flow style, every text quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(held) for held in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"


@given(damaged())
def test_any_damage_gives_problems_not_a_crash(change: tuple[str, Any]) -> None:
    """Whatever becomes of one value, the whole base is checked to the end."""
    path, value = change
    given_files = {**files(), path: flow(value).encode()}
    rows, problems = load_rows(given_files)
    assert bool(rows.unread) == any(problem.path in given_files for problem in problems)
    for line in checked({path: flow(value)}, TODAY):
        assert line.split(":")[0]
