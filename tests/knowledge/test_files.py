"""Listing a knowledge folder, and the key of what is compiled from it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.files import fingerprint, list_files
from bot.knowledge.problems import FolderError


def test_files_by_their_path_inside_the_folder(tmp_path: Path) -> None:
    """Sorted, with forward slashes; what is no YAML is left alone."""
    (tmp_path / "facts" / "deep").mkdir(parents=True)
    (tmp_path / "facts" / "deep" / "b.yaml").write_bytes(b"b")
    (tmp_path / "facts" / "a.yml").write_bytes(b"a")
    (tmp_path / "README.md").write_bytes(b"text")
    (tmp_path / "relations.yaml").write_bytes(b"r")
    assert list_files(tmp_path) == {"facts/a.yml": b"a", "facts/deep/b.yaml": b"b", "relations.yaml": b"r"}


def test_no_folder(tmp_path: Path) -> None:
    """Missing, a file, and empty are told apart, each with the way out."""
    with pytest.raises(FolderError, match="does not exist; set KNOWLEDGE_DIR"):
        list_files(tmp_path / "missing")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FolderError, match="is not a folder; set KNOWLEDGE_DIR"):
        list_files(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FolderError, match=r"holds no \.yaml file; set KNOWLEDGE_DIR"):
        list_files(tmp_path / "empty")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to this user")
@pytest.mark.parametrize("what", ["facts", "facts/a.yaml"])
def test_unreadable(tmp_path: Path, what: str) -> None:
    """Half a knowledge base is none: a part that cannot be read is not passed over."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "a.yaml").write_bytes(b"a")
    (tmp_path / "relations.yaml").write_bytes(b"r")
    (tmp_path / what).chmod(0)
    try:
        with pytest.raises(FolderError, match=f"cannot be read: .*{what}: Permission denied"):
            list_files(tmp_path)
    finally:
        (tmp_path / what).chmod(0o700)


def test_unreadable_for_any_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where nothing is forbidden to the user who runs the tests."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "relations.yaml").write_bytes(b"r")
    scan = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("facts"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(FolderError, match=r"cannot be read: .*facts: Permission denied"):
        list_files(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="names are text here")
def test_a_name_that_cannot_be_printed(tmp_path: Path) -> None:
    """A message about it must be printable, so it is refused by a message that is."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xff.yaml")).write_bytes(b"a")
    except OSError:
        pytest.skip("this file system knows only UTF-8")
    with pytest.raises(FolderError, match=r"the name of .*f\ufffd\.yaml is not UTF-8; rename the file"):
        list_files(tmp_path)


def test_fingerprint() -> None:
    """Any change of a name, a content or the boundary between files is another key."""
    keys = [
        fingerprint(files)
        for files in (
            {"a.yaml": b"x", "b.yaml": b"y"},
            {"a.yaml": b"x", "b.yaml": b"z"},
            {"a.yaml": b"x", "c.yaml": b"y"},
            {"a.yaml": b"xy", "b.yaml": b""},
            {"a.yaml": b"x"},
        )
    ]
    assert len(set(keys)) == len(keys)
    assert fingerprint({"a.yaml": b"x", "b.yaml": b"y"}) == keys[0]


def test_another_program_has_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older program compiled is not served by a newer one."""
    before = fingerprint({"a.yaml": b"x"})
    monkeypatch.setattr("bot.knowledge.files._program", lambda: "newer")
    assert fingerprint({"a.yaml": b"x"}) != before
