"""Those for whom a statement began, or ended: within the days asked about, or at any time and to this day.

Comes in: a query with a `change` and one place open. Goes out: an Answer, each name with its date. Who ended a
statement between two is not told: only that it ended.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.evidence import narrowed, statements
from bot.answers.fillers import belonging, candidates, one_of
from bot.answers.find import find
from bot.answers.told import shown
from bot.answers.words import fill, joined
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, first_day
from bot.knowledge.records import Coverage, Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer


def answer(composer: "Composer", query: Query, place: str, span: Span, complete: Coverage | None) -> "Answer":
    """Those for whom the statement began, or ended, within the days asked about; without days, those it is over for."""
    if query.negated:
        return composer.no_record(query, "no_list", "no_record")
    if query.at is None:
        return _over(composer, replace(query, ever=False), place, span)
    relation = composer.kb.relations[query.relation]
    held = (query.object if place == "subject" else query.subject) or ()
    found: list[tuple[str, str, Fact]] = []
    whole = complete is not None
    for fact in composer.kb.facts(query.relation, *held):
        if not fact.holds or fact.status != "settled" or not narrowed(relation, fact, query):
            continue
        for who in (p.who for p in fact.roles[0 if place == "subject" else 1] if p.who not in held):
            since, until = fact.period_of(who, *held)
            date = until if query.change == "ended" else since.date if since.exact else None
            if date and span.first <= first_day(date) < span.after:
                found.append((date, who, fact))
            elif date is None and query.change == "began" and (since.day is None or span.first <= since.day):
                whole = False  # it may have begun in those days as well
    found.sort(key=lambda entry: entry[:2])
    chosen = belonging(composer.kb, query, tuple(who for _, who, _ in found), span)
    found = [entry for entry in found if entry[1] in chosen]
    if not found:
        return composer.no_record(query, "none_changed", "no_list", "no_record")
    draft = Draft(query)
    draft.rest_on(fact for _, _, fact in found)
    disputed = _disputed(composer.kb, query, place, chosen, span) if query.change == "ended" else ()
    found = [entry for entry in found if entry[1] not in disputed]
    dates: dict[str, list[str]] = {}  # somebody for whom it began or ended twice is one of them, with both dates
    for date, who in ((date, _of_its_day(composer.kb, who, date)) for date, who, _ in found):
        dates.setdefault(who, []).append(composer.words.date(date))
    names = [f"{composer.kb.entities[who].label} ({joined(told)})" for who, told in dates.items()]
    values = composer.words.values(query, list=shown(names), count=len(names))
    keys = ("changed",) if whole else ("changed_open", "changed")
    if names:
        draft.say(fill(composer.words.template(query, *keys, "which") or "", values))
    else:
        draft.say(composer.words.message("none_over_settled"))
    if disputed:
        told = shown([composer.kb.entities[e].label for e in disputed])
        draft.say(composer.words.message("disputed_too", {"list": told}))
    if not whole:
        draft.caveats.append(composer.words.message("open_list"))
    total = len(names) if whole else None  # how many are on file is not how many there are
    value = total if query.form == "how_many" else tuple(dates)
    if query.form == "whether":
        return composer.finish(draft, span.last, verdict="yes" if names else "disputed")
    return composer.finish(draft, span.last, value=value)


def _disputed(kb: KnowledgeBase, query: Query, place: str, chosen: Sequence[str], span: Span) -> tuple[str, ...]:
    """Those of whom it is disputed, at the end of the time, whether the statement has ended."""
    plain = replace(query, change=None, at=None)
    return tuple(e for e in dict.fromkeys(chosen) if find(kb, one_of(plain, place, e), span.last).verdict == "disputed")


def _over(composer: "Composer", query: Query, place: str, span: Span) -> "Answer":
    """Those on file of whom the statement was true and is not now; those of whom that is disputed are named as such."""
    ended, disputed = _ended(composer.kb, query, place, span, "no"), _ended(composer.kb, query, place, span, "disputed")
    if not ended and not disputed:
        return composer.no_record(query, "none_over", "no_record")
    draft = Draft(query)
    for _, _, facts in (*ended, *disputed):
        draft.rest_on(facts)
        for side in (side for fact in facts for side in fact.dispute):
            draft.sources.update(dict.fromkeys(side.sources))
    values = composer.words.values(query, list=_told(composer, ended), count=len(ended))
    if ended:
        draft.say(fill(composer.words.template(query, "over", "which") or "", values))
    else:
        draft.say(composer.words.message("none_over_settled"))
    if disputed:
        draft.say(composer.words.message("disputed_too", {"list": _told(composer, disputed)}))
    draft.caveats.append(composer.words.message("open_list"))
    verdict = "disputed" if not ended else "yes" if query.form == "whether" else None
    value = tuple(who for _, who, _ in ended) if query.form == "which" else None
    return composer.finish(draft, span.last, verdict=verdict, value=value, current=False)


def _ended(
    kb: KnowledgeBase, query: Query, place: str, span: Span, verdict: str
) -> list[tuple[str, str, tuple[Fact, ...]]]:
    """Those of whom the statement has ended and how it stands now is `verdict`: the last end, who, by which facts."""
    found: list[tuple[str, str, tuple[Fact, ...]]] = []
    for who in belonging(kb, query, tuple(candidates(kb, query, place)), span):
        one = one_of(query, place, who)
        finding = find(kb, one, span.last)
        if finding.verdict != verdict:
            continue
        ends = [
            (until, fact)
            for fact in statements(kb, one)
            if fact.holds and fact.status == "settled" and (until := fact.period_of(*one.participants())[1])
            if first_day(until) <= span.last and not _outlived(kb, one, until)
        ]
        if ends:
            date, fact = max(ends, key=lambda end: first_day(end[0]))
            found.append((date, who, (fact, *(other for other in finding.facts if other is not fact))))
    return sorted(found, key=lambda entry: (first_day(entry[0]), entry[1]))


def _of_its_day(kb: KnowledgeBase, who: str, date: str) -> str:
    """Somebody as they were on a date: one who came after another is told as that other, for whose days they stand.

    Whoever came after several, or is one of several, does not stand for them.
    """
    before = kb.entities[who].predecessor
    if before is None or kb.entities[before].successor != who:
        return who
    life = kb.entities[before].until
    return before if life is not None and first_day(date) < first_day(life) else who


def _outlived(kb: KnowledgeBase, one: Query, until: str) -> bool:
    """Whether the statement ended because somebody in it did, which nobody left, cut or withdrew."""
    lives = [kb.entities[e].until for e in one.participants()]
    return any(life is not None and first_day(until).year >= first_day(life).year for life in lives)


def _told(composer: "Composer", entries: list[tuple[str, str, tuple[Fact, ...]]]) -> str:
    """The names, each with its date."""
    kb = composer.kb
    return shown(
        [f"{kb.entities[_of_its_day(kb, who, date)].label} ({composer.words.date(date)})" for date, who, _ in entries]
    )
