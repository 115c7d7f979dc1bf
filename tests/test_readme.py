"""What README.md shows is so: its exchanges, its examples, its entries, its commands and its links."""

import re

import pytest

from bot.chat import PROMPT
from bot.engine import Engine
from tests import readme
from tests.readme import FENCED, README, ROOT, ROW

TEXT = README.read_text(encoding="utf-8")
EXCHANGES = [shown for shown in FENCED.findall(TEXT) if PROMPT in shown]
EXAMPLES = {question: begins for _, question, begins in ROW.findall(TEXT)}


def test_there_is_something_to_hold() -> None:
    """The patterns still find what they should."""
    assert len(EXCHANGES) >= 2
    assert len(EXAMPLES) >= 30


@pytest.mark.parametrize("shown", EXCHANGES, ids=lambda shown: shown.partition("\n")[0])
def test_exchanges(engine: Engine, shown: str) -> None:
    """Each conversation goes as it is shown; `python -m tests.readme` writes it anew."""
    assert shown.split() == readme.exchange(engine, shown).split()


@pytest.mark.parametrize("question", EXAMPLES)
def test_examples(engine: Engine, question: str) -> None:
    """Each answer begins as it is shown."""
    assert EXAMPLES[question] == readme.beginning(engine, question)


def test_what_is_on_file_is_told_as_it_is(engine: Engine) -> None:
    """The tables are those of `attache stats`; `python -m tests.readme` writes them anew."""
    for table in readme.tables(engine):
        assert table in TEXT


def test_examples_of_every_form(engine: Engine) -> None:
    """Whether, which, how many, when, why, what; answered, refused and asked back."""
    answers = [engine.ask(question, (), readme.DAY) for question in EXAMPLES]
    assert {a.status for a in answers} == {"answered", "clarify", "no_record", "not_understood"}
    asked = {a.query.form for a in answers if a.query and a.status == "answered"}
    assert asked == {"whether", "which", "how_many", "when", "why", "what"}


def test_entries_of_the_worked_example_are_on_file() -> None:
    """They are shown as the files named above them have them."""
    found = re.findall(r"^In \[`([^`]+)`\].*?^```yaml\n\w+:\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert len(found) == 2
    for path, entry in found:
        assert entry in (ROOT / path).read_text(encoding="utf-8")


def test_make_targets_exist() -> None:
    """Whatever `make …` the pages for people name."""
    pages = [README, ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {target for page in pages for target in re.findall(r"\bmake ([a-z]+)\b", page.read_text(encoding="utf-8"))}
    assert {"chat", "test", "check", "bench"} <= named
    assert named - targets <= {"sure"}


@pytest.mark.parametrize(
    "path", ["README.md", "CONTRIBUTING.md", "knowledge/README.md", "knowledge/SOURCING.md", "knowledge/NAMING.md"]
)
def test_links_lead_somewhere(path: str) -> None:
    """Links inside the project."""
    page = ROOT / path
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_contested_places_are_called_what_the_policy_says(engine: Engine) -> None:
    """The table of the naming policy shows what is displayed, and other names are matched only."""
    policy = (ROOT / "knowledge" / "NAMING.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", policy, re.MULTILINE))
    assert len(told) > 15
    assert told == {id_: engine.kb.entities[id_].label for id_ in told}


def test_settings_are_told() -> None:
    """All of them, by the names of their variables."""
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert named == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
