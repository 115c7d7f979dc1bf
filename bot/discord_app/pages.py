"""Cards that answer no question: how to ask, who runs this, what is kept, and what is said when something is amiss."""

import secrets
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from bot.discord_app import limits
from bot.discord_app.custom_ids import Kind
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.parts import Card, Row, Rule, Text, button
from bot.discord_app.recent import FOLLOW_SECONDS, KEPT_ANSWERS
from bot.state.dailies import DAILY_DAYS
from bot.state.deck import REVIEW_DAYS
from bot.state.quizzes import ROUND_DAYS
from bot.state.store import ANSWER_DAYS, MISSED_DAYS

EXAMPLES = 5


def say(text: str) -> Card:
    """A card of one sentence, which is ours and not escaped."""
    return Card((Text(text),))


def wait_card(seconds: int) -> Card:
    """That somebody asks too fast."""
    return say(f"⏳ That was quick. Please try again in {max(seconds, 1)} s.")


def fault_id() -> str:
    """What ties a person's report of a fault to its line in the log."""
    return secrets.token_hex(4)


def fault_card(id_: str) -> Card:
    """That something failed here."""
    return say(f"⚠️ Something went wrong on my side. Please try again; if it stays so, report error `{id_}`.")


def hello_card(desk: Desk) -> Card:
    """What to do, for who mentions the bot and says nothing."""
    return Card(
        (
            Text("### Ask me a question in plain words"),
            Text(_examples(desk)),
            Text("-# Mention me with the question, use /ask, or /help for all I can do."),
        )
    )


def help_card(desk: Desk) -> Card:
    """How to ask, and every command."""
    commands = (
        "**/ask** · a question in plain words; only for you with `private`\n"
        "**/overview** · everything on file between two, as a timeline\n"
        "**/list** · who does, or does not, as a list or a text file\n"
        "**/compare** · who is on one list but not on another\n"
        "**/changes** · what changed lately\n"
        "**Check this claim** · in the menu of any message, under Apps: what it says against what is on file\n"
        "**/suggest** · propose a fact, or a change of one; a curator looks at it\n"
        "**/quiz** · a quiz from the facts, for everybody in a channel: start, stop, score, season\n"
        "**/study** · cards of your own, private: what is due, decks, progress, reminders, files for Anki\n"
        "**/brief** · one page about a subject to take along, as Markdown and PDF\n"
        "**/about**, **/privacy** · who runs this, and what is kept about you\n"
        "**/channel**, **/server** · for moderators: where I speak, what may be kept, and what is told\n"
        "**/daily** · for moderators: one question a day in a channel\n"
        "**/fact**, **/review**, **/gaps**, **/stale**, **/kb**, **/curators** · for curators and who runs me"
    )
    reading = (
        "✅ **Yes**, ❌ **No** · on the day asked about; a no is never guessed from silence\n"
        "⚖️ **Disputed** · both sides are named\n"
        "📭 **No record** · understood, but nothing sourced is on file; it does not mean no\n"
        "❔ **Please choose** · your words can be read in more than one way\n"
        "💬 **Not understood** · opinions, the future and small talk are not for me"
    )
    follow = f"A short follow-up within {FOLLOW_SECONDS // 60} minutes changes your last question here: *since when?* "
    follow += "*and in 2005?* *the other way round?*"
    blocks: list[Text | Rule | Row] = [Text("### How to ask"), Text(_examples(desk)), Text(follow), Rule()]
    blocks += [Text(commands), Rule(), Text(reading)]
    return Card(tuple(blocks))


def about_card(desk: Desk) -> Card:
    """What this is, how much it knows, and who runs it."""
    kb = desk.engine.kb
    facts = kb.facts()
    newest = max((fact.as_of for fact in facts), default="")
    sources = len({source for fact in facts for source in fact.sources})
    newest = f" The newest source cited is of {desk.engine.composer.words.date(newest)}." if newest else ""
    told = (
        "I answer questions with sourced, dated facts, or say honestly that I have none. Nothing is generated: every "
        "sentence was written by a person, or fills a template that a person wrote."
    )
    lines = [
        "### About Attaché",
        told,
        f"**{len(facts):,}** facts about **{len(kb.entities):,}** subjects, from **{sources:,}** sources.{newest}",
        "Found a mistake? Use **Report a mistake** under the answer, or **/suggest**: a curator looks at it.",
    ]
    contact = desk.settings.operator_contact.strip()
    if contact:
        lines.append(f"This bot is run by {limits.fit(escape(contact), 300)}.")
    lines.append(f"-# Attaché {version('attache')} · free software under the MIT licence")
    return Card((Text("\n\n".join(lines)),))


_KEPT = {
    "answers": "Answers of mine whose buttons need your question kept with them",
    "proposals": "Reports of mistakes and proposals that you made",
    "channel_modes": "Switches of channels that you set",
    "opt_ins": "Switches of servers that you set",
    "fact_changes": "Changes of the facts that you made",
    "decisions": "Proposals that you decided on",
    "skips": "Proposals that you skipped today",
    "curators": "Entries in the list of curators, of you or by you",
    "hidden_gaps": "Questions that you put aside",
    "notice_channels": "Channels for notices that you set",
    "kept_drafts": "Drafts that you have begun",
    "quiz_answers": "Answers of yours in quizzes that are running",
    "quiz_scores": "Quizzes in which you reached something",
    "quiz_misses": "Questions that you missed in quizzes",
    "quiz_opt_outs": "Servers in whose leaderboards you are not listed",
    "quizzes": "Quizzes that you started and that are running",
    "daily_answers": "Answers of yours to questions of the day",
    "daily_streaks": "Streaks of yours with questions of the day",
    "dailies": "Channels for a question of the day that you set",
    "study_cards": "Cards that you learn, with when they come again",
    "study_reviews": "Grades that you gave them",
    "study_decks": "Decks of your own",
    "study_reminders": "Reminders that you asked for",
    "mentions": "Places where others wrote your id",
}


def privacy_card(desk: Desk, about: Mapping[str, Sequence[Any]]) -> Card:
    """What is kept in general, what is kept about the person who asks, and what can be done about it."""
    general = (
        "### What is kept\n"
        f"- Your last question in a channel, in memory alone, for {FOLLOW_SECONDS // 60} minutes, so that a follow-up "
        "works.\n"
        f"- How I read the questions behind my newest {KEPT_ANSWERS} answers, in memory alone, so that I can say why.\n"
        "- How often each question was asked, without who asked it.\n"
        f"- With some long answers, who asked and what, for {ANSWER_DAYS} days, so that their buttons work.\n"
        f"- Words of questions that I did not understand, without who asked, for {MISSED_DAYS} days, and only where a "
        "server's moderators allow it.\n"
        "- Reports of mistakes and proposals, with who made them and where, until you ask me to forget you.\n"
        "- Who set a switch of a channel or server.\n"
        f"- What you answer in a quiz while it runs; then points and what you missed, for {ROUND_DAYS} days.\n"
        f"- Your answers to questions of the day, for {DAILY_DAYS} days, and your streak.\n"
        "- Of who learns: cards, decks and a reminder, until you ask me to forget you; single grades for "
        f"{REVIEW_DAYS} days.\n"
        "- Of curators: who they are, what they changed or decided, and drafts that they have begun. The display name "
        "under which a fact was changed is public and stays; the id goes with the rest.\n"
        "Your id also stands in the Delete button of answers to you; delete the message, and it is gone. Messages that "
        "are not for me are not kept."
    )
    held = [f"- {_KEPT.get(name, escape(name))}: {len(rows)}" for name, rows in about.items() if rows]
    told = "\n".join(["### About you", *(held or ["Nothing is stored about you."])])
    contact = desk.settings.operator_contact.strip()
    blocks: list[Text | Rule | Row] = [Text(general), Rule(), Text(told)]
    if contact:
        blocks.append(Text(f"-# This bot is run by {limits.fit(escape(contact), 300)}."))
    export = button(Kind.EXPORT, "Give me a copy")
    forget = button(Kind.FORGET, "Forget me", style="danger")
    return Card((*blocks, Row((export, forget))))


def forget_card() -> Card:
    """What forgetting does, before it is done."""
    text = (
        "### Forget you?\nWhat is stored about you is deleted for good. Reports of mistakes stay without your name and "
        "words; switches that you set stay set. So does the name under which you changed a fact, in its public history."
    )
    return Card((Text(text), Row((button(Kind.FORGET_SURELY, "Yes, forget me", style="danger"),))))


def forgotten_card(rows: int) -> Card:
    """That it was done."""
    return say(f"🧹 Done. {rows} entr{'y' if rows == 1 else 'ies'} with your id changed or deleted; none is left.")


def _examples(desk: Desk) -> str:
    """Questions that can be asked, from what is on file."""
    asked = desk.completer.complete("", EXAMPLES)
    return "\n".join(f"- *{escape(question)}*" for question in asked)
