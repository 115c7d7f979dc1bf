"""A session of somebody who learns alone: which card is up, and what a grade makes of it.

Comes in: a desk, a person, a scope, the time. Goes out: a card with its question, or that they are done for now. All of
it reads and writes the state, so it is called within `Desk.kept`. Must not know: how it is shown, and by what it was
asked for.
"""

import datetime
import random
from collections.abc import Collection
from dataclasses import dataclass

from bot.discord_app.desk import Desk
from bot.discord_app.studying.makers import Making
from bot.discord_app.studying.study_ids import Held, Scope, handle, of_asked, of_key, of_last
from bot.state.deck import KeptCard
from bot.study import origins
from bot.study.deck import Deck, Shown
from bot.study.schedule import Grade


@dataclass(frozen=True, slots=True)
class Up:
    """A card that is up, of a scope that is called `title` (empty for all cards); `left` are due besides it."""

    scope: Scope
    title: str
    shown: Shown
    left: int


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is up: when the next card comes (None: there is none) and how many come within a day of it. `enough` says
    that the new cards of a day are over."""

    scope: Scope
    title: str
    comes: datetime.datetime | None
    then: int
    enough: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """The topic or deck is not there any more."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person's cards, of a scope, at a time."""

    desk: Desk
    making: Making
    person: int
    scope: Scope
    now: datetime.datetime
    rng: random.Random

    @property
    def deck(self) -> Deck:
        """The cards."""
        return Deck(self.desk.store.cards, self.person, self.making.maker, dict(self.making.digests))

    def next(self) -> Up | Done | Gone:
        """The card that is up."""
        found = self.facts()
        if found is None:
            return Gone()
        title, facts = found
        deck, scope = self.deck, self.scope
        fresh = self._of_decks() if facts is None and not scope.missed else None
        shown = deck.next(self.now, self.rng, facts, missed=scope.missed, more=scope.more, fresh=fresh)
        if shown is not None:
            due = [card for card in deck.due(self.now, facts, missed=scope.missed) if card.key != shown.card.key]
            return Up(scope, title, shown, len(due))
        comes = deck.coming(self.now, facts)
        soon = [due for due in comes if due <= comes[0] + datetime.timedelta(days=1)]
        return Done(scope, title, comes[0] if comes else None, len(soon), deck.had_enough(self.now))

    def holds(self, held: Held) -> bool:
        """Whether a button is about a card of this person."""
        return self._card(held.card) is not None

    def asked(self, held: Held) -> Up | None:
        """The card that a button is about, if it still asks what was shown, and was not graded since."""
        card = self._card(held.card)
        found = self.facts()
        shown = self.deck.show(card, self.now) if card is not None and not card.retired else None
        if shown is None or of_asked(shown.asked, shown.card.last) != held.seen:
            return None
        return Up(self.scope, found[0] if found else "", shown, 0)

    def grade(self, held: Held, grade: Grade) -> bool:
        """Grade a card that was shown; False where it was graded already, and nothing is done."""
        card = self._card(held.card)
        if card is None or of_last(card.last) != held.seen:
            return False
        return self.deck.grade(card, grade, self.now) is not None

    def drop(self, held: Held) -> None:
        """Ask a card no more, unless its fact changes."""
        card = self._card(held.card)
        if card is not None:
            self.desk.store.cards.retire(self.person, [card.key])

    def _card(self, print_: str) -> KeptCard | None:
        return next((card for card in self.desk.store.cards.all(self.person) if of_key(card.key) == print_), None)

    def _of_decks(self) -> set[str] | None:
        """The facts of all decks of the person: new cards come of them; None for who has none, and learns anything."""
        decks = self.desk.store.cards.decks(self.person)
        return {fact for deck in decks for fact in facts_of(self.making, deck.origin)} if decks else None

    def facts(self) -> tuple[str, Collection[str] | None] | None:
        """The title and the facts of the scope; None for facts: all cards. None where the scope is not there."""
        if self.scope.deck:
            decks = self.desk.store.cards.decks(self.person)
            found = next((deck for deck in decks if deck.id == self.scope.deck), None)
            return (found.name, facts_of(self.making, found.origin)) if found else None
        if self.scope.topic:
            topic = next((t for t in self.making.topics if self.scope.topic in (t.key, handle(t.key))), None)
            return (topic.title, set(self.making.facts(topic.key))) if topic else None
        return "", None


def facts_of(making: Making, origin: object) -> set[str]:
    """The facts of a deck, as they are now."""
    return set(origins.facts_of(making.engine, origin, making.today, making.facts))
