"""The city's map as the server draws it: windows, districts with their counts, marks of outlets.

Lengths are units of the drawing: about one CSS pixel on a phone, so that a mark's reach is a
finger's breadth.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import hypot
from typing import Any

from shapely import maximum_inscribed_circle

from backend.outlets.canvas import Canvas, around, outlines
from backend.outlets.clusters import clustered
from backend.outlets.places import District, districts
from backend.prices.mapped import Spot
from miniprogram_api import wording

WIDTH, TALLEST = 360, 640
# On a phone 320 px wide the drawing shrinks to 294: there 54 are 44 px, 74 are 60.
FINGER, ELDER_FINGER = 54, 74
# Circles nearer than this are drawn in the larger picture; below is more room for the name.
NAME_ROOM, BESIDE_TO_BELOW = 56, 0.8
NEARER_M = (3000, 1000, 300)
SHAPES = {"public": "round", "private": "square", "pharmacy": "diamond"}

Drawing = dict[str, Any]
Link = Callable[..., str]
# The scale stands so far from the edges, and takes so much room with its words.
EDGE, SCALE_WIDTH, SCALE_HEIGHT = 12, 70, 48


@cache
def label_places() -> Mapping[str, tuple[float, float]]:
    """Where a district's name stands: the middle of the widest place in it (lat, lon)."""
    found = {}
    for one in districts():
        middle = maximum_inscribed_circle(one.outline).coords[0]
        found[one.code] = (middle[1], middle[0])
    return found


@cache
def city_windows() -> tuple[tuple[Canvas, frozenset[str]], ...]:
    """The whole city, and the crowded part of it larger; with the districts each one counts."""
    whole = around(_box(districts()), width=WIDTH, most=TALLEST)
    points = [(*whole.at(*label_places()[d.code]), d) for d in districts()]
    crowded = [
        one for many in clustered(points, apart=NAME_ROOM) if len(many.things) > 1
        for one in many.things
    ]  # fmt: skip
    everywhere = frozenset(d.code for d in districts())
    if not crowded:
        return ((whole, everywhere),)
    spots = [label_places()[one.code] for one in crowded]
    lats, lons = [lat for lat, _ in spots], [lon for _, lon in spots]
    air = 0.05
    inner = around(
        (min(lons) - air, min(lats) - air, max(lons) + air, max(lats) + air),
        width=WIDTH, most=TALLEST,
    )  # fmt: skip
    inside = frozenset(code for code in everywhere if inner.holds(*label_places()[code]))
    return (whole, everywhere - inside), (inner, inside)


def _box(some: Iterable[District]):
    bounds = [one.outline.bounds for one in some]
    return (
        min(b[0] for b in bounds), min(b[1] for b in bounds),
        max(b[2] for b in bounds), max(b[3] for b in bounds),
    )  # fmt: skip


def district_window(code: str) -> Canvas:
    """The window that shows one district."""
    return around(_box([d for d in districts() if d.code == code]), width=WIDTH, most=TALLEST)


def of_city(
    counts: Mapping[str, int], here: tuple[float, float] | None, link: Link, *, finger: int
) -> list[Drawing]:
    """The drawings of the whole city, each district with how many there are in it."""
    (whole, outer), *rest = city_windows()
    drawn = [_city_drawing(whole, outer, counts, here, link, finger)]
    for inner, inside in rest:
        drawn[0]["enlarged"] = _frame(whole, inner)
        drawn.append(_city_drawing(inner, inside, counts, here, link, finger))
    return drawn


def _city_drawing(canvas, codes, counts, here, link, finger):
    drawing = blank(canvas, here)
    drawing["reach"] = finger / 2
    drawing["places"] = [
        {"name": d.name, "count": counts.get(d.code, 0), "href": link(district=d.code),
         "path": path, "x": round(x, 1), "y": round(y, 1)}
        for d, path, (x, y) in _named(canvas, codes, finger)
    ]  # fmt: skip
    drawing["land"] = [one for one in drawing["land"] if one["code"] not in codes]
    return drawing


def _named(canvas, codes, finger):
    """(district, path, where its circle stands) of these districts, a finger from the edges."""
    paths = {code: path for code, _, path in outlines(canvas)}
    shown = [d for d in districts() if d.code in codes and d.code in paths]
    places = _parted(canvas, [canvas.at(*label_places()[d.code]) for d in shown], finger)
    return [(d, paths[d.code], at) for d, at in zip(shown, places, strict=True)]


def _parted(canvas, points, apart):
    """The points, those within a finger of one another moved apart a little, evenly.

    No link then takes a part of the next one's reach, and none lies outside the drawing, where
    it cannot be pressed. A name stands under its circle, so there is more room below than beside.
    """
    spread = [list(point) for point in points]
    for _ in range(40):
        for one, other in combinations(spread, 2):
            dx, dy = other[0] - one[0], other[1] - one[1]
            room = hypot(dx, dy * BESIDE_TO_BELOW) or 1.0
            if room < apart:
                push = (apart - room) / 2 / room
                one[0], one[1] = one[0] - dx * push, one[1] - dy * push
                other[0], other[1] = other[0] + dx * push, other[1] + dy * push
        spread = [_inside(canvas, x, y, apart / 2) for x, y in spread]
    return spread


def _inside(canvas, x, y, air):
    return [min(max(x, air), canvas.width - air), min(max(y, air), canvas.height - air)]


def _frame(whole: Canvas, inner: Canvas) -> dict:
    left, top = whole.at(*inner.position(0, 0))
    right, bottom = whole.at(*inner.position(inner.width, inner.height))
    return {"x": round(left), "y": round(top), "width": round(right - left),
            "height": round(bottom - top)}  # fmt: skip


def of_outlets(
    canvas: Canvas,
    spots: Sequence[Spot],
    here: tuple[float, float] | None,
    link: Link,
    *,
    finger: int,
) -> Drawing:
    """The drawing of the outlets within a window; those too close to tell apart are counted."""
    drawing = blank(canvas, here)
    points = [(*canvas.at(spot.lat, spot.lon), spot) for spot in spots]
    inside = [one for one in points if 0 <= one[0] <= canvas.width and 0 <= one[1] <= canvas.height]
    drawing["reach"] = finger / 2
    drawing["marks"] = [_mark(many, canvas, link) for many in clustered(inside, apart=finger)]
    drawing["bar"]["x"] = _beside_marks(drawing)
    return drawing


def _beside_marks(drawing: Drawing) -> float:
    """Where the scale begins: in the lower corner in which the fewest marks are."""
    length, floor = max(drawing["bar"]["length"], SCALE_WIDTH), drawing["height"] - SCALE_HEIGHT

    def covered(left):
        reach = range(round(left - EDGE), round(left + length + EDGE))
        return sum(one["y"] > floor and round(one["x"]) in reach for one in drawing["marks"])

    return min((EDGE, drawing["width"] - EDGE - length), key=covered)


def blank(canvas: Canvas, here: tuple[float, float] | None) -> Drawing:
    """A window with its land, its scale and where one stands."""
    metres, length = canvas.bar()
    return {
        "width": canvas.width, "height": round(canvas.height, 1),
        "middle": canvas.middle, "half_m": round(canvas.half_m),
        "land": [{"code": code, "name": name, "path": path}
                 for code, name, path in outlines(canvas)],
        "bar": {"metres": metres, "length": round(length, 1), "x": EDGE},
        "here": _xy(canvas, here) if here and canvas.holds(*here) else None,
        "places": [], "marks": [], "enlarged": None,
    }  # fmt: skip


def _xy(canvas, position):
    x, y = canvas.at(*position)
    return {"x": round(x, 1), "y": round(y, 1)}


def _mark(many, canvas, link):
    first = many.things[0]
    place = {"x": round(many.x, 1), "y": round(many.y, 1)}
    if len(many.things) == 1:
        return place | {
            "number": first.number, "href": f"/outlets/{first.code}",
            "shape": SHAPES[first.class_], "joined": first.joined,
            "name": wording.mark(first.number, first.name, joined=first.joined),
        }  # fmt: skip
    return place | {
        "count": len(many.things), "href": _nearer(many, canvas, link), "joined": True,
        "name": wording.many_marks(len(many.things), [spot.number for spot in many.things[:3]]),
    }  # fmt: skip


def _nearer(many, canvas, link):
    """One step nearer; where there is none, the first of them in the list."""
    step = next((metres for metres in NEARER_M if metres * 2 <= canvas.half_m), None)
    first = many.things[0]
    if step is None:
        return link(at_number=first.number)
    lats, lons = [s.lat for s in many.things], [s.lon for s in many.things]
    middle = (sum(lats) / len(lats), sum(lons) / len(lons))
    return link(at=middle, radius_m=step)
