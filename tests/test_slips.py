"""Slips of spelling and of grammar are read as what was meant; what merely looks like a slip is not."""

import datetime

import pytest

from bot.engine import Engine

TODAY = datetime.date(2026, 11, 22)

# (as it was typed, as it is written): both mean the very same query.
SAME = [
    ("does japn recognise kosovo", "does Japan recognise Kosovo"),
    ("does omman recognise israel", "does Oman recognise Israel"),
    ("does palua recognise taiwan", "does Palau recognise Taiwan"),
    ("does tunesea recognise kosovo", "does Tunisia recognise Kosovo"),
    ("holodmor recognised as genoside by hungry?", "Is the Holodomor recognised as genocide by Hungary?"),
    ("doesturkey recognise kosovo", "does Turkey recognise Kosovo"),
    ("does iran recogniseisrael", "does Iran recognise Israel"),
    ("does'nt india recognise taiwan", "doesn't India recognise Taiwan"),
    ("why dosent greece recognise kosovo", "why doesn't Greece recognise Kosovo"),
    ("does any1 recognise transnistria", "does anyone recognise Transnistria"),
    ("does N. Korea recognise Abkhazia", "does North Korea recognise Abkhazia"),
    ("wich contrys recognize somaliland", "which countries recognise Somaliland"),
    ("do usa & cuba hav relashons atm", "do the USA and Cuba have relations at the moment"),
    ("In which year Kazakhstan was opening embassy in Israel?", "When did Kazakhstan open an embassy in Israel?"),
    ("When was opened the embassy of Azerbaijan in Israel?", "When was the embassy of Azerbaijan in Israel opened?"),
    ("Where is located embassy of Kosovo in Israel?", "Where is the embassy of Kosovo in Israel located?"),
    ("With which countries Bhutan don't have relations?", "Which countries does Bhutan not have relations with?"),
    ("Which countries Azerbaijan sells gas?", "Which countries does Azerbaijan sell gas to?"),
    ("With whom Armenia has defence pact?", "With whom does Armenia have a defence pact?"),
    ("Did Pakistan has recognised Armenia?", "Did Pakistan recognise Armenia?"),
    ("Does exist embassy of Israel in Azerbaijan?", "Is there an embassy of Israel in Azerbaijan?"),
    ("Which countries are being members of ECO?", "Which countries are members of ECO?"),
    ("What means persona non grata?", "What is the meaning of persona non grata?"),
    ("did sweden call armenian thing a genocide", "did Sweden call the Armenian genocide a genocide"),
    ("Did the Bundestag recognise the Holodomor?", "Did the parliament of Germany recognise the Holodomor?"),
]

# Nobody's question, and no near miss of one.
REFUSED = [
    "does unrecognised kosovo recognise israel",
    "did spain misrecognise kosovo",
    "does Turkeyland recognise Kosovo",
    "does exyugoslavia recognise israel",
    "does Guam recognise Kosovo",
    "does Bali recognise Kosovo",
    "do hungry Armenians recognise Kosovo",
    "is kosovo recognised serbia",
    "does kosovo is recognised serbia",
    "which countries are recognised kosovo",
    "does pakistan is going to recognise armenia",
    "does pakistan has to recognise armenia",
    "did pakistan has wanted to recognise armenia",
    "when will be opened the embassy of azerbaijan in israel",
    "when was opened the consulate of azerbaijan in israel",
    "with which countries will bhutan have relations",
    "with which companies does azerbaijan have relations",
    "where was born the president of azerbaijan",
    "when was denied the armenian genocide by germany",
    "was refused kosovo by spain",
    "does the Bundestag recognise Kosovo",
    "is the European Parliament a member of the UN",
    "has the Bundestag an embassy in Israel",
    "did a committee of the Bundestag recognise the Armenian genocide",
    "has Wales recognised the Armenian genocide",
]


@pytest.mark.parametrize(("typed", "meant"), SAME, ids=[typed for typed, _ in SAME])
def test_a_slip_is_read_as_what_was_meant(engine: Engine, typed: str, meant: str) -> None:
    """Both sentences give the same query, whatever line each of them matched."""
    one, two = engine.read(typed, (), TODAY).query, engine.read(meant, (), TODAY).query
    assert two is not None, f"'{meant}' is not read"
    assert one is not None, f"'{typed}' is not read"
    assert one.key() == two.key()


@pytest.mark.parametrize("text", REFUSED)
def test_what_only_looks_like_a_slip_is_refused(engine: Engine, text: str) -> None:
    """Not read as any question."""
    assert engine.read(text, (), TODAY).query is None


def test_a_name_before_its_auxiliary_keeps_its_role(engine: Engine) -> None:
    """Who recognises and who is recognised never change places with the order of the words."""
    for text in ("which countries Kosovo does recognise", "whom Kosovo did recognise", "why Kosovo recognised Israel"):
        query = engine.read(text, (), TODAY).query
        assert query is not None and query.subject == ("kosovo",), text
    for text in ("when Kosovo was recognised by Turkey", "why Kosovo is not recognised by Turkey"):
        query = engine.read(text, (), TODAY).query
        assert query is not None and (query.subject, query.object) == (("turkey",), ("kosovo",)), text
