"""The intents as the reader sees them: what each asks, which kinds its places take."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.compiled import place_kinds
from bot.questions.query import Query
from bot.questions.tables import PARTICIPANT_PLACES

_DATED = {"until": ("when", "until"), "how_long": ("how_many", "duration")}


@dataclass(frozen=True, slots=True)
class Intent:
    """One rule of the language files. `bound` are the participants that each of its lines names."""

    id: str
    relation: str
    form: str
    detail: str | None
    date: str
    change: str | None
    pick: str | None
    negated: bool
    ever: bool
    fixed: dict[str, str]
    stands: dict[str, str]
    kinds: dict[str, frozenset[str]]
    bound: frozenset[str]
    after: frozenset[str]
    examples: tuple[Any, ...]
    mutual: bool = False

    @property
    def plain(self) -> bool:
        """Whether it asks for the statement itself, not for a detail, change, rank, selection or the contrary."""
        special = self.detail or self.change or self.pick or self.negated or self.stands or self.mutual
        return not special and not self.bound & {"minus", "among"}


class Intents:
    """All intents by id, and the one that words a query of a given shape."""

    def __init__(self, kb: KnowledgeBase, bound: Mapping[str, Sequence[str]]) -> None:
        self.by_id: dict[str, Intent] = {}
        self._of_relation: dict[str, list[Intent]] = defaultdict(list)
        self._kinds = {id_: entity.kind for id_, entity in kb.entities.items()}
        for row in kb.intents:
            for id_, intent in row["intents"].items():
                made = self._make(kb, row["relation"], id_, intent, frozenset(bound.get(id_, ())))
                self.by_id[id_] = made
                self._of_relation[row["relation"]].append(made)

    def _make(self, kb: KnowledgeBase, relation: str, id_: str, intent: Any, bound: frozenset[str]) -> Intent:
        asks = intent["asks"]
        kinds = {place: place_kinds(kb, relation, intent, place) for place in PARTICIPANT_PLACES}
        if "minus" not in intent.get("kinds", {}):
            kinds["minus"] = kinds["object"]
        return Intent(
            id_, relation, asks["form"], asks.get("detail"), asks.get("date") or "since", asks.get("change"),
            asks.get("pick"), asks.get("negated") == "yes", asks.get("ever") == "yes", dict(intent.get("fixed", {})),
            dict(intent.get("stands", {})), kinds, bound, frozenset(intent.get("after", ())),
            tuple(intent.get("examples", ())), asks.get("mutual") == "yes",
        )  # fmt: skip

    def for_shape(self, query: Query, form: str) -> Intent | None:
        """The plain intent of a query's relation for a form, with the same places open as the query has.

        Besides the forms proper, `until` asks when it ended and `how_long` for how long it has been so.
        """
        form, date = _DATED.get(form, (form, "since"))
        have = {p for p in ("subject", "object") if getattr(query, p)}
        plain = [i for i in self._of_relation[query.relation] if i.plain and i.form == form and i.date == date]
        exact = [i for i in plain if i.bound == have and i.fixed.items() <= query.narrows.items()]
        exact.sort(key=lambda i: -len(i.fixed))  # one for the very narrowing asked about words it best
        named = [i for i in plain if "named" in i.bound and i.bound - have == {"named"}] if query.named else []
        named = [i for i in named if self._kinds[query.named] in i.kinds["named"]] if query.named else []
        named.sort(key=lambda i: len(i.bound))
        return next(iter((*named, *exact)), None)

    def for_pick(self, query: Query, pick: str) -> Intent | None:
        """The intent that asks who of all was the first or the last, for a query whose object stands."""
        fitting = (i for i in self._of_relation[query.relation] if i.pick == pick and i.form == "which")
        return next((i for i in fitting if i.bound == {"object"} and not i.fixed), None)

    def for_group(self, query: Query) -> Intent | None:
        """The intent that asks which of a group, for a query whose object stands."""
        fitting = (i for i in self._of_relation[query.relation] if i.form == "which" and i.bound == {"among", "object"})
        return next((i for i in fitting if not (i.detail or i.change or i.pick or i.negated or i.fixed)), None)

    def of_relation(self, relation: str) -> list[Intent]:
        """The intents of a relation, in the file's order."""
        return self._of_relation[relation]
