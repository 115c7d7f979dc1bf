"""A change before it is saved, as a curator sees it: the card as it will read, whose answers change, what is wrong, the
diff; and all of that at length as a file.

Comes in: a Preview, and the slip that it is of. Goes out: a Card inside Discord's limits. Must not know: who looks.
"""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.curation.drafts import Draft, NameDraft, WordingDraft
from bot.curation.outcomes import Preview, Reworded
from bot.curation.stored import AnyChange
from bot.curation.teaching import Teaching
from bot.discord_app.card import AMBER, BLUE, RED, answer_card
from bot.discord_app.curating import facts
from bot.discord_app.curating.ids import Verb, press
from bot.discord_app.curating.slips import Slip
from bot.discord_app.escape import clean, code, escape
from bot.discord_app.limits import MESSAGE_TEXT, fit, size
from bot.discord_app.parts import Block, Button, Card, Row, Rule, Text
from bot.engine import Engine
from bot.knowledge.problems import Problem

# Characters for each part of the message; the diff gets what the others leave.
_HEAD, _CARD, _WORD, _QUESTION, _PROBLEM, _NOTE, _DIFF = 300, 1100, 130, 110, 230, 400, 1000
_QUESTIONS, _PROBLEMS, _LINE = 3, 4, 300

DOES = {
    "add": "Add", "correct": "Correct", "end": "End", "dispute": "Mark as disputed", "confirm": "Confirm",
    "retire": "Retire",
}  # fmt: skip


def about(engine: Engine, change: AnyChange) -> str:
    """What a change does to what, in a few words."""
    if isinstance(change, NameDraft):
        known = engine.kb.entities.get(change.entity)
        return f"Another name of {known.label if known else change.entity}: {change.name}"
    if isinstance(change, WordingDraft):
        return f"Another way to ask: {change.line}"
    if not isinstance(change, Draft):
        return f"Take back change {change.change}"
    if change.fact:
        return f"{DOES[change.action]}: {facts.label(engine, change.fact)}"
    relation = engine.kb.relations.get(change.relation)
    who = [*(change.subject or ()), *(change.between or ()), *(w for side in change.sides or () for w in side)]
    names = [engine.kb.entities[id_].name for id_ in (*who, *(change.object or ())) if id_ in engine.kb.entities]
    return f"{DOES[change.action]} to {relation.title if relation else change.relation}: {', '.join(names)}"


def preview_card(engine: Engine, seen: Preview, slip: Slip, *, note: str = "") -> Card:
    """The preview with its buttons. `note` is a sentence of ours on top: whose proposal it is, say."""
    head = fit(f"### 📝 Nothing is saved yet\n{escape(about(engine, slip.draft))}", _HEAD)
    blocks: list[Block] = [Text(head)]
    if note:
        blocks.append(Text(fit(note, _NOTE)))
    blocks += [Rule(), *_as_it_reads(seen)]
    told = [*_problems(seen.problems), *_reworded(seen.reworded)]
    if told:
        blocks += [Rule(), Text("\n".join(told))]
    used = sum(size(block.markdown) for block in blocks if isinstance(block, Text))
    room = min(_DIFF, MESSAGE_TEXT - used - 120)
    if seen.diff and room > 150:
        blocks.append(Text(code(_short(seen.diff, room), "diff")))
    blocks += rows(slip, sound=seen.sound)
    accent = RED if not seen.sound else AMBER if seen.problems else BLUE
    return Card(tuple(blocks), accent)


def teaching_note(made: Teaching) -> str:
    """How a question would be read by a new way to ask, and what else would be."""
    lines = [f"-# Reads it as: {fit(escape(made.reads), 200)}" if made.reads else "-# It would not read the question."]
    lines += [f"-# It would also read: {fit(escape(other), 120)}" for other in made.also[:3]]
    return "\n".join(lines)


def rows(slip: Slip, *, sound: bool, again: str = "") -> list[Row]:
    """The buttons under a preview: what is not sound has no Save. `again` is the label of a new attempt."""
    number, draft = slip.number, slip.draft
    first: list[Button] = [press(Verb.SAVE, "Save", number, style="primary")] if sound else []
    if again:
        first.append(press(Verb.AGAIN, again, number, style="primary"))
    more: list[Button] = []
    if isinstance(draft, Draft) and draft.action == "dispute":
        first += [press(Verb.SIDE, "One side…", number * 10), press(Verb.SIDE, "The other side…", number * 10 + 1)]
        first.append(press(Verb.WORDS, "Reason…", number))
    elif isinstance(draft, Draft) and draft.action == "retire":
        first.append(press(Verb.WORDS, "Reason…", number))
    elif isinstance(draft, Draft):
        first += [press(Verb.WORDS, "Words…", number), press(Verb.DATES, "Dates…", number)]
        first.append(press(Verb.SOURCE, "Source…", number * 10))
        if draft.sources and len(draft.sources) < 9:
            more.append(press(Verb.SOURCE, "Another source…", number * 10 + len(draft.sources)))
        if draft.action == "add" and slip.gap:  # begun from choices in a message, to which there is a way back
            more.append(press(Verb.PLACES, "Who takes part…", number))
    else:
        first.append(press(Verb.WORDS, "Change…", number))
        if isinstance(draft, WordingDraft) and slip.gap:
            more.append(press(Verb.TURNED, "The other way round", number))
    if sound:
        more.append(press(Verb.WHOLE, "All of it as a file", number))
    more.append(press(Verb.CANCEL, "Cancel", number, style="danger"))
    return [Row(tuple(first)), Row(tuple(more))]


def whole(engine: Engine, seen: Preview, slip: Slip) -> str:
    """All of a preview as a text file."""
    lines = [about(engine, slip.draft), ""]
    for title, answer in (("Now", seen.before), ("Then", seen.answer)):
        lines += [f"{title}: {clean(answer.text, lines=True)}" if answer else f"{title}: it speaks in no answer"]
    lines += ["", f"{len(seen.problems)} problems", *(str(problem) for problem in seen.problems)]
    lines += ["", f"{len(seen.reworded)} answers change"]
    for each in seen.reworded:
        lines += ["", clean(each.question), f"  before: {clean(each.before)}", f"  after:  {clean(each.after)}"]
    return "\n".join([*lines, "", seen.diff, ""])


def _as_it_reads(seen: Preview) -> list[Block]:
    """The card of the answer in which the fact will speak, without its buttons."""
    if seen.answer is None or seen.engine is None:
        if seen.before is not None:
            gone = fit(escape(seen.before.text), _CARD // 2)
            return [Text(f"**It will no longer be said:**\n{gone}" if seen.sound else f"**It reads now:**\n{gone}")]
        return []
    return [Text("-# As it will read"), *_fitted(answer_texts(seen.engine, seen.answer), _CARD)]


def answer_texts(engine: Engine, answer: Answer) -> list[str]:
    """The texts of an answer's card."""
    made = answer_card(engine, answer)
    return list(made.texts())


def _fitted(texts: Sequence[str], budget: int) -> list[Block]:
    made: list[Block] = []
    for text in texts:
        shown = fit(text, max(budget, 0))
        if len(shown) < 3:
            break
        made.append(Text(shown))
        budget -= size(shown)
    return made


def _problems(problems: Sequence[Problem]) -> list[str]:
    worst = sorted(problems, key=lambda problem: problem.severity != "error")
    lines = []
    for problem in worst[:_PROBLEMS]:
        said = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        lines.append(fit(f"{'⛔' if problem.severity == 'error' else '⚠️'} {escape(said)}", _PROBLEM))
    more = len(worst) - len(lines)
    lines += [f"-# and {more} more problem{'' if more == 1 else 's'}"] if more else []
    if any(problem.severity == "error" for problem in problems):
        lines.insert(0, "**This cannot be saved yet:**")
    return lines


def _reworded(changed: Sequence[Reworded]) -> list[str]:
    if not changed:
        return []
    many = len(changed)
    lines = [f"**{many} answer{'' if many == 1 else 's'} change{'s' if many == 1 else ''}**"]
    for each in changed[:_QUESTIONS]:
        before, after = (fit(escape(text), _WORD) or "no answer" for text in (each.before, each.after))
        lines += [fit(f"- *{escape(each.question)}*", _QUESTION), f"-# before: {before}", f"-# after: {after}"]
    more = many - _QUESTIONS
    return [*lines, f"-# and {more} more, in the file"] if more > 0 else lines


def _short(diff: str, room: int) -> str:
    """The lines that change, each under the name of its file, as many as there is room for; what is between is left."""
    lines = [line.removeprefix("+++ ") if line.startswith("+++ ") else line for line in diff.splitlines()]
    return lines_within([one for one in lines if one[:1] not in ("@", " ") and not one.startswith("--- ")], room)


def lines_within(lines: Sequence[str], room: int) -> str:
    """Whole lines, as many as there is room for."""
    kept: list[str] = []
    for line in lines:
        told = fit(line, _LINE)
        if sum(size(one) + 1 for one in kept) + size(told) > room - 20:
            return "\n".join([*kept, "…"])
        kept.append(told)
    return "\n".join(kept)
