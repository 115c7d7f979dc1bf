"""How the compiled language is laid out: the table of phrases, and the trie of skeletons.

Plain data that JSON can carry. `compiled.py` writes it; what reads questions looks things up here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

SHORT_WEAK = 5  # a weak name of fewer letters is only ever exact
ENDING = ""  # the key of a trie's node under which the lines that end there stand

PARTICIPANT_PLACES = frozenset({"subject", "object", "among", "minus", "named"})

# Kinds of entry in the phrase table. SYMBOL is vocabulary of the skeletons, NAME an entity, VALUE a narrowing's value;
# the others are read past, each with an effect of its own (see `match.py`).
SYMBOL, NAME, VALUE = "symbol", "name", "value"
SKIP, LEAD, FALSE, TAG, NOW, EVER, NOT, PRONOUN = "skip", "lead", "false", "tag", "now", "ever", "not", "pronoun"
SET = "set"  # a word that makes a set of names (see `sets.py`)
KEPT = "kept"  # words of which the first is not read past: they narrow what is asked

Phrases = dict[tuple[str, ...], set[tuple[str, str]]]  # words: the kinds and payloads of what they may be
PhraseEntry = tuple[tuple[str, ...], str, tuple[str, ...]]


def phrase_entries(text: str) -> tuple[PhraseEntry, ...]:
    """The entries under a key of the phrase table, one word or the first two: (further words, kind, payloads)."""
    rows = (row.split("\t") for row in text.split("\n")) if text else ()
    return tuple((tuple(rest.split()), kind, tuple(payloads)) for rest, kind, *payloads in rows)


def skeletons_of(compiled: Mapping[str, Any]) -> Iterator[tuple[int, list[str]]]:
    """Every skeleton of a compiled language: (number of the line, symbols)."""
    trie = compiled["trie"]
    stack: list[tuple[int, list[str]]] = [(0, [])]
    while stack:
        node, symbols = stack.pop()
        for symbol, child in trie[node].items():
            if symbol == ENDING:
                yield from ((number, symbols) for number in child)
            else:
                stack.append((child, [*symbols, symbol]))


def plainest(compiled: Mapping[str, Any]) -> list[tuple[int, list[str]]]:
    """One skeleton of each line, the shortest: (number of the line, symbols)."""
    return [(number, row.split(" ")) for number, row in enumerate(compiled["plainest"].split("\n")) if row]


def shared_endings(trie: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same trie with equal endings kept once. Children stand behind their parents: one pass from the end does."""
    kept: dict[tuple[Any, ...], int] = {}
    moved: dict[int, int] = {}
    nodes: list[dict[str, Any]] = [{}]  # the root keeps its place
    for number in range(len(trie) - 1, -1, -1):
        node: dict[str, Any] = {s: c if s == ENDING else moved[c] for s, c in trie[number].items()}
        if number == 0:
            nodes[0] = node
            break
        key = tuple(sorted((s, tuple(c) if s == ENDING else c) for s, c in node.items()))
        if key not in kept:
            kept[key] = len(nodes)
            nodes.append(node)
        moved[number] = kept[key]
    return nodes


def phrase_tables(phrases: Phrases) -> dict[str, Any]:
    """The phrases by their first two words, the names that misspelt ones are compared with, and all other words."""
    table: dict[str, list[str]] = defaultdict(list)
    vocabulary: set[str] = set()
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    for key, entries in phrases.items():
        kinds: dict[str, list[str]] = defaultdict(list)
        for kind, payload in sorted(entries):
            kinds[kind].append(payload)
            if kind == NAME:
                entity, strength = payload.rsplit("=", 1)
                if strength != "weak" or len(" ".join(key)) >= SHORT_WEAK:
                    aliases[" ".join(key)][entity] = None
        for kind, payloads in kinds.items():
            table[" ".join(key[:2])].append("\t".join((" ".join(key[2:]), kind, *payloads)))
            if kind != NAME:
                vocabulary.update(key)
    return {
        "phrases": {words: "\n".join(entries) for words, entries in table.items()},
        "aliases": {alias: " ".join(entities) for alias, entities in aliases.items()},
        "vocabulary": " ".join(sorted(vocabulary)),
    }


def grammar(phrases: Phrases, shared: Mapping[str, Any]) -> dict[str, Any]:
    """Which symbols only help a verb (`d`: may be left out, `b`: may be a form of "be"), and which ask."""
    words_of: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key, entries in phrases.items():
        for kind, payload in entries:
            if kind == SYMBOL:
                words_of[payload].append(key)
    kinds: Mapping[str, list[str]] = shared.get("helping", {})
    all_ = {word for listed in kinds.values() for word in listed}
    asking = set(shared.get("openers", ())) - set(shared.get("follow", {}).get("auxiliaries", ()))
    helping = {}
    for symbol, keys in words_of.items():
        said = {word for key in keys for word in key}
        if said <= all_ and any(len(key) == 1 for key in keys):
            helping[symbol] = "a" + "".join(
                sign
                for sign, kind in (("d", "left_out"), ("b", "being"))
                if any(key[0] in kinds.get(kind, ()) for key in keys if len(key) == 1)
            )
    asks = sorted(symbol for symbol, keys in words_of.items() if any(asking & set(key) for key in keys))
    return {"helping": helping, "asking": asks}
