"""One kind's documents as they stood at one moment, held in memory: who carries which word."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

from search.facts import texts_of
from search.layers import CODE, LAYERS, NAMING, Wanted, Word, layer
from search.places import Place

BROAD, REMEMBERED = 1000, 64  # documents; words
Hits = dict[int, int]  # place of a document on the shelf -> its layer or score
Seek = Callable[[str], Iterable[int]]  # a word's key -> the ids of stored words that may answer
Row = tuple[str, str, tuple[int, ...], str, str, Place | None]


class Held(Protocol):
    """Facts of many values, which are too many to stand on the shelf."""

    def having(self, name: str, values: list[str]) -> Iterable[int]:
        """Places where a fact holds any of the values."""

    def counts(self, name: str, places: Collection[int] | None) -> dict[str, int]:
        """In how many of the places, or of all, a fact holds each of its values."""


class NoneHeld:
    """No facts of many values."""

    def having(self, name: str, values: list[str]) -> Iterable[int]:
        """No places."""
        return ()

    def counts(self, name: str, places: Collection[int] | None) -> dict[str, int]:
        """No values."""
        return {}


class Shelf:
    """Documents in the order of ties (rank, shorter name, id); a place is a number in it.

    `rows` are (id, its key, word numbers, strengths, facts, spot): strengths parted by blanks,
    facts JSON; `words` the stored words by number; `many` names the facts of many values. A
    shelf never changes: a new one takes its place.
    """

    def __init__(self, rows: Iterable[Row], words: dict[int, Word]) -> None:
        self.ids: list[str] = []
        self.codes: dict[str, list[int]] = defaultdict(list)
        self.carried: list[tuple[int, ...]] = []
        self.carriers: dict[int, list[int]] = defaultdict(list)
        self.strengths: dict[str, list[int]] = defaultdict(list)
        self.facts: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.many: set[str] = set()
        self.spots: list[Place | None] = []  # where the documents are
        like: dict[str, list[list[int]]] = {}  # many documents share strengths and facts
        for place, (code, key, numbers, strengths, facts, spot) in enumerate(rows):
            self.ids.append(code)
            self.spots.append(spot)
            self.codes[key].append(place)
            self.carried.append(numbers)
            for number in numbers:
                self.carriers[number].append(place)
            if strengths not in like:
                like[strengths] = [self.strengths[token] for token in strengths.split()]
            if facts not in like:
                like[facts] = [self.facts[one] for one in self._facts(facts)]
            for places in (*like[strengths], *like[facts]):
                places.append(place)
        self.words = {number: words[number] for number in self.carriers}
        self.broad: dict[str, Hits] = {}
        self.holding: dict[tuple[str, str], frozenset[int]] = {}
        self.columns: dict[str, list[str | None]] = {}

    @cached_property
    def spelled(self) -> dict[str, list[int]]:
        """Numbers of the words that name something, by the letters one types for them."""
        spelled: dict[str, list[int]] = defaultdict(list)
        for number, word in self.words.items():
            if word.field in NAMING:
                spelled[word.pinyin or word.text].append(number)
        return spelled

    @cached_property
    def letters(self) -> str:
        """All spellings, a line each: one text is looked through faster."""
        return "\n".join(["", *self.spelled, ""])

    def spelled_with(self, part: str) -> Iterator[str]:
        """The spellings that contain a part."""
        at = self.letters.find(part)
        while at >= 0:
            end = self.letters.index("\n", at)
            yield self.letters[self.letters.rindex("\n", 0, at) + 1 : end]
            at = self.letters.find(part, end)

    def having(self, where: Mapping[str, Any], held: Held) -> Set[int] | None:
        """Places where every fact holds; None when nothing is asked."""
        allowed: Set[int] | None = None
        for name, value in where.items():
            values = texts_of(value)
            these = frozenset[int]().union(*(self._holding(name, one) for one in values))
            if name in self.many:
                these = these.union(held.having(name, values))
            allowed = these if allowed is None else allowed & these
        return allowed

    def _holding(self, name: str, value: str) -> frozenset[int]:
        """Places where a single value stands, made once for each that is asked for."""
        if (name, value) not in self.holding:
            self.holding[name, value] = frozenset(self.facts.get((name, value), ()))
        return self.holding[name, value]

    def counts(self, name: str, places: Collection[int] | None, held: Held) -> dict[str, int]:
        """In how many of the places, or of all, a fact has each of its values."""
        if places is None:
            counts = {value: len(self.facts[name, value]) for value in self.valued.get(name, ())}
        else:
            standing = Counter(map(self._column(name).__getitem__, places))
            counts = {value: count for value, count in standing.items() if value is not None}
        for value, more in held.counts(name, places).items() if name in self.many else ():
            counts[value] = counts.get(value, 0) + more
        return counts

    def _column(self, name: str) -> list[str | None]:
        """The single value of a fact at each place, None where there is none."""
        if name not in self.columns:
            column: list[str | None] = [None] * len(self.ids)
            for value in self.valued.get(name, ()):
                for place in self.facts[name, value]:
                    column[place] = value
            self.columns[name] = column
        return self.columns[name]

    @cached_property
    def valued(self) -> dict[str, list[str]]:
        """The single values of each fact."""
        valued: dict[str, list[str]] = defaultdict(list)
        for name, value in self.facts:
            valued[name].append(value)
        return valued

    def measuring(self, token: str, unfinished: bool = False) -> set[int]:
        """Places with a strength token, or with one that begins with an unfinished one."""
        if not unfinished:
            return set(self.strengths.get(token, ()))
        bare = token.removeprefix("#")
        keys = [key for key in self.strengths if key.removeprefix("#").startswith(bare)]
        return {place for key in keys for place in self.strengths[key]}

    def coded(self, key: str) -> Hits:
        """Places whose id has this key."""
        return dict.fromkeys(self.codes.get(key, ()), CODE)

    def remembered(self, key: str, match: Callable[[], Hits]) -> Hits:
        """What `match` finds; found once for the few words that find very much (片, 注射)."""
        hits = self.broad.get(key)
        if hits is None:
            hits = match()
            if len(hits) > BROAD and len(self.broad) < REMEMBERED:
                self.broad[key] = hits
        return hits

    def matching(self, wanted: Wanted, candidates: Iterable[int]) -> Hits:
        """Places of the candidates that truly answer, each with its best layer."""
        by_layer: list[list[list[int]]] = [[] for _ in LAYERS]
        words = self.words
        for number in candidates:
            word = words.get(number)
            earned = layer(word, wanted) if word else None
            if earned is not None:
                by_layer[earned].append(self.carriers[number])
        hits: Hits = {}
        for earned in range(len(LAYERS) - 1, -1, -1):
            hits.update(dict.fromkeys(chain.from_iterable(by_layer[earned]), earned))
        return hits

    def among(self, places: Iterable[int], wanted: Wanted) -> Hits:
        """Those of a few places that answer, each with its best layer, without an index."""
        hits: Hits = {}
        for place in places:
            words = (self.words[number] for number in self.carried[place])
            earned = [got for word in words if (got := layer(word, wanted)) is not None]
            if earned:
                hits[place] = min(earned)
        return hits

    def _facts(self, stored: str) -> list[tuple[str, str]]:
        said = json.loads(stored)
        self.many |= {name for name, value in said.items() if isinstance(value, list)}
        return [(name, value) for name, value in said.items() if isinstance(value, str)]

    def naming(self, candidates: Iterable[int]) -> Iterator[tuple[int, Word]]:
        """Those of the candidates that are names, cores or aliases here."""
        for number in candidates:
            word = self.words.get(number)
            if word and word.field in NAMING:
                yield number, word
