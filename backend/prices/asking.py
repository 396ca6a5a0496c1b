"""From words about outlets to a question: a name as typed, or a district and a kind in it."""

from dataclasses import replace
from typing import NamedTuple

from backend.outlets.lookups import district_name
from backend.outlets.naming import Meant, Vocabulary
from backend.outlets.places import districts
from backend.outside import outside
from backend.policy.terms import Pack
from search import Query

# How a name answers the words it was typed with; those who typed no more than a district and a
# kind mean a name only if it is the whole of it.
_WHOLE = frozenset(("code", "name", "core"))
_NAMED = _WHOLE | {"alias", "prefix", "infix"}

_vocabularies: dict[str, Vocabulary] = {}


class Reading(NamedTuple):
    """The question, what else its words may mean, and whether the question goes by that."""

    query: Query
    meant: Meant | None = None
    applied: bool = False


def reading_of(query: Query, pack: Pack, *, literal: bool = False) -> Reading:
    """How to take the words of a question about outlets.

    An outlet that is called so goes before everything; else a district, kinds and noise in the
    words become filters. `literal` takes the words as they are. What is chosen beside the words is
    never overruled.
    """
    meant = vocabulary(pack).meant(query.words)
    if not _says_more(meant, query):
        return Reading(query)
    offered = meant if meant.narrows else None
    why = "" if literal else _why_first(query)
    if why in _WHOLE:
        return Reading(query)
    narrowed = _narrowed(query, meant)
    if literal or meant.words and (why in _NAMED or not _why_first(narrowed)):
        return Reading(query, offered)
    return Reading(narrowed, offered, meant.narrows)


def vocabulary(pack: Pack) -> Vocabulary:
    """The words for the city's districts and the pack's kinds."""
    if pack.id not in _vocabularies:
        _vocabularies[pack.id] = Vocabulary(
            [(one.code, one.name) for one in districts()],
            {
                code: filter(_is_said, (kind.name, *kind.synonyms, *kind.called))
                for code, kind in pack.outlet_kinds.items()
            },
        )
    return _vocabularies[pack.id]


def _is_said(word):
    return "（" not in word


def _says_more(meant, query):
    """Whether taking the words apart says anything that is not chosen otherwise already."""
    where = query.where
    for name, told in (("district", meant.districts), ("kind", meant.kinds)):
        if told and where.get(name) and where[name] not in told:
            return False
    return meant.words != query.words


def _why_first(query):
    """How the best that answers was matched, empty where nothing answers."""
    first = outside.index.find(replace(query, limit=1, offset=0, facets=()))
    return first.why.get(first.ids[0], "browse") if first.ids else ""


def _narrowed(query, meant):
    where = dict(query.where)
    for name, told in (("district", meant.districts), ("kind", meant.kinds)):
        if told and not where.get(name):
            where[name] = list(told)
    return replace(query, words=meant.words, where=where)


def understood(reading: Reading, pack: Pack) -> dict | None:
    """What the words were taken for, as people see it: {applied, words, said, districts, kinds}."""
    if reading.meant is None:
        return None
    meant = reading.meant
    return {
        "applied": reading.applied,
        "words": meant.words,
        "said": meant.said,
        "districts": [{"code": code, "name": district_name(code)} for code in meant.districts],
        "kinds": [{"code": code, "name": pack.outlet_kinds[code].name} for code in meant.kinds],
    }
