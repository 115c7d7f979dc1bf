"""The knowledge folder on disk: one lock for all who change it, and files that are written whole or not at all.

Comes in: a folder, and what its files are to hold. Goes out: files. Must not know: what is in them.

A change of several files is staged first: every new file is written beside its place and brought to the disk, which is
where a full disk shows. Then they are renamed, one right after the other; a rename needs no room.
"""

import contextlib
import errno
import hashlib
import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

LOCK_SECONDS = 15.0
_TRY_AGAIN = 0.02
_ENDING = ".attache-part"  # of what is staged; no file of a knowledge base is named so


class FolderBusyError(Exception):
    """Somebody else changes the folder, and has for a while."""


@contextlib.contextmanager
def locked(folder: Path, seconds: float | None = None) -> Iterator[None]:
    """Hold the folder for a change, against every thread and process that does so too.

    The lock is on the folder itself (`flock`), so that it needs no file, ends with the process however that ends, and
    is the same one for everybody who uses the folder, whatever their state. Raises FolderBusyError, or OSError where
    the folder cannot be opened. On Windows nothing is locked: there, one program alone may change a folder.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        end = time.monotonic() + (LOCK_SECONDS if seconds is None else seconds)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EINTR):
                    raise
            if time.monotonic() > end:
                raise FolderBusyError
            time.sleep(_TRY_AGAIN)
        yield
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits beside its place."""

    part: Path
    place: Path


def digest(data: bytes | None) -> str | None:
    """A hash of a file's content; None for a file that is not there."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def content(folder: Path, path: str) -> bytes | None:
    """What a file holds now; None where it is not there."""
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        return None


def stage(folder: Path, files: Mapping[str, bytes]) -> list[Staged]:
    """Write files beside their places, to the disk. Raises OSError, and leaves nothing behind then."""
    staged: list[Staged] = []
    try:
        for path, data in files.items():
            place = Path(os.path.realpath(folder / path))  # a link stays a link
            part = place.with_name(f".{place.name}.{secrets.token_hex(4)}{_ENDING}")
            staged.append(Staged(part, place))
            _write(part, data, place)
    except BaseException:
        discard(staged)
        raise
    return staged


def _write(part: Path, data: bytes, place: Path) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        with contextlib.suppress(FileNotFoundError):
            kept = place.stat()
            part.chmod(kept.st_mode & 0o7777)
            if hasattr(os, "fchown") and (kept.st_uid, kept.st_gid) != (os.geteuid(), os.getegid()):
                with contextlib.suppress(PermissionError):
                    os.fchown(handle, kept.st_uid, kept.st_gid)
        file.write(data)
        file.flush()
        os.fsync(handle)


def swap(staged: list[Staged]) -> None:
    """Put staged files in their places and bring that to the disk. Raises OSError, half-way in the worst case."""
    for each in staged:
        os.replace(each.part, each.place)  # noqa: PTH105 - tests make it fail
    for parent in {each.place.parent for each in staged}:
        _sync_folder(parent)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that knows no such thing
            raise
    finally:
        os.close(handle)


def discard(staged: list[Staged]) -> None:
    """Remove what was staged and is not needed."""
    for each in staged:
        with contextlib.suppress(OSError):
            each.part.unlink()


def sweep(folder: Path) -> int:
    """Remove what a process that was killed had staged; how many. Only with the folder held."""
    count = 0
    for part in folder.rglob(f".*{_ENDING}"):
        with contextlib.suppress(OSError):
            part.unlink()
            count += 1
    return count


def told(error: OSError) -> tuple[str, str]:
    """What happened to the disk, in a sentence, and what to do about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full", "Make room, and save again."
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            "The knowledge folder cannot be written: it is read-only for this program",
            "Make it writable for whoever runs Attaché, and save again.",
        )
    said = error.strerror or type(error).__name__
    return f"The files could not be written ({said})", "Look at the disk, and save again."
