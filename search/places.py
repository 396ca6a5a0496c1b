"""Places in GCJ-02 degrees (lat, lon), and how far apart two of them are, in metres."""

import math
from collections.abc import Callable

Place = tuple[float, float]

METRES_PER_DEGREE = 111_195  # of a sphere with the mean earth radius of 6 371 008.8 m
FARTHEST = 3e7  # metres: more than half around the earth


def metres_from(origin: Place) -> Callable[[Place], float]:
    """Measures metres from `origin`, as the crow flies on the flat map around it.

    The map and the order of its operations are those of the offers' distances, so that one
    way has one length everywhere; within a city it is right to half a percent.
    """
    lat, lon = origin
    ky, kx = METRES_PER_DEGREE, METRES_PER_DEGREE * math.cos(math.radians(lat))

    def metres(place: Place) -> float:
        dy, dx = ky * (place[0] - lat), kx * (place[1] - lon)
        return math.sqrt(dy * dy + dx * dx)

    return metres


def metres_between(a: Place, b: Place) -> float:
    """Metres from `a` to `b`."""
    return metres_from(a)(b)


def on_a_sphere(a: Place, b: Place) -> float:
    """Metres along the great circle (haversine): what a server measures."""
    south, north = math.radians(a[0]), math.radians(b[0])
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * math.radians(1) ** -1 * METRES_PER_DEGREE * math.asin(min(1.0, math.sqrt(half)))


def at_most(metres: float) -> float:
    """What on a sphere is surely no farther than this, if it is so on the flat map, and the
    other way round; south and north of 60 degrees and across the date line nothing is sure."""
    metres = min(max(metres, 0.0), FARTHEST)
    return min(FARTHEST, metres * (1.01 + metres / 1e7) + 5)


def at_least(metres: float) -> float:
    """What on a sphere is surely no nearer than this, if it is so on the flat map; and back."""
    metres = min(metres, FARTHEST)
    return max(0.0, (metres - 5) / (1.01 + metres / 1e7))


def is_place(place: Place) -> bool:
    """Whether these are degrees at all."""
    lat, lon = place
    return -90 <= lat <= 90 and -180 <= lon <= 180  # false for what is not a number
