"""Checks of what is declared and of single facts: ids, kinds, narrowings, details, dates, sources."""

import datetime

import pytest

from tests.knowledge.samples import FILES, TODAY, checked, with_entities, with_facts, with_relations

CAT = "kind: cat, name"
SIDE = "{by: A, text: Yes., sources: [diary]}"


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("subject: mogg, object: mill",
         "the participant 'mogg' is no entity; define it in entities/…, or did you mean 'mog'?"),
        ("subject: mog, object: mill, named: war", "`named` 'war' is no entity; define it in entities/…"),
        ("subject: mog, object: mill, why: because", "there is no reason 'because'; define it under `reasons:`…"),
        ("subject: mog, object: mill, sources: [diry]",
         "there is no source 'diry'; define it in sources/…, or did you mean 'diary'?"),
        ("subject: mog, object: mill, why: {text: So., sources: [x1]}", "there is no source 'x1'; define it in"),
        ("subject: mog, object: mill, details: [{what: rent, value: 3, sources: [x2]}]", "there is no source 'x2'"),
        (f"subject: mog, object: mill, status: disputed, dispute: [{SIDE.replace('diary', 'x3')}, {SIDE}]",
         "there is no source 'x3'"),
    ],
)  # fmt: skip
def test_dangling_ids_of_a_fact(fact: str, told: str) -> None:
    """Every id in a fact is looked up, and a near one is offered."""
    (problem, *rest) = with_facts(f"facts:\n  - {{id: a, relation: lives_in, {fact}}}\n")
    assert problem.startswith(f"facts/homes.yaml:3: {told}")
    assert all("nobody cites" in line for line in rest)


def test_a_relation_that_is_not_declared() -> None:
    """A fact and a coverage are told apart from their participants' faults."""
    told = with_facts(
        "facts:\n  - {id: a, relation: live_in, subject: mog, object: mill}\n"
        "coverage:\n"
        "  - {relation: owns, subject: mog, object: mill, unlisted: no, from: 2020, sources: [diary], as_of: 2026}\n"
    )
    assert told == [
        "facts/homes.yaml:3: 'live_in' is no relation; declare it in relations.yaml…, or did you mean 'lives_in'?",
        "facts/homes.yaml:5: 'owns' is no relation; declare it in relations.yaml…",
    ]


@pytest.mark.parametrize(
    ("entity", "told"),
    [
        ("zed: {kind: dog, name: Zed}", "'dog' is no kind of entity; declare it under `kinds:` in relations.yaml…"),
        (f"zed: {{{CAT}: Zed, successor: zod}}", "`successor` 'zod' is no entity"),
        (f"zed: {{{CAT}: Zed, predecessor: zed}}", "'zed' is its own `predecessor`; remove it"),
        (f"zed: {{{CAT}: Zed, stands_for: zod}}", "`stands_for` 'zod' is no entity"),
        (f"zed: {{{CAT}: Zed, confusable_with: [zod]}}", "`confusable_with` 'zod' is no entity"),
        ("zed: {kind: group, name: Zed, group: {members: [mog, zod]}}", "the member 'zod' is no entity"),
        ("zed: {kind: group, name: Zed, group: {members: [mill-cats]}}", "the member 'mill-cats' is itself a group"),
        ("zed: {kind: group, name: Zed, group: {relation: lives, object: mill}}", "'lives' is no relation"),
        ("zed: {kind: group, name: Zed, group: {relation: lives_in, object: mall}}",
         "the group's object 'mall' is no entity"),
        (f"zed: {{{CAT}: Zed, since: 2027}}", "`since` 2027 lies in the future"),
        (f"zed: {{{CAT}: Zed, since: 2020, until: 2019}}", "'zed' ends before it begins (2020 to 2019)"),
        (f"ze: {{{CAT}: Zed, iso: ZE}}", "'ze' is a code; an entity's id is a word"),
    ],
)  # fmt: skip
def test_faults_of_an_entity(entity: str, told: str) -> None:
    """Kinds, ids, groups and lifetimes."""
    (problem,) = with_entities(f"  {entity}\n")
    assert problem.startswith(f"entities/more.yaml:2: {told}")


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("likes: {title: likes, subject: [dog], object: [cat]}", "'dog' is no kind of entity"),
        ("likes: {title: likes, between: [cat], implies: [love]}", "'love' is no relation"),
        ("likes: {title: likes, between: [cat], digest: [siblings, love]}", "'love' is no relation"),
        ("likes: {title: likes, between: [cat], narrows: {subject: [a]}}", "`narrows` may not be named 'subject'"),
        ("likes: {title: likes, between: [cat], narrows: {how: [much]}, counts_as: {little: no}}",
         "`counts_as` names 'little', which `narrows` does not list"),
    ],
)  # fmt: skip
def test_faults_of_a_relation(relation: str, told: str) -> None:
    """What relations.yaml declares must hang together."""
    (problem,) = with_relations(relation)
    assert problem.startswith(f"relations.yaml:6: {told}")


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("relation: lives_in, subject: mill, object: barn", "'mill' is of the kind house; lives_in takes cat here"),
        ("relation: lives_in, subject: mog", "a fact of lives_in lacks its object"),
        ("relation: lives_in, between: [mog, tib]", "a fact of lives_in gives `subject` and `object`"),
        ("relation: siblings, subject: mog, object: tib", "a fact of siblings gives `between`"),
        ("relation: feud, between: [mog, tib]", "a fact of feud gives `sides`"),
        ("relation: siblings, between: [mog, mog]", "somebody takes part twice"),
        ("relation: feud, sides: [[mog, tib], [rum, mog]]", "somebody takes part twice"),
        ("relation: lives_in, subject: mog, object: mill, narrows: {room: cellar}",
         "'room: cellar' is no narrowing of lives_in; it declares: room: loft|hall"),
        ("relation: siblings, between: [mog, tib], narrows: {age: old}",
         "'age: old' is no narrowing of siblings; it declares: it has none"),
        ("relation: lives_in, subject: mog, object: mill, details: [{what: view, value: sea}]",
         "lives_in declares no detail 'view'; it declares: rent"),
        ("relation: lives_in, subject: mog, object: mill, details: [{what: rent, value: much}]",
         "the detail rent wants a number, not 'much'"),
        ("relation: lives_in, subject: mog, object: mill, details: [{what: rent, value: nan}]",
         "the detail rent wants a number, not 'nan'"),
        ("relation: lives_in, subject: mog, object: mill, details: [{what: rent, value: 3, since: 2022, until: 2021}]",
         "the detail rent ends before it begins"),
    ],
)  # fmt: skip
def test_facts_that_do_not_fit_their_relation(fact: str, told: str) -> None:
    """Kinds, shapes, repetition, narrowings and details are those that the relation declares."""
    (problem,) = with_facts(f"facts:\n  - {{id: a, {fact}}}\n")
    assert problem.startswith(f"facts/homes.yaml:3: {told}")


def test_details_of_each_type() -> None:
    """Dates and entities are checked as such; a text may be anything."""
    relation = "deal: {title: deals, between: [cat], details: {day: date, judge: entity, word: text, cut: percent}}"
    fact = (
        "{id: a, relation: deal, between: [mog, tib], details: [{what: day, value: soon}, {what: judge, value: rom}, "
    )
    fact += "{what: word, value: nan}, {what: cut, value: 12.5}, {what: cut, value: 5%}]}"
    told = checked(
        {
            "relations.yaml": FILES["relations.yaml"] + f"  {relation}\n",
            "facts/more.yaml": f"defaults: {{as_of: 2026-01-01, sources: [diary]}}\nfacts:\n  - {fact}\n",
        }
    )
    assert [line.partition(": ")[2].partition(";")[0] for line in told] == [
        "the detail cut wants a number, not '5%'",
        "the detail day wants a date, not 'soon'",
        "the detail judge 'rom' is no entity",
    ]


def test_a_text_that_is_required() -> None:
    """A relation whose facts are sentences wants the sentence."""
    told = checked(
        {
            "relations.yaml": FILES["relations.yaml"] + "  motto: {title: mottos, object: [cat], text: required}\n",
            "facts/more.yaml": "defaults: {as_of: 2026, sources: [diary]}\n"
            "facts:\n  - {id: a, relation: motto, object: mog}\n",
        }
    )
    assert told == ["facts/more.yaml:3: a fact of motto says its `text`; write the sentence"]


def test_a_reflexive_relation() -> None:
    """Where it is declared, somebody may stand in both places."""
    relation = "washes: {title: washes, subject: [cat], object: [cat], reflexive: yes}"
    fact = "{id: a, relation: washes, subject: mog, object: mog, as_of: 2026, sources: [diary]}"
    assert (
        checked({"relations.yaml": FILES["relations.yaml"] + f"  {relation}\n", "facts/b.yaml": f"facts: [{fact}]"})
        == []
    )


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("subject: mog, since: 2026-02", "`since` 2026-02"),
        ("subject: mog, since: by 2027", "`since` 2027"),
        ("subject: mog, until: 2026-01-21", "`until` 2026-01-21"),
        ("subject: mog, as_of: 2026-03-01", "`as_of` 2026-03-01"),
        ("subject: {who: mog, since: 2027}", "`since` 2027"),
        ("subject: mog, details: [{what: rent, value: 3, as_of: 2027}]", "`as_of` 2027"),
    ],
)
def test_a_date_in_the_future(fact: str, name: str) -> None:
    """Wherever a date stands, it lies in the past."""
    (problem,) = with_facts(f"facts:\n  - {{id: a, relation: lives_in, object: mill, {fact}}}\n")
    assert problem.startswith(f"facts/homes.yaml:3: {name} lies in the future; ")


def test_a_date_of_the_day_itself() -> None:
    """Today is not the future, nor is a month that has begun."""
    fact = "{id: a, relation: lives_in, subject: mog, object: mill, since: 2026-01-20, as_of: 2026-01}"
    assert with_facts(f"facts:\n  - {fact}\n") == []


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("subject: mog, since: 2021, until: 2020", "the fact ends before it begins (2021 to 2020)"),
        ("subject: {who: mog, since: 2021, until: 2020}", "'mog' ends before it begins (2021 to 2020)"),
        ("subject: {who: mog, since: 2023}, until: 2022", "'mog' joins when the fact is over"),
        ("subject: {who: mog, until: 2019}, since: 2020", "'mog' leaves before the fact begins"),
    ],
)
def test_periods_that_are_none(fact: str, told: str) -> None:
    """A fact and each participant have a period in which somebody can be found."""
    (problem,) = with_facts(f"facts:\n  - {{id: a, relation: lives_in, object: mill, {fact}}}\n")
    assert problem.startswith(f"facts/homes.yaml:3: {told}")


def test_facts_past_their_recheck_interval() -> None:
    """A warning, which does not forbid serving; what is over, and what somebody claimed, is left in peace."""
    told = checked(
        {
            "facts/homes.yaml": """\
defaults: {relation: lives_in, object: mill, as_of: 2024-01-01, sources: [diary]}
facts:
  - {id: old, subject: mog}
  - {id: over, subject: tib, until: 2023}
  - {id: said, subject: rum, status: claimed, claimed_by: Mog}
"""
        }
    )
    hint = "look for a newer page and move `as_of`"
    assert told == [f"facts/homes.yaml:3: warning: 'old' was last seen 750 days ago, more than 365; {hint}"]


def test_the_recheck_interval_is_the_relations() -> None:
    """One day too many is told, the last day is not."""
    relations = FILES["relations.yaml"].replace("title: homes,", "title: homes, recheck_days: 19,")
    assert checked({"relations.yaml": relations}) == []
    assert len(checked({"relations.yaml": relations}, TODAY + datetime.timedelta(days=1))) == 1


def test_a_source_nobody_cites() -> None:
    """What nothing rests on is told; what is cited anywhere is not."""
    source = "sources:\n  other: {title: O, publisher: P, accessed: 2026, kind: opinion}\n"
    assert checked({"sources/more.yaml": source}) == [
        "sources/more.yaml:2: nobody cites the source 'other'; cite it or remove it"
    ]
    fact = "id: a, relation: lives_in, subject: tib, object: mill, as_of: 2026"
    for place in (
        "sources: [diary, other]",
        "sources: [diary], why: {text: So., sources: [other]}",
        "sources: [diary], details: [{what: rent, value: 3, sources: [other]}]",
    ):
        assert checked({"sources/more.yaml": source, "facts/more.yaml": f"facts:\n  - {{{fact}, {place}}}\n"}) == []


def test_a_source_read_in_the_future() -> None:
    """Neither published nor read after today."""
    told = checked({"sources/diary.yaml": FILES["sources/diary.yaml"].replace("2026-01-01", "2027, published: 2028")})
    assert [line.partition(";")[0] for line in told] == [
        "sources/diary.yaml:2: `accessed` 2027 lies in the future",
        "sources/diary.yaml:2: `published` 2028 lies in the future",
    ]


def test_a_reason_nobody_gives() -> None:
    """The same for shared reasons."""
    (problem,) = checked({"facts/more.yaml": "reasons:\n  because: {text: So., sources: [diary]}\n"})
    assert problem == "facts/more.yaml:2: no fact gives the reason 'because'; use it under `why:`, or remove it"
