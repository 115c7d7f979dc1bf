"""Fills the templates that a person wrote. Nothing is said that no template or fact says."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import Since, Span, is_partial_date, spoken
from bot.questions.query import At, Query

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z0-9_]+)\}")
_NUMBER = re.compile(r"\(([^()|]*)\|([^()|]*)\)")
_START = re.compile(r"(^|[.?!] )([a-z])")

LEAD = 16  # characters of a verdict before a sentence, at most


def agreeing(template: str, one: bool = True) -> str:
    """A template with the word of each `(one|several)` that its number asks for."""
    return _NUMBER.sub(lambda found: found.group(1 if one else 2), template)


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template with its places filled; a bracket vanishes when a place in it is empty.

    Of `(one|several)` the second is said of a count, or where nothing is counted of subjects, other than one.
    """

    def optional(found: re.Match[str]) -> str:
        inner = found.group(1)
        return inner if all(values.get(place) for place in _PLACE.findall(inner)) else ""

    text = agreeing(template, (values.get("count") or values.get("number") or "1") == "1")
    while True:
        shorter = _OPTIONAL.sub(optional, text)
        if shorter == text:
            break
        text = shorter
    text = _PLACE.sub(lambda found: values.get(found.group(1), ""), text)
    text = re.sub(r"s's\b", "s'", text)
    text = re.sub(r"\s+([,.;?!])", r"\1", " ".join(text.split()))
    return _START.sub(lambda found: found.group(1) + found.group(2).upper(), text)


def joined(names: Sequence[str], word: str = "and") -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def verdict_apart(text: str) -> tuple[str, str]:
    """ "Yes. Mali …" as "Yes" and "Mali …": a first sentence of a few short words is the verdict."""
    head, stop, rest = text.partition(". ")
    return (head, rest) if stop and rest and len(head.split()) <= 4 and len(head) <= LEAD else ("", text)


def without_verdict(text: str) -> str:
    """A sentence without its leading "Yes." or "No.", where neither is asked for, or another one is said first."""
    head, stop, rest = text.partition(". ")
    return rest if stop and len(head) <= LEAD and " " not in head.strip() else text


def time_told(at: At) -> str:
    """A time as it is told back: that of something named, which may have lasted longer than its first day, whole."""
    if at.mode not in ("in", "throughout", "after", "by") or not is_partial_date(at.text):
        return at.text
    named, span = Span.of(at.text), at.span
    if at.mode == "after":
        last = span.first - datetime.timedelta(days=1)
        return at.text if named.last == last else last.isoformat()
    if at.mode == "by" or named.first != span.first or named.after >= span.after:
        return at.text if named.last == span.last or at.mode != "by" else span.last.isoformat()
    return f"{at.text}/{span.last.isoformat()}"


class Words:
    """The templates of all intents, and the names that fill them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._common: dict[str, Mapping[str, str]] = {}
        self._own: dict[str, Mapping[str, str]] = {}
        self._negated: set[str] = set()  # intents that ask the contrary by themselves, and word it so
        self._mutual: set[str] = set()  # those that ask for both directions, and word it so
        self._ever: set[str] = set()  # those that ask for all time, and word it so
        self._shown: dict[str, dict[str, str]] = {}
        for row in kb.intents:
            self._common[row["relation"]] = row.get("answers", {})
            self._shown[row["relation"]] = {
                f"{name}={value}": said["show"]
                for name, values in row.get("values", {}).items()
                for value, said in values.items()
            }
            for id_, intent in row["intents"].items():
                self._own[id_] = intent.get("answers", {})
                if intent["asks"].get("negated") == "yes":
                    self._negated.add(id_)
                if intent["asks"].get("mutual") == "yes":
                    self._mutual.add(id_)
                if intent["asks"].get("ever") == "yes":
                    self._ever.add(id_)

    def template(self, query: Query, *keys: str) -> str | None:
        """The first of the keys that the query's intent, its relation's file or the shared messages word."""
        own, common = self._own.get(query.rule, {}), self._common.get(query.relation, {})
        messages: Mapping[str, str] = self.kb.shared["messages"]
        for key in keys:
            found = own.get(key) or common.get(key) or messages.get(key)
            if found:
                return found
        return None

    def own(self, intent: str, key: str) -> str | None:
        """A template that an intent words itself; None where it takes its relation's, or none."""
        return self._own.get(intent, {}).get(key)

    def denies(self, query: Query) -> bool:
        """Whether a query's intent asks for the contrary by its own words."""
        return query.rule in self._negated

    def message(self, key: str, values: Mapping[str, str] | None = None) -> str:
        """A message of the shared file."""
        return fill(self.kb.shared["messages"].get(key, ""), values or {})

    def term(self, key: str) -> str:
        """A piece of a sentence from the shared file, as it stands."""
        return str(self.kb.shared["messages"].get(key, ""))

    def label(self, entities: Sequence[str] | None) -> str:
        """The names of entities within a sentence."""
        return joined([self.kb.entities[e].label for e in entities or ()])

    def values(self, query: Query, **more: Any) -> dict[str, str]:
        """What every template may use of a query: its participants, narrowing and date."""
        shown = self._shown.get(query.relation, {})
        values = {
            "subject": self.label(query.subject),
            "object": self.label(query.object),
            "object_stated": joined([self.kb.entities[e].stated for e in query.object or ()]),
            "among": self.kb.entities[query.among].label if query.among else self.label(query.of),
            "without": self.label(query.without),
            "rank": str(query.rank),
            "number": str(len(query.subject or ("",))),
            "minus": self.label(query.minus),
            "named": self.kb.entities[query.named].label if query.named else "",
            "at": self.date(time_told(query.at)) if query.at else "",
            "mode": query.at.mode if query.at else "",
            "when": self.when(query.at) if query.at else "",
            "as_of": "",
        }
        for name, value in query.narrows.items():
            values[name] = shown.get(f"{name}={value}", value)
        values.update({key: str(value) for key, value in more.items() if value is not None})
        return values

    def narrowing(self, relation: str, narrows: Mapping[str, str]) -> dict[str, str]:
        """How a fact's own narrowing is said."""
        shown = self._shown.get(relation, {})
        return {name: shown.get(f"{name}={value}", value) for name, value in narrows.items()}

    def date(self, text: str) -> str:
        """A partial date, a range of them or a decade as it is read aloud."""
        try:
            return " to ".join(spoken(part) for part in text.split("/"))
        except ValueError:
            return f"{self.term('decade')} {text}" if text.endswith("0s") else text

    def moment(self, text: str | None) -> str:
        """When something happened: "on 31 August 2025", "in August 2025", "in 2025"; nothing for no date."""
        if not text:
            return ""
        return f"{self.term('on_day' if len(text) == 10 else 'in_period')} {self.date(text)}"

    def when(self, at: At) -> str:
        """The time that a question asks about: "in 2025", "on 31 August 2025", "before 2025"."""
        text = time_told(at)
        if at.mode == "in" and "/" not in text:
            return self.moment(text)
        return f"{self.term('from_when' if at.mode == 'in' else f'mode_{at.mode}')} {self.date(text)}"

    def since(self, since: Since) -> str:
        """A beginning: "31 August 2025", "at least 2011", or nothing."""
        if since.date is None:
            return ""
        return f"{self.term('at_least')} {self.date(since.date)}" if since.latest else self.date(since.date)

    def question(self, query: Query) -> str:
        """The question that a query stands for, in plain words."""
        own = self.own(query.rule, "reading_not") or self.own(query.rule, "reading")
        if own is None or query.rule not in self._negated:
            own = self.template(query, "reading_not" if query.negated else "reading", "reading")
        text = fill(own or "", self.values(query))
        told = [
            self.message(key, self.values(query))
            for key, said in (
                ("said_rank", query.rank != 1), ("said_of", (query.among or query.of) and "{among}" not in (own or "")),
                ("said_without", query.without), ("said_mutual", query.mutual and query.rule not in self._mutual),
                ("said_ever", query.ever and query.at is None and query.rule not in self._ever),
            )
            if said
        ]  # fmt: skip
        text = f"{text} ({', '.join(piece[:1].lower() + piece[1:] for piece in told)})" if told else text
        if query.at is None or "{when}" in (own or ""):
            return text
        when = f"{self.term(f'mode_{query.at.mode}')} {self.date(time_told(query.at))}".strip()
        return f"{text} ({when})"
