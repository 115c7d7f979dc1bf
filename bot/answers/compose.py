"""Composes the answer to a query: verdict first, then since when, then the reason or nuance.

One function a form; each returns an Answer whose facts, coverages and sources are exactly those its text rests on.
"""

import datetime
from dataclasses import replace
from typing import Any

from bot.answers import details, digest, duration, lists, mutual, ranks, several, texts, whole
from bot.answers.answer import Answer
from bot.answers.draft import Draft
from bot.answers.find import Finding, find, find_change, find_in, span_of, statements, taking_part
from bot.answers.words import Words, fill, joined, without_verdict
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, first_day
from bot.knowledge.records import Fact, Reason
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
            made = self.when(query, today)
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
        text, values = made.text, self.words.values(query)
        if query.without:
            text = self.words.message("besides", {**values, "text": text})
        if (query.among or query.of) and values["among"] not in text:
            text = self.words.message("chosen", {**values, "text": text})
        return replace(made, text=text)

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
        values = self._values(query, finding)
        template = self.words.template(query, *_keys(finding.outcome, dated=query.at is not None))
        text = fill(template or "", values)
        draft.say(text if lead else without_verdict(text))
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

    def _values(self, query: Query, finding: Finding) -> dict[str, str]:
        values = self.words.values(
            query, since=self.words.since(finding.since),
            since_day=self.words.date(finding.since.date) if finding.since.date else "",
            on_since=self.words.moment(finding.since.date), on_until=self.words.moment(finding.until),
            until=self.words.date(finding.until) if finding.until else "",
            as_of=self.words.date(finding.coverage.as_of) if finding.coverage else "",
            claimed_by=finding.facts[0].claimed_by if finding.facts else None,
        )  # fmt: skip
        if finding.facts and query.named:
            told = finding.facts[0]
            parties = self._parties(told)
            values["list"] = joined(parties)
            if told.roles[0] == told.roles[1] and len(parties) > 2 and not taking_part(query, told):
                *first, last = parties[: len(told.who[0])]
                values |= {"subject": ", ".join(first), "object": last}
        if finding.facts:
            own = self.words.narrowing(query.relation, finding.facts[0].narrows)
            values.update({name: text for name, text in own.items() if not values.get(name)})
        return values

    def _parties(self, told: Fact) -> list[str]:
        """All who take part in what a name stands for, each with their own period where it is not that of the fact."""
        parties: dict[str, str] = {}
        for fact in (told, *(f for f in self.kb.named(told.named or "") if f.relation == told.relation and f.holds)):
            for who in fact.participants():
                since, until = fact.period_of(who)
                own = [f"{self.words.term('since_word')} {self.words.since(since)}"] if since != told.since else []
                if until and until != told.until:
                    own.append(f"{self.words.term('until_word')} {self.words.date(until)}")
                label = self.kb.entities[who].label
                parties.setdefault(who, f"{label} ({', '.join(own)})" if own else label)
        return list(parties.values())

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
        draft = Draft(query)
        if finding.outcome == "began_else" and (open_ := self.words.template(query, "began_open")):
            draft.say(fill(open_, self._values(query, finding)))  # it may have come about more than once
            draft.rest_on_finding(finding)
            return replace(self.finish(draft, today, current=False), status="no_record")
        self.state(draft, finding)
        over = finding.outcome in ("ended", "was", "not_yet")
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

    def when(self, query: Query, today: datetime.date) -> Answer:
        """The date since when, or until when, the statement holds."""
        dateless = replace(query, at=None) if query.at and query.at.mode == "in" else query
        finding = find_in(self.kb, query, today) or find(self.kb, dateless, today)
        if finding.outcome == "not_existing":
            return self.missing(query, finding)
        if query.date == "until" or query.negated:
            return self._when_ended(query, finding, today)
        draft = Draft(query)
        if finding.outcome == "no" or finding.outcome == "unlisted_no":
            past = [f for f in statements(self.kb, query) if f.holds and f.until and f.status == "settled"]
            if not past:
                self.state(draft, finding)
                return self.finish(draft, today, verdict="no")
            finding = Finding("ended", "no", (past[-1],), None, past[-1].since, past[-1].until)
        if finding.since.date is None or finding.outcome in ("no_record", "disputed", "claimed"):
            return self._when_unknown(draft, finding, today)
        key = "when_by" if finding.since.latest else "when_ended" if finding.outcome == "ended" else "when"
        template = self.words.template(query, key, "when") or ""
        values = self._values(query, finding)
        if "{earlier}" in template:
            past = [
                f for f in statements(self.kb, query) if f.holds and f.status == "settled" and f not in finding.facts
            ]
            past = [f for f in past if f.until and f.since.date and f.since.date < (finding.since.date or "")]
            draft.rest_on(past)
            ended = [
                f"{self.words.since(f.since)} {self.words.term('until_word')} {self.words.date(f.until or '')}"
                for f in past
            ]
            values |= {"earlier": joined(ended)}
        draft.say(fill(template, values))
        for fact in finding.facts[:1]:
            draft.say(fact.note)
        draft.rest_on_finding(finding)
        value = None if finding.since.latest else finding.since.date
        return self.finish(draft, today, value=value, current=False)

    def _when_unknown(self, draft: Draft, finding: Finding, today: datetime.date) -> Answer:
        """The statement may hold, but no beginning is on file."""
        if finding.verdict is None:
            return self.no_record(draft.query, "no_record")
        known = Draft(draft.query)
        self.state(known, finding)
        text = fill(self.words.term("when_unknown"), {"text": " ".join(known.parts)})
        done = self.finish(known, today, verdict=finding.verdict)
        return replace(done, status="no_record", text=text)

    def _when_ended(self, query: Query, finding: Finding, today: datetime.date) -> Answer:
        draft = Draft(query)
        ended = [f for f in statements(self.kb, query) if f.holds and f.until]
        never = [f for f in finding.facts if not f.holds and f.since.exact]
        if finding.outcome == "disputed":
            self.state(draft, finding)
            return self.finish(draft, today, verdict="disputed")
        if finding.verdict == "yes" and not ended:
            self.state(draft, finding)
            return self.finish(draft, today, verdict="yes")
        if ended:
            fact = max(ended, key=lambda f: first_day(f.until or "1000"))
            since, until = fact.period_of(*taking_part(query, fact))
            over = Finding("ended", "no", (fact,), None, since, until)
            named, keys = find_in(self.kb, query, today), ["when_end", "ended"]
            if named and named.outcome == "ended":  # the one that a year names, which need not be the last
                over, (fact, *_), until, keys = named, named.facts, named.until, ["when_ended", *keys]
            draft.say(fill(self.words.template(query, *keys) or "", self._values(query, over)))
            draft.say(fact.note)
            draft.rest_on((fact,))
            return self.finish(draft, today, value=until, current=False)
        if finding.verdict == "no":
            self.state(draft, finding)
            return self.finish(draft, today, verdict="no", value=never[0].since.date if never else None)
        return self.no_record(query)

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
        self.state(draft, finding, lead=premise_fails)
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
    base = {"implied": ("implied", "yes"), "unlisted_yes": ("unlisted_yes",), "unlisted_no": ("unlisted_no",)}
    keys = base.get(outcome, (outcome,))
    if dated:
        return (*(f"{key}_then" for key in keys), *keys)
    return keys
