"""Questions put together from choices instead of words: an overview of two, a list of one kind, two lists compared.

Comes in: an engine, and what somebody chose or typed for a place. Goes out: queries, entities, and the choices that
there are. All of them come from the knowledge base; which relations have lists is what its intents say.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.answers.words import fill
from bot.engine import Engine
from bot.questions.intents import Intent
from bot.questions.query import Query
from bot.questions.text import fold, tokenise, words

BLANK = "…"
MOST_WORDS = 12  # in a name
TRIED = 8  # entities for which a list is looked for, besides those that a coverage names


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: the intent that words it, the place that is given, and whether it lists who does not."""

    key: str
    title: str
    intent: Intent
    place: str
    negated: bool

    def query(self, given: str, minus: str | None = None) -> Query:
        """The query for the list of one entity, less another's."""
        places = {self.place: (given,)}
        return Query(
            self.intent.relation, self.intent.form, places.get("subject"), places.get("object"),
            dict(self.intent.fixed), negated=self.negated, minus=(minus,) if minus else None, rule=self.intent.id,
        )  # fmt: skip

    def width(self) -> int:
        """How many kinds of entity it takes: of intents that ask alike, the widest is the plain one."""
        return sum(map(len, self.intent.kinds.values()))

    def takes(self, place: str = "") -> frozenset[str]:
        """The kinds of entity that may be given, or that a place takes."""
        return self.intent.kinds[place or self.place]


def list_kinds(engine: Engine) -> list[ListKind]:
    """The kinds of list: one for each relation and open place, and those who do not, where that is worded."""
    return _kinds(engine, lambda intent: len(intent.bound) == 1 and intent.bound <= {"subject", "object"})


def answerable(engine: Engine, today: datetime.date) -> list[ListKind]:
    """The kinds of list of which one at least is on file. Asks a few hundred questions: keep what comes of it."""
    return [kind for kind in list_kinds(engine) if any(_on_file(engine, kind, today))]


def _on_file(engine: Engine, kind: ListKind, today: datetime.date) -> Iterator[bool]:
    """Whether the lists of those are on file of whom most is: whom a coverage names, and who has many facts."""
    kb = engine.kb
    covered = [getattr(coverage, kind.place) for coverage in kb.coverages_of(kind.intent.relation)]
    known = [who for who in covered if who in kb.entities]
    role = 0 if kind.place == "subject" else 1
    told = Counter(p.who for fact in kb.facts(kind.intent.relation) for p in fact.roles[role])
    most = [who for who, _ in told.most_common(TRIED)]
    for who in dict.fromkeys((*known, *most)):
        yield kb.entities[who].kind in kind.takes() and engine.answer(kind.query(who), today).status == "answered"


def comparisons(engine: Engine) -> list[ListKind]:
    """The kinds of list from which another one may be taken away."""
    return [kind for kind in _kinds(engine, lambda intent: intent.bound == {"object", "minus"}) if not kind.negated]


def _kinds(engine: Engine, wanted: Callable[[Intent], bool]) -> list[ListKind]:
    found: dict[str, ListKind] = {}
    for intent in engine.reader.intents.by_id.values():
        special = intent.detail or intent.change or intent.pick or intent.negated
        if intent.form != "which" or special or not wanted(intent):
            continue
        (place,) = intent.bound - {"minus"}
        for negated in (False, True):
            key = f"{intent.relation} {place}{' not' if negated else ''}"
            title = _title(engine, intent, negated=negated)
            made = ListKind(key, title, intent, place, negated)
            known = found.get(key)
            if title and (known is None or made.width() > known.width()):
                found[key] = made
    return list(found.values())


def _title(engine: Engine, intent: Intent, *, negated: bool) -> str:
    """The question with a blank for what is given; empty where the intent does not word it, or asks for more."""
    query = Query(intent.relation, intent.form, narrows=intent.fixed, negated=negated, rule=intent.id)
    template = engine.composer.words.own(intent.id, "reading_not" if negated else "reading")
    values = {"subject": BLANK, "object": BLANK, "object_stated": BLANK, "minus": BLANK}
    shown = {**engine.composer.words.values(query), **values}
    title = fill(template or "", shown)
    more = (*engine.kb.relations[intent.relation].narrows, "at", "among", "named")
    whole = "" if template is None else fill(template, {**shown, **dict.fromkeys(more, "\0")})
    return "" if "\0" in whole else title


def overview_query(engine: Engine, one: str, other: str) -> Query | None:
    """The query for everything on file between two entities, if the knowledge base has a relation that digests."""
    for relation in engine.kb.relations.values():
        for intent in engine.reader.intents.of_relation(relation.id) if relation.digest else ():
            if intent.bound == {"subject", "object"}:
                return Query(relation.id, intent.form, (one,), (other,), rule=intent.id)
    return None


def entities_named(
    engine: Engine, text: str, today: datetime.date, kinds: Iterable[str] | None = None
) -> tuple[str, ...]:
    """The entities that a text as a whole may name: none, one, or several to choose from. A misspelt name counts."""
    tokens = [token for token in tokenise(text) if not token.mark]
    if len(tokens) > 1 and tokens[0].text == "the":
        del tokens[0]
    if not 0 < len(tokens) <= MOST_WORDS:
        return ()
    lattice = engine.reader.lattices.make(tokens, today)
    whole = [m for m in lattice.mentions if m.start == 0 and m.end == len(lattice.words)]
    allowed = None if kinds is None else set(kinds)
    found = dict.fromkeys(e for mention in whole for e in mention.entities)
    typed = words(text)
    fitting = [e for e in found if allowed is None or engine.kb.entities[e].kind in allowed]
    exact = [e for e in fitting if words(engine.kb.entities[e].name) == typed]
    return tuple(exact if len(exact) == 1 else fitting)


def names_beginning(engine: Engine, typed: str, kinds: Iterable[str] | None = None, limit: int = 25) -> list[str]:
    """Names of entities of which one begins as typed, by any of their names; those with many facts first."""
    wanted, allowed = fold(typed).strip(), None if kinds is None else set(kinds)
    ranked = []
    for id_, row in engine.kb.entity_rows.items():
        if allowed is not None and row["kind"] not in allowed:
            continue
        rank = min(_rank(fold(name), wanted, own=name == row["name"]) for name in _names(row))
        if rank < _NEVER:
            ranked.append((rank, -engine.kb.connected(id_), row["name"]))
    return list(dict.fromkeys(name for _, _, name in sorted(ranked)))[:limit]


_NEVER = 3


def _names(row: dict[str, object]) -> Iterator[str]:
    yield str(row["name"])
    for key in ("names", "weak"):
        held = row.get(key)
        yield from map(str, held if isinstance(held, (list, tuple)) else ())


def _rank(name: str, typed: str, *, own: bool) -> int:
    """0 for the beginning of the name, 1 for that of another name, 2 for that of a word within one."""
    if name.startswith(typed):
        return 0 if own else 1
    return 2 if f" {typed}" in name.replace("-", " ") else _NEVER
