"""The plan of the house holds: who imports whom, what the code must not know, and what starts without what."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.knowledge.language_models import MESSAGES
from bot.settings import Settings
from tests.conftest import ROOT, TOY, Attache

BOT = ROOT / "bot"
MODULES = sorted(BOT.rglob("*.py"))

# Who may import whom: a room imports rooms that stand lower. What is not named here stands above the engine and beside
# the others there, and the command line above them all; `settings` imports nothing and is read by the surfaces alone,
# who hand its values on.
FLOORS = {
    "knowledge": 0, "questions": 1, "answers": 2, "checking": 3, "engine": 4, "curation": 6, "study": 6, "curate": 7,
    "curate_review": 8, "curate_command": 9, "study_command": 7, "discord_app": 7, "__main__": 10,
}  # fmt: skip
SURFACES = 5

# Libraries that one room keeps to itself.
KEPT = {
    "rapidfuzz": "questions", "spellchecker": "questions", "yaml": "knowledge", "ruamel": "knowledge",
    "discord": "discord_app", "fsrs": "study", "genanki": "study", "matplotlib": "study", "reportlab": "study",
}  # fmt: skip

# Words that are relations, kinds or names in the shipped knowledge base, and plain English in the code.
GENERAL = {
    "conflict": "two people who change the same",
    "event": "what a YAML parser emits",
    "field": "the function of dataclasses and pydantic",
    "group": "the knowledge format's word for a set of entities, and a regular expression's",
    "overview": "the key of a template: the head of a digest",
    "pace": "how fast a quiz goes",
    "person": "somebody who uses the bot",
    "png": "a kind of picture",
    "position": "where in a file a fault is",
    "recall": "to bring back what was kept",
    "state": "to say how a statement stands; a step of the matcher; the room for what outlives a restart",
    "term": "a piece of a sentence",
    "work": "what is to be done",
}


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    """The room a module stands in: its folder, or its own name where it stands in the hall."""
    first = path.relative_to(BOT).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Everything that a module imports, wherever in it, with the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name"
            if node.module == "bot":
                yield from ((node.lineno, f"bot.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module or ""


def docstrings(module: ast.Module) -> set[int]:
    """The ids of the nodes that are documentation."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def words(path: Path) -> Iterator[tuple[int, str]]:
    """Names and texts of a module's code. Comments and docstrings are left out: they may give examples."""
    documentation = docstrings(tree(path))
    for node in ast.walk(tree(path)):
        for name in ("id", "attr", "name", "arg", "asname", "module"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                yield getattr(node, "lineno", 0), value
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def plain(text: str) -> str:
    """A name or text as lower-case words: `HTTPState`, `http_state` and `http-state` are the same."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(BOT).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    """knowledge ← questions ← answers ← engine ← curation ← the surfaces, also in imports within functions."""
    here = room(path)
    floor = FLOORS.get(here, SURFACES)
    for line, name in imports(path):
        if not name.startswith("bot."):
            continue
        there = name.split(".")[1]
        if there in (here, "settings") and (there == here or floor >= SURFACES):
            continue
        # The engine compiles what the cache lacks through `checking`, which stands below it.
        below = FLOORS.get(there, SURFACES)
        assert below < floor or below == floor == SURFACES, f"{path}:{line}: {here} imports {there}"
    if here == "settings":
        assert not [name for _, name in imports(path) if name.startswith("bot.")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(BOT).as_posix())
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    """Each can be replaced in one place."""
    for line, name in imports(path):
        keeper = KEPT.get(name.split(".")[0])
        assert keeper in (None, room(path)), f"{path}:{line}: only bot/{keeper} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(BOT).as_posix())
def test_below_the_surfaces_nothing_waits_and_nobody_looks_at_the_clock(path: Path) -> None:
    """Rooms are synchronous, and take the day as an argument."""
    if FLOORS.get(room(path), SURFACES) > FLOORS["answers"]:
        return
    for node in ast.walk(tree(path)):
        assert not isinstance(node, (ast.AsyncFunctionDef, ast.Await)), f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("today", "now", "utcnow") or _own(node), f"{path}:{node.lineno}"


def _own(node: ast.Attribute) -> bool:
    """Whether an attribute is of an object of ours rather than of the clock."""
    return not (isinstance(node.value, (ast.Name, ast.Attribute)) and ast.unparse(node.value).startswith("date"))


def test_nobody_who_learns_makes_anything_wait_or_looks_at_the_clock() -> None:
    """Quizzes and cards are synchronous, and take the time and chance as arguments."""
    for path in MODULES:
        for node in ast.walk(tree(path)) if room(path) == "study" else ():
            assert not isinstance(node, (ast.AsyncFunctionDef, ast.Await)), f"{path}:{node.lineno}"
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("today", "now", "utcnow") or _own(node), f"{path}:{node.lineno}"
                by_chance = ast.unparse(node).startswith("random.") and node.attr != "Random"
                assert not by_chance, f"{path}:{node.lineno}: randomness is an argument"


def test_no_word_of_the_subject_in_the_code(engine: Engine) -> None:
    """No relation, kind or entity of the knowledge base is known to the code by name."""
    kb = engine.kb
    known = {plain(word) for word in (*kb.relations, *kb.kinds, *kb.entities)}
    for row in kb.entity_rows.values():
        known |= {plain(name) for key in ("names", "demonyms", "capitals") for name in row.get(key, ())}
        known.add(plain(row["name"]))
    forbidden = {word for word in known if len(word) > 2} - set(GENERAL)
    found = []
    for path in MODULES:
        for line, text in words(path):
            said = plain(text).split()
            stretches = {" ".join(said[i:j]) for i in range(len(said)) for j in range(i + 1, min(i + 6, len(said)) + 1)}
            found += [f"{path}:{line}: {word}" for word in stretches & forbidden]
    assert found == []


def test_the_general_words_are_needed() -> None:
    """A word that no code uses any more is taken off the list."""
    used = {word for path in MODULES for _, text in words(path) for word in plain(text).split()}
    assert set(GENERAL) <= used


def test_every_message_that_may_be_said_is_asked_for() -> None:
    """A language file that lacks one is refused, rather than answering with nothing."""
    said, constants = set(), set()
    for path in MODULES:
        if room(path) in ("knowledge", "discord_app"):
            continue
        constants |= {text for _, text in words(path)}
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0] if node.args else None
                if called in ("message", "term") and isinstance(first, ast.Constant):
                    said.add(first.value)
                said |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "reason" and isinstance(keyword.value, ast.Constant)
                }
    assert said <= MESSAGES
    begun = tuple(text for text in constants if re.fullmatch("[a-z]+_", text))  # `mode_` and the like are ended in code
    assert {key for key in MESSAGES - constants if not key.startswith(begun)} == set(), "these are never said"


STARTS = """\
import sys
from bot.__main__ import main
sys.argv = ["attache", *{arguments!r}]
try:
    main()
finally:
    sys.stderr.write("imported: " + " ".join(sys.modules))
"""


HEAVY = {"discord", "sqlalchemy", "prompt_toolkit", "fsrs", "genanki", "matplotlib", "reportlab"}
COMPILING = {"babel", "spellchecker", "yaml", "bot.checking", "bot.knowledge.models"}


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["ask", "Who wrote Winter Orchard?"], HEAVY | COMPILING),
        (["ask", "--jsonl"], HEAVY | COMPILING),
        (["check"], HEAVY),
    ],
)
def test_the_command_line_starts_light(
    attache: Attache, cache_folder: Path, tmp_path: Path, arguments: list[str], without: set[str]
) -> None:
    """No question needs Discord, a database or a line editor; from a warm cache, nor what compiling needs."""
    assert attache("ask", "Who wrote Winter Orchard?").returncode == 0  # warms the cache
    script = tmp_path / "start.py"
    script.write_text(STARTS.format(arguments=arguments), encoding="utf-8")
    environment = {"KNOWLEDGE_DIR": str(TOY), "CACHE_DIR": str(cache_folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL,
        cwd=tmp_path, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert set(done.stderr.rpartition("imported: ")[2].split()) & without == set()


def test_the_settings_are_listed() -> None:
    """`.env.example` names every setting, in order, each with a comment, and nothing else."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert named == [name.upper() for name in Settings.model_fields]
    for index, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert lines[index - 1].startswith("# "), f"{line} has no comment"
    assert all(field.description for field in Settings.model_fields.values())


def test_an_empty_setting_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copied as it is, `.env.example` changes nothing."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    before = Settings(_env_file=None)
    assert Settings(_env_file=ROOT / ".env.example") == before
