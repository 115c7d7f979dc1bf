"""Hard negatives, made from questions that are certainly understood: none may be answered wrongly.

Each kind changes one thing that changes the meaning. A refusal or a question back is always right; an answer must be
the answer to what is now asked.
"""

import datetime
import re
from collections.abc import Iterator

import pytest

from bot.answers.answer import Answer
from bot.engine import Engine
from tests.sentences import Made, Maker

TODAY = datetime.date(2026, 11, 22)
MOST = 8  # sentences an intent; more say the same with other words
INVENTED = ("Listenbourg", "Wakanda", "Genovia", "Zubrowka", "Latveria")
FUTURE = ("Will it be so in 2031: {}", "{} in 2040", "{} next year", "Next decade, {}")
OPINION = ("Should {}", "Do you think it is good that {}", "Is it a mistake that {}", "{} and is that morally right?")
WH = (("when", "why"), ("why", "when"), ("who", "why"), ("how many", "why"), ("which", "when"))


@pytest.fixture(scope="module")
def plain(engine: Engine) -> list[Made]:
    """Sentences that are read as their own intent, one a skeleton, at most MOST an intent."""
    found: list[Made] = []
    count: dict[str, int] = {}
    for made in Maker(engine).all():
        if count.get(made.intent.id, 0) >= MOST or made.intent.change:
            continue
        query = engine.read(made.text, (), TODAY).query
        if query is not None and query.rule == made.intent.id:
            count[made.intent.id] = count.get(made.intent.id, 0) + 1
            found.append(made)
    return found


def _name(engine: Engine, id_: str) -> str:
    return engine.kb.entities[id_].name


def _swapped(engine: Engine, plain: list[Made]) -> Iterator[tuple[Made, str]]:
    for made in plain:
        held = [(place, id_) for place, id_ in made.filled if place in ("subject", "object")]
        names = [_name(engine, id_) for _, id_ in held]
        kinds = made.intent.kinds
        both_ways = all(engine.kb.entities[id_].kind in kinds[p] for p in ("subject", "object") for _, id_ in held)
        if len(names) == 2 and both_ways:
            one, two = names
            text = made.text.replace(one, "\0").replace(two, one).replace("\0", two)
            yield made, text


def test_swapped_participants_swap_the_query(engine: Engine, plain: list[Made]) -> None:
    """Subject and object exchanged: never answered as before."""
    wrong, n = [], 0
    for made, text in _swapped(engine, plain):
        n += 1
        before = engine.read(made.text, (), TODAY).query
        after = engine.read(text, (), TODAY).query
        if before is None or after is None or engine.kb.relations[before.relation].symmetric:
            continue
        if (after.subject, after.object) == (before.subject, before.object):
            wrong.append(text)
    assert n >= 50
    assert not wrong, "\n".join(wrong)


def test_a_negator_never_turns_the_verdict(engine: Engine, plain: list[Made]) -> None:
    """The verdict speaks of the positive statement: "doesn't A …" and "does A …" have the same one."""
    wrong, n = [], 0
    for made in plain:
        if made.intent.form != "whether":
            continue
        for auxiliary in ("does", "do", "did", "is", "are", "was", "has", "have"):
            if made.text.startswith(f"{auxiliary} "):
                text = re.sub(rf"^{auxiliary} ", f"{auxiliary}n't ", made.text)
                n += 1
                one, two = engine.ask(made.text, (), TODAY), engine.ask(text, (), TODAY)
                if two.status == "answered" and one.status == "answered" and two.verdict != one.verdict:
                    wrong.append(f"{text}: {two.verdict}, not {one.verdict}")
                break
    assert n >= 50
    assert not wrong, "\n".join(wrong)


def test_another_question_word_is_another_form(engine: Engine, plain: list[Made]) -> None:
    """A question word exchanged: never answered in the old form."""
    wrong, n = [], 0
    for made in plain:
        for old, new in WH:
            if made.text.startswith(f"{old} "):
                text = new + made.text[len(old) :]
                n += 1
                made_answer = engine.ask(text, (), TODAY)
                if (
                    made_answer.status == "answered"
                    and made_answer.query
                    and made_answer.query.form == made.intent.form
                ):
                    wrong.append(f"{text} -> {made_answer.query.rule}")
    assert n >= 50
    assert not wrong, "\n".join(wrong)


def test_a_confusable_name_is_never_moved(engine: Engine, plain: list[Made]) -> None:
    """A name replaced by one it is mixed up with: answered of the other, or not at all."""
    pairs = [("Niger", "Nigeria"), ("Iran", "Iraq"), ("Austria", "Australia"), ("Slovakia", "Slovenia"),
             ("Mauritania", "Mauritius"), ("Paraguay", "Uruguay"), ("Gambia", "Zambia"), ("Mali", "Malawi"),
             ("Latvia", "Lithuania"), ("Guinea", "Guinea-Bissau"), ("Dominica", "Dominican Republic")]  # fmt: skip
    wrong, n = [], 0
    for made in plain[::3]:
        if ("subject", "pakistan") not in made.filled:
            continue
        for one, two in pairs:
            for name, other in ((one, two), (two, one)):
                n += 1
                query = engine.read(made.text.replace("Pakistan", name), (), TODAY).query
                if query is None:
                    continue
                named = {_name(engine, e) for e in query.participants()}
                if other in named and name not in named:
                    wrong.append(f"{made.text.replace('Pakistan', name)} -> {other}")
    assert n >= 300
    assert not wrong, "\n".join(wrong)


def _refused(answer: Answer) -> bool:
    return answer.status != "answered"


def test_an_invented_name_is_never_answered(engine: Engine, plain: list[Made]) -> None:
    """A name that nobody has: no answer."""
    wrong, n = [], 0
    for index, made in enumerate(plain):
        for place, id_ in made.filled:
            text = made.text.replace(_name(engine, id_), INVENTED[index % len(INVENTED)])
            if text == made.text or place == "among":
                continue
            n += 1
            answer = engine.ask(text, (), TODAY)
            if not _refused(answer):
                wrong.append(f"{text} -> {answer.text[:80]}")
    assert n >= 300
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("frames", [FUTURE, OPINION], ids=["future", "opinion"])
def test_future_and_opinion_are_never_answered(engine: Engine, plain: list[Made], frames: tuple[str, ...]) -> None:
    """What is to come and what somebody should do: no answer."""
    wrong, n = [], 0
    for index, made in enumerate(plain):
        if made.intent.form not in ("whether", "which", "when"):
            continue
        text = frames[index % len(frames)].format(made.text.rstrip("?")) + "?"
        n += 1
        answer = engine.ask(text, (), TODAY)
        if not _refused(answer):
            wrong.append(f"{text} -> {answer.text[:80]}")
    assert n >= 100
    assert not wrong, "\n".join(wrong)


def test_an_extra_content_word_forbids_the_match(engine: Engine, plain: list[Made]) -> None:
    """Something of a state is not the state: passports, degrees, wines."""
    wrong, n = [], 0
    extras = ("passports", "degrees", "driving licences", "football team", "wines", "patents")
    for index, made in enumerate(plain):
        objects = [id_ for place, id_ in made.filled if place == "object"]
        if len(objects) != 1:
            continue
        name = _name(engine, objects[0])
        text = made.text.replace(name, f"{name} {extras[index % len(extras)]}")
        n += 1
        answer = engine.ask(text, (), TODAY)
        if not _refused(answer):
            wrong.append(f"{text} -> {answer.text[:80]}")
    assert n >= 100
    assert not wrong, "\n".join(wrong)


AMOUNTS = (
    "Does Israel buy {} oil from Azerbaijan?",
    "Does Italy import {} gas from Azerbaijan?",
    "Does India buy {} arms from Russia?",
)


@pytest.mark.parametrize(
    "amount", ["all its", "all of its", "half of its", "the majority of its", "only its", "twice its"]
)
@pytest.mark.parametrize("question", AMOUNTS)
def test_how_much_of_it_is_not_whether(engine: Engine, question: str, amount: str) -> None:
    """That somebody buys is no yes to whether they buy all of it there."""
    assert engine.ask(question.format("")).verdict == "yes"
    assert engine.ask(question.format(amount)).verdict is None


@pytest.mark.parametrize(
    "question",
    [
        "Did Trump recognise the Armenian genocide?",
        "When did Biden recognise the Armenian genocide?",
        "Does the State Department recognise the Armenian genocide?",
        "Does the US government recognise the Armenian genocide?",
        "Did Trump recognise Moroccan sovereignty?",
        "Does Russia recognise Ukrainian sovereignty?",
        "Does Iran recognise Israel's right to exist?",
        "Did the US recognise Israel de jure in 1948?",
    ],
)
def test_another_body_and_another_matter_are_not_the_state(engine: Engine, question: str) -> None:
    """What Congress voted is not what a president or a department said; a right, or a sovereignty, is no state."""
    assert engine.ask(question, (), TODAY).status != "answered"


def test_who_denies_is_named_with_the_body(engine: Engine) -> None:
    """Israel's government has recognised what its parliament has not."""
    assert "by the parliament" in engine.ask("Did the Knesset recognise the Armenian genocide?", (), TODAY).text
    text = engine.ask("Which countries do not recognise the Armenian genocide?", (), TODAY).text
    assert "do not recognise the Armenian genocide: " in text
