"""Facts chosen by what they say: "Pakistan recognises Armenia (since 31 August 2025)", never by an id.

Comes in: an engine, and what somebody typed. Goes out: facts, and labels to choose from.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answers.digest import fact_lines
from bot.discord_app.escape import plain
from bot.discord_app.limits import CHOICE
from bot.engine import Engine
from bot.knowledge.records import Fact, Source
from bot.questions.text import fold

_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fact with what it says, and the words by which it is found."""

    id: str
    label: str
    words: frozenset[str]
    weight: int
    recent: str


def label(engine: Engine, fact: Fact | str) -> str:
    """What a fact says, with its period."""
    if isinstance(fact, str):
        if fact not in engine.kb:
            return f"{fact} (retired)" if fact in engine.kb.retired else fact
        fact = engine.kb.fact(fact)
    bare = replace(fact, note=None, details=())
    said = fact_lines(engine.composer, bare)[0].partition(": ")[2].rstrip(".")
    return f"{said} ({period(engine, fact)})"


def period(engine: Engine, fact: Fact) -> str:
    """ "since 31 August 2025", "1972 – 2014", "as of May 2026"."""
    words = engine.composer.words
    since = words.since(fact.since)
    if fact.until:
        return f"{since} – {words.date(fact.until)}" if since else f"until {words.date(fact.until)}"
    return f"since {since}" if since else f"as of {words.date(fact.as_of)}"


@lru_cache(maxsize=1)  # of the engine that serves: made in a quarter of a second when first asked for
def index(engine: Engine) -> tuple[Labelled, ...]:
    """All facts that speak, as they are chosen."""
    kb, made = engine.kb, []
    for fact in kb.facts():
        told = label(engine, fact)
        names = [kb.entities[who].name for who in fact.participants() if who in kb.entities]
        weight = sum(kb.connected(who) for who in fact.participants())
        words = frozenset(_words(" ".join((told, *names, kb.relations[fact.relation].title))))
        made.append(Labelled(fact.id, told, words, weight, fact.since.date or fact.as_of))
    return tuple(made)


def found(engine: Engine, typed: str, relation: str = "") -> list[Labelled]:
    """The facts that hold every typed word, or the beginning of one; the newest first."""
    wanted = _words(typed)
    fitting = [
        one for one in index(engine)
        if all(any(word.startswith(begun) for word in one.words) for begun in wanted)
        and (not relation or engine.kb.fact(one.id).relation == relation)
    ]  # fmt: skip
    exact = fold(typed)
    return sorted(fitting, key=lambda one: (not fold(one.label).startswith(exact), *_newest(one.recent)))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _newest(date: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in date.split("-"))


def named(engine: Engine, typed: str) -> list[str]:
    """The facts that somebody may mean: the one chosen, one that reads so, or those that answer a question."""
    typed = typed.strip()
    if typed in engine.kb or typed in engine.kb.retired:
        return [typed]
    fitting = [one.id for one in found(engine, typed)] if typed else []
    exact = [id_ for id_ in fitting if fold(label(engine, id_)) == fold(typed)]
    return exact or list(engine.ask(typed).facts) or fitting


def offered(engine: Engine, typed: str, limit: int) -> list[tuple[str, str]]:
    """Labels and ids to choose from while somebody types. An id too long for a choice is found by its label."""
    chosen = [(plain(one.label, CHOICE), one.id) for one in found(engine, typed)[:limit]]
    return [(shown, id_ if len(id_) <= CHOICE else shown) for shown, id_ in chosen]


def source_label(source: Source) -> str:
    """ "Geo News: Pakistan recognises Armenia (2025-08-31)"."""
    return f"{source.publisher}: {source.title}" + (f" ({source.published})" if source.published else "")


@lru_cache(maxsize=1)
def sources(engine: Engine) -> tuple[tuple[str, Source], ...]:
    """Every page that facts rest on, with what it is found by; the newest first."""
    ids = dict.fromkeys(id_ for fact in engine.kb.facts() for id_ in fact.sources)
    every = [engine.kb.source(id_) for id_ in ids]
    every.sort(key=lambda source: source.published or source.accessed, reverse=True)
    return tuple((fold(f"{source_label(source)} {source.url or ''}"), source) for source in every)


def offered_sources(engine: Engine, typed: str, limit: int) -> Iterable[tuple[str, str]]:
    """Pages on file to choose from: a label, and the id."""
    wanted = fold(typed).split()
    fitting = [source for text, source in sources(engine) if all(word in text for word in wanted)]
    return [(plain(source_label(one), CHOICE), one.id) for one in fitting[:limit] if len(one.id) <= CHOICE]
