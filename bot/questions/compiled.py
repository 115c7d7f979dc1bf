"""Compiles names and ways to ask into plain data: one table of phrases and one trie of skeletons.

Comes in: a KnowledgeBase. Goes out: JSON-able dicts (so that the cache can keep them), and the problems of the
language files. Nothing here is done per question.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem
from bot.knowledge.records import Row
from bot.questions.library import common_words, library_names
from bot.questions.tables import (
    ENDING,
    EVER,
    FALSE,
    KEPT,
    LEAD,
    NAME,
    NOT,
    NOW,
    PARTICIPANT_PLACES,
    PRONOUN,
    SET,
    SKIP,
    SYMBOL,
    TAG,
    VALUE,
    Phrases,
    grammar,
    phrase_tables,
    shared_endings,
)
from bot.questions.templates import Symbols, TemplateError, clauses_in, expand, expand_phrase, place_of, places
from bot.questions.text import words

ROLES = ("subject", "object")

_FRAGMENTS = ("fillers", "swap", "others", "further", "again")

SET_WORDS = (
    ("article", "articles"), ("noun", "nouns"), ("member", "members"), ("of", "of"), ("join", "joins"),
    ("or", "ors"), ("but", "but"),
)  # fmt: skip


def compile_language(kb: KnowledgeBase) -> tuple[dict[str, Any], list[Problem]]:
    """Everything the reader looks up, and what is wrong with the language files."""
    builder = _Builder(kb)
    builder.add_shared()
    for row in kb.intents:
        builder.add_intents(row)
    for row in kb.intents:  # behind them all, as a line that a person wrote goes before a built one
        builder.add_built(row)
    builder.add_names()
    return builder.finish(), builder.problems


class _Builder:
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.problems: list[Problem] = []
        self.phrases: Phrases = defaultdict(set)
        self.trie: list[dict[str, Any]] = [{}]
        self.lines: list[list[Any]] = []
        self.plainest: dict[int, str] = {}
        self.used: set[str] = set()
        self.bound: dict[str, list[str]] = {}
        self.owners: dict[Symbols, list[tuple[str, Row, str]]] = defaultdict(list)
        self.contractions: Mapping[str, str] = kb.shared.get("contractions", {})
        self.rules: set[str] = set()
        self.literals: set[str] = set()
        self.where = ""

    def problem(self, message: str, hint: str = "", severity: str = "error") -> None:
        self.problems.append(Problem(self.where, 0, message, hint, severity))

    def phrase(self, text: str, kind: str, payload: str = "") -> None:
        try:
            sequences = expand_phrase(text) if any(sign in text for sign in "[(|") else [tuple(text.split())]
        except TemplateError as error:
            self.problem(f"'{text}': {error}", "see the signs in knowledge/README.md")
            return
        for sequence in sequences:
            key = tuple(
                word for typed in words(" ".join(sequence)) for word in self.contractions.get(typed, typed).split()
            )
            if not key:
                self.problem(f"'{text}' has no word", "remove it")
                continue
            self.phrases[key].add((kind, payload))

    def add_shared(self) -> None:
        shared = self.kb.shared
        self.where = "shared"
        if not shared:
            return
        for name, phrases in shared["rules"].items():
            self.add_rule(name, phrases)
        for kind, key in (
            (SKIP, "skip"), (KEPT, "kept"), (LEAD, "lead"), (FALSE, "false_lead"), (TAG, "tags"), (NOT, "negators"),
            (PRONOUN, "pronouns"),
        ):  # fmt: skip
            for phrase in shared.get(key, ()):
                self.phrase(phrase, kind)
        for phrase in shared["time"]["present"]:
            self.phrase(phrase, NOW)
        for phrase in shared["time"]["ever"]:
            self.phrase(phrase, EVER)
        for phrase in shared["time"]["never"]:
            self.phrase(phrase, NOT, "ever")
        sets = shared.get("sets") or {}
        for payload, key in SET_WORDS:
            for phrase in sets.get(key, ()):
                self.phrase(phrase, SET, payload)
        for rank, phrase in enumerate(sets.get("ordinals", ()), 2):
            self.phrase(phrase, SET, f"ordinal{rank}")
        self.check_follow(shared["follow"])

    def check_follow(self, follow: Mapping[str, Any]) -> None:
        """The fragments are looked up as they stand; here only what is wrong with them is told."""
        for relation in {*follow.get("topics", ()), *follow.get("agents_either", ())} - set(self.kb.relations):
            self.problem(f"follow: there is no relation '{relation}'", "see relations.yaml")
        grouped = [lines for key in ("forms", "picks", "topics") for lines in follow.get(key, {}).values()]
        for phrase in itertools.chain(*grouped, *(follow.get(key, ()) for key in _FRAGMENTS)):
            try:
                expand_phrase(phrase)
            except TemplateError as error:
                self.problem(f"'{phrase}': {error}", "see the signs in knowledge/README.md")

    def add_rule(self, name: str, phrases: Iterable[str]) -> None:
        if name in self.rules:
            self.problem(f"the rule <{name}> is defined twice", "rename one of them")
        self.rules.add(name)
        for phrase in phrases:
            self.phrase(phrase, SYMBOL, f"<{name}>")

    def add_intents(self, row: Row) -> None:
        relation = row["relation"]
        self.where = f"intents {relation}"
        if relation not in self.kb.relations:
            self.problem(f"there is no relation '{relation}'", "see relations.yaml")
            return
        for name, phrases in row.get("rules", {}).items():
            self.add_rule(name, phrases)
        for name, values in row.get("values", {}).items():
            if name not in self.kb.relations[relation].narrows:
                self.problem(f"'{name}' is no narrowing of {relation}", "see relations.yaml")
            for value, said in values.items():
                for phrase in said["say"]:
                    self.phrase(phrase, VALUE, f"{name}={value}")
        for id_, intent in row["intents"].items():
            self.where = f"intent {id_}"
            self.add_intent(relation, id_, intent, row)

    def add_intent(self, relation: str, id_: str, intent: Row, row: Row) -> None:
        bound: frozenset[str] | None = None
        for section in ("say", "claims", "follow"):
            for line in intent.get(section, ()):
                try:
                    sequences = expand(line, row.get("clauses", {}))
                except TemplateError as error:
                    self.problem(f"'{line}': {error}", "see the signs in knowledge/README.md")
                    continue
                number = len(self.lines)
                self.lines.append([id_, relation, line, section])
                for symbols in sequences:
                    self.check_symbols(line, symbols, relation)
                    if section != "follow":
                        here = frozenset(places(symbols)) & PARTICIPANT_PLACES
                        bound = here if bound is None else bound
                        self.bound[id_] = sorted(bound)
                        if here != bound:
                            told = ", ".join(sorted(bound)) or "nothing"
                            self.problem(
                                f"'{line}' binds {', '.join(sorted(here)) or 'nothing'} where the lines above "
                                f"bind {told}", "give it an intent of its own",
                            )  # fmt: skip
                    self.add_skeleton(symbols, number, id_, intent)

    def add_built(self, row: Row) -> None:
        """The lines that the shared constructions make of the intents' own clauses."""
        constructions, clauses = self.kb.shared.get("constructions", {}), row.get("clauses", {})
        for id_, intent in row["intents"].items():
            self.where = f"intent {id_}"
            for name, parts in intent.get("built", {}).items():
                unknown = [c for c in parts.values() if c not in clauses] + [name] * (name not in constructions)
                if unknown:
                    self.problem(f"there is no '{unknown[0]}' to build lines of", "see `constructions:` and `clauses:`")
                    continue
                own = {**clauses, **{part: clauses[clause] for part, clause in parts.items()}}
                for section, lines in constructions[name].items():
                    for line in lines:
                        if set(clauses_in(line)) <= set(parts):
                            entry = [id_, row["relation"], line, "built" if section == "say" else section]
                            self.add_built_line(entry, intent, own)

    def add_built_line(self, entry: list[Any], intent: Row, clauses: Mapping[str, list[str]]) -> None:
        id_, relation, line, _ = entry
        try:
            sequences = expand(line, clauses)
        except TemplateError as error:
            self.problem(f"'{line}': {error}", "see the signs in knowledge/README.md")
            return
        number = len(self.lines)
        self.lines.append(entry)
        for symbols in sequences:
            self.check_symbols(line, symbols, relation)
            here = sorted(frozenset(places(symbols)) & PARTICIPANT_PLACES)
            if here != self.bound.setdefault(id_, here):
                continue  # a clause may leave a place open that this intent fills
            owners = self.owners.get(symbols, ())
            if not any(o != id_ and self.overlap(symbols, intent, relation, i, r) for o, i, r in owners):
                self.add_skeleton(symbols, number, id_, intent)

    def check_symbols(self, line: str, symbols: Symbols, relation: str) -> None:
        allowed = PARTICIPANT_PLACES | set(self.kb.relations[relation].narrows)
        for symbol in symbols:
            if symbol[0] == "{" and place_of(symbol) not in allowed:
                self.problem(f"'{line}': there is no place {symbol}", f"places are {', '.join(sorted(allowed))}")
        if not any(symbol[0] != "{" for symbol in symbols):
            self.problem(f"'{line}' can be said with names alone", "it needs a word of its own")

    def add_skeleton(self, symbols: Symbols, number: int, id_: str, intent: Row) -> None:
        keyed: list[str] = []
        for symbol in symbols:
            if symbol[0] in "<{":
                keyed.append(symbol)
            else:
                word = words(symbol)
                if len(word) != 1:
                    self.problem(f"'{symbol}' is not one word", "write words apart")
                    return
                self.literals.add(word[0])
                keyed.append(word[0])
        node = 0
        for symbol in keyed:
            children = self.trie[node]
            if symbol not in children:
                children[symbol] = len(self.trie)
                self.trie.append({})
            node = children[symbol]
        ending = self.trie[node].setdefault(ENDING, [])
        if number not in ending:
            ending.append(number)
            plainest = self.plainest.get(number)
            if plainest is None or len(keyed) < plainest.count(" ") + 1:
                self.plainest[number] = " ".join(keyed)
            self.used.update(symbol[1:-1] for symbol in keyed if symbol[0] == "<")
            if self.lines[number][3] != "follow":  # the relation of the question before tells these apart
                self.owners[tuple(keyed)].append((id_, intent, self.lines[number][1]))

    def add_names(self) -> None:
        library = library_names(self.kb)
        for id_, row in self.kb.entity_rows.items():
            weak = {words(name) for name in row.get("weak", ())}
            strong = [row["name"], *row.get("names", ()), *library.get(id_, ())]
            strong = [name for name in strong if words(name) not in weak]
            for name in (*strong, *row.get("capitals", ()), *row.get("foreign", ())):
                self.name(name, id_, "strong")
            for name in row.get("demonyms", ()):
                self.name(name, id_, "adjective")
            for name in row.get("weak", ()):
                self.name(name, id_, "weak")
            flag = self.kb.entities[id_].flag
            if flag:
                self.phrases[(flag.casefold(),)].add((NAME, f"{id_}=strong"))

    def name(self, name: str, id_: str, strength: str) -> None:
        key = words(name)
        if key and key[0] == "the" and len(key) > 1:
            key = key[1:]
        if not key:
            self.where = f"entities {id_}"
            self.problem(f"the name '{name}' has no letter", "remove it")
            return
        self.phrases[key].add((NAME, f"{id_}={strength}"))
        if len(key) == 1 and len(key[0]) > 3 and key[0].isascii() and not key[0].endswith("s"):
            self.phrases[(key[0] + "s",)].add((NAME, f"{id_}={strength}"))

    def finish(self) -> dict[str, Any]:
        for word in self.literals:
            self.phrases[(word,)].add((SYMBOL, word))
        self.check_rules()
        self.check_owners()
        # Long lists are kept as single texts: they are parsed when first needed, and JSON reads them faster.
        return {
            **phrase_tables(self.phrases), "trie": shared_endings(self.trie), "lines": self.lines, "bound": self.bound,
            "plainest": "\n".join(self.plainest.get(number, "") for number in range(len(self.lines))),
            **grammar(self.phrases, self.kb.shared),
            "common": " ".join(common_words(self.kb.shared.get("language", "en"))),
        }  # fmt: skip

    def check_rules(self) -> None:
        self.where = "shared"
        for name in sorted(self.used - self.rules):
            self.problem(f"a line uses the rule <{name}>, which is not defined", "define it under `rules:`")

    def check_owners(self) -> None:
        """Two intents may share a skeleton only if their participants' kinds keep them apart."""
        for symbols, owners in self.owners.items():
            for index, (first, intent, relation) in enumerate(owners):
                for other, other_intent, other_relation in owners[index + 1 :]:
                    if first != other and self.overlap(symbols, intent, relation, other_intent, other_relation):
                        self.where = f"intent {other}"
                        self.problem(
                            f"'{' '.join(symbols)}' is said by {first} too", "remove one, or set `kinds:` apart"
                        )

    def overlap(self, symbols: Symbols, one: Row, one_relation: str, two: Row, two_relation: str) -> bool:
        if one["asks"].get("change") != two["asks"].get("change"):
            return False  # an intent about a change needs a date, and wins with one
        for place in set(places(symbols)) & set(ROLES):
            kinds = place_kinds(self.kb, one_relation, one, place) & place_kinds(self.kb, two_relation, two, place)
            if not kinds:
                return False
        return True


def place_kinds(kb: KnowledgeBase, relation: str, intent: Mapping[str, Any], place: str) -> frozenset[str]:
    """The kinds of entity that may fill a place of an intent."""
    named = intent.get("kinds", {}).get(place)
    if named:
        return frozenset(named)
    if place == "among":
        return frozenset({"group"})
    if place == "named":
        return frozenset(kb.kinds)
    roles = kb.relations[relation].roles
    return frozenset(roles[0] if place == "subject" else roles[1])
