"""The card of an answer.

Comes in: an Answer, and the engine that gave it. Goes out: a Card inside all of Discord's limits. Must not know: how
the question came, who may press what, and how discord.py sends it.
"""

from bot.answers.answer import Answer
from bot.answers.words import verdict_apart
from bot.discord_app import limits, sources
from bot.discord_app.body import body, named
from bot.discord_app.custom_ids import Kind
from bot.discord_app.escape import blockquote, escape
from bot.discord_app.parts import Card, Row, Rule, Text, button, held, turner
from bot.engine import Engine
from bot.questions.query import Query
from bot.small_print import agrees, marked, period
from bot.study.phrases import Phrases

SOURCES_SHOWN = 3
LISTED = 3  # from so many names on a list can be had as a file
STUDIED = 3  # from so many facts on an answer makes a deck to learn

# Characters for each part; with the body's page they make less than a message may hold.
_QUOTED, _READING, _HEADLINE, _DATES, _CAVEATS, _OFFERED, _SOURCES, _NOTED = 250, 200, 160, 200, 350, 300, 900, 100

GREEN, RED, AMBER, BLUE, GREY = 0x3BA55D, 0xED4245, 0xF0A020, 0x5865F2, 0x80848E

_VERDICTS = {"yes": ("✅", GREEN), "no": ("❌", RED), "disputed": ("⚖️", AMBER)}
_FORMS = {"which": "📋", "how_many": "🔢", "when": "📅", "why": "💡", "what": "📖"}
_STATUSES = {
    "clarify": ("❔", "Please choose", AMBER), "no_record": ("📭", "No record", GREY),
    "not_understood": ("💬", "Not understood", GREY),
}  # fmt: skip


def answer_card(
    engine: Engine,
    answer: Answer,
    *,
    page: int = 1,
    asker: int | None = None,
    quoted: str = "",
    words_kept: bool = False,
) -> Card:
    """The card of an answer.

    `page` is taken into the range there is. `asker` is who may delete it; None for a private answer, which has no such
    button. `quoted` is the message that was checked. `words_kept` says whether the words of a question that was not
    understood were kept for the curators; that there was one is noted anyhow.
    """
    kb = engine.kb
    headline, rest, accent = _headline(engine, answer, claimed=bool(quoted.strip()))
    pages = body(kb, answer, rest)
    page = min(max(page, 1), len(pages))
    above = _above(engine, answer, headline, quoted)
    blocks: list[Text | Rule | Row] = [Text("\n".join([*above, pages[page - 1]])), *_dates(engine, answer, headline)]
    if answer.caveats:
        blocks.append(Text(limits.fit("\n".join(f"⚠️ {escape(caveat)}" for caveat in answer.caveats), _CAVEATS)))
    turn = turner(Kind.PAGE, answer.query, page, len(pages))
    if turn and len(named(kb, answer)) > 0:
        file = button(Kind.FILE, "As a text file", answer.query)
        turn = [Row((*turn[0].buttons, file))]
    blocks += [*turn, *_offered(answer, words_kept)]
    if answer.sources:
        lines = sources.brief(engine.composer.words, answer.sources, _SOURCES, SOURCES_SHOWN)
        blocks += [Rule(), Text("\n".join(["-# **Sources**", *lines]))]
    listed = not turn and len(named(kb, answer)) >= LISTED
    studied = len(answer.facts) >= STUDIED and answer.status == "answered" and Phrases(kb).there
    blocks += [Rule(), *_buttons(answer, asker, listed=listed, studied=studied)]
    queries = {0: answer.query, **{number: s.query for number, s in enumerate(answer.suggestions[:3], 1)}}
    return Card(tuple(blocks), accent, held(blocks, queries))


def _headline(engine: Engine, answer: Answer, *, claimed: bool = False) -> tuple[str, str, int]:
    """The headline, what is left of the text, and the colour. The headline says in words what the colour says."""
    compared = _compared(answer) if claimed else None
    if compared:
        icon, told, accent = compared
        return f"{icon} {told}", verdict_apart(answer.text)[1], accent
    if answer.status != "answered":
        icon, told, accent = _STATUSES[answer.status]
        if answer.reason == "small_talk":
            told = "Nothing asked"
        if answer.status == "no_record" and answer.sources:
            told = "Only partly on file"
        reason, stop, asked = answer.text.rpartition(". ")
        if answer.status == "clarify" and stop and asked.endswith("?"):  # "… in more than one way. Which one?"
            return f"{icon} {escape(asked)}", f"{reason}.", accent
        return f"{icon} {told}", answer.text, accent
    icon, accent = _VERDICTS.get(marked(engine, answer), ("", BLUE))
    word, rest = verdict_apart(answer.text)
    if icon and word:
        return f"{icon} {escape(word)}", rest, accent
    form = answer.query.form if answer.query else ""
    if icon and form == "whether":
        return f"{icon} {_verdict(engine, answer)}", answer.text, accent
    symbol = _FORMS.get(form, "📖")
    value = answer.value
    if form == "when" and isinstance(value, str):
        return f"{symbol} {escape(engine.composer.words.date(value))}", answer.text, accent
    counted = isinstance(value, (int, float)) and not isinstance(value, bool)
    if form == "how_many" and counted and answer.query and not answer.query.detail:
        return f"{symbol} {value:,}", answer.text, accent
    return f"{symbol} {escape(answer.reading or answer.question)}", answer.text, accent


def _above(engine: Engine, answer: Answer, headline: str, quoted: str) -> list[str]:
    """What stands above the body: the message that is checked, the question as it was read, the headline."""
    lines = ["-# The message says", blockquote(quoted, _QUOTED - 20)] if quoted.strip() else []
    asked = escape(answer.reading) or (f"“{escape(answer.question)}”" if answer.question.strip() else "")
    flags = _flags(engine, answer.query) if answer.reading else ""
    if asked and headline.endswith(asked):
        return [*lines, limits.fit(f"### {flags or headline[: -len(asked)]}{asked}", _HEADLINE)]
    if asked:
        lines.append(limits.fit(f"-# {flags}{asked}", _READING))
    return [*lines, limits.fit(f"## {headline}", _HEADLINE)]


def _flags(engine: Engine, query: Query | None) -> str:
    """The flags of up to two participants, each followed by a space."""
    who = dict.fromkeys(query.participants() if query else ())
    flags = [engine.kb.entities[id_].flag for id_ in who if id_ in engine.kb.entities]
    return "".join(f"{flag} " for flag in flags if flag) if len(who) <= 2 else ""


def _compared(answer: Answer) -> tuple[str, str, int] | None:
    """How a claim compares with what is on file."""
    same = agrees(answer)
    if same is None:
        return None
    return ("✅", "On file: the same", GREEN) if same else ("❌", "On file: otherwise", RED)


def claim_line(engine: Engine, answer: Answer) -> str:
    """What came of a claim in an icon and a few words."""
    compared = _compared(answer)
    if compared:
        return f"{compared[0]} {compared[1]}"
    if answer.status != "answered":
        icon, told, _ = _STATUSES[answer.status]
        return f"{icon} {told}"
    icon, _ = _VERDICTS.get(marked(engine, answer), ("📖", BLUE))
    return f"{icon} {_verdict(engine, answer)}" if marked(engine, answer) else f"{icon} On file"


def _verdict(engine: Engine, answer: Answer) -> str:
    verdict = answer.verdict or ""
    return escape(engine.kb.shared["verdicts"].get(verdict, verdict))


def _dates(engine: Engine, answer: Answer, headline: str) -> list[Text | Rule | Row]:
    """Small print: the verdict where nothing above says it, since when, until when, as of when."""
    words, told = engine.composer.words, []
    icon = _VERDICTS.get(marked(engine, answer), ("", BLUE))[0]
    if icon and not headline.startswith(icon) and not verdict_apart(answer.text)[0]:
        told.append(f"{icon} {_verdict(engine, answer)}")
    if len(answer.facts) == 1 and answer.query is not None and answer.query.form not in ("which", "how_many"):
        told += period(engine, answer, engine.kb.fact(answer.facts[0]), answer.query)
    if answer.as_of:
        told.append(f"as of {words.date(answer.as_of)}")
    text = " · ".join(told)
    return [Text(limits.fit(f"-# {text[:1].upper()}{text[1:]}", _DATES))] if text else []


def _offered(answer: Answer, words_kept: bool) -> list[Text | Rule | Row]:
    """Questions to choose from, one button each; in full above them where a button cuts one."""
    blocks: list[Text | Rule | Row] = []
    offered = answer.suggestions[:3]
    lines = []
    if offered and answer.status != "clarify":
        lines.append("**Did you mean**")
    if any(limits.size(s.text) > limits.BUTTON_LABEL for s in offered):
        room = (_OFFERED - 20) // len(offered) - 10
        lines += [f"**{number}.** {limits.fit(escape(s.text), room)}" for number, s in enumerate(offered, 1)]
    if lines:
        blocks.append(Text("\n".join(lines)))
    for number, suggestion in enumerate(offered, 1):
        label = suggestion.text if len(offered) == 1 else f"{number}. {suggestion.text}"
        blocks.append(Row((button(Kind.PICK, label, suggestion.query, number=number, style="primary"),)))
    if answer.status == "no_record" or (answer.status == "not_understood" and words_kept):
        blocks.append(Text("-# 📝 Noted, so that curators see what is asked for and missing."))
    elif answer.status == "not_understood" and answer.reason != "small_talk":
        blocks.append(Text("-# 📝 Noted as not understood; your words are not kept."))
    return blocks


def _buttons(answer: Answer, asker: int | None, *, listed: bool, studied: bool) -> list[Row]:
    """What can be done with an answer: only what leads somewhere. Evidence first, then what to do about it."""
    query = answer.query
    shown, done = [], []
    if answer.sources:
        shown.append(button(Kind.SOURCES, f"Sources ({len(answer.sources)})", query))
    if answer.facts:
        shown.append(button(Kind.HISTORY, "History", query))
    if query and answer.status != "clarify":
        shown.append(button(Kind.WHY, "Why this answer", query))
        done.append(button(Kind.FOLLOW, "Ask a follow-up", query))
    elif answer.status == "not_understood":
        done.append(button(Kind.FOLLOW, "Ask another way"))
    if answer.sources:
        shown.append(button(Kind.CITATION, "Copy citation", query))
    if listed:
        shown.append(button(Kind.FILE, "As a text file", query))
    if studied:
        done.append(button(Kind.STUDY, "Study these", query))
    done.append(button(Kind.REPORT, "Report a mistake", query))
    if asker is not None:
        done.append(button(Kind.DELETE, "Delete", number=asker))
    return [Row(tuple(shown)), Row(tuple(done))] if len(shown) > 1 else [Row((*shown, *done))]
