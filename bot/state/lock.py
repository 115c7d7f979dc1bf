"""The lock file beside a state, which refuses a second bot. The operating system frees it when the process ends.

On POSIX systems the lock is `flock`: it does not outlive the process, however that ends, so a file left behind blocks
nobody and is never removed. Elsewhere (Windows) the file is written and nothing is locked: there, starting one bot only
is left to the operator.
"""

import os
import sys
from pathlib import Path
from typing import IO

from bot.state.problems import StateError, StateInUseError

if sys.platform != "win32":
    import fcntl


def take(path: Path) -> IO[str]:
    """Lock a file until it is closed. Raises StateInUseError, or StateError where it cannot be locked."""
    try:
        file = open(path, "a+", encoding="utf-8", opener=_private)  # noqa: SIM115 - open as long as it is held
    except OSError as error:
        raise StateError(f"{path}: the lock file cannot be opened: {error.strerror}") from error
    try:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
    except BlockingIOError as error:
        with file:
            file.seek(0)
            holder = file.read(20).strip()
        which = f"process {holder}" if holder.isdigit() else "another process"
        raise StateInUseError(f"{path}: {which} runs on this state; stop it, or set another STATE_URL") from error
    except OSError as error:
        file.close()
        raise StateError(f"{path}: the state cannot be locked: {error.strerror}") from error
    return file


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
