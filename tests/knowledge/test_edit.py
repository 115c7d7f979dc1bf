"""Edits in place: the entry alone is written anew, and every other byte of the file stays."""

from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.edit import render, splice
from bot.knowledge.edit.entries import FACT_ORDER, add_item, add_keyed, add_line
from bot.knowledge.edit.locate import Entry, entries, find
from bot.knowledge.edit.naming import address, fact_id, slug, source_id
from bot.knowledge.edit.problems import EditError
from bot.knowledge.reader import read_yaml
from tests.conftest import SHIPPED, TOY

LONG = "This note is much too long for one line of a file, and has: signs, 'quotes' and # hashes, so that it is folded."
FILES = sorted((SHIPPED / "facts").rglob("*.yaml"))
EVERY = [("facts", path) for path in FILES]
EVERY += [(name, path) for name in ("sources", "entities") for path in sorted((SHIPPED / name).glob("*.yaml"))]


def text_of(path: Path) -> str:
    """A file as it is, line ends and all."""
    return path.read_bytes().decode("utf-8")


def edited(text: str, section: str, entry: Entry, keys: dict[str, Any]) -> str:
    """A file after an edit that changed what it should, and nothing else."""
    made = splice.edit(text, section, entry.id, keys, FACT_ORDER)
    document, problems = read_yaml("f.yaml", made.encode())
    assert problems == []
    assert document is not None
    after = find(made, section, entry.id)
    assert after is not None
    assert made[: entry.start] == text[: entry.start]
    assert made[after.end :] == text[entry.end :]
    wanted = {**_plain(entry), **keys}
    assert after.body.plain() == {key: value for key, value in wanted.items() if value is not None}
    return made


def _plain(entry: Entry) -> dict[str, Any]:
    found = entry.body.plain()
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("section", "path"), EVERY, ids=lambda given: getattr(given, "name", given))
def test_every_entry_written_again_is_the_same(section: str, path: Path) -> None:
    """Each key of each entry, written with what it says already; and the entry, changed and changed back."""
    text = text_of(path)
    for number, entry in enumerate(entries(text, section)):
        keys = _plain(entry)
        for key, value in keys.items():
            assert splice._set(text, entry, key, value, ()) == text
        if number % 20 == 0:  # the long way for some: each edit reads the file
            key = "kind" if "kind" in keys else "as_of"
            there = edited(text, section, entry, {key: "changed"})
            if not entry.body.flow:  # what got too long for brackets stays over several lines
                assert splice.edit(there, section, entry.id, {key: keys.get(key)}) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ruamel_writes_every_key_as_it_was(path: Path) -> None:
    """Not only where nothing is to be done: each key is read by ruamel.yaml and written again.

    Lists in brackets over several lines would be joined; they are added to at their end instead.
    """
    text, different = text_of(path), []
    for entry in entries(text, "facts"):
        for name, value in entry.body.pairs if not entry.body.flow else ():
            if value.flow and "\n" in text[value.start : value.end]:
                continue
            start, end = splice._piece(text, entry, name.value)
            lines = text[start:end]
            again = render.changed(lines, name.value, value.plain(), entry.column)
            if again != lines and "".join(again.split()) != "".join(lines.split()):
                different.append((entry.id, name.value))
    assert different == []


CHANGES: list[dict[str, Any]] = [
    {"as_of": "2026-11-21"},
    {"retired": {"on": "2026-11-22", "why": "it's: wrong #1"}},
    {"note": LONG},
    {"since": None, "until": "2026-01"},
    {"status": "disputed", "dispute": [
        {"by": "A", "text": LONG, "sources": ["x", "y"]}, {"by": "B", "text": "no", "sources": ["z"]},
    ]},
]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_changes_of_shipped_facts(path: Path) -> None:
    """Whatever their style: what is asked for is there, all else stays, and no line gets longer than lines may be."""
    text = text_of(path)
    for number, entry in enumerate(entries(text, "facts")):
        if number % 40:
            continue
        keys = [*CHANGES, {"sources": [*_plain(entry).get("sources", ["a"]), "a-new-source-2026-11-22-of-somebody"]}]
        for change in keys:
            made = edited(text, "facts", entry, change)
            after = find(made, "facts", entry.id)
            assert after is not None
            if max(map(len, entry.lines(text).splitlines())) <= render.WIDTH:
                assert max(map(len, after.lines(made).splitlines())) <= render.WIDTH
            assert not any(line != line.rstrip() for line in after.lines(made).splitlines())


SMALL = """\
# head
facts:
  # about a
  - id: a
    note: 'it: is'   # why so
    sources: [x, y] # two
    # within
    as_of: 2020

  # about b
  - {id: b, since: 2020, until: , as_of: 2021} # in brackets
  -   id: c
      text: >-
        one
        two

      as_of: 2020
  - id: d
    text: |
      # no comment
      line
reasons:
  r: {text: no, sources: [x]}
"""


@pytest.mark.parametrize(
    ("id_", "keys", "wanted"),
    [
        ("a", {"note": "other"}, "    note: 'other'    # why so\n"),
        ("a", {"sources": ["x", "y", "z"]}, "    sources: [x, y, z] # two\n"),
        ("a", {"as_of": None}, "    # within\n\n  # about b\n"),
        ("a", {"id": "aa"}, "  - id: aa\n    note: 'it: is'   # why so\n"),
        ("b", {"until": "2022"}, "  - {id: b, since: 2020, until: 2022, as_of: 2021} # in brackets\n"),
        ("b", {"since": None}, "  - {id: b, until: , as_of: 2021} # in brackets\n"),
        ("b", {"note": "a, b: c"}, "  - {id: b, since: 2020, until: , note: 'a, b: c', as_of: 2021} # in brackets\n"),
        ("c", {"text": "three"}, "  -   id: c\n      text: >-\n        three\n\n      as_of: 2020\n"),
        ("c", {"as_of": "no"}, "        two\n\n      as_of: no\n  - id: d\n"),
        ("d", {"text": None}, "  - id: d\nreasons:\n"),
        ("d", {"note": "n"}, "      # no comment\n      line\n    note: n\nreasons:\n"),
    ],
)
def test_small_edits(id_: str, keys: dict[str, Any], wanted: str) -> None:
    """Comments, blank lines and odd indentation are somebody's, and stay."""
    assert wanted in splice.edit(SMALL, "facts", id_, keys, FACT_ORDER)


def test_line_ends_stay() -> None:
    """Of Windows, and none at the end of a file."""
    text = SMALL.replace("\n", "\r\n")
    made = splice.edit(text, "facts", "a", {"as_of": "2021", "note": LONG})
    assert made.count("\r\n") == made.count("\n")
    short = "facts:\n  - id: a\n    as_of: 2020"
    assert splice.edit(short, "facts", "a", {"as_of": "2021"}) == "facts:\n  - id: a\n    as_of: 2021"
    assert (
        splice.edit(short, "facts", "a", {"note": "n"}, FACT_ORDER) == "facts:\n  - id: a\n    note: n\n    as_of: 2020"
    )
    assert splice.edit(short, "facts", "a", {"sources": ["n"]}, FACT_ORDER) == f"{short}\n    sources: [n]"


@pytest.mark.parametrize("text", ["facts: [{id: a}, {id: b}]\n", "facts:\n  -\n    id: a\n", "facts: [{id: a}]\n"])
def test_what_only_a_person_can_edit(text: str) -> None:
    """Entries that share a line with something else; it is said, and nothing is done."""
    with pytest.raises(EditError, match="by hand"):
        splice.edit(text, "facts", "a", {"as_of": "2020"})


def test_an_entry_that_is_not_there() -> None:
    """Or no section, or no file to speak of."""
    for text in ("", "facts: []\n", "sources: {}\n", SMALL):
        with pytest.raises(EditError):
            splice.edit(text, "facts", "z", {"as_of": "2020"})


def test_new_entries_look_like_their_neighbours() -> None:
    """In brackets among brackets, a key a line among those, apart where they are apart."""
    text = text_of(TOY / "facts" / "loans.yaml")
    near = find(text, "facts", "circle-petra")
    assert near is not None
    made = add_item(text, "facts", {"id": "new", "relation": "attendance", "subject": "a"}, near, behind=True)
    assert "since: 2024-01, until: 2025-09-01}\n  - {id: new, relation: attendance, subject: a}\n" in made
    near = find(text, "facts", "loan-omar-lighthouse")
    assert near is not None
    made = add_item(text, "facts", {"id": "new", "note": LONG}, near, behind=False)
    assert "  - id: new\n    note: >-\n      This note is" in made
    text = text_of(TOY / "sources" / "library.yaml")
    near = find(text, "sources", "petra-letter")
    assert near is not None
    made = add_keyed(text, "sources", "new", {"title": LONG, "url": "https://a.example/?a=b: c"}, near, behind=True)
    assert made.startswith(text)
    assert made.endswith(f"  new:\n    title: \"{LONG}\"\n    url: 'https://a.example/?a=b: c'\n") or "  new:\n" in made
    text = text_of(TOY / "intents" / "en" / "loan.yaml")
    intent = find(text, "intents", "loan.whether")
    assert intent is not None
    assert '\n      - "a \\"b\\" {subject}"\n    claims:' in add_line(text, intent, 'a "b" {subject}')


def test_ids_are_made() -> None:
    """As the neighbours have them; without accents; each once."""
    row = {
        "relation": "loan",
        "roles": [[["nora-finch", None, None]], [["winter-orchard", None, None]]],
        "since": "by 2020",
    }
    other = {
        **row,
        "id": "lent-omar-hale-to-winter-orchard-2019",
        "roles": [[["omar-hale", None, None]], row["roles"][1]],
    }
    assert fact_id(row, [other], {}) == "lent-nora-finch-to-winter-orchard"
    assert fact_id(row, [], {}) == "loan-nora-finch-winter-orchard"
    assert fact_id(row, [], {"loan-nora-finch-winter-orchard"}) == "loan-nora-finch-winter-orchard-2020"
    assert source_id("Économie & Été (via X)", "2020-01", "t", ["me"], {}) == "economie-ete-2020-01-me"
    assert source_id("新聞", "", "新聞", [], {"page"}) == "page-2"
    assert slug("Ça va? It's O'Hare's 3rd—book") == "ca-va-its-ohares-3rdbook"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.a.example/x/?utm_source=b",
        "http://a.example/x#top",
        "https://A.example:443/x",
        " https://a.example/x/ ",
    ],
)
def test_one_page_however_its_address_was_copied(url: str) -> None:
    """And another page is another."""
    assert address(url) == "a.example/x"
    assert address("https://a.example/x?id=1") != address("https://a.example/x?id=2")
    assert address("nonsense [") == "nonsense ["
