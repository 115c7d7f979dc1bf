"""Facts and pages chosen by what they say, never by an id.

Comes in: an engine, and what somebody typed. Goes out: labels to choose from, as Discord takes them.
"""

from collections.abc import Iterable
from functools import lru_cache

from bot.curation.finding import found, label, named
from bot.discord_app.escape import plain
from bot.discord_app.limits import CHOICE
from bot.engine import Engine
from bot.knowledge.records import Source
from bot.questions.text import fold

__all__ = ["label", "named", "offered", "offered_sources", "source_label", "sources"]


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
