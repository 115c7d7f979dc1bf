"""What is asked of pacts, supplies and relations: of the pact itself, of its parties, of a beginning, of a time."""

import datetime

import pytest

from bot.engine import Engine
from bot.knowledge.dates import Since
from bot.knowledge.records import Fact

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("When was the Collective Security Treaty signed?", None, "dates from 15 May 1992"),
        ("Was the Collective Security Treaty in force in 1992?", "yes", "Belarus (since 31 December 1993)"),
        ("Is ANZUS still in force?", "yes", "Australia, the United States and New Zealand (until 1986)"),
        ("Who is in ANZUS?", "yes", "New Zealand (until 1986)"),
        ("Is CENTO still in force?", "no", "until 16 March 1979"),
        ("Was CENTO in force in 1970?", "yes", "it ran until 16 March 1979"),
        ("Was CENTO in force in 1990?", "no", "until 16 March 1979"),
        ("Which countries were in CENTO in 1970?", "yes", "Iraq (until 1959)"),
        ("Who were the members of the Baghdad Pact?", "yes", "Pakistan (since 23 September 1955)"),
        (
            "Who are the parties to the Collective Security Treaty?",
            "yes",
            "Azerbaijan (since 24 September 1993, until 1999)",
        ),
        ("Does ANZUS oblige the US to defend New Zealand?", "no", "until 1986"),
        ("When did Pakistan and Turkey conclude CENTO?", None, "from 23 September 1955"),
        ("Was the Shusha Declaration in force in 2020?", "no", "The Shusha Declaration dates only from 15 June 2021"),
    ],
)
def test_a_named_pact_has_its_own_period(engine: Engine, question: str, verdict: str | None, said: str) -> None:
    """What is asked of the pact is not narrowed by the last to join or the first to leave; each is told apart."""
    answer = engine.ask(question, (), TODAY)
    assert (answer.status, answer.verdict) == ("answered", verdict), answer.text
    assert said in answer.text


def test_a_follow_up_asks_of_the_pact(engine: Engine) -> None:
    """The pact goes on being spoken of."""
    answer = engine.ask("Since when is it in force?", ["When was the Collective Security Treaty signed?"], TODAY)
    assert answer.value == "1992-05-15", answer.text


def _fact(since: str, own: str, until: str | None = None, left: str | None = None) -> Fact:
    roles = [["a", None, None], ["b", own, left]]
    return Fact.of({
        "id": "x", "relation": "r", "roles": [roles, roles], "holds": True, "since": since, "until": until,
        "status": "settled", "as_of": "2026", "sources": ["s"],
    })  # fmt: skip


def test_a_coarser_date_of_a_participant_stands() -> None:
    """Of a year and a day within it, nothing finer than the year is known of both."""
    assert _fact("1955-02-24", "1955").period_of("a", "b") == (Since("1955"), None)
    assert _fact("1955", "1955-09-23").period_of("a", "b") == (Since("1955"), None)
    assert _fact("1955-02-24", "1954").period_of("a", "b") == (Since("1955-02-24"), None)
    assert _fact("1955", "1956-01-01").period_of("a", "b") == (Since("1956-01-01"), None)
    assert _fact("1955", "1956", "1979-03-16", "1979").period_of("b") == (Since("1956"), "1979")
    assert _fact("1955", "1956", "1979", "1979-01-01").period_of("b") == (Since("1956"), "1979")


def test_a_day_within_the_year_of_joining_is_not_on_file(engine: Engine) -> None:
    """Iran joined the pact in 1955: of March nothing is known."""
    assert engine.ask("Did Iran and Turkey have a defence pact in March 1955?", (), TODAY).status == "no_record"
    assert engine.ask("Did Iran and Turkey have a defence pact in 1956?", (), TODAY).verdict == "yes"


@pytest.mark.parametrize(
    ("question", "status", "verdict"),
    [
        ("Did Azerbaijan and Turkey sign a defence pact in 2015?", "no_record", None),
        ("Did Azerbaijan and Turkey sign a defence pact in 2021?", "answered", "yes"),
        ("Did Azerbaijan and Turkey have a defence pact in 2015?", "answered", "yes"),
        ("Had Azerbaijan and Turkey signed a defence pact by 2015?", "answered", "yes"),
        ("Did Pakistan and Saudi Arabia sign a defence pact in 2026?", "no_record", None),
        ("Did Pakistan and Saudi Arabia sign a defence pact?", "answered", "yes"),
        ("Did Russia and Iran sign a defence pact in 2025?", "answered", "no"),
        ("Was the Shusha Declaration signed in 2020?", "answered", "no"),
        ("Did the BTC pipeline open in 2010?", "no_record", None),
        ("Was the BTC pipeline open in 2010?", "answered", "yes"),
        ("Was TANAP opened in 2018?", "answered", "yes"),
        ("Did Azerbaijan start selling gas to Turkey in 2015?", "answered", "no"),
        ("Did Azerbaijan sell gas to Turkey in 2015?", "answered", "yes"),
        ("Did Israel start selling arms to Azerbaijan in 2015?", "no_record", None),
        ("Did Turkey restore relations with Israel in 2018?", "no_record", None),
        ("Did Iran and Saudi Arabia restore relations in 2024?", "no_record", None),
        ("Did Iran and Saudi Arabia restore relations in 2023?", "answered", "yes"),
        ("Did Armenia and Turkey restore relations in 2009?", "answered", "no"),
        ("Did the UAE normalise with Israel in 2023?", "no_record", None),
    ],
)
def test_a_beginning_is_no_going_on(engine: Engine, question: str, status: str, verdict: str | None) -> None:
    """What is signed, opened, started or restored in a time did not only last then."""
    answer = engine.ask(question, (), TODAY)
    assert (answer.status, answer.verdict) == (status, verdict), answer.text


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("Who sells weapons to both India and Pakistan?", "no_record", "no complete list"),
        ("Who sells arms to both Armenia and Azerbaijan?", "answered", "On file in each of these lists: Russia"),
        ("What share of Greece's gas came from Azerbaijan in 2024?", "no_record", "in 2024"),
        ("What share of Greece's gas came from Azerbaijan in 2023?", "answered", "20 per cent"),
        ("What weapons did Israel sell to Azerbaijan in 2013?", "no_record", "in 2013"),
        ("What weapons did Israel sell to Azerbaijan?", "answered", "LORA"),
        ("Who is Israel's biggest customer for arms?", "answered", "in no order of size"),
        ("Does Iran sell energy to Pakistan?", "no_record", "no record of energy"),
        ("Is the Iran-Pakistan pipeline finished?", "answered", "is not open"),
        ("Did Azerbaijan have a stake in an Israeli gas field in 2015?", "answered", "No. Azerbaijan held a stake"),
        ("When did Azerbaijan get a stake in an Israeli field?", "answered", "from 2011 until 13 October 2013"),
        ("Who are Turkey's allies?", "answered", "membership of NATO apart"),
    ],
)
def test_no_more_is_told_than_is_on_file(engine: Engine, question: str, status: str, said: str) -> None:
    """Open lists deny nobody, a figure is of its own time, a pipeline is no sale."""
    answer = engine.ask(question, (), TODAY)
    assert answer.status == status, answer.text
    assert said in answer.text


def test_two_kinds_are_not_one(engine: Engine) -> None:
    """Oil on file says nothing of gas."""
    assert engine.ask("Does Azerbaijan sell oil and gas to Israel?", (), TODAY).verdict is None


def test_a_stake_goes_on_being_a_stake(engine: Engine) -> None:
    """ "Since when?" of a field asks for the purchase, not for its opening."""
    answer = engine.ask("Since when?", ["Does SOCAR own part of Tamar?"], TODAY)
    assert answer.text.startswith("Azerbaijan has held a stake in the Tamar gas field since 2025")
