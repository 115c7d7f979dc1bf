"""Checks of names: a strong name is of one entity only, and names one slip apart know of each other."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.knowledge.checks.ledger import Ledger
from bot.knowledge.records import Row

SHORTEST = 5  # shorter names are matched exactly only, so that no slip turns one into another


def check_names(ledger: Ledger) -> None:
    """Find strong names with two owners, and neighbours that do not list each other as confusable."""
    owners: dict[str, set[str]] = defaultdict(set)
    for id_, row in ledger.rows.entities.items():
        for name in strong_names(row):
            owners[folded(name)].add(id_)
    for name, held in owners.items():
        if len(held) > 1:
            first, *others = sorted(held)
            ledger.say(
                f"entities {first}", f"the strong name '{name}' belongs to {', '.join((first, *others))}",
                "keep it for one of them, or list it under `weak` in each",
            )  # fmt: skip
    told: set[tuple[str, str]] = set()
    for one, two in neighbours(name for name in owners if " " not in name and len(name) >= SHORTEST):
        for id_ in owners[one]:
            for other in owners[two]:
                pair = (min(id_, other), max(id_, other))
                if id_ != other and pair not in told:
                    told.add(pair)
                    _check_pair(ledger, pair, one, two)


def _check_pair(ledger: Ledger, pair: tuple[str, str], one: str, two: str) -> None:
    for id_, other in (pair, pair[::-1]):
        if other not in ledger.rows.entities[id_].get("confusable_with", ()):
            ledger.say(
                f"entities {id_}", f"'{one}' and '{two}' are one letter apart, but {id_} does not list {other}",
                f"add `confusable_with: [{other}]`",
            )  # fmt: skip


def strong_names(row: Row) -> Iterator[str]:
    """The names that mean an entity without any context."""
    yield row["name"]
    for key in ("names", "demonyms", "capitals", "foreign"):
        yield from row.get(key, ())


def folded(name: str) -> str:
    """The key under which names are compared: casefolded, without accents, hyphens as blanks, no article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = plain.replace("-", " ").replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def neighbours(names: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of names one edit apart: a letter changed, left out, or two neighbouring letters swapped.

    Each name is filed under every spelling with one letter left out. Two names share a file only if they are one edit,
    or nearly, apart, so that few pairs are compared however many names there are.
    """
    files: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for shorter in (name, *(name[:i] + name[i + 1 :] for i in range(len(name)))):
            files[shorter].add(name)
    found: set[tuple[str, str]] = set()
    for filed in files.values():
        ranked = sorted(filed)
        for index, one in enumerate(ranked):
            found.update((one, two) for two in ranked[index + 1 :] if one_edit(one, two))
    return sorted(found)


def one_edit(one: str, two: str) -> bool:
    """Whether two different texts are one edit apart."""
    if len(one) > len(two):
        one, two = two, one
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    if len(one) < len(two):
        return one[start:] == two[start + 1 :]
    swapped = one[start : start + 2] == two[start : start + 2][::-1] and one[start + 2 :] == two[start + 2 :]
    return swapped or one[start + 1 :] == two[start + 1 :]
