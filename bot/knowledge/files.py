"""The files of a knowledge folder, and the key under which what was compiled from them is kept.

Apart from `load.py`, because a question answered from the cache needs these alone and not the models.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from bot.knowledge.problems import FolderError

FORMAT = 3  # raised when rows change shape, so that an older cache is not read
ENDINGS = (".yaml", ".yml")  # the second only to be told of: it is not read


def list_files(folder: Path) -> dict[str, bytes]:
    """The YAML files of a knowledge folder by their path inside it. Raises FolderError if there are none to read.

    Anything that cannot be read is an error rather than passed over: a list that lacks half its facts would answer no
    where the answer is yes.
    """
    try:
        if not folder.is_dir():
            reason = "is not a folder" if folder.exists() else "does not exist"
            raise FolderError(f"the knowledge folder {_shown(folder)} {reason}; set KNOWLEDGE_DIR")
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _walk(folder)}
    except (OSError, ValueError) as error:
        name = getattr(error, "filename", None)
        where = f": {_shown(Path(os.fsdecode(name)))}" if name else ""
        said = getattr(error, "strerror", None) or error
        raise FolderError(f"the knowledge folder {_shown(folder)} cannot be read{where}: {said}") from error
    if not found:
        raise FolderError(f"the knowledge folder {_shown(folder)} holds no .yaml file; set KNOWLEDGE_DIR")
    return found


def _walk(folder: Path) -> list[Path]:
    def give_up(error: OSError) -> None:
        raise error

    found = []
    for place, folders, names in os.walk(folder, onerror=give_up):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if name.lower().endswith(ENDINGS) and path.is_file():
                if _shown(path) != str(path):
                    raise FolderError(f"the name of {_shown(path)} is not UTF-8; rename the file")
                found.append(path)
    return sorted(found)


def _shown(path: Path) -> str:
    """A path as it can be printed, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def fingerprint(files: dict[str, bytes]) -> str:
    """A hash of the files' names and contents, and of the program that compiles them."""
    return _print("format", files)


def language_print(files: dict[str, bytes]) -> str:
    """The same of those files alone from which names and ways to ask are compiled: facts and sources do not count."""
    return _print(
        "language", {path: data for path, data in files.items() if not path.startswith(("facts/", "sources/"))}
    )


def _print(what: str, files: dict[str, bytes]) -> str:
    digest = hashlib.sha256(f"{what} {FORMAT} {_program()}".encode())
    for path, data in files.items():
        digest.update(f"\0{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    """What tells one state of this program from another: another may compile the same files otherwise."""
    package = Path(__file__).resolve().parent.parent
    seen = []
    for path in sorted(package.glob("*/**/*.py")):
        state = path.stat()
        seen.append(f"{path.name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()
