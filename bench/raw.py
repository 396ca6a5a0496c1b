"""The same questions in SQL written by hand, straight through sqlite3: what the tables alone cost.

Rows come out as tuples: no card is made of them, no verdict given, no opening hours read.
"""

import sqlite3

from backend.outlets.places import METRES_PER_DEGREE, Position, scales
from backend.prices.lookups import city_moment
from bench.house import House
from search.sqlite import phrase
from search.text import compact

_SEEN = """
FROM offer
WHERE offer.drug_id = (SELECT id FROM drug WHERE code = :code)
  AND offer.born <= (SELECT number FROM publication)
  AND offer.died > (SELECT number FROM publication)
"""
_METRES = "sqrt(:ky * :ky * (offer.lat - :lat) * (offer.lat - :lat)" \
          " + :kx * :kx * (offer.lon - :lon) * (offer.lon - :lon))"  # fmt: skip
_OFFERS = """
SELECT o.*, outlet.*, span.*, win.*, band.* FROM (
    SELECT offer.*, {metres} AS metres {seen} ORDER BY {order} LIMIT 20
) AS o
JOIN outlet ON outlet.id = o.outlet_id
LEFT JOIN badge_span AS span ON span.outlet_id = o.outlet_id AND span.since = (
    SELECT MAX(since) FROM badge_span WHERE outlet_id = o.outlet_id AND since <= :today)
LEFT JOIN win ON win.drug_id = o.drug_id
LEFT JOIN band_snapshot AS band ON band.drug_id = o.drug_id AND band.day = (
    SELECT MAX(day) FROM band_snapshot WHERE drug_id = o.drug_id)
"""
_COUNT = "SELECT COUNT(*) {seen}"
_NEAR_CHEAP = f"""
{_SEEN} AND offer.in_stock = 1
  AND offer.price_fen <= (SELECT price_fen FROM win WHERE win.drug_id = offer.drug_id
                          AND win.standing IN ('official', 'assumed'))
  AND offer.lat BETWEEN :lat - :reach AND :lat + :reach AND {_METRES} <= :radius
"""
_ORDERS = {
    "distance": "metres",
    "price": "price_fen, metres",
    "balanced": "in_stock = 0, price_fen + :fen_per_km * metres / 1000",
}

_SOLD = """
FROM offer JOIN drug ON drug.id = offer.drug_id
WHERE offer.outlet_id = (SELECT id FROM outlet WHERE code = :code)
  AND offer.born <= (SELECT number FROM publication)
  AND offer.died > (SELECT number FROM publication)
"""
_SHELF = f"""
SELECT shown.*, win.* FROM (
    SELECT offer.*, drug.* {_SOLD} ORDER BY drug.generic_name, drug.strength, drug.code LIMIT 20
) AS shown LEFT JOIN win ON win.drug_id = shown.drug_id
"""
_OUTLET = """
SELECT outlet.*, span.* FROM outlet LEFT JOIN badge_span AS span ON span.outlet_id = outlet.id
WHERE outlet.code = :code
"""

_NAMES = """
SELECT word.text FROM found.fts_{kind} AS fts JOIN found.word AS word ON word.number = fts.rowid
WHERE fts_{kind} MATCH ? AND word.field IN ('name', 'core', 'alias') LIMIT {most}
"""
_DRUGS = """
SELECT drug.*, win.*, batch.* FROM drug
LEFT JOIN win ON win.drug_id = drug.id LEFT JOIN batch ON batch.id = win.batch_id
WHERE drug.generic_name IN ({marks}) OR drug.core IN ({marks}) LIMIT 20
"""


class Raw:
    """One connection to the files of a house."""

    def __init__(self, house: House) -> None:
        self.line = sqlite3.connect(house.database)
        self.line.execute("PRAGMA cache_size = -64000")
        self.line.execute("ATTACH ? AS found", (str(house.index),))
        self.today = city_moment().date().isoformat()

    def offers(self, code: str, origin: Position, order: str, *, fen_per_km: int) -> list:
        """Twenty offers of a drug in an order, each with its outlet; and how many there are."""
        values = self._values(code, origin) | {"fen_per_km": fen_per_km}
        asked = _OFFERS.format(metres=_METRES, seen=_SEEN, order=_ORDERS[order])
        return [
            *self.line.execute(asked, values),
            *self.line.execute(_COUNT.format(seen=_SEEN), values),
        ]

    def near_and_cheap(self, code: str, origin: Position, radius_m: int) -> list:
        """The twenty nearest in stock within a radius, at or below the winning price."""
        reach = radius_m / METRES_PER_DEGREE
        values = self._values(code, origin) | {"radius": radius_m, "reach": reach}
        asked = _OFFERS.format(metres=_METRES, seen=_NEAR_CHEAP, order="metres")
        count = _COUNT.format(seen=_NEAR_CHEAP)
        return [*self.line.execute(asked, values), *self.line.execute(count, values)]

    def shelf(self, code: str) -> list:
        """The first twenty of what an outlet sells, the outlet, and how much it sells."""
        values = {"code": code}
        return [
            row
            for sql in (_SHELF, _OUTLET, f"SELECT COUNT(*) {_SOLD}")
            for row in self.line.execute(sql, values)
        ]

    def names(self, words: str) -> list:
        """Names of drugs and outlets that contain the words, or sound or abbreviate like them."""
        return self._named("drugs", words, 40) + self._named("outlets", words, 3)

    def drugs(self, words: str) -> list:
        """Drugs of those names with their winning prices."""
        names = [text for (text,) in self._named("drugs", words, 40)]
        marks = ", ".join("?" * len(names)) or "NULL"
        return self.line.execute(_DRUGS.format(marks=marks), names * 2).fetchall()

    def _named(self, kind, words, most):
        asked = _NAMES.format(kind=kind, most=most)
        return self.line.execute(asked, (phrase(compact(words)),)).fetchall()

    def _values(self, code, origin):
        ky, kx = scales(origin[0])
        lat, lon = origin
        return {"code": code, "lat": lat, "lon": lon, "ky": ky, "kx": kx, "today": self.today}
