"""`attache curate` as somebody at a terminal runs it: no ids, no YAML, and a code for each way to end."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.exit_codes import ExitCode
from bot.state.store import Store
from tests.conftest import TOY, Attache

PAGE = (
    "--source", "https://library.example/2026", "--title", "Register, 2026", "--publisher", "Harbour Library",
    "--published", "2026-10-01",
)  # fmt: skip
Run = Callable[..., CompletedProcess[bytes]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy knowledge base."""
    return Path(shutil.copytree(TOY, tmp_path / "knowledge"))


@pytest.fixture
def curate(attache: Attache, folder: Path, tmp_path: Path) -> Run:
    """Run a command on it."""

    def run(*arguments: str) -> CompletedProcess[bytes]:
        return attache("curate", *arguments, knowledge=folder, STATE_URL=f"sqlite:///{tmp_path / 'state.sqlite'}")

    return run


def test_a_fact_from_its_end_to_its_undoing(curate: Run, attache: Attache, folder: Path) -> None:
    """Found by a question, changed, told, taken back."""
    question = "Has Nora borrowed The Salt Lighthouse?"
    assert b"since: 2025-11-03" in curate("show", question).stdout
    done = curate("end", question, "--until", "2026-09", *PAGE, "--reason", "returned", "--name", "Anna", "--yes")
    assert (done.returncode, done.stderr) == (ExitCode.DONE, b"")
    assert b"Then:  No longer." in done.stdout
    assert b"Saved as change 1." in done.stdout
    assert attache("ask", question, knowledge=folder).stdout.startswith("✗ No longer.".encode())
    told = curate("history", "--lines", question).stdout
    assert b"Anna  end  loan-nora-lighthouse: returned" in told
    assert b"+     until: 2026-09" in told
    assert curate("undo", "1", "--name", "Boris").returncode == ExitCode.DONE
    assert (folder / "facts" / "loans.yaml").read_bytes() == (TOY / "facts" / "loans.yaml").read_bytes()


def test_add_by_names(curate: Run) -> None:
    """The relation by its title, who takes part by their names, a page by what is on file."""
    done = curate(
        "add", "loans", "--subject", "Petra", "--object", "winter orchard", "--since", "2026-10", "--narrows",
        "shape=audio", "--source", "catalogue", "--name", "Anna", "--yes",
    )  # fmt: skip
    assert done.returncode == ExitCode.DONE, done.stderr
    assert b"loan-petra-lund-winter-orchard" in curate("find", "petra, winter orchard").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("retire", "loan-nora-lighthouse", "--name", "A", "--yes"), ExitCode.KNOWLEDGE, b"needs a reason"),
        (("end", "loan-nora-lighthouse", "--until", "2099", *PAGE, "--reason", "x"), ExitCode.KNOWLEDGE, b"future"),
        (("retire", "loan-nora-lighthouse", "--reason", "x"), ExitCode.CANNOT_RUN, b"give --yes"),
        (("retire", "nobody we know", "--reason", "x"), ExitCode.CANNOT_RUN, b"nothing on file is meant"),
        (("show", "omar"), ExitCode.CANNOT_RUN, b"several are meant"),
        (("add", "nonsense", "--source", "x"), ExitCode.CANNOT_RUN, b"there is no relation"),
        (("add", "loans", "--subject", "Nobody", "--source", "x"), ExitCode.CANNOT_RUN, b"nobody on file is called"),
        (("undo", "7", "--name", "A"), ExitCode.KNOWLEDGE, b"there is no change 7"),
        (("retire", "loan-nora-lighthouse", "--reason", "x", "--narrows"), ExitCode.CANNOT_RUN, b"narrows"),
    ],
)  # fmt: skip
def test_codes(curate: Run, folder: Path, arguments: tuple[str, ...], code: ExitCode, said: bytes) -> None:
    """And nothing is changed."""
    done = curate(*arguments)
    assert (done.returncode, said in done.stderr.lower() or said in done.stderr) == (code, True), done.stderr
    assert (folder / "facts" / "loans.yaml").read_bytes() == (TOY / "facts" / "loans.yaml").read_bytes()


def test_undo_of_what_was_changed_since(curate: Run) -> None:
    """Has a code of its own."""
    for note in ("one", "two"):
        done = curate("correct", "loan-nora-lighthouse", "--note", note, "--reason", "x", "--name", "A", "--yes")
        assert done.returncode == ExitCode.DONE, done.stderr
    done = curate("undo", "1", "--name", "A")
    assert done.returncode == ExitCode.CONFLICT
    assert b"was changed by A" in done.stderr
    assert b"note: two" in done.stdout


def test_beside_a_running_bot(curate: Run, tmp_path: Path) -> None:
    """The state is shared with it."""
    with Store.open(f"sqlite:///{tmp_path / 'state.sqlite'}") as store:
        done = curate("retire", "loan-nora-lighthouse", "--reason", "x", "--name", "A", "--yes")
        assert done.returncode == ExitCode.DONE, done.stderr
        assert [entry.action for entry in store.journal.newest()] == ["retire"]


def test_two_curators(curate: Run, folder: Path) -> None:
    """What wants a second curator waits for one, who is not the first."""
    before = (folder / "facts" / "loans.yaml").read_bytes()
    change = (
        "correct",
        "Are Nora and Omar friends?",
        "--note",
        "They met on a boat.",
        "--reason",
        "say where",
        "--yes",
    )
    done = curate(*change, "--name", "Anna")
    assert done.returncode == ExitCode.DONE, done.stderr
    assert b"A second curator has to agree, as with everything on friendships." in done.stdout
    assert b"Until then this is proposal 1" in done.stdout
    assert (folder / "facts" / "loans.yaml").read_bytes() == before
    assert b"change  Anna  friends-nora-omar  (waits for a second curator)" in curate("review").stdout
    assert b"They met on a boat." in curate("review", "1").stdout
    own = curate("review", "1", "--accept", "--name", "anna", "--yes")
    assert (own.returncode, own.stderr.startswith(b"Nobody decides on their own")) == (ExitCode.CANNOT_RUN, True)
    accepted = curate("review", "1", "--accept", "--name", "Boris", "--yes")
    assert accepted.returncode == ExitCode.DONE, accepted.stderr
    assert b"Proposal 1 is accepted" in accepted.stdout
    assert b"They met on a boat." in (folder / "facts" / "loans.yaml").read_bytes()
    assert b"Anna and Boris  correct" in curate("history").stdout
    late = curate("review", "1", "--reject", "--reason", "no", "--name", "Clara")
    assert (late.returncode, late.stderr) == (ExitCode.CONFLICT, b"Boris accepted proposal 1 before you.\n")
    assert curate("review", "9").returncode == ExitCode.CANNOT_RUN
    assert curate("review").stderr == b"nothing waits to be decided on\n"


def test_one_curator(attache: Attache, folder: Path, tmp_path: Path) -> None:
    """With the setting off, one is enough."""
    done = attache(
        "curate", "correct", "Are Nora and Omar friends?", "--note", "They met.", "--reason", "r", "--name", "Anna",
        "--yes", knowledge=folder, STATE_URL=f"sqlite:///{tmp_path / 'state.sqlite'}", SECOND_CURATOR="off",
    )  # fmt: skip
    assert done.returncode == ExitCode.DONE, done.stderr
    assert b"Saved as change 1." in done.stdout
