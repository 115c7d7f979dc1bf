"""A compiled copy of what was read and checked, keyed by the files' hashes. Plain JSON: never executable.

A copy has two lines: its key with a checksum, and the object. One that is damaged, of another key or of another format
is ignored and written anew; where none can be written, it is done without.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

KEPT = 16  # copies kept side by side, so that two knowledge folders do not drive each other out; two make a base
_ENDING = ".jsonl"


def read(folder: Path | None, key: str) -> dict[str, Any] | None:
    """The cached object for a key, or None."""
    if folder is None:
        return None
    path = folder / f"{key}{_ENDING}"
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if json.loads(head) != _head(key, body):
            return None
        value = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # those that were not used for longest are removed first
    return value if isinstance(value, dict) else None


def write(folder: Path | None, key: str, value: dict[str, Any]) -> None:
    """Keep an object for a key; written beside its place and renamed, so that a reader never sees half of it."""
    if folder is None:
        return
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(_head(key, body)).encode() + b"\n" + body)
            Path(name).replace(folder / f"{key}{_ENDING}")
        finally:
            Path(name).unlink(missing_ok=True)
        _prune(folder)


def _head(key: str, body: bytes) -> dict[str, str]:
    return {"key": key, "sha256": hashlib.sha256(body).hexdigest()}


def _prune(folder: Path) -> None:
    files = sorted(folder.glob(f"*{_ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)
