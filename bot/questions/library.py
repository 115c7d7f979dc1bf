"""What well-kept libraries know of a language: its names of territories, and its ordinary words."""

import re

from bot.knowledge.base import KnowledgeBase


def library_names(kb: KnowledgeBase) -> dict[str, list[str]]:
    """The names that CLDR has for an entity's code, in the language of the questions."""
    coded = {row["iso"]: id_ for id_, row in kb.entity_rows.items() if row.get("iso")}
    if not coded:
        return {}
    from babel import Locale

    territories = Locale.parse(kb.shared.get("language", "en")).territories
    found: dict[str, list[str]] = {}
    for code, id_ in coded.items():
        name = territories.get(code)
        if name:
            plain = re.sub(r"\s*\(.*\)", "", name)
            found[id_] = [name] if plain == name else []
    return found


def common_words(language: str) -> list[str]:
    """Ordinary words of a language, which are never taken for a misspelt name or term."""
    from spellchecker import SpellChecker

    try:
        frequency = SpellChecker(language=language).word_frequency
    except ValueError:
        return []
    # Rarer entries of the library's list are themselves misspellings (its counts come from film subtitles).
    return sorted(w for w in frequency if len(w) >= 3 and w.isalpha() and frequency[w] >= 200)
