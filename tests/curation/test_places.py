"""Who takes part in a new fact: guessed from the question, put into the places, kept in the shape of the relation."""

import pytest

from bot.curation.drafts import Draft
from bot.curation.places import about, complete, enterable, guessed, offered, placed, places_of, put, relation_of
from bot.engine import Engine
from tests.curation.conftest import NOW

DAY = NOW.date()
NORA, OMAR, PETRA, BOOK = "nora-finch", "omar-hale", "petra-lund", "salt-lighthouse"


def test_what_only_sums_up_is_not_entered(toy_engine: Engine) -> None:
    """All other relations are, in the order of the files."""
    assert [relation.id for relation in enterable(toy_engine)] == [
        "authorship", "loan", "attendance", "plot", "friendship",
    ]  # fmt: skip
    assert relation_of(toy_engine, Draft("add", "", relation="overview")) is None
    assert relation_of(toy_engine, Draft("add", "")) is None


@pytest.mark.parametrize(
    ("relation", "question", "places"),
    [
        ("loan", "did Nora pinch the Salt Lighthouse", ((NORA,), (BOOK,))),
        ("loan", "was the Salt Lighthouse pinched by Nora", ((NORA,), (BOOK,))),
        ("loan", "did Nora or Omar pinch anything", ((NORA,), ())),
        ("loan", "is it raining", ((), ())),
        ("plot", "is Salt Lighthouse sad, Nora?", ((), (BOOK,))),
        ("friendship", "does Nora avoid Petra and Omar", ((NORA,), (PETRA,))),
        ("friendship", "who avoids Nora", ((), ())),  # she may be either
    ],
)
def test_whom_a_question_names(
    toy_engine: Engine, relation: str, question: str, places: tuple[tuple[str, ...], ...]
) -> None:
    """Each in the first open place that takes them."""
    assert guessed(toy_engine, toy_engine.kb.relations[relation], question, DAY) == places


def test_the_shape_comes_when_no_place_is_open(toy_engine: Engine) -> None:
    """And is undone to the same places."""
    friends, loan = (toy_engine.kb.relations[id_] for id_ in ("friendship", "loan"))
    half = placed(Draft("add", "", relation="friendship"), friends, ((), (PETRA,)))
    assert (half.between, half.object, places_of(half)) == (None, (PETRA,), ((), (PETRA,)))
    assert not complete(friends, places_of(half))
    whole = placed(half, friends, ((NORA,), (PETRA, OMAR)))
    assert (whole.between, whole.subject, whole.object) == ((NORA, PETRA, OMAR), None, None)
    assert places_of(whole) == ((NORA,), (PETRA, OMAR))
    assert complete(friends, places_of(whole))
    lent = placed(Draft("add", "", relation="loan"), loan, ((NORA,), (BOOK,)))
    assert (lent.subject, lent.object) == ((NORA,), (BOOK,))
    assert complete(toy_engine.kb.relations["plot"], ((), (BOOK,)))
    assert not complete(None, ((NORA,), (BOOK,)))


def test_somebody_chosen_twice_changes_places(toy_engine: Engine) -> None:
    """Nobody stands in two places where the relation forbids it; who does not fit there is left out."""
    friends = toy_engine.kb.relations["friendship"]
    assert put(toy_engine, friends, ((NORA,), (PETRA,)), 0, PETRA) == ((PETRA,), (NORA,))
    assert put(toy_engine, friends, ((NORA,), (PETRA,)), 1, OMAR) == ((NORA,), (OMAR,))
    assert put(toy_engine, friends, ((), (PETRA,)), 0, PETRA) == ((PETRA,), ())


def test_another_relation_keeps_who_fits(toy_engine: Engine) -> None:
    """Otherwise the question is looked at again. A narrower sense is the relation's own."""
    loan, club, friends = (toy_engine.kb.relations[id_] for id_ in ("loan", "attendance", "friendship"))
    asked = "does Nora like the Salt Lighthouse, Petra?"
    draft = about(toy_engine, Draft("add", ""), loan, asked, DAY)
    assert (draft.relation, places_of(draft)) == ("loan", ((NORA,), (BOOK,)))
    narrow = placed(Draft("add", "", relation="loan", narrows={"shape": "audio"}), loan, ((OMAR,), ()))
    assert about(toy_engine, narrow, loan, asked, DAY).narrows == {"shape": "audio"}
    moved = about(toy_engine, narrow, club, asked, DAY)
    assert (moved.narrows, places_of(moved)) == (None, ((OMAR,), ()))
    assert places_of(about(toy_engine, draft, friends, asked, DAY)) == ((NORA,), (PETRA,))


def test_those_in_the_question_are_offered_first(toy_engine: Engine) -> None:
    """Of its other wordings, too; then those with the most facts, as many as there is room for."""
    asked = ["does Petra avoid the Salt Lighthouse", "who avoids Omar"]
    readers = toy_engine.kb.relations["loan"].roles[0]
    assert offered(toy_engine, readers, asked, DAY, 25)[:2] == [PETRA, OMAR]
    assert sorted(offered(toy_engine, readers, asked, DAY, 25)) == sorted((NORA, OMAR, PETRA))
    assert offered(toy_engine, readers, asked, DAY, 1) == [PETRA]
    assert offered(toy_engine, (), asked, DAY, 25) == []
