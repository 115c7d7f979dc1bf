"""The room keeps to its plan: what it imports, what imports it, and what of it is packed."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from bot.state import migrate
from tests.conftest import ROOT

STATE = ROOT / "bot" / "state"


def test_only_this_room_knows_the_database() -> None:
    """Elsewhere neither SQLAlchemy nor Alembic is imported."""
    known = re.compile(r"^\s*(import|from) (sqlalchemy|alembic|sqlite3)\b", re.MULTILINE)
    users = {path for path in (ROOT / "bot").rglob("*.py") if known.search(path.read_text(encoding="utf-8"))}
    assert {path for path in users if STATE not in path.parents} == set()


def test_only_one_place_knows_sqlite() -> None:
    """Another database is a later step, not a rewrite."""
    knows = {path.name for path in STATE.rglob("*.py") if re.search("sqlite3|PRAGMA|VACUUM", path.read_text("utf-8"))}
    assert knows == {"database.py"}


def test_the_room_looks_at_no_clock_and_knows_no_surface() -> None:
    """The time is an argument; nobody waits; Discord is not known."""
    forbidden = re.compile(
        r"\.(now|today|utcnow)\(|\btime\.|\basync\b|\bawait\b|import discord|bot\.(discord_app|settings)"
    )
    for path in STATE.rglob("*.py"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


def test_importing_it_touches_nothing(tmp_path: Path) -> None:
    """No file is made and none but code is read; queries need no database."""
    program = "import sys, bot.state.queries; assert 'sqlalchemy' not in sys.modules; import bot.state.store"
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, timeout=30, check=True)
    assert list(tmp_path.iterdir()) == []


def test_the_migrations_are_packed() -> None:
    """They are modules in packages, and nothing else, so an editable install and a wheel both have them."""
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    assert "bot.*" in packed["find"]["include"]
    folders = {path.parent for path in migrate.FOLDER.rglob("*.py")}
    assert len(folders) == 2
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
    assert {path.suffix for path in STATE.rglob("*") if path.is_file() and "__pycache__" not in path.parts} == {".py"}
