"""What is over, and what is asked about as over: the wording says neither that it never was nor that it ended when it
did not."""

import datetime

import pytest

from bot.engine import Engine
from bot.small_print import marked
from bot.terminal import answer_lines

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "status", "verdict", "text"),
    [
        # A no on file that follows an ended period is told as the end of that.
        (
            "did iran recognise israel",
            "answered",
            "no",
            "No longer. Iran recognised Israel from 5 March 1950 until 1979.",
        ),
        ("did the US recognise Taiwan", "answered", "no", "No longer. The United States recognised Taiwan until 1979."),
        ("does Iran not recognise Israel", "answered", "no", "Iran does not recognise Israel."),
        ("did iran recognise israel in 1990", "answered", "no", "No. Iran did not recognise Israel then."),
        # What began only after the day asked about, and is over.
        (
            "was the UK in the EU before 1973",
            "answered",
            "no",
            (
                "No. The United Kingdom was not a member of the European Union then. The United Kingdom belonged "
                "to the European Union from 1 January 1973 until 1 February 2020."
            ),
        ),
        # An ending that was none is denied plainly; one after which it began again is not.
        (
            "When did Turkey stop recognising Israel?",
            "answered",
            "yes",
            "It has not, by what is on file: Turkey recognises",
        ),
        ("has Nauru withdrawn its recognition of Abkhazia", "answered", "yes", "It has not: Nauru recognises Abkhazia"),
        (
            "Has Turkey cut diplomatic relations with Israel?",
            "answered",
            "yes",
            "They have not: Turkey and Israel have",
        ),
        ("Did the UK leave the EU in 2016?", "answered", "yes", "It did not: the United Kingdom belonged"),
        (
            "Did Saudi Arabia cut relations with Iran?",
            "answered",
            "yes",
            (
                "Saudi Arabia and Iran had diplomatic relations until 3 January 2016. Saudi Arabia and Iran have "
                "diplomatic relations, since 10 March 2023."
            ),
        ),
        (
            "Did Peru withdraw its recognition of the Sahrawi Republic in 2022?",
            "answered",
            "yes",
            (
                "Peru recognised the Sahrawi Republic from 8 September 2021 until 18 August 2022. Peru recognised the "
                "Sahrawi Republic from 8 September 2022 until 8 September 2023."
            ),
        ),
        ("is it true that nobody recognises northern cyprus", "answered", "yes", "Not so. 1 on the list of"),
        # The return of one who had left, and an end of which only the no behind it is dated.
        (
            "when did morocco rejoin the african union",
            "answered",
            None,
            "Morocco has belonged to the African Union again since",
        ),
        (
            "when was Syria readmitted to the Arab League",
            "answered",
            None,
            "Syria was suspended from the Arab League until",
        ),
        (
            "when was taiwan expelled from the UN",
            "answered",
            "no",
            "Taiwan has not been a member of the United Nations since",
        ),
        # A date that is not on file is not said with a yes.
        ("when did Panama recognise China", "no_record", "yes", "Panama is not among those on file that do not"),
        (
            "how long has Spain refused to recognise Kosovo",
            "answered",
            "no",
            "18 years. Spain does not recognise Kosovo.",
        ),
    ],
)
def test_told_as_it_was(engine: Engine, question: str, status: str, verdict: str | None, text: str) -> None:
    """The verdict is that of the positive statement; the words cannot be taken for another answer."""
    answer = engine.ask(question, (), DAY)
    assert (answer.status, answer.verdict) == (status, verdict)
    assert answer.text.startswith(text)


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        ("Has Turkey cut diplomatic relations with Israel?", ""),
        ("When did Turkey stop recognising Israel?", ""),
        ("is it true that nobody recognises northern cyprus", ""),
        ("Does Turkey recognise Israel?", "yes"),
        ("does Turkey not recognise Cyprus", ""),
        ("Does Turkey recognise Cyprus?", "no"),
    ],
)
def test_the_mark_is_of_what_was_asked(engine: Engine, question: str, mark: str) -> None:
    """Where the question's own words deny, the statement's verdict is no mark beside the answer."""
    answer = engine.ask(question, (), DAY)
    assert marked(engine, answer) == mark
    told = "\n".join(line.lead + line.text for line in answer_lines(engine, answer))
    assert (("✓" in told) or ("Verdict: yes" in told)) == (mark == "yes")


def test_the_withdrawals_of_one_are_counted_once(engine: Engine) -> None:
    """Peru withdrew twice: one state, two dates."""
    answer = engine.ask("which countries withdrew recognition of the SADR after 2020", (), DAY)
    assert isinstance(answer.value, tuple)
    assert len(set(answer.value)) == len(answer.value)
    assert answer.text.startswith(f"{len(answer.value)} stopped")
    assert "Peru (18 August 2022 and 8 September 2023)" in answer.text


def test_whoever_came_after_another_is_told_as_that_one(engine: Engine) -> None:
    """What Russia's predecessor broke off was not broken off by Russia."""
    answer = engine.ask("which countries broke relations with israel in 1967", (), DAY)
    assert "the Soviet Union (June 1967)" in answer.text
    assert "Russia" not in answer.text


def test_silence_is_no_denial(engine: Engine) -> None:
    """No list speaks of Transnistria and South Ossetia; nobody is asked whether they recognise themselves."""
    answer = engine.ask("who recognises abkhazia but not south ossetia", (), DAY)
    assert answer.status == "no_record"
    assert answer.reading == "Which states recognise Abkhazia but not South Ossetia?"
    kosovo = engine.ask("who recognises kosovo but not palestine", (), DAY)
    assert isinstance(kosovo.value, tuple)
    assert "japan" in kosovo.value
    assert "taiwan" not in kosovo.value


def test_a_list_of_those_who_do_not_is_told(engine: Engine) -> None:
    """The names stand in the text too."""
    answer = engine.ask("who besides Turkey refuses to recognise Armenian genocide", (), DAY)
    assert "do not recognise the Armenian genocide: Afghanistan" in answer.text


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        (
            "did France recognise palestine during the Gaza war",
            "Does France recognise Palestine? (7 October 2023 to 9 October 2025)",
        ),
        (
            "which countries recognised palestine after the Gaza war",
            "Which states recognised Palestine after 9 October 2025?",
        ),
        (
            "which countries recognised palestine from 2012 to 2014",
            "Which states recognised Palestine from 2012 to 2014?",
        ),
        ("is there any country that does not recognise Israel", "Is there anybody that does not recognise Israel?"),
        (
            "Which state was the second to recognise Israel?",
            "Which state was the first to recognise Israel? (number 2 in the row)",
        ),
    ],
)
def test_told_back(engine: Engine, question: str, reading: str) -> None:
    """A time that has a name is told from its first day to its last; what is open is no empty place."""
    assert engine.ask(question, (), DAY).reading == reading


def test_what_two_facts_say_is_said_once(engine: Engine) -> None:
    """The sentence with its date stands for the one without."""
    answer = engine.ask("who represents the US in Iran", (), DAY)
    assert answer.text.count("is represented in Iran by") == 1


def test_a_note_stands_beside_whom_it_is_about(engine: Engine) -> None:
    """ "It froze the recognition" is about the first, not about the list."""
    answer = engine.ask("was Yugoslavia the first to recognise SADR", (), DAY)
    assert "Madagascar (since 28 February 1976). It froze the recognition." in answer.text


def test_since_when_not_is_no_end_of_what_never_was(engine: Engine) -> None:
    """The day on which an organisation was founded is no day on which somebody left it."""
    answer = engine.ask("When did Azerbaijan leave the CSTO?", (), DAY)
    assert answer.text.startswith("Azerbaijan is not a member of the Collective Security Treaty Organisation; when or")
    assert answer.value is None
    assert engine.ask("When did Georgia leave the CIS?", (), DAY).value == "2009-08-18"


@pytest.mark.parametrize(
    ("question", "told", "mark"),
    [
        ("Doesn't Pakistan recognise Armenia?", "Yes. Pakistan recognises Armenia", "yes"),
        ("Does Turkey not recognise Cyprus?", "Turkey does not recognise Cyprus", ""),
        ("Is it true that Pakistan doesn't recognise Armenia?", "Pakistan recognises Armenia", ""),
        ("Serbia doesn't recognise Kosovo, right?", "Serbia does not recognise Kosovo", ""),
        ("Nauru doesn't recognise Taiwan anymore, right?", "No longer. Nauru recognised Taiwan", "no"),
        ("Pakistan recognises Armenia, right?", "Yes. Pakistan recognises Armenia", "yes"),
    ],
)
def test_a_statement_that_denies_is_answered_without_yes_or_no(
    engine: Engine, question: str, told: str, mark: str
) -> None:
    """To "A does not, right?" some say yes and some say no, and mean the same: what is so stands alone."""
    answer = engine.ask(question, (), DAY)
    assert answer.text.startswith(told)
    assert marked(engine, answer) == mark


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Has Saint Lucia ever recognised Taiwan?", "Yes. Saint Lucia recognises Taiwan"),
        ("Has Nicaragua ever recognised the SADR?", "Yes. Nicaragua recognises the Sahrawi Republic"),
        ("Has Panama ever recognised the SADR?", "Yes, in the past. Panama recognised the Sahrawi Republic from 2015"),
        (
            "Did the US and Iran cut ties in 1980?",
            "The United States and Iran had diplomatic relations from 11 June 1883",
        ),
        ("Did Azerbaijan close its embassy in Tehran in 2023?", "Azerbaijan had an embassy in Iran until 29 January"),
        ("Was Azerbaijan's embassy in Tehran open in 2025?", "Yes. Azerbaijan had an embassy in Iran then"),
        ("Why doesn't France recognise Palestine?", "France recognises Palestine; it has done so since"),
        ("Has Georgia never been in the CIS?", "Georgia belonged to the Commonwealth of Independent States from"),
    ],
)
def test_several_periods_and_their_ends(engine: Engine, question: str, told: str) -> None:
    """What goes on stands before what is over; an end in the time asked about is told with its day."""
    assert engine.ask(question, (), DAY).text.startswith(told)


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("Was the Indian embassy in Kabul open in 2019?", ()),
        ("Did Turkey have an embassy in Syria in 2005?", ()),
        ("which ones?", ("How many countries joined the EU in 2004?",)),
        ("Does Israel recognise the PLO?", ()),
    ],
)
def test_what_is_not_told(engine: Engine, question: str, history: tuple[str, ...]) -> None:
    """Before a denial that has a beginning it may have been so; who joined are not all members; no body is a state."""
    assert engine.ask(question, history, DAY).status != "answered"


def test_lists_of_once_name_nobody_of_today_and_no_dispute_as_settled(engine: Engine) -> None:
    """Who came back is one of today's; a withdrawal that is disputed is told as such, with a time and without one."""
    once = engine.ask("Which countries used to recognise Taiwan?", (), DAY).text
    assert "Palau and Saint Lucia. No longer" in once
    assert "Disputed, and so not counted here: " in engine.ask("Which states used to recognise Kosovo?", (), DAY).text
    withdrawn = engine.ask("Who withdrew recognition of Kosovo after 2017?", (), DAY)
    assert withdrawn.value == ("togo",)
    assert "Disputed, and so not counted here: Burundi" in withdrawn.text


def test_how_many_joined_is_not_how_many_there_are(engine: Engine) -> None:
    """Asked with a time, of those who joined in it."""
    assert engine.ask("How many countries joined NATO in 1999?", (), DAY).value == 3
    assert engine.ask("How many countries joined NATO?", (), DAY).value == 32


def test_who_does_not_goes_on_within_the_group(engine: Engine) -> None:
    """ "And which don't?" is asked of the same set."""
    query = engine.read("and which don't?", ("Which EU members recognise Palestine?",), DAY).query
    assert query is not None
    assert (query.among, query.negated) == ("eu-members", True)
