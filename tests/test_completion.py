"""Half-typed questions are completed to whole ones, which are read back as they were meant, and soon enough to help."""

import datetime
import gc
import itertools
import statistics
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.completion import CHOICE, CHOICES, Completer
from bot.engine import Engine
from bot.questions.query import Query
from tests.golden import FOLDER, load

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def completer(engine: Engine) -> Completer:
    """Completion on the knowledge that comes with the project."""
    return Completer(engine)


@pytest.fixture(scope="module")
def toy(toy_engine: Engine) -> Completer:
    """Completion on the toy."""
    return Completer(toy_engine)


@pytest.fixture
def no_pauses() -> Iterator[None]:
    """No garbage collection of the whole test run within what is timed."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def hold(choices: list[str], limit: int = CHOICES) -> None:
    """What is true of all choices whatever."""
    assert len(choices) <= limit
    assert len(set(choices)) == len(choices)
    assert all(0 < len(choice.encode("utf-16-le")) // 2 <= CHOICE for choice in choices)


def meant(engine: Engine, text: str) -> object:
    """What a text asks, the order among several in one place apart; None if it is not read."""
    query = engine.read(text, today=TODAY).query
    return None if query is None else _key(query)


def _key(query: Query) -> object:
    two = (frozenset(query.subject or ()), frozenset(query.object or ()))
    return (query.key()[:2], frozenset(two), *query.key()[4:], query.negated)


# --- what is offered


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("does mali recognise kos", "Does Mali recognise Kosovo?"),
        ("does mali recognize kos", "Does Mali recognise Kosovo?"),
        ("is armenia recognised by pak", "Does Pakistan recognise Armenia?"),
        ("Does Pakistan recognise Armenia?", "Does Pakistan recognise Armenia?"),
        ("doez pakistn recognise armenia", "Does Pakistan recognise Armenia?"),
        ("does pak", "Does Pakistan recognise Armenia?"),
        ("armenia pakistan", "Does Armenia recognise Pakistan?"),
        ("how many states recognise ko", "How many states recognise Kosovo?"),
        ("who are the members of na", "Which states are members of NATO?"),
        ("does the government of pakistan recognise arm", "Does Pakistan recognise Armenia?"),
        ("hello, does mali recognise kos", "Does Mali recognise Kosovo?"),
        ("Good morning. does mali recognise kos", "Does Mali recognise Kosovo?"),
    ],
)
def test_the_best_choice_comes_first(completer: Completer, typed: str, first: str) -> None:
    """Wording, names, both, in any order, with their other spellings."""
    choices = completer.complete(typed, today=TODAY)
    hold(choices)
    if typed == "armenia pakistan":
        assert {first, "Does Pakistan recognise Armenia?"} <= set(choices[:6])  # neither order is the better one
    else:
        assert choices[0] == first


@pytest.mark.parametrize(
    ("typed", "name", "most"),
    [
        ("does pak", "Pakistan", 25), ("united ar", "United Arab Emirates", 25), ("uae", "United Arab Emirates", 25),
        ("saudi a", "Saudi Arabia", 25), ("pakistn", "Pakistan", 25), ("who recognises koso", "Kosovo", 1),
        ("when did serbia", "Serbia", 10), ("🇵🇰", "Pakistan", 25),
    ],
)  # fmt: skip
def test_a_name_that_is_begun_stands_in_the_choices(completer: Completer, typed: str, name: str, most: int) -> None:
    """Also by another name, by the first of its words, by a flag, or misspelt."""
    choices = completer.complete(typed, today=TODAY)[:most]
    assert choices
    assert all(name in choice for choice in choices)


@pytest.mark.parametrize(
    ("typed", "opening"),
    [("when did", "When did"), ("why doesn't", "Why "), ("why doesn", "Why "), ("how man", "How many ")],
)
def test_the_form_is_kept(completer: Completer, typed: str, opening: str) -> None:
    """Who asks for a date is not offered a yes or no, as long as there are dates to ask for."""
    choices = completer.complete(typed, today=TODAY)[:6]
    assert len(choices) == 6
    assert all(choice.startswith(opening) for choice in choices)


def test_who_recognises(completer: Completer) -> None:
    """A list's other words are the same list."""
    choices = completer.complete("who rec", today=TODAY)
    assert {"Which states recognise Kosovo?", "Which states recognise Palestine?"} <= set(choices[:10])


def test_nothing_typed_shows_what_can_be_asked(engine: Engine, completer: Completer) -> None:
    """A varied handful: the first ten ask about ten relations."""
    choices = completer.complete("", today=TODAY)
    hold(choices)
    assert choices == completer.complete(" \n", today=TODAY)
    queries = [engine.read(choice, today=TODAY).query for choice in choices]
    assert len({query.relation for query in queries[:10] if query}) >= 8
    assert len({query.form for query in queries if query}) >= 5


@pytest.mark.parametrize(
    "typed", ["asdf qwerty", "🙂", "how do I bake bread", "Zembla recognises Florble", "?!", "x" * 2001]
)
def test_nothing_sensible_gives_nothing(completer: Completer, typed: str) -> None:
    """Then Discord sends what was typed."""
    assert completer.complete(typed, today=TODAY) == []


def test_a_question_that_reads_well_comes_first(engine: Engine, completer: Completer) -> None:
    """In its plain words, or as it was typed where those are not read back: never another question in its stead."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for entry in load(path)[::9]:
            query = engine.read(entry["q"], today=TODAY).query
            if query is None or len(entry["q"]) > CHOICE:
                continue
            first = completer.complete(entry["q"], today=TODAY)[:1]
            plain = engine.composer.words.question(query)
            assert first in ([plain], [" ".join(entry["q"].split())])
            assert meant(engine, first[0]) == _key(query)


def test_fewer_choices_are_the_first_of_more(completer: Completer) -> None:
    """The limit cuts; it does not change what is best."""
    for typed in ("", "does pak", "who", "armenia"):
        whole = completer.complete(typed, today=TODAY)
        assert [completer.complete(typed, limit, today=TODAY) for limit in (0, 1, 7)] == [[], whole[:1], whole[:7]]


# --- choices are questions


def test_every_choice_is_read_back_and_answered(engine: Engine, completer: Completer) -> None:
    """Typed are the names of those who take part in facts, alone and in pairs, and the beginnings of questions."""
    facts = engine.kb.facts()
    pairs = [fact.participants()[:2] for fact in facts[::20]]
    alone = list(dict.fromkeys(who for fact in facts for who in fact.participants()))[::6]
    entities = engine.kb.entities
    typed = [" ".join(entities[who].name for who in pair) for pair in pairs] + [entities[who].name for who in alone]
    openers = itertools.cycle(("does ", "when did ", "who ", "why does ", "which states ", "how many ", "is "))
    typed += [next(openers) + entities[who].label for who in alone[::2]]
    offered = set(itertools.chain.from_iterable(completer.complete(text, today=TODAY) for text in typed))
    assert len(offered) > 1000
    bad = []
    for choice in offered:
        made = engine.ask(choice, today=TODAY)
        worded = engine.composer.words.question(made.query) if made.query else ""
        same = worded == choice or meant(engine, worded) == meant(engine, choice)  # two ways to say the same
        if made.status not in ("answered", "no_record") or not same:
            bad.append((choice, made.status, worded))
    assert bad == []


# --- what it is worth: real questions, typed letter by letter


def questions() -> list[str]:
    """About sixty questions that have an answer, five from each relation's file."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        entries = [e for e in load(path) if "history" not in e and e["status"] == "answered" and len(e["q"]) <= CHOICE]
        if not path.stem.startswith("claims"):
            found += [entry["q"] for entry in entries[:: max(1, len(entries) // 5)][:5]]
    return found


def test_real_questions_are_found_before_they_are_typed(engine: Engine, completer: Completer, no_pauses: None) -> None:
    """Half of them after a sixth of their letters, two thirds after half: so it was measured, with room left here.

    The rest carry a date, which is not completed, or are worded in plain words that are not read back.
    Once a question is found, only every third letter is looked at.
    """
    shares = []
    asked = questions()
    assert len(asked) >= 55
    for question in asked:
        wanted, needed = meant(engine, question), len(question)
        for end in range(1, len(question)):
            if needed < len(question) and end % 3:
                continue
            choices = completer.complete(question[:end], today=TODAY)
            hold(choices)
            if needed == len(question) and any(meant(engine, choice) == wanted for choice in choices):
                needed = end
        shares.append(needed / len(question))
    assert statistics.median(shares) <= 0.3
    assert sum(share <= 0.5 for share in shares) >= 0.55 * len(shares)
    assert sum(share <= 0.75 for share in shares) >= 0.65 * len(shares)


# --- whatever is typed


HOSTILE = [
    "a " * 900, "does " * 400, "pakistan " * 200, "pakistan armenia " * 60, "? " * 900, "‮ does pak ‬" * 60, "🇵🇰" * 500,
    "<@123> does **pak", "```does pak", "𝕯𝖔𝖊𝖘 𝖕𝖆𝖐", "who " * 39, "not " * 39, "in 2020 " * 30, "(((((((", '"' * 300,
    "pakistan," * 39, "does pakistan recognise " * 12, "\ud800", "\x00does", "{subject} <recognise> [", "a" * 6000,
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_bounded(completer: Completer, no_pauses: None, typed: str) -> None:
    """No error, and no longer than a keystroke may take."""
    before = time.thread_time()
    hold(completer.complete(typed, today=TODAY))
    assert time.thread_time() - before < 0.4


_WORDS = st.sampled_from(
    ["does", "pakistan", "armenia", "recognise", "who", "why", "n't", "not", "in", "2020", "by", "kos", "s", ",", "?",
     "the", "embassy", "war", "nato", "turkey", "congo", "guinea", "it", "they", "and", "between", "'s", "since"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=9).map(" ".join)))
@settings(max_examples=150)
def test_any_text_completes_to_questions(engine: Engine, completer: Completer, typed: str) -> None:
    """Never an error; the same text, the same choices; each is answered, or known not to be on file."""
    choices = completer.complete(typed, today=TODAY)
    hold(choices)
    assert completer.complete(typed, today=TODAY) == choices
    for choice in choices[:3]:
        assert engine.ask(choice, today=TODAY).status in ("answered", "no_record")


# --- another subject


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("did ilse", "Did Ilse Varga write The Salt Lighthouse?"),
        ("who wrote the sal", "Who wrote The Salt Lighthouse?"),
        ("when did omar bor", "When did Omar Hale borrow The Salt Lighthouse?"),
        ("what is the salt", "What is The Salt Lighthouse about?"),
    ],
)  # fmt: skip
def test_the_toy_is_completed_by_the_same_code(toy: Completer, typed: str, first: str) -> None:
    """Books and loans instead of states."""
    choices = toy.complete(typed, today=TODAY)
    hold(choices)
    assert first in choices[:3]


def test_the_toy_shows_what_can_be_asked(toy: Completer, toy_engine: Engine) -> None:
    """Its choices are its own."""
    choices = toy.complete("", today=TODAY)
    assert len(choices) >= 5
    assert all(toy_engine.ask(choice, today=TODAY).status in ("answered", "no_record") for choice in choices)
