"""What people say around a question is read past, and never what would turn it."""

import datetime

import pytest

from bot.answers.answer import Answer
from bot.engine import Engine

TODAY = datetime.date(2026, 11, 22)

# Question or statement → the wrappings in which it must mean what it means alone.
CLAIM = "Peru recognises Kosovo"
CLAIM_WRAPS = (
    "{}, isn't that right?", "{}, or am I mistaken?", "{}, is that what you're claiming?",
    "{}, yes/no?", "{}. Is that true?",
    "{}, come on. Or is it?",
    "Yes or no: {}.", "True or false: {}", "Fact check: {}.", "{} or what?", "{}, am I wrong?",
    "Would I be right in supposing that {}?", "You're not seriously saying that {}, are you?", "Are you sure that {}?",
    "My opponent says {}. True or false?", "Last I checked {}. Has that changed?", "So what you're saying is that {}?",
    "A guy on reddit said {}. Did it really?", "I was under the impression that {}, no?", "Surely {}?", "T/F: {}",
)  # fmt: skip
QUESTION = "does Peru recognise Kosovo?"
QUESTION_WRAPS = (
    "No wait, {}", "Quick question, {}", "Point of information: {}", "Is Peru friends with Kosovo, I mean {}",
    "What's up with Peru and Kosovo, or in other words, {}", "{} Asking for a friend", "{} I need it for an essay.",
    "omg {}", "Delegation of Chile here: {}", "Given that Peru is small, {}", "{} 😮", "{} My friend says it doesn't.",
    "For the love of god, {}", "To the best of your knowledge, {}",
)  # fmt: skip

# Wrapped questions, and what each must mean.
MEANT = {
    "I'm representing Paraguay in committee: do we recognise the State of Palestine?":
        "recognition whether: paraguay > palestine",
    "Delegation of Slovenia here, when was Palestine recognised by our government?":
        "recognition when: slovenia > palestine",
    "My country is Serbia. Do we recognise Kosovo?":
        "recognition whether: serbia > kosovo",
    "I represent Azerbaijan: do we have an embassy in Israel?":
        "embassy whether: azerbaijan > israel",
    "I got assigned Morocco. Why did we cut ties with Iran?":
        "diplomatic_relations why: morocco > iran",
    "Is Iceland in NATO even though it has no army?":
        "membership whether: iceland > nato",
    "Does Iran, great friend of the Afghans that it is, recognise the Taliban?":
        "recognition whether: iran > taliban",
    "If Slovakia is such a good EU member, why doesn't it recognise Kosovo?":
        "recognition why: slovakia > kosovo",
    "Switzerland is neutral, so surely it recognises Palestine?":
        "recognition whether: switzerland > palestine",
    "Ireland recognised Palestine, didn't it? When was that?":
        "recognition when: ireland > palestine",
    "Turkey is in NATO. Since when?":
        "membership when: turkey > nato",
    "China supposedly mediated between Saudi Arabia and Iran. Did it really?":
        "mediation whether: china > iran saudi-arabia",
    "when did cuba & south korea establish relations":
        "diplomatic_relations when: cuba > south-korea",
    "does Mexico recognise Kosovo atm":
        "recognition whether: mexico > kosovo",
}  # fmt: skip

# None of these may be answered: what stands beside the question turns it, or asks something else.
TURNED = (
    "You're not seriously saying that Greece will recognise Northern Cyprus, are you?",
    "Would I be right in supposing that Eritrea should recognise Kosovo?",
    "Delegation of Slovenia here, should we recognise Kosovo?",
    "I'm representing Paraguay: will we recognise Palestine?",
    "Do we recognise Kosovo?",
    "In the opinion of Serbia, does Peru recognise Kosovo?",
    "According to Serbia, does Peru recognise Kosovo?",
    "Does Pakistan recognise Kosovo or its driving licences?",
    "Did Gazprom and North Korea sign a defence pact?",
    "Does Gazprom recognise Kosovo?",
    "Which members of the EU do not?",
    "I dislike Paraguay: do we recognise Kosovo?",
    "My friend represents Paraguay. Do we recognise Kosovo?",
    "I am Serbia's friend. Do we recognise Kosovo?",
    "As Serbia knows, do we recognise Kosovo?",
    "I am no delegate of Serbia: do we recognise Kosovo?",
    "I am opposing the delegation of Serbia: do we recognise Kosovo?",
    "The delegate of Serbia attacked us: do we recognise Kosovo?",
    "I am writing about Paraguay and Chile: do we recognise Kosovo?",
    "I'm representing Google: do we recognise Kosovo?",
    "I represent Peru: do we recognise Kosovo passports?",
    "Which countries have an embassy in Taiwan even though they recognise China?",
    "Who recognises Kosovo despite not recognising Palestine?",
    "Does any country recognise Taiwan despite having relations with China?",
    "If Spain left the EU, does Spain recognise Kosovo?",
    "If Spain loses its case, will it recognise Kosovo?",
    "Does Peru recognise Kosovo, I mean its passports?",
    "Does Peru recognise Kosovo, no wait, Palestine?",
    "Does Peru recognise Kosovo in 2005, I mean does Chile?",
    "True or false: Mexico will recognise Kosovo",
    "Yes or no: is it good that Mexico recognises Kosovo?",
    "My opponent says Serbia should recognise Kosovo. True or false?",
    "Kosovo is recognised by Peru. Sweden is neutral. Did it really?",
    "in a crisis committee set in 2040: did Serbia recognise Kosovo?",
    "in a crisis committee set in an alternate world: does Serbia recognise Kosovo?",
    "Our sim takes place in 1975. Was Spain in NATO?",
    "It is 1975. Does Spain recognise Israel?",
    "Suppose Peru recognises Kosovo?",
    "Assuming Peru recognises Kosovo?",
    "Does Peru recognise Kosovo's right?",
    "Does Peru recognise the Kosovo man?",
    "Does Texas, great state that it is, recognise Kosovo?",
    "Peru recognises Kosovo, or is it Palestine?",
    "Does Kenya recognise Kosovo? I think Uganda does.",
    "Nicaragua recognises Abkhazia but not Kosovo, isn't that right?",
    "Does Israel recognise Kosovo, and does Kosovo recognise Israel?",
    "Does Israel recognise Kosovo, and does Kosovo like Israel?",
    "I heard that country isn't in NATO, is it?",
    "Does Serbia recognise Kosovo if the EU insists?",
    "Pretend I'm representing Kenya in 2050: do we recognise Kosovo?",
)  # fmt: skip


@pytest.mark.parametrize("wrap", CLAIM_WRAPS)
def test_a_wrapped_claim_is_asked(engine: Engine, wrap: str) -> None:
    """Whatever makes a question of a statement, it is the statement that is asked about."""
    assert _meant(engine.ask(wrap.format(CLAIM), (), TODAY)) == "recognition whether: peru > kosovo"


@pytest.mark.parametrize("wrap", QUESTION_WRAPS)
def test_a_wrapped_question_is_the_question(engine: Engine, wrap: str) -> None:
    """Chatter around it changes nothing."""
    assert _meant(engine.ask(wrap.format(QUESTION), (), TODAY)) == "recognition whether: peru > kosovo"


@pytest.mark.parametrize("question", MEANT)
def test_what_a_wrapped_question_means(engine: Engine, question: str) -> None:
    """Speakers, concessions, premises, echoes and statements that a question leans on."""
    assert _meant(engine.ask(question, (), TODAY)) == MEANT[question]


def test_the_scene_dates_the_question(engine: Engine) -> None:
    """A time that is set before the question belongs to it."""
    answer = engine.ask("in a crisis committee set in 2005: did Ireland recognise Palestine?", (), TODAY)
    assert answer.query is not None
    assert answer.query.at is not None
    assert answer.query.at.text == "2005"
    assert answer.verdict == "no"


@pytest.mark.parametrize("question", TURNED)
def test_what_turns_a_question_is_never_read_past(engine: Engine, question: str) -> None:
    """Refused or asked back."""
    answer = engine.ask(question, (), TODAY)
    assert answer.status in ("not_understood", "clarify"), answer.text


def test_we_is_nobody_of_an_earlier_question(engine: Engine) -> None:
    """Only who is introduced in the same text is "we"."""
    answer = engine.ask("do we recognise Israel?", ("which countries recognise Kosovo",), TODAY)
    assert answer.status in ("not_understood", "clarify")


def _meant(answer: Answer) -> str:
    query = answer.query
    if query is None or answer.status not in ("answered", "no_record"):
        return f"{answer.status}: {answer.text}"
    return f"{query.relation} {query.form}: {' '.join(query.subject or ())} > {' '.join(sorted(query.object or ()))}"
