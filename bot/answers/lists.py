"""Lists and counts: who fills the open place. Complete ones only from a coverage, with whose list and of which day."""

import datetime
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import ranks
from bot.answers.draft import Draft
from bot.answers.find import Finding, coverage_for, find, narrowed, span_of, statements
from bot.answers.words import fill, joined
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, first_day
from bot.knowledge.records import Coverage, Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

ALL = "all"
SHOWN = 30  # names in a sentence; a longer list says how many more there are (`value` holds all)


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """A list, a count, the first, or those that began in a period."""
    if query.named and query.subject and query.object:
        return _parties(composer, query, today)
    span = span_of(query, today)
    place = "subject" if not query.subject else "object"
    complete = _coverage(composer.kb, query, span)
    if query.change:
        return _changed(composer, query, place, span, complete)
    relation = composer.kb.relations[query.relation]
    if query.pick == ALL:
        return _every(composer, query, place, today)
    if query.pick:
        return ranks.answer(composer, query, today) or _ranked(composer, query, today)
    if query.of:
        return _of_those(composer, query, place, today)
    if query.among and not composer.kb.members(query.among, span.last):
        return composer.no_record(query, "no_list", "no_record")
    silent = complete is not None and complete.unlisted != query.negated
    listed, findings = ((), []) if silent else _listed(composer.kb, query, place, today)
    known = relation.open_lists or (query.form == "whether" and listed)
    if complete is None and (not known or query.form == "how_many" or query.negated):
        return composer.no_record(query, "no_list", "no_record")
    if complete is not None and silent:
        listed = _the_rest(composer.kb, query, place, complete, span, today)
    listed = _chosen(composer.kb, query, listed, span)
    if query.minus:
        without = replace(query, object=query.minus, minus=None, rule="")
        if _coverage(composer.kb, without, span) is None:
            return composer.no_record(without, "no_list", "no_record")
        also = _not_without(composer, without, today)
        listed = tuple(e for e in listed if e not in also)
    findings = [f for f in findings if any(_filler(fact, place, listed) for fact in f.facts)]
    if query.form == "whether":
        return _any(composer, query, listed, complete, findings, today)
    if query.form == "how_many":
        return _counted(composer, query, listed, complete, today)
    return _told(composer, query, listed, complete, findings, today)


def _ranked(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """The first or last, where no complete list is on file: only a fact that says so itself."""
    facts = [
        f for f in statements(composer.kb, query) if any((d.what, d.value) == ("rank", query.pick) for d in f.details)
    ]
    if not facts or query.among or query.of or query.without or query.rank != 1 or query.at:
        return composer.no_record(query, "no_list", "no_record")
    draft = Draft(query)
    draft.rest_on(facts[:1])
    listed = tuple(p.who for p in facts[0].roles[0])
    values = composer.words.values(query, list=composer.words.label(listed), count=1)
    draft.say(fill(composer.words.template(query, "which") or "", values))
    draft.say(facts[0].note)
    return composer.finish(draft, today, value=listed)


def _chosen(kb: KnowledgeBase, query: Query, listed: tuple[str, ...], span: Span) -> tuple[str, ...]:
    """Those of a list who belong to the set to choose from, without those whom the question leaves out."""
    members = kb.members(query.among, span.last) if query.among else query.of
    return tuple(e for e in listed if (members is None or e in members) and e not in (query.without or ()))


def _every(composer: "Composer", query: Query, place: str, today: datetime.date) -> "Answer":
    """Whether it is so of everybody: known if somebody is known not to, or each one is known to."""
    span = span_of(query, today)
    complete = _coverage(composer.kb, query, span)
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
        return composer.no_record(query, "no_list", "no_record")
    return replace(others, query=query, verdict=verdict, value=None)


def _of_those(composer: "Composer", query: Query, place: str, today: datetime.date) -> "Answer":
    """Which of those told one by one, or whether any of them: known only if it is known of each."""
    wanted = "no" if query.negated else "yes"
    findings = {e: find(composer.kb, _one(query, place, e), today) for e in query.of or ()}
    if any(found.verdict not in ("yes", "no") for found in findings.values()):
        return composer.no_record(query, "no_record")
    listed = tuple(e for e, found in findings.items() if found.verdict == wanted)
    draft = Draft(query)
    for finding in findings.values():
        draft.rest_on_finding(finding)
    names = [_dated(composer, e, [findings[e]]) if wanted == "yes" else composer.kb.entities[e].label for e in listed]
    key = "those_none" if not listed else "those_not" if query.negated else "those"
    draft.say(composer.words.message(key, composer.words.values(query, list=joined(names), count=len(listed))))
    if query.form == "whether":
        return composer.finish(draft, today, verdict="yes" if listed else "no")
    return composer.finish(draft, today, value=len(listed) if query.form == "how_many" else listed)


def _not_without(composer: "Composer", query: Query, today: datetime.date) -> set[str]:
    """Everybody of whom it cannot be said that the statement is false: those with a yes and those in dispute."""
    kb, place = composer.kb, "subject" if not query.subject else "object"
    complete = _coverage(kb, query, span_of(query, today))
    found = (
        set(_the_rest(kb, query, place, complete, span_of(query, today), today))
        if complete and complete.unlisted
        else set()
    )
    for entity in _candidates(kb, query, place):
        one = _one(query, place, entity)
        if find(kb, one, today).verdict in ("yes", "disputed"):
            found.add(entity)
    return found


def _coverage(kb: KnowledgeBase, query: Query, span: Span) -> Coverage | None:
    return coverage_for(kb, query, span.last)


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


def _candidates(kb: KnowledgeBase, query: Query, place: str) -> list[str]:
    """Everybody who stands in the open place of some fact, also of relations that imply this one."""
    held = query.subject if place == "object" else query.object
    found: dict[str, None] = {}
    for name in (query.relation, *kb.implying(query.relation)):
        relation = kb.relations[name]
        for fact in kb.facts(name, *(held or ())):
            if name == query.relation and not narrowed(relation, fact, query):
                continue
            roles = fact.roles if not relation.symmetric else (fact.roles[0] + fact.roles[1],) * 2
            index = 0 if place == "subject" else 1
            for participant in roles[index]:
                if participant.who not in (held or ()):
                    found.setdefault(participant.who)
    return list(found)


def _one(query: Query, place: str, entity: str) -> Query:
    """The question whether one entity fills the open place. Made by hand, for `replace` takes most of a list's time."""
    subject, object_ = ((entity,), query.object) if place == "subject" else (query.subject, (entity,))
    return Query(
        query.relation, "whether", subject, object_, query.narrows, query.at, query.ever, named=query.named,
        rule=query.rule,
    )  # fmt: skip


def _listed(
    kb: KnowledgeBase, query: Query, place: str, today: datetime.date, wanted: str = ""
) -> tuple[tuple[str, ...], list[Finding]]:
    """Those of whom facts say yes (or, negated, no; or what is wanted), in the order of their dates."""
    wanted = wanted or ("no" if query.negated else "yes")
    found: list[tuple[str, str, Finding]] = []
    for entity in _candidates(kb, query, place):
        one = _one(query, place, entity)
        finding = find(kb, one, today)
        if finding.verdict == wanted and finding.outcome not in ("unlisted_yes", "unlisted_no", "not_existing"):
            found.append((finding.since.date or "9999", entity, finding))
    found.sort(key=lambda entry: (entry[0], entry[1]))
    if query.pick == "earliest" and found:  # all who share the first day
        found = [entry for entry in found if entry[0] == found[0][0]]
    return tuple(e for _, e, _ in found), [f for _, _, f in found]


def _the_rest(
    kb: KnowledgeBase, query: Query, place: str, coverage: Coverage, span: Span, today: datetime.date
) -> tuple[str, ...]:
    """The members of a coverage's group whom no fact takes out of what silence means."""
    positive = coverage.unlisted
    group = coverage.subject if place == "subject" else coverage.object
    held = set((query.subject if place == "object" else query.object) or ())
    out = set()
    for entity in _candidates(kb, query, place):
        one = _one(query, place, entity)
        finding = find(kb, one, today)
        if finding.outcome not in ("unlisted_yes", "unlisted_no") and (finding.verdict == "yes") != positive:
            out.add(entity)
    members = kb.members(group, span.last) - out - held
    return tuple(sorted(members, key=lambda e: kb.entities[e].name))


def _filler(fact: Fact, place: str, listed: tuple[str, ...]) -> bool:
    return any(who in listed for who in fact.participants()) or (place == "object" and not listed)


def _changed(composer: "Composer", query: Query, place: str, span: Span, complete: Coverage | None) -> "Answer":
    """Those for whom the statement began, or ended, within the days asked about."""
    relation = composer.kb.relations[query.relation]
    held = (query.object if place == "subject" else query.subject) or ()
    found: list[tuple[str, str, Fact]] = []
    for fact in composer.kb.facts(query.relation, *held):
        if not fact.holds or fact.status != "settled" or not narrowed(relation, fact, query):
            continue
        for who in (p.who for p in fact.roles[0 if place == "subject" else 1] if p.who not in held):
            since, until = fact.period_of(who, *held)
            date = until if query.change == "ended" else since.date if since.exact else None
            if date and span.first <= first_day(date) < span.after:
                found.append((date, who, fact))
    found.sort(key=lambda entry: entry[:2])
    chosen = _chosen(composer.kb, query, tuple(who for _, who, _ in found), span)
    found = [entry for entry in found if entry[1] in chosen]
    if not found:
        return composer.no_record(query, "none_changed", "no_list", "no_record")
    draft = Draft(query)
    draft.rest_on(fact for _, _, fact in found)
    names = [f"{composer.kb.entities[who].label} ({composer.words.date(date)})" for date, who, _ in found]
    values = composer.words.values(query, list=joined(names[:SHOWN]), count=len(found))
    draft.say(fill(composer.words.template(query, "changed", "which") or "", values))
    if complete is None:
        draft.caveats.append(composer.words.message("open_list"))
    value = len(found) if query.form == "how_many" else tuple(who for _, who, _ in found)
    return composer.finish(draft, span.last, value=value)


def _any(
    composer: "Composer", query: Query, listed: tuple[str, ...], complete: Coverage | None, findings: list[Finding],
    today: datetime.date,
) -> "Answer":  # fmt: skip
    """Whether anybody fills the open place."""
    if query.negated:
        return composer.no_record(query, "no_list", "no_record")
    draft = Draft(query)
    for finding in findings[:SHOWN]:
        draft.rest_on_finding(finding)
    if complete is not None:
        draft.dates.clear()
    draft.rest_on_coverage(complete)
    if not draft.sources:
        return composer.no_record(query, "no_list", "no_record")
    key = "any_no" if not listed else "any_yes" if complete else "any_open"
    names = [composer.kb.entities[e].label for e in listed[:SHOWN]]
    values = composer.words.values(
        query, list=joined(names), count=len(listed), as_of=composer.words.date(complete.as_of) if complete else ""
    )
    draft.say(fill(composer.words.template(query, key, "yes" if listed else "no") or "", values))
    return composer.finish(draft, today, verdict="yes" if listed else "no")


def _told(
    composer: "Composer", query: Query, listed: tuple[str, ...], complete: Coverage | None, findings: list[Finding],
    today: datetime.date,
) -> "Answer":  # fmt: skip
    if not listed and complete is None:
        return composer.no_record(query, "no_list", "no_record")
    draft = Draft(query)
    for finding in findings:
        draft.rest_on_finding(finding)
    names = [composer.kb.entities[e].label for e in listed]
    if len(names) <= 3 and findings:
        names = [_dated(composer, e, findings) for e in listed]
    more = len(names) - SHOWN
    text = joined(names[:SHOWN]) if more <= 0 else f"{', '.join(names[:SHOWN])} … (+{more})"
    values = composer.words.values(
        query, list=text, count=len(listed), as_of=composer.words.date(complete.as_of) if complete else ""
    )
    base = "which_not" if query.negated else "which"
    keys = (f"{base}_none",) if not listed else ()
    if query.minus:
        keys = ("which_minus", *keys)
    draft.say(fill(composer.words.template(query, *keys, base if complete else f"{base}_open", base) or "", values))
    if complete is not None:  # the list was seen whole on its own day, whatever the age of the single facts
        draft.dates.clear()
    draft.rest_on_coverage(complete)
    if complete is None:
        draft.caveats.append(composer.words.message("open_list"))
    else:
        _say_disputed(composer, draft, today)
        draft.say(complete.note)
    if len(findings) == 1:
        for fact in findings[0].facts[:1]:
            draft.say(fact.note)
    return composer.finish(draft, today, value=listed)


def _say_disputed(composer: "Composer", draft: Draft, today: datetime.date) -> None:
    """Name those of whom it is disputed: a list or count without them would take a side in silence."""
    query = draft.query
    place = "subject" if not query.subject else "object"
    disputed, findings = _listed(composer.kb, query, place, today, "disputed")
    disputed = _chosen(composer.kb, query, disputed, span_of(query, today))
    if not disputed:
        return
    names = [composer.kb.entities[e].label for e in disputed]
    more = len(names) - SHOWN
    text = joined(names[:SHOWN]) if more <= 0 else f"{', '.join(names[:SHOWN])} … (+{more})"
    draft.say(composer.words.message("disputed_too", {"count": str(len(names)), "list": text}))
    for finding in findings:
        draft.facts.update((f.id, f) for f in finding.facts if {p.who for r in f.roles for p in r} & {*disputed})


def _dated(composer: "Composer", entity: str, findings: list[Finding]) -> str:
    label = composer.kb.entities[entity].label
    for finding in findings:
        if any(entity in fact.participants() for fact in finding.facts) and finding.since.date:
            return f"{label} ({composer.words.term('since_word')} {composer.words.since(finding.since)})"
    return label


def _counted(
    composer: "Composer", query: Query, listed: tuple[str, ...], complete: Coverage | None,
    today: datetime.date,
) -> "Answer":  # fmt: skip
    """A number with whose count it is and of which day; where counts differ, all of them and no single value."""
    draft = Draft(query)
    if complete is None:
        return composer.no_record(query, "no_list", "no_record")
    draft.rest_on_coverage(complete)
    own = complete.subject if not query.subject else complete.object
    chosen = (query.among and query.among != own) or query.of or query.without
    counts = () if query.negated or chosen or query.at else complete.counts
    told = [
        fill(composer.words.term("count"), {"value": c.value, "whose": c.whose, "as_of": composer.words.date(c.as_of)})
        for c in counts
    ]
    values = composer.words.values(
        query, count=len(listed), counts=joined(told), as_of=composer.words.date(complete.as_of),
        list=joined([composer.kb.entities[e].label for e in listed[:SHOWN]]),
    )  # fmt: skip
    key = "how_many_not" if query.negated else "counts" if counts else "how_many"
    draft.say(fill(composer.words.template(query, key, "how_many") or "", values))
    if not counts:
        _say_disputed(composer, draft, today)
    for count in counts:
        draft.sources.update(dict.fromkeys(count.sources))
    numbers = {_number(c.value) for c in counts} or {len(listed)}
    done = composer.finish(draft, today, value=numbers.pop() if len(numbers) == 1 else None)
    return replace(done, counts=tuple({"whose": c.whose, "value": _number(c.value), "as_of": c.as_of} for c in counts))


def _number(text: str) -> float | int:
    """A count as a number, whole where it is whole."""
    value = float(text)
    return int(value) if value.is_integer() else value
