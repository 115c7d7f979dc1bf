"""Tells a list: its names, whose list it is and of which day, and those of whom it is disputed.

Comes in: who fills the open place, and what that rests on. Goes out: an Answer.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.evidence import span_of
from bot.answers.fillers import belonging, known, later, one_of, open_place
from bot.answers.find import Finding, find
from bot.answers.words import fill, joined
from bot.knowledge.records import Coverage
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

SHOWN = 30  # names in a sentence; a longer list says how many more there are (`value` holds all)


def which(
    composer: "Composer", query: Query, listed: tuple[str, ...], complete: Coverage | None, findings: list[Finding],
    today: datetime.date,
) -> "Answer":  # fmt: skip
    """The list of those who fill the open place; one that nothing makes complete is told as such."""
    if not listed and complete is None:
        return composer.no_record(query, "no_list", "no_record")
    draft = Draft(query)
    for finding in findings:
        draft.rest_on_finding(finding)
    since = later(listed, findings, complete) if complete else ()
    old = tuple(e for e in listed if e not in since)
    names = [composer.kb.entities[e].label for e in old]
    if len(names) <= 3 and findings:
        names = [dated(composer, e, findings) for e in old]
    values = composer.words.values(
        query, list=shown(names), count=len(old), as_of=composer.words.date(complete.as_of) if complete else ""
    )
    base = "which_not" if query.negated else "which"
    keys = (f"{base}_none",) if not old else ()
    if query.at and complete:  # the list is of its own day, and the dates on file tell who was in it on another
        keys = (f"{base}_none_then" if not old else f"{base}_then", *keys)
    if query.minus:
        keys = ("which_minus", *keys)
    draft.say(fill(composer.words.template(query, *keys, base if complete else f"{base}_open", base) or "", values))
    if complete is not None:  # the list was seen whole on its own day, whatever the age of the single facts
        draft.dates.clear()
    draft.rest_on_coverage(complete)
    if complete is None:
        draft.caveats.append(composer.words.message("open_list"))
    else:
        say_later(composer, draft, since, findings)
        say_disputed(composer, draft, today)
        draft.say(complete.note)
    if len(findings) == 1:
        for fact in findings[0].facts[:1]:
            draft.say(fact.note)
    return composer.finish(draft, today, value=listed)


def whether_any(
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
    since = later(listed, findings, complete) if complete else ()
    old = tuple(e for e in listed if e not in since) or listed
    key = "any_no" if not listed else "any_yes" if complete else "any_open"
    keys = (f"{key}_then", key) if query.at else (key,)
    names = shown([composer.kb.entities[e].label for e in old])
    values = composer.words.values(
        query, list=names, count=len(old), as_of=composer.words.date(complete.as_of) if complete else ""
    )
    draft.say(fill(composer.words.template(query, *keys, "yes" if listed else "no") or "", values))
    say_later(composer, draft, since, findings)
    return composer.finish(draft, today, verdict="yes" if listed else "no")


def ever(
    composer: "Composer", query: Query, listed: tuple[str, ...], complete: Coverage | None, findings: list[Finding],
    today: datetime.date, *, whole: bool,
) -> "Answer":  # fmt: skip
    """Those of whom it was so at some time: of whom it is so now, by the list, and of whom no longer, with the end.

    `whole`: the list is complete for all time. If not, there may have been others.
    """
    draft = Draft(query)
    draft.rest_on(fact for finding in findings for fact in finding.facts)
    over = {
        who: finding.until
        for finding in findings
        if finding.outcome == "was" and finding.until
        for fact in finding.facts[:1]
        for who in fact.participants()
        if who in listed
    }
    now = tuple(e for e in listed if e not in over)
    present = replace(query, ever=False)
    open_ = [e for e in over if find(composer.kb, one_of(present, open_place(query), e), today).verdict == "disputed"]
    over = {e: until for e, until in over.items() if e not in open_}
    since = later(now, findings, complete) if complete else ()
    old = tuple(e for e in now if e not in since)
    if old:
        key = "any_yes" if query.form == "whether" else "which"
        template = composer.words.template(query, *((key,) if complete else ()), f"{key.split('_')[0]}_open", key)
        values = composer.words.values(
            query, list=shown([composer.kb.entities[e].label for e in old]), count=len(old),
            as_of=composer.words.date(complete.as_of) if complete else "",
        )  # fmt: skip
        draft.say(fill(template or "", values))
    draft.rest_on_coverage(complete)
    say_later(composer, draft, since, findings)
    ends = [f"{composer.kb.entities[e].label} ({composer.words.date(until)})" for e, until in over.items()]
    if ends:
        draft.say(composer.words.message("no_longer" if now else "once", {"list": shown(ends)}))
    if open_:
        names = [composer.kb.entities[e].label for e in open_]
        draft.say(composer.words.message("disputed_too", {"count": str(len(names)), "list": shown(names)}))
    if query.form == "whether" and not old:
        draft.parts[0] = composer.words.message("any_once", {"text": draft.parts[0]})
    if not whole:
        draft.caveats.append(composer.words.message("open_list"))
    verdict = "yes" if query.form == "whether" else None
    return composer.finish(draft, today, verdict=verdict, value=None if verdict else listed, current=False)


def shown(names: Sequence[str]) -> str:
    """Names in a sentence; of many, how many more there are."""
    more = len(names) - SHOWN
    return joined(names) if more <= 0 else f"{', '.join(names[:SHOWN])} … (+{more})"


def say_later(composer: "Composer", draft: Draft, since: tuple[str, ...], findings: list[Finding]) -> None:
    """Name those who came to be listed after the day of the list, each with the date."""
    if since:
        names = [dated(composer, e, findings) for e in since]
        draft.say(composer.words.message("later_too", {"count": str(len(names)), "list": joined(names)}))


def say_disputed(composer: "Composer", draft: Draft, today: datetime.date) -> None:
    """Name those of whom it is disputed: a list or count without them would take a side in silence."""
    query = draft.query
    place = open_place(query)
    disputed, findings = known(composer.kb, query, place, today, "disputed")
    disputed = belonging(composer.kb, query, disputed, span_of(query, today))
    if not disputed:
        return
    names = [composer.kb.entities[e].label for e in disputed]
    draft.say(composer.words.message("disputed_too", {"count": str(len(names)), "list": shown(names)}))
    for finding in findings:
        draft.facts.update((f.id, f) for f in finding.facts if {p.who for r in f.roles for p in r} & {*disputed})


def dated(composer: "Composer", entity: str, findings: list[Finding]) -> str:
    """A name, with the date since when it is so of it where that is on file."""
    label = composer.kb.entities[entity].label
    for finding in findings:
        if any(entity in fact.participants() for fact in finding.facts) and finding.since.date:
            return f"{label} ({composer.words.term('since_word')} {composer.words.since(finding.since)})"
    return label
