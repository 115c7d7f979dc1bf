"""Turns a parse into queries: mentions become entities whose kind fits the place, pronouns what was spoken of.

Comes in: a Parse, the last query. Goes out: every query that the parse may mean, or the gate that refused it.
"""

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.intents import Intent, Intents
from bot.questions.lattice import Mention
from bot.questions.match import ELIDED, Parse
from bot.questions.query import Query
from bot.questions.sets import ALSO, AMONG, EITHER, OF, RANK, WITHOUT

MAX_COMBINATIONS = 12
EFFECTS = (OF, WITHOUT, RANK, ALSO, EITHER)
FIRST = "first"
LATER = datetime.date(9000, 1, 1)  # who belongs to a group and never left it
ROLES = frozenset({"subject", "object"})
LISTS = ("which", "how_many")
CHANGING = ("in", "after", "since")  # the times within which something may change


@dataclass(frozen=True, slots=True)
class Built:
    """The queries of a parse (more than one: a name was ambiguous), or the gate that shut."""

    queries: tuple[Query, ...]
    gate: str = ""
    intent: Intent | None = None


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Who may be meant by a pronoun: `topic`, named just before it, else who the question before was about."""

    topic: tuple[str, ...]
    previous: Query | None

    def holder(self, place: str) -> tuple[str, ...]:
        """Who stood in a place of the question before."""
        return (getattr(self.previous, place, None) or ()) if self.previous else ()

    def everybody(self, place: str, pronouns: int) -> tuple[str, ...]:
        """All who may be meant; with a topic and two pronouns also who stood there before."""
        before = self.previous.participants() if self.previous else ()
        if not self.topic:
            return before
        more = self.holder(place) if pronouns > len(self.topic) else ()
        return tuple(dict.fromkeys((*self.topic, *more)))


class Builder:
    """Builds queries. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, intents: Intents, lines: list[Any]) -> None:
        self.kb, self.intents, self.lines = kb, intents, lines

    def build(
        self, parse: Parse, previous: Query | None, asked: bool, as_claim: bool, topic: Sequence[str] = ()
    ) -> Built:
        """The queries that a parse may mean. `topic` is who was named just before, for pronouns."""
        spoken = _Spoken(tuple(topic), previous)
        id_, relation, _, section = self.lines[parse.line]
        intent = self.intents.by_id[id_]
        apart = bool(parse.bindings) and parse.bindings[0][0] == OF
        if apart and (section == "follow" or any(value is None for _, value in parse.bindings)):
            return Built((), "", intent)  # "A and B, do they …": no set to choose from, but whom the pronouns mean
        if section == "claims" and not (asked or parse.led or parse.tagged or as_claim):
            return Built((), "statement", intent)
        if section == "follow":
            if previous is None or previous.relation not in (relation, *intent.after):
                return Built((), "no_history", intent)
            return self._followed(parse, intent, previous, spoken)
        elided = any(value == ELIDED for _, value in parse.bindings)
        if elided and (previous is None or previous.relation != relation or section != "say" or intent.change):
            return Built((), "", intent)
        if intent.change and (parse.at.mode not in CHANGING if parse.at else not self._may_be_over(intent)):
            return Built((), "no_period", intent)
        if not intent.change and parse.at is not None and parse.at.mode in ("since", "after") and intent.form in LISTS:
            return Built((), "kind", intent)  # a list as it stood on no day; what began since then is another intent
        built = self._combine(parse, intent, spoken)
        if elided and previous is not None and intent.form != "when":  # "who was in it in 1950 – was A a member then?"
            return replace(built, queries=tuple(replace(q, at=q.at or previous.at) for q in built.queries))
        return built

    def _may_be_over(self, intent: Intent) -> bool:
        """Whether a change is a question without a time: who of all did it, and to this day."""
        return intent.change == "ended" and intent.form in ("which", "whether") and len(ROLES & intent.bound) == 1

    def _followed(self, parse: Parse, intent: Intent, previous: Query, spoken: _Spoken) -> Built:
        """A fragment of this intent, with what it leaves out taken from the question before."""
        if parse.ever and intent.form == "whether" and not intent.negated:
            return Built((), "no_history", intent)  # "did it ever …" again is not whether it ever was so
        built = self._combine(parse, intent, spoken)
        subject, object_ = previous.subject, previous.object
        if previous.relation != intent.relation and self.kb.relations[intent.relation].several == "object":
            subject, object_ = None, previous.participants()  # those two are what somebody did something between
        if intent.bound == {"object"}:
            subject = None
        whole = tuple(
            replace(
                query, subject=query.subject or subject, object=query.object or object_,
                narrows=query.narrows or (previous.narrows if previous.relation == intent.relation else {}),
                at=query.at or previous.at, named=previous.named if previous.relation == intent.relation else None,
            )
            for query in built.queries
        )  # fmt: skip
        if intent.form not in LISTS:  # "which … ?", then "when was it …?": of whom is not said
            whole = tuple(query for query in whole if query.named or (query.subject and query.object))
        return Built(whole, built.gate if whole or not built.queries else "no_history", intent)

    def _combine(self, parse: Parse, intent: Intent, spoken: _Spoken) -> Built:
        places: dict[str, list[list[str]]] = {}
        narrows: dict[str, str] = dict(intent.fixed)
        named = {v.entities[0] for _, v in parse.bindings if isinstance(v, Mention) and len(v.entities) == 1}
        asked = [place for place, value in parse.bindings if value is None]
        elided = [place for place, value in parse.bindings if value == ELIDED]
        met = 0
        if intent.pick and parse.negations and intent.form in (*LISTS, "whether"):
            return Built((), "kind", intent)  # "the only one that does not": another list
        chosen = {place: value for place, value in parse.bindings if place in EFFECTS}
        gate = self._misplaced(parse, intent)
        if gate:
            return Built((), gate, intent)
        before = ""
        for place, value in parse.bindings:
            if place == EITHER and before != "object":
                return Built((), "kind", intent)
            if place == ALSO:
                options = [self._choices(mention, intent, before) for mention in value]
                if not all(options):
                    return Built((), "kind", intent)
                places[before] += options
            if place in EFFECTS:
                continue
            before = place
            if place not in intent.kinds:
                narrows[place] = value
                continue
            if value == ELIDED:
                held = spoken.holder(place)
                there = len(places.get(place, ()))
                if len(held) != elided.count(place) or not self._fits(held[there], intent, place):
                    return Built((), "no_history", intent)
                choices = [held[there]]
            elif value is None:
                choices = self._meant(spoken, intent, place, asked, named, met)
                met += 1
                if not choices:
                    return Built((), "pronoun", intent)
            else:
                choices = self._choices(value, intent, place)
                said = self._said_of(value, choices)
                if not choices or any(narrows.get(name, sense) != sense for name, sense in said.items()):
                    return Built((), "kind", intent)
                narrows |= said
            places.setdefault(place, []).append(choices)
        built = self._product(parse, intent, places, narrows)
        if spoken.topic and len(asked) > 1:  # "B, does it recognise them": one of the pronouns is B
            kept = tuple(q for q in built.queries if set(q.participants()) & set(spoken.topic))
            built = replace(built, queries=kept, gate=built.gate if kept else "pronoun")
        built = self._fitting(built) if "among" not in intent.bound else built
        if EITHER in chosen:
            return self._of_either(built, chosen[EITHER])
        return self._narrowed(built, chosen) if chosen else built

    def _of_either(self, built: Built, others: Sequence[Mention]) -> Built:
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

    def _meant(
        self, spoken: _Spoken, intent: Intent, place: str, asked: Sequence[str], named: set[str], met: int
    ) -> list[str]:
        """Whom a pronoun may stand for: who was named just before, or spoken of in the question before.

        Of two who fit it takes up the one in its own place, as people do; not the second-named as a subject.
        """
        everybody = spoken.everybody(place, len(asked))
        choices = [e for e in everybody if self._fits(e, intent, place)]
        if len(asked) == len(everybody) > 1 and (
            not spoken.topic or everybody == spoken.topic
        ):  # "they", "it … there": everybody keeps their place
            return choices[min(met, len(choices) - 1) :][:1]
        others = [e for e in choices if e not in named] or choices
        own = spoken.holder(place)
        fronted = spoken.previous is not None and spoken.previous.first == "object" and place == "subject"
        if len(others) > 1 and not spoken.topic and len(own) == 1 and own[0] in others and not fronted:
            return [own[0]]
        return others

    def _misplaced(self, parse: Parse, intent: Intent) -> str:
        """The gate for a set, or for somebody left out, of a question that has no place to choose for."""
        said = [place for place, _ in parse.bindings if place in (*EFFECTS, "among")]
        if not set(said) - intent.bound:
            return ""
        if len(set(said)) < len(said) or {AMONG, OF} <= set(said):
            return "kind"
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

    def _fitting(self, built: Built) -> Built:
        """The queries without those that choose from a group none of whose members could stand in the open place."""
        found = []
        for query in built.queries:
            roles = self.kb.relations[query.relation].roles
            kinds = roles[0] if not query.subject else roles[1] if not query.object else (*roles[0], *roles[1])
            members = self.kb.members(query.among, LATER) if query.among else ()
            if not query.among or any(self.kb.entities[e].kind in kinds for e in members):
                found.append(query)
        return replace(built, queries=tuple(found), gate=built.gate if found else built.gate or "kind")

    def _narrowed(self, built: Built, chosen: Mapping[str, Any]) -> Built:
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

    def _choices(self, mention: Mention, intent: Intent, place: str) -> list[str]:
        """The entities that a mention may stand for in a place."""
        found = []
        for entity in mention.entities:
            stands_for = self.stands_for(entity, intent)
            if self._fits(entity, intent, place):
                found.append(entity)
            elif stands_for and self._may_stand(entity, intent, place) and self._fits(stands_for, intent, place):
                found.append(stands_for)
        return list(dict.fromkeys(found))

    def stands_for(self, entity: str, intent: Intent) -> str | None:
        """The entity meant by another one's name, if it speaks of something that the relation tells apart."""
        row = self.kb.entities[entity]
        if row.stands_in and intent.relation not in row.stands_in:
            return None
        return row.stands_for if set(row.narrows) <= set(self.kb.relations[intent.relation].narrows) else None

    def _said_of(self, mention: Mention, choices: Sequence[str]) -> Mapping[str, str]:
        """The narrower sense in which a name stands for another: a parliament's, for its state's."""
        return next((self.kb.entities[e].narrows for e in mention.entities if e not in choices), {})

    def _may_stand(self, entity: str, intent: Intent, place: str) -> bool:
        """A name given to a fact stands for another only where its own kind may be named: else it is its own matter."""
        return place != "named" or self.kb.entities[entity].kind in intent.kinds[place]

    def _fits(self, entity: str, intent: Intent, place: str) -> bool:
        if self.kb.entities[entity].kind not in intent.kinds[place]:
            return False
        if place == "named":
            return any(fact.relation == intent.relation for fact in self.kb.named(entity))
        return True

    def _product(
        self, parse: Parse, intent: Intent, places: Mapping[str, list[list[str]]], narrows: Mapping[str, str]
    ) -> Built:
        names = [place for place, values in places.items() for _ in values]
        options = [choices for values in places.values() for choices in values]
        found: list[Query] = []
        gate = ""
        for chosen in itertools.islice(itertools.product(*options), MAX_COMBINATIONS):
            held: dict[str, tuple[str, ...]] = {}
            for place, entity in zip(names, chosen, strict=True):
                held[place] = (*held.get(place, ()), entity)
            everybody = [e for place in ("subject", "object", "minus") for e in held.get(place, ())]
            if len(set(everybody)) < len(everybody) and not self.kb.relations[intent.relation].reflexive:
                gate = "self"
                continue
            found.append(self._query(parse, intent, held, narrows))
        unique = {query.key(): query for query in found}
        return Built(tuple(unique.values()), "" if unique else gate or "kind", intent)

    def _query(
        self, parse: Parse, intent: Intent, held: Mapping[str, tuple[str, ...]], narrows: Mapping[str, str]
    ) -> Query:
        named = held.get("named", (None,))[0]
        subject, object_ = held.get("subject"), held.get("object")
        first = next((place for place, _ in parse.bindings if place in ("subject", "object")), "")
        asked_for = intent.form == "which" and (subject or object_)  # the place left open is what is asked
        if named and not (subject and object_) and not asked_for:
            subject, object_ = self._of_named(intent, named, subject, object_)
        for place, entity in intent.stands.items():  # the words alone say who it is
            subject, object_ = ((entity,), object_) if place == "subject" else (subject, (entity,))
        return Query(
            relation=intent.relation, form=intent.form, subject=subject, object=object_, narrows=narrows, at=parse.at,
            ever=(parse.ever or (intent.ever and parse.at is None)) and not intent.negated,
            negated=bool(parse.negations % 2) != intent.negated,
            detail=intent.detail, date=intent.date, change=_change(parse, intent), pick=intent.pick,
            among=held.get("among", (None,))[0], minus=held.get("minus"), named=named, rule=intent.id,
            first=first, mutual=intent.mutual,
        )  # fmt: skip

    def _of_named(
        self, intent: Intent, named: str, subject: tuple[str, ...] | None, object_: tuple[str, ...] | None
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """The participants of the fact that a name stands for, in the places that the question leaves open."""
        held = {*(subject or ()), *(object_ or ())}
        facts = [f for f in self.kb.named(named) if f.relation == intent.relation and held <= set(f.participants())]
        if not facts:
            return subject, object_
        one, two = (tuple(p.who for p in role) for role in facts[0].roles)
        if one == two:  # all in one role
            rest = tuple(who for who in one if who not in held)
            return (subject, rest) if held else (one[:1], one[1:])
        if held & set(two) and subject:
            one, two = two, one
        return subject or one, object_ or two


def _change(parse: Parse, intent: Intent) -> str | None:
    """What changed, by the intent's own word; "did A leave O in 2009" is about an ending in that time too."""
    dated = parse.at is not None and parse.at.mode == "in"
    return intent.change or ("ended" if dated and intent.negated and intent.form == "whether" else None)
