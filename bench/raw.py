"""The same questions as SQL by hand, through the driver alone: what the tables themselves cost.

Rows come out as tuples: no card is made of them, no verdict given, no opening hours read.
"""

import re
import sqlite3
from functools import lru_cache

import psycopg

from backend.outlets.places import METRES_PER_DEGREE, Position, scales
from backend.prices.lookups import city_moment
from bench.house import House
from bench.names import named, written

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
  AND offer.price_fen <= (SELECT MIN(price_fen) FROM win WHERE win.drug_id = offer.drug_id
                          AND win.standing IN ('official', 'assumed'))
  AND offer.lat BETWEEN :lat - :reach AND :lat + :reach AND {_METRES} <= :radius
"""
_BALANCED = f"CASE WHEN in_stock = 0 THEN 1 ELSE 0 END, price_fen + :fen_per_km * {_METRES} / 1000"
_ORDERS = {"distance": "metres", "price": "price_fen, metres", "balanced": _BALANCED}

_SOLD = """
FROM offer JOIN drug ON drug.id = offer.drug_id
WHERE offer.outlet_id = (SELECT id FROM outlet WHERE code = :code)
  AND offer.born <= (SELECT number FROM publication)
  AND offer.died > (SELECT number FROM publication)
"""
_SHELF = f"""
SELECT shown.*, win.* FROM (
    SELECT offer.*, drug.generic_name {_SOLD}
    ORDER BY drug.generic_name, drug.strength, drug.code LIMIT 20
) AS shown LEFT JOIN win ON win.drug_id = shown.drug_id
"""
_OUTLET = """
SELECT outlet.*, span.* FROM outlet LEFT JOIN badge_span AS span ON span.outlet_id = outlet.id
WHERE outlet.code = :code
"""

_MEANT = """
SELECT generic_name, COUNT(*), MIN(code) FROM drug
WHERE generic_name IN ({marks}) OR core IN ({marks}) GROUP BY generic_name LIMIT 7
"""
_STANDING = "SELECT code, name, district FROM outlet WHERE code IN ({marks})"
_DRUGS = """
SELECT drug.*, win.*, batch.* FROM drug
LEFT JOIN win ON win.drug_id = drug.id LEFT JOIN batch ON batch.id = win.batch_id
WHERE drug.generic_name IN ({marks}) OR drug.core IN ({marks}) LIMIT 20
"""


class Raw:
    """A connection to the tables of a house, and one to its names, which are a file on any engine.

    On PostgreSQL the session is as the project's own: nothing shared out, nothing compiled.
    """

    def __init__(self, house: House) -> None:
        self.words = sqlite3.connect(written(house.folder / "names.db"))
        self.today = city_moment().date().isoformat()
        if house.server:
            self.line = psycopg.connect(
                house.server.replace("+pool", ""), autocommit=True,
                options="-c jit=off -c max_parallel_workers_per_gather=0",
            )  # fmt: skip
            self.spelt = in_psycopg
        else:
            self.line = sqlite3.connect(house.database)
            self.line.execute("PRAGMA cache_size = -64000")
            self.spelt = str

    def close(self) -> None:
        """Let go of both."""
        self.words.close()
        self.line.close()

    def offers(self, code: str, origin: Position, order: str, *, fen_per_km: int) -> list:
        """Twenty offers of a drug in an order, each with its outlet; and how many there are."""
        values = self._values(code, origin) | {"fen_per_km": fen_per_km}
        asked = _OFFERS.format(metres=_METRES, seen=_SEEN, order=_ORDERS[order])
        return self._rows(asked, values) + self._rows(_COUNT.format(seen=_SEEN), values)

    def near_and_cheap(self, code: str, origin: Position, radius_m: int) -> list:
        """The twenty nearest in stock within a radius, at or below the winning price."""
        reach = radius_m / METRES_PER_DEGREE
        values = self._values(code, origin) | {"radius": radius_m, "reach": reach}
        asked = _OFFERS.format(metres=_METRES, seen=_NEAR_CHEAP, order="metres")
        return self._rows(asked, values) + self._rows(_COUNT.format(seen=_NEAR_CHEAP), values)

    def shelf(self, code: str) -> list:
        """The first twenty of what an outlet sells, the outlet, and how much it sells."""
        values = {"code": code}
        asked = (_SHELF, _OUTLET, f"SELECT COUNT(*) {_SOLD}")
        return [row for sql in asked for row in self._rows(sql, values)]

    def names(self, words: str) -> list:
        """Names of drugs that contain the words, or sound or abbreviate like them, with how many
        products there are; and outlets of such names with their districts."""
        return self._meant(_MEANT, words) + self._rows(
            *_listed(_STANDING, (code for _, code in named(self.words, "outlets", words, 3)))
        )

    def drugs(self, words: str) -> list:
        """Drugs of those names with their winning prices."""
        return self._meant(_DRUGS, words)

    def _meant(self, sql, words):
        found = named(self.words, "drugs", words, 40)
        return self._rows(*_listed(sql, dict.fromkeys(core or name for name, core in found)))

    def _rows(self, sql, values):
        return self.line.execute(self.spelt(sql), values).fetchall()

    def _values(self, code, origin):
        ky, kx = map(float, scales(origin[0]))
        lat, lon = origin
        return {"code": code, "lat": lat, "lon": lon, "ky": ky, "kx": kx, "today": self.today}


def _listed(sql, words):
    """SQL with a mark for each word, and the words by those marks."""
    values = {f"word{number}": word for number, word in enumerate(words)}
    return sql.format(marks=", ".join(f":{name}" for name in values) or "NULL"), values


@lru_cache
def in_psycopg(sql: str) -> str:
    """SQL with :names in psycopg's spelling."""
    return re.sub(r":(\w+)", r"%(\1)s", sql)
