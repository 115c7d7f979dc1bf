"""`attache chat`: questions and answers in the terminal, with follow-ups and a few commands.

On a terminal the prompt has line editing and a history that outlives the chat; piped input is read line by line.
Must not know: how a question is read, or what an answer looks like (`terminal.py` does).
"""

import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from platformdirs import user_state_path

from bot.answers.answer import Answer, Suggestion
from bot.engine import Engine
from bot.terminal import Line, print_answer, print_lines, print_trace, source_lines

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

KEPT = 8  # earlier questions that a follow-up may refer to; the reader looks at no more
LONGEST = 10_000  # bytes of a piped line; the reader refuses far shorter questions, so nothing is lost
PROMPT = "attaché> "

COMMANDS = {
    "/why": "how the last question was read, and what the answer rests on",
    "/sources": "all sources of the last answer",
    "/history": "the questions that a follow-up may refer to",
    "/help": "this list",
    "/quit": "leave (Ctrl-D and Ctrl-C do too)",
}


class Chat:
    """One conversation. `today` is the day of the answers, None for the current one."""

    def __init__(self, engine: Engine, today: datetime.date | None = None) -> None:
        self.engine, self.today = engine, today
        self.history: list[str] = []
        self.last: Answer | None = None
        self.offered: tuple[Suggestion, ...] = ()

    def run(self) -> None:
        """Talk until the input ends, somebody leaves, or interrupts."""
        typed = sys.stdin.isatty() and sys.stdout.isatty()
        lines = self._typed_lines() if typed else _piped_lines()
        with suppress(KeyboardInterrupt):
            for line in lines:
                if not self.take(line):
                    break
        if typed:
            print_lines([Line("Goodbye.", indent=0, style="dim")])

    def take(self, line: str) -> bool:
        """Answer one line: a command, the number of a suggestion, or a question. False ends the chat."""
        text = line.strip()
        if text.startswith("/"):
            return self._command(text)
        if text:
            print_answer(self.engine, self._answer(text), more="/sources lists all")
            print_lines([Line()])
        return True

    def _answer(self, text: str) -> Answer:
        if text.isdecimal() and len(text) == 1 and 0 < int(text) <= len(self.offered):
            chosen = self.offered[int(text) - 1]
            text, made = chosen.text, self.engine.answer(chosen.query, self.today)
        else:
            made = self.engine.ask(text, self.history, self.today)
            self.offered = made.suggestions
        self.history = [*self.history, text][-KEPT:]
        self.last = made
        return made

    # --- commands

    def _command(self, text: str) -> bool:
        does: dict[str, Callable[[], None]] = {
            "/why": self._why, "/sources": self._sources, "/history": self._history, "/help": self._help,
        }  # fmt: skip
        name = text.split()[0].lower()
        if name in ("/quit", "/exit"):
            return False
        if name in does:
            does[name]()
        else:
            print_lines([Line(f"There is no command {name[:40]}; /help lists them.", indent=0)])
        print_lines([Line()])
        return True

    def _why(self) -> None:
        if self.last is None:
            print_lines([_NOTHING_YET])
        else:
            print_trace(self.engine, self.last)

    def _sources(self) -> None:
        if self.last is None:
            print_lines([_NOTHING_YET])
        elif not self.last.sources:
            print_lines([Line("The last answer rests on no source.", indent=0)])
        else:
            print_lines(source_lines(self.engine, self.last.sources, accessed=True))

    def _history(self) -> None:
        if not self.history:
            print_lines([_NOTHING_YET])
        print_lines(Line(question, f"{number}. ") for number, question in enumerate(self.history, 1))

    def _help(self) -> None:
        width = max(map(len, COMMANDS))
        commands = [Line(told, f"{name:<{width}}  ", lead_style="bold") for name, told in COMMANDS.items()]
        print_lines([Line(_HELP, indent=0), Line(), *commands])

    # --- input

    def _typed_lines(self) -> Iterator[str]:
        prompt = _prompt_session()
        kb = self.engine.kb
        told = f"Attaché: {len(kb):,} facts on file, each with its sources. Ask in plain words."
        print_lines(
            [Line(told, indent=0, style="bold"), Line("/help lists the commands; Ctrl-D ends.", indent=0), Line()]
        )
        while True:
            try:
                yield prompt.prompt([("bold", PROMPT)])
            except EOFError:
                return


_HELP = (
    "Ask in plain words, one question at a time. A short follow-up (since when? and the other way round?) changes the "
    "question before it; the number of a suggestion chooses it."
)
_NOTHING_YET = Line("Nothing has been asked yet.", indent=0)


def _piped_lines() -> Iterator[str]:
    """The lines of standard input; one that is too long is handed on at a length that the reader refuses."""
    while line := sys.stdin.buffer.readline(LONGEST):
        whole = line
        while whole and not whole.endswith(b"\n"):
            whole = sys.stdin.buffer.readline(LONGEST)
        yield line.decode("utf-8", "replace")


def _prompt_session() -> "PromptSession[str]":
    """A prompt with line editing, completion of commands and a history kept in the user's state folder."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    history: History = InMemoryHistory()
    with suppress(OSError):
        path = user_state_path("attache", ensure_exists=True) / "chat-history"
        path.touch(mode=0o600)
        history = FileHistory(path)
    commands = WordCompleter(list(COMMANDS), meta_dict=dict(COMMANDS), sentence=True)
    return PromptSession(history=history, completer=commands, complete_while_typing=False)
