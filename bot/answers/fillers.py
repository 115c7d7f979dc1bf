"""Who fills the open place of a query, and of whom that is known.

Comes in: a query with one place open. Goes out: ids of entities, and the findings that say so of them. Words nothing.
"""

import datetime
from collections.abc import Iterator

from bot.answers.evidence import narrowed
from bot.answers.find import Finding, find
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Span, day_after, first_day
from bot.knowledge.records import Coverage, Fact
from bot.questions.query import Query


def open_place(query: Query) -> str:
    """The place that a query leaves open."""
    return "subject" if not query.subject else "object"


def candidates(kb: KnowledgeBase, query: Query, place: str, status: str = "") -> list[str]:
    """Everybody who stands in the open place of some fact (of a status), also of relations that imply this one."""
    held = query.subject if place == "object" else query.object
    found: dict[str, None] = {}
    for name in (query.relation, *kb.implying(query.relation)):
        relation = kb.relations[name]
        for fact in kb.facts(name, *(held or ())):
            if (status and fact.status != status) or (name == query.relation and not narrowed(relation, fact, query)):
                continue
            roles = fact.roles if not relation.symmetric else (fact.roles[0] + fact.roles[1],) * 2
            index = 0 if place == "subject" else 1
            for participant in roles[index]:
                if participant.who not in (held or ()):
                    found.setdefault(participant.who)
    return list(found)


def one_of(query: Query, place: str, entity: str) -> Query:
    """The question whether one entity fills the open place. Made by hand, for `replace` takes most of a list's time."""
    subject, object_ = ((entity,), query.object) if place == "subject" else (query.subject, (entity,))
    return Query(
        query.relation, "whether", subject, object_, query.narrows, query.at, query.ever, named=query.named,
        rule=query.rule,
    )  # fmt: skip


def findings_of(
    kb: KnowledgeBase, query: Query, place: str, today: datetime.date, status: str = ""
) -> Iterator[tuple[str, Finding]]:
    """What is on file of each of the `candidates`. Their facts are sorted out in one go: to look for those of each
    anew would take as long as all the rest of a list."""
    facts: dict[str, list[Fact]] = {entity: [] for entity in candidates(kb, query, place, status)}
    for fact in kb.facts(query.relation, *((query.subject if place == "object" else query.object) or ())):
        for who in fact.participants():
            if who in facts:
                facts[who].append(fact)
    for entity, theirs in facts.items():
        yield entity, find(kb, one_of(query, place, entity), today, theirs)


def known(
    kb: KnowledgeBase, query: Query, place: str, today: datetime.date, wanted: str = ""
) -> tuple[tuple[str, ...], list[Finding]]:
    """Those of whom facts say yes (or, negated, no; or what is wanted), in the order of their dates."""
    wanted = wanted or ("no" if query.negated else "yes")
    found: list[tuple[str, str, Finding]] = []
    for entity, finding in findings_of(kb, query, place, today, "disputed" if wanted == "disputed" else ""):
        if finding.verdict == wanted and finding.outcome not in ("unlisted_yes", "unlisted_no", "not_existing"):
            found.append((finding.since.date or "9999", entity, finding))
    found.sort(key=lambda entry: (entry[0], entry[1]))
    if query.pick == "earliest" and found:  # all who share the first day
        found = [entry for entry in found if entry[0] == found[0][0]]
    return tuple(e for _, e, _ in found), [f for _, _, f in found]


def the_rest(
    kb: KnowledgeBase, query: Query, place: str, coverage: Coverage, span: Span, today: datetime.date
) -> tuple[str, ...]:
    """The members of a coverage's group whom no fact takes out of what silence means.

    Whoever is disputed, or spoken of by a claim only, is out as well: nobody settled it as silence would.
    """
    silence = "yes" if coverage.unlisted else "no"
    group = coverage.subject if place == "subject" else coverage.object
    held = set((query.subject if place == "object" else query.object) or ())
    out = {
        entity
        for entity, finding in findings_of(kb, query, place, today)
        if finding.outcome not in ("unlisted_yes", "unlisted_no") and finding.verdict != silence
    }
    members = kb.members(group, span.last) - out - held
    return tuple(sorted(members, key=lambda e: kb.entities[e].name))


def belonging(kb: KnowledgeBase, query: Query, listed: tuple[str, ...], span: Span) -> tuple[str, ...]:
    """Those of a list who belong to the set to choose from, without those whom the question leaves out."""
    members = kb.members(query.among, span.last) if query.among else query.of
    return tuple(e for e in listed if (members is None or e in members) and e not in (query.without or ()))


def later(listed: tuple[str, ...], findings: list[Finding], coverage: Coverage) -> tuple[str, ...]:
    """Those of a list who are in it by what began after the day of the complete list, which cannot name them."""
    day = day_after(coverage.as_of)
    begun = {
        who
        for finding in findings
        if finding.facts and finding.since.exact and finding.since.date and first_day(finding.since.date) >= day
        for who in finding.facts[0].participants()
    }
    return tuple(e for e in listed if e in begun)


def fills(fact: Fact, place: str, listed: tuple[str, ...]) -> bool:
    """Whether a fact speaks of somebody who is listed."""
    return any(who in listed for who in fact.participants()) or (place == "object" and not listed)


def not_without(kb: KnowledgeBase, query: Query, listed: tuple[str, ...], today: datetime.date) -> dict[str, str]:
    """Those of a list of whom it cannot be said that the statement is false, each with its verdict.

    Where nothing on file speaks of somebody, not even a complete list, the verdict is empty: silence is no denial.
    """
    place = open_place(query)
    held = set((query.subject if place == "object" else query.object) or ())
    verdicts = {e: find(kb, one_of(query, place, e), today).verdict or "" for e in listed if e not in held}
    return {**dict.fromkeys(held & {*listed}, "yes"), **{e: said for e, said in verdicts.items() if said != "no"}}
