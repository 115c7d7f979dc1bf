"""What a curator wants to change, before it is known whether it may be.

Plain, immutable values that any surface can build: ids of entities, dates as the files write them (`2025`, `2025-08`,
`2025-08-31`), sentences. In a draft, None leaves a key of the fact as it is, and an empty text takes it out.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Action = Literal["add", "correct", "end", "dispute", "confirm", "retire"]
ACTIONS: tuple[Action, ...] = ("add", "correct", "end", "dispute", "confirm", "retire")


@dataclass(frozen=True, slots=True)
class Curator:
    """Who changes something. The name stands in the public trail; the id only in the state, until it is forgotten."""

    name: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A page that somebody read: one on file by its `id`, or one to be entered.

    A page whose address is on file already is re-used, whatever else is given. `accessed` is the day of the change
    where nobody says when it was read.
    """

    id: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    accessed: str = ""
    kind: str = "news"


@dataclass(frozen=True, slots=True)
class SideDraft:
    """One side of a dispute: whose it is, what they say, and where."""

    by: str
    text: str
    sources: tuple[SourceDraft, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A change of one fact.

    `reason` says why it is changed, for the trail and the commit; `why` is the fact's own reason, which an answer
    tells. `base` is the digest of the entry as the curator saw it (`Shown.digest`); for `add` it stays empty.
    Participants are `subject` and `object`, or `between`, or `sides`, as the relation wants them. A fact's `details`,
    and periods of single participants, are written in the file by hand; no draft touches those that are there.

    - `add`: relation, participants, at least one source; `as_of` is the newest source's date unless given.
    - `correct`: whatever is given is written; `sources` come to those on file, `drop_sources` (ids) go.
    - `end`: `until`, with the source that shows it.
    - `dispute`: both `sides_said`, each with its sources.
    - `confirm`: at least one source; `as_of` moves to its date (or to the `as_of` given), never backwards.
    - `retire`: nothing but the `reason`. The fact stays in its file, and never speaks again.
    """

    action: Action
    reason: str
    fact: str = ""
    base: str = ""
    relation: str = ""
    subject: tuple[str, ...] | None = None
    object: tuple[str, ...] | None = None
    between: tuple[str, ...] | None = None
    sides: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    named: str | None = None
    holds: bool | None = None
    narrows: Mapping[str, str] | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    note: str | None = None
    why: str | None = None
    claimed_by: str | None = None
    sides_said: tuple[SideDraft, ...] = ()
    sources: tuple[SourceDraft, ...] = ()
    drop_sources: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class NameDraft:
    """Another name of an entity. `weak` names are shared with others, or are plain words too."""

    entity: str
    name: str
    reason: str
    weak: bool = False
    base: str = ""


@dataclass(frozen=True, slots=True)
class WordingDraft:
    """Another line by which an intent is asked, in the signs of knowledge/README.md.

    `question` is what somebody asked in vain, and the line has to read; empty where it was made for none.
    """

    intent: str
    line: str
    reason: str
    base: str = ""
    question: str = ""


AnyDraft = Draft | NameDraft | WordingDraft


@dataclass(frozen=True, slots=True)
class Change:
    """A change as the journal holds it. `before` and `after` are the entry's own lines, None where there was none.

    `state` is `pending` (being saved), `done`, `dropped` (cut off before anything was written) or `stuck` (its files
    were changed by somebody else while it was cut off). `entry` says what was changed, `fact`, `entity` or `intent`,
    and `fact` is its id. `commit` is the git commit that mirrors it, `undoes` the number of the change that it takes
    back.
    """

    id: int
    at: datetime.datetime
    curator_id: int | None
    curator_name: str
    action: str
    entry: str
    fact: str
    relation: str
    reason: str
    before: str | None
    after: str | None
    paths: tuple[str, ...]
    state: str
    commit: str | None
    undoes: int | None
