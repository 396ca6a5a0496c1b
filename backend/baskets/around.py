"""Who sells the drugs of a basket around a place: everybody in reach, as arrays.

Where many sell, whoever is farther away is not looked at: see `REACHES`. A price that is believed
no more counts only where there is no other in reach.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.baskets.planning import candidates
from backend.baskets.rules import Seller, leg
from backend.db import is_postgres, run
from backend.intake.models import Publication
from backend.outlets.places import Position, scales
from backend.prices.candidates import BOXED, box, spots
from backend.prices.sinking import Trusted

# Of each drug so many of the cheapest, and of all so many of the nearest sellers are planned with.
NEAREST, CHEAPEST = 150, 5
# More of the reach is looked over only where less of it has fewer sellers than are planned with,
# or not every drug.
REACHES = (0.3, 0.6, 1.0)

_STANDING = """
SELECT id, code, lat, lon FROM outlet
WHERE {box} AND born <= ? AND withdrawn_on IS NULL
"""
# One row for each drug: reading thousands of rows one by one takes longer than finding them.
_ASKED = """
SELECT offer.drug_id, {ids}, {prices}, {old} FROM {source}
WHERE offer.drug_id IN ({drugs}) AND offer.born <= ? AND offer.died > ?
  AND (offer.in_stock IS NULL OR offer.in_stock = 1) AND {box}
GROUP BY offer.drug_id
"""


class Around(NamedTuple):
    """The sellers within `radius_m` metres, the nearest first: their ids, codes, metres to the east
    and north, and of each drug the price of a pack (分), 0 where they have none."""

    radius_m: int
    ids: list[int]
    codes: list[str]
    spots: list[tuple[int, int]]
    prices: NDArray[np.int64]

    def floor(self, drug: int) -> int | None:
        """The lowest price of a pack of this drug (by column); None where nobody sells it."""
        asked = self.prices[:, drug]
        return int(asked[asked > 0].min()) if asked.any() else None

    def sellers(self, packs: Sequence[int]) -> tuple[list[int], list[Seller]]:
        """Whom to plan with: rows, and what so many packs of each drug cost there."""
        rows = candidates(self.prices, nearest=NEAREST, cheapest=CHEAPEST)
        costs = (self.prices[rows] * np.array(packs, dtype=np.int64)).tolist()
        return rows, [
            Seller(self.codes[row], *self.spots[row], tuple(cost or None for cost in asked))
            for row, asked in zip(rows, costs, strict=True)
        ]


def around(
    drugs: Sequence[int], origin: Position, reach_m: int,
    allowed: Mapping[int, Sequence[int]], trusted: Mapping[int, Trusted],
) -> Around:  # fmt: skip
    """Who has these drugs (ids) in stock, or does not say, within reach; `origin` is GCJ-02.

    `allowed` names the outlets that may be shown for a drug, where not all may; `trusted` says of
    each drug what is believed.
    """
    found = None
    for share in REACHES:
        found = _within(drugs, origin, int(reach_m * share), allowed, trusted)
        if len(found.ids) >= NEAREST and (found.prices > 0).any(axis=0).all():
            break
    assert found is not None
    return found


def _within(drugs, origin, radius_m, allowed, trusted):
    number = Publication.current()
    standing = _standing(origin, radius_m, number)
    prices = np.zeros((len(standing), len(drugs)), dtype=np.int64)
    row_of = _rows_by_id([id_ for _, _, id_, _ in standing])
    for drug_id, sold, fen in _believed(_asked(drugs, origin, radius_m, number, trusted), trusted):
        if drug_id in allowed:
            here = np.isin(sold, allowed[drug_id])
            sold, fen = sold[here], fen[here]
        found = row_of[np.minimum(sold, len(row_of) - 1)]
        prices[found[found >= 0], drugs.index(drug_id)] = fen[found >= 0]
    selling = np.nonzero(prices.any(axis=1))[0]
    kept = [standing[row] for row in selling]
    return Around(
        radius_m, [one[2] for one in kept], [one[1] for one in kept], [one[3] for one in kept],
        prices[selling],
    )  # fmt: skip


def _believed(rows, trusted):
    """(drug id, outlet ids, prices) of what is believed, or of all where nothing is."""
    for drug_id, ids, asked, old in rows:
        sold, fen = _numbers(ids), _numbers(asked)
        good = (_numbers(old) == 0) & ~np.isin(sold, trusted[drug_id].doubted)
        yield (drug_id, sold[good], fen[good]) if good.any() else (drug_id, sold, fen)


def _standing(origin, radius_m, number):
    """(metres, code, id, (east, north)) of the outlets in reach, the nearest first."""
    ky, kx = scales(origin[0])
    here, edges = box("outlet", origin, radius_m)
    told = []
    for id_, code, lat, lon in run(_STANDING.format(box=here), *edges, number).fetchall():
        east, north = round(kx * (lon - origin[1])), round(ky * (lat - origin[0]))
        metres = leg(east, north)
        if metres <= radius_m:
            told.append((metres, code, id_, (east, north)))
    return sorted(told)


def _rows_by_id(ids):
    """The row of each id, -1 for those that are none of these; the last stands for all above."""
    found = np.full(max(ids, default=0) + 2, -1, dtype=np.int64)
    found[ids] = np.arange(len(ids))
    return found


def _asked(drugs, origin, radius_m, number, trusted):
    """(drug id, outlet ids, prices, whether too old) with the lists as text, in one order."""
    too_old, first = trusted[drugs[0]].too_old()
    if is_postgres():
        source, (here, edges) = "offer", spots(origin, radius_m)
        listed = "string_agg(({})::text, ',')"
    else:
        here, edges = box("near", origin, radius_m)
        source, here = BOXED, f"{here} AND offer.outlet_id = near.id"
        listed = "group_concat({})"
    query = _ASKED.format(
        ids=listed.format("offer.outlet_id"), prices=listed.format("offer.price_fen"),
        old=listed.format(f"CASE WHEN {too_old} THEN 1 ELSE 0 END"),
        source=source, box=here, drugs=", ".join("?" * len(drugs)),
    )  # fmt: skip
    return run(query, *first, *drugs, number, number, *edges).fetchall()


def _numbers(text):
    return np.fromstring(text, dtype=np.int64, sep=",")
