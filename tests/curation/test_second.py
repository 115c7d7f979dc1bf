"""Which relations of the shipped knowledge base want two curators."""

from bot.curation.drafts import Draft
from bot.curation.second import needs_second
from bot.engine import Engine


def test_the_shipped_relations(engine: Engine) -> None:
    """Who called what a genocide, who fought whom, who stands where; not the long lists that move every month."""
    wanted = {relation.id for relation in engine.kb.relations.values() if relation.second_curator}
    assert wanted == {"event_recognition", "conflict", "position"}


def test_every_disputed_fact_wants_two(engine: Engine) -> None:
    """Whatever its relation and whatever is changed; a settled one only where its relation says so."""
    for fact in engine.kb.facts():
        why = needs_second(engine, Draft("correct", "r", fact.id))
        assert bool(why) == (fact.status == "disputed" or engine.kb.relations[fact.relation].second_curator)
