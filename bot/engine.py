"""The one front door: `read` a question, `answer` a query, or `ask` for both.

Synchronous, takes the day as an argument, and holds one immutable KnowledgeBase; a reload builds another Engine.
"""

import datetime
import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer, Suggestion
from bot.answers.compose import Composer
from bot.knowledge import cache
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.files import fingerprint, language_print, list_files
from bot.knowledge.problems import KnowledgeError
from bot.questions.query import Query, Reading
from bot.questions.read import Reader


class Engine:
    """Reads and answers questions against one knowledge base."""

    def __init__(self, kb: KnowledgeBase, compiled: dict[str, Any], language: str = "") -> None:
        """`language` is the print of the files that `compiled` was made from, where somebody may use it again."""
        self.kb, self.compiled, self.language = kb, compiled, language
        self.reader = Reader(kb, compiled)
        self.composer = Composer(kb)

    @classmethod
    def open(cls, folder: Path, cache_folder: Path | None = None) -> "Engine":
        """Open a knowledge folder, from the compiled cache if its files are unchanged.

        Raises FolderError (cannot be read) or KnowledgeError (has errors; warnings do not count).
        """
        collecting = gc.isenabled()
        gc.disable()  # what is loaded stays: looking through it for garbage, again and again, doubles the time
        try:
            return cls._opened(folder, cache_folder)
        finally:
            if collecting:
                gc.enable()

    @classmethod
    def _opened(cls, folder: Path, cache_folder: Path | None) -> "Engine":
        files = list_files(folder)
        key, language = fingerprint(files), language_print(files)
        kept, words = cache.read(cache_folder, key), cache.read(cache_folder, language)
        if kept is not None and words is not None:
            try:
                return cls(KnowledgeBase(kept["rows"], key), words["compiled"], language)
            except (KeyError, TypeError, AttributeError, IndexError, ValueError):
                words = None  # a damaged cache is as good as none
        from bot.checking import check_files

        known = _compiled(words)
        checked = check_files(files, compiled=known)
        if checked.errors:
            raise KnowledgeError(checked.errors)
        rows = checked.rows.plain()
        cache.write(cache_folder, key, {"rows": rows})
        if known is None:  # names and ways to ask, apart: most changes are of facts, and leave them as they are
            cache.write(cache_folder, language, {"compiled": checked.compiled})
        return cls(KnowledgeBase(rows, key), checked.compiled, language)

    def read(
        self, text: str, history: Sequence[str] = (), today: datetime.date | None = None, *, as_claim: bool = False,
        last: Query | None = None,
    ) -> Reading:  # fmt: skip
        """What a question means, after earlier questions or, where somebody holds it, after the query of the last one.

        `as_claim` reads a statement as the question whether it is so.
        """
        return self.reader.read(text, history, today or _today(), as_claim=as_claim, last=last)

    def answer(self, query: Query, today: datetime.date | None = None) -> Answer:
        """The answer to a query that somebody already holds."""
        return self.composer.answer(query, today or _today())

    def ask(
        self, text: str, history: Sequence[str] = (), today: datetime.date | None = None, *, as_claim: bool = False,
        last: Query | None = None,
    ) -> Answer:  # fmt: skip
        """Read a question and answer it. Any text gives exactly one of the four statuses."""
        day = today or _today()
        reading = self.read(text, history, day, as_claim=as_claim, last=last)
        made = self._unanswered(reading) if reading.query is None else self.answer(reading.query, day)
        if reading.reason == "ambiguous":
            made = self._same_name(reading.options, day) or made
        return replace(made, question=text, score=reading.score, trace=reading.trace)

    def check(self, text: str, today: datetime.date | None = None, most: int = 5) -> list[tuple[str, Answer]]:
        """The claims of a text, read one by one as questions: up to `most`, each with its words and its answer.

        A sentence that cannot be read as a claim is passed over. Each is read after the one before, so that a pronoun
        finds whom it stands for.
        """
        day = today or _today()
        last: Query | None = None
        found: dict[tuple[Any, ...], tuple[str, Answer]] = {}
        for said in self.reader.sentences_of(text):
            answer = self.ask(said, today=day, as_claim=True, last=last)
            if answer.query is None or answer.status not in ("answered", "no_record"):
                continue
            last = answer.query
            found.setdefault(answer.query.key(), (said, answer))
            if len(found) == most:
                break
        return list(found.values())

    def _same_name(self, options: Sequence[Query], day: datetime.date) -> Answer | None:
        """The one answer on file, where the options differ only in what kind of thing one name names.

        "Palestine" is a state and a question between states; what is on file of one of them is what was asked for.
        Two states of one name are another matter: there the asker is asked back.
        """
        if len({(o.relation, o.form, o.subject, o.at, o.negated) for o in options}) != 1:
            return None
        named = [o.object[0] for o in options if o.object and len(o.object) == 1]
        if len({self.kb.entities[e].kind for e in named}) != len(options) or not self._share_a_name(named):
            return None
        answers = [made for made in (self.answer(o, day) for o in options) if made.status == "answered"]
        return answers[0] if len(answers) == 1 else None

    def _share_a_name(self, entities: Sequence[str]) -> bool:
        """Whether one name stands for all of them; "A or B" are two."""
        return any({*entities} <= {*meant.split()} for meant in self.reader.spelling.aliases.values() if " " in meant)

    def _unanswered(self, reading: Reading) -> Answer:
        words = self.composer.words
        suggestions = tuple(Suggestion(words.question(query), query) for query in reading.options)
        suggestions = tuple({s.text: s for s in suggestions}.values())
        text = words.message(reading.reason, {"named": reading.detail}) or words.message("no_match")
        common = _common(reading.options) if reading.status == "clarify" else None
        return Answer(reading.status, text, common, suggestions=suggestions, reason=reading.reason)


def _common(options: Sequence[Query]) -> Query | None:
    """What all options agree on, for a clarify: the places in which they differ are left open."""
    if not options:
        return None
    first = options[0]
    if any(o.relation != first.relation for o in options):
        return None
    return replace(
        first,
        subject=first.subject if all(o.subject == first.subject for o in options) else None,
        object=first.object if all(o.object == first.object for o in options) else None,
    )


def _compiled(words: dict[str, Any] | None) -> dict[str, Any] | None:
    """The compiled language of a kept copy; None where there is none, or one of another shape."""
    compiled = (words or {}).get("compiled")
    return compiled if isinstance(compiled, dict) and compiled else None


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
