"""Cards of answers: what they show, and that Discord takes whatever they show."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Suggestion
from bot.discord_app import limits, views
from bot.discord_app.card import answer_card
from bot.discord_app.custom_ids import Action, Kind, query_text, read, resolve
from bot.discord_app.parts import Card
from bot.engine import Engine
from bot.questions.query import Query
from tests.conftest import TOY
from tests.discord_app.checks import check

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking whole cards takes minutes and tells little
ASKER = 123456789012345678
NASTY = "[x](https://evil.example) @everyone **\u202e\u05d0 " + "a\u0301" * 40


def kinds(card: Card) -> list[Kind]:
    """What the buttons of a card do, in order."""
    actions = [read(button.custom_id) for button in card.buttons()]
    return [action.kind for action in actions if isinstance(action, Action)]


def shown(card: Card) -> str:
    """All that a card says."""
    return "\n".join(card.texts())


@pytest.fixture(scope="module")
def wild() -> Iterator[Engine]:
    """The toy, with sources and names that nobody should have let in."""
    engine = Engine.open(TOY)
    row = {"title": NASTY * 9, "publisher": NASTY * 9, "accessed": "2026-01-01", "kind": "news"}
    added = {
        f"wild-{n}": {**row, "url": f"https://example.org/{'(x)' * n}", "archive_url": f"https://example.net/{'y' * n}"}
        for n in (1, 20, 300, 2000)
    }
    entity = next(iter(engine.kb.entities.values()))
    names = {f"wild-{n}": replace(entity, id=f"wild-{n}", name=f"{NASTY} {n}", iso="PK") for n in range(300)}
    object.__setattr__(engine.kb, "_sources", {**engine.kb._sources, **added})
    object.__setattr__(engine.kb, "entities", {**engine.kb.entities, **names})
    yield engine


TEXTS = st.one_of(
    st.text(max_size=300), st.text(max_size=60).map(lambda t: t * 90), st.just(NASTY * 60), st.just("Yes. x")
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer, also such as the engine never gives."""
    some = [f"wild-{n}" for n in range(300)]
    place = st.none() | st.lists(st.sampled_from(some), max_size=9).map(tuple)
    forms = st.sampled_from(["whether", "which", "how_many", "when", "why", "what"])
    query = st.builds(Query, st.just("loan"), forms, place, place)
    listed = st.sampled_from([(), tuple(some), tuple(some[:9])])
    value = draw(st.none() | st.integers() | st.sampled_from(["2020", "2020-05", NASTY]) | listed)
    text = draw(TEXTS)
    if isinstance(value, tuple) and draw(st.booleans()):
        text = f"On file: {', '.join(f'{NASTY} {n}' for n in range(30))} … (+270). {text}"
    return Answer(
        draw(st.sampled_from(["answered", "clarify", "no_record", "not_understood"])), text,
        draw(st.none() | query), draw(TEXTS), draw(st.sampled_from([None, "yes", "no", "disputed"])), value,
        as_of=draw(st.sampled_from([None, "2020", "2020-05-01"])),
        sources=draw(st.lists(st.sampled_from(["wild-1", "wild-20", "wild-300", "wild-2000"]), max_size=30).map(tuple)),
        caveats=draw(st.lists(TEXTS, max_size=4).map(tuple)),
        suggestions=draw(st.lists(st.builds(Suggestion, TEXTS, query), max_size=5).map(tuple)),
        question=draw(TEXTS), score=draw(st.floats(0, 1)), trace=draw(st.lists(TEXTS, max_size=8).map(tuple)),
    )  # fmt: skip


@settings(phases=PHASES, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(answers(), st.integers(-1, 40), st.booleans(), st.sampled_from(["", NASTY * 99]))
def test_discord_takes_the_card_of_any_answer(wild: Engine, answer: Answer, page: int, own: bool, quoted: str) -> None:
    made = answer_card(wild, answer, page=page, asker=ASKER if own else None, quoted=quoted)
    check(made)
    for button in made.buttons():
        action = read(button.custom_id)
        assert isinstance(action, Action)
        kept = {slot: query_text(query) for slot, query in made.held.items()}
        assert not action.held or resolve(action, kept.get) is not None
    for view in (views.sources_card, views.history_card):
        check(view(wild, answer, page))
    check(views.why_card(wild, answer))
    check(views.citation_card(wild, answer, datetime.date(2026, 1, 1)))


QUESTIONS = (
    "does pakistan recognise armenia", "does mali recognise artsakh", "who recognises kosovo", "overview israel turkey",
    "does nigera recognise kosovo", "does taiwan recognise china", "why does serbia not recognise kosovo", "hello",
    "when did france recognise kosovo", "how many states recognise kosovo", "what is persona non grata", "",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_discord_takes_every_page_of_real_answers(engine: Engine, today: datetime.date, question: str) -> None:
    answer = engine.ask(question, today=today)
    for page in range(1, 9):
        check(answer_card(engine, answer, page=page, asker=ASKER))
        check(views.sources_card(engine, answer, page))
        check(views.history_card(engine, answer, page))
    check(views.why_card(engine, answer))
    check(views.citation_card(engine, answer, today))


def test_a_verdict_is_a_word_with_an_icon(engine: Engine, today: datetime.date) -> None:
    card = answer_card(engine, engine.ask("does pakistan recognise armenia", today=today), asker=ASKER)
    text = shown(card)
    assert "## ✅ Yes\nPakistan recognises Armenia" in text
    assert "Does Pakistan recognise Armenia?" in text
    assert "Since 31 August 2025 · as of " in text
    assert "](https://" in text
    assert kinds(card) == [
        Kind.SOURCES, Kind.HISTORY, Kind.WHY, Kind.CITATION, Kind.FOLLOW, Kind.REPORT, Kind.DELETE
    ]  # fmt: skip


@pytest.mark.parametrize(("verdict", "icon"), [("yes", "✅ Yes"), ("no", "❌ No"), ("disputed", "⚖️ Disputed")])
def test_a_verdict_that_the_text_lacks_is_said(engine: Engine, verdict: str, icon: str) -> None:
    answer = Answer("answered", "It is as it is, says the file.", verdict=verdict)
    assert icon in shown(answer_card(engine, answer))
    told = shown(answer_card(engine, replace(answer, query=Query("loan", "whether"))))
    assert told.count(icon) == 1
    assert f"## {icon}" in told


def test_a_private_answer_has_nothing_to_delete(engine: Engine, today: datetime.date) -> None:
    assert Kind.DELETE not in kinds(answer_card(engine, engine.ask("does pakistan recognise armenia", today=today)))


def test_a_clarify_shows_its_readings_as_buttons(engine: Engine, today: datetime.date) -> None:
    answer = engine.ask("does nigera recognise kosovo", today=today)
    card = answer_card(engine, answer)
    picks = [button for button in card.buttons() if button.custom_id.startswith("att1p:")]
    assert [button.label for button in picks] == [f"{n}. {s.text}" for n, s in enumerate(answer.suggestions, 1)]
    assert [getattr(read(b.custom_id), "query", None) for b in picks] == [s.query for s in answer.suggestions]
    assert "Noted" not in shown(card)


def test_a_reading_too_long_for_a_button_stands_in_full_above(engine: Engine) -> None:
    long = "Does " + "very " * 20 + "long?"
    card = answer_card(engine, Answer("clarify", "Which?", suggestions=(Suggestion(long, Query("loan", "whether")),)))
    assert long in shown(card)
    assert next(card.buttons()).label.endswith("…")


def test_a_miss_says_that_it_was_noted_and_offers_the_nearest(engine: Engine) -> None:
    offered = tuple(Suggestion(f"Question {n}?", Query("loan", "whether", (str(n),))) for n in range(3))
    answer = Answer("not_understood", "I did not understand that.", suggestions=offered, question="blah")
    card = answer_card(engine, answer)
    assert kinds(card) == [Kind.PICK, Kind.PICK, Kind.PICK, Kind.FOLLOW, Kind.REPORT]
    assert "Noted as not understood; your words are not kept" in shown(card)
    assert "Did you mean" in shown(card)
    assert "“blah”" in shown(card)
    assert "Noted, so that curators see" in shown(answer_card(engine, answer, words_kept=True))


def test_no_record_says_so_in_words(engine: Engine, today: datetime.date) -> None:
    answer = engine.ask("does taiwan recognise china", today=today)
    assert answer.status == "no_record"
    card = answer_card(engine, answer)
    assert "No record" in shown(card)
    assert "Noted" in shown(card)
    assert Kind.SOURCES not in kinds(card)


def test_a_long_list_is_paged_and_every_name_is_on_one_page(engine: Engine, today: datetime.date) -> None:
    answer = engine.ask("who recognises kosovo", today=today)
    first = [button.label for button in answer_card(engine, answer).buttons()]
    (pages,) = (int(label.removeprefix("1 of ")) for label in first if (label or "").startswith("1 of "))
    cards = [answer_card(engine, answer, page=page) for page in range(1, pages + 1)]
    assert pages >= 3
    names = [engine.kb.entities[id_].name.replace(" ", "\u00a0") for id_ in answer.value]
    lines = [line.split(" · ") for card in cards for line in shown(card).split("\n") if line.count(" · ") > 5]
    listed = [name.partition("\u00a0")[2] for line in lines for name in line]
    assert listed == names
    assert {Kind.PAGE, Kind.FILE} <= set(kinds(cards[0]))
    assert cards[0].buttons().__next__().disabled


def test_a_page_out_of_range_is_the_nearest(engine: Engine, today: datetime.date) -> None:
    answer = engine.ask("overview israel turkey", today=today)
    assert answer_card(engine, answer, page=0) == answer_card(engine, answer, page=1)
    assert answer_card(engine, answer, page=999) == answer_card(engine, answer, page=998)


def test_no_line_of_an_overview_is_lost(engine: Engine, today: datetime.date) -> None:
    answer = engine.ask("overview israel turkey", today=today)
    lines = answer.text.count("\n• ")
    found = "\n".join(shown(answer_card(engine, answer, page=page)) for page in range(1, 9))
    once = {line for line in found.split("\n") if line.startswith("- ")}
    assert len(once) >= lines


def test_the_question_of_somebody_else_is_harmless(engine: Engine) -> None:
    card = answer_card(engine, Answer("not_understood", "No.", question=NASTY), quoted=NASTY)
    assert "@everyone" not in shown(card)
    assert "](" not in shown(card).replace("\\](", "")
    assert "\u202e" not in shown(card)


def test_the_parts_of_a_card_make_less_than_a_message_may_hold() -> None:
    from bot.discord_app import body, card

    own = (card._QUOTED, card._READING, card._HEADLINE, card._DATES, card._CAVEATS, card._OFFERED, card._SOURCES)
    parts = (*own, card._NOTED, body.BUDGET)
    assert sum(parts) + 2 * len(parts) <= limits.MESSAGE_TEXT
