"""What came of showing or saving a change: plain values that a surface puts into words, or shows as they are."""

from dataclasses import dataclass, field

from bot.answers.answer import Answer
from bot.curation.drafts import AnyDraft, Change
from bot.engine import Engine
from bot.knowledge.problems import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as its file has it now. `digest` is what a draft's `base` must hold."""

    entry: str  # `fact`, `entity` or `intent`
    id: str
    path: str
    line: int
    text: str
    digest: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question whose answer changes: the texts before and after; empty where it was, or will be, not answered."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A change as it would be, against the files as they are now. Nothing was written.

    `draft` has its `base` filled in, so that saving it is refused if the entry changes in between. `answer` is the card
    as it will read, `before` as it reads now (None where the fact does not speak). `problems` are those that the change
    would bring; with an error among them it cannot be saved. `diff` is the unified diff of all files. `engine`
    answers as it would be; None where it would be unsound.
    """

    draft: AnyDraft
    fact: str
    path: str
    answer: Answer | None
    before: Answer | None
    reworded: tuple[Reworded, ...]
    problems: tuple[Problem, ...]
    diff: str
    engine: Engine | None = field(default=None, repr=False, compare=False)

    @property
    def sound(self) -> bool:
        """Whether it can be saved."""
        return not any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Saved:
    """It is in the files, in the journal, and served. `notes` tell what is still to come (git, the trail)."""

    change: Change
    diff: str
    notes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, because of these problems."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(problem.message for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was changed, for somebody else changed the entry since. `now` is how it is; None where it is gone."""

    fact: str
    now: Shown | None
    by: Change | None = None

    def __str__(self) -> str:
        who = f" by {self.by.curator_name}" if self.by else ""
        what = "was changed" if self.now else "is no longer there; it was taken out"
        return f"'{self.fact}' {what}{who} since you saw it. Look at it again, and decide."


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be saved, for a reason outside the knowledge base: what happened, and what to do about it.

    `whole` says whether the files are as they were. Where they are not, the change is completed at the next save or
    start, and what was served before is served on.
    """

    happened: str
    mend: str
    whole: bool = True

    def __str__(self) -> str:
        state = "The knowledge base is whole; nothing was changed." if self.whole else (
            "The change is written in part, and will be completed at the next save or start; "
            "until then everything is answered as before."
        )  # fmt: skip
        return f"{self.happened}. {state} {self.mend}"


Outcome = Saved | Refused | Conflict | Failed


@dataclass(frozen=True, slots=True)
class Recovered:
    """What start-up did with changes that were cut off; `told` says so in sentences, none where there was nothing."""

    completed: tuple[Change, ...] = ()
    dropped: tuple[Change, ...] = ()
    stuck: tuple[Change, ...] = ()
    told: tuple[str, ...] = ()
