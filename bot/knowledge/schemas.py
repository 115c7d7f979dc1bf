"""JSON Schemas (draft 2020-12) of the YAML files, generated from the models, so that editors complete and check.

Here every scalar is read as text, but an editor reads YAML by its own rules: to it 2025 is a number, and by the older
rules of YAML 1.1 `no` is a boolean. So wherever the models take a text the schema takes a number or a boolean too; a
pattern binds texts alone, and a number where a date belongs must look like a year. What an editor lets pass (a
`true` for a `yes`, a date that no calendar has), `attache check` finds.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.knowledge import models
from bot.knowledge.language_models import IntentFile, SharedFile

FOLDER = "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILES: dict[str, type[BaseModel]] = {
    "relations": models.RelationFile,
    "entities": models.EntityFile,
    "sources": models.SourceFile,
    "facts": models.FactFile,
    "intents": IntentFile,
    "shared": SharedFile,
}

_YEAR = {"type": "number", "minimum": 1000, "maximum": 2999}


def schema_text(name: str) -> str:
    """The schema of one kind of file, as it is written to `<name>.schema.json`."""
    made = FILES[name].model_json_schema(mode="validation")
    if name == "facts":  # what its `defaults` give, a fact may leave out
        optional = set(models.FactDefaults.model_fields)
        fact = made["$defs"]["FactModel"]
        fact["required"] = [key for key in fact["required"] if key not in optional]
    return json.dumps({"$schema": DIALECT, **_relaxed(made)}, indent=2, ensure_ascii=False) + "\n"


def schema_name(path: str) -> str:
    """Which schema a YAML file has, by its path inside the knowledge folder."""
    if path.endswith("/_shared.yaml"):
        return "shared"
    return path.partition("/")[0].removesuffix(".yaml")


def schema_line(path: str) -> str:
    """The first line of a YAML file, by which editors find its schema."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{FOLDER}/{schema_name(path)}.schema.json"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a knowledge folder. Returns their paths. Raises OSError."""
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    paths = []
    for name in FILES:
        path = target / f"{name}.schema.json"
        path.write_text(schema_text(name), encoding="utf-8")
        paths.append(path)
    return paths


def _relaxed(node: Any) -> Any:
    """A schema whose texts may also be written as plain numbers and booleans, and in which nothing is null."""
    if isinstance(node, list):
        return [_relaxed(part) for part in node]
    if not isinstance(node, dict):
        return node
    branches = [branch for branch in node.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        return _relaxed({**{k: v for k, v in node.items() if k not in ("anyOf", "default")}, **branches[0]})
    made = {key: _relaxed(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}
    if branches:
        made["anyOf"] = _relaxed(branches)
    if made.get("default", "") is None:
        del made["default"]
    if "patternProperties" in made:
        made.setdefault("additionalProperties", False)
    if made.get("type") == "string":
        _relax_text(made)
    return made


def _relax_text(made: dict[str, Any]) -> None:
    if set(made.get("enum", ())) == {"yes", "no"}:
        made["enum"] = ["yes", "no", True, False]
        del made["type"]
    elif made.get("pattern") == f"^{models.DATE}$":
        text = {key: made.pop(key) for key in ("type", "pattern")}
        made["anyOf"] = [text, dict(_YEAR)]
    elif "enum" not in made:
        made["type"] = ["string", "number", "boolean"]
