"""The words of a quiz, as the knowledge base's `study:` section has them."""

from collections.abc import Mapping
from typing import Any

from bot.answers.words import fill
from bot.knowledge.base import KnowledgeBase


class Phrases:
    """Templates and word lists. Without a `study:` section there is nothing to ask with: `there` is False."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._row: Mapping[str, Any] = kb.shared.get("study") or {}

    @property
    def there(self) -> bool:
        """Whether questions can be worded at all."""
        return bool(self._row)

    def say(self, key: str, **values: str) -> str:
        """A template of the section, filled."""
        return fill(str(self._row["texts"][key]), values)

    def words(self, key: str) -> tuple[str, ...]:
        """Words that somebody may type for `yes`, `no` or `disputed`, or `before` an answer."""
        return tuple(self._row["typed"].get(key, ()))

    def undated(self, relation: str) -> bool:
        """Whether a relation's dates are not asked: it may be true again of the same two, on days that nobody noted."""
        return relation in self._row.get("undated", ())
