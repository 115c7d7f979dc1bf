"""Turns a parse into queries: mentions become entities whose kind fits the place, pronouns what was spoken of.

Comes in: a Parse, the last query. Goes out: every query that the parse may mean, or the gate that refused it.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.choosing import EFFECTS, LISTS, ROLES, Built, Choosing
from bot.questions.intents import Intent, Intents
from bot.questions.lattice import Mention
from bot.questions.match import ELIDED, Parse
from bot.questions.query import Query
from bot.questions.sets import ALSO, EITHER, OF
from bot.questions.whom import Spoken, Whom

MAX_COMBINATIONS = 12
CHANGING = ("in", "after", "since")  # the times within which something may change
SPANNING = ("since", "after", "throughout")  # those of no single day


class Builder:
    """Builds queries. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase, intents: Intents, lines: list[Any]) -> None:
        self.kb, self.intents, self.lines = kb, intents, lines
        self.whom, self.choosing = Whom(kb), Choosing(kb, intents)

    def build(
        self, parse: Parse, previous: Query | None, asked: bool, as_claim: bool, topic: Sequence[str] = ()
    ) -> Built:
        """The queries that a parse may mean. `topic` is who was named just before, for pronouns."""
        spoken = Spoken(tuple(topic), previous)
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
        if elided and intent.form in LISTS and previous is not None and previous.change:
            return Built((), "", intent)  # "how many joined? – which ones?" does not ask for all members
        if intent.change and (parse.at.mode not in CHANGING if parse.at else not self._may_be_over(intent)):
            return Built((), "no_period", intent)
        if not intent.change and parse.at is not None and parse.at.mode in SPANNING and intent.form in LISTS:
            return Built((), "kind", intent)  # a list as it stood on no day; what began since then is another intent
        built = self._combine(parse, intent, spoken)
        if elided and previous is not None and intent.form != "when":  # "who was in it in 1950 – was A a member then?"
            return replace(built, queries=tuple(replace(q, at=q.at or previous.at) for q in built.queries))
        return built

    def _may_be_over(self, intent: Intent) -> bool:
        """Whether a change is a question without a time: who of all did it, and to this day."""
        return intent.change == "ended" and intent.form in ("which", "whether") and len(ROLES & intent.bound) == 1

    def _followed(self, parse: Parse, intent: Intent, previous: Query, spoken: Spoken) -> Built:
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

    def _combine(self, parse: Parse, intent: Intent, spoken: Spoken) -> Built:
        places: dict[str, list[list[str]]] = {}
        narrows: dict[str, str] = dict(intent.fixed)
        named = {v.entities[0] for _, v in parse.bindings if isinstance(v, Mention) and len(v.entities) == 1}
        asked = [place for place, value in parse.bindings if value is None]
        elided = [place for place, value in parse.bindings if value == ELIDED]
        met = 0
        if intent.pick and parse.negations and intent.form in (*LISTS, "whether"):
            return Built((), "kind", intent)  # "the only one that does not": another list
        chosen = {place: value for place, value in parse.bindings if place in EFFECTS}
        gate = self.choosing.misplaced(parse, intent)
        if gate:
            return Built((), gate, intent)
        before = ""
        for place, value in parse.bindings:
            if place == EITHER and before != "object":
                return Built((), "kind", intent)
            if place == ALSO:
                options = [self.whom.choices(mention, intent, before) for mention in value]
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
                if len(held) != elided.count(place) or not self.whom.fits(held[there], intent, place):
                    return Built((), "no_history", intent)
                choices = [held[there]]
            elif value is None:
                choices = self.whom.meant(spoken, intent, place, asked, named, met)
                met += 1
                if not choices:
                    return Built((), "pronoun", intent)
            else:
                choices = self.whom.choices(value, intent, place)
                said = self.whom.said_of(value, choices)
                if not choices or any(narrows.get(name, sense) != sense for name, sense in said.items()):
                    return Built((), "kind", intent)
                narrows |= said
            places.setdefault(place, []).append(choices)
        built = self._product(parse, intent, places, narrows)
        if spoken.topic and len(asked) > 1:  # "B, does it recognise them": one of the pronouns is B
            kept = tuple(q for q in built.queries if set(q.participants()) & set(spoken.topic))
            built = replace(built, queries=kept, gate=built.gate if kept else "pronoun")
        built = self.choosing.fitting(built) if "among" not in intent.bound else built
        if EITHER in chosen:
            return self.choosing.of_either(built, chosen[EITHER])
        return self.choosing.narrowed(built, chosen) if chosen else built

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
    dated = parse.at is not None and parse.at.mode == "in" and len(ROLES & intent.bound) != 1
    return intent.change or ("ended" if dated and intent.negated and intent.form == "whether" else None)
