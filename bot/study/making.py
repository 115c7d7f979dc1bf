"""Questions made from facts: the right choice, plausible wrong ones, and the words.

Comes in: an engine, a day, a fact's id, a kind of question, randomness. Goes out: an `Asked`, or None where that fact
cannot be asked so. The engine is asked for every choice; what is not on file is never a wrong choice.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from bot.knowledge.records import Fact
from bot.questions.query import Query
from bot.study import wording
from bot.study.asked import ENTITY, VERDICT, Asked, Wanted, key_of
from bot.study.basis import Asker, Basis
from bot.study.others import Neighbours, gives_away
from bot.study.phrases import Phrases
from bot.study.wording import PLACES

CHOICES = 4
TRIED = 60  # candidates for whom the engine is asked

# Kinds of question, in the order in which they are tried for a fact whose wanted kind cannot be had.
KINDS = (
    "whether", "which.subject", "which.object", "since", "stand", "not.subject", "not.object", "order.subject",
    "order.object", "name.subject", "name.object", "until", "term",
)  # fmt: skip


class Maker:
    """Makes questions on one day. Keeps what it asked the engine; another day, or a reload, wants another one."""

    def __init__(self, asker: Asker) -> None:
        from bot.study import dated, orders, terms

        self.asker, self.engine, self.kb = asker, asker.engine, asker.engine.kb
        self.phrases = Phrases(self.kb)
        self.neighbours = Neighbours(self.kb, asker.today)
        self.unaskable: set[str] = set()  # facts that were tried in every kind
        self._ways: dict[str, Callable[[Maker, Fact, str, random.Random], Asked | None]] = {
            "whether": _whether, "stand": _stand, "which": _which, "not": _which, "name": terms.missing_name,
            "term": terms.term, "since": dated.date_of, "until": dated.date_of, "order": orders.order,
        }  # fmt: skip

    def make(self, id_: str, kind: str, rng: random.Random) -> Asked | None:
        """A question of one kind; None where the fact is not there or cannot be asked so. Raises KeyError for a kind
        that there is none of."""
        way = self._ways[kind.partition(".")[0]]
        if not self.phrases.there or id_ not in self.kb:
            return None
        return way(self, self.kb.fact(id_), kind, rng)

    def any_of(self, id_: str, kinds: Iterable[str], rng: random.Random) -> Asked | None:
        """A question of the first kind of which the fact can be asked."""
        kinds = tuple(kinds)
        found = next((made for kind in kinds if (made := self.make(id_, kind, rng))), None)
        if found is None and len(kinds) == len(KINDS):
            self.unaskable.add(id_)
        return found

    def again(self, key: str, rng: random.Random) -> Asked | None:
        """The question of a key, as the facts have it now; None where it can be asked no more."""
        id_, _, kind = _parted(key)
        return self.make(id_, kind, rng) if kind in KINDS else None

    def kinds(self, id_: str) -> tuple[str, ...]:
        """All kinds of which a fact can be asked. Makes each once: not for many facts at a time."""
        return tuple(kind for kind in KINDS if self.make(id_, kind, random.Random(id_)))  # noqa: S311

    def stands(self, asked: Asked) -> bool:
        """Whether a question may still be asked: its facts say the same, and no wrong choice has become right."""
        if any(who not in self.kb.entities for who in _entities(asked)):
            return False
        now = self.again(asked.key, random.Random(asked.id))  # noqa: S311
        return now is not None and now.id == asked.id and self.wrong_are_wrong(asked)

    def wrong_are_wrong(self, asked: Asked) -> bool:
        """Whether the choices beside the right one have the contrary verdict, of a question that chooses somebody."""
        wanted = asked.wanted
        if not wanted.place or not wanted.verdict:
            return True
        contrary = {"yes": "no", "no": "yes"}[wanted.verdict]
        found = [self.asker.verdict(wording.placed(asked.query, wanted.place, (who,))) for who in wanted.choices]
        return all(v == (wanted.verdict if n in asked.right else contrary) for n, v in enumerate(found))

    # --- what all ways of asking share

    def finish(
        self, fact: Fact, kind: str, text: str, query: Query, wanted: Wanted, shown: Sequence[str],
        *, rests_on: Iterable[Query] = (), back: str = "",
    ) -> Asked | None:  # fmt: skip
        """The question, unless its text names a choice, or two choices look the same."""
        answer = self.asker.answer(query)
        if answer.as_of is None or len(set(shown)) < len(shown) or not text:
            return None
        facts = dict.fromkeys((fact.id, *answer.facts))
        for other in rests_on:
            facts.update(dict.fromkeys(self.asker.answer(other).facts))
        right = tuple(wanted.choices.index(value) for value in wanted.values if value in wanted.choices)
        back = " ".join(filter(None, (answer.text, back)))
        id_ = f"{key_of(fact.id, kind)}.{_digest((text, answer.text))}"
        return Asked(
            id_, fact.id, kind, text, tuple(shown), right, back, answer.as_of, answer.sources, tuple(facts), query,
            self.asker.today.isoformat(), wanted,
        )  # fmt: skip

    def open_query(self, query: Query, place: str, form: str, *, negated: bool = False) -> Query | None:
        """The question who stands in a place, worded; of a symmetric relation, in whichever place is asked about."""
        given = wording.held(query, wording.other(place))
        symmetric = self.kb.relations[query.relation].symmetric
        for open_ in (place, wording.other(place)) if symmetric else (place,):
            asked = replace(query, form=form, rule="", negated=negated)
            asked = wording.placed(wording.placed(asked, wording.other(open_), given), open_, None)
            found = next(wording.worded(self.engine, asked), None)
            if found is not None:
                return found
        return None

    def kinds_of(self, query: Query) -> frozenset[str]:
        """The kinds of entity that the place takes which a worded query leaves open."""
        intent = self.engine.reader.intents.by_id[query.rule]
        return intent.kinds["subject" if query.subject is None else "object"]

    def name(self, who: str) -> str:
        """A name as a choice shows it."""
        return self.kb.entities[who].name

    def shuffled(self, values: Iterable[str], rng: random.Random) -> tuple[str, ...]:
        """In an order that says nothing."""
        mixed = sorted(values)
        rng.shuffle(mixed)
        return tuple(mixed)

    def hidden(self, text: str, who: str) -> bool:
        """Whether a text gives no hint of somebody's name."""
        return not gives_away(text, wording.names_of(self.engine, who))


def _parted(key: str) -> tuple[str, str, str]:
    """A key as fact, dot, kind: the kind is the longest ending that is one."""
    kind = next((k for k in sorted(KINDS, key=len, reverse=True) if key.endswith(f".{k}")), "")
    return key[: -len(kind) - 1], ".", kind


def _entities(asked: Asked) -> Iterable[str]:
    chosen = asked.wanted.choices if asked.wanted.sort in (ENTITY, "order") else ()
    return (*chosen, *asked.query.participants())


def _digest(said: Iterable[str]) -> str:
    return blake2b("\0".join(said).encode(), digest_size=5).hexdigest()


def _whether(maker: Maker, fact: Fact, kind: str, _rng: random.Random) -> Asked | None:
    """Yes or no."""
    basis = maker.asker.basis(fact.id)
    if basis is None or basis.verdict == "disputed":
        return None
    text = maker.phrases.say("whether", question=wording.question(maker.engine, basis.query))
    shown = [maker.phrases.say("yes"), maker.phrases.say("no")]
    return maker.finish(fact, kind, text, basis.query, Wanted(VERDICT, (basis.verdict,), ("yes", "no")), shown)


def _stand(maker: Maker, fact: Fact, kind: str, _rng: random.Random) -> Asked | None:
    """True, false or disputed: the only way in which what is disputed is asked."""
    basis = maker.asker.basis(fact.id)
    if basis is None:
        return None
    told = wording.statement(maker.engine, basis.query)
    if not told:
        return None
    text = maker.phrases.say("stand", statement=told)
    shown = [maker.phrases.say("true"), maker.phrases.say("false"), maker.phrases.say("disputed")]
    wanted = Wanted(VERDICT, (basis.verdict,), ("yes", "no", "disputed"))
    return maker.finish(fact, kind, text, basis.query, wanted, shown)


def _which(maker: Maker, fact: Fact, kind: str, rng: random.Random) -> Asked | None:
    """Which of four does, or does not: the others have the contrary verdict, each by the engine's own answer."""
    sort, _, place = kind.partition(".")
    wanted, contrary = ("yes", "no") if sort == "which" else ("no", "yes")
    basis = maker.asker.basis(fact.id)
    held = wording.held(basis.query, place) if basis else ()
    if basis is None or basis.verdict != wanted or len(held) != 1:
        return None
    listed = maker.open_query(basis.query, place, "which", negated=sort == "not")
    if listed is None:
        return None
    right = held[0]
    text = maker.phrases.say(sort, question=wording.question(maker.engine, listed))
    kinds = maker.kinds_of(listed)
    if maker.kb.entities[right].kind not in kinds or not maker.hidden(text, right):
        return None
    wrong = some(maker, basis, place, text, kinds, rng, lambda query: maker.asker.verdict(query) == contrary)
    if len(wrong) < CHOICES - 1:
        return None
    choices = maker.shuffled((right, *wrong), rng)
    meant = Wanted(ENTITY, (right,), choices, place, wanted)
    return maker.finish(
        fact, kind, text, basis.query, meant, [maker.name(who) for who in choices],
        rests_on=[maker.asker.of_whom(basis, place, who) for who in wrong],
    )  # fmt: skip


def some(
    maker: Maker, basis: Basis, place: str, text: str, kinds: Iterable[str], rng: random.Random,
    fits: Callable[[Query], bool], count: int = CHOICES - 1,
) -> list[str]:  # fmt: skip
    """Those who might be taken for the one in a place, of whom what is wanted is so, none of them named in the text."""
    role = PLACES.index(place)
    (right,) = wording.held(basis.query, place)
    given = wording.held(basis.query, wording.other(place))
    ranked = maker.neighbours.ranked(right, basis.fact.relation, role, kinds, given, rng)
    found: list[str] = []
    for who in ranked[:TRIED]:
        if len(found) == count:
            break
        if maker.hidden(text, who) and fits(maker.asker.of_whom(basis, place, who)):
            found.append(who)
    return found
