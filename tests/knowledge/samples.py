"""A smallest whole knowledge base, to be changed in one place by a test."""

import datetime

from bot.knowledge.check import check_rows
from bot.knowledge.load import Rows, load_rows
from bot.knowledge.problems import Problem
from tests.conftest import TOY

TODAY = datetime.date(2026, 1, 20)

FILES = {
    "relations.yaml": """\
kinds: {cat: a cat, house: a house, group: a set}
relations:
  lives_in: {title: homes, subject: [cat], object: [house], narrows: {room: [loft, hall]}, details: {rent: number}}
  siblings: {title: siblings, between: [cat]}
  feud: {title: feuds, sides: [cat]}
""",
    "entities/cats.yaml": """\
entities:
  mog: {kind: cat, name: Mog}
  tib: {kind: cat, name: Tib}
  rum: {kind: cat, name: Rum}
  mill: {kind: house, name: The Mill}
  barn: {kind: house, name: The Barn}
  mill-cats: {kind: group, name: cats of the mill, group: {relation: lives_in, object: mill}}
""",
    "sources/diary.yaml": """\
sources:
  diary: {title: Diary, publisher: The Mill, url: "https://mill.example/diary", accessed: 2026-01-01, kind: official}
""",
    "facts/homes.yaml": """\
defaults: {relation: lives_in, as_of: 2026-01-01, sources: [diary]}
facts:
  - {id: mog-mill, subject: mog, object: mill, since: 2020}
""",
    "intents/en/_shared.yaml": (TOY / "intents/en/_shared.yaml").read_text(encoding="utf-8"),
}


def files(changed: dict[str, str] | None = None) -> dict[str, bytes]:
    """The sample's files, some replaced or added, as they are read from a folder."""
    return {path: text.encode() for path, text in sorted({**FILES, **(changed or {})}.items())}


def loaded(changed: dict[str, str] | None = None) -> tuple[Rows, list[Problem]]:
    """The rows and problems of the sample with some files changed."""
    return load_rows(files(changed))


def checked(changed: dict[str, str] | None = None, today: datetime.date = TODAY, *, unused: bool = False) -> list[str]:
    """Every problem of the sample with some files changed, as it is printed; of `unused` entities if asked to."""
    rows, problems = loaded(changed)
    told = [str(problem) for problem in sorted({*problems, *check_rows(rows, today)})]
    return [problem for problem in told if unused or "stands in no fact" not in problem]


def with_facts(text: str) -> list[str]:
    """Every problem of the sample with other facts; `text` is the body of a fact file."""
    return checked({"facts/homes.yaml": "defaults: {as_of: 2026-01-01, sources: [diary]}\n" + text})


def with_entities(text: str) -> list[str]:
    """The problems of the sample with more entities; `text` are lines under `entities:`."""
    return checked({"entities/more.yaml": f"entities:\n{text}"})


def with_relations(text: str) -> list[str]:
    """The problems of the sample with another relation; `text` is a line under `relations:`."""
    return checked({"relations.yaml": FILES["relations.yaml"] + f"  {text}\n"})
