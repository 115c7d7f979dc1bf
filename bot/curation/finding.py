"""Facts found by what they say, by a question, or by who takes part; and how they are shown to choose from.

Comes in: an engine, and what somebody typed. Goes out: facts, and labels such as "Pakistan recognises Armenia (since
31 August 2025)". Must not know: where it is typed.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answers.digest import fact_lines
from bot.choices import MOST_WORDS
from bot.engine import Engine
from bot.knowledge.records import Fact
from bot.questions.text import fold, tokenise

_WORD = re.compile(r"[\w'’-]+")
_BETWEEN = frozenset({"and", "the"})  # words between names that say nothing of the fact


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
    if not said:  # a relation whose facts no digest words
        who = ", ".join(engine.kb.entities[id_].name for id_ in fact.participants())
        said = f"{engine.kb.relations[fact.relation].title}: {who}"
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


def found(engine: Engine, typed: str) -> list[Labelled]:
    """The facts that hold every typed word, or the beginning of one; the newest first."""
    exact = fold(typed)
    fitting = [one for one in index(engine) if _holds(one, _words(typed))]
    return sorted(fitting, key=lambda one: (not fold(one.label).startswith(exact), *_newest(one)))


def named(engine: Engine, typed: str, today: datetime.date | None = None) -> list[str]:
    """The facts that somebody may mean: the one chosen by its id, one that reads so, those that answer a question or
    speak of a claim, or those of which who takes part is named, and what else they say."""
    typed = typed.strip()
    if typed in engine.kb or typed in engine.kb.retired:
        return [typed]
    fitting = [one.id for one in found(engine, typed)] if typed else []
    exact = [id_ for id_ in fitting if fold(label(engine, id_)) == fold(typed)]
    if exact:
        return exact
    for as_claim in (False, True):
        answered = engine.ask(typed, today=today, as_claim=as_claim).facts
        if answered:
            return list(answered)
    return _of_names(engine, typed, today) or fitting


def _of_names(engine: Engine, typed: str, today: datetime.date | None) -> list[str]:
    """The facts in which all take part whom a text names, by any of their names, and which hold its other words. A name
    may be such a word, too, as that of a term may be what a relation is called."""
    tokens = [token for token in tokenise(typed) if not token.mark]
    if not 0 < len(tokens) <= MOST_WORDS:
        return []
    lattice = engine.reader.lattices.make(tokens, today or datetime.datetime.now(datetime.UTC).date())
    people: list[tuple[set[str], frozenset[str]]] = []
    others, at = "", 0
    while at < len(lattice.words):
        here = [mention for mention in lattice.mentions if mention.start == at]
        end = max((mention.end for mention in here), default=at + 1)
        spelt = " ".join(lattice.words[at:end])
        if here:
            who = {id_ for mention in here if mention.end == end for id_ in mention.entities}
            people.append((who, frozenset(_words(spelt))))
        else:
            others += f" {spelt}"
        at = end
    said = [word for word in _words(others) if word not in _BETWEEN]
    fitting = [
        one for one in index(engine) if people and _holds(one, said)
        and all(who & {*engine.kb.fact(one.id).participants()} or spelt <= one.words for who, spelt in people)
    ]  # fmt: skip
    return [one.id for one in sorted(fitting, key=_newest)]


def _holds(one: Labelled, wanted: Iterable[str]) -> bool:
    return all(any(word.startswith(begun) for word in one.words) for begun in wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _newest(one: Labelled) -> tuple[int, ...]:
    return tuple(-int(part) for part in one.recent.split("-"))
