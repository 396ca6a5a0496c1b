"""Which documents a step of an answer needs to see, said in Meilisearch's filters."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from search.answer import Care
from search.asked import Asked, Step, cuts
from search.facts import texts_of
from search.interface import Query
from search.layers import INSIDE
from search.meili_documents import END, LONG, PAIR, RUN, START, escaped, runs, sound_pairs
from search.meili_settings import MOST, ORDER, WITNESSES
from search.pinyin import heard
from search.places import Place, at_most
from search.repair import halves, loose
from search.text import has_chinese

MANY = 12  # runs of a long word that are asked for
BROAD = (Step.HEARD, Step.MEASURED)  # nearly all candidates are found: their number is a total


class Need(NamedTuple):
    """Documents to fetch: at most `limit` of those a filter finds; `allowed` says that all of
    them have the facts asked for."""

    filter: str
    limit: int = MOST
    allowed: bool = True


class Needs(NamedTuple):
    """What one step needs: every document that may be found (`main`), and `others` that show
    what else there is: whether a word is heard at all, or found only where the facts are others.

    Where `main` are too many to be fetched, also those of them that have the strengths asked
    for (`narrow`), and those whose names begin with the words (`strict`).
    """

    main: Need
    others: tuple[Need, ...] = ()
    narrow: Need | None = None
    strict: Need | None = None

    def at_first(self) -> list[Need]:
        """What is always asked for, `main` first."""
        return [self.main, *self.others]

    def if_too_many(self) -> list[Need]:
        """What is asked for after that, `narrow` first."""
        return [need for need in (self.narrow, self.strict) if need]


def needs(step: Step, query: Query, asked: Asked) -> Needs | None:
    """What a step needs of the server; None when it cannot find anything."""
    measures = _measures(asked, query.prefix)
    main = _ways(step, asked, measures)
    if not main:
        return None
    facts = allowing(query)
    others = [Need(main, WITNESSES, allowed=False)] if facts else []
    if step == Step.MEASURED and len(measures) > 1:
        others += [Need(_and([one, facts])) for one in measures]
        others += [Need(one, WITNESSES, allowed=False) for one in measures if facts]
    if step == Step.REPAIRED and (facts or len(_words(asked)) > 1):
        others += _heard_or_not(_words(asked))
    narrow = Need(_and([main, facts, *measures])) if asked.words and measures else None
    starts = _or(_begins("starts", words[0][:PAIR]) for words in asked.wordings())
    strict = Need(_and([starts, main, facts])) if step in BROAD else None
    return Needs(Need(_and([main, facts])), tuple(others), narrow, strict)


def allowing(query: Query) -> str:
    """The filter of the facts and the distance asked for; a little wider than the distance."""
    around = ""
    if query.near is not None and query.within_m is not None:
        around = radius(query.near, at_most(query.within_m))
    return both(where(query.where), around)


def where(facts: Mapping[str, Any]) -> str:
    """The filter of facts that must hold; nothing when none are asked."""
    return _and(_holding(name, value) for name, value in facts.items())


def _holding(name: str, value: Any) -> str:
    keys = (_quoted(escaped(one)) for one in texts_of(value))
    return f"{field_of(name)} IN [{', '.join(keys)}]"


def field_of(fact: str) -> str:
    """The field a fact is kept in."""
    return f"by.{escaped(fact)}"


def radius(place: Place, metres: float) -> str:
    """The filter of what is around a place."""
    return f"_geoRadius({place[0]:.9f}, {place[1]:.9f}, {metres:.1f})"


def order(query: Query) -> list[str]:
    """Which documents to look at first: the nearest, or those that stand first in ties."""
    if query.near is None:
        return ORDER
    return [f"_geoPoint({query.near[0]:.9f}, {query.near[1]:.9f}):asc", "order:asc"]


def both(*filters: str) -> str:
    """The filter of what all filters find; empty ones find everything."""
    return _and(filters)


def _ways(step: Step, asked: Asked, measures: list[str]) -> str:
    if step == Step.MEASURED:
        whole = _word(asked.whole, Care.WRITTEN) if asked.whole else ""
        return _or([whole, _and(measures)])
    if step == Step.CUT:
        return _or(_and(_word(word, Care.WRITTEN) for word in cut) for cut in cuts(asked))
    if step == Step.REPAIRED and not any(map(halves, _words(asked))):
        return ""  # what cannot be misspelt was looked for before
    care = Care.HEARD if step == Step.HEARD else Care.REPAIRED
    return _or(_and(_word(word, care) for word in words) for words in asked.wordings())


def _words(asked: Asked) -> list[str]:
    return list(dict.fromkeys(word for words in asked.wordings() for word in words))


def _heard_or_not(words: list[str]) -> list[Need]:
    """A word is misspelt only where nothing anywhere is heard as it, and the nearest
    spelling anywhere decides what it was."""
    doubtful = [word for word in words if halves(word)]
    heard = [_word(word, Care.HEARD) for word in doubtful]
    near = [_or(_halves(word)) for word in doubtful]
    return [Need(one, WITNESSES, allowed=False) for one in heard] + [
        Need(one, allowed=False) for one in near
    ]


def _word(word: str, care: Care) -> str:
    """The ways a document may answer a word, each found by all who truly answer so."""
    ways = [_equal("code", word)]
    if not word.isascii():
        ways.append(_contains("pairs", word, PAIR))
    elif len(word) < INSIDE:
        ways += [_begins("latin", START + word), _begins("typed", START + word)]
    else:
        ways += [_contains("latin", word, RUN), _begins("typed", word[:LONG])]
    if care != Care.WRITTEN:
        ways.append(_and(_equal("sounds", pair) for pair in sound_pairs(heard(word))[:MANY]))
    return _or([*ways, *(_halves(word) if care == Care.REPAIRED else [])])


def _halves(word: str) -> list[str]:
    if halves(word) and not loose(word):
        first, last = halves(word)
        return [_begins("short", START + first), _begins("short", END + last[::-1])]
    field, size = ("pairs", PAIR) if has_chinese(word) else ("letters", RUN)
    return [_contains(field, half, size) for half in halves(word)]


def _contains(field: str, part: str, size: int) -> str:
    """Documents with every run of a part; a part shorter than a run is how one begins."""
    whole = [run for run in runs(part, size) if len(run) == size][:MANY]
    return _and(_equal(field, run) for run in whole) if whole else _begins(field, part)


def _measures(asked: Asked, unfinished: bool) -> list[str]:
    """One filter for each strength or number; an unfinished number may go on."""
    measures = [_equal("strengths", strength) for strength in asked.strengths]
    for number in asked.numbers:
        ways = [_begins("strengths", start + number) for start in ("", "#")]
        measures.append(_or(ways) if unfinished else _equal("strengths", f"#{number}"))
    return measures


def _equal(field: str, value: str) -> str:
    return f"{field} = {_quoted(value)}"


def _begins(field: str, value: str) -> str:
    return f"{field} STARTS WITH {_quoted(value)}"


def _quoted(value: str) -> str:
    return f'"{value}"'  # keys, sounds, measures and hashes: neither quote nor backslash in any


def _and(filters: Iterable[str]) -> str:
    return " AND ".join(f"({one})" for one in filters if one)


def _or(filters: Iterable[str]) -> str:
    return " OR ".join(f"({one})" for one in filters if one)
