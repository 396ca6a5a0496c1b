"""In which order outlets stand, and why: three published orders, none of them for sale.

Ties end at the outlet's public code, so the order never depends on a database id.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

ORDERS = ("distance", "price", "balanced")


class Ranked(Protocol):
    """What an order looks at: 分, metres (None without a position), stock (None if unknown), and
    whether it is believed no more (`sunk`)."""

    @property
    def price_fen(self) -> int: ...
    @property
    def distance_m(self) -> float | None: ...
    @property
    def in_stock(self) -> bool | None: ...
    @property
    def outlet_code(self) -> str: ...
    @property
    def sunk(self) -> bool: ...


Record = TypeVar("Record", bound=Ranked)


@dataclass(frozen=True)
class Why:
    """The reason of a place in the order: a code and the numbers it rests on."""

    code: str
    numbers: dict[str, int | float | None] = field(default_factory=dict)


def rank(records: Iterable[Record], order: str, *, fen_per_km: int) -> list[Record]:
    """The records in the order "distance", "price" or "balanced". Raises ValueError for another."""
    return sorted(records, key=lambda record: sort_key(record, order, fen_per_km=fen_per_km))


def sort_key(record: Ranked, order: str, *, fen_per_km: int) -> tuple:
    """What the order compares; a missing position stands behind every known one, and what is
    believed no more behind all the rest."""
    return record.sunk, *_within(record, order, fen_per_km)


def _within(record, order, fen_per_km):
    metres = record.distance_m or 0.0
    astray, price, code = record.distance_m is None, record.price_fen, record.outlet_code
    match order:
        case "distance":
            return astray, metres, price, code
        case "price":
            return price, astray, metres, code
        case "balanced":
            gone = record.in_stock is False
            return gone, astray, price + way_fen(metres, fen_per_km=fen_per_km), price, code
    raise ValueError(f"There is no order {order!r}, only {', '.join(ORDERS)}")


def way_fen(metres: float, *, fen_per_km: int) -> float:
    """What the way weighs, in 分, not rounded."""
    return fen_per_km * metres / 1000


def why(record: Ranked, order: str, *, fen_per_km: int) -> Why:
    """Why the record stands where it stands. Raises ValueError for an unknown order."""
    price, metres = record.price_fen, record.distance_m
    if order in ORDERS and record.sunk:
        return Why("outdated", {"price_fen": price, "distance_m": metres})
    if order == "price":
        return Why("by_price", {"price_fen": price, "distance_m": metres})
    if order == "balanced":
        return _why_balanced(record, fen_per_km)
    if order != "distance":
        raise ValueError(f"There is no order {order!r}, only {', '.join(ORDERS)}")
    return Why(
        "no_position" if metres is None else "by_distance",
        {"price_fen": price, "distance_m": metres},
    )


def _why_balanced(record, fen_per_km):
    price, metres = record.price_fen, record.distance_m
    numbers: dict[str, int | float | None] = {"price_fen": price, "distance_m": metres}
    if record.in_stock is False:
        return Why("out_of_stock", numbers)
    if metres is None:
        return Why("no_position", numbers)
    # Shown to the 分, so that the two parts a person reads add up to the sum he reads.
    way = int(way_fen(metres, fen_per_km=fen_per_km) + 0.5)
    parts = {"fen_per_km": fen_per_km, "way_fen": way, "score_fen": price + way}
    return Why("by_balance", numbers | parts)
