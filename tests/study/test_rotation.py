"""Every fact that can be asked is asked, sooner or later, and none again before the others were."""

import datetime
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.study import topics
from bot.study.making import KINDS, Maker
from bot.study.rotation import draw, order
from tests.study.conftest import TODAY, dice


def test_every_fact_comes_round(toy_maker: Maker) -> None:
    """Quiz after quiz of two questions."""
    facts = topics.facts_of(toy_maker.kb, topics.ANYTHING, TODAY)
    possible = {id_ for id_ in facts if toy_maker.kinds(id_)}
    times: Counter[str] = Counter()
    for number in range(len(possible) * 3):
        times.update(asked.fact for asked in draw(toy_maker, facts, 2, times, dice(str(number))))
    assert set(times) == possible
    assert max(times.values()) - min(times.values()) <= 1


@given(st.integers(0, 10_000), st.dictionaries(st.integers(0, 300), st.integers(0, 5)))
@settings(max_examples=25)
def test_the_least_asked_come_first(maker: Maker, seed: int, asked: dict[int, int]) -> None:
    """Whatever chance does."""
    facts = [fact.id for fact in maker.kb.facts()[:300]]
    times = {facts[number]: count for number, count in asked.items() if number < len(facts)}
    ordered = order(maker.kb, facts, times, dice(seed))
    assert sorted(ordered) == sorted(facts)
    assert [times.get(id_, 0) for id_ in ordered] == sorted(times.get(id_, 0) for id_ in facts)


def test_a_quiz_is_mixed(maker: Maker) -> None:
    """No fact and no text twice, many kinds, and no verdict nearly always right."""
    made = draw(maker, topics.facts_of(maker.kb, topics.ANYTHING, TODAY), 50, {}, dice("mixed"))
    assert len(made) == 50
    assert len({asked.fact for asked in made}) == 50
    assert len({(asked.text, asked.answer) for asked in made}) == 50
    sorts = Counter(asked.kind.partition(".")[0] for asked in made)
    assert len(sorts) >= 7
    assert max(sorts.values()) <= 15
    right = Counter(asked.wanted.values[0] for asked in made if asked.kind in ("whether", "stand"))
    assert abs(right["yes"] - right["no"]) <= 6


def test_only_what_is_wanted(maker: Maker) -> None:
    """Kinds can be chosen; a topic that has nothing gives nothing."""
    facts = topics.facts_of(maker.kb, "relation:recognition", TODAY)
    made = draw(maker, facts, 5, {}, dice("kinds"), kinds=["since"])
    assert [asked.kind for asked in made] == ["since"] * 5
    assert draw(maker, topics.facts_of(maker.kb, "relation:commentary", TODAY), 5, {}, dice("x")) == []
    assert set(KINDS) >= {asked.kind for asked in made}


def test_topics(maker: Maker) -> None:
    """Relations, groups and entities, found by title, name or key; the sizes are told."""
    known = topics.topics(maker.kb, TODAY)
    keys = {topic.key for topic in known}
    assert known[0].key == topics.ANYTHING
    assert {"relation:recognition", "entity:kosovo", "group:nato-members"} <= keys
    assert all(topic.facts for topic in known)
    assert len({topic.key for topic in known}) == len(known)
    for typed, key in (
        ("Türkiye", "entity:turkey"), ("embassies", "relation:embassy"), ("NATO members", "group:nato-members"),
        ("entity:kosovo", "entity:kosovo"), ("anything", "anything"), ("nowhere at all", None), ("", None),
    ):  # fmt: skip
        found = topics.topic_of(maker.engine, typed, TODAY)
        assert (found.key if found else None) == key, typed
    assert "entity:kosovo" in {topic.key for topic in topics.suggested(known, "kos")}
    assert len(topics.suggested(known, "")) == 25
    assert topics.facts_of(maker.kb, "entity:nowhere", TODAY) == ()
    held = topics.facts_of(maker.kb, "entity:kosovo", TODAY)
    assert all("kosovo" in maker.kb.fact(id_).participants() for id_ in held)
    assert isinstance(TODAY, datetime.date)
