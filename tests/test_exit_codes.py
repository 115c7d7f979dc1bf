"""The exit codes are those that are documented, and each fault ends with its own."""

import re

import pytest

import bot.__main__ as command_line
from bot.exit_codes import ExitCode
from bot.knowledge.problems import FolderError, KnowledgeError, Problem
from bot.settings import SettingsError
from bot.state.problems import StateError, StateInUseError


def test_they_are_told() -> None:
    """In the docstring of the command line, each with its meaning."""
    told = {int(code) for code in re.findall(r"^- (\d+): ", command_line.__doc__ or "", re.MULTILINE)}
    assert told == {*ExitCode, 130}


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (KnowledgeError([Problem("a.yaml", 1, "x")]), ExitCode.KNOWLEDGE, "a.yaml:1: x\nattache: 1 problem(s) "),
        (FolderError("no folder"), ExitCode.CANNOT_RUN, "attache: no folder\n"),
        (
            SettingsError(["X: y"]),
            ExitCode.CANNOT_RUN,
            "attache: the settings cannot be read; see .env.example: X: y\n",
        ),
        (StateError("no state"), ExitCode.STATE, "attache: no state\n"),
        (StateInUseError("in use"), ExitCode.STATE, "attache: in use\n"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_faults(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception, code: ExitCode, said: str
) -> None:
    """One message and no traceback."""

    def fail() -> None:
        raise fault

    monkeypatch.setattr(command_line, "app", fail)
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == code
    assert capsys.readouterr().err.startswith(said)
