"""Git as a mirror of what was changed: one commit a change, of its files alone.

Comes in: a folder, paths, an author and a message. Goes out: a commit, or why there is none. Nothing here may keep a
change from being saved: what cannot be committed now is caught up later. Hooks, signing, editors and prompts are off,
for any of them could wait for ever; whatever still hangs is ended after a while, gently, so that git removes its lock
files.
"""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Collection, Sequence
from pathlib import Path

SECONDS = 10.0
_GENTLY = 2.0
_QUIET = (
    "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "core.fsmonitor=false", "-c", "gc.auto=0",
    "-c", "maintenance.auto=false", "-c", "core.quotePath=false",
)  # fmt: skip
_BUSY = {
    "MERGE_HEAD": "a merge", "rebase-merge": "a rebase", "rebase-apply": "a rebase", "REVERT_HEAD": "a revert",
    "CHERRY_PICK_HEAD": "a cherry-pick", "BISECT_LOG": "a bisection",
}  # fmt: skip
_NAME = "Attaché"


class MirrorError(Exception):
    """Git could not take the change; the text says why."""


def work_tree(folder: Path) -> Path | None:
    """The git directory of the work tree that a folder is in; None where it is in none. Raises MirrorError."""
    try:
        found = _git(folder, "rev-parse", "--is-inside-work-tree", "--absolute-git-dir")
    except MirrorError as error:
        if "not a git repository" in str(error):
            return None
        raise
    inside, _, place = found.partition("\n")
    return Path(place.strip()) if inside.strip() == "true" else None


def commit(
    folder: Path, paths: Sequence[str], author: str, message: str, new: Collection[str] = ()
) -> str | None:  # fmt: skip
    """Commit some files of the folder, and nothing else; the commit's hash. None where git does not keep them.

    Of those that git does not keep, the `new` ones, which the change has made, are added where it keeps others and is
    not told to pass them over. Files that are as their last commit has them need none: the hash is that commit's.
    Raises MirrorError.
    """
    place = work_tree(folder)
    if place is None:
        return None
    kept = [path for path in paths if _kept(folder, path)]
    added = [path for path in paths if path in new and path not in kept and _git(folder, "ls-files").strip()]
    if not kept and not added:
        return None
    for name, what in _BUSY.items():
        if (place / name).exists():
            raise MirrorError(f"{what} is under way in the folder")
    if not _tells(folder, "symbolic-ref", "--quiet", "HEAD"):
        raise MirrorError("no branch is checked out in the folder (HEAD is detached)")
    kept += [path for path in added if _tells(folder, "add", "--intent-to-add", "--", path)]  # not what is ignored
    if not _git(folder, "status", "--porcelain", "--", *kept).strip():
        return _git(folder, "log", "-1", "--format=%H", "--", *kept).strip() or None
    name, address = identity(author)
    who = ("-c", f"user.name={_NAME}", "-c", "user.email=attache@no-reply.invalid")
    _git(
        folder, *who, "commit", "--quiet", "--no-verify", "--no-edit", "--only", f"--author={name} <{address}>",
        "-m", message, "--", *kept,
    )  # fmt: skip
    return _git(folder, "rev-parse", "HEAD").strip()


def identity(author: str) -> tuple[str, str]:
    """A display name as git takes one, and an address made of it to which nobody can write."""
    name = " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", author).split())[:100] or "Curator"
    local = re.sub(r"[^a-z0-9]+", "-", name.encode("ascii", "ignore").decode().lower()).strip("-") or "curator"
    return name, f"{local}@no-reply.invalid"


def own_name(folder: Path) -> str:
    """The name that git knows for whoever works here; empty where it knows none."""
    try:
        return _git(folder, "config", "user.name").strip()
    except MirrorError:
        return ""


def _kept(folder: Path, path: str) -> bool:
    """Whether git keeps a file. One that was never added stays out: that is for a person to decide."""
    return _tells(folder, "ls-files", "--error-unmatch", "--", path)


def _tells(folder: Path, *arguments: str) -> bool:
    try:
        _git(folder, *arguments)
    except MirrorError:
        return False
    return True


def _git(folder: Path, *arguments: str) -> str:
    """What git says. Raises MirrorError for whatever goes wrong, a git that hangs included."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"}
    pipe = subprocess.PIPE
    try:
        child = subprocess.Popen(  # noqa: S603
            ["git", *_QUIET, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=pipe,  # noqa: S607
            stderr=pipe, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        missing = isinstance(error, FileNotFoundError) and folder.is_dir()
        raise MirrorError("git is not installed" if missing else f"git cannot be run ({error.strerror})") from error
    with child:
        try:
            out, fault = child.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            _end(child)
            raise MirrorError(f"git did not answer within {SECONDS:g} seconds") from None
    if child.returncode:
        said = fault.decode("utf-8", "replace").strip().splitlines()
        told = next((line for line in said if line.startswith(("fatal:", "error:"))), said[-1] if said else "")
        raise MirrorError(told.partition(": ")[2] or told or f"git ended with {child.returncode}")
    return out.decode("utf-8", "replace")


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End git and what it started; first so that it can tidy up."""
    for number, seconds in ((signal.SIGTERM, _GENTLY), (getattr(signal, "SIGKILL", signal.SIGTERM), _GENTLY)):
        with contextlib.suppress(OSError):
            os.killpg(child.pid, number) if hasattr(os, "killpg") else child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.communicate(timeout=seconds)
            return
