"""What stands behind the buttons."""

import datetime

import pytest

from bot.answers.answer import Answer
from bot.discord_app import views
from bot.discord_app.custom_ids import Kind
from bot.discord_app.parts import Card
from bot.engine import Engine
from tests.discord_app.checks import check

QUESTION = "does pakistan recognise armenia"


@pytest.fixture
def answer(engine: Engine, today: datetime.date) -> Answer:
    """An answer with sources and a past."""
    return engine.ask(QUESTION, today=today)


def shown(card: Card) -> str:
    """All that a card says."""
    return "\n".join(card.texts())


def test_sources_are_links_with_publisher_kind_and_dates(engine: Engine, answer: Answer) -> None:
    text = shown(views.sources_card(engine, answer))
    for id_ in answer.sources:
        source = engine.kb.source(id_)
        assert source.publisher in text
        assert f"]({source.url})" in text
        assert f"{source.kind} · read on {engine.composer.words.date(source.accessed)}" in text


def test_many_sources_are_paged(engine: Engine, today: datetime.date) -> None:
    many = engine.ask("who recognises kosovo", today=today)
    pages = [views.sources_card(engine, many, page) for page in range(1, 30)]
    told = {line for card in pages for line in shown(card).split("\n") if line.startswith("**")}
    assert len(told) == len(many.sources)
    assert views.PAGED[Kind.SOURCES] is views.sources_card


def test_history_tells_what_was_before(engine: Engine, answer: Answer) -> None:
    facts = views.history(engine, answer)
    assert set(answer.facts) <= {fact.id for fact in facts}
    dates = [fact.since.date or fact.as_of for fact in facts]
    assert dates == sorted(dates)
    assert "**31 August 2025** · Pakistan recognises Armenia." in shown(views.history_card(engine, answer))


def test_history_of_nothing_says_so(engine: Engine) -> None:
    assert "No dated fact" in shown(views.history_card(engine, Answer("no_record", "None.")))
    assert "No source" in shown(views.sources_card(engine, Answer("no_record", "None.")))


def test_why_tells_rule_names_score_and_runner_up(engine: Engine, answer: Answer) -> None:
    lines = views.why_lines(engine, answer)
    text = "\n".join(lines)
    assert "**Rule** recognition.whether" in text
    assert "**Names** pakistan = pakistan; armenia = armenia" in text
    assert "**Score** 1.00; an answer needs 0.80" in text
    assert "**Runner-up**" in text
    assert all(f"- {id_}" in text for id_ in answer.facts)


def test_why_without_the_wording_says_that_it_is_not_kept(engine: Engine, answer: Answer, today: datetime.date) -> None:
    assert answer.query is not None
    text = "\n".join(views.why_lines(engine, engine.answer(answer.query, today)))
    assert "not kept" in text
    assert "Score" not in text


def test_a_citation_is_plain_text_with_the_day_of_access(engine: Engine, answer: Answer, today: datetime.date) -> None:
    text = views.citation(engine, answer, today)
    assert text.startswith("“Does Pakistan recognise Armenia?” Yes. Pakistan recognises Armenia")
    assert "Attaché, accessed 22 November 2026." in text
    assert all(str(engine.kb.source(id_).url) in text for id_ in answer.sources)
    assert "\\" not in text
    assert "```" in shown(views.citation_card(engine, answer, today))


def test_a_long_citation_keeps_whole_sources_and_says_how_many_more(engine: Engine, today: datetime.date) -> None:
    many = engine.ask("who recognises kosovo", today=today)
    text = views.citation(engine, many, today, 1500)
    assert len(text) <= 1500
    assert text.endswith("more)")
    check(views.citation_card(engine, many, today))


def test_a_list_as_a_file_has_one_name_a_line(engine: Engine, today: datetime.date) -> None:
    many = engine.ask("who recognises kosovo", today=today)
    lines = views.list_file(engine, many, today).split("\n")
    assert lines[1] == f"{len(many.value)} names"
    assert lines[3 : 3 + len(many.value)] == [engine.kb.entities[id_].name for id_ in many.value]


@pytest.mark.parametrize(("version", "said"), [(7, "another version"), (None, "not on file")])
def test_a_button_that_is_no_longer_understood_says_so(version: int | None, said: str) -> None:
    card = views.gone_card(version)
    check(card)
    assert said in shown(card)
