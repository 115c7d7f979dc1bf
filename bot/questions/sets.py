"""Sets to choose from: "Arab countries", "members of the league", "which of A, B and C", "besides A", "the third".

Comes in: a lattice. Goes out: the same lattice with further edges. A line knows one noun for whoever fills its open
place; here a set takes that noun's place, and the edge carries which set it was. So every line that asks for a list
may be asked of a set, and no line has to say so. Which words are nouns stands in the language's shared file.
"""

from collections.abc import Iterator, Sequence

from bot.knowledge.base import KnowledgeBase
from bot.questions.lattice import TYPO_COST, WEAK_COST, Edge, Lattice, LatticeMaker, Mention
from bot.questions.tables import NAME, SET, SKIP, SYMBOL
from bot.questions.text import CLAUSE_MARKS

AMONG, OF, WITHOUT, RANK, ALSO, EITHER = "among", "of", "without", "rank", "also", "either"
SET_COST = 0.012  # a line that names the set itself words its answer better: it wins by more than the margin
APART_COST = 0.03  # of what stands by itself: rather a line that has a place for it
MAX_REACH = 6  # words of a phrase before the noun that a set takes the place of
MAX_LISTED = 8
STANDALONE = frozenset({":", "-", "("})  # what may set a list of names apart behind a question


class Sets:
    """Finds sets in a lattice. Holds no state between sentences."""

    def __init__(self, kb: KnowledgeBase, maker: LatticeMaker) -> None:
        self.maker = maker
        self.groups = frozenset(id_ for id_, entity in kb.entities.items() if entity.group)
        self.group_of: dict[str, str] = {}
        for id_, entity in kb.entities.items():
            if entity.group and entity.group.get("object"):
                self.group_of.setdefault(entity.group["object"], id_)
        words = kb.shared.get("sets") or {}
        self.stand_ins: Sequence[str] = words.get("stand_ins", ())
        self.rules = frozenset(f"<{name}>" for name in words.get("rules", ()))
        self.ordinal = f"<{words['ordinal_rule']}>" if words.get("ordinal_rule") else ""
        self.endings = tuple(words.get("ordinal_endings", ()))
        self.clefts = frozenset(tuple(cleft.split()) for cleft in words.get("clefts", ()))
        self.cleft_for = str(words.get("cleft_for", ""))

    def add(self, lattice: Lattice) -> None:
        """Add the edges of all sets that a sentence names."""
        if not self.rules or not lattice.edges:
            return
        spans: dict[tuple[int, int], Edge] = {}
        for start, end, mention in self._grouped(lattice):
            spans.setdefault((start, end), Edge(end, SKIP, None, _cost([mention]), ((AMONG, mention),)))
        for start, end, mentions in self._listed(lattice):
            spans.setdefault((start, end), Edge(end, SKIP, None, _cost(mentions), ((OF, mentions),)))
        found: list[tuple[int, Edge]] = []
        for (start, end), edge in spans.items():
            found += self._in_place(lattice, start, end, edge, self.stand_ins)
            if self._apart(lattice, start, end, edge):
                found.append((start, edge._replace(cost=edge.cost + APART_COST - SET_COST)))
        found += self._together(lattice)
        found += self._cleft(lattice)
        found += self._left_out(lattice)
        found += self._ordinals(lattice)
        for start, edge in found:
            lattice.edges[start].append(edge)

    # --- what is a set

    def _grouped(self, lattice: Lattice) -> Iterator[tuple[int, int, Mention]]:
        """Every stretch that names a group: "the Arab countries", "members of the league"."""
        for at, mention in _named(lattice):
            groups = tuple(e for e in mention.entities if e in self.groups)
            wholes = tuple(self.group_of[e] for e in mention.entities if e in self.group_of)
            if not groups and not wholes:
                continue
            meant = mention._replace(entities=groups or wholes)
            nouns = self._ends(lattice, mention.end)
            ends = nouns | ({mention.end} if groups else set())
            for start in self._starts(lattice, at):
                yield from ((start, end, meant) for end in ends)
            for before in self._before(lattice, at, "of"):
                yield from ((before, end, meant) for end in (*nouns, mention.end))
                for noun in (*self._before(lattice, before, "noun"), *self._before(lattice, before, "member")):
                    yield from ((start, mention.end, meant) for start in self._starts(lattice, noun))

    def _ends(self, lattice: Lattice, at: int) -> set[int]:
        """Where a noun behind a name ends."""
        return {e.end for e in _marked(lattice, at, "noun")} | {e.end for e in _marked(lattice, at, "member")}

    def _starts(self, lattice: Lattice, at: int) -> set[int]:
        """A place, and the one before an article that stands there."""
        return {at, *self._before(lattice, at, "article")}

    def _before(self, lattice: Lattice, at: int, what: str) -> list[int]:
        """Where words of a kind begin that end at a place, or at an article just before it."""
        first = range(max(0, at - MAX_REACH), at)
        ends = {at} if what == "article" else {at, *self._before(lattice, at, "article")}
        return [i for i in first if any(e.end in ends for e in _marked(lattice, i, what))]

    def _listed(self, lattice: Lattice) -> Iterator[tuple[int, int, tuple[Mention, ...]]]:
        """ "of A, B and C": names told one by one, with or without a word before them."""
        for run in self._runs(lattice):
            start, end = run[0].start, run[-1].end
            yield start, end, run
            for before in self._before(lattice, start, "of"):
                yield before, end, run

    def _runs(self, lattice: Lattice) -> Iterator[tuple[Mention, ...]]:
        """Two names with a word that joins them, or more with commas between them, as long as can be."""
        run: list[Mention] = []
        closed = False
        for mention in lattice.mentions:
            gap = lattice.words[run[-1].end : mention.start] if run else []
            last = [w for w in gap if w not in CLAUSE_MARKS]
            joined = bool(run) and not closed
            joined = joined and (gap in ([","], [",", ","]) or self._joins(lattice, run[-1], mention.start, last))
            if joined:
                run.append(mention)
                closed = bool(last)
                continue
            if (closed or len(run) > 2) and 1 < len(run) <= MAX_LISTED:
                yield tuple(run)
            run, closed = [mention], False
        if (closed or len(run) > 2) and 1 < len(run) <= MAX_LISTED:
            yield tuple(run)

    def _joins(self, lattice: Lattice, before: Mention, end: int, said: Sequence[str]) -> bool:
        """Whether a word joins two names; "or" may repeat what stands before the first: "with A or with B"."""
        at = before.end + (1 if lattice.words[before.end] in CLAUSE_MARKS else 0)
        if len(said) == 1:
            return any(e.end == at + 1 for what in ("join", "or") for e in _marked(lattice, at, what))
        again = len(said) == 2 and before.start and said[1] == lattice.words[before.start - 1]
        led = any(e.end == end for e in _marked(lattice, at + 1, "article"))
        return bool(again or led) and any(e.end == at + 1 for e in _marked(lattice, at, "or"))

    def _together(self, lattice: Lattice) -> Iterator[tuple[int, Edge]]:
        """ "A and B" in one place: the statement is asked of each. "A or B": of which one."""
        for run in self._runs(lattice):
            gap = range(run[-2].end, run[-1].start)
            joined = any(_marked(lattice, i, "join") for i in gap)
            if not joined and not self._chosen(lattice, run):
                continue
            what = ALSO if joined else EITHER
            for edge in [e for e in lattice.edges[run[0].start] if e.kind == NAME and e.payload is run[0]][:1]:
                yield run[0].start, Edge(run[-1].end, NAME, run[0], edge.cost + _cost(run[1:]), ((what, run[1:]),))

    def _chosen(self, lattice: Lattice, run: Sequence[Mention]) -> bool:
        """Whether names are told to choose from: "A or B"."""
        return any(_marked(lattice, i, "or") for i in range(run[-2].end, run[-1].start))

    def _cleft(self, lattice: Lattice) -> Iterator[tuple[int, Edge]]:
        """ "Is it A or B that …": which of them."""
        for run in self._runs(lattice):
            for cleft in self.clefts if self._chosen(lattice, run) else ():
                start = run[0].start - len(cleft)
                start -= any(e.end == run[0].start for e in _marked(lattice, run[0].start - 1, "article"))
                if start >= 0 and tuple(lattice.words[start : start + len(cleft)]) == cleft:
                    edge = Edge(run[-1].end, SKIP, None, _cost(run), ((OF, run),))
                    yield from self._in_place(lattice, start, run[-1].end, edge, (self.cleft_for,))

    # --- where it stands

    def _in_place(
        self, lattice: Lattice, start: int, end: int, edge: Edge, nouns: Sequence[str]
    ) -> Iterator[tuple[int, Edge]]:
        """A set in the place of a noun: every phrase that would stand there with the noun, with the set instead."""
        if edge.effects[0][0] == OF and lattice.mentions[0].start == start:
            return  # bare names are whoever the line names
        for noun in nouns:
            words = [*lattice.words[:start], noun, *lattice.words[end:]]
            tokens = [*lattice.tokens[:start], lattice.tokens[start], *lattice.tokens[end:]]
            virtual = Lattice(words, tokens, [[] for _ in words])
            for i in range(max(0, start - MAX_REACH), start + 1):
                self.maker.add_phrases(virtual, i)
                for told in virtual.edges[i]:
                    if told.kind == SYMBOL and told.payload in self.rules and told.end > start:
                        real = told.end + end - start - 1
                        yield i, Edge(real, SYMBOL, told.payload, told.cost + edge.cost, edge.effects)

    def _apart(self, lattice: Lattice, start: int, end: int, edge: Edge) -> bool:
        """Whether a set stands by itself: "in Africa, who …", "A or B: which …", "which …: A or B?"."""
        led = any(e.end > start for e in _marked(lattice, start, "of"))
        if edge.effects[0][0] == AMONG:
            return led
        marked_behind = end < len(lattice.words) and lattice.words[end] in CLAUSE_MARKS
        if start == 0:
            return marked_behind
        if end < len(lattice.words) or led:
            return False
        ored = lattice.words[start - 1] == "," and self._chosen(lattice, edge.effects[0][1])
        return ored or lattice.words[start - 1] in STANDALONE

    # --- who is left out, and which one of a row

    def _left_out(self, lattice: Lattice) -> Iterator[tuple[int, Edge]]:
        """ "besides A": a name, or several, behind a word that leaves them out."""
        runs = {run[0].start: run for run in self._runs(lattice)}
        for at, mention in _named(lattice):
            for start in self._before(lattice, at, "but"):
                run = runs.get(mention.start, (mention,))
                for told in {(mention,), run}:
                    yield start, Edge(told[-1].end, SKIP, None, _cost(told), ((WITHOUT, told),))

    def _ordinals(self, lattice: Lattice) -> Iterator[tuple[int, Edge]]:
        for i, word in enumerate(lattice.words):
            rank = 0
            for edge in lattice.edges[i]:
                if edge.kind == SET and str(edge.payload).startswith("ordinal"):
                    rank = int(edge.payload[len("ordinal") :])
            for ending in self.endings:
                if word.endswith(ending) and word[: -len(ending)].isdigit():
                    rank = int(word[: -len(ending)])
            if rank > 1:
                yield i, Edge(i + 1, SYMBOL, self.ordinal, SET_COST, ((RANK, rank),))


def _cost(mentions: Sequence[Mention]) -> float:
    """What a set costs: a little, and its weak and guessed names as elsewhere."""
    return SET_COST + sum(WEAK_COST * m.weak + TYPO_COST * m.guessed for m in mentions)


def _marked(lattice: Lattice, at: int, what: str) -> list[Edge]:
    """The words of a kind of the shared file's `sets` that begin at a place."""
    return [e for e in lattice.edges[at] if e.kind == SET and e.payload == what] if at < len(lattice.edges) else []


def _named(lattice: Lattice) -> list[tuple[int, Mention]]:
    """Every name and where it begins, each once."""
    found = {
        (i, e.payload.start, e.payload.end, e.payload.entities): e.payload
        for i, edges in enumerate(lattice.edges)
        for e in edges
        if e.kind == NAME
    }
    return [(key[0], mention) for key, mention in found.items()]
