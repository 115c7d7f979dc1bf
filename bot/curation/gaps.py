"""What people ask and do not get: questions that were not understood, or of which nothing is on file.

Comes in: the texts that servers let be kept, and the counts of queries. Goes out: gaps, the most asked first, and what
a curator may do about one, as drafts to be previewed and saved like any other. Verbs may raise StateError. Must not
know: who asked.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Literal

from bot.answers.answer import Suggestion
from bot.curation.asked import counted
from bot.curation.desk import Clock, Curation
from bot.curation.drafts import Curator, Draft, NameDraft, WordingDraft
from bot.curation.outcomes import Outcome
from bot.curation.places import enterable, placed, relation_of
from bot.curation.teaching import Choice, Teaching, choices, tried, wording
from bot.engine import Engine
from bot.questions.likeness import Masked, group, mask
from bot.questions.query import Query
from bot.state.store import ANSWER_DAYS, MISSED_DAYS, Store

MOST_TEXTS = 2000  # of those kept, the most asked; reading more takes many seconds
MOST_QUERIES = 5000
OTHERS = 5  # other wordings that are shown
_UNREAD = object()
_Members = Sequence[Masked] | Sequence[tuple[Query, int]]

GapKind = Literal["not_understood", "no_record"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that miss the same thing. `keys` are those of all that belong to it; `key` is the first one's.

    `question` is the most asked one, as it was typed or as its query reads, `others` are more of them. `reason` is the
    key of the message by which it was refused, `told` what the asker read, `stranger` the name that nobody on file has,
    and `options` what they were offered instead. `query` is what was understood, where only the fact is missing.
    """

    key: str
    keys: tuple[str, ...]
    kind: GapKind
    question: str
    others: tuple[str, ...]
    times: int
    reason: str = ""
    told: str = ""
    stranger: str = ""
    options: tuple[Suggestion, ...] = ()
    query: Query | None = None


@dataclass(slots=True)
class Gaps:
    """The gaps of the knowledge base that is served."""

    curation: Curation
    store: Store
    clock: Clock
    _read: dict[str, Masked | None] = field(default_factory=dict)
    _of: str = ""

    def find(self, limit: int = 50, *, hidden: bool = False) -> list[Gap]:
        """The gaps, the most asked first; with `hidden`, those that were put aside."""
        engine = self.curation.live.engine
        return [self._gap(engine, members) for members in self._groups(engine, hidden=hidden)[:limit]]

    def one(self, key: str) -> Gap | None:
        """A gap by the key of any question in it, one that was put aside too; the others are not looked into."""
        engine = self.curation.live.engine
        for members in group(self.texts(engine)):
            if key in map(_key, (member.skeleton for member in members)):
                return self._unread(engine, members)
        missing = self._missing(engine).get(key)
        return None if missing is None else self._unrecorded(engine, missing)

    def count(self) -> int:
        """How many there are."""
        return len(self._groups(self.curation.live.engine, hidden=False))

    def hide(self, gap: Gap, curator: Curator) -> None:
        """Put a gap aside for good: it is not for this bot."""
        self.store.hidden.add(gap.keys, curator.id, self.clock())

    def unhide(self, gap: Gap) -> None:
        """Take that back."""
        self.store.hidden.remove(gap.keys)

    # --- what to do about one

    def name(self, gap: Gap, entity: str, name: str = "", *, weak: bool = False) -> NameDraft | None:
        """Another name for an entity: the given one, or the word that nobody knows. None where there is neither."""
        name = name.strip() or gap.stranger
        return NameDraft(entity, name, _asked(gap), weak) if name else None

    def fact(self, gap: Gap) -> Draft:
        """A draft of the fact that is missing, for the curator to fill in. It has no relation where it is not known
        which fact that is: `relations` and `bot.curation.places` say what to choose from."""
        draft, query = Draft("add", _asked(gap)), gap.query
        if query is None:
            return draft
        draft = replace(draft, relation=query.relation, narrows=dict(query.narrows) or None, named=query.named)
        relation = relation_of(self.curation.live.engine, draft)
        if relation is None:  # a digest: of which of its relations a fact is wanted is left open
            draft = replace(draft, relation="", narrows=None, named=None)
        return placed(draft, relation, (query.subject or (), query.object or ()))

    def relations(self, gap: Gap) -> list[str]:
        """The relations of which the missing fact may be one, the likeliest first."""
        engine = self.curation.live.engine
        known = dict.fromkeys(relation.id for relation in enterable(engine))
        read = [engine.reader.intents.by_id[choice.intent].relation for choice in self.intents(gap)]
        return list(dict.fromkeys(id_ for id_ in read if id_ in known) | known)

    def intents(self, gap: Gap) -> list[Choice]:
        """The ways to ask to which a gap may be taught, the likeliest first."""
        return choices(self.curation.live.engine, gap.question, gap.options, self._today())

    def teach(self, gap: Gap, intent: str, *, turned: bool = False) -> Teaching | Outcome:
        """The line that would teach an intent to read the question, and what would come of it.

        `turned` says that who is named first in the question is not who is named first in the intent.
        """
        draft = wording(self.curation.live.engine, gap.question, intent, _asked(gap), self._today(), turned=turned)
        return self.try_wording(gap, draft) if isinstance(draft, WordingDraft) else draft

    def try_wording(self, gap: Gap, draft: WordingDraft) -> Teaching | Outcome:
        """What would come of a line: whether it reads the question, what else it reads, and what it would spoil."""
        others = [one.text for one in self.texts(self.curation.live.engine)]
        return tried(self.curation, replace(draft, question=gap.question), others, self._today())

    # --- how

    def _today(self) -> datetime.date:
        return self.clock().astimezone(datetime.UTC).date()

    def texts(self, engine: Engine) -> list[Masked]:
        """The kept texts that are not understood to this day, masked. Each is read once for a language."""
        now = self.clock()
        version = engine.language or engine.kb.version
        before = self._read if self._of == version else {}
        self._of, self._read = version, {}
        kept = self.store.missed_texts(now - datetime.timedelta(days=MISSED_DAYS), MOST_TEXTS)
        for text, times in kept:
            known = before.get(text, _UNREAD)
            if known is _UNREAD:
                refused = engine.read(text, (), now.date()).status == "not_understood"
                known = mask(engine.reader, text, times, now.date()) if refused else None
            self._read[text] = replace(known, times=times) if isinstance(known, Masked) else None
        return [one for one in self._read.values() if one is not None]

    def _groups(self, engine: Engine, *, hidden: bool) -> list[_Members]:
        """What belongs together, the most asked first."""
        aside, words = self.store.hidden.keys(), engine.composer.words
        found: list[tuple[int, str, _Members]] = [
            (sum(one.times for one in members), members[0].text, members)
            for members in group(self.texts(engine))
            if any(_key(one.skeleton) in aside for one in members) == hidden
        ]
        found += [
            (sum(times for _, times in missing), words.question(missing[0][0]), missing)
            for key, missing in self._missing(engine).items()
            if (key in aside) == hidden
        ]
        return [members for _, _, members in sorted(found, key=lambda one: (-one[0], one[1]))]

    def _missing(self, engine: Engine) -> dict[str, list[tuple[Query, int]]]:
        """The queries of which nothing is on file, those together that miss the same fact, the most asked first."""
        today = self._today()
        counts = self.store.question_counts(today - datetime.timedelta(days=ANSWER_DAYS))
        found: dict[str, list[tuple[Query, int]]] = defaultdict(list)
        for query, times in counted(engine, dict(list(counts.items())[:MOST_QUERIES])):
            if engine.answer(query, today).status == "no_record":
                found[_fact_key(engine, query)].append((query, times))
        return found

    def _gap(self, engine: Engine, members: _Members) -> Gap:
        if isinstance(members[0], Masked):
            return self._unread(engine, [one for one in members if isinstance(one, Masked)])
        return self._unrecorded(engine, [one for one in members if not isinstance(one, Masked)])

    def _unread(self, engine: Engine, members: Sequence[Masked]) -> Gap:
        first, today = members[0].text, self._today()
        keys = tuple(dict.fromkeys(_key(one.skeleton) for one in members))
        others = tuple(one.text for one in members[1 : OTHERS + 1])
        times = sum(one.times for one in members)
        reading, answer = engine.read(first, (), today), engine.ask(first, today=today)
        stranger = reading.detail if reading.reason == "stranger" else ""
        return Gap(
            keys[0], keys, "not_understood", first, others, times, reading.reason, answer.text, stranger,
            answer.suggestions,
        )  # fmt: skip

    def _unrecorded(self, engine: Engine, members: Sequence[tuple[Query, int]]) -> Gap:
        first, words = members[0][0], engine.composer.words
        key, times = _fact_key(engine, first), sum(count for _, count in members)
        others = tuple(dict.fromkeys(words.question(query) for query, _ in members[1:]))[:OTHERS]
        told = engine.answer(first, self._today()).text
        return Gap(key, (key,), "no_record", words.question(first), others, times, "no_record", told, query=first)


def _asked(gap: Gap) -> str:
    return f"asked {gap.times} time{'' if gap.times == 1 else 's'}: {' '.join(gap.question.split())[:200]}"


def _key(skeleton: str) -> str:
    return blake2b(f"text\0{skeleton}".encode(errors="replace"), digest_size=16).hexdigest()


def _fact_key(engine: Engine, query: Query) -> str:
    """What all questions share that miss the same fact: who, in which relation and narrowing."""
    who: tuple[Any, ...] = (query.subject or (), query.object or ())
    if engine.kb.relations[query.relation].symmetric:
        who = tuple(sorted(query.participants()))
    told = (query.relation, who, sorted(query.narrows.items()), query.named or "")
    return blake2b(f"fact\0{told!r}".encode(), digest_size=16).hexdigest()
