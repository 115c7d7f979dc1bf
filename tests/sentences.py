"""Sentences made from the intents' own lines: one for each way to say a line's words, with names that fit.

Used to hold that every line is won by its own intent, and to make hard negatives from what is certainly understood.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.engine import Engine
from bot.questions.intents import Intent
from bot.questions.tables import skeletons_of
from bot.questions.templates import place_of

# Names that fit the kinds of a place; several, so that a question never names the same one twice.
PREFERRED = (
    "pakistan", "armenia", "turkey", "israel", "kosovo", "palestine", "nato", "armenian-genocide", "kashmir",
    "second-karabakh-war", "tanap", "tamar-field", "shusha-declaration", "greek-administration-label", "muradov-2021",
    "nato-members",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A sentence, the intent whose line it says, and who fills which place."""

    text: str
    intent: Intent
    line: str
    filled: tuple[tuple[str, str], ...]


class Maker:
    """Makes sentences for the intents of an engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kb = engine.kb
        self.reader = engine.reader
        self.phrases: dict[str, str] = {}
        for row in (engine.kb.shared, *engine.kb.intents):
            for name, phrases in row.get("rules", {}).items():
                self.phrases[f"<{name}>"] = _plain(phrases)
        self.values: dict[tuple[str, str], tuple[str, str]] = {}
        for row in engine.kb.intents:
            for name, values in row.get("values", {}).items():
                for value, said in reversed(values.items()):
                    if said["say"]:  # one that is never said stands in no line
                        self.values[row["relation"], name] = (value, _plain(said["say"]))

    def all(self) -> Iterator[Made]:
        """One sentence for each skeleton that is asked as it stands (statements get a question mark)."""
        for number, symbols in skeletons_of(self.reader.nearest.compiled):
            id_, relation, line, section = self.reader.lines[number]
            if section == "follow":
                continue
            made = self._make(self.reader.intents.by_id[id_], relation, line, symbols)
            if made:
                yield made

    def _make(self, intent: Intent, relation: str, line: str, symbols: list[str]) -> Made | None:
        words: list[str] = []
        filled: list[tuple[str, str]] = []
        used: set[str] = set()
        for symbol in symbols:
            if symbol[0] == "<":
                words.append(self.phrases[symbol])
            elif symbol[0] == "{" and place_of(symbol) in intent.kinds:
                name = self._name(intent, place_of(symbol), used)
                if name is None:
                    return None
                used.add(name)
                filled.append((place_of(symbol), name))
                words.append(self._said(name))
            elif symbol[0] == "{":
                words.append(self.values[relation, symbol[1:-1]][1])
            else:
                words.append(symbol)
        return Made(" ".join(words) + "?", intent, line, tuple(filled))

    def _name(self, intent: Intent, place: str, used: set[str]) -> str | None:
        candidates = (*PREFERRED, *self.kb.entities)
        for id_ in candidates:
            entity = self.kb.entities.get(id_)
            if entity is None or id_ in used or entity.kind not in intent.kinds[place]:
                continue
            if place == "named" and not any(f.relation == intent.relation for f in self.kb.named(id_)):
                continue
            return id_
        return None

    def _said(self, id_: str) -> str:
        return self.kb.entities[id_].name


def _plain(phrases: list[str]) -> str:
    """The plainest phrase of a rule, its brackets resolved to the first choice."""
    from bot.questions.templates import expand_phrase

    return next(" ".join(words) for phrase in phrases for words in expand_phrase(phrase))
