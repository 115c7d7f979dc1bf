"""`attache ask`: the contract answer/1, streams of JSON lines, the day, the explanation, claims, bad input."""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import ROOT, SHIPPED, TOY, Attache

DAY = "2026-01-15"

_TEXT = {"type": "string", "minLength": 1}
_MAYBE = {"type": ["string", "null"]}
_DATE = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
_ENTITY = {
    "type": "object",
    "properties": {"id": _TEXT, "name": _TEXT, "iso": {"type": ["string", "null"], "pattern": "^[A-Z]{2}$"}},
    "required": ["id", "name", "iso"],
    "additionalProperties": False,
}
_ENTITIES = {"type": "array", "items": _ENTITY, "minItems": 1}
_PLACE = {"anyOf": [{"type": "null"}, _ENTITY, {**_ENTITIES, "minItems": 2}]}
_QUERY: dict[str, Any] = {
    "relation": _MAYBE,
    "form": {"enum": ["whether", "which", "how_many", "when", "why", "what", None]},
    "subject": _PLACE,
    "object": _PLACE,
    "narrows": {"type": "object", "additionalProperties": _TEXT},
    "at": _MAYBE,
}
_SOURCE: dict[str, Any] = {
    "id": _TEXT, "title": _TEXT, "publisher": _TEXT, "url": {"type": ["string", "null"], "pattern": "^https?://"},
    "published": _DATE, "accessed": {**_DATE, "type": "string"},
    "kind": {"enum": ["official", "news", "reference", "scholarly", "opinion"]},
}  # fmt: skip
_IDS = {"type": "array", "items": _TEXT, "uniqueItems": True}


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


ANSWER = _object(
    {
        "status": {"enum": ["answered", "clarify", "no_record", "not_understood"]},
        "question": {"type": "string"},
        "reading": {"type": "string"},
        **_QUERY,
        "verdict": {"enum": ["yes", "no", "disputed", None]},
        "value": {"anyOf": [{"type": ["string", "number", "null"]}, {**_ENTITIES, "minItems": 0}]},
        "text": _TEXT,
        "as_of": _DATE,
        "facts": _IDS,
        "coverages": _IDS,
        "sources": {"type": "array", "items": _object(_SOURCE)},
        "caveats": {"type": "array", "items": _TEXT},
        "suggestions": {"type": "array", "items": _object({"text": _TEXT, "query": _object(_QUERY)}), "maxItems": 3},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "rule": _MAYBE,
        "counts": {"type": "array", "items": _object({"whose": _TEXT, "value": {"type": "number"}, "as_of": _DATE})},
        "reason": _TEXT,
        "error": _TEXT,
        "trace": {"type": "array", "items": _TEXT},
    },
    "counts", "reason", "error", "trace",
)  # fmt: skip


def keeps_the_contract(answer: dict[str, Any]) -> None:
    """The shape, and what each status promises."""
    jsonschema.validate(answer, ANSWER)
    status = answer["status"]
    if status == "answered":
        assert answer["facts"] or answer["coverages"]
        assert answer["sources"]
        assert answer["as_of"]
    if status in ("answered", "no_record"):
        assert answer["reading"]
        assert answer["relation"]
        assert answer["form"]
        assert answer["rule"]
        assert answer["subject"] or answer["object"]
    if status == "clarify":
        assert 1 <= len(answer["suggestions"]) <= 3
    if status in ("clarify", "not_understood"):
        assert (answer["verdict"], answer["facts"], answer["sources"]) == (None, [], [])


TOY_QUESTIONS = {
    "did nora borrow salt lighthouse": "answered",
    "is Ninety Maps written by Varda": "answered",
    "why has petra not borrowed winter orchard": "answered",
    "which readers have borrowed salt lighthouse": "answered",
    "how many readers have borrowed salt lighthouse": "answered",
    "when did omar return salt lighthouse": "answered",
    "what is the fine of nora for salt lighthouse": "answered",
    "what is between nora and omar": "answered",
    "what is salt lighthouse about": "answered",
    "did omar borrow ninety maps": "no_record",
    "did he borrow salt lighthouse": "clarify",
    "hello": "not_understood",
    "nora borrowed salt lighthouse": "not_understood",
    "": "not_understood",
    "x" * 3000: "not_understood",
    "\x00\u202e\ud800": "not_understood",
}


def ask_lines(attache: Attache, lines: list[bytes], *arguments: str, knowledge: Path = TOY) -> list[dict[str, Any]]:
    """The objects that a stream of lines gives."""
    done = attache("ask", "--jsonl", *arguments, stdin=b"\n".join(lines) + b"\n", knowledge=knowledge)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def line(question: object, **more: object) -> bytes:
    """One line of a stream."""
    return json.dumps({"question": question, **more}).encode()


def test_every_status_keeps_the_contract(attache: Attache) -> None:
    """All keys, of the right type, for answers of all statuses and forms, in order."""
    answers = ask_lines(attache, [line(question) for question in TOY_QUESTIONS], "--today", DAY)
    assert [a["status"] for a in answers] == list(TOY_QUESTIONS.values())
    assert [a["question"] for a in answers] == list(TOY_QUESTIONS)
    for answer in answers:
        keeps_the_contract(answer)


def test_the_shipped_knowledge_keeps_the_contract(attache: Attache) -> None:
    """Dates with their own precision, counts that differ, lists of entities, places that hold several."""
    questions = [
        "when did Pakistan recognise Armenia",
        "how many countries recognise Kosovo",
        "which countries recognise Kosovo",
        "does Congo recognise Kosovo",
        "did Azerbaijan mediate between Turkey and Israel",
        "does Serbia recognise Kosovo",
        "did Pakistan recognise Armenia in 2019",
        "has Ghana recognised Kosovo",
    ]
    answers = ask_lines(attache, [line(q) for q in questions], "--today", "2026-11-22", knowledge=SHIPPED)
    for answer in answers:
        keeps_the_contract(answer)
    when, many, which, congo, mediated, serbia, past, ghana = answers
    assert when["value"] == "2025-08-31"
    assert many["value"] is None
    assert len(many["counts"]) > 1
    assert {"id": "albania", "name": "Albania", "iso": "AL"} in which["value"]
    assert {s["query"]["subject"]["id"] for s in congo["suggestions"]} == {"congo", "dr-congo"}
    assert {e["id"] for e in mediated["object"]} == {"turkey", "israel"}
    assert serbia["verdict"] == "no"
    assert (past["at"], past["verdict"]) == ("2019", "no")
    assert ghana["verdict"] == "disputed"


def test_one_object_for_one_question(attache: Attache) -> None:
    """`--json` prints exactly one line; the explanation is a key of it."""
    done = attache("ask", "--json", "--today", DAY, "did nora borrow salt lighthouse")
    keeps_the_contract(json.loads(done.stdout))
    assert done.stdout.count(b"\n") == 1
    explained = json.loads(attache("ask", "--json", "--explain", "did nora borrow salt lighthouse").stdout)
    keeps_the_contract(explained)
    assert any("loan.whether" in step for step in explained["trace"])


def test_history_and_day_of_a_line(attache: Attache) -> None:
    """Earlier questions of the same person, and the day as which a line is asked."""
    asked = "did nora borrow salt lighthouse"
    now, earlier, follow, alone = ask_lines(
        attache,
        [line(asked), line(asked, today="2025-10-01"), line("and omar?", history=[asked]), line("and omar?")],
        "--today", DAY,
    )  # fmt: skip
    assert (now["verdict"], earlier["verdict"]) == ("yes", "no")
    assert follow["subject"]["id"] == "omar-hale"
    assert alone["status"] == "not_understood"


BAD_LINES = (
    b"{", b"nonsense", b"[]", b"3", b"null", b'"text"', b"{}", b'{"question": 3}', b'{"question": null}', b"\xff\x00",
    b'{"question": "x", "history": "y"}', b'{"question": "x", "history": [1]}', b'{"question": "x", "today": "soon"}',
    b'{"question": "x", "today": "2025-02-30"}', b'{"question": "x", "today": {}}', b"[" * 100_000, b'{"a":' * 100_000,
    b"9" * 10_000, b'{"question": "' + b"y" * 1_100_000 + b'"}',
)  # fmt: skip


def test_bad_lines_are_told_of_and_the_rest_is_answered(attache: Attache) -> None:
    """An object with `error` stands in the place of each."""
    good = line("did nora borrow salt lighthouse")
    told = ask_lines(attache, [one for bad in BAD_LINES for one in (bad, good)])
    assert len(told) == 2 * len(BAD_LINES)
    for bad, after in zip(told[::2], told[1::2], strict=True):
        assert bad["status"] == "not_understood"
        assert bad["error"]
        keeps_the_contract(bad)
        assert after["status"] == "answered"


def test_lines_are_answered_as_they_come(attache: Attache, cache_folder: Path) -> None:
    """Each answer is flushed before the next line is read; empty lines are passed over."""
    command = [sys.executable, "-m", "bot", "ask", "--jsonl", "--knowledge", str(TOY)]
    environment = {"CACHE_DIR": str(cache_folder), "PATH": "", "HOME": str(cache_folder)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment
    ) as stream:
        assert stream.stdin
        assert stream.stdout
        for _ in range(2):
            stream.stdin.write(b"\n" + line("hello") + b"\n")
            stream.stdin.flush()
            assert json.loads(stream.stdout.readline())["status"] == "not_understood"
        stream.stdin.close()
        assert stream.wait(30) == 0


def test_a_reader_that_goes_away_is_no_fault(cache_folder: Path) -> None:
    """`attache ask --jsonl | head -1`."""
    lines = b"\n".join([line("hello")] * 2000)
    shell = f"{sys.executable} -m bot ask --jsonl --knowledge {TOY} | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", shell], input=lines, capture_output=True, cwd=ROOT, check=False,
        env={"CACHE_DIR": str(cache_folder), "PATH": "/bin:/usr/bin"},
    )  # fmt: skip
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


def test_the_day_of_a_question(attache: Attache) -> None:
    """`--today` sets it; a day that is none is a fault of usage."""
    asked = "did nora borrow salt lighthouse"
    assert attache("ask", "--today", "2025-10-01", asked).stdout.startswith("✗ ".encode())
    assert attache("ask", "--today", DAY, asked).stdout.startswith("✓ ".encode())
    wrong = attache("ask", "--today", "soon", asked)
    assert wrong.returncode == 2
    assert b"soon" in wrong.stderr
    assert b"Traceback" not in wrong.stderr


def test_the_explanation_follows_the_answer(attache: Attache) -> None:
    """What each step saw, which line won, which fact speaks."""
    told = attache("ask", "--explain", "did nora borrow salt lighthouse").stdout.decode()
    answer, _, explanation = told.partition("\n\nHow this was read\n")
    assert answer.startswith("✓ Yes.")
    assert "nora = nora-finch" in explanation
    assert "loan-nora-lighthouse" in explanation


def test_a_claim_is_read_as_the_question_if_it_is_so(attache: Attache) -> None:
    """A statement is not understood as a question, but can be checked as a claim."""
    said = "Ilse Varga wrote Winter Orchard"
    assert json.loads(attache("ask", "--json", said).stdout)["status"] == "not_understood"
    checked = json.loads(attache("ask", "--json", "--as-claim", said).stdout)
    keeps_the_contract(checked)
    assert checked["verdict"] == "yes"


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Serbia recognises Kosovo.", "✗ Not so on file. Serbia does not recognise Kosovo."),
        ("Serbia does not recognise Kosovo.", "✓ The same is on file. Serbia does not recognise Kosovo."),
        ("Kenya recognises Kosovo.", "✓ The same is on file. Kenya recognises Kosovo"),
    ],
)
def test_a_claim_is_set_beside_what_is_on_file(attache: Attache, claim: str, told: str) -> None:
    """A no that agrees with a claim is not marked as its contrary."""
    assert attache("ask", "--as-claim", claim, knowledge=SHIPPED).stdout.decode().startswith(told)


def test_the_version(attache: Attache) -> None:
    """As packages tell it."""
    assert attache("--version").stdout.decode() == f"attache {importlib.metadata.version('attache')}\n"


@pytest.mark.parametrize(
    "arguments", [[], ["ask"], ["ask", "--nonsense"], ["nonsense"], ["ask", "--knowledge", "/nowhere", "x"]]
)
def test_wrong_usage_is_told_of(attache: Attache, arguments: list[str]) -> None:
    """Exit code 2 and a message."""
    done = attache(*arguments)
    assert done.returncode == 2
    assert done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("question", [b"\xff\xfe does", "\u202edoes", "does " * 20_000, "\x1b[2J", "Z̸̡̛͇" * 300])
def test_a_hostile_question_on_the_command_line(attache: Attache, question: str | bytes) -> None:
    """Bytes that are no text, controls, too much of everything: one status, no traceback, no escape."""
    plain, told = attache("ask", question), attache("ask", "--json", question)
    assert (plain.returncode, plain.stderr, told.returncode, told.stderr) == (0, b"", 0, b"")
    assert b"\x1b" not in plain.stdout
    keeps_the_contract(json.loads(told.stdout))


def test_asking_does_not_load_what_it_does_not_need(cache_folder: Path) -> None:
    """No prompt, no database, no Discord, no checking: the first answer comes quickly."""
    code = (
        "import atexit, json, sys; from bot.__main__ import main; "
        "atexit.register(lambda: sys.stderr.write(json.dumps(sorted(sys.modules)))); main()"
    )
    command = [sys.executable, "-c", code, "ask", "did nora borrow salt lighthouse", "--knowledge", str(TOY)]
    environment = {"CACHE_DIR": str(cache_folder), "PATH": "", "HOME": str(cache_folder)}
    for _ in range(2):  # the second time from the cache
        done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment)
    loaded = set(json.loads(done.stderr))
    unwanted = {"discord", "sqlalchemy", "prompt_toolkit", "rich", "babel", "spellchecker", "bot.checking", "bot.chat"}
    assert not loaded & unwanted


def test_the_same_in_every_process(attache: Attache) -> None:
    """Python orders sets anew in each process; of words that are equally near a misspelt one, the same are kept."""
    question = "is ther a georgian embasy in bakku"
    told = {
        attache("ask", "--json", "--explain", question, knowledge=SHIPPED, PYTHONHASHSEED=seed).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
