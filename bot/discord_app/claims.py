"""A message checked: its claims read as questions, one by one, and what is on file set beside each.

Comes in: the text of somebody's message. Goes out: one card for who wants it checked. A sentence that cannot be read as
a claim is passed over: opinions, questions and small talk are no fault of the message.
"""

import time

from bot.answers.answer import Answer
from bot.answers.words import verdict_apart
from bot.discord_app import asking
from bot.discord_app.asking import Asker, Given
from bot.discord_app.card import claim_line
from bot.discord_app.custom_ids import Kind
from bot.discord_app.desk import Desk
from bot.discord_app.escape import blockquote, escape
from bot.discord_app.limits import fit
from bot.discord_app.parts import Card, Row, Rule, Text, button, held
from bot.engine import Engine

CLAIMS = 5
_QUOTED, _SAID = 200, 330  # characters; five of each stay below what a message may hold


async def check(desk: Desk, asker: Asker, text: str) -> tuple[Card, list[Given]]:
    """The card for a message, and what it rests on: one answer in full, or up to CLAIMS in short with a button each.

    What nobody could read as a claim is not noted: somebody else wrote it, and asked nothing.
    """
    started = time.perf_counter()
    engine = desk.engine
    found = engine.check(text, desk.today(), CLAIMS)
    given = [
        await asking.give(desk, asker, engine, answer, by="claim", started=started, quoted=quoted)
        for quoted, answer in found
    ]
    if not given:
        return _nothing(text), given
    return (given[0].card if len(given) == 1 else claims_card(engine, found)), given


def _nothing(text: str) -> Card:
    shown = f"-# The message says\n{blockquote(text, _QUOTED)}\n" if text.strip() else ""
    told = "I find no claim in it that the facts on file could check. I look at plain statements, one a sentence."
    return Card((Text(f"{shown}### 💬 Nothing to check\n{told}"),))


def claims_card(engine: Engine, found: list[tuple[str, Answer]]) -> Card:
    """Several claims, each with what is on file."""
    blocks: list[Text | Rule | Row] = [Text(f"### 🔎 {len(found)} claims in this message")]
    for number, (quoted, answer) in enumerate(found, 1):
        said = fit(escape(verdict_apart(answer.text)[1] if answer.verdict else answer.text), _SAID)
        lines = [blockquote(quoted, _QUOTED), f"**{claim_line(engine, answer)}** · {said}"]
        if answer.as_of:
            lines.append(f"-# As of {engine.composer.words.date(answer.as_of)}")
        blocks += [Rule(), Text("\n".join(lines))]
        blocks.append(Row((button(Kind.OPEN, "Sources and more", answer.query, number=number),)))
    queries = {number: answer.query for number, (_, answer) in enumerate(found, 1)}
    return Card(tuple(blocks), None, held(blocks, queries))
