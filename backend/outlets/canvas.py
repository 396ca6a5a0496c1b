"""The flat drawing of a piece of the city: degrees to units and back, outlines, the scale."""

import math
from dataclasses import dataclass
from functools import lru_cache

from shapely import Polygon, clip_by_rect

from backend.outlets.places import Position, districts, scales

# What a drawing leaves out of an outline: about 100 m in the city's own view, less nearer by.
FINEST_STEP_M = 20
STEP_UNITS = 0.8
# A scale bar is as long as a round number of metres that still fits.
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Canvas:
    """A window of the map around `middle` (lat, lon in GCJ-02), north up, as wide as `width`.

    `half_m` is how far it reaches to the east and to the west, in metres; `height` is in the same
    units as `width`.
    """

    middle: Position
    half_m: float
    width: float = 360
    height: float = 360

    @property
    def unit_m(self) -> float:
        """Metres in one unit of the drawing."""
        return 2 * self.half_m / self.width

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a position lies in the drawing: (x, y), from the upper left corner."""
        ky, kx = scales(self.middle[0])
        x = self.width / 2 + kx * (lon - self.middle[1]) / self.unit_m
        y = self.height / 2 - ky * (lat - self.middle[0]) / self.unit_m
        return x, y

    def position(self, x: float, y: float) -> Position:
        """The position (lat, lon) of a point of the drawing."""
        ky, kx = scales(self.middle[0])
        north = (self.height / 2 - y) * self.unit_m
        east = (x - self.width / 2) * self.unit_m
        return self.middle[0] + north / ky, self.middle[1] + east / kx

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a position lies in the drawing."""
        x, y = self.at(lat, lon)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def bar(self) -> tuple[int, float]:
        """A scale bar: metres, and its length in units, at most a third of the width."""
        most = self.width / 3 * self.unit_m
        power = 10 ** int(math.log10(most))
        metres = max(int(n * power) for n in _ROUND if n * power <= most)
        return metres, metres / self.unit_m

    def path(self, outline) -> str:
        """The part of an outline that is in the window, as the `d` of an SVG path; "" if none."""
        west_south, east_north = (
            self.position(-9, self.height + 9),
            self.position(self.width + 9, -9),
        )
        seen = clip_by_rect(outline, west_south[1], west_south[0], east_north[1], east_north[0])
        return "".join(self._ring(one.exterior.coords) for one in _polygons(seen))

    def _ring(self, points):
        steps = [self.at(lat, lon) for lon, lat in list(points)[:-1]]
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in steps) + "Z"


def around(box: tuple[float, float, float, float], *, width: float, most: float) -> Canvas:
    """The window that shows a box of degrees (west, south, east, north), a little air around it.

    Its height follows from the box, at most `most` units.
    """
    west, south, east, north = box
    middle = ((south + north) / 2, (west + east) / 2)
    ky, kx = scales(middle[0])
    half_x, half_y = kx * (east - west) / 2 * 1.06, ky * (north - south) / 2 * 1.06
    height = min(most, width * half_y / half_x)
    return Canvas(middle, max(half_x, half_y * width / height), width, height)


@lru_cache(maxsize=64)
def outlines(canvas: Canvas) -> tuple[tuple[str, str, str], ...]:
    """(code, name, path) of every district the window shows, drawn once for each window."""
    step = max(FINEST_STEP_M, STEP_UNITS * canvas.unit_m) / scales(canvas.middle[0])[0]
    drawn = ((d.code, d.name, canvas.path(d.outline.simplify(step))) for d in districts())
    return tuple((code, name, path) for code, name, path in drawn if path)


def _polygons(shape) -> list[Polygon]:
    parts = list(getattr(shape, "geoms", [shape]))
    return [one for one in parts if isinstance(one, Polygon) and not one.is_empty]
