"""What is asked and not answered: grouped, counted, put aside; and each way to do something about it."""

import datetime

import pytest

from bot.curation.desk import Curation
from bot.curation.drafts import Draft, NameDraft, WordingDraft
from bot.curation.gaps import Gap, Gaps
from bot.curation.outcomes import Preview, Refused, Saved
from bot.curation.queue import Queue
from bot.curation.teaching import Teaching
from bot.questions.query import Query
from bot.state.queries import query_key
from bot.state.store import ANSWER_DAYS, MISSED_DAYS, Store
from tests.curation.conftest import ANNA, NOW, PAGE, clock

GUILD, CLOSED = 613425648685547541, 613425648685547542
DAY = NOW.date()
NORA_HAS = "Does Nora Finch have The Salt Lighthouse?"


@pytest.fixture
def gaps(curation: Curation, store: Store) -> Gaps:
    """The gaps of a base whose one server lets texts be kept."""
    store.opt_in(GUILD, 1, NOW)
    return Gaps(curation, store, clock)


def ask(gaps: Gaps, text: str, times: int = 1, guild: int = GUILD, at: datetime.datetime = NOW) -> None:
    """A question as the bot would note it."""
    reading = gaps.curation.live.engine.read(text, (), at.date())
    for _ in range(times):
        if reading.status == "not_understood":
            gaps.store.note_missed(text, guild, at)
        elif reading.query is not None:
            gaps.store.count_question(query_key(reading.query), at.date())


def only(gaps: Gaps) -> Gap:
    """The one gap there is."""
    (gap,) = gaps.find()
    return gap


def told(gaps: Gaps) -> list[tuple[str, int]]:
    """The gaps in short."""
    return [(gap.question, gap.times) for gap in gaps.find()]


def test_the_most_asked_first(gaps: Gaps) -> None:
    """Both kinds in one list; what is answered is no gap."""
    ask(gaps, "does Nora hate Omar", 2)
    ask(gaps, "Petra hates Nora!")
    ask(gaps, "is it raining", 2)
    ask(gaps, "Has Omar borrowed Salt Lighthouse?", 9)  # he has given it back
    ask(gaps, "Has Nora borrowed Winter Orchard?", 4)
    ask(gaps, "When did Nora borrow Winter Orchard?")
    assert told(gaps) == [
        ("Does Nora Finch have Winter Orchard?", 5), ("does Nora hate Omar", 3), ("is it raining", 2),
    ]  # fmt: skip
    record, hate, rain = gaps.find()
    assert (record.kind, record.others) == ("no_record", ("When did Nora Finch borrow Winter Orchard?",))
    assert record.told.startswith("I have no record")
    assert record.query is not None
    assert (hate.kind, hate.others, hate.query, hate.reason) == (
        "not_understood", ("Petra hates Nora!",), None, "no_match",
    )  # fmt: skip
    assert hate.told == gaps.curation.live.engine.ask("does Nora hate Omar").text
    assert gaps.count() == 3
    assert len(gaps.find(1)) == 1
    assert gaps.fact(rain) == Draft("add", "asked 2 times: is it raining")  # which fact that is, somebody has to say
    assert gaps.one(hate.keys[-1]) == hate
    assert gaps.one(record.key) == record
    assert gaps.one("nothing") is None


def test_only_what_may_be_read(gaps: Gaps) -> None:
    """Texts of servers that did not opt in are not there, nor old ones, nor old counts."""
    old = NOW - datetime.timedelta(days=MISSED_DAYS + 1)
    older = NOW - datetime.timedelta(days=ANSWER_DAYS + 1)
    ask(gaps, "does Nora hate Omar", guild=CLOSED)
    ask(gaps, "is it raining", at=old)
    ask(gaps, "Has Nora borrowed Winter Orchard?", at=older)
    assert told(gaps) == []
    ask(gaps, "does Nora hate Omar")
    assert told(gaps) == [("does Nora hate Omar", 1)]
    gaps.store.opt_out(GUILD)
    assert told(gaps) == []


def test_not_for_us(gaps: Gaps, store: Store) -> None:
    """It is gone for good, however it is asked again, and can be brought back; no words of it are kept."""
    ask(gaps, "does Nora hate Omar")
    ask(gaps, "Has Nora borrowed Winter Orchard?")
    for gap in gaps.find():
        gaps.hide(gap, ANNA)
    ask(gaps, "does Petra hate Nora", 5)
    ask(gaps, "When did Nora borrow Winter Orchard?")
    assert told(gaps) == []
    assert {gap.times for gap in gaps.find(hidden=True)} == {6, 2}
    assert all(len(key) == 32 for key in store.hidden.keys())  # noqa: SIM118 - no dictionary
    for gap in gaps.find(hidden=True):
        gaps.unhide(gap)
    assert sorted(times for _, times in told(gaps)) == [2, 6]
    assert gaps.find(hidden=True) == []


def test_add_the_fact(gaps: Gaps) -> None:
    """The draft holds what the question said; with a source it is saved, and the gap is closed."""
    ask(gaps, "Has Nora borrowed Winter Orchard as an audiobook?", 2)
    draft = gaps.fact(only(gaps))
    assert draft == Draft(
        "add", "asked 2 times: Does Nora Finch have Winter Orchard as a recording?", relation="loan",
        subject=("nora-finch",), object=("winter-orchard",), narrows={"shape": "audio"},
    )  # fmt: skip
    made = gaps.curation.save(Draft("add", draft.reason, relation="loan", subject=draft.subject, object=draft.object,
                                    narrows=draft.narrows, since="2026-10", sources=(PAGE,)), ANNA)  # fmt: skip
    assert isinstance(made, Saved), made
    assert told(gaps) == []


def test_add_the_fact_between_two(gaps: Gaps) -> None:
    """However the two were named, it is the same gap, and a relation between them."""
    ask(gaps, "Are Nora and Petra friends?")
    ask(gaps, "Are Petra and Nora friends?")
    draft = gaps.fact(only(gaps))
    assert (draft.subject, draft.object) == (None, None)
    assert sorted(draft.between or ()) == ["nora-finch", "petra-lund"]


def test_add_a_fact_that_a_digest_misses(gaps: Gaps) -> None:
    """A digest has no facts of its own: those are named between whom one is wanted, and not of which relation."""
    kb = gaps.curation.live.engine.kb
    gaps.store.count_question(query_key(Query("overview", "what", ("nora-finch",), ("petra-lund",))), DAY)
    draft = gaps.fact(only(gaps))
    assert kb.relations["overview"].digest
    assert (draft.relation, draft.subject, draft.object) == ("", ("nora-finch",), ("petra-lund",))


def test_which_relations_are_likely(gaps: Gaps) -> None:
    """Those first that the question could be taught to; each once, and none that only sums up others."""
    ask(gaps, "why does Nora avoid Petra")
    likely = gaps.relations(only(gaps))
    assert likely[0] == "friendship"
    assert sorted(likely) == ["attendance", "authorship", "friendship", "loan", "plot"]


def test_one_that_was_put_aside_is_found(gaps: Gaps) -> None:
    """By its key, as any other."""
    ask(gaps, "does Nora hate Omar")
    gap = only(gaps)
    gaps.hide(gap, ANNA)
    assert told(gaps) == []
    assert gaps.one(gap.key) == gap


def test_add_a_name(gaps: Gaps) -> None:
    """The word that nobody knows is the name; the question is understood then, and no gap any more."""
    ask(gaps, "Has Zorkan borrowed Salt Lighthouse?")
    gap = only(gaps)
    assert (gap.reason, gap.stranger) == ("stranger", "Zorkan")
    draft = gaps.name(gap, "omar-hale")
    assert draft == NameDraft("omar-hale", "Zorkan", "asked 1 time: Has Zorkan borrowed Salt Lighthouse?")
    assert gaps.name(gap, "omar-hale", " Big O ", weak=True) == NameDraft("omar-hale", "Big O", draft.reason, True)
    seen = gaps.curation.preview(draft)
    assert isinstance(seen, Preview)
    assert seen.sound
    assert isinstance(gaps.curation.save(seen.draft, ANNA), Saved)
    assert told(gaps) == []
    taken = gaps.curation.preview(NameDraft("omar-hale", "Winter Orchard", "no"))
    assert isinstance(taken, Preview)
    assert not taken.sound


def test_a_name_that_nobody_said(gaps: Gaps) -> None:
    """Where no strange word was seen, somebody has to say the name."""
    ask(gaps, "is it raining")
    assert gaps.name(only(gaps), "omar-hale") is None


# --- teaching a wording


def taught(gaps: Gaps, intent: str, *, turned: bool = False) -> Teaching:
    """What would come of teaching the one gap."""
    came = gaps.teach(only(gaps), intent, turned=turned)
    assert isinstance(came, Teaching), came
    return came


def line_of(came: Teaching) -> str:
    """The line as it would be saved."""
    assert isinstance(came.preview.draft, WordingDraft)
    return came.preview.draft.line


def test_teach_a_wording(gaps: Gaps, queue: Queue) -> None:
    """The line is made of the question, reads it and its like, and is saved without a second curator."""
    ask(gaps, "has Nora pinched the Salt Lighthouse", 2)
    ask(gaps, "has Omar pinched Winter Orchard as an audiobook")
    assert "loan.whether" in [choice.intent for choice in gaps.intents(gaps.find()[0])]
    came = gaps.teach(gaps.find()[0], "loan.whether")
    assert isinstance(came, Teaching), came
    assert line_of(came) == "<have> {subject} pinched {object}"
    assert came.reads == "Does Nora Finch have The Salt Lighthouse?"
    assert came.also == ()  # "as an audiobook" is not in the line
    assert came.preview.sound
    wider = gaps.try_wording(gaps.find()[0], WordingDraft("loan.whether", f"{line_of(came)} [{{shape}}]", "r"))
    assert isinstance(wider, Teaching)
    assert wider.also == ("has Omar pinched Winter Orchard as an audiobook",)
    assert isinstance(queue.save(wider.preview.draft, ANNA), Saved)
    assert gaps.curation.live.engine.ask("has Nora pinched Salt Lighthouse", today=DAY).verdict == "yes"
    assert told(gaps) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "(<do>|<have>) {subject} [got] <borrow> {object}",
            "'<do> {subject} <borrow> {object}' is said by loan.whether too",
        ),
        (
            "was {object} (pinched|borrowed) by {subject}",
            f"'was The Salt Lighthouse borrowed by Nora Finch' means '{NORA_HAS}' so far, and would not any more",
        ),
    ],
)
def test_a_stolen_sentence_is_refused(gaps: Gaps, queue: Queue, line: str, message: str) -> None:
    """What another intent says in the same signs, or in others that come to the same words."""
    ask(gaps, "was Salt Lighthouse pinched by Nora")
    came = gaps.try_wording(only(gaps), WordingDraft("loan.why", line, "r"))
    assert isinstance(came, Teaching), came
    assert not came.preview.sound
    assert message in [problem.message for problem in came.preview.problems]
    refused = queue.save(came.preview.draft, ANNA)  # whoever saves it unseen, or seen before somebody else's line
    assert isinstance(refused, Refused)
    assert message in str(refused)


def test_a_line_that_misses_the_question_is_refused(gaps: Gaps, queue: Queue) -> None:
    """A curator's own line has to read what it was made for."""
    ask(gaps, "has Nora pinched the Salt Lighthouse")
    came = gaps.try_wording(only(gaps), WordingDraft("loan.whether", "<have> {subject} nicked {object}", "r"))
    assert isinstance(came, Teaching)
    assert (came.reads, came.preview.sound) == ("", False)
    assert "does not read 'has Nora pinched" in came.preview.problems[-1].message
    assert isinstance(queue.save(came.preview.draft, ANNA), Refused)


def test_who_is_named_first_may_be_turned(gaps: Gaps) -> None:
    """The question names the book first; that way alone its kinds fit."""
    ask(gaps, "was Salt Lighthouse pinched by Nora")
    (choice,) = [one for one in gaps.intents(only(gaps)) if one.intent == "loan.whether"]
    assert choice.turned
    assert choice.question == "Does Nora Finch have The Salt Lighthouse?"
    came = taught(gaps, "loan.whether", turned=True)
    assert line_of(came).replace("<be>", "was") == "was {object} pinched by {subject}"
    assert (came.preview.sound, came.reads) == (True, choice.question)


@pytest.mark.parametrize(
    ("question", "intent", "message"),
    [
        ("is it raining", "loan.whether", "the question names 0, and this way to ask names subject and object"),
        ("has Nora pinched the Salt Lighthouse", "loan.nothing", "there is no intent 'loan.nothing'"),
        ("Nora, Salt Lighthouse?", "loan.whether", "without its names nothing is left of the question"),
    ],
)
def test_what_cannot_be_taught(gaps: Gaps, question: str, intent: str, message: str) -> None:
    """Is said before anything is compiled."""
    ask(gaps, question)
    came = gaps.teach(only(gaps), intent)
    assert isinstance(came, Refused), came
    assert str(came) == message


def test_the_choices_fit_the_names(gaps: Gaps) -> None:
    """Two readers are no reader and a book; and a question word asks for its own kind first."""
    ask(gaps, "why does Nora avoid Petra")
    assert [choice.intent for choice in gaps.intents(only(gaps)) if choice.intent.startswith("loan.")] == []
    assert "friendship.whether" in [choice.intent for choice in gaps.intents(only(gaps))]
