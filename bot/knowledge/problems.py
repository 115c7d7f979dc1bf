"""What is wrong with a knowledge folder, said so that a person can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place. `severity` is `error` (the knowledge is not served) or `warning`."""

    path: str
    line: int
    message: str
    hint: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        mend = f"; {self.hint}" if self.hint else ""
        kind = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}: {kind}{self.message}{mend}"


class KnowledgeError(Exception):
    """The knowledge folder cannot be served; `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problem(s) in the knowledge base")


class FolderError(Exception):
    """The knowledge folder cannot be read at all (missing, empty, not a folder, no permission)."""
