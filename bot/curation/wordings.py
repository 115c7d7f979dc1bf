"""What a line of an intent does to what is asked: whether it reads the question it was made for, and what it spoils.

Comes in: the engine without the line and the one with it. Goes out: problems. Must not know: who teaches it, and where
it is saved.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from bot.curation.drafts import WordingDraft
from bot.engine import Engine
from bot.knowledge.problems import Problem
from bot.questions.intents import Intent
from bot.questions.lattice import Mention
from bot.questions.likeness import mentions
from bot.questions.spoken import sentences_for

MOST_STOLEN = 3
ORDER = ("subject", "object", "among", "minus", "named")


def problems_of(
    before: Engine, after: Engine, draft: WordingDraft, path: str, today: datetime.date
) -> tuple[Problem, ...]:
    """Why a line may not be taught. Takes a second or two: each sentence that it stands for is read by both engines."""
    return (*_missed(after, draft, path, today), *_stolen(before, after, draft, path, today))


def _missed(after: Engine, draft: WordingDraft, path: str, today: datetime.date) -> Iterator[Problem]:
    """That the line does not read the question it was made for."""
    if not draft.question:
        return
    query = after.read(draft.question, (), today).query
    if query is None or query.rule != draft.intent:
        other = f", which reads '{after.composer.words.question(query)}'" if query is not None else ""
        told = f"the line does not read '{draft.question[:200]}'{other}"
        yield Problem(path, 1, told, "mend the line, or choose another way to ask")


def _stolen(before: Engine, after: Engine, draft: WordingDraft, path: str, today: datetime.date) -> Iterator[Problem]:
    """The first few sentences of a line that meant something else without it."""
    intent = after.reader.intents.by_id[draft.intent]
    named = mentions(before.reader, draft.question, today)
    names: dict[str, str] = {}
    for place, mention in zip(places_of(before, intent, len(named)), named, strict=False):
        who = who_of(before, intent, place, mention)
        names |= {place: before.kb.entities[who].name} if who else {}
    for place in ORDER:  # a line may name somebody whom the question does not
        fitting = (e.name for e in before.kb.entities.values() if e.kind in intent.kinds[place])
        names.setdefault(place, next((name for name in fitting if name not in names.values()), ""))
    told = 0
    for sentence in sentences_for(after.kb, row_of(after, draft.intent), draft.line, names):
        one, two = before.read(sentence, (), today).query, after.read(sentence, (), today).query
        if one is not None and (two is None or two.key() != one.key()):
            told += 1
            meant = before.composer.words.question(one)
            yield Problem(path, 1, f"'{sentence}' means '{meant}' so far, and would not any more", "narrow the line")
        if told == MOST_STOLEN:
            return


def places_of(engine: Engine, intent: Intent, names: int) -> list[str]:
    """The places of an intent's line in order, as many as names; empty where that does not fit."""
    places = sorted(intent.bound, key=ORDER.index)
    several = engine.kb.relations[intent.relation].several
    if several in places and names == len(places) + 1:
        places.insert(places.index(several), several)
    return places if len(places) == names else []


def who_of(engine: Engine, intent: Intent, place: str, mention: Mention) -> str:
    """Whom a name means in a place; empty where it fits in nobody's."""
    for entity in mention.entities:
        for who in filter(None, (entity, engine.kb.entities[entity].stands_for)):
            if engine.kb.entities[who].kind in intent.kinds[place]:
                return who
    return ""


def row_of(engine: Engine, intent: str) -> Any:
    """The language file that holds an intent."""
    return next(row for row in engine.kb.intents if intent in row["intents"])
