"""Lists and counts: who fills the open place. Complete ones only from a coverage, with whose list and of which day."""

import datetime
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import changes, counts, ranks, told
from bot.answers.draft import Draft
from bot.answers.evidence import from_the_beginning, span_of, statements
from bot.answers.fillers import belonging, fills, known, not_without, one_of, open_place, the_rest
from bot.answers.find import coverage_for, find, reaches_back
from bot.answers.words import fill, joined
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

ALL = "all"


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """A list, a count, the first, or those that began in a period."""
    if query.named and query.subject and query.object:
        return _parties(composer, query, today)
    if query.form == "whether" and composer.words.denies(query):  # "nobody does", of which what is told is who does
        if not query.negated or query.at:  # in a time, nobody did so may be nobody began to, or nobody was
            return composer.no_record(query, "no_list", "no_record")
        query = replace(query, negated=False)
    span = span_of(query, today)
    place = open_place(query)
    complete = coverage_for(composer.kb, query, span.last)
    if query.change:
        return changes.answer(composer, query, place, span, complete)
    relation = composer.kb.relations[query.relation]
    if query.pick == ALL:
        return _every(composer, query, place, today)
    if query.ever and query.negated and query.at is None and query.form == "which" and not query.pick:
        return _never(composer, query, place, today)
    if query.pick:
        return ranks.answer(composer, query, today) or _ranked(composer, query, today)
    if query.of:
        return _of_those(composer, query, place, today)
    if query.among and not composer.kb.members(query.among, span.last):
        return composer.no_record(query, "no_list", "no_record")
    ever = query.ever and query.at is None
    if ever and query.form == "how_many":  # the counts on file are of those of today
        return composer.no_record(query, "no_list", "no_record")
    if complete is not None and from_the_beginning(query) and not reaches_back(composer.kb, complete):
        if query.negated or query.form == "how_many":  # who never did, and how many ever did, no list of today tells
            return composer.no_record(query, "no_list", "no_record")
        complete = complete if ever else None
        whole = False
    else:
        whole = complete is not None
    if ever and complete is not None and complete.unlisted and not query.negated:
        complete, whole = None, False  # silence speaks of those of today only
    silent = complete is not None and complete.unlisted != query.negated
    listed, findings = ((), []) if silent else known(composer.kb, query, place, today)
    some = relation.open_lists or (query.form == "whether" and listed)
    if complete is None and (not some or query.form == "how_many" or query.negated):
        return composer.no_record(query, "no_list", "no_record")
    if complete is not None and silent:
        listed = the_rest(composer.kb, query, place, complete, span, today)
    listed = belonging(composer.kb, query, listed, span)
    if query.minus:
        without = replace(query, object=query.minus, minus=None, rule="")
        untold = replace(composer.no_record(without, "no_list", "no_record"), query=query)
        if coverage_for(composer.kb, without, span.last) is None:
            return untold
        also = not_without(composer.kb, without, listed, today)
        listed = tuple(e for e in listed if e not in also)
        if not listed and "" in also.values():
            return untold
    findings = [f for f in findings if any(fills(fact, place, listed) for fact in f.facts)]
    if ever and not query.negated and any(f.outcome == "was" for f in findings):
        return told.ever(composer, query, listed, complete, findings, today, whole=whole)
    if not listed and not whole and from_the_beginning(query):
        return composer.no_record(query, "no_list", "no_record")
    if query.form == "whether":
        return told.whether_any(composer, query, listed, complete, findings, today)
    if query.form == "how_many":
        return counts.answer(composer, query, listed, complete, findings, today)
    return told.which(composer, query, listed, complete, findings, today)


def _ranked(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """The first or last, where no complete list is on file: only a fact that says so itself."""
    facts = [
        f for f in statements(composer.kb, query) if any((d.what, d.value) == ("rank", query.pick) for d in f.details)
    ]
    if not facts or query.among or query.of or query.without or query.rank != 1 or query.at:
        return ranks.untold(composer, query, today)
    draft = Draft(query)
    draft.rest_on(facts[:1])
    listed = tuple(p.who for p in facts[0].roles[0])
    values = composer.words.values(query, list=composer.words.label(listed), count=1)
    draft.say(fill(composer.words.template(query, "which") or "", values))
    draft.say(facts[0].note)
    return composer.finish(draft, today, value=listed)


def _every(composer: "Composer", query: Query, place: str, today: datetime.date) -> "Answer":
    """Whether it is so of everybody: known if somebody is known not to, or each one is known to."""
    span = span_of(query, today)
    complete = coverage_for(composer.kb, query, span.last)
    asked = replace(query, form="which", pick=None)
    others = answer(composer, replace(asked, negated=True), today)
    if query.negated or complete is None or others.status != "answered":
        return composer.no_record(query, "no_list", "no_record")
    everybody = composer.kb.members(complete.subject if place == "subject" else complete.object, span.last)
    everybody = composer.kb.members(query.among, span.last) if query.among else everybody
    held = {*query.participants(), *(query.without or ())}
    doing = answer(composer, asked, today).value or ()
    verdict = "no" if others.value else "yes" if everybody - held <= {*doing} else None
    if verdict is None:
        return composer.no_record(query, "not_each")
    return replace(others, query=query, verdict=verdict, value=None)


def _never(composer: "Composer", query: Query, place: str, today: datetime.date) -> "Answer":
    """Those of whom it is not so today, and behind them those of whom it once was; the value leaves these out."""
    made = answer(composer, replace(query, ever=False), today)
    if made.status != "answered" or not isinstance(made.value, tuple):
        return replace(made, query=query)
    past = {e: find(composer.kb, one_of(query, place, e), today) for e in made.value}
    once = [e for e, found in past.items() if found.verdict == "yes"]
    if not once:
        return replace(made, query=query)
    values = composer.words.values(query, text=made.text, list=composer.words.label(once))
    facts = tuple(dict.fromkeys((*made.facts, *(f.id for e in once for f in past[e].facts))))
    sources = dict.fromkeys((*made.sources, *(s for e in once for f in past[e].facts for s in f.sources)))
    rest = tuple(e for e in made.value if e not in once)
    text = composer.words.message("once_so", values)
    return replace(made, query=query, text=text, facts=facts, sources=tuple(sources), value=rest)


def _of_those(composer: "Composer", query: Query, place: str, today: datetime.date) -> "Answer":
    """Which of those told one by one, or whether any of them: known only if it is known of each."""
    wanted = "no" if query.negated else "yes"
    findings = {e: find(composer.kb, one_of(query, place, e), today) for e in query.of or ()}
    if any(found.verdict not in ("yes", "no") for found in findings.values()):
        each = [composer.whether(replace(one_of(query, place, e), rule=""), today).text for e in findings]
        return replace(composer.no_record(query, "no_record"), text=" ".join(each))
    listed = tuple(e for e, found in findings.items() if found.verdict == wanted)
    draft = Draft(query)
    for finding in findings.values():
        draft.rest_on_finding(finding)
    names = [
        told.dated(composer, e, [findings[e]]) if wanted == "yes" else composer.kb.entities[e].label for e in listed
    ]
    key = "those_none" if not listed else "those_not" if query.negated else "those"
    draft.say(composer.words.message(key, composer.words.values(query, list=joined(names), count=len(listed))))
    if query.form == "whether":
        return composer.finish(draft, today, verdict="yes" if listed else "no")
    return composer.finish(draft, today, value=len(listed) if query.form == "how_many" else listed)


def _parties(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """All who take part in what a name stands for; of a directed relation, those who do it."""
    facts = [f for f in composer.kb.named(query.named or "") if f.relation == query.relation]
    draft = Draft(query)
    draft.rest_on(facts)
    directed = not composer.kb.relations[query.relation].symmetric
    taking = [[p.who for p in fact.roles[0]] if directed else fact.participants() for fact in facts]
    listed = tuple(dict.fromkeys(itertools.chain.from_iterable(taking)))
    values = composer.words.values(query, list=composer.words.label(listed), count=len(listed))
    draft.say(fill(composer.words.template(query, "which_open", "which") or "", values))
    for fact in facts[:1]:
        draft.say(fact.note)
    return composer.finish(draft, today, value=listed, current=not all(fact.until for fact in facts))
