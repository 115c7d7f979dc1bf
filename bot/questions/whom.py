"""Who may stand in a place of a question: whom a name means there, and whom a pronoun.

Comes in: a mention, or who was spoken of. Goes out: ids of entities whose kind fits the place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.questions.intents import Intent
from bot.questions.lattice import Mention
from bot.questions.query import Query


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who may be meant by a pronoun: `topic`, named just before it, else who the question before was about."""

    topic: tuple[str, ...]
    previous: Query | None

    def holder(self, place: str) -> tuple[str, ...]:
        """Who stood in a place of the question before."""
        return (getattr(self.previous, place, None) or ()) if self.previous else ()

    def everybody(self, place: str, pronouns: int) -> tuple[str, ...]:
        """All who may be meant; with a topic and two pronouns also who stood there before."""
        before = self.previous.participants() if self.previous else ()
        if not self.topic:
            return before
        more = self.holder(place) if pronouns > len(self.topic) else ()
        return tuple(dict.fromkeys((*self.topic, *more)))


class Whom:
    """Finds out who is meant. Holds no state between questions."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    def choices(self, mention: Mention, intent: Intent, place: str) -> list[str]:
        """The entities that a mention may stand for in a place."""
        found = []
        for entity in mention.entities:
            stands_for = self.stands_for(entity, intent)
            if self.fits(entity, intent, place):
                found.append(entity)
            elif stands_for and self._may_stand(entity, intent, place) and self.fits(stands_for, intent, place):
                found.append(stands_for)
        return list(dict.fromkeys(found))

    def stands_for(self, entity: str, intent: Intent) -> str | None:
        """The entity meant by another one's name, if it speaks of something that the relation tells apart."""
        row = self.kb.entities[entity]
        if row.stands_in and intent.relation not in row.stands_in:
            return None
        if not row.narrows and intent.form != "what" and not self.kb.relations[intent.relation].stand_ins:
            return None
        return row.stands_for if set(row.narrows) <= set(self.kb.relations[intent.relation].narrows) else None

    def said_of(self, mention: Mention, choices: Sequence[str]) -> Mapping[str, str]:
        """The narrower sense in which a name stands for another: a parliament's, for its state's."""
        return next((self.kb.entities[e].narrows for e in mention.entities if e not in choices), {})

    def _may_stand(self, entity: str, intent: Intent, place: str) -> bool:
        """A name given to a fact stands for another only where its own kind may be named: else it is its own matter."""
        return place != "named" or self.kb.entities[entity].kind in intent.kinds[place]

    def fits(self, entity: str, intent: Intent, place: str) -> bool:
        """Whether an entity is of a kind that may stand in a place."""
        if self.kb.entities[entity].kind not in intent.kinds[place]:
            return False
        if place == "named":
            return any(fact.relation == intent.relation for fact in self.kb.named(entity))
        return True

    def meant(
        self, spoken: Spoken, intent: Intent, place: str, asked: Sequence[str], named: set[str], met: int
    ) -> list[str]:
        """Whom a pronoun may stand for: who was named just before, or spoken of in the question before.

        Of two who fit it takes up the one in its own place, as people do; not the second-named as a subject.
        """
        everybody = spoken.everybody(place, len(asked))
        choices = [e for e in everybody if self.fits(e, intent, place)]
        if len(asked) == len(everybody) > 1 and (
            not spoken.topic or everybody == spoken.topic
        ):  # "they", "it … there": everybody keeps their place
            return choices[min(met, len(choices) - 1) :][:1]
        others = [e for e in choices if e not in named] or choices
        own = spoken.holder(place)
        fronted = spoken.previous is not None and spoken.previous.first == "object" and place == "subject"
        if len(others) > 1 and not spoken.topic and len(own) == 1 and own[0] in others and not fronted:
            return [own[0]]
        return others
