"""From a question to a page of ids: every word must be found, strengths narrow, layers order."""

from collections.abc import Iterable
from enum import Enum

from search.asked import Asked, Step, ask, cuts, steps
from search.interface import Found, Query
from search.layers import CODE, INFIX, LAYERS, SPEC, TYPO, Wanted
from search.paging import Paging, nothing
from search.pinyin import heard
from search.repair import repaired
from search.shelf import Held, Hits, Seek, Shelf
from search.text import compact

FEW = 300  # documents: so few are looked through one by one


class Care(Enum):
    """How far a word is followed: as written, as it sounds, as it may be misspelt."""

    WRITTEN = 1
    HEARD = 2
    REPAIRED = 3


class Answer:
    """One question to one shelf; `seek` is the engine's way from a word to candidates, `held`
    its way to facts of many values.

    An engine that holds all documents asks `found`; one that fetches candidates for each of
    the `steps` asks `hits` of a shelf of those, then `page`.
    """

    def __init__(self, query: Query, shelf: Shelf, seek: Seek, held: Held) -> None:
        self.query, self.shelf, self.seek = query, shelf, seek
        self.paging = Paging(query, shelf, held)
        self.asked: Asked = ask(query.words, query.prefix)
        self.seen: dict[tuple[str, Care], Hits] = {}

    def found(self) -> Found:
        """The page asked for."""
        if not self.query.words.strip():
            return self.paging.browsed()
        for step in steps(self.asked):
            if hits := self.hits(step):
                return self.page(hits)
        return nothing(self.query)

    def hits(self, step: Step) -> Hits:
        """Places one step finds, whatever their facts and strengths."""
        if step == Step.MEASURED:
            return self._measured()
        if step == Step.CUT:
            return self._cut_in_two()
        return self._all_ways(Care.HEARD if step == Step.HEARD else Care.REPAIRED)

    def page(self, hits: Hits) -> Found:
        """The page asked for of those hits that have the facts, narrowed to the strengths."""
        allowed = self.paging.allowed()
        if allowed is not None:
            hits = {place: score for place, score in hits.items() if place in allowed}
        return self.paging.page(self._narrowed(hits) if self.asked.words else hits)

    def _measured(self) -> Hits:
        """Only numbers were typed: the name or code they are, or the strength they mean."""
        named = self.match(self.asked.whole, Care.WRITTEN) if self.asked.whole else {}
        measured: set[int] = set()
        for places in self._measures():
            measured = (measured & places or measured) if measured else places
        last = INFIX if measured else TYPO  # 05g inside a name is chance
        named = {place: layer for place, layer in named.items() if layer < last}
        return _scored(dict.fromkeys(measured, SPEC), group=1) | _scored(named, group=0)

    def _all_ways(self, care: Care) -> Hits:
        """Documents by the strictest wording that finds them."""
        *joined, last = enumerate(self.asked.wordings())
        hits = self._together(last[1], care, last[0])
        for group, words in reversed(joined):
            strict = self._together(words, care, group)
            hits |= {place: score for place, score in strict.items() if score & 0xFF < SPEC}
        return hits

    def _cut_in_two(self) -> Hits:
        """The first cut that finds something: 天方二甲双胍."""
        return next(
            filter(None, (self._together(cut, Care.WRITTEN, 0) for cut in cuts(self.asked))), {}
        )

    def _together(self, words: tuple[str, ...], care: Care, group: int) -> Hits:
        """Places where every word matches, the sum of the ranks being the score."""
        first, *others = sorted(words, key=_telling, reverse=True)
        scores = _scored(self.match(first, care), group)
        for word in others:
            hits = self._match_among(scores, word, care)
            scores = {place: _worse(scores[place], layer) for place, layer in hits.items()}
        return scores

    def _match_among(self, places: Hits, word: str, care: Care) -> Hits:
        if len(places) < FEW and care != Care.REPAIRED:
            coded = {place: CODE for place in self.shelf.coded(word) if place in places}
            return self.shelf.among(places, _wanted(word, care)) | coded
        hits = self.match(word, care)
        return {place: hits[place] for place in hits.keys() & places.keys()}

    def match(self, word: str, care: Care) -> Hits:
        """Places that answer one word; one nobody answers may be taken for misspelt."""
        if (word, care) not in self.seen:
            self.seen[word, care] = self.shelf.remembered(
                f"{care} {word}", lambda: self._matched(word, care)
            )
        return self.seen[word, care]

    def _matched(self, word: str, care: Care) -> Hits:
        if care == Care.REPAIRED:
            return self.match(word, Care.HEARD) or repaired(word, self.shelf, self.seek)
        hits = self.shelf.matching(_wanted(word, care), self.seek(word))
        return hits | self.shelf.coded(word)

    def _narrowed(self, hits: Hits) -> Hits:
        """Only documents of the strength asked, unless none is; a bare number may also
        belong to the name."""
        for places in self._measures():
            hits = {place: hits[place] for place in places if place in hits} or hits
        for number in self.asked.numbers if self.asked.words else ():
            hits = self._numbered(hits, number) or hits
        return hits

    def _measures(self) -> Iterable[set[int]]:
        for strength in self.asked.strengths:
            yield self.shelf.measuring(strength)
        for number in () if self.asked.words else self.asked.numbers:
            yield self.shelf.measuring(f"#{number}", self.query.prefix)

    def _numbered(self, hits: Hits, number: str) -> Hits:
        meant = self.shelf.measuring(f"#{number}", self.query.prefix)
        rest = hits.keys() - meant
        key = Wanted(compact(number), "")
        named = self.shelf.among(rest, key) if len(rest) < FEW else {}
        meant |= {place for place, layer in named.items() if layer < TYPO}
        return {place: score for place, score in hits.items() if place in meant}


def _wanted(word: str, care: Care) -> Wanted:
    return Wanted(word, "" if care == Care.WRITTEN else heard(word))


def _telling(word: str) -> int:
    """Words that say more come first: three letters are about one character."""
    return len(word) * (1 if word.isascii() else 3)


def _scored(hits: Hits, group: int) -> Hits:
    scores = [group << 24 | rank << 8 | layer for layer, (_, rank) in enumerate(LAYERS)]
    return {place: scores[layer] for place, layer in hits.items()}


def _worse(score: int, layer: int) -> int:
    """The score with one more word: group, then the sum of ranks; the lowest byte, the best
    layer of all words, only remembers why."""
    return (score & ~0xFF) + (LAYERS[layer][1] << 8) | min(score & 0xFF, layer)
