"""The command line: chat, ask, check, curate, study, brief, run, doctor, invite.

Exit codes (`bot/exit_codes.py`):

- 0: done.
- 1: the knowledge base has problems.
- 2: cannot run: the settings, a folder or the usage is wrong.
- 3: the token of the bot is missing, or Discord refuses it.
- 4: a switch of the application is not set in the developer portal.
- 5: the state cannot be opened, or another bot is using it.
- 6: a fact that was to be changed was changed by somebody else; look at it again.
- 130: interrupted.
"""

import datetime
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import ask as ask_command
from bot import curate_command, study_command
from bot.exit_codes import ExitCode
from bot.knowledge.dates import first_day
from bot.knowledge.problems import FolderError, KnowledgeError
from bot.settings import SettingsError, settings
from bot.state.problems import StateError

app = typer.Typer(
    name="attache", add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Answers questions on diplomacy with sourced, dated facts.",
)  # fmt: skip

app.add_typer(curate_command.app, name="curate")
app.add_typer(study_command.app, name="study")
app.command()(study_command.brief)

Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="Answer as of this day (YYYY-MM-DD).")]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="The knowledge folder (else KNOWLEDGE_DIR).")]


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return first_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--today") from error


def _version(wanted: bool) -> None:
    if wanted:
        import importlib.metadata

        sys.stdout.write(f"attache {importlib.metadata.version('attache')}\n")
        raise typer.Exit


@app.callback()
def attache(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version and end.")
    ] = False,
) -> None:
    """Answers questions on diplomacy with sourced, dated facts."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in plain words.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one object of the contract answer/1.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read one JSON object a line, write one a line.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell what each step saw and which gate decided.")] = False,
    as_claim: Annotated[bool, typer.Option("--as-claim", help="Read a statement as the question if it is so.")] = False,
    today: Today = None,
    knowledge: Knowledge = None,
) -> None:
    """Answer one question, or a stream of them."""
    engine = ask_command.open_engine(knowledge or settings().knowledge_dir, settings().cache_dir)
    if jsonl:
        ask_command.answer_lines(engine, sys.stdin.buffer, sys.stdout.buffer, _day(today))
    elif question is None:
        raise typer.BadParameter("give a question, or --jsonl", param_hint="QUESTION")
    else:
        ask_command.answer_one(engine, question, _day(today), json=json, explain=explain, as_claim=as_claim)


@app.command()
def chat(today: Today = None, knowledge: Knowledge = None) -> None:
    """Talk in the terminal; /help lists the commands."""
    from bot.chat import Chat

    engine = ask_command.open_engine(knowledge or settings().knowledge_dir, settings().cache_dir)
    Chat(engine, _day(today)).run()


@app.command()
def check(
    json: Annotated[bool, typer.Option("--json", help="Print the problems for machines.")] = False,
    warnings: Annotated[bool, typer.Option("--warnings", help="Print each warning too.")] = False,
    knowledge: Knowledge = None,
) -> None:
    """Check the knowledge base: 0 clean, 1 problems, 2 cannot run."""
    from bot.check_command import run_check

    folder = knowledge or settings().knowledge_dir
    raise typer.Exit(run_check(folder, as_json=json, warnings_too=warnings))


@app.command()
def stats(
    json: Annotated[bool, typer.Option("--json", help="Print them for machines.")] = False,
    today: Today = None,
    knowledge: Knowledge = None,
) -> None:
    """Tell how much is on file, how old it is, and which lists are complete."""
    from bot.stats import run_stats

    engine = ask_command.open_engine(knowledge or settings().knowledge_dir, settings().cache_dir)
    run_stats(engine, _day(today) or datetime.datetime.now(datetime.UTC).date(), as_json=json)


@app.command(hidden=True)
def schema(knowledge: Knowledge = None) -> None:
    """Write the JSON Schemas that editors use into the knowledge folder; for who changes the models."""
    from bot.knowledge.schemas import write_schemas

    try:
        for path in write_schemas(knowledge or settings().knowledge_dir):
            sys.stdout.write(f"{path}\n")
    except OSError as error:
        raise FolderError(f"the schemas cannot be written: {error.filename}: {error.strerror}") from error


@app.command()
def run() -> None:
    """Start the bot on Discord; it runs until it is told to end."""
    from bot.discord_app.run import run as run_bot

    raise typer.Exit(run_bot(settings()))


@app.command()
def doctor(json: Annotated[bool, typer.Option("--json", help="Print the findings for machines.")] = False) -> None:
    """Tell what keeps the bot from running, and what to do; nothing goes over a network."""
    from bot.doctor import run_doctor

    raise typer.Exit(run_doctor(as_json=json))


@app.command()
def invite(
    application: Annotated[
        int | None,
        typer.Option("--application-id", metavar="ID", help="The application (else that of DISCORD_TOKEN)."),
    ] = None,
) -> None:
    """Print the links that add the bot to a server, or to oneself."""
    from bot.discord_app.invite import run_invite

    if application is not None and not 10**14 <= application < 2**64:
        raise typer.BadParameter("an application's id has 15 to 20 digits", param_hint="--application-id")
    raise typer.Exit(run_invite(application))


def main() -> None:
    """Run the command line; faults for which the user can do something are one message, never a traceback."""
    _prepare_streams()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # what cannot be written is told here, not by the interpreter when it ends
    except (FolderError, SettingsError) as error:
        sys.stderr.write(f"attache: {error}\n")
        sys.exit(ExitCode.CANNOT_RUN)
    except StateError as error:
        sys.stderr.write(f"attache: {error}\n")
        sys.exit(ExitCode.STATE)
    except KnowledgeError as error:
        for problem in error.problems:
            sys.stderr.write(f"{problem}\n")
        sys.stderr.write(f"attache: {error}; nothing is answered from it. `attache check` lists them.\n")
        sys.exit(ExitCode.KNOWLEDGE)
    except (BrokenPipeError, KeyboardInterrupt):
        _discard_output()
        sys.exit(130)
    except OSError as error:
        sys.stderr.write(f"attache: {error.filename or 'the answer'} cannot be written: {error.strerror or error}\n")
        _discard_output()
        sys.exit(ExitCode.CANNOT_RUN)


def _discard_output() -> None:
    """What is left unwritten is not tried again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_streams() -> None:
    """A stream that was closed is empty, and a letter that the terminal cannot show is written as its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
