"""One page of a drug's offers: the page that sorting all of them gives, found without sorting.

A common drug is sold at ten thousand outlets, and nearly all of the work of sorting them is about
outlets nobody will see. So some near the person are looked at first; the last of a full page of
those bounds all that can come before it, and only what keeps within that is looked at. Where the
bounds would not help, everything is sorted. What is believed no more stands behind all the rest,
so the shortcuts are for what is believed; a page that needs more than that is sorted.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from backend.prices.candidates import Bounds, Place, Question
from backend.prices.nearby import as_of_now, count, extent, places, places_and_count
from backend.prices.ranking import way_fen

# Fewer offers than this are sorted as fast as they are bounded; later pages are seldom asked for.
MANY, DEEP = 1_000, 200

# In a box of more than this to each side are so many outlets that it saves little.
_SMALL_M = 5_000
_REACHES_M = (500, 1_000, 2_000, 4_000, 8_000, 16_000)


def page_of(question: Question) -> tuple[list[Place], int]:
    """The page asked for, in the published order, and how many offers there are on all pages."""
    question = as_of_now(question)
    if question.after:
        return _page_after(question)
    if question.origin and question.radius_m is not None and question.radius_m <= _SMALL_M:
        return places_and_count(question, Bounds(question.radius_m))
    total = count(question)
    past = (question.page - 1) * question.page_size
    needed = min(past + question.page_size, total)
    if past >= total:
        return [], total
    if question.origin is None or total < MANY or needed > DEEP:
        return places(question), total
    believed, (many, lowest) = _believed(question)
    if needed > many:
        return places(question), total
    return _first(replace(believed, page=1, page_size=needed), lowest)[past:], total


def _believed(question):
    """The same question for what is believed only, how many there are, and the lowest price."""
    believed = replace(question, believed_only=question.trusted is not None)
    balanced = question.order == "balanced"
    return believed, extent(believed) if balanced else (count(believed), 0)


def _page_after(question):
    """The offers after one already seen, with the same shortcuts however deep it stands."""
    total = count(replace(question, after=None))
    if question.origin and question.radius_m is not None and question.radius_m <= _SMALL_M:
        return places(question, Bounds(question.radius_m)), total
    if question.origin is None or total < MANY or question.page_size > DEEP:
        return places(question), total
    believed, (_, lowest) = _believed(replace(question, after=None))
    found = _first(replace(believed, after=question.after), lowest)
    # A page that is not full may go on with what is believed no more.
    return found if len(found) == question.page_size else places(question), total


def _first(question, lowest):
    if question.order == "distance":
        return _nearest(question)
    return _cheapest(question) if question.order == "price" else _best_balanced(question, lowest)


def _nearest(question):
    for reach, seen in _growing(question):
        if _metres(seen[-1]) <= reach:
            return seen
    return places(question)


def _cheapest(question):
    """All that ask less than the last of a page nearby, then the nearest of those who ask as much.

    Many ask the same: the winning price.
    """
    nearby = _page_nearby(question)
    if not nearby:
        return places(question)
    price = nearby[-1].price_fen
    below = places(replace(question, at_most_fen=price - 1))
    missing = question.page_size - len(below)
    equal = replace(
        question, at_least_fen=price, at_most_fen=price, order="distance", page_size=missing
    )
    return below + _nearest(equal) if missing else below


def _best_balanced(question, lowest):
    """Who asks the lowest price of all may be as far away as the last of a page nearby allows."""
    nearby = _page_nearby(question)
    if not nearby or nearby[-1].in_stock is False:
        return places(question)
    last, weight = nearby[-1], question.fen_per_km
    score = last.price_fen + way_fen(_metres(last), fen_per_km=weight)
    way_m = 1000 * (score - lowest) / weight if weight else inf
    return places(question, Bounds(way_m if way_m <= _SMALL_M else None, score, weight))


def _page_nearby(question):
    """A full page of those around the person, or nothing."""
    full = (seen for _, seen in _growing(question))
    # The next larger box costs little and its page bounds much better.
    first = next(full, [])
    return next(full, first)


def _growing(question) -> Iterator[tuple[int, list[Place]]]:
    """Full pages from ever larger boxes around the person, with half the side of each in metres."""
    for reach in _REACHES_M:
        seen = places(question, Bounds(box_m=reach))
        if len(seen) == question.page_size:
            yield reach, seen


def _metres(place):
    return place.distance_m or 0.0
