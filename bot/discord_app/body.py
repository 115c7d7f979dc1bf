"""The body of an answer as pages of Discord markdown: a sentence, a list of names, or a dated list.

Comes in: an Answer. Goes out: the verdict's own word, and at least one page. Nothing is left out: what does not fit on
a page stands on the next.
"""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.answers.words import joined
from bot.discord_app.escape import escape
from bot.discord_app.limits import paged, size, split
from bot.knowledge.base import KnowledgeBase

BUDGET = 1400  # characters of one page; `card` shares out the rest of a message's
LINES = 10  # dated lines on a page: a card should not fill a screen
NAMES = 40  # names on a page
FEW = 8  # up to so many names a sentence reads better than a list

BULLET = "• "
SEPARATOR = " · "


def body(kb: KnowledgeBase, answer: Answer, text: str) -> list[str]:
    """The pages of an answer's text (given without what stands in the headline)."""
    names = named(kb, answer)
    listed = _listed(kb, text, names) if len(names) > FEW else None
    if listed:
        before, after = listed
        return _names(kb, before, names, after)
    head, *items = text.split("\n")
    if not items:
        return ["\n".join(page) for page in paged([escape(head) or "…"], BUDGET)]
    lines = [escape(head), *(dated(item.removeprefix(BULLET)) for item in items)]
    return ["\n".join(page) for page in paged([line for line in lines if line], BUDGET, LINES)]


def dated(line: str) -> str:
    """ "May 1992: relations" as a list item with the date in bold."""
    date, colon, said = line.partition(": ")
    if not colon or len(date) > 60 or not any(character.isdigit() for character in date):
        return f"- {escape(line)}" if line.strip() else ""
    return f"- **{escape(date[:1].upper() + date[1:])}** · {escape(said)}"


def named(kb: KnowledgeBase, answer: Answer) -> tuple[str, ...]:
    """The entities that an answer lists, if it lists any."""
    value = answer.value
    if not isinstance(value, tuple) or not all(isinstance(id_, str) and id_ in kb.entities for id_ in value):
        return ()
    return value


def _listed(kb: KnowledgeBase, text: str, names: Sequence[str]) -> tuple[str, str] | None:
    """What a sentence says before and after its list of names; None where the list does not stand in it."""
    labels = [kb.entities[id_].label for id_ in names]
    whole = joined(labels)
    if whole in text:
        before, _, after = text.partition(whole)
        return before, after.lstrip(". ")
    start = text.find(", ".join(labels[:FEW]))
    end = text.find(f" … (+{len(labels) - _shown(text, labels)})", start)
    if start < 0 or end < 0:
        return None
    return text[:start], text[end:].partition(")")[2].lstrip(". ")


def _shown(text: str, labels: Sequence[str]) -> int:
    """How many names the sentence gives before it says how many more there are."""
    shown = 0
    while shown < len(labels) and ", ".join(labels[: shown + 1]) in text:
        shown += 1
    return shown


def _names(kb: KnowledgeBase, before: str, names: Sequence[str], after: str) -> list[str]:
    """Pages of names, each between the sentence that announces them and what is said of the list."""
    entities = [kb.entities[id_] for id_ in names]
    # A flag and its name stay in one row.
    told = [f"{entity.flag} {escape(entity.name)}".strip().replace(" ", "\u00a0") for entity in entities]
    above, below = (split(escape(text.strip()), BUDGET // 3) for text in (before, after))
    frame = max(size("\n".join((*above[-1:], "", *below[:1]))), 1)
    joints = (len(SEPARATOR) - 1) * NAMES
    pages = [SEPARATOR.join(page) for page in paged(told, BUDGET - frame - joints, NAMES)]
    framed = ["\n".join((*above[-1:], page, *below[:1])) for page in pages]
    return [*above[:-1], *framed, *below[1:]]
