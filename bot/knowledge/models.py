"""The shapes of the YAML files, for validation and for the JSON Schemas that editors use.

Every scalar arrives as a string and is typed here, so that `no` stays a word and a date keeps its precision. Unknown
keys are errors. The engine works on the lean records of `records.py`; nothing outside this room imports these models.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from bot.knowledge.dates import Since, is_partial_date

# The patterns are shared with the JSON Schemas, so that an editor and the checks agree. Digits are plain ones only.
_ID = r"[a-z0-9]+([-._][a-z0-9]+)*"
DATE = r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
_ADDRESS = r"https?://[^\s<>\"]+"
_DIGITS = r"[0-9]+"


def _word(text: str) -> str:
    if not re.fullmatch(_ID, text):
        raise ValueError(f"'{text}' is not an id: lower-case letters and digits, joined by hyphens")
    return text


def _date(text: str) -> str:
    if not is_partial_date(text):
        raise ValueError(f"'{text}' is not a date (2025, 2025-08 or 2025-08-31)")
    return text


def _since(text: str) -> str:
    Since.parse(text)
    return text


def _url(text: str) -> str:
    if not re.fullmatch(_ADDRESS, text):
        raise ValueError(f"'{text}' is not an http(s) address")
    return text


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise ValueError("the text is empty")
    return text


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, (str, dict)) else value


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Word = Annotated[str, AfterValidator(_word), _schema(_ID)]
EntityId = Word
Date = Annotated[str, AfterValidator(_date), _schema(DATE)]
SinceText = Annotated[str, AfterValidator(_since), _schema(f"(unknown|(by )?{DATE})")]
Url = Annotated[str, AfterValidator(_url), _schema(_ADDRESS)]
Sentence = Annotated[str, AfterValidator(_sentence)]
YesNo = Literal["yes", "no"]
Number = Annotated[str, Field(pattern=rf"^-?{_DIGITS}(\.{_DIGITS})?$")]
Names = list[Annotated[str, Field(min_length=1)]]


class Strict(BaseModel):
    """Base of all models: unknown keys are errors, instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupModel(Strict):
    """Who belongs to a group: listed by hand, or whoever stands in a relation to an entity on the day asked about."""

    members: list[EntityId] = []
    relation: Word | None = None
    object: EntityId | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "GroupModel":
        if bool(self.members) == bool(self.relation and self.object):
            raise ValueError("a group has either `members`, or a `relation` and an `object`")
        return self


class EntityModel(Strict):
    """A thing facts are about."""

    kind: Word
    name: Sentence
    iso: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    article: str | None = None
    stated_as: Sentence | None = None
    names: Names = []
    weak: Names = []
    demonyms: Names = []
    capitals: Names = []
    foreign: Names = []
    since: Date | None = None
    until: Date | None = None
    predecessor: EntityId | None = None
    successor: EntityId | None = None
    confusable_with: list[EntityId] = []
    stands_for: EntityId | None = None
    stands_in: list[Word] = []
    narrows: dict[Word, Word] = {}
    group: GroupModel | None = None
    note: Sentence | None = None


class EntityFile(Strict):
    """knowledge/entities/*.yaml"""

    entities: dict[EntityId, EntityModel]


class SourceModel(Strict):
    """A page that somebody read."""

    title: Sentence
    publisher: Sentence
    url: Url | None = None
    archive_url: Url | None = None
    published: Date | None = None
    inferred: YesNo = "no"
    accessed: Date
    kind: Literal["official", "news", "reference", "scholarly", "opinion"]

    @model_validator(mode="after")
    def _addressed(self) -> "SourceModel":
        if self.url is None and self.kind != "opinion":
            raise ValueError("only a source of kind `opinion` may lack a `url`")
        return self


class SourceFile(Strict):
    """knowledge/sources/*.yaml"""

    sources: dict[Word, SourceModel]


class ParticipantModel(Strict):
    """A participant with a period of its own."""

    who: EntityId
    since: Date | None = None
    until: Date | None = None


_Participant = EntityId | ParticipantModel
Participants = Annotated[
    list[_Participant],
    BeforeValidator(_listed, json_schema_input_type=_Participant | list[_Participant]),
    Field(min_length=1),
]


class DetailModel(Strict):
    """A dated, sourced value inside a fact."""

    what: Word
    value: Sentence
    of: Sentence | None = None
    period: Annotated[str, Field(pattern=r"^[0-9]{4}(/[0-9]{4})?$")] | None = None
    whose: Sentence | None = None
    since: Date | None = None
    until: Date | None = None
    as_of: Date | None = None
    sources: list[Word] = []


class ReasonModel(Strict):
    """A sourced reason."""

    text: Sentence
    sources: Annotated[list[Word], Field(min_length=1)]


class SideModel(Strict):
    """One side of a dispute."""

    by: Sentence
    text: Sentence
    sources: Annotated[list[Word], Field(min_length=1)]


class RetiredModel(Strict):
    """That a fact is kept as history only: since which day, and why. It never speaks, and counts nowhere."""

    on: Date
    why: Sentence


class FactDefaults(Strict):
    """What the entries of one file leave out."""

    relation: Word | None = None
    subject: Participants | None = None
    object: Participants | None = None
    holds: YesNo | None = None
    narrows: dict[Word, Word] | None = None
    since: SinceText | None = None
    status: Literal["settled", "disputed", "claimed"] | None = None
    claimed_by: Sentence | None = None
    why: Word | ReasonModel | None = None
    as_of: Date | None = None
    sources: list[Word] | None = None


class FactModel(Strict):
    """One statement with one period."""

    id: Word
    relation: Word
    subject: Participants | None = None
    object: Participants | None = None
    between: Annotated[list[_Participant], Field(min_length=2)] | None = None
    sides: Annotated[list[Participants], Field(min_length=2, max_length=2)] | None = None
    holds: YesNo = "yes"
    since: SinceText | None = None
    until: Date | None = None
    narrows: dict[Word, Word] = {}
    details: list[DetailModel] = []
    named: EntityId | None = None
    text: Sentence | None = None
    note: Sentence | None = None
    why: Word | ReasonModel | None = None
    status: Literal["settled", "disputed", "claimed"] = "settled"
    dispute: list[SideModel] = []
    claimed_by: Sentence | None = None
    as_of: Date
    sources: Annotated[list[Word], Field(min_length=1)]
    retired: RetiredModel | None = None

    @model_validator(mode="after")
    def _coherent(self) -> "FactModel":
        if self.status == "disputed" and len(self.dispute) < 2:
            raise ValueError("a disputed fact names both sides in `dispute`")
        if self.status != "disputed" and self.dispute:
            raise ValueError("`dispute` belongs to `status: disputed`")
        if (self.status == "claimed") != (self.claimed_by is not None):
            raise ValueError("`status: claimed` and `claimed_by` go together")
        return self


class CountModel(Strict):
    """Somebody's count of a list."""

    whose: Sentence
    value: Number
    as_of: Date
    sources: Annotated[list[Word], Field(min_length=1)]


class CoverageModel(Strict):
    """ "This list is complete": what silence means for a relation within a group."""

    id: Word | None = None
    relation: Word
    subject: EntityId
    object: EntityId
    narrows: dict[Word, Word] = {}
    unlisted: YesNo
    listed: Annotated[str, Field(pattern=r"^\d{1,6}$")] | None = None
    from_: Annotated[Date, Field(alias="from")]
    as_of: Date
    sources: Annotated[list[Word], Field(min_length=1)]
    note: Sentence | None = None
    counts: list[CountModel] = []


class FactFile(Strict):
    """knowledge/facts/**/*.yaml"""

    defaults: FactDefaults = FactDefaults()
    facts: list[FactModel] = []
    reasons: dict[Word, ReasonModel] = {}
    coverage: list[CoverageModel] = []


class RelationModel(Strict):
    """What facts of one relation look like, and all of the relation's logic."""

    title: Sentence
    subject: list[Word] = []
    object: list[Word] = []
    between: list[Word] = []
    sides: list[Word] = []
    several: Literal["subject", "object"] | None = None
    implies: list[Word] = []
    narrows: dict[Word, list[Word]] = {}
    default: dict[Word, Word] = {}
    counts_as: dict[Word, YesNo] = {}
    figures: list[Word] = []
    details: dict[Word, Literal["text", "number", "percent", "date", "entity"]] = {}
    lists: Literal["complete", "open"] = "complete"
    text: Literal["required", "optional"] = "optional"
    digest: list[Word] = []
    reflexive: YesNo = "no"
    stand_ins: YesNo = "yes"
    lasting: YesNo = "yes"
    recheck_days: Annotated[str, Field(pattern=rf"^{_DIGITS}$")] = "365"
    second_curator: YesNo = "no"

    @model_validator(mode="after")
    def _shape(self) -> "RelationModel":
        shapes = [bool(self.subject or self.object), bool(self.between), bool(self.sides)]
        if sum(shapes) != 1:
            raise ValueError("a relation has `subject` and `object`, or `between`, or `sides`")
        for name, value in self.default.items():
            if value not in self.narrows.get(name, []):
                raise ValueError(f"`default` names '{name}: {value}', which `narrows` does not list")
        return self


class RelationFile(Strict):
    """knowledge/relations.yaml"""

    kinds: dict[Word, Sentence]
    relations: dict[Word, RelationModel]
    two_sources_since: Date | None = None
