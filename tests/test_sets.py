"""Sets in questions: groups, names told one by one, those left out, ranks; and what must not be read as one."""

import datetime

import pytest

from bot.engine import Engine

TODAY = datetime.date(2026, 11, 22)

LISTS = [
    ("Which Arab country was first to recognise Israel?", ["egypt"]),
    ("Who was the second country to recognise Abkhazia?", ["nicaragua"]),
    ("which country was the 30th to join NATO", ["north-macedonia"]),
    ("Which of Denmark, Ireland and Latvia recognises Palestine?", ["ireland"]),
    ("Denmark, Ireland or Latvia: which recognises Palestine?", ["ireland"]),
    ("which countries apart from Turkey recognise Northern Cyprus", []),
    ("In Africa, which countries recognise Taiwan?", ["eswatini"]),
    ("by which EU states is Kosovo not recognised", ["cyprus", "greece", "romania", "slovakia", "spain"]),
    ("which ASEAN members joined BRICS", ["indonesia"]),
    ("which P5 members do not recognise Kosovo", ["china", "russia"]),
]

VERDICTS = [
    ("Do all NATO members recognise Kosovo?", "no"),
    ("is Eswatini the only African state that recognises Taiwan?", "yes"),
    ("was Russia the first country to recognise Kosovo", "no"),
    ("Do Tuvalu and Palau both recognise Taiwan?", "yes"),
    ("do Spain and Portugal recognise Kosovo", "no"),
    ("Nobody but Turkey recognises Northern Cyprus, right?", "yes"),
    ("Has any member of the Arab League recognised Kosovo?", "yes"),
]

# Neither yes nor no: one of several, or the first of those of today where the first of all are over.
NEITHER = "Was Russia the first country to recognise the Taliban government?"

# Another set than the one named, other content, a future, an opinion, two questions, or a place that is not open.
NEVER = [
    "which African countries will recognise Kosovo",
    "which African countries recognise Kosovo passports",
    "which European companies sell arms to Israel",
    "which countries recognise Armenia as a European country",
    "does Armenia recognise Georgia as a European country",
    "which Arab country should recognise Israel next",
    "will all NATO members recognise Palestine",
    "do all NATO members and Serbia recognise Kosovo",
    "which African presidents recognise the SADR",
    "which countries recognise NATO members",
    "do NATO members recognise Kosovo",
    "does the EU recognise Kosovo",
    "who was the first president to recognise Kosovo",
    "first African football team to recognise Kosovo",
    "which Arab newspaper was first to recognise Israel",
    "which West African countries recognise the SADR",
    "which Eastern European countries recognise Kosovo",
    "which former EU members recognise Kosovo",
    "which African countries except those in the AU recognise Kosovo",
    "which non-Arab states recognise Palestine",
    "which non-EU European countries recognise Kosovo",
    "which countries outside Europe recognise Kosovo",
    "which countries outside the EU are in NATO",
    "which small Caribbean countries recognise Taiwan",
    "does neither Spain nor Greece recognise Kosovo",
    "when did Spain and Portugal recognise Kosovo",
    "why do Spain and Greece not recognise Kosovo",
    "does Spain recognise Kosovo and Portugal sell arms to Israel?",
    "which of Spain recognise Kosovo",
    "does Serbia recognise Kosovo and have an embassy there",
    "which organisations in Africa is Egypt a member of",
    "which EU countries is Turkey a member of",
    "is Kosovo recognised only by Muslim countries",
    "only Muslim countries recognise Kosovo, right?",
    "is Serbia the only country that doesn't recognise Kosovo",
    "who was the first country to not recognise Kosovo",
    "who was second in the world cup",
    "which was the second country to lose a war with Israel",
    "besides recognising Kosovo, does Spain recognise Palestine",
    "besides Spain, does Greece recognise Kosovo",
    "no one knows if Spain recognises Kosovo",
    "which EU country has the most embassies in Africa",
    "nobody recognises Kosovo",
    "everyone recognises Kosovo",
    "does everyone know that Spain recognises Kosovo",
    "do all roads lead to Kosovo",
    "how many African countries would recognise Taiwan",
    "first Arab country to recognise Israel before Egypt",
    "which three EU states and one NATO member recognise Kosovo",
    "the second time Nauru recognised Taiwan",
    "who was the second to last to recognise Kosovo",
    "which countries recognised both world wars",
    "which countries recognise both Kosovo and its passports",
    "Do Tuvalu and Palau both maintain an embassy or recognise Taiwan",
    "in Africa, does Kenya recognise Kosovo",
    "does Kenya in Africa recognise Kosovo",
    "who among the Muslim leaders recognised Israel first",
    "which European parliament recognises Palestine",
    "has the European Parliament recognised Palestine",
    "which NATO country borders the most members",
    "is Pakistan recognised by every country or are there some that do not and is that morally right??",
    "Isn't Costa Rica the first country not to recognise Kosovo?",
    "is the only country recognising Kosovo Serbia or not",
]


@pytest.mark.parametrize(("question", "value"), LISTS)
def test_a_set_is_chosen_from(engine: Engine, question: str, value: list[str]) -> None:
    """Exactly those of the set."""
    made = engine.ask(question, (), TODAY)
    assert made.status == "answered"
    assert sorted(made.value) == value


@pytest.mark.parametrize(("question", "verdict"), VERDICTS)
def test_what_is_asked_of_a_set(engine: Engine, question: str, verdict: str) -> None:
    """Whether any, all, both or only one of them."""
    assert engine.ask(question, (), TODAY).verdict == verdict


@pytest.mark.parametrize("question", NEVER)
def test_what_is_no_set(engine: Engine, question: str) -> None:
    """Refused, or nothing on file."""
    assert engine.ask(question, (), TODAY).status != "answered"


def test_no_group_is_empty(engine: Engine) -> None:
    """A group without members would be counted as none."""
    groups = [id_ for id_, entity in engine.kb.entities.items() if entity.group]
    assert not [id_ for id_ in groups if len(engine.kb.members(id_, TODAY)) < 3]


def test_the_first_of_today_is_told_beside_the_first_of_all(engine: Engine) -> None:
    """No verdict on who is only the first of a later row; both rows are told."""
    told = engine.ask(NEITHER, today=TODAY)
    assert (told.status, told.verdict) == ("answered", None)
    assert told.text.index("Pakistan") < told.text.index("Russia")
    listed = engine.ask("Who was the first to recognise the Taliban?", today=TODAY).value
    assert {"pakistan", "russia"} <= {*listed}


def test_nobody_disputed_is_listed_as_one_who_does_not(engine: Engine) -> None:
    """Whoever is named as disputed is neither in the list nor in its count."""
    listed = engine.ask("which NATO members do not recognise Palestine", today=TODAY)
    counted = engine.ask("how many NATO members do not recognise Palestine", today=TODAY)
    assert "Disputed, and so not counted here: Czechia" in listed.text
    assert "czechia" not in listed.value
    assert counted.value == len(listed.value)


def test_what_began_in_a_time_is_no_total_of_an_open_list(engine: Engine) -> None:
    """How many are on file is not how many there are; of a complete list it is."""
    opened = engine.ask("how many states recognised Israel in 1948", today=TODAY)
    assert (opened.status, opened.value) == ("answered", None)
    assert opened.text.startswith("On file")
    assert engine.ask("how many countries recognised Palestine in 2024", today=TODAY).value


def test_a_list_names_nobody_who_came_after_its_day(engine: Engine) -> None:
    """They are told beside it, and belong to the value."""
    made = engine.ask("which countries have an embassy in Jerusalem", today=TODAY)
    head, _, tail = made.text.partition("By facts later than that list also: ")
    assert "Somaliland" in tail
    assert "Somaliland" not in head
    assert "somaliland" in made.value
