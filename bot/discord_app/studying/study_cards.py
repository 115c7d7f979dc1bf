"""The cards of somebody who learns alone: the question, the answer with its grades, and that they are done for now.

Comes in: what a session came to. Goes out: Cards within Discord's limits. Must not know: who presses, and how a card is
sent.
"""

import datetime

from bot.answers.answer import Answer
from bot.discord_app.card import BLUE, GREEN, RED
from bot.discord_app.escape import escape
from bot.discord_app.limits import fit
from bot.discord_app.pages import say
from bot.discord_app.parts import Block, Button, Card, Row, Rule, Text, held
from bot.discord_app.studying.quiz_cards import (
    LETTERS,
    choice_labels,
    evidence_row,
    moment,
    told_answer,
    told_choice,
)
from bot.discord_app.studying.study_ids import Held, Scope, Verb, of_asked, of_key, of_last, press
from bot.discord_app.studying.study_session import Done, Up
from bot.engine import Engine
from bot.study.deck import NEW_A_DAY
from bot.study.schedule import Grade, spoken_wait

_TITLE, _TEXT, _CHOICE = 90, 600, 300  # characters
SOON = datetime.timedelta(hours=1)
_GRADES = {Grade.AGAIN: "Again", Grade.HARD: "Hard", Grade.GOOD: "Good", Grade.EASY: "Easy"}

GONE = "📭 This topic or deck is not there any more. **/study now** goes on with all your cards."
NOT_YOURS = "This is not one of your cards. Whoever presses it, a button brings up cards of their own alone."


def question_card(engine: Engine, up: Up) -> Card:
    """A question, with a button for each choice, and one for who wants to know the answer without choosing."""
    asked, kept = up.shown.asked, up.shown.card
    word = Held(of_key(kept.key), of_asked(asked, kept.last), up.scope).text()
    text = [_head(up), *_changed(engine, up), f"## {fit(escape(asked.text), _TEXT)}"]
    labels = choice_labels(engine, asked)
    if labels == list(LETTERS[: len(asked.choices)]):  # too long for buttons
        text += [f"**{LETTERS[n]}.** {fit(escape(choice), _CHOICE)}" for n, choice in enumerate(asked.choices)]
    chosen = [press(Verb.CHOOSE, label, n, word, style="primary") for n, label in enumerate(labels)]
    others = (press(Verb.SHOW, "Show the answer", 0, word), _drop(up))
    return Card((Text("\n".join(text)), Row(tuple(chosen)), Row(others)), BLUE)


def answer_card(engine: Engine, up: Up, picked: int | None, today: datetime.date) -> Card:
    """The answer, and how well it was known: four grades, each with the wait that it makes."""
    shown, asked = up.shown, up.shown.asked
    answer: Answer = engine.answer(asked.query, today)
    right = picked is not None and (picked,) == asked.right
    told = [] if picked is None else ["### ✅ Right!" if right else f"### ❌ You chose {told_choice(asked, (picked,))}"]
    above = [*told, *_changed(engine, up)]
    blocks: list[Block] = [Text("\n".join(above)), Rule()] if above else []
    blocks += told_answer(engine, answer, _head(up), asked)
    best = Grade.AGAIN if picked is not None and not right else Grade.GOOD
    word = Held(of_key(shown.card.key), of_last(shown.card.last), up.scope).text()
    grades = [
        press(
            Verb.GRADE, f"{_GRADES[grade]} · {spoken_wait(shown.waits[grade])}", int(grade), word,
            style="primary" if grade is best else "secondary",
        )
        for grade in Grade
    ]  # fmt: skip
    blocks += [Rule(), Text("-# How well did you know it? It comes again after so long:"), Row(tuple(grades))]
    blocks.append(Row((*evidence_row(answer, asked).buttons, _drop(up))))
    made = tuple(blocks)
    return Card(made, BLUE if picked is None else GREEN if right else RED, held(made, {0: answer.query}))


def done_card(done: Done) -> Card:
    """That nothing is up now, and when something will be."""
    scope, about = done.scope, f" about {_named(done.title)}" if done.title else ""
    lines = ["## 🎉 Done for now"]
    if scope.missed:
        lines.append(f"Nothing that you missed{about} is left.")
    elif done.enough and not scope.more:
        lines.append(f"You have had the {NEW_A_DAY} new cards of a day.")
    else:
        lines.append(f"There is nothing new to learn{about}.")
    if done.comes is not None and not scope.missed:
        many = f"{done.then} cards come" if done.then > 1 else "One card comes"
        lines.append(f"{many} up again from {moment(done.comes, 'f')} on, {moment(done.comes)}.")
    done_with: list[Button] = []
    if done.enough and not scope.more and not scope.missed:
        wider = Scope(scope.topic, scope.deck, more=True)
        done_with.append(press(Verb.NEXT, "More new cards", 0, wider.text(), style="primary"))
    if not scope.missed:
        done_with.append(press(Verb.NEXT, "Look again", 0, scope.text()))
    done_with.append(press(Verb.PROGRESS, "My progress"))
    return Card((Text("\n".join(lines)), Row(tuple(done_with))), GREEN)


def start_row(label: str, scope: Scope) -> Row:
    """A button that begins a session."""
    return Row((press(Verb.NEXT, label, 0, scope.text(), style="primary"),))


def missed_card(missed: int, new: int, round_id: int) -> Card:
    """That what was missed in a round of a quiz is among somebody's cards, and what they can do with it."""
    one = "question that you missed is" if missed == 1 else "questions that you missed are"
    told = f"📇 {missed} {one} among your cards, {new} of them new. **/study now** brings them up."
    study = press(Verb.NEXT, "Study now", 0, Scope(missed=True).text(), style="primary")
    deck = press(Verb.ROUND, "Make a deck of them", round_id)
    return Card((Text(told), Row((study, deck))))


def gone_card(told: str = GONE) -> Card:
    """That what a button is about is not there, and how to go on."""
    return Card((*say(told).blocks, start_row("Study now", Scope())))


def _head(up: Up) -> str:
    """The line above a question: what the session is about, and how much is due."""
    about = _named(up.title[:1].upper() + up.title[1:]) if up.title else "Your cards"
    sort = "only what you missed" if up.scope.missed else "new" if up.shown.new else "due"
    left = f" · {up.left} more due" if up.left and not up.scope.missed else f" · {up.left} more" if up.left else ""
    return f"-# 📇 {about} · {sort}{left}"


def _changed(engine: Engine, up: Up) -> list[str]:
    at = up.shown.changed_at
    if at is None:
        return []
    return [f"🔄 **This changed on {engine.composer.words.date(at.date().isoformat())}.** Look at it anew."]


def _named(title: str) -> str:
    return fit(escape(title), _TITLE)


def _drop(up: Up) -> Button:
    word = Held(of_key(up.shown.card.key), "0" * 8, up.scope).text()
    return press(Verb.DROP, "Don't ask again", 0, word)
