"""Bad input of every kind: a clear message, the documented exit code, never a traceback, never a hang.

Exit codes: 0 done, 1 the knowledge base has problems, 2 cannot run.
"""

import datetime
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import Engine
from bot.questions.lattice import Lattice
from bot.questions.match import MAX_STEPS, Parse
from tests.conftest import TOY, Attache
from tests.effort import effort

STATUSES = {"answered", "clarify", "no_record", "not_understood"}
GOOD = "Who wrote Winter Orchard?"
ZALGO = "".join(letter + "\u0300\u0316\u035c" * 8 for letter in GOOD)

HOSTILE = {
    "empty": "",
    "spaces": " \t\n\r\u2003\u00a0",
    "long": "a" * 100_000,
    "many words": "who wrote " * 10_000,
    "many sentences": "Who wrote Winter Orchard? " * 70,
    "nul and controls": "".join(map(chr, range(32))) + GOOD,
    "bidi": "\u202e" + GOOD + "\u2066\u2069\u200f",
    "zero width": "\u200b".join(GOOD),
    "zalgo": ZALGO,
    "enclosing marks": "\u0489".join(GOOD),
    "lone surrogates": "\ud800" + GOOD + "\udfff",
    "private use": "\ue000\uf8ff\U0010ffff",
    "emoji": "👩‍👩‍👧‍👦" * 50,
    "flags": "🇦🇹🇦🇺" * 40,
    "brackets": "[" * 900 + "(" * 900,
    "template signs": "{subject} <do> [x] (a|b) &clause {" + "<" * 100,
    "markup": "```py\n" + GOOD + "\n``` <@123> <#4> <:a:1> ||x|| **y**",
    "one long word": "wintr" * 300,
    "names only": "Nora Omar Petra " * 60,
    "misspelt names": "Norra Omarr Petraa Vargo Vardo Orchardd " * 40,
    "asides": "has Nora, really, well, so to say, borrowed, honestly" + ", yes" * 100 + ", Winter Orchard",
    "lists": "has " + " and ".join(["Nora", "Omar", "Petra"] * 60) + " borrowed Winter Orchard",
    "lead": "is it true that " * 100 + GOOD,
    "negations": "did not never not " * 100 + "Nora borrow Winter Orchard",
    "years": "in 2020 " * 200,
    "impossible dates": "has Nora borrowed Winter Orchard on 31 February 2025 or 99 May 0000",
    "marks": "?!.,;:-()/\"'|+&=" * 100,
    "digits": "1" * 2_000,
    "format": "%s %n {0} {} \\x00 \\u0000 $(ls) `ls`",
    "other scripts": "кто написал винтер орчард 谁写的 من كتب",
}


MUCH = 600_000  # calls; the most laborious of these questions takes a third of them


def readable(stderr: bytes) -> str:
    """What was said on standard error: something, in words, and no traceback."""
    said = stderr.decode("utf-8")
    assert "Traceback" not in said
    return said


# --- one question


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("fixture", ["engine", "toy_engine"])
def test_a_hostile_question(request: pytest.FixtureRequest, fixture: str, text: str) -> None:
    """One of the four statuses, with words that can be printed, with little work; never an answer from half of it."""
    asked: Engine = request.getfixturevalue(fixture)
    made, calls = effort(lambda: asked.ask(text, [], datetime.date(2026, 1, 20)))
    assert calls < MUCH
    assert made.status in STATUSES
    assert made.text
    assert made.text.isprintable() or "\n" in made.text
    json.dumps(made.to_json(asked.kb))
    if len(text) > 2_000:
        assert made.status == "not_understood"


def test_what_is_not_seen_changes_nothing(toy_engine: Engine) -> None:
    """Marks over letters, controls and directions are read past, and the question is answered all the same."""
    for name in ("nul and controls", "bidi", "zero width", "zalgo", "lone surrogates", "markup"):
        assert toy_engine.ask(HOSTILE[name]).facts == ("varga-orchard",), name


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=3))
def test_any_text(toy_engine: Engine, text: str, history: list[str]) -> None:
    """Whatever is asked, after whatever was asked before."""
    made = toy_engine.ask(text, history)
    assert made.status in STATUSES
    assert made.text
    assert not (made.status == "answered" and not made.sources)


PIECES = [
    "who", "wrote", "Nora", "has", "borrowed", "not", "Winter Orchard", "in", "2025", "?", ",", "when", "and", "the",
    "Varga", "vargo", "never", "since", "(", ")", "why", "she", "on paper", "or", "how many", "readers",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_words_of_the_language(toy_engine: Engine, pieces: list[str]) -> None:
    """Words that mean something, in any order, are bounded in work as well."""
    made, calls = effort(lambda: toy_engine.ask(" ".join(pieces)))
    assert made.status in STATUSES
    assert calls < MUCH


@pytest.mark.parametrize("name", ["empty", "long", "zalgo", "bidi", "brackets", "format"])
def test_a_hostile_question_at_the_command_line(attache: Attache, name: str) -> None:
    """The same from outside: exit code 0, an answer, nothing on standard error."""
    done = attache("ask", HOSTILE[name])
    assert (done.returncode, readable(done.stderr)) == (0, "")
    assert done.stdout.decode().strip()


@pytest.mark.skipif(os.name != "posix", reason="arguments are text here")
@pytest.mark.parametrize("options", [[], ["--json"], ["--explain"]])
def test_an_argument_that_is_not_utf8(attache: Attache, options: list[str]) -> None:
    """Bytes that are no text are read past like any other sign without meaning."""
    done = attache("ask", *options, b"\xff\xfe Who wrote \x80Winter Orchard?")
    assert (done.returncode, readable(done.stderr)) == (0, "")
    assert b"Ilse Varga" in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
@pytest.mark.parametrize("options", [[], ["--json"], ["--explain"]])
def test_a_terminal_of_another_encoding(attache: Attache, encoding: str, options: list[str]) -> None:
    """What it cannot show is written in a way that it can."""
    done = attache("ask", *options, "wer schrieb Wintergärten 冬?", PYTHONIOENCODING=encoding)
    assert (done.returncode, readable(done.stderr.replace(b"\xff\xfe", b"").replace(b"\0", b""))) == (0, "")
    if options == ["--json"]:
        assert json.loads(done.stdout.decode(encoding))["question"] == "wer schrieb Wintergärten 冬?"


@pytest.mark.parametrize(
    "arguments",
    [[], ["ask"], ["ask", "one", "two"], ["frobnicate"], ["ask", "--today", "soon", "x"],
     ["ask", "--today", "2025-02-30", "x"], ["check", "--frob"]],
)  # fmt: skip
def test_wrong_usage(attache: Attache, arguments: list[str]) -> None:
    """Told in words, with exit code 2."""
    done = attache(*arguments)
    assert done.returncode == 2
    assert readable(done.stderr + done.stdout).strip()


# --- a stream of lines


def stream(attache: Attache, data: bytes) -> list[dict[str, Any]]:
    """The objects that come of a stream."""
    done = attache("ask", "--jsonl", stdin=data)
    assert (done.returncode, readable(done.stderr)) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


LINES: list[tuple[bytes, str | None]] = [
    (b'{"question": "Who wrote Winter Orchard?"}', None),
    (b"\xff\xfe\x00", "not JSON"),
    (b'{"question": "\xc3\x28 Who wrote Winter Orchard?"}', None),
    (b"{", "not JSON"),
    (b'{"question": "a"', "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'{"a":' * 100_000, "not JSON"),
    (b'"Who wrote Winter Orchard?"', "not an object with a text `question`"),
    (b"null", "not an object with a text `question`"),
    (b"[1]", "not an object with a text `question`"),
    (b"{}", "not an object with a text `question`"),
    (b'{"question": 3}', "not an object with a text `question`"),
    (b'{"question": null}', "not an object with a text `question`"),
    (b'{"question": "a", "history": "b"}', "`history` is not a list of texts"),
    (b'{"question": "a", "history": [1]}', "`history` is not a list of texts"),
    (b'{"question": "a", "today": "soon"}', "`today`: 'soon' is not a date"),
    (b'{"question": "a", "today": 20250101}', "`today`: '20250101' is not a date"),
    (b'{"question": "a", "today": ' + b"9" * 5_000 + b"}", "not JSON"),
    (b'{"question": "' + b"a" * 1_100_000 + b'"}', "the line is too long"),
    (b'{"question": "\\ud800 Who wrote Winter Orchard?", "history": null, "today": null}', None),
    (b'{"question": "and Omar?", "history": ["Has Nora borrowed The Salt Lighthouse?"], "today": "2026-01-20"}', None),
    (b'{"question": "Who wrote Winter Orchard?", "more": {"a": [NaN]}}', None),
    (b'{"question": "Who wrote Winter Orchard?"}', None),
]


def test_malformed_lines(attache: Attache) -> None:
    """An error object on that line; the others are answered, in order."""
    made = stream(attache, b"\n".join(line for line, _ in LINES) + b"\n")
    assert len(made) == len(LINES)
    for answer, (line, error) in zip(made, LINES, strict=True):
        if error is None:
            assert answer["status"] == "answered", line[:80]
            assert "error" not in answer
        else:
            assert answer["status"] == "not_understood", line[:80]
            assert answer["error"].startswith(error)
            assert len(answer["error"]) < 300
    assert all(set(answer) - {"error", "reason", "counts"} == set(made[0]) - {"reason"} for answer in made)


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\0" * 100_000, b"\xef\xbb\xbf", os.urandom(20_000)])
def test_streams_that_are_none(attache: Attache, data: bytes) -> None:
    """Nothing, blank lines, and bytes of any kind."""
    for answer in stream(attache, data):
        assert answer["status"] == "not_understood"


def test_each_line_is_answered_before_the_next_is_read(attache: Attache) -> None:
    """A program may ask, wait for the answer, and ask again."""
    command = attache("ask", "--help").args[:3]
    environment = {**os.environ, "KNOWLEDGE_DIR": str(TOY), "PYTHONPATH": str(TOY.parent.parent.parent)}
    with subprocess.Popen(
        [*command, "ask", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(b'{"question": "Who wrote Winter Orchard?"}\n')
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["status"] == "answered"
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("arguments", [["ask", GOOD], ["ask", "--json", GOOD], ["check"], ["check", "--json"]])
def test_nowhere_to_write(attache: Attache, arguments: list[str]) -> None:
    """A full disk is told, not traced."""
    command = attache("ask", "--help").args[:3]
    environment = {**os.environ, "KNOWLEDGE_DIR": str(TOY), "PYTHONPATH": str(TOY.parent.parent.parent)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment, timeout=30, check=False
        )
    assert done.returncode == 2
    assert readable(done.stderr) == "attache: the answer cannot be written: No space left on device\n"


# --- a knowledge folder that is none


def outcomes(attache: Attache, folder: Path) -> tuple[int, str]:
    """What checking says, and that asking refuses with the same exit code and a message."""
    checked = attache("check", knowledge=folder)
    asked = attache("ask", "--jsonl", knowledge=folder, stdin=b'{"question": "x"}\n')
    assert asked.returncode == checked.returncode
    assert asked.stdout == b""
    assert "attache: " in readable(asked.stderr)
    return checked.returncode, readable(checked.stderr) + checked.stdout.decode()


def test_a_missing_folder(attache: Attache, tmp_path: Path) -> None:
    """It is named, with the setting that leads to it."""
    said = f"attache: the knowledge folder {tmp_path / 'none'} does not exist; set KNOWLEDGE_DIR\n"
    assert outcomes(attache, tmp_path / "none") == (2, said)


def test_an_empty_folder_and_a_file(attache: Attache, tmp_path: Path) -> None:
    """The same for what is there but no knowledge base."""
    (tmp_path / "file").write_bytes(b"")
    assert outcomes(attache, tmp_path / "file")[0] == 2
    (tmp_path / "empty").mkdir()
    assert outcomes(attache, tmp_path / "empty")[0] == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_an_unreadable_folder(attache: Attache, tmp_path: Path) -> None:
    """Permission is named as what is missing."""
    folder = Path(shutil.copytree(TOY, tmp_path / "knowledge"))
    (folder / "facts").chmod(0)
    try:
        code, said = outcomes(attache, folder)
    finally:
        (folder / "facts").chmod(0o700)
    assert code == 2
    assert "Permission denied" in said


BROKEN = {
    "half-written": "facts:\n  - {id: one, relation: loan, subj",
    "alias bomb": "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a, *a, *a]\n" for n in range(2_000)),
    "10,000 brackets": "[" * 10_000,
    "200,000 brackets": "[" * 200_000,
    "200,000 braces": "{a: " * 200_000,
    "200,000 dashes": "- " * 200_000,
    "nothing": "",
    "another file": "# Loans\n\nThis is *markdown*.\n",
    "only keys": "facts:\ncoverage:\nreasons:\n",
    "wrong shapes": "facts: {a: [b]}\ncoverage: x\n",
    "a tag": "facts: !!python/object/apply:os.system ['echo no']\n",
    "controls": "facts:\n  - {id: one, text: \x1b[31m}\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file(attache: Attache, tmp_path: Path, text: str) -> None:
    """Each problem names the file and a line; the exit code is 1."""
    folder = Path(shutil.copytree(TOY, tmp_path / "knowledge"))
    (folder / "facts" / "loans.yaml").write_text(text, encoding="utf-8")
    done = attache("check", "--json", knowledge=folder, timeout=10)
    assert (done.returncode, readable(done.stderr)) == (1, "")
    told = json.loads(done.stdout)
    assert told["errors"] >= 1
    assert "facts/loans.yaml" in {problem["path"] for problem in told["problems"]}
    for problem in told["problems"]:
        assert problem["line"] >= 1
        assert problem["message"].isprintable()
    asked = attache("ask", GOOD, knowledge=folder, timeout=10)
    assert (asked.returncode, asked.stdout) == (1, b"")
    assert "facts/loans.yaml:" in readable(asked.stderr)


def test_a_file_that_is_not_utf8(attache: Attache, tmp_path: Path) -> None:
    """The line is named."""
    folder = Path(shutil.copytree(TOY, tmp_path / "knowledge"))
    (folder / "facts" / "loans.yaml").write_bytes(b"facts:\n  - {id: caf\xe9}\n")
    assert outcomes(attache, folder)[1].startswith("facts/loans.yaml:2: the file is not UTF-8; save it as UTF-8\n")


def test_settings_that_cannot_be_read(attache: Attache, tmp_path: Path) -> None:
    """A .env that is no text is named, not traced."""
    (tmp_path / ".env").write_bytes(b"KNOWLEDGE_DIR=\xff\n")
    command = attache("ask", "--help").args[:3]
    environment = {key: value for key, value in os.environ.items() if key not in ("KNOWLEDGE_DIR", "CACHE_DIR")}
    environment["PYTHONPATH"] = str(TOY.parent.parent.parent)
    done = subprocess.run(
        [*command, "check"], capture_output=True, env=environment, cwd=tmp_path, timeout=30, check=False
    )
    assert done.returncode == 2
    assert readable(done.stderr).startswith("attache: the settings cannot be read; see .env.example: ")


PILED_UP = (
    "does Pakistan, really, honestly, well, recognise, so to say, Kosovo" + ", yes" * 100,
    ", ".join(["Mali"] * 200),
    "does it " * 200,
    "Pakistan " * 200,
    "who " * 400,
    "xqzt " * 380,
    "not " * 450,
)


@pytest.mark.parametrize("question", PILED_UP, ids=lambda question: question[:12])
def test_hostile_questions_take_bounded_work(engine: Engine, monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    """However a question is piled up, a sentence never takes more steps than the bound."""
    taken: list[int] = []
    match = engine.reader.matcher.match

    def counted(lattice: Lattice, start: int, end: int, most: int = MAX_STEPS) -> tuple[list[Parse], int]:
        parses, steps = match(lattice, start, end, most)
        taken.append(steps)
        return parses, steps

    monkeypatch.setattr(engine.reader.matcher, "match", counted)
    assert engine.ask(question).status in ("clarify", "not_understood")
    assert sum(taken) <= 2 * MAX_STEPS  # once to read it, once for suggestions
