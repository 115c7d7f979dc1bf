"""The JSON Schemas: current, named in every file, and content with what the files hold as an editor reads them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.knowledge.schemas import FILES, schema_line, schema_name, schema_text, write_schemas
from tests.conftest import SHIPPED, TOY, Attache

SHIPPED_FILES = sorted(SHIPPED.rglob("*.yaml"))
TOY_FILES = sorted(TOY.rglob("*.yaml"))


class Core(yaml.CSafeLoader):
    """Reads scalars by the core rules of YAML 1.2, as editors do: 2025 is a number, no and 2008-02-17 are texts."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?$", "-+0123456789."),
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def inside(path: Path) -> str:
    """A file's path inside its knowledge folder."""
    return path.relative_to(TOY if TOY in path.parents else SHIPPED).as_posix()


def validator(name: str) -> Draft202012Validator:
    """The validator of one kind of file."""
    return Draft202012Validator(json.loads(schema_text(name)))


VALIDATORS = {name: validator(name) for name in FILES}


def faults(name: str, text: str, loader: type[Any] = Core) -> list[str]:
    """What a schema says of a text, as an editor reads it."""
    value = yaml.load(text, loader)  # noqa: S506 - both loaders are safe ones
    as_json = json.loads(json.dumps(value, default=str))
    return [error.message for error in VALIDATORS[name].iter_errors(as_json)]


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_are_current(name: str) -> None:
    """Who changes a model runs `attache schema`."""
    path = SHIPPED / "schema" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), "run: attache schema"


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_are_schemas(name: str) -> None:
    """Draft 2020-12, and strict about keys throughout."""
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    for model in (schema, *schema.get("$defs", {}).values()):
        assert model["additionalProperties"] is False


def test_written_where_they_are_wanted(tmp_path: Path) -> None:
    """One file a kind, in the folder that first lines name."""
    written = {path.relative_to(tmp_path).as_posix() for path in write_schemas(tmp_path)}
    assert written == {f"schema/{name}.schema.json" for name in FILES}


def test_the_command_that_writes_them(attache: Attache, tmp_path: Path) -> None:
    """`attache schema` tells what it wrote, or why it could not."""
    done = attache("schema", knowledge=tmp_path)
    assert done.returncode == 0
    assert [Path(line).name for line in done.stdout.decode().splitlines()] == [f"{name}.schema.json" for name in FILES]
    done = attache("schema", knowledge=tmp_path / "missing")
    assert done.returncode == 2
    assert done.stderr.startswith(b"attache: the schemas cannot be written: ")


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=inside)
def test_every_file_names_its_schema(path: Path) -> None:
    """In the first line, by a path that leads there."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == schema_line(inside(path))
    target = (path.parent / first.partition("$schema=")[2]).resolve()
    assert target.name == f"{schema_name(inside(path))}.schema.json"
    assert target.is_file()


@pytest.mark.parametrize("loader", [Core, yaml.CSafeLoader], ids=["yaml-1.2", "yaml-1.1"])
@pytest.mark.parametrize("path", [*SHIPPED_FILES, *TOY_FILES], ids=inside)
def test_no_editor_complains_of_a_good_file(path: Path, loader: type[Any]) -> None:
    """By the newer rules of YAML and by the older ones."""
    assert faults(schema_name(inside(path)), path.read_text(encoding="utf-8"), loader) == []


FACT = "facts: [{id: a, relation: r, subject: s, object: o, as_of: 2025, sources: [x], %s}]"


@pytest.mark.parametrize(
    "part",
    ["holds: no", "holds: yes", "since: 2025", "since: 2025-08", "since: 2008-02-17", "since: by 2011",
     "since: unknown", "until: 1999", "between: [a, {who: b, since: 2001}]", "sides: [a, [b, c]]", "why: reason",
     "text: 1984",
     "details: [{what: share, value: 69, period: 2016/2020}]", "details: [{what: level, value: no}]",
     "narrows: {kind: oil}", "subject: {who: b, until: 2001}"],
)  # fmt: skip
def test_plain_scalars_are_welcome(part: str) -> None:
    """What the reader takes as text, an editor takes unquoted."""
    text = FACT % part if "subject" not in part else (FACT % part).replace("subject: s, ", "")
    assert faults("facts", text) == []
    assert faults("facts", text, yaml.CSafeLoader) == []


@pytest.mark.parametrize(
    "part",
    ["holds: maybe", "since: soon", "since: [2025]", "until: 25", "until: 2025-8", "untill: 2025", "status: sure",
     "details: [{value: 3}]", "sources: []", "why: {text: x}", "object: O", "until: null", "sides: [a]"],
)  # fmt: skip
def test_faults_that_an_editor_shows(part: str) -> None:
    """Keys, dates, ids and choices are checked while somebody types."""
    text = (FACT % part).replace("sources: [x], sources", "sources").replace("object: o, as_of", "as_of")
    assert faults("facts", text)


def test_defaults_may_stand_in_for_required_keys() -> None:
    """What the head of a file gives, an editor does not ask of each fact."""
    defaults = "defaults: {relation: r, as_of: 2025, sources: [x]}"
    assert faults("facts", f"{defaults}\nfacts: [{{id: a, subject: s, object: o}}]") == []
    assert faults("facts", "facts: [{subject: s}]") == ["'id' is a required property"]
