"""Sets in the place that a question leaves open: whether a line can have one, and the query that chooses from it.

Comes in: what a parse bound, and the queries built without it. Goes out: the queries with those to choose from, those
left out and the rank, where kinds fit; or the gate that refused them. How sets are found is `sets.py`.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.intents import Intent, Intents
from bot.questions.lattice import Mention
from bot.questions.match import Parse
from bot.questions.query import Query
from bot.questions.sets import ALSO, AMONG, EITHER, OF, RANK, WITHOUT

EFFECTS = (OF, WITHOUT, RANK, ALSO, EITHER)
FIRST = "first"
LATER = datetime.date(9000, 1, 1)  # who belongs to a group and never left it
ROLES = frozenset({"subject", "object"})
LISTS = ("which", "how_many")


@dataclass(frozen=True, slots=True)
class Built:
    """The queries of a parse (more than one: a name was ambiguous), or the gate that shut."""

    queries: tuple[Query, ...]
    gate: str = ""
    intent: Intent | None = None


class Choosing:
    """Applies sets to queries. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, intents: Intents) -> None:
        self.kb, self.intents = kb, intents

    def misplaced(self, parse: Parse, intent: Intent) -> str:
        """The gate for a set, or for somebody left out, of a question that has no place to choose for."""
        said = [place for place, _ in parse.bindings if place in (*EFFECTS, "among")]
        if len(set(said)) < len(said) or {AMONG, OF} <= set(said):
            return "kind"  # of two sets one would be dropped: "African members of the league"
        if not set(said) - intent.bound:
            return ""
        if ALSO in said:
            return "" if said == [ALSO] and self._of_each(intent) else "kind"
        if EITHER in said:
            plain = intent.plain and intent.form == "whether" and intent.date == "since" and not intent.fixed
            return "" if said == [EITHER] and plain and intent.bound == ROLES else "kind"
        if RANK in said and not (intent.pick == FIRST and intent.form == "which"):
            return "kind"
        plain = not intent.detail and intent.date == "since" and "named" not in intent.bound
        both = intent.bound >= ROLES
        whole = intent.form == "whether" and intent.pick and both and set(said) <= {AMONG, RANK}
        ok = plain and intent.form in (*LISTS, "whether") and (whole or len(ROLES & intent.bound) == 1)
        return "" if ok else "kind"

    def _of_each(self, intent: Intent) -> bool:
        """Whether the statement may be asked of each of several: of pairs, and only whether it is so."""
        relation = self.kb.relations[intent.relation]
        plain = intent.plain and intent.date == "since" and "named" not in intent.bound
        paired = not (relation.symmetric or relation.several or relation.digest or relation.needs_text)
        asked = intent.bound >= ROLES if intent.form == "whether" else intent.form in LISTS
        return plain and paired and asked

    def fitting(self, built: Built) -> Built:
        """The queries without those that choose from a group none of whose members could stand in the open place."""
        found = []
        for query in built.queries:
            roles = self.kb.relations[query.relation].roles
            kinds = roles[0] if not query.subject else roles[1] if not query.object else (*roles[0], *roles[1])
            members = self.kb.members(query.among, LATER) if query.among else ()
            if not query.among or any(self.kb.entities[e].kind in kinds for e in members):
                found.append(query)
        return replace(built, queries=tuple(found), gate=built.gate if found else built.gate or "kind")

    def narrowed(self, built: Built, chosen: Mapping[str, Any]) -> Built:
        """The queries with those to choose from and those left out, where their kinds fit the open place."""
        found = []
        for query in built.queries:
            place = "object" if query.subject else "subject"
            kinds = self.kb.relations[query.relation].roles[0 if place == "subject" else 1]
            held: dict[str, tuple[str, ...]] = {}
            for name in (OF, WITHOUT):
                told = [[e for e in m.entities if self.kb.entities[e].kind in kinds] for m in chosen.get(name, ())]
                if any(len(options) != 1 for options in told):
                    break
                held[name] = tuple(dict.fromkeys(options[0] for options in told))
            else:
                if set(held[OF]) & {*held[WITHOUT], *query.participants()}:
                    return Built((), "self", built.intent)
                rank = chosen.get(RANK, query.rank)
                found.append(replace(query, of=held[OF] or None, without=held[WITHOUT] or None, rank=rank))
        return Built(tuple(found), built.gate if found else built.gate or "kind", built.intent)

    def of_either(self, built: Built, others: Sequence[Mention]) -> Built:
        """Of whom a statement about the first of several is asked, to choose from: "does A owe B or C?" is which."""
        found = []
        for query in built.queries:
            asked = replace(query, form="which", object=None)
            intent = self.intents.for_shape(asked, "which")
            kinds = self.kb.relations[query.relation].roles[1]
            told = [[e for e in m.entities if self.kb.entities[e].kind in kinds] for m in others]
            if intent is None or any(len(options) != 1 for options in told):
                continue
            of = tuple(dict.fromkeys((*(query.object or ()), *(options[0] for options in told))))
            if len(of) > 1 and not set(of) & set(query.subject or ()):
                found.append(replace(asked, of=of, rule=intent.id))
        return Built(tuple(found), "" if found else built.gate or "kind", built.intent)
