"""Which offers come after one that was seen, in the published order: pages that stay stable.

The order is known exactly from an offer itself, so the next page begins where the last one ended
whatever came, went or changed meanwhile.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

Where = tuple[str, list[Any]]
# An expression in SQL, its values, and what was seen of it.
Key = tuple[str, list[Any], Any]


class After(NamedTuple):
    """The last offer that was seen: 分, metres (None without a position), its outlet, its stock,
    whether it had sunk."""

    order: str
    price_fen: int
    distance_m: float | None
    outlet_code: str
    gone: bool
    fen_per_km: int
    sunk: bool = False

    def where(self) -> Where:
        """The condition that an offer (with its `metres`) comes later."""
        return later(self._keys())

    def _keys(self) -> list[Key]:
        return [("sunk", [], int(self.sunk)), *self._within()]

    def _within(self) -> list[Key]:
        price: Key = ("price_fen", [], self.price_fen)
        metres: Key = ("metres", [], self.distance_m)
        code: Key = ("outlet_code", [], self.outlet_code)
        if self.order == "distance":
            return [metres, price, code]
        if self.order == "price":
            return [price, metres, code]
        gone: Key = ("CASE WHEN in_stock = 0 THEN 1 ELSE 0 END", [], int(self.gone))
        score = None
        if self.distance_m is not None:
            score = self.price_fen + self.fen_per_km * self.distance_m / 1000
        way: Key = ("price_fen + ? * metres / 1000", [self.fen_per_km], score)
        return [gone, way, price, code]


def later(keys: Sequence[Key]) -> Where:
    """The condition that a row comes after these (expression, its values, value seen).

    A missing value stands behind every known one, as NULLS LAST has it.
    """
    (expression, inner, seen), *rest = keys
    then, values = later(rest) if rest else ("1 = 0", [])
    if seen is None:
        return f"({expression} IS NULL AND {then})", [*inner, *values]
    where = f"({expression} > ? OR {expression} = ? AND {then}"
    missing = f" OR {expression} IS NULL)"
    return where + missing, [*inner, seen, *inner, seen, *values, *inner]
