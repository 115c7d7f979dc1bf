"""Since when and until when: the dates of a statement, and what is said where they are not known.

Comes in: a query of the form `when`. Goes out: an Answer whose value is the date as it is on file, to the day, the
month or the year; None where only the latest possible beginning is known.
"""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.evidence import statements, taking_part
from bot.answers.find import Finding, always, find, find_in
from bot.answers.words import fill, joined
from bot.knowledge.dates import first_day
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """The date since when, or until when, the statement holds."""
    dateless = replace(query, at=None) if query.at and query.at.mode == "in" else query
    finding = find_in(composer.kb, query, today) or find(composer.kb, dateless, today)
    if finding.outcome == "not_existing":
        return composer.missing(query, finding)
    if query.date == "until" or query.negated:
        return _ended(composer, query, finding, today)
    draft = Draft(query)
    if finding.outcome == "no" or finding.outcome == "unlisted_no":
        past = [f for f in statements(composer.kb, query) if f.holds and f.until and f.status == "settled"]
        if not past:
            composer.state(draft, finding)
            return composer.finish(draft, today, verdict="no")
        finding = Finding("ended", "no", (past[-1],), None, past[-1].since, past[-1].until)
    if finding.since.date is None or finding.outcome in ("no_record", "disputed", "claimed"):
        return _unknown(composer, draft, finding, today)
    key = "when_by" if finding.since.latest else "when_ended" if finding.outcome == "ended" else "when"
    template = composer.words.template(query, key, "when") or ""
    earlier = {"earlier": _earlier(composer, draft, finding)} if "{earlier}" in template else {}
    draft.say(fill(template, composer.values(query, finding) | earlier))
    for fact in finding.facts[:1]:
        draft.say(fact.note)
    draft.rest_on_finding(finding)
    value = None if finding.since.latest else finding.since.date
    return composer.finish(draft, today, value=value, current=False)


def _earlier(composer: "Composer", draft: Draft, finding: Finding) -> str:
    """The times on file that ended before the one told."""
    words, begun = composer.words, finding.since.date or ""
    past = [
        f for f in statements(composer.kb, draft.query)
        if f.holds and f.status == "settled" and f not in finding.facts and f.until and (f.since.date or begun) < begun
    ]  # fmt: skip
    draft.rest_on(past)
    return joined([f"{words.since(f.since)} {words.term('until_word')} {words.date(f.until or '')}" for f in past])


def _unknown(composer: "Composer", draft: Draft, finding: Finding, today: datetime.date) -> "Answer":
    """The statement may hold, but no beginning is on file."""
    if finding.verdict is None:
        return composer.no_record(draft.query, "no_record")
    known = Draft(draft.query)
    composer.state(known, finding, lead=False)
    text = fill(composer.words.term("when_unknown"), {"text": " ".join(known.parts)})
    done = composer.finish(known, today, verdict=finding.verdict)
    return replace(done, status="no_record", text=text)


def _ended(composer: "Composer", query: Query, finding: Finding, today: datetime.date) -> "Answer":
    draft = Draft(query)
    ended = [f for f in statements(composer.kb, query) if f.holds and f.until]
    never = [f for f in finding.facts if not f.holds and f.since.exact]
    if finding.outcome == "disputed":
        composer.state(draft, finding)
        return composer.finish(draft, today, verdict="disputed")
    if finding.verdict == "yes" and not ended:
        composer.state(draft, finding)
        return composer.finish(draft, today, verdict="yes")
    if ended:
        fact = max(ended, key=lambda f: first_day(f.until or "1000"))
        since, until = fact.period_of(*taking_part(query, fact))
        over = Finding("ended", "no", (fact,), None, since, until)
        named, keys = find_in(composer.kb, query, today), ["when_end", "ended"]
        if named and named.outcome == "ended":  # the one that a year names, which need not be the last
            over, (fact, *_), until, keys = named, named.facts, named.until, ["when_ended", *keys]
        draft.say(fill(composer.words.template(query, *keys) or "", composer.values(query, over)))
        draft.say(fact.note)
        draft.rest_on((fact,))
        return composer.finish(draft, today, value=until, current=False)
    if (again := _again(composer, query, finding, today)) is not None:
        return again
    if finding.verdict == "no":
        left = never and not always(composer.kb, query, never)  # since when not is no end of what never was
        since_when = composer.words.own(query.rule, "no_since") if left else None
        if since_when:
            draft.say(fill(since_when, composer.values(query, finding)))
            draft.rest_on_finding(finding)
            if never[0].why:
                draft.say(never[0].why.text)
                draft.sources.update(dict.fromkeys(never[0].why.sources))
        else:
            composer.state(draft, finding)
        dated = never and (left or query.negated)
        return composer.finish(draft, today, verdict="no", value=never[0].since.date if dated else None)
    return composer.no_record(query)


def _again(composer: "Composer", query: Query, finding: Finding, today: datetime.date) -> "Answer | None":
    """When it began anew without the narrower sense asked about, of whose end nothing is on file: it had ended too.

    "When did A rejoin B" asks for the end of a suspension, or for the return of one who had left.
    """
    template = composer.words.own(query.rule, "when_again")
    plain = replace(query, narrows={}, at=None, negated=False, date="since")
    now = find(composer.kb, plain, today)
    if template is None or finding.verdict == "yes" or now.outcome != "yes" or not now.since.exact:
        return None
    before = [f for f in statements(composer.kb, plain) if f.holds and f.until and f.status == "settled"]
    if not before or now.since.date is None:
        return None
    last = max(before, key=lambda f: first_day(f.until or ""))
    draft = Draft(query)
    values = {**composer.values(plain, now), "until": composer.words.date(last.until or "")}
    draft.say(fill(template, values))
    for fact in (now.facts[0], last):
        draft.say(fact.note)
    draft.rest_on((now.facts[0], last))
    return composer.finish(draft, today, value=now.since.date, current=False)
