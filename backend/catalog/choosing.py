"""Which wording of a question is looked for: the fullest that finds the drug it names."""

from typing import NamedTuple

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

    first = look(Wording(asked.words))
    if known is None or _is_meant(first.found, asked, known):
        return first
    # Letters nobody knows beside a name may make it part of a longer one, misspelt.
    if first.found.ids and asked.those("unknown") and not asked.names_two:
        return first
    if asked.elsewhere and not known.begins_a_name(asked.elsewhere):
        return first.emptied()
    ways = [first]
    for way in asked.wordings()[1:]:
        ways.append(look(way))
        if _is_meant(ways[-1].found, asked, known):
            return ways[-1]
    if asked.names_two:
        return first.emptied()
    return next((way for way in ways if way.found.ids), first)


def _is_meant(found: Found, asked: Understood, known: Lexicon) -> bool:
    """Whether the first that was found is a drug the question names, and not only spelt like it."""
    if not found.ids:
        return False
    first = found.ids[0]
    named, misspelt = asked.those("name"), found.why[first] == "typo"
    if asked.names_two:
        return not misspelt
    if asked.elsewhere:
        return not misspelt and known.begins_a_name(asked.elsewhere)
    if misspelt:
        return False
    cores = {core for name in named for core in known.names[name]}
    drug = listed_drugs([first]).get(first)
    return not cores or drug is None or drug.core in cores
