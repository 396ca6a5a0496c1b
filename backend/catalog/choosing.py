"""Which wording of a question is looked for: the fullest that finds the drug it names."""

from collections.abc import Callable
from typing import NamedTuple

from backend.catalog.comparing import differences
from backend.catalog.finishing import finished, is_mixed
from backend.catalog.indexing import marks
from backend.catalog.lexicon import Lexicon
from backend.catalog.lookups import listed_drugs
from backend.catalog.understanding import Understood, Wording
from backend.indexing.walking import Walk
from search import Found, Query


class Chosen(NamedTuple):
    """A wording, its list and the first page of that."""

    wording: Wording
    walk: Walk
    found: Found
    then: str | None

    def emptied(self) -> "Chosen":
        """Nothing in its place: what was found is another drug than the one asked for."""
        return self._replace(found=Found([], 0, {}, degraded=self.found.degraded), then=None)


def choose(asked: Understood, where: dict[str, object], known: Lexicon | None, size: int) -> Chosen:
    """The wording that finds something, with a page of so many."""

    def look(way):
        walk = Walk(Query(way.words, where=where), marks)
        return Chosen(way, walk, *walk.page(1, size))

    if known and is_mixed(asked.words):
        # 二甲sg: what an input method left half typed is no two words.
        for stem in finished(asked.words, known):
            return look(Wording(stem))
    first = look(Wording(asked.words))
    if known is None:
        return first
    return _settled(first, asked, known) or _fullest(first, look, asked, known)


def _settled(first: Chosen, asked: Understood, known: Lexicon) -> Chosen | None:
    """What the words as they are find, where no other wording may do better."""
    if _how_well(first.found, asked, known) == RIGHT:
        return first
    # Letters nobody knows beside a name may make it part of a longer one, misspelt.
    if first.found.ids and asked.those("unknown") and not asked.names_two:
        return first
    if asked.elsewhere and not known.begins_a_name(asked.elsewhere):
        return first.emptied()
    return None


def _fullest(
    first: Chosen, look: Callable[[Wording], Chosen], asked: Understood, known: Lexicon
) -> Chosen:
    ways = [first]
    for way in asked.wordings()[1:]:
        ways.append(look(way))
        if _how_well(ways[-1].found, asked, known) == RIGHT:
            return ways[-1]
    if not any(way.found.ids for way in ways):
        ways += [look(Wording(stem)) for stem in finished(asked.words, known)]
    best = max(ways, key=lambda way: _how_well(way.found, asked, known))
    nobody = asked.names_two and _how_well(best.found, asked, known) < OTHERWISE
    return first.emptied() if nobody else best


# How well what a wording finds first is what was asked for: nothing, another drug, the drug in
# another form, strength or firm's, or just that.
NOTHING, ANOTHER, OTHERWISE, RIGHT = range(4)


def _how_well(found: Found, asked: Understood, known: Lexicon) -> int:
    drug = listed_drugs(found.ids[:1]).get(found.ids[0]) if found.ids else None
    if drug is None:
        return NOTHING
    if found.why[drug.code] == "typo":
        return ANOTHER
    if asked.elsewhere and not known.begins_a_name(asked.elsewhere):
        return ANOTHER
    named = {core for name in asked.those("name") for core in known.names[name]}
    if named and not asked.names_two and drug.core not in named:
        return ANOTHER
    return OTHERWISE if differences(asked, drug) else RIGHT
