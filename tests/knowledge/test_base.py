"""The KnowledgeBase: facts by participants and by name, members of groups by day, and nothing that can be changed."""

import datetime
from dataclasses import FrozenInstanceError

import pytest

from bot.engine import Engine
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Since, Span
from tests.conftest import SHIPPED
from tests.knowledge.samples import FILES, TODAY, checked, loaded

FACTS = """\
defaults: {as_of: 2025-06, sources: [diary]}
facts:
  - {id: tib-mill, relation: lives_in, subject: tib, object: mill, since: 2019, until: 2021-03}
  - {id: rum-mill, relation: lives_in, subject: rum, object: mill, narrows: {room: hall}}
  - {id: mog-barn-not, relation: lives_in, subject: mog, object: barn, holds: no, why: fleas}
  - id: tib-barn
    relation: lives_in
    subject: tib
    object: barn
    status: disputed
    dispute: [{by: Mog, text: Yes., sources: [diary]}, {by: Rum, text: No., sources: [diary]}]
  - id: all-siblings
    relation: siblings
    between: [mog, {who: tib, since: 2020}, {who: rum, until: 2024}]
    since: 2018
  - {id: great-feud, relation: feud, named: war, sides: [mog, [tib, {who: rum, since: 2022-05}]], since: by 2022}
reasons:
  fleas: {text: It has fleas., sources: [diary]}
coverage:
  - {relation: lives_in, subject: all-cats, object: mill, unlisted: no, from: 2018, as_of: 2025-06, sources: [diary]}
"""
ENTITIES = """\
entities:
  war: {kind: cat, name: Great Feud}
  all-cats: {kind: group, name: all cats, group: {members: [mog, tib, rum]}}
"""
CHANGED = {"facts/more.yaml": FACTS, "entities/more.yaml": ENTITIES}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The sample with more facts."""
    assert checked(CHANGED) == []
    return KnowledgeBase(loaded(CHANGED)[0].plain(), "version")


def ids(kb: KnowledgeBase, *wanted: str | None) -> list[str]:
    """The ids of the facts of a relation and participants."""
    relation, *who = wanted
    return [fact.id for fact in kb.facts(relation, *(str(w) for w in who))]


def members(kb: KnowledgeBase, group: str, day: str) -> set[str]:
    """The members of a group on a day."""
    return set(kb.members(group, datetime.date.fromisoformat(day)))


def test_facts_by_relation_and_participants(kb: KnowledgeBase) -> None:
    """All who are named must take part, in whichever place; the files' order is kept."""
    assert ids(kb, "lives_in") == ["mog-mill", "tib-mill", "rum-mill", "mog-barn-not", "tib-barn"]
    assert ids(kb, "lives_in", "mill") == ["mog-mill", "tib-mill", "rum-mill"]
    assert ids(kb, "lives_in", "tib", "mill") == ["tib-mill"]
    assert ids(kb, "lives_in", "mill", "tib") == ["tib-mill"]
    assert ids(kb, "lives_in", "mog", "tib") == []
    assert ids(kb, "siblings", "rum", "tib") == ["all-siblings"]
    assert ids(kb, "feud", "rum", "mog") == ["great-feud"]
    assert ids(kb, None, "tib", "rum") == ["all-siblings", "great-feud"]
    assert ids(kb, None, "nobody") == []
    assert ids(kb, "unheard-of") == []
    assert len(kb) == len(ids(kb, None)) == 7


def test_facts_by_name(kb: KnowledgeBase) -> None:
    """A fact stands for the entity that is its name."""
    assert [fact.id for fact in kb.named("war")] == ["great-feud"]
    assert kb.named("mog") == ()


def test_a_fact_as_a_record(kb: KnowledgeBase) -> None:
    """Typed, with its reason looked up."""
    fact = kb.fact("mog-barn-not")
    assert (fact.holds, fact.since, fact.until, fact.as_of) == (False, Since(None), None, "2025-06")
    assert fact.why is not None
    assert (fact.why.text, fact.why.sources) == ("It has fleas.", ("diary",))
    assert kb.fact("great-feud").participants() == ("mog", "tib", "rum")
    assert [side.by for side in kb.fact("tib-barn").dispute] == ["Mog", "Rum"]
    with pytest.raises(KeyError):
        kb.fact("unheard-of")
    with pytest.raises(KeyError):
        kb.source("unheard-of")
    assert kb.source("diary").publisher == "The Mill"


def test_the_period_of_participants(kb: KnowledgeBase) -> None:
    """A fact's period, narrowed by the periods of those who are asked about."""
    fact = kb.fact("all-siblings")
    assert fact.period_of() == (Since("2018"), None)
    assert fact.period_of("mog", "tib") == (Since("2020"), None)
    assert fact.period_of("rum") == (Since("2018"), "2024")
    assert fact.covers(Span.of("2019"), "mog", "rum")
    assert not fact.covers(Span.of("2019"), "mog", "tib")
    assert fact.covers(Span.of("2023-12-31"), "rum")
    assert not fact.covers(Span.of("2024-01-01"), "rum")
    assert kb.fact("great-feud").period_of("mog", "rum") == (Since("2022-05"), None)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2018-12-31", set()),
        ("2019-01-01", {"tib"}),
        ("2020-01-01", {"tib", "mog"}),
        ("2021-02-28", {"tib", "mog"}),
        ("2021-03-01", {"mog"}),
        ("2025-05-31", {"mog"}),
        ("2025-06-01", {"mog", "rum"}),
        ("2026-01-20", {"mog", "rum"}),
    ],
)
def test_members_of_a_group_on_a_day(kb: KnowledgeBase, day: str, found: set[str]) -> None:
    """From the first day to the last; where the beginning is unknown, from the day on which it was seen."""
    assert members(kb, "mill-cats", day) == found


def test_members_that_are_listed(kb: KnowledgeBase) -> None:
    """A list has no days, and an entity that is no group is its own only member."""
    assert members(kb, "all-cats", "1900-01-01") == {"mog", "tib", "rum"}
    assert members(kb, "mog", "2026-01-01") == {"mog"}
    assert members(kb, "unheard-of", "2026-01-01") == {"unheard-of"}


def test_only_what_counts_makes_a_member() -> None:
    """Neither a no, nor what is disputed or claimed, nor a narrowing that does not count."""
    relations = FILES["relations.yaml"].replace("title: homes,", "title: homes, counts_as: {loft: no},")
    facts = """\
defaults: {relation: lives_in, object: mill, as_of: 2025, sources: [diary]}
facts:
  - {id: a, subject: mog, narrows: {room: loft}}
  - {id: b, subject: tib, holds: no}
  - {id: c, subject: rum, status: claimed, claimed_by: Rum}
"""
    rows, _ = loaded({"relations.yaml": relations, "facts/homes.yaml": facts})
    assert KnowledgeBase(rows.plain(), "").members("mill-cats", TODAY) == frozenset()


def test_coverages_and_implications(kb: KnowledgeBase) -> None:
    """By relation; nothing for others."""
    (coverage,) = kb.coverages_of("lives_in")
    assert (coverage.id, coverage.unlisted, coverage.from_) == ("coverage-lives_in-all-cats-mill", False, "2018")
    assert kb.coverages_of("siblings") == ()
    assert kb.implying("siblings") == ()


def test_implied_relations() -> None:
    """A relation knows which others imply it."""
    relations = FILES["relations.yaml"] + "  twins: {title: twins, between: [cat], implies: [siblings]}\n"
    rows, _ = loaded({"relations.yaml": relations})
    assert KnowledgeBase(rows.plain(), "").implying("siblings") == ("twins",)


def test_nothing_can_be_changed(kb: KnowledgeBase) -> None:
    """Neither the base, nor its tables, nor its records."""
    with pytest.raises(AttributeError, match="does not change; build another one"):
        kb.version = "other"
    with pytest.raises(TypeError):
        kb.entities["new"] = kb.entities["mog"]  # type: ignore[index]
    with pytest.raises(TypeError):
        kb.relations["new"] = kb.relations["feud"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        kb.fact("mog-mill").since = Since(None)  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        kb.entities["mog"].name = "Tib"  # type: ignore[misc]
    assert isinstance(kb.coverages, tuple)
    assert isinstance(kb.intents, tuple)


def test_a_hub_is_found_like_anybody(engine: Engine) -> None:
    """Whether few or many facts name a participant, those of two are the ones that name both."""
    kb = engine.kb
    assert SHIPPED.is_dir()
    for relation in kb.relations:
        everything = kb.facts(relation)
        for fact in everything[:: max(1, len(everything) // 25)]:
            who = fact.participants()[:2]
            slow = [other.id for other in everything if set(who) <= set(other.participants())]
            assert ids(kb, relation, *who) == slow
