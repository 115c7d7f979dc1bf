"""`attache curate`: facts changed in the terminal, by the same code as from anywhere else.

Comes in: what somebody types, names and questions as people say them. Goes out: previews, outcomes, exit codes. Nobody
types an id or YAML, though an id is understood. Must not know: how a change is saved.
"""

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from bot.answers.answer import Answer
from bot.choices import entities_named
from bot.curation.decided import Waits
from bot.curation.desk import Curation
from bot.curation.drafts import Change, Curator, Draft
from bot.curation.finding import label, named
from bot.curation.folder import FolderBusyError
from bot.curation.mirror import own_name
from bot.curation.outcomes import Conflict, Failed, Preview, Refused, Saved
from bot.curation.queue import Queue
from bot.curation.recovery import recover
from bot.engine import Engine
from bot.exit_codes import ExitCode
from bot.knowledge.problems import FolderError
from bot.live import Live
from bot.state.store import Store
from bot.terminal import safe

SHOWN = 12  # facts offered to choose from
REWORDED = 8  # questions of a preview


def now() -> datetime.datetime:
    """The time of a change."""
    return datetime.datetime.now(datetime.UTC)


def opened(folder: Path, cache: Path | None, state: str) -> Curation:
    """The desk for a folder; what was cut off before is completed or dropped first. Raises what opening may raise."""
    store = Store.open(state, exclusive=False)
    try:
        for line in recover(folder, store).told:
            _err(line)
        return Curation(Live.open(folder, cache), store, now)
    except FolderBusyError as error:
        store.close()
        raise FolderError("somebody else is saving a change, and has been for a while; try again") from error
    except OSError as error:
        store.close()
        raise FolderError(f"the knowledge folder {folder} cannot be used: {error.strerror or error}") from error
    except BaseException:
        store.close()
        raise


# --- looking


def found(engine: Engine, words: str) -> list[str]:
    """The facts that are meant: by id, by a question or statement, or by who takes part and what else they say."""
    return named(engine, words, now().date())


def told(engine: Engine, fact: str) -> str:
    """A fact in one line."""
    return f"{safe(label(engine, fact))}  [{fact}]"


def chosen(curation: Curation, words: str) -> str:
    """The id of the one fact that is meant, asked back where there are several. Ends the program where none is."""
    engine = curation.live.engine
    if curation.show(words) is not None:  # an id, of a retired fact too
        return words
    facts = found(engine, words)
    if not facts:
        _err(f"nothing on file is meant by '{words}'; ask it as a question, or name who takes part")
        raise typer.Exit(ExitCode.CANNOT_RUN)
    return facts[_choice([told(engine, fact) for fact in facts[:SHOWN]])]


def entities(engine: Engine, names: Iterable[str]) -> tuple[str, ...]:
    """The entities of names as people type them; asked back where a name is of several."""
    made = []
    for name in names:
        ids = (name,) if name in engine.kb.entities else entities_named(engine, name, now().date())
        if not ids:
            _err(f"nobody on file is called '{name}'")
            raise typer.Exit(ExitCode.CANNOT_RUN)
        labels = [f"{engine.kb.entities[id_].name} ({engine.kb.kinds[engine.kb.entities[id_].kind]})" for id_ in ids]
        made.append(ids[_choice(labels)])
    return tuple(made)


def relation(engine: Engine, words: str) -> str:
    """The relation of an id or title as people type it."""
    wanted = words.lower().replace("_", " ").strip()
    titles = {id_: held.title.lower() for id_, held in engine.kb.relations.items()}
    exact = [id_ for id_, title in titles.items() if wanted in (id_.replace("_", " "), title)]
    ids = exact or [id_ for id_, title in titles.items() if wanted in title or wanted in id_.replace("_", " ")]
    if not ids:
        _err(f"there is no relation '{words}'; there are: {', '.join(titles.values())}")
        raise typer.Exit(ExitCode.CANNOT_RUN)
    return ids[_choice([titles[id_] for id_ in ids])]


def placed(engine: Engine, draft: Draft, ones: Sequence[str], twos: Sequence[str]) -> Draft:
    """A draft with its participants in the shape that its relation has."""
    if not ones and not twos:
        return draft
    one, two = entities(engine, ones), entities(engine, twos)
    shape = engine.kb.relations[draft.relation]
    if shape.opposed:
        return replace(draft, sides=(one, two))
    if shape.symmetric:
        return replace(draft, between=(*one, *two))
    return replace(draft, subject=one or None, object=two or None)


# --- changing


def carried_out(queue: Queue, draft: Draft, name: str, *, yes: bool) -> ExitCode:
    """Show what would be, ask, and save, or keep it until a second curator agrees."""
    came = queue.curation.preview(draft)
    if not isinstance(came, Preview):
        return outcome(came)
    print_preview(came)
    if not came.sound:
        _err("nothing was changed")
        return ExitCode.KNOWLEDGE
    stop = None if yes else asked_first()
    return outcome(queue.save(came.draft, curator(queue.curation, name))) if stop is None else stop


def undone(queue: Queue, number: int, reason: str, name: str) -> ExitCode:
    """Take a change back, or keep that until a second curator agrees."""
    return outcome(queue.undo(number, curator(queue.curation, name), reason))


def asked_first() -> ExitCode | None:
    """Ask whether it is to be saved: None if so, else the code with which the program ends."""
    if not sys.stdin.isatty():
        _err("nothing was changed; give --yes to save without being asked")
        return ExitCode.CANNOT_RUN
    if not _agreed():
        _err("nothing was changed")
        return ExitCode.DONE
    return None


def curator(curation: Curation, name: str) -> Curator:
    """Who changes it: by the name given, else by the one that git knows."""
    said = name or own_name(curation.live.folder)
    if not said:
        _err("say who you are with --name; git knows no user.name here")
        raise typer.Exit(ExitCode.CANNOT_RUN)
    return Curator(said)


def outcome(came: Saved | Refused | Conflict | Failed | Preview | Waits) -> ExitCode:
    """Tell what came of a change; the code with which the program ends."""
    if isinstance(came, Waits):
        _out(str(came))
        return ExitCode.DONE
    if isinstance(came, Saved):
        _out(f"Saved as change {came.change.id}{f', commit {came.change.commit[:12]}' if came.change.commit else ''}.")
        for note in came.notes:
            _err(note)
        return ExitCode.DONE
    if isinstance(came, Refused):
        for problem in came.problems:
            _err(f"{problem.message}{f'; {problem.hint}' if problem.hint else ''}")
        _err("nothing was changed")
        return ExitCode.KNOWLEDGE
    _err(str(came))
    if isinstance(came, Conflict):
        if came.now is not None:
            _out(came.now.text.rstrip("\n"))
        return ExitCode.CONFLICT
    return ExitCode.CANNOT_RUN


def print_preview(came: Preview) -> None:
    """The card as it will read, the questions whose answers change, the problems, the lines."""
    if came.before is not None:
        _out(f"Now:   {came.before.text}")
    _out(f"Then:  {_card(came.answer)}")
    if came.reworded:
        _out("\nAnswers that change:")
    for each in came.reworded[:REWORDED]:
        _out(f"  {each.question}\n    - {each.before}\n    + {each.after}")
    if len(came.reworded) > REWORDED:
        _out(f"  and {len(came.reworded) - REWORDED} more")
    _out(f"\n{came.diff}")
    for problem in came.problems:
        _err(str(problem))


def _card(answer: Answer | None) -> str:
    return f"{answer.text} (as of {answer.as_of})" if answer is not None else "it speaks in no answer"


def print_history(changes: Sequence[Change], *, whole: bool) -> None:
    """Who changed what, when and why; with `whole`, the lines before and after."""
    if not changes:
        _out("no change yet")
    for change in changes:
        undoes = f" of change {change.undoes}" if change.undoes else ""
        state = "" if change.state == "done" else f" [{change.state}]"
        when = change.at.strftime("%Y-%m-%d %H:%M")
        why = f": {change.reason}" if change.reason else ""
        _out(f"{change.id}  {when}  {change.curator_name}  {change.action}{undoes}  {change.fact}{why}{state}")
        for sign, lines in (("-", change.before), ("+", change.after)) if whole else ():
            for line in (lines or "").splitlines():
                _out(f"    {sign} {line}")


# --- asking back


def _choice(labels: Sequence[str]) -> int:
    """Which of several is meant; without a terminal there is nobody to ask."""
    if len(labels) == 1:
        return 0
    for number, each in enumerate(labels, 1):
        _err(f"{number}. {each}")
    if not sys.stdin.isatty():
        _err("several are meant; say which, by its id")
        raise typer.Exit(ExitCode.CANNOT_RUN)
    while True:
        typed = _asked(f"Which one (1-{len(labels)})? ")
        if typed.isdigit() and 0 < int(typed) <= len(labels):
            return int(typed) - 1


def _agreed() -> bool:
    return _asked("Save this (y/n)? ").lower() in ("y", "yes")


def _asked(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise typer.Exit(ExitCode.CANNOT_RUN)
    return line.strip()


def _out(text: str) -> None:
    sys.stdout.write("\n".join(safe(line) for line in text.split("\n")) + "\n")


def _err(text: str) -> None:
    sys.stderr.write("\n".join(safe(line) for line in text.split("\n")) + "\n")
