"""An answer while it is being written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.answers.find import Finding
from bot.knowledge.records import Coverage, Fact
from bot.questions.query import Query


@dataclass(slots=True)
class Draft:
    """An answer while it is being written; collects what it rests on, each once, in order."""

    query: Query
    parts: list[str] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    coverages: dict[str, str] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    caveats: list[str] = field(default_factory=list)

    def rest_on(self, facts: Iterable[Fact]) -> None:
        """Note facts that the text rests on."""
        for fact in facts:
            self.facts[fact.id] = fact
            self.sources.update(dict.fromkeys(fact.sources))
            self.dates.append(fact.as_of)

    def rest_on_finding(self, finding: Finding) -> None:
        """Note what a finding rests on."""
        self.rest_on(finding.facts)
        self.rest_on_coverage(finding.coverage)

    def rest_on_coverage(self, coverage: Coverage | None) -> None:
        """Note a complete list that the text rests on."""
        if coverage is not None:
            self.coverages[coverage.id] = coverage.as_of
            self.sources.update(dict.fromkeys(coverage.sources))
            self.dates.append(coverage.as_of)

    def say(self, text: str | None) -> None:
        """Add a sentence, once."""
        if text and text not in self.parts:
            self.parts.append(text)
