"""Follow-ups: a fragment (*and Israel?*, *since when?*) edits the last question of the same person.

Comes in: a fragment's lattice and the last query. Goes out: the queries it may mean; nothing if a word is left over.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.intents import Intent, Intents
from bot.questions.lattice import Lattice, Mention
from bot.questions.placing import PLACES, Placer
from bot.questions.query import At, Query
from bot.questions.sets import AMONG
from bot.questions.spelling import Spelling
from bot.questions.tables import EVER, NAME, NOT, NOW, PRONOUN, SKIP, TAG, VALUE
from bot.questions.templates import TemplateError, expand_phrase
from bot.questions.text import CLAUSE_MARKS

LISTS = ("which", "how_many")


@dataclass(slots=True)
class Edit:
    """What a fragment changes."""

    mentions: list[Mention] = field(default_factory=list)
    form: str | None = None
    at: At | None = None
    now: bool = False
    ever: bool = False
    swap: bool = False
    others: bool = False
    further: bool = False
    negated: bool = False
    affirmed: bool = False  # "how many do?" after "which of them do not?"
    refused: int = -1
    dropped: Mention | None = None
    again: bool = False
    pick: str | None = None
    topic: str | None = None
    narrows: dict[str, str] = field(default_factory=dict)
    group: str | None = None
    joined: bool = False
    as_subject: bool = False
    as_object: bool = False
    agent: int = -1  # which of the mentions is the one by whom it is done

    def places(self) -> tuple[str, ...]:
        """The places that a single name may take."""
        if self.as_subject:
            return ("subject",)
        return ("object",) if self.as_object else ("subject", "object")

    def asks_otherwise(self) -> bool:
        """Whether it asks for something else than the question before, not only of somebody else."""
        return bool(self.form or self.others or self.further or self.pick or self.topic or self.group)

    def empty(self) -> bool:
        """Whether nothing would change."""
        said = self.mentions or self.form or self.at or self.pick or self.topic or self.narrows
        return not (said or self.now or self.ever or self.swap or self.others or self.further or self.again)


class Follower:
    """Reads fragments. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, intents: Intents, spelling: Spelling) -> None:
        self.kb, self.intents, self.spelling = kb, intents, spelling
        follow: Mapping[str, Any] = kb.shared.get("follow", {})
        self.phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)  # by their first word
        self.object_words = frozenset(follow.get("object_words", ()))
        self.auxiliaries = frozenset(follow.get("auxiliaries", ()))
        self.subject_words = frozenset((*follow.get("auxiliaries", ()), *follow.get("subject_words", ())))
        self.agent_words = frozenset(follow.get("agent_words", ()))
        self.agents_either = frozenset(follow.get("agents_either", ()))
        self.joining = frozenset((*kb.shared.get("pair", ()), *CLAUSE_MARKS))
        self.placer = Placer(kb, follow.get("alike", ()))
        for kind in ("fillers", "swap", "others", "further", "again"):
            self._add(kind, "", follow.get(kind, ()))
        for kind, key in (("form", "forms"), ("pick", "picks"), ("topic", "topics")):
            for payload, phrases in follow.get(key, {}).items():
                self._add(kind, payload, phrases)

    def _add(self, kind: str, payload: str, phrases: Sequence[str]) -> None:
        for phrase in phrases:
            for words in _ways(phrase):
                self.phrases[words[0]].append((words, kind, payload))

    def read(self, lattice: Lattice, last: Query) -> list[Query]:
        """The queries that a fragment may turn the last one into."""
        edit = self._edit(lattice, last)
        if edit is None or edit.empty() or len(edit.mentions) > 2:
            return []
        found = [made for base in self._about(last, edit) for query in self._with_names(base, edit)
                 if (made := self._with_form(query, edit)) is not None]  # fmt: skip
        return list({query.key(): query for query in found}.values())

    def _edit(self, lattice: Lattice, last: Query) -> Edit | None:
        """The changes that a fragment names, or None if a word is left over or they do not go together."""
        edit, at = Edit(), 0
        while at < len(lattice.words):
            after = self._time(lattice, at, edit) or self._phrase(lattice, at, edit)
            after = after or self._edge(lattice, at, edit, last)
            if not after:
                return None
            at = after
        said = [word for word in lattice.words if word not in CLAUSE_MARKS]
        edit.affirmed = bool(said) and said[-1] in self.auxiliaries and not edit.negated
        listing = edit.others or edit.pick or edit.further
        if listing and (edit.mentions or edit.topic or edit.form not in (None, "which") or edit.ever):
            return None  # "who else does A …" asks for the other place, or about somebody else
        if edit.negated and (edit.pick or edit.form in ("when", "how_long", "until")):
            return None  # "since when not?" asks for an end
        if edit.dropped and not edit.mentions:
            edit.mentions, edit.dropped = [edit.dropped], None
        return edit

    def _time(self, lattice: Lattice, at: int, edit: Edit) -> int:
        times = [e for e in lattice.edges[at] if e.kind == "time"]
        if not times or edit.at is not None:
            return 0
        longest = max(times, key=lambda e: e.end)
        edit.at = longest.payload
        return longest.end

    def _phrase(self, lattice: Lattice, at: int, edit: Edit) -> int:
        spelt = [word for word, _ in self.spelling.alternatives(lattice.words[at])]
        begun = [entry for word in spelt for entry in self.phrases.get(word, ())]
        for phrase, kind, payload in sorted(begun, key=lambda entry: len(entry[0]), reverse=True):
            if not self._stands(lattice, at, phrase):
                continue
            if kind in ("form", "pick", "topic"):
                if getattr(edit, kind) not in (None, payload):
                    return 0
                setattr(edit, kind, payload)
            elif kind != "fillers":
                setattr(edit, kind, True)
            return at + len(phrase)
        return 0

    def _stands(self, lattice: Lattice, at: int, phrase: Sequence[str]) -> bool:
        if at + len(phrase) > len(lattice.words):
            return False
        return all(
            any(word == wanted for word, _ in self.spelling.alternatives(lattice.words[k]))
            for k, wanted in enumerate(phrase, at)
        )

    def _edge(self, lattice: Lattice, at: int, edit: Edit, last: Query) -> int:
        ranked = sorted(lattice.edges[at], key=lambda e: (e.kind == NAME, e.end), reverse=True)
        for edge in ranked:
            if edge.effects:  # "which members of it do?": of sets, a group alone may be a fragment
                if len(edge.effects) > 1 or edge.effects[0][0] != AMONG or edit.mentions:
                    continue
                edit.mentions.append(edge.effects[0][1])
                return edge.end
            if edge.kind == NAME:
                if edit.refused == at and edit.dropped is None:  # "B, not A"
                    edit.dropped = edge.payload
                    return edge.end
                before = lattice.words[at - 1] if at else ""
                edit.as_subject = before in self.subject_words
                edit.as_object = before in self.object_words
                edit.joined = bool(edit.mentions) and before in self.joining
                if before in self.agent_words:
                    edit.agent = len(edit.mentions)
                edit.mentions.append(edge.payload)
            elif edge.kind == VALUE:
                place, value = edge.payload
                if value not in self.kb.relations[last.relation].narrows.get(place, ()) or place in edit.narrows:
                    continue
                edit.narrows[place] = value
            elif edge.kind == NOW:
                edit.now = True
            elif edge.kind == EVER or (edge.kind == NOT and edge.payload):
                edit.ever = True
            elif edge.kind == NOT:
                edit.negated, edit.refused = True, edge.end
            elif edge.kind not in ("mark", SKIP, TAG, PRONOUN):
                continue
            return edge.end
        return 0

    def _about(self, last: Query, edit: Edit) -> list[Query]:
        """The last query, or what another relation says of the same two.

        Who of two without order comes first in the other relation is not said: then both ways are meant.
        """
        if edit.topic is None:
            return [last]
        new = self.kb.relations[edit.topic].roles
        form = last.form if last.subject is None or last.object is None else "whether"
        query = replace(last, relation=edit.topic, form=form, narrows={}, named=None, negated=False, ever=False)
        either = self.kb.relations[last.relation].symmetric and not self.kb.relations[edit.topic].symmetric
        ways = [query, query.turned()] if either else [query]
        return [way for way in ways if all(
            self.kb.entities[e].kind in kinds for place, kinds in zip((way.subject, way.object), new, strict=True)
            for e in place or ()
        )]  # fmt: skip

    def _with_names(self, last: Query, edit: Edit) -> list[Query]:
        query = last.turned() if edit.swap else last
        if edit.others or edit.pick:
            among = query.among if edit.negated else None  # "and which do not?": of the same
            query = replace(query, subject=None, form="which", negated=edit.negated, ever=False, among=among)
        if edit.further:
            query = replace(query, object=None, form="which", negated=edit.negated, ever=False)
        if edit.at is not None or edit.now:
            query = replace(query, at=edit.at, ever=False)
        if edit.ever:
            query = replace(query, at=None, ever=True)
        if edit.narrows:
            query = replace(query, narrows={**query.narrows, **edit.narrows})
        if not edit.mentions:
            return [query]
        query = replace(query, named=None)
        if len(edit.mentions) == 2:
            return self._replace_both(query, edit)
        groups = [e for e in edit.mentions[0].entities if self.kb.entities[e].kind == "group"]
        if groups and query.object:
            edit.group = groups[0]
            return [replace(query, subject=None, form="which", among=edit.group, ever=False)]
        places: Sequence[str] = edit.places()
        if edit.agent >= 0 and not self.kb.relations[query.relation].symmetric:
            each = [self.placer.place(query, edit.mentions[0].entities, [place]) for place in self._agents(query)]
            return [made for one in each for made in one]
        if edit.dropped is not None:
            held = [p for p in places if set(getattr(query, p) or ()) & set(edit.dropped.entities)]
            return self.placer.place(query, edit.mentions[0].entities, held)
        return self.placer.place(query, edit.mentions[0].entities, places)

    def _replace_both(self, query: Query, edit: Edit) -> list[Query]:
        """Two names for the two places; two names joined by "and" where order counts are two questions."""
        relation, mentions = self.kb.relations[query.relation], edit.mentions
        if edit.dropped is not None:
            return []
        if edit.joined and not relation.symmetric and not query.mutual:
            each = [self.placer.place(query, mention.entities, PLACES) for mention in mentions]
            return [made for one in each for made in one] if all(each) else []
        ways = [mentions]
        if edit.agent == 1 and not relation.symmetric:
            ways = [mentions[::-1], *([mentions] if len(self._agents(query)) > 1 else [])]
        return [
            replace(query, subject=(one,), object=(two,))
            for first, second in ways
            for one in self._fitting(first, relation.roles[0])
            for two in self._fitting(second, relation.roles[1])
            if one != two
        ]

    def _agents(self, query: Query) -> Sequence[str]:
        """The places of the one by whom it is done: of a sale both, for things are sold and bought by somebody."""
        return PLACES if query.relation in self.agents_either else PLACES[:1]

    def _fitting(self, mention: Mention, kinds: Sequence[str]) -> list[str]:
        return [e for e in mention.entities if self.kb.entities[e].kind in kinds]

    def _with_form(self, query: Query, edit: Edit) -> Query | None:
        """The query under the intent that words its form; a question of its own kind (a share, a first) keeps its."""
        if edit.ever and (edit.form or query.form) != "whether":
            return None
        held = self.intents.by_id.get(query.rule)
        fits = held is not None and all(held.fixed.get(place, value) == value for place, value in edit.narrows.items())
        if fits and not edit.asks_otherwise():
            return query
        if held is not None and held.change and held.form in LISTS and edit.asks_otherwise():
            return None  # "who left it?", "how many?" is not how many there are
        if query.form in LISTS or edit.form in LISTS:
            inherited = query.negated and query.form in LISTS and not edit.affirmed
            query = replace(query, negated=edit.negated or inherited, mutual=False)
        for asked in self._shapes(query, edit):
            intent = self._intent(asked, edit)
            if intent is not None:
                worded = replace(asked, form=intent.form, date=intent.date, pick=intent.pick, rule=intent.id)
                return replace(worded, detail=None, change=None, premise=False)
        return None

    def _shapes(self, query: Query, edit: Edit) -> list[Query]:
        """The query, and where that cannot be asked of two: of all who do ("how many do?"), or from the other side."""
        if edit.form in LISTS and query.subject and query.object:
            return [query, replace(query, subject=None)]
        if edit.further and self.kb.relations[query.relation].symmetric:
            return [query, query.turned()]
        return [query]

    def _intent(self, query: Query, edit: Edit) -> Intent | None:
        if edit.pick:
            return self.intents.for_pick(query, edit.pick)
        if edit.group:
            return self.intents.for_group(query)
        form = edit.form or query.form
        found = self.intents.for_shape(query, form)
        if found is None and form == "how_long":
            found = self.intents.for_shape(query, "when")
        return found


def _ways(phrase: str) -> list[tuple[str, ...]]:
    """The word sequences of a phrase; one that is wrong was told of when the language was compiled."""
    try:
        return [tuple(" ".join(way).split()) for way in expand_phrase(phrase)]
    except TemplateError:
        return []
