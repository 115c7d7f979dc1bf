"""All that differs between databases. Everything else of the state is the same for each of them.

SQLite is the default. One connection serves all threads, one at a time (`Store` sees to that): writers never wait for
each other, and nothing else reads while the file is scrubbed. Another database by URL gets SQLAlchemy's own pool; it
needs its driver installed, a lock of its own (`lock_path` gives none) and its own way to erase freed space.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.state.problems import StateError

BUSY_SECONDS = 5
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # with WAL, what was committed outlives the process; a power cut never corrupts
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
)


def parse(url: str) -> URL:
    """A database URL. Raises StateError; the message does not repeat the URL, which may hold a password."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError) as error:
        raise StateError("STATE_URL is not a database URL, such as sqlite:////var/lib/attache/state.sqlite") from error
    if _is_sqlite(parsed) and parsed.query:
        raise StateError("STATE_URL: a SQLite URL takes a path and no options")
    return parsed


def lock_path(url: URL) -> Path | None:
    """The lock file of a state, the same by whatever way its path is written; None for one that is no file."""
    path = _file(url)
    return None if path is None else path.with_name(f"{path.name}.lock")


def prepare(url: URL) -> None:
    """Make the folder and the file where they are missing, readable by nobody else. Raises StateError."""
    path = _file(url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StateError(f"{path}: the state cannot be written: {error.strerror}; see STATE_URL") from error


def connect(url: URL) -> Engine:
    """An engine for a URL; what it raises or logs shows no values. Raises StateError where the driver is missing."""
    try:
        if not _is_sqlite(url):
            return create_engine(url, hide_parameters=True, pool_pre_ping=True)
        engine = create_engine(
            url, hide_parameters=True, poolclass=StaticPool,
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "isolation_level": None},
        )  # fmt: skip
    except (SQLAlchemyError, ImportError) as error:
        raise StateError(f"STATE_URL: no driver for {url.drivername} is installed: {error}") from error
    event.listen(engine, "connect", _set_up)
    # The driver would begin late, and never before a change of tables: then half a migration could stay.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def migration_options(connection: Connection) -> dict[str, Any]:
    """What Alembic must know of the database: SQLite alters by copying, and does roll back changes of tables."""
    if connection.dialect.name != "sqlite":
        return {}
    return {"render_as_batch": True, "transactional_ddl": True}


def settle(engine: Engine) -> None:
    """Bring what was committed to the disk: a process may be killed without this, but the power may fail too."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    finally:
        raw.close()


def scrub(engine: Engine, *, whole: bool) -> None:
    """Let no deleted byte stay in the database's files. Raises StateError if another program keeps it from that.

    What this program deletes is overwritten at once. `whole` also writes the file anew, for what another program (an
    operator's `sqlite3`, say) deleted without overwriting it; that takes time in proportion to the file.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if whole:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone() or (1,)
    except sqlite3.Error as error:
        raise StateError(f"deleted, but the state's files could not be cleaned: {error}") from error
    finally:
        raw.close()
    if busy:
        raise StateError("deleted, but another program reads the state's files; clean them again when it is done")


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma).fetchall()


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _file(url: URL) -> Path | None:
    if not _is_sqlite(url) or not url.database or url.database == ":memory:":
        return None
    return Path(url.database).resolve()
