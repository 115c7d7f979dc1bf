"""Teaches a way to ask: a question that was not understood becomes a line of an intent.

Comes in: the engine that serves, the question as somebody typed it, an intent. Goes out: the line, what it would read,
and what it would read. Must not know: how often it was asked, and who saves it.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answers.answer import Suggestion
from bot.curation.desk import Curation
from bot.curation.drafts import WordingDraft
from bot.curation.outcomes import Outcome, Preview, Refused
from bot.curation.wordings import ORDER, places_of, row_of, who_of
from bot.engine import Engine
from bot.knowledge.problems import Problem
from bot.questions.intents import Intent
from bot.questions.lattice import Mention
from bot.questions.likeness import line_of, mask, mentions, rank
from bot.questions.query import Query

MOST_ALSO = 20  # other questions that are shown
_EXAMPLES = 3  # of each intent, to compare with
_RULE = re.compile(r"<[a-z0-9_]+>")


@dataclass(frozen=True, slots=True)
class Choice:
    """An intent to which a question may be taught: its relation's title, and how the question would then be read."""

    intent: str
    title: str
    question: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Teaching:
    """A line as it would be. `reads` is how the question would be read with it, empty if it would not.

    `also` are other questions, so far not understood, that would be read by it too.
    """

    preview: Preview
    reads: str
    also: tuple[str, ...]


def choices(engine: Engine, text: str, options: Sequence[Suggestion], today: datetime.date) -> list[Choice]:
    """The intents that could read a text by the names in it.

    Those that were offered come first, then the plain way of each relation to ask in each form, then the special ones;
    among these the likest first.
    """
    named = mentions(engine.reader, text, today)
    fitting = {}
    for intent in engine.reader.intents.by_id.values():
        places = places_of(engine, intent, len(named))
        turns = [turned for turned in (False, True) if places and _fit(engine, intent, _turn(places, turned), named)]
        if turns:
            fitting[intent.id] = turns[0]
    known = {id_: [mask(engine.reader, example["q"], 1, today) for example in _own(engine, id_)] for id_ in fitting}
    offered = [option.query.rule for option in options if option.query.rule in fitting]
    likest = rank(mask(engine.reader, text, 1, today), known)
    plain: dict[tuple[str, str], str] = {}
    for intent in engine.reader.intents.by_id.values():
        if intent.plain and not intent.fixed and intent.id in fitting:
            plain.setdefault((intent.relation, intent.form), intent.id)
    first = {*plain.values()}
    ranked = dict.fromkeys((*offered, *(i for i in likest if i in first), *likest))
    found = []
    for id_ in ranked:
        intent = engine.reader.intents.by_id[id_]
        query = _query(engine, intent, named, turned=fitting[id_])
        title = engine.kb.relations[intent.relation].title
        found.append(Choice(id_, title, engine.composer.words.question(query), fitting[id_]))
    return [choice for choice in found if choice.question]


def wording(
    engine: Engine, text: str, intent: str, reason: str, today: datetime.date, *, turned: bool = False
) -> WordingDraft | Refused:
    """A line for an intent, made of a question by masking its names."""
    known = engine.reader.intents.by_id.get(intent)
    if known is None:
        return _refused(f"there is no intent '{intent}'", "choose one")
    named = mentions(engine.reader, text, today)
    places = places_of(engine, known, len(named))
    if not places:
        wanted = " and ".join(sorted(known.bound, key=ORDER.index)) or "nobody"
        return _refused(f"the question names {len(named)}, and this way to ask names {wanted}", "choose another")
    used = Counter(rule for said in _lines(engine, intent) for rule in _RULE.findall(said))
    rules = [rule for rule, _ in used.most_common()]
    values = [name for name in engine.kb.relations[known.relation].narrows if name not in known.fixed]
    line = line_of(engine.reader, text, _turn(places, turned), rules, values, today)
    if not re.sub(r"\{[^}]*\}", "", line).strip():
        return _refused("without its names nothing is left of the question", "choose another question")
    return WordingDraft(intent, line, reason, question=text)


def tried(curation: Curation, draft: WordingDraft, others: Sequence[str], today: datetime.date) -> Teaching | Outcome:
    """What would come of a line. Takes seconds: the language is compiled anew, and every example is asked."""
    before, seen = curation.live.engine, curation.preview(draft)
    if not isinstance(seen, Preview):
        return seen
    after = seen.engine
    if after is None:
        return Teaching(seen, "", ())
    query = after.read(draft.question, (), today).query
    line = " ".join(draft.line.split())
    also = [
        other for other in others
        if other != draft.question and after.read(other, (), today).line == line
        and before.read(other, (), today).line != line
    ]  # fmt: skip
    return Teaching(seen, after.composer.words.question(query) if query is not None else "", tuple(also[:MOST_ALSO]))


def _turn(places: Sequence[str], turned: bool) -> list[str]:
    return list(reversed(places)) if turned else list(places)


def _fit(engine: Engine, intent: Intent, places: Sequence[str], named: Sequence[Mention]) -> bool:
    """Whether each name may stand in its place, by its kind or by that of whom it stands for."""
    return all(who_of(engine, intent, place, mention) for place, mention in zip(places, named, strict=True))


def _query(engine: Engine, intent: Intent, named: Sequence[Mention], *, turned: bool) -> Query:
    """The query that an intent would make of some names."""
    held: dict[str, Any] = {}
    for place, mention in zip(_turn(places_of(engine, intent, len(named)), turned), named, strict=True):
        held[place] = (*held.get(place, ()), who_of(engine, intent, place, mention))
    query = Query(
        intent.relation, intent.form, held.get("subject"), held.get("object"), dict(intent.fixed),
        negated=intent.negated, detail=intent.detail, date=intent.date, change=intent.change, pick=intent.pick,
        minus=held.get("minus"), rule=intent.id,
    )  # fmt: skip
    return replace(query, among=held.get("among", (None,))[0], named=held.get("named", (None,))[0])


def _own(engine: Engine, intent: str) -> list[Any]:
    return list(row_of(engine, intent)["intents"][intent].get("examples", ()))[:_EXAMPLES]


def _lines(engine: Engine, intent: str) -> Iterator[str]:
    """The lines of an intent, and the clauses that its file shares."""
    row = row_of(engine, intent)
    own = row["intents"][intent]
    for section in ("say", "claims"):
        yield from own.get(section, ())
    said = " ".join(own.get("say", ()))
    for name, lines in row.get("clauses", {}).items():
        if f"&{name}" in said:
            yield from lines


def _refused(message: str, hint: str) -> Refused:
    return Refused((Problem("draft", 1, message, hint),))
