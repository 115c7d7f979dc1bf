"""Brings a database to the tables of this version. All of it or nothing: a fault leaves the database as it was."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from bot.state.problems import StateError

FOLDER = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine, to: str = "head", folder: Path = FOLDER) -> None:
    """Run the migrations that are missing. Raises StateError for a database that a newer version has written."""
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection, folder), to)
    except CommandError as error:
        raise StateError(f"the state was written by a newer version of Attaché; update it: {error}") from error


def current(engine: Engine, folder: Path = FOLDER) -> bool:
    """Whether a database has the tables of this version already."""
    with engine.connect() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
    return held == ScriptDirectory(str(folder)).get_current_head()


def _config(connection: Connection, folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
