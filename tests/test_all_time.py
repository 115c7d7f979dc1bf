"""What is asked about all time, or about a day that is past, is not answered from a list of today."""

import datetime

import pytest

from bot.engine import Engine

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "status", "verdict"),
    [
        ("Has Spain ever recognised Taiwan?", "no_record", None),  # the list begins in 2017
        ("Has any EU member ever recognised Taiwan?", "no_record", None),
        ("Has El Salvador ever had an embassy in Jerusalem?", "no_record", None),
        ("Was Taiwan ever a member of the UN?", "no_record", None),  # what is denied is so since 1971 only
        ("How many countries have ever recognised the SADR?", "no_record", None),  # the counts are of today
        ("Has Spain ever recognised Kosovo?", "answered", "no"),  # the list begins with Kosovo
        ("Has Armenia ever been a member of NATO?", "answered", "no"),
        ("Was Azerbaijan ever in the CSTO?", "answered", "no"),
        ("Has Malaysia ever recognised Israel?", "answered", "no"),
    ],
)
def test_ever_is_denied_only_where_it_is_known(engine: Engine, question: str, status: str, verdict: str | None) -> None:
    """A list, or a fact, that denies something denies it from its first day on."""
    answer = engine.ask(question, (), TODAY)
    assert (answer.status, answer.verdict) == (status, verdict), answer.text


@pytest.mark.parametrize(
    ("question", "now", "over"),
    [
        ("Which African countries have ever recognised Taiwan?", "Eswatini", "Malawi"),
        ("Has any African country ever recognised Taiwan?", "Eswatini", "Malawi"),
        ("Which countries were ever members of the CSTO?", "Tajikistan", "Uzbekistan"),
        ("Has any country ever recognised Artsakh?", "", "Abkhazia"),
    ],
)
def test_who_ever_did_tells_who_no_longer_does(engine: Engine, question: str, now: str, over: str) -> None:
    """Those of whom it is over stand behind those of whom it is so, each with the end."""
    text = engine.ask(question, (), TODAY).text
    before, mark, after = text.partition("No longer" if now else "until the day named")
    assert mark, text
    assert over in after
    assert over not in before
    assert now in before


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Were Iran and Iraq at war before 1990?", "yes"),
        ("Did Iran recognise Israel before 1980?", "yes"),
        ("Was Uzbekistan in the CSTO before 2020?", "yes"),
        ("Did the US recognise Kosovo before 2009?", "yes"),
        ("Did Pakistan recognise Armenia before 2025?", "no"),
        ("Was Sweden in NATO before 2024?", "no"),
    ],
)
def test_before_is_any_day_before(engine: Engine, question: str, verdict: str) -> None:
    """Not only the last one."""
    assert engine.ask(question, (), TODAY).verdict == verdict


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Did any country join NATO in 2024?", ["Sweden"]),
        ("Did any country join NATO in 2025?", []),
        ("Did any country join the EU in 2020?", []),
        ("Did any Arab country recognise Israel in 2020?", ["Bahrain", "Morocco", "United Arab Emirates"]),
        ("Did anyone recognise Kosovo this year?", []),
        ("Did any EU country recognise Palestine in 2023?", []),
    ],
)
def test_whether_anybody_began_names_those_who_did(engine: Engine, question: str, names: list[str]) -> None:
    """And nobody of whom it was so already."""
    answer = engine.ask(question, (), TODAY)
    assert answer.status == ("answered" if names else "no_record"), answer.text
    assert all(name in answer.text for name in names)
    assert answer.text.count("(") <= len(names) + 1


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many members did NATO have in 1990?", "16 in 1990"),
        ("Which countries were members of NATO in 1990?", "16 in 1990: Belgium"),
        ("How many countries recognised Kosovo before 2010?", "65 before 2010"),
    ],
)
def test_a_list_of_another_day_says_so(engine: Engine, question: str, told: str) -> None:
    """The list of today, with the dates on file, tells who was in it then."""
    assert told in engine.ask(question, (), TODAY).text


def test_no_list_is_cut_without_a_word(engine: Engine) -> None:
    """Of many names it is told how many more there are."""
    assert "(+" in engine.ask("Does anybody recognise Kosovo?", (), TODAY).text
    assert "(+" in engine.ask("Is anybody in NATO?", (), TODAY).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did the second Karabakh war end in October 2020?", "was not over"),
        ("Did the second Karabakh war end in November 2020?", "was over"),
        ("Did the Korean war end in 1953?", "was over"),
        ("Did the Iran-Iraq war end in 1985?", "was not over"),
        ("Did the first Karabakh war start in 1991?", "No. The First Karabakh War began in February 1988"),
    ],
)
def test_when_a_war_ended_is_not_whether_there_was_one(engine: Engine, question: str, told: str) -> None:
    """Asked of a time, by how it stood at its end."""
    assert told in engine.ask(question, (), TODAY).text


@pytest.mark.parametrize(
    "question",
    ["Who fought on Armenia's side in the second Karabakh war?", "Who fought with Turkey in the Korean war?"],
)
def test_an_ally_is_no_enemy(engine: Engine, question: str) -> None:
    """With somebody may be beside them or against them."""
    assert engine.ask(question, (), TODAY).status != "answered"


def test_open_lists_settle_no_nobody(engine: Engine) -> None:
    """Who stands in both of two lists that are not complete is not known to be nobody."""
    assert engine.ask("Who sells weapons to both India and Pakistan?", (), TODAY).status == "no_record"
    text = engine.ask("Which countries have an embassy in both Armenia and Azerbaijan?", (), TODAY).text
    assert text.startswith("On file")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Did Norway mediate between Israel and Palestine in 1993?", "answered"),
        ("Did Norway mediate between Israel and Palestine before 2005?", "answered"),
        ("Did Norway mediate between Israel and Palestine?", "answered"),
        ("Did Norway mediate between Israel and Palestine in 2005?", "no_record"),
        ("Did the Soviet Union mediate between India and Pakistan in 1970?", "no_record"),
        ("Who mediated between Iran and Saudi Arabia in 2025?", "no_record"),
        ("Did Russia mediate between Armenia and Azerbaijan in 2016?", "answered"),
    ],
)
def test_what_passes_does_not_go_on(engine: Engine, question: str, status: str) -> None:
    """Of a mediation without an end nothing is known after the day of its newest source."""
    assert engine.ask(question, (), TODAY).status == status


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Has Mali ever recognised Israel?", "Yes, in the past. Mali and Israel had diplomatic relations from 1960"),
        ("Mali has never recognised Israel, right?", "Mali and Israel had diplomatic relations from 1960"),
        ("Has Chad ever recognised Israel?", "have had diplomatic relations since 20 January 2019"),
        ("Did Chad recognise Israel in 1965?", "Chad recognised Israel then, since at least 1960"),
        ("Iran has never recognised Israel, right?", "Iran recognised Israel from 5 March 1950"),
    ],
)
def test_relations_that_are_over_imply_that_it_was_so(engine: Engine, question: str, told: str) -> None:
    """A no of today says nothing of the time before; what is told of relations is their own period."""
    answer = engine.ask(question, (), TODAY)
    assert answer.verdict == "yes"
    assert told in answer.text


@pytest.mark.parametrize("question", ["Who never recognised Israel?", "Which states have never recognised Israel?"])
def test_who_never_did_is_not_who_does_not(engine: Engine, question: str) -> None:
    """Those who once did are told, and are none of those who never did."""
    answer = engine.ask(question, (), TODAY)
    assert "it was once so, by what is on file, of Cuba, Iran," in answer.text
    assert "pakistan" in answer.value
    assert "iran" not in answer.value


@pytest.mark.parametrize(
    "question",
    ["Did nobody recognise Abkhazia in 2000?", "Has nobody recognised Kosovo since 2020?"],
)
def test_nobody_in_a_time_is_not_answered(engine: Engine, question: str) -> None:
    """It may be asked whether nobody began to, or whether nobody was."""
    assert engine.ask(question, (), TODAY).status != "answered"


def test_outcomes_of_several_wars_are_told_apart(engine: Engine) -> None:
    """Each with the name of its war, and none left out."""
    answer = engine.ask("What was the outcome of the wars between India and Pakistan?", (), TODAY)
    assert "Outcome of the Kargil War: " in answer.text
    assert "Outcome of the India–Pakistan war of 1947–1949: " in answer.text
    assert answer.text.count("Outcome of ") == 5


def test_the_counts_of_others_are_not_of_a_set(engine: Engine) -> None:
    """Who counts Kosovo's recognitions counts those of others than members of the United Nations too."""
    answer = engine.ask("How many UN members recognise Kosovo?", (), TODAY)
    assert answer.text.startswith("Recognitions of Kosovo: 121 by the count of Kosovo's government")
