"""What is asked of the offers of a drug, and the SQL that finds all that may answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from backend.db import is_postgres
from backend.outlets.places import Position, scales
from backend.prices.after import After
from backend.prices.sinking import Trusted

# A condition in SQL and its values.
Where = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class Question:
    """What is asked: one drug; a place (GCJ-02) and radius in metres; filters; order; page.

    `at_most_fen` and `at_least_fen` keep offers within prices (both count); `outlet_ids` keeps
    those of some outlets only. `after` keeps those that come after an offer already seen.
    With `trusted` those that are believed no more stand behind; `believed_only` leaves them out.
    `now` is left to `nearby`.
    """

    drug_id: int
    origin: Position | None = None
    radius_m: int | None = None
    district: str = ""
    kind: str = ""
    at_most_fen: int | None = None
    at_least_fen: int | None = None
    in_stock: bool | None = None
    outlet_ids: Sequence[int] | None = None
    order: str = "distance"
    fen_per_km: int = 0
    page: int = 1
    page_size: int = 20
    after: After | None = None
    trusted: Trusted | None = None
    believed_only: bool = False
    now: "Now | None" = None


class Now(NamedTuple):
    """What is published: its number, and the outlets that withdrew by then."""

    number: int
    withdrawn: tuple[int, ...]


class Place(NamedTuple):
    """One offer as the table gives it; distance in metres, None where a position is missing."""

    outlet_id: int
    key: int
    outlet_code: str
    price_fen: int
    stock: int | None
    observed_on: date
    source: int
    distance_m: float | None
    sunk: bool = False

    @property
    def in_stock(self) -> bool | None:
        """Whether it is in stock; None when nobody knows."""
        return None if self.stock is None else bool(self.stock)


class Bounds(NamedTuple):
    """What the offers of a page are known to keep within, so that no others need be looked at.

    `box_m` metres to the north, south, east and west; `score` 分 of price and way together, the
    way at `fen_per_km`.
    """

    box_m: float | None = None
    score: float | None = None
    fen_per_km: int = 0


ANYWHERE = Bounds()


# The same operations in the same order as places.metres_between, so that both give one number.
_METRES = (
    "sqrt((? * (offer.lat - ?)) * (? * (offer.lat - ?))"
    " + (? * (offer.lon - ?)) * (? * (offer.lon - ?)))"
)
_NO_METRES = "CAST(NULL AS DOUBLE PRECISION)"
_NONE_SINKS = "0"

COLUMNS = "outlet_id, key, outlet_code, price_fen, in_stock, observed_on, source"
_OFFERED = ", ".join(f"offer.{column}" for column in COLUMNS.split(", "))

# The join in this order and no other: from the few outlets of a box to what they ask.
BOXED = "outlet AS near CROSS JOIN offer"
# Rounding must not cut off what stands on the border itself.
_SLACK = 1.001


def candidates(
    question: Question, bounds: Bounds, wheres: Sequence[Where]
) -> tuple[str, list[Any]]:
    """The offers that answer the question, unordered: SQL and its values."""
    metres, values = _metres(question.origin)
    sunk, more = question.trusted.sunk() if question.trusted else (_NONE_SINKS, [])
    values += more
    asked = [*_filters(question), *_within(question.origin, bounds), *wheres]
    source = "offer" if bounds.box_m is None or is_postgres() else BOXED
    inner = (
        f"SELECT {_OFFERED}, {metres} AS metres, {sunk} AS sunk FROM {source}"
        f" WHERE {' AND '.join(where for where, _ in asked)}"
    )
    values += [value for _, more in asked for value in more]
    if question.origin and question.radius_m is not None:
        inner = f"SELECT * FROM ({inner}) AS around WHERE metres <= ?"
        values.append(question.radius_m)
    if question.believed_only:
        inner = f"SELECT * FROM ({inner}) AS believed WHERE sunk = 0"
    if question.after:
        where, seen = question.after.where()
        inner = f"SELECT * FROM ({inner}) AS rest WHERE {where}"
        values += seen
    return inner, values


def _metres(origin):
    if origin is None:
        return _NO_METRES, []
    ky, kx = scales(origin[0])
    return _METRES, [ky, origin[0], ky, origin[0], kx, origin[1], kx, origin[1]]


def _filters(question) -> Iterator[Where]:
    # PostgreSQL's index of places asks for a number of the column's own size.
    yield "offer.drug_id = CAST(? AS INTEGER)", [question.drug_id]
    yield "offer.born <= ? AND offer.died > ?", [question.now.number] * 2
    if question.district:
        yield "offer.district = ?", [question.district]
    if question.kind:
        yield "offer.kind = ?", [question.kind]
    if question.at_most_fen is not None:
        yield "offer.price_fen <= ?", [question.at_most_fen]
    if question.at_least_fen is not None:
        yield "offer.price_fen >= ?", [question.at_least_fen]
    if question.in_stock is not None:
        yield "offer.in_stock = ?", [int(question.in_stock)]
    if question.outlet_ids is not None:
        yield among(question.outlet_ids)
    if question.origin and question.radius_m is not None:
        # A box a little larger than the circle spares most rows the arithmetic.
        yield box("offer", question.origin, question.radius_m)


def _within(origin, bounds) -> Iterator[Where]:
    if bounds.box_m is not None and is_postgres():
        yield spots(origin, bounds.box_m)
    elif bounds.box_m is not None:
        yield "offer.outlet_id = near.id", []
        yield box("near", origin, bounds.box_m)
    if bounds.score is not None:
        yield "offer.price_fen <= ?", [bounds.score]
        # The way is no shorter than its part to the north or to the east.
        for axis, scale, at in zip(("lat", "lon"), scales(origin[0]), origin, strict=True):
            weight = scale * bounds.fen_per_km / 1000 / _SLACK
            yield f"offer.price_fen + ? * abs(offer.{axis} - ?) <= ?", [weight, at, bounds.score]


def box(table: str, origin: Position, metres: float) -> Where:
    """Rows of a table with a position in a box of so many metres to each side."""
    south, north, west, east = _edges(origin, metres)
    return (
        f"{table}.lat BETWEEN ? AND ? AND {table}.lon BETWEEN ? AND ?",
        [south, north, west, east],
    )


def spots(origin: Position, metres: float) -> Where:
    """The same box, in the words PostgreSQL's index of places understands."""
    south, north, west, east = _edges(origin, metres)
    return "point(offer.lon, offer.lat) <@ box(point(?, ?), point(?, ?))", [
        west,
        south,
        east,
        north,
    ]


def _edges(origin, metres):
    ky, kx = scales(origin[0])
    north, east = metres / ky * _SLACK, metres / kx * _SLACK
    return origin[0] - north, origin[0] + north, origin[1] - east, origin[1] + east


def among(ids: Sequence[int]) -> Where:
    """Offers of these outlets."""
    return f"offer.outlet_id IN ({', '.join('?' * len(ids)) or 'NULL'})", ids
