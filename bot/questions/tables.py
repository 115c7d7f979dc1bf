"""How the compiled language is laid out: the table of phrases, and the trie of skeletons.

Plain data that JSON can carry. `compiled.py` writes it; what reads questions looks things up here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

ENDING = ""  # the key of a trie's node under which the lines that end there stand

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
