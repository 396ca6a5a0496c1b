"""Walking a list the index finds, page after page, while it changes.

The index knows places by number only, and numbers shift when something comes or goes. So a cursor
remembers the last few things that were seen, each with a mark of what orders it: the next page
begins after the last of them that still stands as it stood. Whatever did not change keeps its
order, so it is neither shown twice nor left out.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from backend import cursors
from backend.errors import CursorLost
from backend.outside import outside
from search import Found, Query

# Things a cursor remembers; how far from where they stood they are looked for, first and at last.
REMEMBERED, REACHES = 8, (50, 1_000)

Marks = Callable[[Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Walk:
    """A list that is walked: the question in the index's words, and `marks`, which gives for ids
    what their order in the list depends on."""

    query: Query
    marks: Marks

    def page(self, page: int, page_size: int) -> tuple[Found, str | None]:
        """The page with this number, and the cursor of the one after it."""
        past = (page - 1) * page_size
        found = outside.index.find(replace(self.query, offset=past, limit=page_size))
        return found, self._next(found, past, page_size, [])

    def page_after(self, cursor: str, page_size: int) -> tuple[Found, str | None]:
        """The page a cursor leads to, and the cursor of the one after it.

        Raises BadCursor, and CursorLost where nothing of what was seen stands where it stood.
        """
        past, seen = cursors.read(cursor, self._question(), "int", "list")
        for reach in REACHES:
            start = max(past - reach, 0)
            limit = past - start + page_size + reach
            found = outside.index.find(replace(self.query, offset=start, limit=limit))
            place = self._last_seen(found.ids, seen)
            if place is not None:
                shown = found.ids[place + 1 : place + 1 + page_size]
                here = replace(found, ids=shown)
                return here, self._next(here, start + place + 1, page_size, seen)
        raise CursorLost

    def _next(self, found, past, page_size, seen):
        past += len(found.ids)
        if len(found.ids) < page_size or past >= found.total:
            return None
        last = found.ids[-REMEMBERED:]
        marks = self.marks(last)
        known = [_stamp(id_, marks.get(id_, "")) for id_ in last]
        return cursors.written(self._question(), [past, [*seen, *known][-REMEMBERED:]])

    def _last_seen(self, ids, seen):
        """Where the last of the things seen stands that did not move, None where all did."""
        known = {_short(id_): place for place, id_ in enumerate(ids)}
        stood = [(stamp, known[stamp[:8]]) for stamp in map(str, seen) if stamp[:8] in known]
        marks = self.marks([ids[place] for _, place in stood])
        still = [place for stamp, place in stood
                 if stamp == _stamp(ids[place], marks.get(ids[place], ""))]  # fmt: skip
        return _longest_rise(still)

    def _question(self):
        asked = self.query
        return {"words": asked.words, "kind": asked.kind, "where": dict(asked.where),
                "near": asked.near, "within": asked.within_m}  # fmt: skip


def _short(id_):
    return cursors.mark(id_)


def _stamp(id_, mark):
    return _short(id_) + cursors.mark(mark)


def _longest_rise(places):
    """The end of the longest rising run: who stands out of line has moved."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return ends[-1] if ends else None
