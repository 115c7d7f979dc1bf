"""Other orders of words in which the same question is asked, for a sentence that no line reads as it stands.

Comes in: a sentence's words. Goes out: the same words in an order that the lines have, at most a few. Which words help
a verb, and which endings make its forms, stands in the language files; no name and no word of content is touched, and
none but an auxiliary is dropped.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.questions.text import Token

Tokens = tuple[Token, ...]


class Rewording:
    """Holds no state between sentences."""

    def __init__(self, shared: Mapping[str, Any], vocabulary: Collection[str]) -> None:
        orders: Mapping[str, Any] = shared.get("orders", {})
        helping: Mapping[str, Sequence[str]] = shared.get("helping", {})
        self.vocabulary = vocabulary
        self.fronted = frozenset(orders.get("fronted", ()))
        self.whom = frozenset(orders.get("whom", ()))
        self.behind = frozenset(orders.get("participle_behind", ()))
        self.going_on = tuple(orders.get("going_on", ()))
        self.done = tuple(orders.get("done", ()))
        self.was: Mapping[str, str] = orders.get("was", {})
        self.do = frozenset(helping.get("left_out", ()))
        self.be = frozenset(helping.get("being", ()))
        self.surplus = frozenset(orders.get("surplus", ()))

    def of(self, tokens: Sequence[Token]) -> Iterator[Tokens]:
        """Every other order to try, the least changed first."""
        given = tuple(tokens)
        told = [given]
        for change in (self._one_auxiliary, self._gone_by, self._participle_last, self._preposition_last):
            for tried in tuple(told):
                changed = change(tried)
                if changed is not None:
                    told.append(changed)
                    yield changed

    def _one_auxiliary(self, tokens: Tokens) -> Tokens | None:
        """ "Did Mali has recognised", "does Mali is recognising": of two auxiliaries the second says nothing."""
        if not tokens or tokens[0].text not in self.do:
            return None
        for i, token in enumerate(tokens[1:-1], 1):
            going_on = token.text in self.be and tokens[i + 1].text.endswith(self.going_on)
            if going_on or (token.text in self.surplus and tokens[i + 1].text.endswith(self.done)):
                return (*tokens[:i], *tokens[i + 1 :])
        return None

    def _gone_by(self, tokens: Tokens) -> Tokens | None:
        """ "When Mali was opening": what was going on then was done then. Not so of what is going on now."""
        for i, token in enumerate(tokens[:-1]):
            verb = self._plain(tokens[i + 1].text)
            if token.text in self.was and verb:
                done = token._replace(text=self.was[token.text])
                return (*tokens[:i], done, tokens[i + 1]._replace(text=verb), *tokens[i + 2 :])
        return None

    def _plain(self, word: str) -> str:
        """The plain form of a verb that goes on: opening, recognising, stopping; "" if nobody knows it."""
        for ending in self.going_on:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) > 2:
                forms = (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)
                return next((form for form in forms if form in self.vocabulary), "")
        return ""

    def _participle_last(self, tokens: Tokens) -> Tokens | None:
        """ "When was opened the embassy of Mali in Chad": the participle stands behind what it is about."""
        for i, token in enumerate(tokens[:-2]):
            verb = tokens[i + 1]
            placed = i == 0 or tokens[i - 1].text in self.behind
            if placed and token.text in self.be and verb.text.endswith(self.done) and verb.text in self.vocabulary:
                return (*tokens[: i + 1], *tokens[i + 2 :], verb)
        return None

    def _preposition_last(self, tokens: Tokens) -> Tokens | None:
        """ "With which countries has Mali …": "which countries has Mali … with"."""
        if len(tokens) > 2 and tokens[0].text in self.fronted and tokens[1].text in self.whom:
            return (*tokens[1:], tokens[0])
        return None
