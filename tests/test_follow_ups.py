"""Fragments after a question: each is the whole question that it stands for, or is refused, or asked back."""

import datetime

import pytest

from bot.engine import Engine

TODAY = datetime.date(2026, 11, 22)
KENYA = "Does Kenya recognise Kosovo?"
TAIWAN = "Does Nauru recognise Taiwan?"
NATO = "Is Turkey in NATO?"

READ = [
    # a lone name: where it stands in what is on file, or what was varied before
    ((KENYA, "and Uganda?"), "recognition.whether", "uganda", "kosovo"),
    ((KENYA, "and Palestine?"), "recognition.whether", "kenya", "palestine"),
    ((KENYA, "Which members of the EU still do not?"), "recognition.which_among", None, "kosovo"),
    ((KENYA, "which African states do?"), "recognition.which_among", None, "kosovo"),
    (("Does Eswatini recognise Taiwan?", "and China?"), "recognition.whether", "eswatini", "china"),
    (("Does Mexico recognise Palestine?", "and Israel"), "recognition.whether", "mexico", "israel"),
    (("Do the Maldives recognise Israel?", "Do the Maldives recognise Kosovo?", "and Palestine?"),
     "recognition.whether", "maldives", "palestine"),
    ((KENYA, "and Uganda?", "Tonga too?", "since when?"), "recognition.when", "tonga", "kosovo"),
    (("Does Azerbaijan sell gas to Bulgaria?", "and Romania?"), "energy.whether", "azerbaijan", "romania"),
    (("Does Turkey buy gas from Russia?", "and from Iran?"), "energy.whether", "iran", "turkey"),
    (("Which countries recognise Kosovo?", "Ghana?"), "recognition.whether", "ghana", "kosovo"),
    (("Which countries recognise Taiwan?", "and Abkhazia?"), "recognition.which", None, "abkhazia"),
    (("Do Greece and Turkey have a defence pact?", "what about Greece and France?"),
     "defence_pact.whether", "greece", "france"),
    # by whom it is done
    (("Is Kosovo recognised by Serbia?", "and Palestine by Israel?"), "recognition.whether", "israel", "palestine"),
    (("Does Serbia recognise Kosovo?", "and by Palestine?"), "recognition.whether", "palestine", "kosovo"),
    # corrections
    (("Does Niger recognise Kosovo?", "sorry, Nigeria not Niger"), "recognition.whether", "nigeria", "kosovo"),
    (("Does Slovakia recognise Kosovo?", "I meant Abkhazia, not Kosovo"),
     "recognition.whether", "slovakia", "abkhazia"),
    # what is left out at the end
    ((NATO, "when did Greece join?"), "membership.when", "greece", "nato"),
    (("Did Qatar mediate between Iran and the US?", "and what about Oman, did it mediate?"),
     "mediation.whether", "oman", "iran"),
    (("When did Iran and Saudi Arabia restore relations?", "who mediated?"), "mediation.which", None, "iran"),
    # two others of whom all is asked
    (("Who recognises Abkhazia?", "tell me about Azerbaijan and Israel"), "overview.what", "azerbaijan", "israel"),
    # pronouns keep their place
    (("Does Russia recognise South Ossetia?", "does Armenia recognise it?"),
     "recognition.whether", "armenia", "south-ossetia"),
    (("Does Kyrgyzstan have an embassy in Afghanistan?", "and the Taliban, does it recognise them?"),
     "recognition.whether", "kyrgyzstan", "taliban"),
    # other forms, other topics
    ((TAIWAN, "did it ever?"), "recognition.whether", "nauru", "taiwan"),
    ((TAIWAN, "since when not?"), "recognition.when_keywords_ended", "nauru", "taiwan"),
    ((TAIWAN, "so who does?"), "recognition.which", None, "taiwan"),
    ((TAIWAN, "who was the first?"), "recognition.first", None, "taiwan"),
    ((TAIWAN, "how many do?"), "recognition.how_many", None, "taiwan"),
    ((TAIWAN, "and an embassy?"), "embassy.whether", "nauru", "taiwan"),
    ((TAIWAN, "source?"), "recognition.whether", "nauru", "taiwan"),
    ((KENYA, "any reason given?"), "recognition.why", "kenya", "kosovo"),
    (("Does Finland recognise Kosovo?", "any of the Baltics?"), "recognition.which_among", None, "kosovo"),
]  # fmt: skip

ASKED_BACK = [
    ("Is Kosovo recognised by Spain?", "does it recognise Palestine?"),
    ("Does Serbia recognise Kosovo?", "and Israel?"),
    ("Was Armenia supplied with weapons by Russia?", "and by India?"),
    ("Was Armenia supplied with weapons by Russia?", "and Azerbaijan by Israel?"),
    ("Does Turkey recognise Armenia?", "and Azerbaijan?"),
    ("Do Algeria and Morocco have diplomatic relations?", "and Tunisia?"),
    ("Do Bhutan and India have diplomatic relations?", "and an embassy?"),
    ("When did Sweden recognise Palestine?", "and Norway and Spain?"),
    (KENYA, "does Uganda or Tanzania?"),
    (KENYA, "and Congo?"),
]

REFUSED = [
    *(("", fragment) for fragment in ("and Romania?", "since when?", "and an embassy?", "who was first?", "source?")),
    *((KENYA, fragment) for fragment in (
        "and Armenian passports?", "and Google?", "and Uganda's passports?", "and its neighbours?", "and Atlantis?",
        "will it?", "will Uganda?", "should it?", "in 2040?", "who will be the next?", "who else might?",
        "what do you think?", "really?", "thanks", "ok cool", "who cares", "that is wrong", "what if Serbia does?",
        "so only Serbia doesn't?", "everyone except Serbia?", "when did it join?", "did it join?", "who won?",
        "and if not Kenya, Uganda?", "is that a problem?", "Uganda as a member?", "as a NATO member?",
    )),
    ("Did Honduras cut ties with Taiwan?", "did it ever restore them?"),
    *((NATO, fragment) for fragment in ("when will Serbia join?", "should Serbia join?", "does it want to join?")),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "rule", "subject", "object_"), READ, ids=lambda v: v[-1] if type(v) is tuple else "")
def test_fragment_is_the_whole_question(
    engine: Engine, asked: tuple[str, ...], rule: str, subject: str | None, object_: str
) -> None:
    """One slot of the question before is changed, or what it asks for."""
    query = engine.read(asked[-1], asked[:-1], TODAY).query
    assert query is not None
    assert query.rule == rule
    assert query.subject == (None if subject is None else (subject,))
    assert query.object is not None
    assert query.object[0] == object_


@pytest.mark.parametrize(("before", "fragment"), ASKED_BACK)
def test_two_meanings_are_asked_back(engine: Engine, before: str, fragment: str) -> None:
    """Where both places are as likely, nothing is guessed."""
    reading = engine.read(fragment, (before,), TODAY)
    assert reading.status == "clarify"
    assert len(reading.options) > 1


@pytest.mark.parametrize(("before", "fragment"), REFUSED)
def test_what_is_no_fragment_is_refused(engine: Engine, before: str, fragment: str) -> None:
    """A word left over, an opinion, the future, or no question before."""
    assert engine.read(fragment, (before,) if before else (), TODAY).query is None


@pytest.mark.parametrize("fragment", ["and now?", "now?", "what about now?", "and today?"])
def test_now_is_no_longer_then(engine: Engine, fragment: str) -> None:
    """The day that was asked about is left behind."""
    query = engine.read(fragment, ("Did Nauru recognise Taiwan in 2020?",), TODAY).query
    assert query is not None
    assert (query.subject, query.object, query.at) == (("nauru",), ("taiwan",), None)


def test_who_does_not_is_the_contrary(engine: Engine) -> None:
    """A dropped "not" would list the others."""
    query = engine.read("which others are not?", ("Is Serbia in the EU?",), TODAY).query
    assert query is not None
    assert query.negated


@pytest.mark.parametrize(
    ("question", "reason", "rule"),
    [
        ("Does Spain recognise Palestine? Does it recognise Kosovo?", "two_questions", None),
        ("Does Azerbaijan sell oil to Israel, and does Israel sell it weapons?", "two_questions", None),
        ("Does Pakistan recognise Armenia? And what is its capital?", "more_said", None),
        ("Does Saudi Arabia recognise Israel? If not, why?", "", "recognition.why"),
        ("Does Turkey have an embassy in Israel? If so, since when?", "", "embassy.when"),
    ],
)
def test_no_question_beside_another_is_dropped(engine: Engine, question: str, reason: str, rule: str | None) -> None:
    """Only a later question about the same statement says all that the earlier one asks."""
    reading = engine.read(question, (), TODAY)
    assert reading.reason == reason
    assert (reading.query.rule if reading.query else None) == rule
