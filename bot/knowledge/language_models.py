"""The shapes of the language files: ways to ask, and the wording of answers.

Templates follow hassil's signs: `[optional]`, `(a|b)`, `<rule>`, `{place}`; `&clause` names a list of pieces.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.knowledge.models import EntityId, Sentence, Strict, Word, YesNo

MonthNumber = Annotated[str, Field(pattern=r"^(1[0-2]|[1-9])$")]
Lines = list[Annotated[str, Field(min_length=1)]]


class AsksModel(Strict):
    """What an intent wants to know."""

    form: Literal["whether", "which", "how_many", "when", "why", "what"]
    detail: Word | None = None
    date: Literal["since", "until", "duration"] | None = None
    change: Literal["began", "ended"] | None = None
    pick: Literal["first", "last", "earliest", "only", "all"] | None = None
    negated: YesNo = "no"
    ever: YesNo = "no"
    mutual: YesNo = "no"


class ExampleModel(Strict):
    """A sentence that this intent must win, and what it means."""

    q: str
    subject: EntityId | list[EntityId] | None = None
    object: EntityId | list[EntityId] | None = None
    narrows: dict[Word, Word] = {}
    at: str | None = None
    text: Sentence | None = None


class IntentModel(Strict):
    """A rule: the ways to ask for one relation in one form, and how to word each outcome."""

    asks: AsksModel
    needs: Lines = []
    kinds: dict[Word, list[Word]] = {}
    fixed: dict[Word, Word] = {}
    stands: dict[Literal["subject", "object"], EntityId] = {}
    say: Lines = []
    claims: Lines = []
    follow: Lines = []
    built: dict[Word, dict[Word, Word]] = {}
    after: list[Word] = []
    answers: dict[Word, Sentence] = {}
    examples: list[ExampleModel] = []
    never: Lines = []


class ValueModel(Strict):
    """How a narrowing's value is said in questions and in answers."""

    say: Lines
    show: str


class IntentFile(Strict):
    """knowledge/intents/<language>/<relation>.yaml"""

    relation: Word
    rules: dict[Word, Lines] = {}
    values: dict[Word, dict[Word, ValueModel]] = {}
    clauses: dict[Word, Lines] = {}
    answers: dict[Word, Sentence] = {}
    intents: dict[Word, IntentModel]


class TimeModel(Strict):
    """The words of the closed grammar of time."""

    at: Lines
    since: Lines = []
    throughout: Lines = []
    by: Lines
    before: Lines
    after: Lines
    between: Lines
    joins: Lines
    ago: Lines
    last: Lines = []
    this: Lines = []
    fillers: Lines = []
    units: dict[Literal["year", "month", "decade"], Lines] = {}
    months: dict[MonthNumber, Lines]
    present: Lines
    ever: Lines
    never: Lines
    early: dict[MonthNumber, Lines] = {}


class AroundModel(Strict):
    """Words that may stand before or after a name without changing who is meant."""

    before: Lines
    after: Lines


class HelpingModel(Strict):
    """Words that only help a verb, by what may be done with them."""

    left_out: Lines = []
    being: Lines = []
    other: Lines = []


class OrdersModel(Strict):
    """Orders of words that the lines do not have, and the words and endings by which they are told."""

    fronted: Lines = []
    whom: Lines = []
    participle_behind: Lines = []
    going_on: Lines = []
    done: Lines = []
    surplus: Lines = []
    was: dict[str, str] = {}


class FollowModel(Strict):
    """How a fragment changes the question before it."""

    fillers: Lines
    auxiliaries: Lines = []
    subject_words: Lines = []
    object_words: Lines = []
    agent_words: Lines = []
    agents_either: list[Word] = []
    links: Lines = []
    forms: dict[Word, Lines]
    swap: Lines
    alike: list[Word] = []
    others: Lines
    further: Lines = []
    again: Lines = []
    picks: dict[Literal["first", "last"], Lines] = {}
    topics: dict[Word, Lines] = {}


class SetsModel(Strict):
    """Words that make a set of names to choose from."""

    rules: list[Word]
    stand_ins: Lines
    nouns: Lines
    members: Lines
    of: Lines
    articles: Lines
    joins: Lines
    ors: Lines
    clefts: Lines = []
    cleft_for: str = ""
    but: Lines
    ordinal_rule: Word
    ordinals: Lines
    ordinal_endings: Lines


# Every message that the program may need; knowledge/README.md says when each is said.
MESSAGES = frozenset({
    "ambiguous", "any_once", "as_of_word", "at_least", "besides", "chosen", "common", "common_none", "common_open",
    "disputed_too", "later_too",
    "count", "day", "days", "decade", "earlier_unknown", "empty", "from_when", "future", "in_period", "in_time",
    "kind", "long",
    "malformed", "mode_after", "mode_before", "mode_by", "month", "months", "more_said", "mutual_neither", "mutual_no",
    "mutual_yes", "no_history", "no_longer", "no_match",
    "no_period", "no_reason", "no_record", "no_such_date", "no_row", "none_changed", "none_over", "not_each",
    "none_over_settled", "not_existing", "not_whole", "not_whole_no", "old", "on_day", "once", "once_so",
    "open_list", "opinion_only", "overview", "pronoun", "ranked", "ranked_still", "said_ever", "said_mutual", "said_of",
    "said_rank", "said_without", "says", "self", "side", "since_word", "small_talk", "statement", "stranger",
    "those", "those_none", "those_not",
    "too_long", "two_questions", "unsure", "until_word", "when_unknown", "year", "years",
})  # fmt: skip


def _complete(messages: dict[str, str]) -> dict[str, str]:
    missing = sorted(MESSAGES - set(messages))
    if missing:
        raise ValueError(f"these messages are missing: {', '.join(missing)}")
    return messages


class ConstructionModel(Strict):
    """Ways to ask that many relations share, around clauses that each of them has of its own."""

    say: Lines = []
    claims: Lines = []


class ConcessionsModel(Strict):
    """What is conceded in passing: how it begins, and how an aside between marks ends that is one."""

    heads: Lines = []
    ends: Lines = []


class SpeakerModel(Strict):
    """How somebody says for whom they speak: before the name, behind it; and the words that then name it."""

    before: Lines = []
    alone: Lines = []
    after: Lines = []
    articles: Lines = []
    fillers: Lines = []
    follows: Lines = []
    words: Lines = []
    named: Lines = []
    selves: Lines = []


# Every text that a question made of a fact may need; knowledge/README.md says which is which.
STUDY_TEXTS = frozenset({
    "anything", "disputed", "false", "name", "no", "not", "order", "order_back", "since", "stand", "term", "true",
    "until", "whether", "which", "yes",
})  # fmt: skip


def _all_texts(texts: dict[str, str]) -> dict[str, str]:
    missing, unknown = sorted(STUDY_TEXTS - set(texts)), sorted(set(texts) - STUDY_TEXTS)
    if missing or unknown:
        said = [f"missing: {', '.join(missing)}"] * bool(missing) + [f"unknown: {', '.join(unknown)}"] * bool(unknown)
        raise ValueError(f"these texts are {'; '.join(said)}")
    return texts


class TypedModel(Strict):
    """What somebody may type for an answer, and before one."""

    yes: Lines
    no: Lines
    disputed: Lines
    before: Lines = []


class StudyModel(Strict):
    """The words of questions that are made of facts, for quizzes and decks."""

    texts: Annotated[dict[Word, Sentence], AfterValidator(_all_texts)]
    typed: TypedModel
    undated: list[Word] = []


class SharedFile(Strict):
    """knowledge/intents/<language>/_shared.yaml"""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    rules: dict[Word, Lines]
    constructions: dict[Word, ConstructionModel] = {}
    contractions: dict[str, str]
    spelling: dict[str, str]
    rewrites: dict[str, str] = {}
    run_together: Lines = []
    never_names: Lines = []
    small_talk: Lines = []
    helping: HelpingModel = HelpingModel()
    orders: OrdersModel = OrdersModel()
    joins: Lines = []
    pair: Lines = []
    links: Lines = []
    resumptive: Lines = []
    tails: Lines = []
    abbreviations: Lines = []
    alternatives: Lines = []
    prepositions: Lines = []
    premises: Lines = []
    restarts: Lines = []
    halving: Lines = []
    settings: Lines = []
    remarks: Lines = []
    concessions: ConcessionsModel = ConcessionsModel()
    speaker: SpeakerModel = SpeakerModel()
    skip: Lines
    kept: Lines = []
    lead: Lines
    false_lead: Lines
    tags: Lines
    openers: Lines
    negators: Lines
    pronouns: Lines
    drop_stops: Lines
    chatter_stops: Lines
    around: AroundModel
    sets: SetsModel | None = None
    time: TimeModel
    follow: FollowModel
    messages: Annotated[dict[Word, Sentence], AfterValidator(_complete)]
    verdicts: dict[Word, str]
    study: StudyModel | None = None
