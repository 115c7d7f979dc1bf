"""The compiled cache: used when nothing changed, ignored when anything is wrong with it, and never code."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from bot import checking
from bot.engine import Engine
from bot.knowledge import cache
from bot.knowledge.problems import KnowledgeError
from tests.conftest import ROOT, TOY

KEY = "k" * 64
VALUE = {"rows": {"a": ["é", 1, None]}, "compiled": {}}


def kept(folder: Path) -> Path:
    """The one file in a cache folder."""
    (path,) = folder.iterdir()
    return path


def test_written_and_read_back(tmp_path: Path) -> None:
    """The folder is made where it is missing; what is read is what was written."""
    folder = tmp_path / "new" / "cache"
    cache.write(folder, KEY, VALUE)
    assert cache.read(folder, KEY) == VALUE
    assert kept(folder).name.startswith(KEY)
    assert cache.read(folder, "other") is None


def test_without_a_folder() -> None:
    """No folder, no cache, no fault."""
    cache.write(None, KEY, VALUE)
    assert cache.read(None, KEY) is None


def test_every_damage_is_noticed(tmp_path: Path) -> None:
    """Cut anywhere, or with any byte changed, a copy is as good as none."""
    cache.write(tmp_path, KEY, VALUE)
    path = kept(tmp_path)
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert cache.read(tmp_path, KEY) is None
    for index in range(len(whole)):
        path.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        assert cache.read(tmp_path, KEY) is None
    path.write_bytes(whole + b" ")
    assert cache.read(tmp_path, KEY) is None


@pytest.mark.parametrize("body", [b"[" * 200_000, b"\x80\x04K*.", b"null", b"[]", b'{"rows": NaN', b"\xff\xfe", b""])
def test_what_is_no_copy(tmp_path: Path, body: bytes) -> None:
    """Other content, with or without a head that fits, is ignored."""
    path = tmp_path / f"{KEY}.jsonl"
    path.write_bytes(body)
    assert cache.read(tmp_path, KEY) is None
    path.write_bytes(json.dumps(cache._head(KEY, body)).encode() + b"\n" + body)
    assert cache.read(tmp_path, KEY) is None


def test_of_another_key(tmp_path: Path) -> None:
    """A copy that was renamed does not pass for another."""
    cache.write(tmp_path, KEY, VALUE)
    kept(tmp_path).rename(tmp_path / f"{'l' * 64}.jsonl")
    assert cache.read(tmp_path, "l" * 64) is None


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A file in the folder's place, and a folder in the copy's place, are done without."""
    (tmp_path / "file").write_bytes(b"")
    cache.write(tmp_path / "file", KEY, VALUE)
    assert cache.read(tmp_path / "file", KEY) is None
    (tmp_path / f"{KEY}.jsonl" / "inner").mkdir(parents=True)
    cache.write(tmp_path, KEY, VALUE)
    assert cache.read(tmp_path, KEY) is None
    assert [path.name for path in tmp_path.glob("*.part")] == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_in_a_folder_that_is_read_only(tmp_path: Path) -> None:
    """The engine opens all the same."""
    tmp_path.chmod(0o500)
    assert Engine.open(TOY, tmp_path).kb.version


def test_old_copies_are_removed(tmp_path: Path) -> None:
    """The folder does not grow without end; the newest stay."""
    for number in range(cache.KEPT + 3):
        cache.write(tmp_path, f"{number:064}", VALUE)
        os.utime(tmp_path / f"{number:064}.jsonl", (number, number))
    cache.write(tmp_path, KEY, VALUE)
    assert len(list(tmp_path.iterdir())) == cache.KEPT
    assert cache.read(tmp_path, KEY) == VALUE
    assert cache.read(tmp_path, "0" * 64) is None


def test_never_pickle() -> None:
    """Nothing in the program reads a format that can carry code."""
    forbidden = re.compile(r"\b(pickle|marshal|shelve|dill|joblib|exec|eval)\b\s*[.(]|import (pickle|marshal|shelve)")
    for path in (ROOT / "bot").rglob("*.py"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


# --- as the engine uses it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy that a test may change."""
    return Path(shutil.copytree(TOY, tmp_path / "knowledge"))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one each time that a knowledge base is checked and compiled."""
    calls: list[int] = []
    check = checking.check_files

    def count(*given: object, **named: object) -> checking.Checked:
        calls.append(1)
        return check(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "check_files", count)
    return calls


def test_used_when_nothing_changed(folder: Path, tmp_path: Path, compiled: list[int]) -> None:
    """The second opening compiles nothing, and answers the same."""
    question = "Who wrote The Salt Lighthouse?"
    first = Engine.open(folder, tmp_path / "cache")
    second = Engine.open(folder, tmp_path / "cache")
    assert len(compiled) == 1
    assert second.ask(question).to_json(second.kb) == first.ask(question).to_json(first.kb)
    assert second.kb.version == first.kb.version


def test_rebuilt_when_a_file_changes(folder: Path, tmp_path: Path, compiled: list[int]) -> None:
    """A new fact is answered at once, and going back finds the older copy again."""
    Engine.open(folder, tmp_path / "cache")
    path = folder / "facts" / "books.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("since: 2019}", "since: 2018}"), encoding="utf-8")
    changed = Engine.open(folder, tmp_path / "cache")
    assert len(compiled) == 2
    assert changed.kb.fact("varga-lighthouse").since.date == "2018"
    path.write_text(before, encoding="utf-8")
    assert Engine.open(folder, tmp_path / "cache").kb.fact("varga-lighthouse").since.date == "2019"
    assert len(compiled) == 2


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"key": 1}\n{"rows": {}}', b"not json"])
def test_written_anew_when_damaged(folder: Path, tmp_path: Path, compiled: list[int], damage: bytes) -> None:
    """A damaged copy costs time, nothing else."""
    Engine.open(folder, tmp_path / "cache")
    for copy in (tmp_path / "cache").iterdir():  # one of the facts, one of the language
        copy.write_bytes(damage)
    assert Engine.open(folder, tmp_path / "cache").ask("Who wrote Winter Orchard?").status == "answered"
    Engine.open(folder, tmp_path / "cache")
    assert len(compiled) == 2


@pytest.mark.parametrize("value", [{}, {"rows": {}, "compiled": {}}, {"rows": [], "compiled": []}, {"rows": None}])
def test_a_copy_of_another_shape(folder: Path, tmp_path: Path, compiled: list[int], value: dict[str, object]) -> None:
    """Whole, but not what this program writes: ignored as well."""
    key = Engine.open(folder, tmp_path / "cache").kb.version
    cache.write(tmp_path / "cache", key, value)
    assert Engine.open(folder, tmp_path / "cache").ask("Who wrote Winter Orchard?").status == "answered"
    assert len(compiled) == 2


def test_a_broken_base_is_not_kept(folder: Path, tmp_path: Path) -> None:
    """Only what may be served is cached."""
    (folder / "facts" / "loans.yaml").write_text("facts: [", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        Engine.open(folder, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
