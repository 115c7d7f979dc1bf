"""A compiled copy of what was read and checked, keyed by the files' hashes. Plain JSON: never executable.

A cache that is damaged, of another format or of other files is ignored and written anew; one that cannot be written
is done without.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

KEPT = 8  # compiled copies kept side by side, so that two knowledge folders do not drive each other out


def read(folder: Path | None, key: str) -> dict[str, Any] | None:
    """The cached object for a key, or None."""
    if folder is None:
        return None
    try:
        value = json.loads((folder / f"{key}.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and value.get("key") == key else None


def write(folder: Path | None, key: str, value: dict[str, Any]) -> None:
    """Keep an object for a key; written beside its place and renamed, so that a reader never sees half of it."""
    if folder is None:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps({**value, "key": key}, ensure_ascii=False, separators=(",", ":")))
            Path(name).replace(folder / f"{key}.json")
        finally:
            Path(name).unlink(missing_ok=True)
        _prune(folder)


def _prune(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)
