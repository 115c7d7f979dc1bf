"""The strict reader: strings only, lines kept, and every other input ends in a problem with path and line."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.reader import MAX_DEPTH, MAX_FAULTS, read_yaml
from tests.effort import effort


def value(text: str) -> Any:
    """The value of a text that must be readable."""
    document, problems = read_yaml("file.yaml", text.encode())
    assert document is not None
    assert problems == []
    return document.value


def problems(data: bytes | str) -> list[str]:
    """The problems of a text that must not be readable."""
    document, found = read_yaml("file.yaml", data.encode() if isinstance(data, str) else data)
    assert document is None
    assert found
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    "scalar", ["no", "NO", "yes", "true", "null", "~", "010", "1e3", "12:30", "2008-02-17", "0x1F", "69", ".5", "=", ""]
)
def test_every_scalar_is_a_text(scalar: str) -> None:
    """What YAML would turn into a boolean, number, time or date stays what was typed."""
    assert value(f"a: {scalar}\nb: [x, {scalar or 'y'}]") == {"a": scalar, "b": ["x", scalar or "y"]}


def test_keys_are_texts_too() -> None:
    """Norway's code, and numbers, are safe as keys."""
    assert value("NO: Norway\n1: one\nyes: y") == {"NO": "Norway", "1": "one", "yes": "y"}


def test_block_and_quoted_texts() -> None:
    """All ways to write a text are understood."""
    assert value("a: |\n  x\n  y\nb: >-\n  x\n  y\nc: 'it''s'\nd: \"\\u00e9\"") == {
        "a": "x\ny\n", "b": "x y", "c": "it's", "d": "é",
    }  # fmt: skip


def test_lines_are_those_of_keys_and_entries() -> None:
    """A problem can be told with the line on which the entry begins."""
    document, _ = read_yaml(
        "file.yaml", b"# note\na:\n  - x\n  - id: y\n    text: >-\n      long\nb:\n  c:\n    d: e\n"
    )
    assert document is not None
    assert document.line(("a",)) == 2
    assert document.line(("a", 0)) == 3
    assert document.line(("a", 1)) == 4
    assert document.line(("a", 1, "text")) == 5
    assert document.line(("b", "c")) == 8
    assert document.line(("b", "c", "missing", "deeper")) == 8
    assert document.line(()) == 2


@pytest.mark.parametrize("data", [b"", b"# only a note\n", b"---\n", b"\xef\xbb\xbf"])
def test_nothing_is_no_value(data: bytes) -> None:
    """An empty file is read as nothing; that it should not be empty is said elsewhere."""
    document, found = read_yaml("file.yaml", data)
    assert document is not None
    assert document.value in (None, "")
    assert found == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", "file.yaml:3: the key 'a' is given twice; remove one of them"),
        ("x:\n  - {b: 1, b: 2}", "file.yaml:2: the key 'b' is given twice; remove one of them"),
        ("a: b\n'a': c", "file.yaml:2: the key 'a' is given twice; remove one of them"),
        ("a: &x b", "file.yaml:1: the anchor &x is not allowed; write the value out where it is used"),
        ("a: &x [b]", "file.yaml:1: the anchor &x is not allowed; write the value out where it is used"),
        ("a: b\nc: *x", "file.yaml:2: the alias *x is not allowed; write the value out"),
        ("*x : b", "file.yaml:1: the alias *x is not allowed; write the value out"),
        ("a: !!int 3", "file.yaml:1: the tag tag:yaml.org,2002:int is not allowed; all values are read as text"),
        ("a: !!python/object/apply:os.system [ls]", "file.yaml:1: the tag tag:yaml.org,2002:python/object/apply"),
        ("a: !own b", "file.yaml:1: the tag !own is not allowed; all values are read as text; remove the tag"),
        ("a:\n  <<: {b: c}", "file.yaml:2: the merge key << is not allowed; write the values out"),
        ("a: b\n---\nc: d", "file.yaml:2: a second document begins here; one file, one document: remove the '---'"),
        ("a: b\n...\n---\nc: d", "file.yaml:3: a second document begins here"),
        ("? [a]\n: b", "file.yaml:1: a list or mapping stands where a key is wanted; keys are plain words"),
        ("a: b\nc: 'd\n", "file.yaml:2: not well-formed YAML: while scanning a quoted scalar"),
        ("a: b\nc: d: e", "file.yaml:2: not well-formed YAML: mapping values are not allowed in this context; quote"),
        ("a:\n\t- b", "file.yaml:2: not well-formed YAML: while scanning for the next token"),
        ("a: [b\nc: d", "file.yaml:2: not well-formed YAML:"),
        ("a: @b", "file.yaml:1: not well-formed YAML:"),
        ('a: "\\ud800"', "file.yaml:1: not well-formed YAML:"),
        ("a: b\nc: d\x00e", "file.yaml:2: the control character 0x0000 is not allowed; remove it"),
        ("a: é\nc: \x07", "file.yaml:2: the control character 0x0007 is not allowed; remove it"),
        ('a: b\nc: "\\x1b[31m"', "file.yaml:2: the control character 0x001b is not allowed; remove it"),
        ("a: b\nc: d\u202ee", "file.yaml:2: the control character 0x202e is not allowed; remove it"),
    ],
)
def test_what_is_not_allowed(text: str, said: str) -> None:
    """Each fault names its file, its line and the way out."""
    assert problems(text)[0].startswith(said)


def test_all_faults_of_a_file_at_once() -> None:
    """Whoever mends a file is told everything that can be told without guessing."""
    found = problems("a: &x b\nc: !own d\na: e\nf: *x\ng: 1\ng: 2\n")
    assert [line.split(":")[1] for line in found] == ["1", "2", "3", "4", "6"]


def test_faults_are_bounded() -> None:
    """A file full of aliases is not a list of a million problems."""
    assert len(problems("a:\n" + "- *x\n" * 100_000)) == MAX_FAULTS


@pytest.mark.parametrize("data", [b"a: b\nc: \xff\n", b"a: b\nc: \xc3", "a: b\nc: é".encode("latin-1")])
def test_not_utf8(data: bytes) -> None:
    """Other encodings are told by line."""
    assert problems(data) == ["file.yaml:2: the file is not UTF-8; save it as UTF-8"]


def test_utf16() -> None:
    """What some editors save as Unicode is not UTF-8."""
    assert problems("a: b".encode("utf-16")) == ["file.yaml:1: the file is not UTF-8; save it as UTF-8"]


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is looked at before anything else."""
    monkeypatch.setattr("bot.knowledge.reader.MAX_BYTES", 3)
    assert problems("a: b") == ["file.yaml:1: the file is larger than 3 bytes; split it"]


@pytest.mark.parametrize("count", [10_000, 200_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "{", "- ", "? ", "[[{a: ", "a: ["])
def test_deep_nesting_is_a_problem_not_a_crash(opening: str, count: int) -> None:
    """Composing such input would end the process; the reader stops at its own limit, and at once."""
    found, calls = effort(lambda: problems(opening * count))
    assert len(found) == 1
    assert calls < 20_000


def test_deep_blocks() -> None:
    """Nesting by indentation is bounded as well."""
    deep = "".join(f"{' ' * level}k:\n" for level in range(2_000))
    assert problems(deep) == [
        f"file.yaml:{MAX_DEPTH}: nested deeper than {MAX_DEPTH} levels; no entry needs that depth"
    ]


def test_the_depth_that_is_needed() -> None:
    """The limit leaves room."""
    assert value("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_alias_bomb() -> None:
    """Aliases are never followed, so nothing multiplies."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n"
    found, calls = effort(lambda: problems(bomb))
    assert found[0].startswith("file.yaml:1: the anchor &a is not allowed")
    assert calls < 20_000


SAMPLE = """\
facts:
  - {id: one, subject: a, object: [b, c], narrows: {kind: "x: y"}, text: 'it''s', sources: [s]}
  - id: two
    text: >-
      long
      text
    details:
      - {what: level, value: é}
"""


def test_half_written_files() -> None:
    """A file cut anywhere is read as what it is, or is a problem; never anything else."""
    data = SAMPLE.encode()
    for end in range(len(data)):
        document, found = read_yaml("file.yaml", data[:end])
        assert (document is None) == bool(found)
        assert all(1 <= problem.line <= 10 for problem in found)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Whatever the bytes, there is a document of texts or a problem."""
    document, found = read_yaml("file.yaml", data)
    assert (document is None) == bool(found)
    if document is not None:
        assert_texts(document.value)


@given(st.text(alphabet="ab:-[]{}&*!?|>'\"#%@,\n \t<.", max_size=120))
def test_any_signs(text: str) -> None:
    """The same for texts made of what YAML gives a meaning."""
    document, found = read_yaml("file.yaml", text.encode())
    assert (document is None) == bool(found)
    assert all(problem.line >= 1 and problem.message for problem in found)
    if document is not None:
        assert_texts(document.value)


def assert_texts(read: Any) -> None:
    """Lists, mappings and texts, nothing else."""
    if isinstance(read, dict):
        for key, held in read.items():
            assert isinstance(key, str)
            assert_texts(held)
    elif isinstance(read, list):
        for held in read:
            assert_texts(held)
    else:
        assert read is None or isinstance(read, str)
