"""Teaches a way to ask: a question that was not understood becomes a line of an intent.

Comes in: the engine that serves, the question as somebody typed it, an intent. Goes out: the line, what it would read,
and what it would spoil. Must not know: how often it was asked, and who saves it.
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
from bot.engine import Engine
from bot.knowledge.problems import Problem
from bot.questions.intents import Intent
from bot.questions.lattice import Mention
from bot.questions.likeness import line_of, mask, mentions, rank
from bot.questions.query import Query
from bot.questions.spoken import sentences_for

MOST_ALSO = 20  # other questions that are shown
MOST_STOLEN = 3
_EXAMPLES = 3  # of each intent, to compare with
_ORDER = ("subject", "object", "among", "minus", "named")
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
    """A line as it would be. `reads` is how the question would be read by it, empty if it would not.

    `also` are other questions, so far not understood, that would be read by it too. `problems` are those that forbid
    it, or should make one think.
    """

    draft: WordingDraft
    preview: Preview
    reads: str
    also: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether it may be saved."""
        return not any(problem.severity == "error" for problem in self.problems)


def choices(engine: Engine, text: str, options: Sequence[Suggestion], today: datetime.date) -> list[Choice]:
    """The intents that could read a text by the names in it.

    Those that were offered come first, then the plain way of each relation to ask in each form, then the special ones;
    among these the likest first.
    """
    named = mentions(engine.reader, text, today)
    fitting = {}
    for intent in engine.reader.intents.by_id.values():
        places = _places(engine, intent, len(named))
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
    places = _places(engine, known, len(named))
    if not places:
        wanted = " and ".join(sorted(known.bound, key=_ORDER.index)) or "nobody"
        return _refused(f"the question names {len(named)}, and this way to ask names {wanted}", "choose another")
    used = Counter(rule for said in _lines(engine, intent) for rule in _RULE.findall(said))
    rules = [rule for rule, _ in used.most_common()]
    values = [name for name in engine.kb.relations[known.relation].narrows if name not in known.fixed]
    line = line_of(engine.reader, text, _turn(places, turned), rules, values, today)
    if not re.sub(r"\{[^}]*\}", "", line).strip():
        return _refused("without its names nothing is left of the question", "choose another question")
    return WordingDraft(intent, line, reason)


def tried(
    curation: Curation, draft: WordingDraft, text: str, others: Sequence[str], today: datetime.date
) -> Teaching | Outcome:
    """What would come of a line. Takes seconds: the language is compiled anew, and every example is asked."""
    before = curation.live.engine
    seen = curation.preview(draft)
    if not isinstance(seen, Preview):
        return seen
    made = draft if not isinstance(seen.draft, WordingDraft) else seen.draft
    if seen.engine is None:
        return Teaching(made, seen, "", (), seen.problems)
    reading = seen.engine.read(text, (), today)
    reads = seen.engine.composer.words.question(reading.query) if reading.query is not None else ""
    problems = list(seen.problems)
    if reading.query is None or reading.query.rule != draft.intent:
        told = f"the line does not read '{text[:200]}'" + (f", which reads '{reads}'" if reads else "")
        problems.append(Problem(seen.path, 1, told, "mend the line, or choose another way to ask"))
    problems += _stolen(before, seen.engine, made, text, seen.path, today)
    also = [
        other for other in others
        if other != text and seen.engine.read(other, (), today).line == made.line
        and before.read(other, (), today).line != made.line
    ]  # fmt: skip
    return Teaching(made, seen, reads, tuple(also[:MOST_ALSO]), tuple(problems))


def _stolen(
    before: Engine, after: Engine, draft: WordingDraft, text: str, path: str, today: datetime.date
) -> Iterator[Problem]:
    """The first few sentences of a line that meant something else without it."""
    intent = after.reader.intents.by_id[draft.intent]
    named = mentions(before.reader, text, today)
    names: dict[str, str] = {}
    for place, mention in zip(_places(before, intent, len(named)), named, strict=False):
        who = _who(before, intent, place, mention)
        names |= {place: before.kb.entities[who].name} if who else {}
    for place in _ORDER:  # a line may name somebody whom the question does not
        fitting = (e.name for e in before.kb.entities.values() if e.kind in intent.kinds[place])
        names.setdefault(place, next((name for name in fitting if name not in names.values()), ""))
    told = 0
    for sentence in sentences_for(after.kb, _row(after, draft.intent), draft.line, names):
        one, two = before.read(sentence, (), today).query, after.read(sentence, (), today).query
        if one is not None and told < MOST_STOLEN and (two is None or two.key() != one.key()):
            told += 1
            meant = before.composer.words.question(one)
            yield Problem(path, 1, f"'{sentence}' means '{meant}' so far, and would not any more", "narrow the line")


def _places(engine: Engine, intent: Intent, names: int) -> list[str]:
    """The places of an intent's line in order, as many as names; empty where that does not fit."""
    places = sorted(intent.bound, key=_ORDER.index)
    several = engine.kb.relations[intent.relation].several
    if several in places and names == len(places) + 1:
        places.insert(places.index(several), several)
    return places if len(places) == names else []


def _turn(places: Sequence[str], turned: bool) -> list[str]:
    return list(reversed(places)) if turned else list(places)


def _fit(engine: Engine, intent: Intent, places: Sequence[str], named: Sequence[Mention]) -> bool:
    """Whether each name may stand in its place, by its kind or by that of whom it stands for."""
    return all(_who(engine, intent, place, mention) for place, mention in zip(places, named, strict=True))


def _who(engine: Engine, intent: Intent, place: str, mention: Mention) -> str:
    """Whom a name means in a place; empty where it fits in nobody's."""
    for entity in mention.entities:
        for who in filter(None, (entity, engine.kb.entities[entity].stands_for)):
            if engine.kb.entities[who].kind in intent.kinds[place]:
                return who
    return ""


def _query(engine: Engine, intent: Intent, named: Sequence[Mention], *, turned: bool) -> Query:
    """The query that an intent would make of some names."""
    held: dict[str, Any] = {}
    for place, mention in zip(_turn(_places(engine, intent, len(named)), turned), named, strict=True):
        held[place] = (*held.get(place, ()), _who(engine, intent, place, mention))
    query = Query(
        intent.relation, intent.form, held.get("subject"), held.get("object"), dict(intent.fixed),
        negated=intent.negated, detail=intent.detail, date=intent.date, change=intent.change, pick=intent.pick,
        minus=held.get("minus"), rule=intent.id,
    )  # fmt: skip
    return replace(query, among=held.get("among", (None,))[0], named=held.get("named", (None,))[0])


def _row(engine: Engine, intent: str) -> Any:
    return next(row for row in engine.kb.intents if intent in row["intents"])


def _own(engine: Engine, intent: str) -> list[Any]:
    return list(_row(engine, intent)["intents"][intent].get("examples", ()))[:_EXAMPLES]


def _lines(engine: Engine, intent: str) -> Iterator[str]:
    """The lines of an intent, and the clauses that its file shares."""
    row = _row(engine, intent)
    own = row["intents"][intent]
    for section in ("say", "claims"):
        yield from own.get(section, ())
    said = " ".join(own.get("say", ()))
    for name, lines in row.get("clauses", {}).items():
        if f"&{name}" in said:
            yield from lines


def _refused(message: str, hint: str) -> Refused:
    return Refused((Problem("draft", 1, message, hint),))
