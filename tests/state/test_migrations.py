"""The tables come to be by migrations alone; old databases keep their data; a step that fails changes nothing."""

import datetime
import importlib
import io
import logging
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bot.state import database, migrate
from bot.state.models import Base
from bot.state.problems import StateError
from bot.state.proposals import NewProposal
from bot.state.store import Store
from tests.conftest import ROOT
from tests.state.conftest import ANNA, BORIS, CHANNEL, GUILD, MESSAGE, NOW, at_file

STEPS = migrate.FOLDER / "versions"
OLD = sorted((ROOT / "tests" / "state" / "old").glob("*.sql"))

ANOTHER_STEP = '''\
"""A step of tomorrow."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"
def upgrade() -> None:
    op.add_column("proposals", sa.Column("weight", sa.Integer(), nullable=False, server_default="7"))
    with op.batch_alter_table("channel_modes") as table:
        table.alter_column("mode", type_=sa.String(32))
    {more}
'''


def head() -> str:
    """The number of the newest step."""
    (newest,) = ScriptDirectory(str(migrate.FOLDER)).get_heads()
    return newest


def tomorrow(folder: Path, more: str = "") -> Path:
    """The migrations with one more step."""
    shutil.copytree(migrate.FOLDER, folder)
    (folder / "versions" / "step_9999.py").write_text(ANOTHER_STEP.format(head=head(), more=more), encoding="utf-8")
    return folder


def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    """Tables, columns, types, indices: a change of the models needs a step."""
    with store._engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_one_line_of_steps() -> None:
    """Each file is named by its number and follows the one before."""
    steps = list(ScriptDirectory(str(migrate.FOLDER)).walk_revisions())[::-1]
    assert [step.revision for step in steps] == [f"{number:04}" for number in range(1, len(steps) + 1)]
    assert [Path(step.path).stem for step in steps] == [f"step_{step.revision}" for step in steps]
    assert [step.down_revision for step in steps] == [None, *(step.revision for step in steps[:-1])]


def test_every_step_has_its_old_database() -> None:
    """A dump is kept of what each version wrote."""
    assert [path.stem for path in OLD] == [path.stem.removeprefix("step_") for path in sorted(STEPS.glob("step_*.py"))]


@pytest.mark.parametrize("dump", OLD, ids=lambda path: path.stem)
def test_an_old_database_is_brought_up_with_its_data(dump: Path, path: Path) -> None:
    """Whatever version wrote it, all verbs find what it held."""
    path.parent.mkdir()
    written = sqlite3.connect(path)
    written.executescript(dump.read_text(encoding="utf-8"))
    written.close()
    with Store.open(at_file(path)) as store:
        assert store.channel_mode(CHANNEL) == "auto"
        assert store.opted_in(GUILD)
        assert [(missed.text, missed.at) for missed in store.missed(GUILD)] == [("what of é?", NOW)]
        assert store.question_counts(NOW.date()) == {'{"relation":"r"}': 2}
        kept, *waiting = store.proposals.all()
        assert (kept.id, kept.kind, kept.facts, kept.text) == (1, "report", ("a", "b"), "It was May")
        assert (kept.proposer_id, kept.guild_id, kept.state, kept.draft) == (ANNA, GUILD, "open", None)
        asked = store.recall_answer(MESSAGE)
        assert asked is not None
        assert (asked.user_id, asked.query, asked.at) == (ANNA, {"relation": "r"}, NOW)
        assert store.missed_count(NOW) == 1
        known = dump.stem >= "0002"  # an older one knows no facts yet: all that are served are its first
        assert [(change.fact, change.change) for change in store.fact_changes(NOW)] == ([("b", "corrected")] * known)
        assert store.note_facts({"a": "1", "b": "3", "c": "1"}, NOW) == ({"added": 1} if known else {})
        changed = [(c.fact, c.curator_id, c.state, c.commit, c.blob) for c in store.journal.newest()]
        assert changed == [("b", ANNA, "done", "abc", None)] * (dump.stem >= "0003")
        many = dump.stem >= "0004"
        assert [(p.kind, p.state, p.first_id, p.draft["until"]) for p in waiting] == (
            [("change", "waiting_second", ANNA, "2026")] * many
        )
        assert [p.id for p in store.proposals.unskipped(BORIS, NOW.date())] == ([2] if many else [kept.id])
        assert [(c.user_id, c.name) for c in store.curators.all()] == [(BORIS, "Boris")] * many
        assert store.hidden.keys() == ({"k"} if many else set())
        assert store.notices.get(GUILD, "digest") == (CHANNEL if many else None)
        assert store.kept.get(1, BORIS) == ({"n": 1} if many else None)
        played = dump.stem >= "0005"
        assert [(q.value, q.host_id, [a.person for a in q.answers]) for q in store.quizzes.running()] == (
            [({"v": 1}, ANNA, [BORIS])] * played
        )
        assert store.quizzes.season(GUILD, NOW, NOW + datetime.timedelta(1)) == [(ANNA, 1, 2)] * played
        assert (store.quizzes.misses(1, ANNA), store.quizzes.turns(GUILD)) == (
            (["a.whether"], {"a": 1}) if played else ([], {})
        )
        assert store.quizzes.opted_out(GUILD) == ({BORIS} if played else set())
        assert [(d.zone, d.asked, d.message_id) for d in store.dailies.all()] == [
            ("Asia/Karachi", {"q": 1}, 7)
        ] * played
        assert [(s.person, s.days) for s in store.dailies.streaks(CHANNEL)] == [(ANNA, 3)] * played
        learned = dump.stem >= "0006"
        assert [(c.key, c.stability, c.missed_at) for c in store.cards.all(ANNA)] == [("b.since", 2.5, NOW)] * learned
        assert [(r.grade, r.was, r.became) for r in store.cards.reviews(ANNA, NOW)] == [(1, 1, 2)] * learned
        assert [deck.origin for deck in store.cards.decks(ANNA)] == [{"topic": "anything"}] * learned
        assert [(r.person_id, r.zone) for r in store.reminders.all()] == [(BORIS, "Asia/Karachi")] * learned
        assert "reports" not in inspect(store._engine).get_table_names()


def test_tomorrows_step_keeps_todays_data(path: Path, tmp_path: Path) -> None:
    """A column is added and another changed, with the rows in place."""
    with Store.open(at_file(path)) as store:
        store.set_channel_mode(GUILD, CHANNEL, "auto", ANNA, NOW)
        store.proposals.add(NewProposal("report", "text"), NOW)
        migrate.upgrade(store._engine, folder=tomorrow(tmp_path / "of 100%"))
        assert store.channel_mode(CHANNEL) == "auto"
        with store._engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT text, weight FROM proposals").all() == [("text", 7)]


def test_a_step_that_fails_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Not even what it did before it failed."""
    with Store.open(at_file(path)) as store:
        store.proposals.add(NewProposal("report", "text"), NOW)
        with pytest.raises(ZeroDivisionError):
            migrate.upgrade(store._engine, folder=tomorrow(tmp_path / "steps", more="1 / 0"))
        with store._engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == head()
        assert "weight" not in {column["name"] for column in inspect(store._engine).get_columns("proposals")}
        assert [kept.text for kept in store.proposals.all()] == ["text"]


def test_a_database_of_a_newer_version_is_refused(path: Path, tmp_path: Path) -> None:
    """And left as it is, for whoever goes back by mistake."""
    with Store.open(at_file(path)) as store:
        migrate.upgrade(store._engine, folder=tomorrow(tmp_path / "steps"))
    before = path.read_bytes()
    with pytest.raises(StateError, match="newer version of Attaché"):
        Store.open(at_file(path))
    assert path.read_bytes() == before


def test_opening_again_migrates_nothing(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Only a new state, or an old one, is worked on."""
    with caplog.at_level(logging.INFO):
        Store.open(at_file(path)).close()
        assert "upgrade" in caplog.text
        caplog.clear()
        Store.open(at_file(path)).close()
        assert "upgrade" not in caplog.text


def test_another_database_is_a_later_step_not_a_rewrite() -> None:
    """Models and migrations say the same to PostgreSQL; the place that knows SQLite has nothing to add."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
    said = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    with Operations.context(context):
        for step in sorted(STEPS.glob("step_*.py")):
            importlib.import_module(f"bot.state.migrations.versions.{step.stem}").upgrade()
    for table in Base.metadata.sorted_tables:
        assert f"CREATE TABLE {table.name} (" in said.getvalue()
    assert database.lock_path(database.parse("postgresql://somewhere/state")) is None
