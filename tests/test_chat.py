"""The chat: piped line by line, and typed at a terminal of its own."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.chat import COMMANDS, KEPT, Chat
from bot.engine import Engine
from tests.conftest import ROOT, TOY, Attache

DAY = "2026-01-15"


def piped(attache: Attache, *lines: str) -> list[str]:
    """The answers to lines on standard input, one text each."""
    done = attache("chat", "--today", DAY, stdin="\n".join(lines).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    # An answer ends with an empty line; the one before its sources is followed by "  [1]".
    return done.stdout.decode().replace("\n\n  [", "\n  [").split("\n\n")[:-1]


def test_piped_questions_follow_up_on_one_another(attache: Attache) -> None:
    """Each line is answered in order; a fragment changes the question before it."""
    first, second, third = piped(attache, "did nora borrow salt lighthouse", "and Omar?", "in February 2025?")
    assert first.startswith("✓ Yes. Nora Finch has had The Salt Lighthouse on paper since 3 November 2025.")
    assert second.startswith("✗ No longer. Omar Hale had The Salt Lighthouse on paper")
    assert third.startswith("✓ Yes.")
    assert "Read as: Does Omar Hale have The Salt Lighthouse?" in second


def test_the_number_of_a_suggestion_chooses_it(attache: Attache) -> None:
    """Offered questions stay open until another question is asked, and what was chosen can be followed up."""
    told = piped(attache, "did he borrow salt lighthouse", "2", "1", "and Omar?", "3", "/why")
    offered, two, one, follow, three, why = told
    assert "  1. Does Nora Finch have The Salt Lighthouse?\n  2. Does Omar Hale have Winter Orchard" in offered
    assert "Winter Orchard" in two.splitlines()[0]
    assert one.startswith("✓ Yes. Nora Finch has had The Salt Lighthouse")
    assert follow.startswith("✗ No longer. Omar Hale")
    assert three.startswith("– ")
    assert why.startswith("How this was read")


def test_commands(attache: Attache) -> None:
    """Each command tells what it promises; an unknown one and one without an answer before it say so."""
    asked = "when did omar return salt lighthouse"
    none, told, why, unknown, history, *help_ = piped(
        attache, "/sources", asked, "/why", "/nope [x]", "/SOURCES", "/history", "/help"
    )
    assert none == "Nothing has been asked yet."
    assert "Omar Hale gave The Salt Lighthouse back" in told
    assert "loan-omar-lighthouse" in why
    assert unknown.startswith("There is no command /nope; /help lists them.")
    assert "(31 December 2025; official; read on 5 January 2026)" in unknown  # /SOURCES, which begins with "  [1]"
    assert history == f"  1. {asked}"
    assert all(command in help_[-1] for command in COMMANDS)


def test_sources_of_an_answer_without_any(attache: Attache) -> None:
    """Nothing is made up where there is nothing."""
    assert piped(attache, "hello", "/sources", "/why")[1] == "The last answer rests on no source."


@pytest.mark.parametrize("command", ["/quit", "/exit", "/QUIT now"])
def test_leaving_in_the_middle(attache: Attache, command: str) -> None:
    """What comes after is not answered."""
    assert len(piped(attache, "hello", command, "hello")) == 1


def test_history_is_kept_short(toy_engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A long chat costs no more for each question than a short one."""
    chat = Chat(toy_engine)
    for number in range(20):
        assert chat.take(f"did nora borrow {number}")
    assert chat.history == [f"did nora borrow {number}" for number in range(20 - KEPT, 20)]
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    "stdin",
    [b"", b"\n\n   \n", b"\xff\xfe\x00", b"\x1b[2J\x1b]0;x\x07", b"a" * 300_000, b"/", b"9", b"\xf0\x9f\x98\x80" * 50],
)
def test_bad_input_ends_without_a_traceback(attache: Attache, stdin: bytes) -> None:
    """Nothing, blanks, bytes that are no text, controls, a line without end."""
    done = attache("chat", stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout


def test_lines_are_answered_as_they_come(attache: Attache, cache_folder: Path) -> None:
    """Somebody at the other end of a pipe gets each answer before asking again; an interrupt ends politely."""
    attache("ask", "hello")  # the cache is warm now
    environment = {**os.environ, "KNOWLEDGE_DIR": str(TOY), "CACHE_DIR": str(cache_folder), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment,
    ) as chat:  # fmt: skip
        assert chat.stdin
        assert chat.stdout
        assert chat.stderr
        for _ in range(2):
            chat.stdin.write(b"hello\n")
            chat.stdin.flush()
            assert chat.stdout.readline().startswith("–".encode())
            assert chat.stdout.readline() == b"\n"
        chat.send_signal(signal.SIGINT)
        assert chat.wait(30) == 0
        assert chat.stderr.read() == b""


def test_piped_input_does_not_load_the_prompt(cache_folder: Path) -> None:
    """Nor colours, nor anything of a later surface."""
    code = (
        "import json, sys; from pathlib import Path; from bot.engine import Engine; from bot.chat import Chat; "
        "Chat(Engine.open(Path(sys.argv[1]), Path(sys.argv[2]))).run(); print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(TOY), str(cache_folder)], input=b"hello\n", capture_output=True, check=True,
        cwd=ROOT,
    )  # fmt: skip
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert not loaded & {"prompt_toolkit", "rich", "discord", "sqlalchemy"}


# --- at a terminal

_PROMPT_OPENS = b"\x1b[?2004h"
_WHERE_IS_THE_CURSOR = b"\x1b[6n"


def typed(cache_folder: Path, state: Path, *keys: bytes) -> tuple[str, int]:
    """What a terminal shows while somebody types, and the exit code."""
    terminal, theirs = pty.openpty()
    environment = {
        **os.environ, "TERM": "xterm", "KNOWLEDGE_DIR": str(TOY), "CACHE_DIR": str(cache_folder),
        "XDG_STATE_HOME": str(state), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "bot", "chat", "--today", DAY]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as chat:
        os.close(theirs)
        shown = b""
        for prompts, key in enumerate((*keys, b""), 1):
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and (key == b"" or shown.count(_PROMPT_OPENS) < prompts):
                if not select.select([terminal], [], [], 0.1)[0]:
                    continue
                try:
                    data = os.read(terminal, 65536)
                except OSError:  # the other side has gone
                    break
                shown += data
                if _WHERE_IS_THE_CURSOR in data:
                    os.write(terminal, b"\x1b[1;1R")
            os.write(terminal, key)
        code = chat.wait(30)
    os.close(terminal)
    return shown.decode(errors="replace"), code


def test_at_a_terminal(cache_folder: Path, tmp_path: Path) -> None:
    """A welcome, an answer in colour, a goodbye; the question is kept for the next time, for nobody else to read."""
    shown, code = typed(cache_folder, tmp_path, b"did nora borrow salt lighthouse\r", b"\x04")
    assert code == 0
    assert "12 facts on file" in shown
    assert "\x1b[1;32mYes. \x1b[0mNora Finch" in shown
    assert "Goodbye." in shown
    kept = tmp_path / "attache" / "chat-history"
    assert "+did nora borrow salt lighthouse" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0
    shown, code = typed(cache_folder, tmp_path, b"\x1b[A\r", b"\x03")  # arrow up; Ctrl-C
    assert code == 0
    assert "Nora Finch has had" in shown
    assert "Goodbye." in shown


def test_a_state_folder_that_cannot_be_written_is_done_without(cache_folder: Path, tmp_path: Path) -> None:
    """The chat works all the same, and remembers nothing."""
    (tmp_path / "attache").write_text("not a folder")
    shown, code = typed(cache_folder, tmp_path, b"hello\xff\r", b"/quit\r")
    assert code == 0
    assert "Traceback" not in shown
