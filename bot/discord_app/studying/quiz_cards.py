"""The cards of a quiz: a question with its choices, the reveal, the board at the end.

Comes in: questions, results and scores. Goes out: Cards within Discord's limits. Must not know: who pressed what, and
how a card is sent.
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.discord_app import sources
from bot.discord_app.card import AMBER, BLUE, GREEN, GREY
from bot.discord_app.custom_ids import Kind
from bot.discord_app.escape import escape
from bot.discord_app.limits import fit, size
from bot.discord_app.parts import Block, Button, Card, Row, Rule, Text, button, held
from bot.discord_app.studying import boards
from bot.discord_app.studying.quiz_ids import Verb, picked, press, write
from bot.engine import Engine
from bot.study.asked import ENTITY, ORDER, VERDICT, Asked
from bot.study.playing import Result
from bot.study.scores import Score

SHORT = 60  # characters of a choice that stands on its button; where one is longer, all stand above, under letters
BAR = 10  # signs of a full bar
# Characters for each part; together they stay below what a message may hold.
_TEXT, _CHOICE, _BACK, _SOURCES, _TOPIC = 600, 300, 900, 500, 100

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Place:
    """Which question of how many, and the topic's title."""

    number: int
    count: int
    topic: str

    @property
    def head(self) -> str:
        """The line above a question."""
        return f"-# Question {self.number + 1} of {self.count} · {fit(escape(self.topic), _TOPIC)}"


def moment(at: datetime.datetime, how: str = "R") -> str:
    """A time that every client shows in its own zone, counting down: "in 20 seconds"."""
    return f"<t:{int(at.timestamp())}:{how}>"


# --- a question


def question_card(
    engine: Engine, asked: Asked, head: str, foot: str, verb: Verb, number: int, *, more: Sequence[Button] = ()
) -> Card:  # fmt: skip
    """A question with a button for each choice. `more` are buttons below them."""
    text = [head, f"## {fit(escape(asked.text), _TEXT)}"]
    if not _fits(asked):
        text += ["", *(f"**{LETTERS[n]}.** {fit(escape(choice), _CHOICE)}" for n, choice in enumerate(asked.choices))]
    if asked.wanted.sort == ORDER:
        foot = f"Press them in order, one after the other. {foot}"
    blocks: list[Block] = [Text("\n".join(text)), choices_row(engine, asked, verb, number)]
    blocks += [Row(tuple(more))] if more else []
    return Card((*blocks, Text(f"-# {foot}")), BLUE)


def choices_row(engine: Engine, asked: Asked, verb: Verb, number: int, before: tuple[int, ...] = ()) -> Row:
    """A button for each choice that is not in `before`, which was chosen already."""
    labels = choice_labels(engine, asked)
    left = [place for place in range(len(asked.choices)) if place not in before]
    return Row(
        tuple(press(verb, labels[n], number, picked(asked, (*before, n)), style="primary") for n in left)
    )  # fmt: skip


def choice_labels(engine: Engine, asked: Asked) -> list[str]:
    """What stands on the buttons: the choice, with its letter for who types, and a flag where all have one."""
    if asked.wanted.sort == VERDICT:
        return list(asked.choices)
    if not _fits(asked):
        return list(LETTERS[: len(asked.choices)])
    flags = [""] * len(asked.choices)
    if asked.wanted.sort in (ENTITY, ORDER):
        known = [engine.kb.entities.get(id_) for id_ in asked.wanted.choices]
        flags = [entity.flag if entity else "" for entity in known]
        if not all(flags) or len(flags) != len(asked.choices):  # one without a flag would stand out
            flags = [""] * len(asked.choices)
    return [
        f"{LETTERS[n]}. {flag} {choice}" if flag else f"{LETTERS[n]}. {choice}"
        for n, (flag, choice) in enumerate(zip(flags, asked.choices, strict=True))
    ]


def _fits(asked: Asked) -> bool:
    return all(size(choice) <= SHORT for choice in asked.choices)


def order_card(engine: Engine, asked: Asked, verb: Verb, number: int, before: tuple[int, ...]) -> Card:
    """What one person has put in order so far, and what is left: seen by them alone."""
    told = [f"**{n}.** {fit(escape(asked.choices[place]), _CHOICE)}" for n, place in enumerate(before, 1)]
    which = "And next?" if before else "Which comes first?"
    return Card((Text("\n".join([*told, which])), choices_row(engine, asked, verb, number, before)))


def told_choice(asked: Asked, picks: tuple[int, ...]) -> str:
    """What somebody chose, in bold."""
    chosen = [f"**{fit(escape(asked.choices[place]), _CHOICE)}**" for place in picks]
    return " → ".join(chosen)


# --- what came of it


def reveal_card(
    engine: Engine, answer: Answer, place: Place, result: Result, scores: Sequence[Score], hidden: Collection[int],
    *, next_at: datetime.datetime | None, last: bool,
) -> Card:  # fmt: skip
    """A question that is closed: what is right and why, how the group answered, who was right, the score."""
    asked = result.asked
    blocks = told_answer(engine, answer, place.head, asked, result.counts(), len(result.given))
    right = result.right()
    group = [f"{boards.names(right, hidden)} {'was' if len(right) == 1 else 'were'} right"] if right else []
    if not group:
        group = ["Nobody was right." if result.given else "Nobody answered."]
    shown, _ = boards.listed(scores, hidden)
    board = boards.short(shown)
    blocks += [Rule(), Text("\n".join(filter(None, [*group, board])))]
    done: list[Button] = []
    if not last:
        done.append(press(Verb.NEXT, "Next question", place.number, style="primary"))
    blocks.append(evidence_row(answer, asked, done))
    if not last:
        when = f"The next question comes {moment(next_at)}" if next_at else "Whoever started the quiz asks the next one"
        blocks.append(Text(f"-# {when}."))
    made = tuple(blocks)
    return Card(made, GREEN if right else GREY, held(made, {0: answer.query}))


def told_answer(
    engine: Engine, answer: Answer, head: str, asked: Asked, counts: Sequence[int] = (), given: int = 0
) -> list[Block]:  # fmt: skip
    """The question with its choices, the right one marked and how many chose each; the sentence, its date, sources."""
    text = [head, f"### {fit(escape(asked.text), _TEXT)}"]
    if asked.wanted.sort == ORDER:
        text += [f"**{n}.** {fit(escape(asked.choices[place]), _CHOICE)}" for n, place in enumerate(asked.right, 1)]
    else:
        for n, choice in enumerate(asked.choices):
            told = fit(escape(choice), _CHOICE)
            count = f"{_bar(counts[n], given)} " if given and n < len(counts) else ""
            text.append(f"{count}✅ **{told}**" if n in asked.right else f"{count}▫️ {told}")
    words = engine.composer.words
    said = [fit(escape(asked.back), _BACK), f"-# As of {words.date(asked.as_of)}"]
    blocks: list[Block] = [Text("\n".join(text)), Rule(), Text("\n".join(said))]
    if answer.sources:
        blocks.append(Text("\n".join(sources.brief(words, answer.sources, _SOURCES, 2))))
    return blocks


def _bar(count: int, of: int) -> str:
    """How many of how many, as a bar and a number: in a code span, so that bars stand below one another."""
    filled = round(BAR * count / of)
    return f"`{'█' * filled}{'░' * (BAR - filled)} {count:>{len(str(of))}}`"


def evidence_row(answer: Answer, asked: Asked, before: Sequence[Button] = ()) -> Row:
    """The sources, as under any answer, and a way to say that it is wrong."""
    made = list(before)
    if answer.sources and answer.query is not None:
        made.append(button(Kind.SOURCES, f"Sources ({len(answer.sources)})", answer.query))
    made.append(challenge(asked))
    return Row(tuple(made))


def challenge(asked: Asked) -> Button:
    """The button that reports an answer to the curators, with the fact it rests on."""
    return Button("Challenge this answer", write(Verb.CHALLENGE, 0, handle_of(asked)))


def handle_of(asked: Asked) -> str:
    """The question's key in a custom id: of a fact whose id is too long, a print of it."""
    from bot.discord_app.curating.ids import handle

    return f"{asked.kind}.{handle(asked.fact)}"


# --- before and after


def start_card(topic: str, count: int, told_pace: str, host: int, *, short: bool, alone: bool) -> Card:
    """That a quiz begins, and how it is played."""
    lines = [
        f"## 🧠 Quiz: {fit(escape(topic), _TOPIC)}",
        f"**{count}** question{'' if count == 1 else 's'} · {told_pace}",
    ]
    if alone:
        lines.append("Press a button, or type your answer.")
    else:
        lines.append(
            "Everybody can join: press a button. Until the time is up you may change your mind, and your last answer "
            "counts. A right answer is a point, however quick it was."
        )
        lines.append(f"🎓 {boards.mention(host)} started it, and can stop it with **/quiz stop**; so can moderators.")
    if short:
        lines.append("-# There is no more to ask about this.")
    return Card((Text("\n".join(lines)),), BLUE)


def final_card(
    topic: str, asked: int, scores: Sequence[Score], hidden: Collection[int], *, round_id: int | None, again: str,
    why: str = "",
) -> Card:  # fmt: skip
    """The board at the end, and what can be done next."""
    shown, others = boards.listed(scores, hidden)
    lines = [f"-# {asked} question{'' if asked == 1 else 's'} · {fit(escape(topic), _TOPIC)}", "## 🏁 The quiz is over"]
    if why:
        lines.append(f"{why}\n")
    lines += boards.lines(shown, asked) or ([] if others else ["Nobody answered."])
    if others:
        lines.append(f"-# and {others} who {'plays' if others == 1 else 'play'} without being listed")
    done: list[Button] = []
    if round_id is not None and any(score.points < score.answered for score in scores):
        done.append(press(Verb.MISSED, "Study what I missed", round_id, style="primary"))
    if again:
        done.append(Button("Play again", again))
    blocks: list[Block] = [Text("\n".join(lines))]
    blocks += [Row(tuple(done))] if done else []
    return Card(tuple(blocks), AMBER)


def again_id(topic: str, count: int, pace: str, *, strict: bool) -> str:
    """The custom id that starts another quiz like this one; empty where the topic does not fit into one."""
    try:
        return write(Verb.AGAIN, count, f"{pace}.{'s' if strict else 'l'}.{topic}")
    except ValueError:
        return ""
