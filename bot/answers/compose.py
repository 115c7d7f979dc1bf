"""Composes the answer to a query: verdict first, then since when, then the reason or nuance.

One function a form; each returns an Answer whose facts, coverages and sources are exactly those its text rests on.
"""

import datetime
from dataclasses import replace
from typing import Any

from bot.answers import details, digest, duration, lists, mutual, parties, ranks, several, texts, when, whole
from bot.answers.answer import Answer
from bot.answers.draft import Draft
from bot.answers.evidence import span_of, statements
from bot.answers.find import UNKNOWN, Finding, as_ended, find, find_change
from bot.answers.words import Words, fill, verdict_apart, without_verdict
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, day_after, first_day
from bot.knowledge.records import Reason
from bot.questions.query import At, Query


class Composer:
    """Answers queries against one knowledge base. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.words = Words(kb)

    def answer(self, query: Query, today: datetime.date) -> Answer:
        """The answer to a query on a day."""
        relation = self.kb.relations[query.relation]
        asked, query = query, self._in_its_time(query)
        if mutual.meant(self.kb, query):
            made = mutual.answer(self, query, today)
        elif query.date == "duration":
            made = duration.answer(self, query, today)
        elif query.detail:
            made = details.answer(self, query, today)
        elif several.meant(self.kb, query):
            made = several.answer(self, query, today)
        elif relation.digest:
            made = digest.answer(self, query, today)
        elif query.form == "which" or (query.form in ("whether", "how_many") and not (query.subject and query.object)):
            made = self._of_set(query, lists.answer(self, query, today))
        elif query.pick and query.form == "whether":
            made = self._of_set(query, ranks.whether(self, query, today))
        elif query.form == "when":
            made = when.answer(self, query, today)
        elif query.form == "why":
            made = self._why(query, today)
        elif query.form == "what" and relation.needs_text:
            made = texts.answer(self, query, today)
        else:
            made = self.whether(query, today)
        read = replace(made.query or query, at=asked.at)
        return replace(made, query=asked, reading=self.words.question(read))

    def _of_set(self, query: Query, made: Answer) -> Answer:
        """The answer with whom was chosen from and who was left out, where its words do not say so themselves."""
        if made.status != "answered":
            return made
        (verdict, text), values = verdict_apart(made.text), self.words.values(query)
        if query.without:
            text = self.words.message("besides", {**values, "text": text})
        if (query.among or query.of) and values["among"] not in text and not made.counts:  # others count as they like
            text = self.words.message("chosen", {**values, "text": text})
        return replace(made, text=f"{verdict}. {text}" if verdict else text)

    def _in_its_time(self, query: Query) -> Query:
        """A question about something named that is over, without a date, is about the time when it was."""
        if not query.named or query.at is not None or query.form not in ("which", "why", "how_many", "what"):
            return query
        facts = [f for f in self.kb.named(query.named) if f.relation == query.relation]
        if not facts or any(not f.until or f.since.day is None for f in facts):
            return query
        first = min(f.since.day for f in facts if f.since.day)
        last = max(first_day(f.until) for f in facts if f.until)
        return replace(query, at=At(first.isoformat(), Span(first, max(last, first + datetime.timedelta(days=1)))))

    # --- shared by the forms

    def finish(
        self,
        draft: Draft,
        today: datetime.date,
        *,
        verdict: str | None = None,
        value: Any = None,
        current: bool = True,
        newest: bool = False,
    ) -> Answer:
        """An answered Answer from a draft. `current`: it speaks of today, so old facts carry a caveat."""
        as_of = (max if newest else min)(draft.dates, key=first_day) if draft.dates else None
        relation = self.kb.relations[draft.query.relation]
        if current and as_of and draft.query.at is None and (today - first_day(as_of)).days > relation.recheck_days:
            draft.caveats.append(self.words.message("old", {"on_as_of": self.words.moment(as_of)}))
        if any(self.kb.source(s).kind == "opinion" for s in draft.sources) and len(draft.sources) == 1:
            draft.caveats.append(self.words.message("opinion_only"))
        return Answer(
            "answered", " ".join(draft.parts), draft.query, verdict=verdict, value=value, as_of=as_of,
            facts=tuple(draft.facts), coverages=tuple(draft.coverages), sources=tuple(draft.sources),
            caveats=tuple(dict.fromkeys(draft.caveats)),
        )  # fmt: skip

    def no_record(self, query: Query, *keys: str, **values: Any) -> Answer:
        """Understood, but nothing sourced is on file; says what was read."""
        template = self.words.template(query, *keys, "no_record")
        return Answer("no_record", fill(template or "", self.words.values(query, **values)), query)

    def state(self, draft: Draft, finding: Finding, *, lead: bool = True) -> None:
        """Say how the statement stands: the sentence of the finding's outcome, then the nuance."""
        query = draft.query
        values = self.values(query, finding)
        template = self.words.template(query, *_keys(finding.outcome, dated=query.at is not None))
        text = fill(template or "", values)
        past = finding.outcome in ("was", "implied_was")
        draft.say(text if lead else verdict_apart(text)[1] if past else without_verdict(text))
        if finding.outcome == "disputed":
            for side in finding.facts[0].dispute:
                draft.say(fill(self.words.term("side"), {"by": side.by, "text": side.text}))
                draft.sources.update(dict.fromkeys(side.sources))
        if finding.outcome == "claimed":
            draft.say(finding.facts[0].text)
        for fact in finding.facts[:2]:
            draft.say(fact.note)
        if finding.coverage:
            draft.say(finding.coverage.note)
        draft.rest_on_finding(finding)
        if finding.outcome == "ended" and (denied := [f.as_of for f in finding.facts if not f.holds]):
            draft.dates[:] = denied  # that it is so no longer is as new as the no

    def values(self, query: Query, finding: Finding) -> dict[str, str]:
        values = self.words.values(
            query, since=self.words.since(finding.since),
            since_day=self.words.date(finding.since.date) if finding.since.date else "",
            on_since=self.words.moment(finding.since.date), on_until=self.words.moment(finding.until),
            until=self.words.date(finding.until) if finding.until else "",
            as_of=self.words.date(finding.coverage.as_of) if finding.coverage else "",
            claimed_by=finding.facts[0].claimed_by if finding.facts else None,
        )  # fmt: skip
        if finding.facts and query.named:
            values |= parties.values(self, query, finding.facts[0])
        if finding.facts:
            own = self.words.narrowing(query.relation, finding.facts[0].narrows)
            values.update({name: text for name, text in own.items() if not values.get(name)})
        return values

    def missing(self, query: Query, finding: Finding) -> Answer:
        """Somebody did not exist yet on the day asked about."""
        entity = self.kb.entities[finding.missing or ""]
        return self.no_record(query, "not_existing", entity=entity.label, start=self.words.date(entity.since or ""))

    # --- the forms

    def whether(self, query: Query, today: datetime.date) -> Answer:
        """How the statement stands: its verdict, worded by its outcome."""
        finding = find_change(self.kb, query, today) if query.change else find(self.kb, query, today)
        if finding.outcome == "not_existing":
            return self.missing(query, finding)
        if finding.outcome == "no_record":
            return self._not_now(query, today) or self.no_record(query)
        if (partly := whole.answer(self, query, finding, today)) is not None:
            return partly
        ends = self.words.denies(query) and any(self.words.own(query.rule, key) for key in ("ended", "ended_then"))
        if ends or (
            not query.negated and (self.words.own(query.rule, "ended") or not self.words.own(query.rule, "no"))
        ):
            finding = as_ended(self.kb, query, finding, today, asked=ends)
        draft = Draft(query)
        if finding.outcome == "began_else" and (open_ := self.words.template(query, "began_open")):
            draft.say(fill(open_, self.values(query, finding)))  # it may have come about more than once
            draft.rest_on_finding(finding)
            return replace(self.finish(draft, today, current=False), status="no_record")
        if not self._state_again(draft, finding, today) and not self._state_over(draft, finding, today):
            self.state(draft, finding, lead=not query.negated)  # yes and no would mean the same
        over = finding.outcome in ("ended", "was", "implied_was", "not_yet") and all(
            fact.holds for fact in finding.facts
        )
        return self.finish(draft, today, verdict=finding.verdict, current=not over)

    def _not_now(self, query: Query, today: datetime.date) -> Answer | None:
        """Of what is not so now and may have been: "ever" is not settled by a list of today, which is told."""
        present = replace(query, ever=False)
        if not query.ever or query.at or (finding := find(self.kb, present, today)).verdict != "no":
            return None
        draft = Draft(present)
        self.state(draft, finding, lead=False)
        text = fill(self.words.term("earlier_unknown"), {"text": " ".join(draft.parts)})
        return replace(self.finish(draft, today), query=query, status="no_record", text=text)

    def _state_again(self, draft: Draft, finding: Finding, today: datetime.date) -> bool:
        """Say of what is asked about as ended, ended in the time asked about and began again, that it did both.

        "It has not", as the question's own words have it, would deny the ending.
        """
        query = draft.query
        if finding.outcome != "yes" or not (query.negated and self.words.denies(query)):
            return False
        span, past = span_of(query, today), []
        for fact in statements(self.kb, query):
            since, until = fact.period_of(*query.participants())
            after = query.at is None or (until is not None and day_after(until) > span.first)
            if fact.holds and fact.status == "settled" and until and after and first_day(until) < span.after:
                past.append(Finding("ended", "no", (fact,), None, since if since.exact else UNKNOWN, until))
        if not past:
            return False
        plain = replace(query, rule="")
        for told in (max(past, key=lambda f: first_day(f.until or "")), finding):
            values = self.values(plain, told)
            over = told.until is not None and first_day(told.until) <= today
            sentence = fill(self.words.template(plain, "ended" if over else "yes") or "", values)
            draft.say(verdict_apart(sentence)[1])
            draft.dates.clear()  # what is over says nothing of how old the rest is
            draft.rest_on_finding(told)
        return True

    def _state_over(self, draft: Draft, finding: Finding, today: datetime.date) -> bool:
        """Say of what came only after the day asked about and is over by now that it was not so then, and was later."""
        query = draft.query
        if finding.outcome != "not_yet" or query.negated or self.words.own(query.rule, "not_yet_then"):
            return False
        _, until = finding.facts[0].period_of(*query.participants())
        if until is None or first_day(until) > today:
            return False
        self.state(draft, Finding("no", "no"))
        later = fill(self.words.template(query, "ended") or "", self.values(query, replace(finding, until=until)))
        draft.say(verdict_apart(later)[1])
        draft.say(finding.facts[0].note)
        draft.rest_on_finding(finding)
        return True

    def _why(self, query: Query, today: datetime.date) -> Answer:
        finding = self._premise(query, today)
        if finding.outcome == "not_existing":
            return self.missing(query, finding)
        if finding.verdict is None:
            return self.no_record(query)
        if not query.premise:
            query = replace(query, negated=finding.verdict == "no")
        draft = Draft(query)
        reason = self._reason(finding, query)
        premise_fails = finding.verdict in ("yes", "no") and (finding.verdict == "no") != query.negated
        self.state(draft, finding, lead=premise_fails and not query.negated)
        if premise_fails:
            return self.finish(draft, today, verdict=finding.verdict)
        if reason is None:
            done = self.finish(draft, today, verdict=finding.verdict)
            text = f"{done.text} {self.words.message('no_reason')}"
            return replace(done, status="no_record", text=text)
        draft.say(reason.text)
        draft.sources.update(dict.fromkeys(reason.sources))
        return self.finish(draft, today, verdict=finding.verdict)

    def _premise(self, query: Query, today: datetime.date) -> Finding:
        """How the statement stood; where it changed in the time asked about, as the question takes it."""
        finding = find(self.kb, query, today)
        changed = finding.verdict == ("yes" if query.negated else "no") or finding.outcome == "no_record"
        if query.at is not None and changed:
            last = span_of(query, today).last
            return find(self.kb, replace(query, at=replace(query.at, span=Span.day(last))), today)
        return finding

    def _reason(self, finding: Finding, query: Query) -> Reason | None:
        for fact in finding.facts:
            if fact.why:
                return fact.why
        others = [f for f in statements(self.kb, query) if f.why and f.holds == (finding.verdict == "yes")]
        return others[-1].why if others else None


def _keys(outcome: str, *, dated: bool) -> tuple[str, ...]:
    """The template keys to try for an outcome; a past day is worded in the past tense."""
    base = {
        "implied": ("implied", "yes"),
        "implied_was": ("implied_was", "was"),
        "unlisted_yes": ("unlisted_yes",),
        "unlisted_no": ("unlisted_no",),
    }
    keys = base.get(outcome, (outcome,))
    if dated:
        return (*(f"{key}_then" for key in keys), *keys)
    return keys
