"""What came of saving, as cards: a quiet confirmation with the way back, or why nothing was changed and what to do.

Comes in: an outcome of the queue's. Goes out: a Card. Must not know: who acts.
"""

import difflib

from bot.curation.decided import Accepted, AlreadyDecided, NotAllowed, Waits
from bot.curation.outcomes import Conflict, Failed, Outcome, Refused, Saved
from bot.discord_app.curating import facts, preview
from bot.discord_app.curating.ids import Verb, press
from bot.discord_app.curating.slips import Slip
from bot.discord_app.desk import Desk
from bot.discord_app.escape import code, escape
from bot.discord_app.limits import fit
from bot.discord_app.parts import Card, Row, Text
from bot.engine import Engine

Came = Outcome | Waits | Accepted | AlreadyDecided | NotAllowed

_LINES = 700  # characters of an entry's lines


def saved_text(desk: Desk, saved: Saved) -> str:
    """What was saved, as a line."""
    change = saved.change
    what = facts.label(desk.engine, change.fact) if change.entry == "fact" else change.fact
    return fit(f"{escape(what)}", 400)


def saved_card(desk: Desk, saved: Saved, *, reviewing: bool = False) -> Card:
    """The quiet confirmation, with the way back; `reviewing` offers the next proposal."""
    undone = saved.change.undoes
    head = f"↩️ **Change {undone} is taken back.**" if undone else "✅ **Saved, and answered from now on.**"
    lines = [head, saved_text(desk, saved), *(f"-# {escape(note)}" for note in saved.notes)]
    lines += [f"⚠️ {fit(escape(problem.message), 250)}" for problem in saved.warnings[:3]]
    lines.append(f"-# Change {saved.change.id}, by {escape(saved.change.curator_name)}")
    onward = (press(Verb.NEXT, "Next proposal", style="primary"),) if reviewing else ()
    row = Row((*onward, press(Verb.UNDO, "Undo", saved.change.id)))
    return Card((Text(fit("\n".join(lines), 3000)), row))


def refused(engine: Engine, came: Came, slip: Slip | None) -> Card:
    """Why nothing was changed, and what can be done about it."""
    lines, again_label = [f"🚫 {_sentences(engine, came)}"], ""
    if isinstance(came, Conflict):
        again_label = "Make my change on top of it"
        if came.by is not None and came.by.before != came.by.after:
            lines.append(
                f"What {escape(came.by.curator_name)} changed:\n{changed_lines(came.by.before, came.by.after)}"
            )
        elif came.now is not None:
            lines.append(f"It says now:\n{code(fit(came.now.text, _LINES), 'yaml')}")
    elif isinstance(came, Failed):
        again_label = "Try again"
    made = [Text(fit("\n".join(lines), 3500))]
    if slip is None or not slip.number or isinstance(came, (AlreadyDecided, NotAllowed)):
        return Card(tuple(made))
    return Card((*made, *preview.rows(slip, sound=False, again=again_label)))


def _sentences(engine: Engine, came: Came) -> str:
    if isinstance(came, Refused):
        told = [f"{p.message}; {p.hint}" if p.hint else p.message for p in came.problems]
        return "\n".join(fit(escape(one), 400) for one in told[:6])
    text = str(came)
    if isinstance(came, Conflict):
        text = text.replace(f"'{came.fact}'", f"“{facts.label(engine, came.fact)}”")
    return fit(escape(text), 1000)


def changed_lines(before: str | None, after: str | None, room: int = _LINES) -> str:
    """The lines of an entry that differ, as a diff: whole lines, as many as there is room for."""
    old, new = ((text or "").splitlines() for text in (before, after))
    lines = [line.rstrip() for line in difflib.unified_diff(old, new, n=0, lineterm="")][2:]
    return code(preview.lines_within([line for line in lines if not line.startswith("@@")], room), "diff")
