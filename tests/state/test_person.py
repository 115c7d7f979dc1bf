"""What is told and forgotten of a person: everything, to the last byte."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import BigInteger

from bot.state.dailies import KeptStreak
from bot.state.journal import JournalEntry
from bot.state.models import Base
from bot.state.problems import StateError
from bot.state.proposals import NewProposal
from bot.state.quizzes import KeptAnswer, Round
from bot.state.store import Store
from tests.state.conftest import ANNA, BORIS, CHANNEL, GUILD, MESSAGE, NOW, STUDIED, at_file, report, study

# Every column of 64 bits, and whether what it holds is a person's id. A new one must be put on one side.
PERSONS = {
    "channel_modes.set_by", "opt_ins.set_by", "answers.user_id", "fact_changes.curator_id", "proposals.proposer_id",
    "proposals.first_id", "proposals.decided_id", "proposal_skips.curator_id", "curators.user_id", "curators.added_by",
    "hidden_gaps.set_by", "notice_channels.set_by", "kept_drafts.person_id",
    "quizzes.host_id", "quiz_answers.person_id", "quiz_scores.person_id", "quiz_misses.person_id",
    "quiz_opt_outs.person_id", "dailies.set_by", "daily_answers.person_id", "daily_streaks.person_id",
}  # fmt: skip
OTHERS = {
    "channel_modes.channel_id", "channel_modes.guild_id", "opt_ins.guild_id", "question_counts.count",
    "missed_questions.guild_id", "answers.message_id", "proposals.guild_id", "proposals.channel_id",
    "curators.role_id", "curators.guild_id", "notice_channels.guild_id", "notice_channels.channel_id",
    "quizzes.channel_id", "quizzes.guild_id", "quiz_answers.channel_id", "quiz_rounds.guild_id",
    "quiz_rounds.channel_id", "quiz_opt_outs.guild_id", "quiz_turns.place_id", "dailies.channel_id",
    "dailies.guild_id", "dailies.message_id", "daily_answers.channel_id", "daily_streaks.channel_id",
}  # fmt: skip


PERSONS |= {
    "study_cards.person_id", "study_reviews.person_id", "study_decks.person_id", "study_reminders.person_id",
}  # fmt: skip
OTHERS |= {"study_reminders.guild_id", "study_reminders.channel_id"}


def live(store: Store, user: int, first: int = 0) -> None:
    """Leave something of a person in every place where something can be left."""
    store.set_channel_mode(GUILD, CHANNEL + first, "auto", user, NOW)
    store.opt_in(GUILD + first, user, NOW)
    store.note_missed(f"who is <@{user}>, {user}?", GUILD + first, NOW)
    store.count_question('{"relation":"r"}', NOW.date())
    report(store, ["a"], f"I, {user}, know", f"https://example.org/{user}", user, GUILD)
    store.journal.begin(change(user))
    waiting = NewProposal("change", facts=("b",), draft={"n": user}, proposer_id=user, proposer_name="Anna")
    store.proposals.add(waiting, NOW, (user, "Anna"))
    decided = store.proposals.add(NewProposal("suggestion", "from a stranger"), NOW)
    store.proposals.decide(decided.id, "rejected", (user, "Anna"), NOW, f"I, {user}, say no")
    store.proposals.skip(1, user, NOW.date())
    store.curators.add("Anna", user, NOW, user_id=user, guild_id=GUILD)
    store.curators.add("keepers", user, NOW, role_id=GUILD + 1 + first, guild_id=GUILD)
    store.hidden.add([f"key {first}"], user, NOW)
    store.notices.set(GUILD + first, "digest", CHANNEL, user, NOW)
    store.kept.keep(user, {"text": f"by {user}"}, NOW)
    play(store, user, first)
    for number in range(3):
        store.remember_answer(MESSAGE + first + number, user, {"subject": [str(user)], "n": user}, NOW)
    study(store, user)


def play(store: Store, user: int, first: int = 0) -> None:
    """Leave something of a person who plays: a round that is over, a quiz that runs, and the question of the day."""
    quizzes, dailies, channel = store.quizzes, store.dailies, CHANNEL + first
    quizzes.begin(channel, GUILD, user, {}, NOW)
    quizzes.end(channel, Round("anything", 2, [(user, 1, 2)], {user: ["a.whether"]}), NOW)
    quizzes.opt_out(GUILD + 1, user, NOW)
    quizzes.begin(channel, GUILD, user, {}, NOW)
    quizzes.save(channel, NOW, None, [KeptAnswer(0, user, (1,), True, NOW)])
    dailies.set(GUILD, channel, 9, "Asia/Karachi", "anything", user, NOW)
    dailies.answer(channel, NOW.date(), user, (1,), True, NOW)
    dailies.keep_streak(channel, KeptStreak(user, 1, 1, NOW.date()))


def change(user: int) -> JournalEntry:
    """A change of the facts that a person made."""
    return JournalEntry(NOW, "/knowledge", user, "Anna", "end", "fact", "a", "r", "it ended", [], [], b"x")


def traces(path: Path, user: int) -> list[str]:
    """Where a person's id is found: in any column of any row as text, and in the bytes of any of the state's files."""
    found = []
    with sqlite3.connect(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own tables
            found += [f"{table}: {row}" for row in rows if str(user) in "\t".join(str(value) for value in row)]
    connection.close()
    return found + bytes_of(path, user)


def bytes_of(path: Path, user: int) -> list[str]:
    """In which files an id is found, as text or as SQLite's eight-byte integer."""
    forms = (str(user).encode(), user.to_bytes(8, "big"), user.to_bytes(8, "little"))
    return [file.name for file in path.parent.iterdir() if any(form in file.read_bytes() for form in forms)]


def test_every_column_of_a_person_is_known() -> None:
    """So that none can be added without being told and forgotten."""
    wide = {str(c) for t in Base.metadata.sorted_tables for c in t.columns if isinstance(c.type, BigInteger)}
    assert wide == PERSONS | OTHERS


def test_the_traces_are_seen(filed: Store, path: Path) -> None:
    """The search below finds what is there: each column, the texts, and the bytes before they are checkpointed."""
    live(filed, ANNA)
    found = " ".join(traces(path, ANNA))
    for table in {name.partition(".")[0] for name in PERSONS}:
        assert f"{table}: " in found
    assert "state.sqlite-wal" in found


@pytest.mark.parametrize("checkpointed", [False, True])
def test_no_trace_is_left(path: Path, checkpointed: bool) -> None:
    """In no table, and in no byte of the database, its log, its index or its lock; whether or not closed since."""
    store = Store.open(at_file(path))
    live(store, ANNA)
    live(store, BORIS, 10)
    if checkpointed:
        store.close()
        store = Store.open(at_file(path))
    assert store.forget(ANNA) == {
        "answers": 3, "proposals": 2, "channel_modes": 1, "opt_ins": 1, "fact_changes": 1, "decisions": 2, "skips": 1,
        "curators": 2, "hidden_gaps": 1, "notice_channels": 1, "kept_drafts": 1, "mentions": 2,
        "quizzes": 1, "quiz_answers": 1, "quiz_scores": 1, "quiz_misses": 1, "quiz_opt_outs": 1, "dailies": 1,
        "daily_answers": 1, "daily_streaks": 1,
        **dict.fromkeys(STUDIED, 1),
    }  # fmt: skip
    assert bytes_of(path, ANNA) == []
    assert bytes_of(path, BORIS)
    store.close()
    assert traces(path, ANNA) == []


def test_no_trace_is_left_among_many(filed: Store, path: Path) -> None:
    """Rows move between pages as tables grow and shrink; what moved leaves no copy."""
    for number in range(400):
        user = ANNA if number % 3 else BORIS + number
        filed.remember_answer(MESSAGE + number * 7919 % 401, user, {"text": "x" * (number % 97)}, NOW)
        if number % 5 == 0:
            report(filed, ["a"], "word " * number, "", user, GUILD)
            filed.forget_answer(MESSAGE + number * 7919 % 401)
    filed.forget(ANNA)
    assert bytes_of(path, ANNA) == []
    assert filed.about(BORIS + 3)["answers"]


def test_what_another_program_deleted_is_cleaned_too(filed: Store, path: Path) -> None:
    """An operator's tool does not overwrite what it deletes."""
    live(filed, ANNA)
    operator = sqlite3.connect(path)
    operator.execute("PRAGMA secure_delete = OFF")
    operator.execute("DELETE FROM proposals")
    operator.commit()
    operator.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    operator.close()
    filed.forget(ANNA)
    assert bytes_of(path, ANNA) == []


def test_what_others_wrote_of_somebody(filed: Store, path: Path) -> None:
    """Is told as a number, and blanked; their words and rows stay."""
    report(filed, ["a"], f"<@{ANNA}> told me", f"https://example.org/{ANNA}", BORIS, GUILD)
    filed.remember_answer(MESSAGE, BORIS, {"n": ANNA}, NOW)
    mentions = [
        {"in": "answers.query", "times": 1},
        {"in": "proposals.source", "times": 1},
        {"in": "proposals.text", "times": 1},
    ]
    assert sorted(filed.about(ANNA)["mentions"], key=lambda mention: mention["in"]) == mentions
    assert filed.forget(ANNA)["mentions"] == 3
    (kept,) = filed.proposals.all()
    assert (kept.text, kept.source, kept.proposer_id) == ("<@0> told me", "https://example.org/0", BORIS)
    told = filed.recall_answer(MESSAGE)
    assert told is not None
    assert told.query == {"n": 0}
    assert traces(path, ANNA) == []


def test_what_moderators_and_reporters_did_outlives_them(store: Store) -> None:
    """A channel stays as it was set and a mistake stays known, by nobody."""
    live(store, ANNA)
    store.forget(ANNA)
    assert store.channel_mode(CHANNEL) == "auto"
    assert store.opted_in(GUILD)
    kept, waiting, decided = store.proposals.all()
    assert (kept.facts, kept.text, kept.source, kept.proposer_id, kept.state) == (("a",), "", "", None, "open")
    assert (waiting.proposer_name, waiting.proposer_id, waiting.draft) == ("Anna", None, {"n": 0})
    assert (waiting.state, waiting.first_id, waiting.first_name) == ("open", None, "")  # nobody knows who is the first
    assert (decided.state, decided.decided_name, decided.decided_id) == ("rejected", "Anna", None)
    assert [(role.name, role.user_id, role.added_by) for role in store.curators.all()] == [("keepers", None, None)]
    assert store.hidden.keys() == {"key 0"}
    assert store.notices.get(GUILD, "digest") == CHANNEL
    (made,) = store.journal.newest()
    assert (made.curator_name, made.curator_id, made.reason) == ("Anna", None, "it ended")
    assert store.question_counts(NOW.date()) == {'{"relation":"r"}': 1}
    assert store.recall_answer(MESSAGE) is None


def test_forgetting_one_leaves_the_other(store: Store) -> None:
    """Whatever is stored about somebody else is the same before and after."""
    live(store, ANNA)
    live(store, BORIS, 10)
    before = store.about(BORIS)
    store.forget(ANNA)
    assert store.about(BORIS) == before


def test_a_short_number_is_no_id_within_a_text(store: Store) -> None:
    """Nobody can have the digits of other people's texts blanked."""
    report(store, ["a"], "In 2005, not 2006", "", ANNA, GUILD)
    assert store.about(5)["mentions"] == []
    assert store.forget(5)["mentions"] == 0
    assert store.proposals.all()[0].text == "In 2005, not 2006"


def test_about_tells_everything(store: Store) -> None:
    """Each kind of row, in a form that JSON carries; nothing of somebody else."""
    live(store, ANNA)
    live(store, BORIS, 10)
    told = store.about(ANNA)
    at = NOW.isoformat()
    assert told["channel_modes"] == [{"guild": str(GUILD), "channel": str(CHANNEL), "mode": "auto", "at": at}]
    assert told["opt_ins"] == [{"guild": str(GUILD), "at": at}]
    assert [answer["message"] for answer in told["answers"]] == [str(MESSAGE + number) for number in range(3)]
    assert told["answers"][0]["query"] == {"subject": [str(ANNA)], "n": ANNA}
    reported, waiting = told["proposals"]
    assert reported == {
        "id": 1, "kind": "report", "facts": ["a"], "draft": None, "text": f"I, {ANNA}, know",
        "source": f"https://example.org/{ANNA}", "guild": str(GUILD), "channel": None, "at": at, "state": "open",
    }  # fmt: skip
    assert (waiting["kind"], waiting["state"]) == ("change", "waiting_second")
    assert [row["as"] for row in told["decisions"]] == ["first", "rejected"]
    assert [(row["name"], row["you"]) for row in told["curators"]] == [("Anna", True), ("keepers", False)]
    assert [len(told[name]) for name in ("skips", "hidden_gaps", "notice_channels", "kept_drafts")] == [1, 1, 1, 1]
    assert str(BORIS) not in json.dumps(told)


def test_of_a_stranger_nothing_is_told(store: Store) -> None:
    """Every list is there, and empty; after forgetting too."""
    live(store, ANNA)
    names = (
        "answers", "proposals", "channel_modes", "opt_ins", "fact_changes", "decisions", "skips", "curators",
        "hidden_gaps", "notice_channels", "kept_drafts", "mentions", "quizzes", "quiz_answers", "quiz_scores",
        "quiz_misses", "quiz_opt_outs", "dailies", "daily_answers", "daily_streaks",
    )  # fmt: skip
    nothing: dict[str, list[object]] = {name: [] for name in (*names, *STUDIED)}
    assert store.about(BORIS) == nothing
    store.forget(ANNA)
    assert store.about(ANNA) == nothing


def test_the_export_is_json(store: Store) -> None:
    """The same as is told, with whose it is."""
    live(store, ANNA)
    assert json.loads(store.export(ANNA)) == {"user": str(ANNA), **store.about(ANNA)}


def test_old_answers_leave_no_bytes(filed: Store, path: Path) -> None:
    """What is pruned is overwritten too."""
    filed.remember_answer(MESSAGE, ANNA, {}, NOW.replace(year=2025))
    filed.prune(NOW)
    assert bytes_of(path, ANNA) == []


def test_what_a_server_took_back_leaves_no_bytes(filed: Store, path: Path) -> None:
    """The texts are gone from the files when a server opts out."""
    filed.opt_in(GUILD, BORIS, NOW)
    filed.note_missed("a sentence to be found", GUILD, NOW)
    assert any(b"a sentence to be found" in file.read_bytes() for file in path.parent.iterdir())
    filed.opt_out(GUILD)
    assert not any(b"a sentence to be found" in file.read_bytes() for file in path.parent.iterdir())


def test_a_reader_from_outside_is_told_of(filed: Store, path: Path) -> None:
    """A backup that still reads the old log keeps its bytes alive: the caller learns it, and a second call cleans."""
    live(filed, ANNA)
    with filed._engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    outside = sqlite3.connect(path, isolation_level=None)
    outside.execute("BEGIN")
    outside.execute("SELECT * FROM answers").fetchall()
    with pytest.raises(StateError, match="deleted, but"):
        filed.forget(ANNA)
    assert filed.about(ANNA)["answers"] == []
    outside.execute("COMMIT")
    outside.close()
    filed.forget(ANNA)
    assert bytes_of(path, ANNA) == []
