"""knowledge/README.md teaches what is so: its files make a knowledge base, and it leaves no key out."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from bot.checking import check_files
from bot.engine import Engine
from bot.knowledge.checks.wording import KEYS, OUTCOMES, PLACES
from bot.knowledge.files import list_files
from bot.knowledge.language_models import MESSAGES
from bot.knowledge.reader import read_yaml
from bot.knowledge.schemas import FILES
from tests.conftest import ROOT, SHIPPED, TOY

TEXT = (SHIPPED / "README.md").read_text(encoding="utf-8")
DAY = datetime.date(2026, 1, 20)

SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
EXCHANGES = re.findall(r"^\| `([^`]+)` \| ([A-Z][^|]+\.) \|$", TEXT, re.MULTILINE)
PROSE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
WORDS = {word for quoted in re.findall(r"`([^`]+)`", PROSE) for word in re.findall(r"[a-z0-9_]+", quoted)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge base that the page builds, with the shared file that it tells to copy."""
    made = tmp_path_factory.mktemp("readme")
    shared = (TOY / "intents/en/_shared.yaml").read_text(encoding="utf-8")
    for snippet in (f"# intents/en/_shared.yaml\n{shared}", *SNIPPETS):
        path = snippet.partition("\n")[0].removeprefix("# ")
        if re.fullmatch(r"[a-z_/]+\.yaml", path):
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(snippet, encoding="utf-8")
    return made


def test_every_snippet_is_readable() -> None:
    """By the strict reader itself."""
    assert len(SNIPPETS) == 7
    for snippet in SNIPPETS:
        assert read_yaml("README.md", snippet.encode())[1] == []


def test_the_snippets_make_a_knowledge_base(folder: Path) -> None:
    """Put together they pass the check, without a warning, and every example means what it says."""
    assert [str(problem) for problem in check_files(list_files(folder), DAY, examples=True).problems] == []


def test_the_questions_get_the_answers_that_are_shown(folder: Path) -> None:
    """Asked one after the other, as in a chat."""
    engine = Engine.open(folder)
    assert len(EXCHANGES) == 10
    history: list[str] = []
    for question, answer in EXCHANGES:
        assert engine.ask(question, history, DAY).text == answer
        history.append(question)


def keys(schema: dict[str, Any]) -> set[str]:
    """The keys of a file's schema and of all models within it."""
    return {key for model in (schema, *schema.get("$defs", {}).values()) for key in model.get("properties", {})}


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained(name: str) -> None:
    """A key that the page does not name is one that nobody finds."""
    assert keys(FILES[name].model_json_schema()) - WORDS == set()


def test_every_answer_message_and_place_is_explained() -> None:
    """The same for what is worded, and for what it is filled with."""
    unexplained = (KEYS | OUTCOMES | MESSAGES | PLACES) - WORDS
    assert unexplained == set()


def test_links_lead_somewhere() -> None:
    """To files that are there."""
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (SHIPPED / target).exists(), target


def test_every_complete_list_is_explained(engine: Engine) -> None:
    """How it was built and how to refresh it: the table of SOURCING.md names its entity, or its folder."""
    kb = engine.kb
    page = (ROOT / "knowledge" / "SOURCING.md").read_text(encoding="utf-8")
    table = page[page.index("## The complete lists") : page.index("## Checking, and checking again")]
    for coverage in kb.coverages:
        single = [who for who in (coverage.object, coverage.subject) if kb.entities[who].group is None]
        told = kb.entities[single[0]].name if single else "one another"
        assert told in table or f"{coverage.relation}/*.yaml" in table, coverage.id
