"""Both directions at once, one of two, what is over, and two names before their question; and what is none of these."""

import datetime

import pytest

from bot.discord_app.custom_ids import query_of, query_text
from bot.engine import Engine
from bot.state.queries import query_from_json, query_key, query_to_json

TODAY = datetime.date(2026, 11, 22)

# Yes only of both, no of one that is not; and what each side's sentence names.
MUTUAL = [
    ("do Cyprus and Turkey recognise each other?", "no"),
    ("do the two Koreas recognise each other", "no"),
    ("aren't Pakistan and Bangladesh recognising each other", "yes"),
    ("mutual recognition between Armenia and Pakistan", "yes"),
    ("Kosovo and Serbia, do they recognise one another?", "no"),
    ("does Turkey recognise Cyprus and vice versa", "no"),
    ("is Pakistan's recognition of Armenia mutual?", "yes"),
    ("do Pakistan and Armenia not recognise each other", "yes"),
    ("did Israel and Egypt recognise each other in 1985", "yes"),
    ("do Israel and Iran have embassies in each other's capitals", "no"),
    ("do Israel and UAE each have an embassy in the other", "yes"),
]

LISTS = [
    ("which does Paraguay recognise, Taiwan or China?", ["taiwan"]),
    ("is it Taiwan or the PRC that Paraguay recognises", ["taiwan"]),
    ("does Japan recognise the ROC or the PRC", ["china"]),
    ("who does Belize recognise: taiwan or the prc", ["taiwan"]),
    ("does Honduras recognise China or Taiwan?", ["china"]),
    ("does Paraguay not recognise Taiwan or China", ["china"]),
    ("is Serbia a member of NATO or the EU", []),
    ("which countries have left the EU", ["united-kingdom"]),
    ("who left the CSTO", ["uzbekistan"]),
    ("who has Algeria cut ties with", ["morocco"]),
    ("which African countries cut ties with Israel", ["mali", "mauritania", "niger"]),
]

PAIRS = [
    ("Sudan and Iran, do they have diplomatic relations again?", "diplomatic_relations.whether", "yes", None),
    ("are Bahrain and Qatar diplomatic ties back", "diplomatic_relations.whether", "yes", None),
    ("Sudan and Iran, have they restored ties?", "diplomatic_relations.whether", "yes", None),
    ("since when have Iran and the US had no relations", "diplomatic_relations.when_ended", None, "1980-04-07"),
    (
        "Israel and Bolivia, since when have they had no relations?",
        "diplomatic_relations.when_ended",
        None,
        "2023-11-01",
    ),
    ("how long have the US and Iran had no relations", "diplomatic_relations.how_long_none", "no", 46),
    ("how long has Nauru not recognised Taiwan", "recognition.how_long", "no", 2),
]

# Other content, a future, an opinion, a third party, two questions, somebody unknown, a statement, another subject.
NEVER = [
    "do Cyprus and Turkey recognise each other's passports",
    "do Cyprus and Turkey recognise each other as friends",
    "will Cyprus and Turkey recognise each other",
    "should the two Koreas recognise each other",
    "do Cyprus, Turkey and Greece recognise each other",
    "Cyprus and Turkey recognise each other",
    "do Microsoft and Google recognise each other",
    "do Russia and Europe recognise each other",
    "when will the two Koreas recognise each other",
    "do Cyprus and Turkey recognise Kosovo and each other",
    "is the recognition of Armenia mutual",
    "does Paraguay recognise Taiwan's or China's passports",
    "does Paraguay recognise Taiwan or its passports",
    "will Paraguay recognise Taiwan or China",
    "should Paraguay recognise Taiwan or China",
    "when did Paraguay recognise Taiwan or China",
    "does Paraguay recognise Taiwan or have relations with China",
    "does Paraguay recognise Taiwan or does Haiti recognise China",
    "does Paraguay recognise Taiwan or Wakanda",
    "is it Taiwan or Wakanda that Paraguay recognises",
    "is it Taiwan or China that will win",
    "which countries cut trade ties with Israel",
    "which companies cut ties with Israel",
    "which countries will cut ties with Israel",
    "which countries should cut ties with Israel",
    "which countries want to leave the EU",
    "which countries threatened to leave NATO",
    "who almost left NATO",
    "who left NATO",
    "who left the room",
    "which countries severed diplomatic relations with Qatar",  # all are restored
    "which countries did not withdraw recognition of Taiwan",
    "which countries did not withdraw recognition of Taiwan in 2023",
    "who joined NATO and left the EU",
    "Sudan and Iran, will they have relations again?",
    "Sudan and Iran, do they have trade relations?",
    "Sudan, Iran and Chad, do they have relations?",
    "Israel and Iran, does it recognise them?",
    "how long will the US and Iran have no relations",
    "who cut ties first, Iran or Saudi Arabia",
    "who will cut ties first, Iran or Saudi Arabia",
    "who cut ties, Morocco or Algeria",
]


@pytest.mark.parametrize(("question", "verdict"), MUTUAL)
def test_both_directions_are_told(engine: Engine, question: str, verdict: str) -> None:
    """One verdict of both; the query keeps its two names, and may be asked the other way round."""
    made = engine.ask(question, (), TODAY)
    assert (made.status, made.verdict) == ("answered", verdict)
    assert made.query is not None
    assert made.query.mutual
    assert engine.answer(made.query.turned(), TODAY).verdict == verdict
    assert made.facts or made.coverages
    assert made.sources


def test_each_side_has_its_sentence(engine: Engine) -> None:
    """What is not on file of one side is said too."""
    text = engine.ask("do Serbia and Kosovo recognise each other?", (), TODAY).text
    assert text == (
        "No, not both ways. Serbia does not recognise Kosovo. I have no record of whether Kosovo recognises Serbia."
    )


def test_nothing_is_said_of_both_where_nothing_is_on_file(engine: Engine) -> None:
    """Two directions without a record make no verdict."""
    made = engine.ask("did the two Koreas recognise each other in 1980", (), TODAY)
    assert (made.status, made.verdict) == ("no_record", None)


def test_since_when_both_is_the_later_date(engine: Engine) -> None:
    """It is mutual from the day on which the second one follows."""
    made = engine.ask("Since when do Armenia and Pakistan recognise each other?", (), TODAY)
    assert made.status == "answered"
    assert made.value in ("2025-08-31", None)


@pytest.mark.parametrize("question", ["and Greece?", "since when?", "why not?", "and in 1975?"])
def test_a_follow_up_stays_with_both(engine: Engine, question: str) -> None:
    """Another name, form or time is asked of both directions again."""
    reading = engine.read(question, ["do Cyprus and Turkey recognise each other?"], TODAY)
    assert reading.query is not None
    assert reading.query.mutual


def test_both_directions_survive_a_button_and_a_restart(engine: Engine) -> None:
    """The custom id and the stored query keep it; the plain question has another key."""
    query = engine.read("do Cyprus and Turkey recognise each other?", (), TODAY).query
    plain = engine.read("does Cyprus recognise Turkey?", (), TODAY).query
    assert query is not None
    assert plain is not None
    assert query_of(query_text(query)) == query == query_from_json(query_to_json(query))
    assert query_key(query) != query_key(plain)


@pytest.mark.parametrize(("question", "value"), LISTS)
def test_lists_are_told(engine: Engine, question: str, value: list[str]) -> None:
    """One of two named, and those of whom it is over."""
    made = engine.ask(question, (), TODAY)
    assert made.status == "answered"
    assert sorted(made.value) == value


def test_disputed_endings_are_named_as_disputed(engine: Engine) -> None:
    """A withdrawal that one side denies is in no list, and not left out in silence."""
    made = engine.ask("who withdrew recognition of Kosovo", (), TODAY)
    assert made.status == "answered"
    assert "suriname" not in made.value
    assert "Disputed, and so not counted here: Suriname (27 October 2017)" in made.text
    assert engine.composer.words.message("open_list") in made.caveats


def test_whether_anybody_left_is_known_from_one(engine: Engine) -> None:
    """Yes if one is on file; an open list never makes a no."""
    assert engine.ask("has any country left the EU?", (), TODAY).verdict == "yes"
    assert engine.ask("has any country left NATO?", (), TODAY).status == "no_record"


def test_how_many_does_not_follow_from_who_left(engine: Engine) -> None:
    """How many there are now is another question."""
    assert engine.ask("how many?", ["who withdrew recognition of Taiwan"], TODAY).status != "answered"


@pytest.mark.parametrize(("question", "rule", "verdict", "value"), PAIRS)
def test_pairs_are_read(engine: Engine, question: str, rule: str, verdict: str | None, value: object) -> None:
    """Two names before their question, and relations that are gone."""
    made = engine.ask(question, (), TODAY)
    assert made.query is not None
    assert (made.status, made.query.rule, made.verdict, made.value) == ("answered", rule, verdict, value)


@pytest.mark.parametrize("question", NEVER)
def test_other_questions_are_not_answered(engine: Engine, question: str) -> None:
    """Refused, asked back, or without a record."""
    assert engine.ask(question, (), TODAY).status != "answered"
