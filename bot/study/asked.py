"""A question made from a fact, as it is asked: with its choices, the right ones, and what stands on the back.

It carries all that is needed to ask, grade and reveal it, so that a quiz goes on after a restart with what was asked.
"""

from dataclasses import dataclass
from typing import Any

from bot.questions.query import Query
from bot.state.queries import query_from_json, query_to_json

# What kind of answer is wanted from somebody who types.
VERDICT, ENTITY, DATE, ORDER = "verdict", "entity", "date", "order"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a typed answer is graded by.

    `values` holds, of a VERDICT, `yes`, `no` or `disputed`; of an ENTITY, the ids of all who would be right, on file or
    not among the choices; of a DATE, one date of any precision; of an ORDER, the ids of entities in their right order.
    `choices` are the values behind the choices, in the same order. Where `place` is told, somebody who is none of the
    choices may be right as well: whoever has the `verdict` when they stand in that place of the question's query.
    """

    sort: str
    values: tuple[str, ...]
    choices: tuple[str, ...]
    place: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    `id` is `key` and a digest of what the facts say on that day: the same question has the same id, until what it rests
    on changes. `key` is the fact's id and the kind of question, which outlive a change: schedules and decks go by it.
    `right` are places in `choices`: one, or for a question of order all of them as they should stand. `back` is the
    sentence of the answer; `query` and `day` give the whole answer (`engine.answer(query, day)`).
    """

    id: str
    fact: str
    kind: str
    text: str
    choices: tuple[str, ...]
    right: tuple[int, ...]
    back: str
    as_of: str
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    query: Query
    day: str
    wanted: Wanted

    @property
    def key(self) -> str:
        """What stays when the fact changes: `fact.kind`."""
        return key_of(self.fact, self.kind)

    @property
    def answer(self) -> str:
        """The right choice, or the right order, as it is read."""
        return " · ".join(self.choices[place] for place in self.right)

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `asked_from_json` reads it."""
        return {
            "id": self.id, "fact": self.fact, "kind": self.kind, "text": self.text, "choices": list(self.choices),
            "right": list(self.right), "back": self.back, "as_of": self.as_of, "sources": list(self.sources),
            "facts": list(self.facts), "query": query_to_json(self.query), "day": self.day,
            "wanted": [
                self.wanted.sort, list(self.wanted.values), list(self.wanted.choices), self.wanted.place,
                self.wanted.verdict,
            ],
        }  # fmt: skip


def key_of(fact: str, kind: str) -> str:
    """The key of a fact's question of one kind."""
    return f"{fact}.{kind}"


def asked_from_json(row: Any) -> Asked:
    """The question of a JSON object. Raises ValueError for one of another version."""
    try:
        sort, values, choices, place, verdict = row["wanted"]
        return Asked(
            row["id"], row["fact"], row["kind"], row["text"], tuple(row["choices"]), tuple(row["right"]), row["back"],
            row["as_of"], tuple(row["sources"]), tuple(row["facts"]), query_from_json(row["query"]), row["day"],
            Wanted(sort, tuple(values), tuple(choices), place, verdict),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise ValueError("not a question, or one of another version") from error
