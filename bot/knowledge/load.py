"""Reads the files of a knowledge folder into checked rows: plain dicts and lists that can be cached as JSON.

All problems of all files are found in one pass. What needs several files at once is the business of `check.py`.
"""

import hashlib
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.explain import explain
from bot.knowledge.language_models import IntentFile, SharedFile
from bot.knowledge.models import EntityFile, FactDefaults, FactFile, FactModel, RelationFile, SourceFile
from bot.knowledge.problems import Problem
from bot.knowledge.reader import Document, read_yaml
from bot.knowledge.records import Row

Model = TypeVar("Model", bound=BaseModel)


@dataclass(slots=True)
class Rows:
    """A knowledge base as plain data. `origin` says in which file and line an entry begins.

    `unread` names the sections of which some file could not be taken in: what seems to be missing may be there.
    """

    entities: dict[str, Row] = field(default_factory=dict)
    sources: dict[str, Row] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    relations: dict[str, Row] = field(default_factory=dict)
    facts: list[Row] = field(default_factory=list)
    reasons: dict[str, Row] = field(default_factory=dict)
    coverages: list[Row] = field(default_factory=list)
    shared: Row = field(default_factory=dict)
    intents: list[Row] = field(default_factory=list)
    two_sources_since: str | None = None
    origin: dict[str, tuple[str, int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """What a KnowledgeBase is built from, as it is cached. Nothing is copied: treat it as read-only."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name not in _NOT_SERVED}


_NOT_SERVED = ("origin", "unread", "two_sources_since")


Part = tuple[Rows, list[Problem]]  # what one file holds, and what is wrong with it by itself


class Parts(dict[str, Part]):
    """What files hold, kept by path and content: who loads a folder again and again reads only what changed."""


def load_rows(files: dict[str, bytes], kept: Parts | None = None) -> tuple[Rows, list[Problem]]:
    """Read and validate every file. Returns what could be read, and every problem."""
    rows, problems, used = Rows(), [], Parts()
    kept = Parts() if kept is None else kept
    for path, data in files.items():
        key = f"{path} {hashlib.blake2b(data, digest_size=16).hexdigest()}"
        used[key] = kept.get(key) or _part(path, data)
        part, faults = used[key]
        problems += faults + _merge(rows, part)
    if len(kept) > 3 * len(files):  # of each file the last few states are enough
        kept.clear()
    kept.update(used)
    return rows, problems + _missing(files)


def _part(path: str, data: bytes) -> Part:
    rows = Rows()
    document, faults = read_yaml(path, data)
    if document is not None:
        faults = _take(rows, document)
    if faults:
        rows.unread.append(path.partition("/")[0].removesuffix(".yaml"))
    return rows, faults


def _merge(rows: Rows, part: Rows) -> list[Problem]:
    """Put what one file holds to what others hold; what is there already is told, and left out."""
    told = []
    for key, (path, line) in part.origin.items():
        section, _, id_ = key.partition(" ")
        if section in _ONCE and key in rows.origin:
            first = rows.origin[key]
            what, hint = _ONCE[section]
            where = first[0] if section == "intents" else f"{first[0]}:{first[1]}"
            told.append(Problem(path, line, what.format(id=id_, first=where), hint))
        elif section != "coverage":
            rows.origin[key] = (path, line)
    for name in ("entities", "sources", "reasons"):
        held = getattr(rows, name)
        for id_, row in getattr(part, name).items():
            held.setdefault(id_, row)
    known = {row["id"] for row in rows.facts} if told else set()
    rows.facts += [row for row in part.facts if row["id"] not in known]
    for index, row in enumerate(part.coverages):
        rows.origin[f"coverage {len(rows.coverages)}"] = part.origin[f"coverage {index}"]
        rows.coverages.append(row)
    rows.intents += part.intents
    rows.unread += part.unread
    rows.shared = rows.shared or part.shared
    if part.kinds or part.relations:
        rows.kinds, rows.relations, rows.two_sources_since = part.kinds, part.relations, part.two_sources_since
    return told


_DEFINED = "'{id}' is defined twice, first at {first}"
_ONCE = {  # what one file alone may define, how it is told and what to do
    "entities": (_DEFINED, "remove one"),
    "sources": (_DEFINED, "remove one"),
    "fact": (f"the fact {_DEFINED}", "rename one"),
    "reason": (f"the reason {_DEFINED}", "rename one"),
    "intent": (f"the intent {_DEFINED}", "rename one"),
    "intents": ("{first} holds the intents of '{id}'", "put the intents of one relation into one file"),
}


def _missing(files: dict[str, bytes]) -> list[Problem]:
    problems = []
    if "relations.yaml" not in files:
        problems.append(Problem("relations.yaml", 1, "the file is missing", "it declares kinds and relations"))
    languages = sorted({path.split("/")[1] for path in files if path.startswith("intents/") and path.count("/") == 2})
    if len(languages) > 1:
        told = ", ".join(languages)
        hint = "keep one, and move the others to a folder of their own"
        problems.append(Problem(f"intents/{languages[1]}", 1, f"there is more than one language: {told}", hint))
    for language in languages or ["en"]:
        path = f"intents/{language}/_shared.yaml"
        if path not in files:
            problems.append(Problem(path, 1, "the file is missing", "it holds the words that all intents share"))
    return problems


def _take(rows: Rows, document: Document) -> list[Problem]:
    path = document.path
    if path.endswith(".yaml"):
        if document.value is None:
            return [Problem(path, 1, "the file is empty", "write an entry or remove the file")]
        if path == "relations.yaml":
            return _take_relations(rows, document)
        folder, _, name = path.partition("/")
        if folder == "entities":
            return _take_named(rows, document, EntityFile, "entities", rows.entities)
        if folder == "sources":
            return _take_named(rows, document, SourceFile, "sources", rows.sources)
        if folder == "facts":
            return _take_facts(rows, document)
        if folder == "intents" and name.count("/") == 1:
            return _take_language(rows, document)
    hint = (
        "the files are relations.yaml, and those in entities/, sources/, facts/ and intents/<language>/, named *.yaml"
    )
    return [Problem(path, 1, "this file has no place in a knowledge base", hint)]


def _validated(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        return None, explain(error, document)


def _take_relations(rows: Rows, document: Document) -> list[Problem]:
    model, problems = _validated(RelationFile, document)
    if model is not None:
        rows.kinds = dict(model.kinds)
        rows.two_sources_since = model.two_sources_since
        for id_, relation in model.relations.items():
            rows.relations[id_] = relation.model_dump(exclude_defaults=True)
            rows.origin[f"relation {id_}"] = (document.path, document.line(("relations", id_)))
    return problems


def _take_named(
    rows: Rows, document: Document, model: type[BaseModel], section: str, into: dict[str, Row]
) -> list[Problem]:
    checked, problems = _validated(model, document)
    if checked is None:
        return problems
    for id_, entry in getattr(checked, section).items():
        into[id_] = entry.model_dump(exclude_defaults=True)
        rows.origin[f"{section} {id_}"] = (document.path, document.line((section, id_)))
    return problems


def _take_facts(rows: Rows, document: Document) -> list[Problem]:
    value, path = document.value, document.path
    if not isinstance(value, dict):
        return [Problem(path, 1, "a fact file is a mapping", "begin with `facts:`")]
    entries = value.get("facts", [])
    if not isinstance(entries, list):
        return [Problem(path, document.line(("facts",)), "`facts` is a list", "begin each entry with `- `")]
    problems: list[Problem] = []
    shell, defaults = FactFile(), {}
    try:
        shell = FactFile.model_validate({**value, "facts": []})
        defaults = shell.defaults.model_dump(exclude_none=True) if shell.defaults != FactDefaults() else {}
    except ValidationError as error:
        problems += explain(error, document)
        if "defaults" in value:  # what its facts leave out is not known, so nothing more can be said of them
            return problems
    for index, entry in enumerate(entries):
        problems += _take_fact(rows, document, index, entry, defaults)
    for id_, reason in shell.reasons.items():
        rows.reasons[id_] = reason.model_dump()
        rows.origin[f"reason {id_}"] = (path, document.line(("reasons", id_)))
    for index, coverage in enumerate(shell.coverage):
        row = coverage.model_dump(exclude_defaults=True)
        row["from"] = row.pop("from_")
        row.setdefault("id", f"coverage-{coverage.relation}-{coverage.subject}-{coverage.object}")
        rows.coverages.append(row)
        rows.origin[f"coverage {len(rows.coverages) - 1}"] = (path, document.line(("coverage", index)))
    return problems


def _take_fact(rows: Rows, document: Document, index: int, entry: Any, defaults: Row) -> list[Problem]:
    path, base = document.path, ("facts", index)
    line = document.line(base)
    if not isinstance(entry, dict):
        return [Problem(path, line, "a fact is a mapping", "give it `id: …` and the other keys")]
    try:
        fact = FactModel.model_validate(_with_defaults(entry, defaults))
    except ValidationError as error:
        return explain(error, document, base)
    key = f"fact {fact.id}"
    if key in rows.origin:
        first = ":".join(map(str, rows.origin[key]))
        return [Problem(path, line, f"the fact '{fact.id}' is defined twice, first at {first}", "rename one")]
    if sum((bool(fact.subject or fact.object), bool(fact.between), bool(fact.sides))) != 1:
        hint = "give `subject` and `object`, or `between`, or `sides`"
        return [Problem(path, line, f"the fact '{fact.id}' has no participants of one shape", hint)]
    rows.facts.append(_fact_row(fact))
    rows.origin[key] = (path, line)
    return []


def _with_defaults(entry: Row, defaults: Row) -> Row:
    """The entry, with the file's defaults for what it leaves out; participants of another shape are not mixed in."""
    merged = {**defaults, **entry}
    if "between" in entry or "sides" in entry:
        for role in ("subject", "object"):
            if role not in entry:
                merged.pop(role, None)
    return merged


def _fact_row(fact: FactModel) -> Row:
    row = fact.model_dump(exclude_defaults=True, exclude={"subject", "object", "between", "sides", "holds", "status"})
    groups: list[Any]
    if fact.between:
        shape, groups = "between", [fact.between, fact.between]
    elif fact.sides:
        shape, groups = "sides", list(fact.sides)
    else:
        shape, groups = "directed", [fact.subject or [], fact.object or []]
    row["roles"] = [
        [[p, None, None] if isinstance(p, str) else [p.who, p.since, p.until] for p in group] for group in groups
    ]
    row.update(shape=shape, holds=fact.holds == "yes", status=fact.status, why=row.get("why"))
    return row


def _take_language(rows: Rows, document: Document) -> list[Problem]:
    if document.path.endswith("/_shared.yaml"):
        shared, problems = _validated(SharedFile, document)
        if shared is not None:
            rows.shared = shared.model_dump()
            rows.origin["shared"] = (document.path, 1)
        return problems
    model, problems = _validated(IntentFile, document)
    if model is None:
        return problems
    for id_ in model.intents:
        rows.origin[f"intent {id_}"] = (document.path, document.line(("intents", id_)))
    rows.origin[f"intents {model.relation}"] = (document.path, 1)
    rows.intents.append(model.model_dump(exclude_defaults=True))
    return problems
