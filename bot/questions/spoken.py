"""Sentences that a line stands for, to see what else it would read.

Comes in: the language of a knowledge base, a line, and names for its places. Goes out: sentences, no more than MOST:
each skeleton with the first phrase of each rule, then with each rule's other phrases in turn. Not every mixture is
spoken: they are thousands, and what one rule's phrase changes shows in one of these.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.questions.templates import TemplateError, expand, expand_phrase, place_of

MOST = 400
_EACH = 12  # phrases of one rule


def sentences_for(kb: KnowledgeBase, row: Mapping[str, Any], line: str, names: Mapping[str, str]) -> list[str]:
    """The sentences of a line in a language file; `names` fill its places. None for a line that cannot be expanded."""
    try:
        skeletons = expand(line, row.get("clauses", {}))
    except TemplateError:
        return []
    rules = {**kb.shared.get("rules", {}), **row.get("rules", {})}
    found = (sentence for symbols in skeletons for sentence in _spoken(symbols, rules, row.get("values", {}), names))
    return list(dict.fromkeys(itertools.islice(found, MOST)))


def _spoken(
    symbols: Sequence[str], rules: Mapping[str, Any], values: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[str]:
    options = [_said(symbol, rules, values, names) for symbol in symbols]
    if not all(options):
        return
    yield " ".join(said[0] for said in options)
    for number, said in enumerate(options):
        for other in said[1:]:
            yield " ".join(other if number == index else own[0] for index, own in enumerate(options))


def _said(symbol: str, rules: Mapping[str, Any], values: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What may be said for a symbol; nothing for a rule that is not defined."""
    if symbol[0] == "{":
        place = place_of(symbol)
        shown = [phrase for value in values.get(place, {}).values() for phrase in _phrases(value["say"])]
        return shown[:_EACH] if place in values else [names.get(place, "")]
    return _phrases(rules.get(symbol[1:-1], ()))[:_EACH] if symbol[0] == "<" else [symbol]


def _phrases(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        try:
            found += [" ".join(words) for words in expand_phrase(line)]
        except TemplateError:
            continue
    return found
