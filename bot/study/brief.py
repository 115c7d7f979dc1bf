"""A brief of one entity: what is on file of it under the heads of the overview, each line with its date and sources.

Comes in: an engine, an entity and a day. Goes out: sections of lines, in the engine's own sentences, and the sources
that they cite. Which heads there are, and in which words, is what the knowledge base says; how it is set on a page is
not known here.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answers.answer import Answer
from bot.answers.digest import fact_told
from bot.answers.words import fill
from bot.choices import ListKind, list_kinds
from bot.engine import Engine
from bot.knowledge.dates import first_day
from bot.knowledge.records import Fact, Source

LINES = 6  # of one head; where more is on file, lists take their place if there are any
NEWEST = 3  # facts that are told beside a complete list
LONG = 20  # names in a list; a longer one is counted instead
CITED = 2  # sources of one line; a list of many cites one for each that it names


@dataclass(frozen=True, slots=True)
class Item:
    """One line: when it is so (empty for a list), what is said, the day on which that was last seen, and source ids."""

    period: str
    text: str
    as_of: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A head and its lines; `more` is how many further facts are on file."""

    title: str
    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of an entity on a day."""

    name: str
    flag: str
    day: datetime.date
    sections: tuple[Section, ...]

    def numbers(self) -> dict[str, int]:
        """The number of each source that is cited, in the order of the lines."""
        cited = dict.fromkeys(id_ for section in self.sections for item in section.items for id_ in item.sources)
        return {id_: number for number, id_ in enumerate(cited, 1)}

    def shorter(self) -> "Brief":
        """The brief without the last line of its longest section; it says that there is more."""
        lengths = [(len(s.items), sum(len(item.text) for item in s.items)) for s in self.sections]
        longest = lengths.index(max(lengths))
        held = self.sections[longest]
        cut = replace(held, items=held.items[:-1], more=held.more + 1)
        return replace(self, sections=(*self.sections[:longest], cut, *self.sections[longest + 1 :]))


def brief(engine: Engine, entity: str, today: datetime.date) -> Brief:
    """The brief of an entity. Heads under which nothing is on file are left out."""
    heads = dict.fromkeys(name for relation in engine.kb.relations.values() for name in relation.digest)
    kinds = list_kinds(engine)
    sections = [_section(engine, name, entity, kinds, today) for name in heads]
    record = engine.kb.entities[entity]
    return Brief(record.name, record.flag, today, tuple(s for s in sections if s.items))


def cited(engine: Engine, made: Brief) -> list[tuple[int, Source]]:
    """The sources of a brief with their numbers."""
    return [(number, engine.kb.source(id_)) for id_, number in made.numbers().items()]


def _section(engine: Engine, name: str, entity: str, kinds: Iterable[ListKind], today: datetime.date) -> Section:
    relation = engine.kb.relations[name]
    told = [f for f in engine.kb.facts(name, entity) if f.status != "claimed"]
    facts = sorted(told, key=lambda f: _newest(f, entity, today), reverse=True)
    lists: list[Item] = []
    counted = False
    now = sum(_newest(fact, entity, today)[0] for fact in facts)
    if not relation.needs_text and (not relation.open_lists or now > LINES):
        lists, counted = _lists(engine, entity, [kind for kind in kinds if kind.intent.relation == name], today)
    most = LINES if not lists else 0 if relation.open_lists else NEWEST
    lines = [_line(engine, fact, entity) for fact in facts[:most]]
    more = len(facts) - len(lines) if counted or not lists else 0  # a list names what it stands for, a count does not
    return Section(relation.title, (*lists, *lines), more)


def _newest(fact: Fact, entity: str, today: datetime.date) -> tuple[bool, str]:
    """What is so now stands before what is over, and the newest before the older."""
    since, until = fact.period_of(entity)
    return not (until and first_day(until) <= today), since.date or fact.as_of


def _line(engine: Engine, fact: Fact, entity: str) -> Item:
    period, text = fact_told(engine.composer, fact)
    named = engine.kb.entities[fact.named].label if fact.named else ""
    if named and named not in text and fact.named != entity:
        text = f"{named[:1].upper()}{named[1:]}. {text}"
    words = engine.composer.words
    if period.startswith(words.term("at_least")):
        period = f"{words.term('since_word')} {period}"
    sides = [fill(words.term("side"), {"by": side.by, "text": side.text}) for side in fact.dispute]
    sources = (*fact.sources[:CITED], *(id_ for side in fact.dispute for id_ in side.sources))
    return Item(period, " ".join((text, *sides)), _seen(engine, fact.as_of), tuple(dict.fromkeys(sources)))


def _lists(
    engine: Engine, entity: str, kinds: Sequence[ListKind], today: datetime.date
) -> tuple[list[Item], bool]:  # fmt: skip
    """The lists of a relation in which the entity is given, one for each place: the shorter one of those who do and
    those who do not, or a count, where both are long; and whether there is any count."""
    found: dict[str, list[tuple[int, ListKind, Answer]]] = {}
    for kind in kinds:
        if engine.kb.entities[entity].kind in kind.takes():
            made = engine.answer(kind.query(entity), today)
            if made.status == "answered" and isinstance(made.value, tuple):
                found.setdefault(kind.place, []).append((len(made.value), kind, made))
    items: list[Item] = []
    notes: dict[str, None] = {}
    any_count = False
    for answers in found.values():
        number, kind, made = min(answers, key=lambda entry: entry[0])
        counted = _count(engine, kind, entity, today) if number > LONG else None
        any_count = any_count or counted is not None
        items.append(_listed(engine, counted or made, notes))
    return items, any_count


def _count(engine: Engine, kind: ListKind, entity: str, today: datetime.date) -> Answer | None:
    """How many a long list names, where that is worded."""
    for intent in engine.reader.intents.of_relation(kind.intent.relation):
        if intent.form == "how_many" and intent.bound == {kind.place} and not (intent.detail or intent.change):
            query = replace(kind.query(entity), form="how_many", rule=intent.id, negated=False)
            made = engine.answer(query, today)
            if made.status == "answered":
                return made
    return None


def _listed(engine: Engine, made: Answer, notes: dict[str, None]) -> Item:
    """A list as a line. What goes with a complete list is said once, however many lists rest on it."""
    text = made.text
    for coverage in engine.kb.coverages:
        if coverage.id in made.coverages and coverage.note:
            text = text.replace(coverage.note, "").strip() if coverage.note in notes else text
            notes[coverage.note] = None
    firsts = [engine.kb.fact(id_).sources[0] for id_ in made.facts if id_ in engine.kb]
    of_lists = [source for c in engine.kb.coverages if c.id in made.coverages for source in c.sources]
    few = made.sources if len(made.sources) <= CITED else (*of_lists, *(firsts if len(firsts) <= LONG else ()))
    return Item("", text, _seen(engine, made.as_of), tuple(dict.fromkeys(few)) or made.sources[:CITED])


def _seen(engine: Engine, as_of: str | None) -> str:
    return engine.composer.words.date(as_of) if as_of else ""
