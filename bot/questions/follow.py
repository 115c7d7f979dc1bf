"""Follow-ups: a fragment (*and Israel?*, *since when?*) edits the last question of the same person.

Comes in: a fragment's lattice and the last query. Goes out: the queries it may mean; nothing if a word is left over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.compiled import EVER, NAME, NOT, NOW, PRONOUN, SKIP, TAG
from bot.questions.intents import Intents
from bot.questions.lattice import Lattice, Mention
from bot.questions.query import At, Query
from bot.questions.spelling import Spelling


@dataclass(slots=True)
class Edit:
    """What a fragment changes."""

    mentions: list[Mention] = field(default_factory=list)
    form: str | None = None
    at: At | None = None
    now: bool = False
    swap: bool = False
    others: bool = False
    as_subject: bool = False
    as_object: bool = False

    def places(self) -> tuple[str, ...]:
        """The places that a single name may take."""
        if self.as_subject:
            return ("subject",)
        return ("object",) if self.as_object else ("subject", "object")

    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.mentions or self.form or self.at or self.now or self.swap or self.others)


class Follower:
    """Reads fragments. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, intents: Intents, spelling: Spelling) -> None:
        self.kb, self.intents, self.spelling = kb, intents, spelling
        follow: Mapping[str, Any] = kb.shared.get("follow", {})
        self.phrases: list[tuple[tuple[str, ...], str, str]] = []
        self.object_words = frozenset(follow.get("object_words", ()))
        self.auxiliaries = frozenset(follow.get("auxiliaries", ()))
        self.alike = frozenset(follow.get("alike", ()))
        for kind in ("fillers", "swap", "others"):
            self.phrases += [(tuple(p.split()), kind, "") for p in follow.get(kind, ())]
        for form, phrases in follow.get("forms", {}).items():
            self.phrases += [(tuple(p.split()), "form", form) for p in phrases]
        self.phrases.sort(key=lambda phrase: len(phrase[0]), reverse=True)

    def read(self, lattice: Lattice, last: Query) -> list[Query]:
        """The queries that a fragment may turn the last one into."""
        edit = self._edit(lattice)
        if edit is None or edit.empty() or len(edit.mentions) > 2:
            return []
        return [made for query in self._with_names(last, edit) if (made := self._with_form(query, edit)) is not None]

    def _edit(self, lattice: Lattice) -> Edit | None:
        """The changes that a fragment names, or None if a word is left over."""
        edit, at = Edit(), 0
        while at < len(lattice.words):
            after = self._time(lattice, at, edit) or self._phrase(lattice, at, edit) or self._edge(lattice, at, edit)
            if not after:
                return None
            at = after
        return edit

    def _time(self, lattice: Lattice, at: int, edit: Edit) -> int:
        times = [e for e in lattice.edges[at] if e.kind == "time"]
        if not times or edit.at is not None:
            return 0
        longest = max(times, key=lambda e: e.end)
        edit.at = longest.payload
        return longest.end

    def _phrase(self, lattice: Lattice, at: int, edit: Edit) -> int:
        for phrase, kind, payload in self.phrases:
            if not self._stands(lattice, at, phrase):
                continue
            if kind == "form":
                if edit.form not in (None, payload):
                    return 0
                edit.form = payload
            elif kind == "swap":
                edit.swap = True
            elif kind == "others":
                edit.others = True
            return at + len(phrase)
        return 0

    def _stands(self, lattice: Lattice, at: int, phrase: Sequence[str]) -> bool:
        if at + len(phrase) > len(lattice.words):
            return False
        return all(
            any(word == wanted for word, _ in self.spelling.alternatives(lattice.words[k]))
            for k, wanted in enumerate(phrase, at)
        )

    def _edge(self, lattice: Lattice, at: int, edit: Edit) -> int:
        plain = (e for e in lattice.edges[at] if not e.effects)  # a set is no fragment
        ranked = sorted(plain, key=lambda e: (e.kind == NAME, e.end), reverse=True)
        for edge in ranked:
            if edge.kind == NAME:
                before = lattice.words[at - 1] if at else ""
                edit.as_subject = before in self.auxiliaries
                edit.as_object = before in self.object_words
                edit.mentions.append(edge.payload)
            elif edge.kind == NOW:
                edit.now = True
            elif edge.kind not in ("mark", SKIP, EVER, TAG, PRONOUN, NOT):
                continue
            return edge.end
        return 0

    def _with_names(self, last: Query, edit: Edit) -> list[Query]:
        query = last.turned() if edit.swap else last
        if edit.others:
            query = replace(query, subject=None, form="which", negated=False)
        if edit.at is not None or edit.now:
            query = replace(query, at=edit.at)
        if not edit.mentions:
            return [query]
        query = replace(query, named=None)
        if len(edit.mentions) == 2:
            return self._replace_both(query, edit.mentions)
        return self._replace_one(query, edit.mentions[0], edit.places())

    def _replace_both(self, query: Query, mentions: Sequence[Mention]) -> list[Query]:
        relation = self.kb.relations[query.relation]
        return [
            replace(query, subject=(one,), object=(two,))
            for one in self._fitting(mentions[0], relation.roles[0])
            for two in self._fitting(mentions[1], relation.roles[1])
            if one != two
        ]

    def _replace_one(self, query: Query, mention: Mention, places: Sequence[str]) -> list[Query]:
        """Put a name where it belongs: for the participant it is confused with, or that is of its kind."""
        relation = self.kb.relations[query.relation]
        options: list[tuple[int, Query]] = []
        for place, kinds in zip(("subject", "object"), relation.roles, strict=True):
            held: tuple[str, ...] | None = getattr(query, place)
            if held is None or len(held) > 1 or place not in places:
                continue
            for entity in self._fitting(mention, kinds):
                if entity in query.participants():
                    continue
                changed = replace(query, subject=(entity,)) if place == "subject" else replace(query, object=(entity,))
                options.append((self._likeness(entity, held[0]), changed))
        best = max((likeness for likeness, _ in options), default=0)
        return [query for likeness, query in options if likeness == best]

    def _likeness(self, one: str, two: str) -> int:
        a, b = self.kb.entities[one], self.kb.entities[two]
        if two in a.confusable_with or one in b.confusable_with:
            return 3
        return 2 if a.kind == b.kind or {a.kind, b.kind} <= self.alike else 1

    def _fitting(self, mention: Mention, kinds: Sequence[str]) -> list[str]:
        return [e for e in mention.entities if self.kb.entities[e].kind in kinds]

    def _with_form(self, query: Query, edit: Edit) -> Query | None:
        """The query under the intent that words its form; a question of its own kind (a share, a first) keeps its."""
        changed = bool(edit.form or edit.others)
        if not changed and query.rule in self.intents.by_id:
            return query
        intent = self.intents.for_shape(query, edit.form or query.form)
        if intent is None:
            return None
        return replace(
            query,
            form=intent.form,
            date=intent.date,
            detail=None,
            change=None,
            pick=None,
            rule=intent.id,
            premise=False,
        )
