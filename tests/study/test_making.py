"""No question has two right answers, none gives its answer away, and each is what the engine says when it is asked."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.knowledge.dates import Since
from bot.study import wording
from bot.study.asked import DATE, ENTITY, ORDER, VERDICT, Asked, asked_from_json
from bot.study.making import KINDS, Maker
from bot.study.others import LIKE, gives_away
from tests.study.conftest import TODAY, dice

RELATIONS = (
    "recognition", "diplomatic_relations", "embassy", "event_recognition", "defence_pact", "arms_supply", "energy",
    "conflict", "position", "mediation", "membership", "commentary", "glossary",
)  # fmt: skip
FEW = 24  # facts of a relation that every run tries; `make soak` tries all


def questions(maker: Maker, relation: str, step: int) -> Iterator[Asked]:
    """Every question of every kind, of each fact or of some."""
    for fact in maker.kb.facts(relation)[::step]:
        for kind in KINDS:
            made = maker.make(fact.id, kind, dice(f"{fact.id} {kind}"))
            if made is not None:
                yield made


def step_for(maker: Maker, relation: str) -> int:
    """So large that few facts are tried."""
    return max(1, len(maker.kb.facts(relation)) // FEW)


def test_every_relation_is_tried(maker: Maker) -> None:
    """So that a new one is not forgotten here."""
    assert {fact.relation for fact in maker.kb.facts()} == set(RELATIONS)


@pytest.mark.parametrize("relation", RELATIONS)
def test_some_questions_of_each_relation(maker: Maker, relation: str) -> None:
    """What is claimed is not asked, nor what could only be dated and is not; of the rest there is something."""
    made = [check(maker, asked) for asked in questions(maker, relation, step_for(maker, relation))]
    assert bool(made) == (relation not in ("commentary", "position"))


@pytest.mark.soak
@pytest.mark.parametrize("relation", RELATIONS)
def test_all_questions_of_each_relation(maker: Maker, relation: str) -> None:
    """The same, of each fact on file and every kind."""
    for asked in questions(maker, relation, 1):
        check(maker, asked)


def test_questions_of_another_subject(toy_maker: Maker) -> None:
    """The same code asks about books and loans."""
    kinds: Counter[str] = Counter()
    for relation in toy_maker.kb.relations:
        kinds.update(check(toy_maker, asked).kind for asked in questions(toy_maker, relation, 1))
    assert {"whether", "stand", "since", "until"} <= set(kinds)


def check(maker: Maker, asked: Asked) -> Asked:
    """Everything that must be so of a question."""
    fact = maker.kb.fact(asked.fact)
    assert fact.status != "claimed", asked
    assert fact.status == "settled" or asked.kind == "stand", asked
    dated = asked.kind in ("since", "until") or asked.kind.startswith("order")
    assert not (dated and fact.relation in maker.kb.shared["study"].get("undated", ())), asked
    assert asked.fact in asked.facts and asked.sources and asked.back and asked.as_of, asked
    assert asked.text and "{" not in asked.text and "  " not in asked.text, asked
    assert len({choice.casefold() for choice in asked.choices}) == len(asked.choices), asked
    assert asked_from_json(asked.to_json()) == asked
    assert asked.id.startswith(f"{asked.key}.") and maker.again(asked.key, dice(asked.text)) is not None
    assert maker.stands(asked), asked
    _CHECKS[asked.wanted.sort](maker, asked)
    return asked


def check_verdict(maker: Maker, asked: Asked) -> None:
    """One verdict is right, and the reader who reads the question gives it."""
    (wanted,) = asked.wanted.values
    assert asked.right == (asked.wanted.choices.index(wanted),)
    assert maker.engine.answer(asked.query, TODAY).verdict == wanted, asked
    if asked.kind == "whether":
        read = maker.engine.ask(asked.text, today=TODAY)
        assert read.status != "answered" or read.verdict == wanted, (asked, read)
    assert wanted != "disputed" or len(asked.choices) == 3, asked


def check_entity(maker: Maker, asked: Asked) -> None:
    """Just one choice is right; none is named in the text; all are of like length."""
    assert len(asked.choices) == 4 and len(asked.right) == 1, asked
    chosen = asked.wanted.choices
    for who in chosen:
        assert not gives_away(asked.text, wording.names_of(maker.engine, who)), (asked, who)
    right = chosen[asked.right[0]]
    assert right == asked.wanted.values[0], asked
    assert not set(asked.wanted.values) & (set(chosen) - {right}), asked
    sizes = [len(choice) for choice in asked.choices]
    assert max(sizes) <= LIKE * len(asked.answer) <= LIKE * LIKE * min(sizes), asked
    for who in chosen:
        if asked.kind.startswith(("which", "not")):
            other = maker.engine.answer(wording.placed(asked.query, asked.wanted.place, (who,)), TODAY)
            contrary = {"yes": "no", "no": "yes"}[asked.wanted.verdict]
            assert other.status == "answered", (asked, who, other)
            assert other.verdict == (asked.wanted.verdict if who == right else contrary), (asked, who, other)
    if asked.kind.startswith(("which", "not")):
        listed = maker.engine.ask(asked.text.rpartition("?")[0] + "?", today=TODAY)
        if listed.status == "answered" and isinstance(listed.value, tuple) and listed.coverages:
            assert not set(listed.value) & (set(chosen) - {right}), (asked, listed)


def check_date(maker: Maker, asked: Asked) -> None:
    """All are told equally exactly and lie in the past; none but the right one is the date of that statement."""
    assert len(asked.choices) == 4 and len({len(value) for value in asked.wanted.choices}) == 1, asked
    (wanted,) = asked.wanted.values
    answer = maker.engine.answer(asked.query, TODAY)
    assert answer.value.startswith(wanted), (asked, answer)
    for value in asked.wanted.choices:
        assert not gives_away(asked.text, [value[:4]]), asked
        assert value == wanted or not answer.value.startswith(value), asked
        assert value <= TODAY.isoformat(), asked
    read = maker.engine.ask(asked.text, today=TODAY)
    if read.status == "answered" and read.query and read.query.key() == asked.query.key():
        assert isinstance(read.value, str) and read.value.startswith(wanted), (asked, read)


def check_order(maker: Maker, asked: Asked) -> None:
    """The order is that of the dates, no two of which may be the same day."""
    assert 3 <= len(asked.choices) <= 4 and sorted(asked.right) == list(range(len(asked.choices))), asked
    dates: list[str] = []
    for place in asked.right:
        one = wording.placed(asked.query, asked.wanted.place, (asked.wanted.choices[place],))
        finding = maker.asker.finding(one)
        assert finding.verdict == "yes" and finding.since.exact and finding.since.date, (asked, finding)
        dates.append(finding.since.date)
    for one_date, next_date in itertools.pairwise(dates):
        size = min(len(one_date), len(next_date))
        assert one_date[:size] < next_date[:size], (asked, dates)


_CHECKS = {VERDICT: check_verdict, ENTITY: check_entity, DATE: check_date, ORDER: check_order}


def test_the_place_of_the_right_choice_says_nothing(maker: Maker) -> None:
    """Over many draws each place comes about as often."""
    places: Counter[int] = Counter()
    for fact in maker.kb.facts("recognition", "kosovo")[:60]:
        for seed in range(4):
            made = maker.make(fact.id, "since", dice(f"{fact.id} {seed}"))
            places.update(made.right if made else ())
    assert min(places[n] for n in range(4)) > 0.15 * places.total()


def test_a_question_keeps_its_id_until_its_fact_changes(maker: Maker) -> None:
    """Whatever choices chance gave it."""
    fact = next(f for f in maker.kb.facts("recognition", "kosovo") if "which.subject" in maker.kinds(f.id))
    made = [maker.make(fact.id, "which.subject", dice(str(seed))) for seed in range(8)]
    assert len({asked.id for asked in made if asked}) == 1
    assert len({asked.choices for asked in made if asked}) > 1


def test_what_is_retired_or_gone_is_not_asked(maker: Maker) -> None:
    """Nor is a question that was asked before that."""
    assert maker.make("no-such-fact", "whether", dice("")) is None
    assert all(maker.make(id_, kind, dice("")) is None for id_ in list(maker.kb.retired)[:20] for kind in KINDS)
    fact = next(f for f in maker.kb.facts("recognition", "kosovo") if maker.make(f.id, "whether", dice("")))
    asked = maker.make(fact.id, "whether", dice(""))
    assert asked is not None
    assert maker.stands(asked)
    assert not maker.stands(replace(asked, id=f"{asked.key}.0"))
    assert not maker.stands(replace(asked, fact="no-such-fact"))


def test_what_is_not_on_file_is_never_a_wrong_choice(maker: Maker) -> None:
    """Nobody can be marked wrong for what nobody looked up."""
    for fact in maker.kb.facts("embassy"):
        asked = maker.make(fact.id, "which.subject", dice(fact.id))
        for who in asked.wanted.choices if asked else ():
            other = maker.engine.answer(wording.placed(asked.query, "subject", (who,)), TODAY)  # type: ignore[union-attr]
            assert other.status == "answered"


def test_an_uncertain_beginning_is_not_asked_for(maker: Maker) -> None:
    """At least since, and unknown, are no dates."""
    for fact in maker.kb.facts():
        if fact.since == Since(None) or fact.since.latest:
            assert maker.make(fact.id, "since", dice("")) is None or fact.roles[0][0].since
