"""A synthetic year of a city's prices (演示): seeded, written straight into the tables by day.

Each outlet hands in its drugs twice a month on days of its own; one price in twelve moves and one
stock in twenty turns. Nothing of it is real.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from tqdm import tqdm

from backend.db import copy_rows, database, is_postgres, run
from backend.history.rules import Seen, changes
from backend.intake.models import FOREVER, Delivery, Publication
from backend.prices.models import PriceFact
from backend.prices.sheets import SOURCES

SEED = 20_261_124
DAYS, DRUGS_EACH, TIMES_EACH = 365, 50, 24
# Rows of a year of one outlet.
OF_ONE = DRUGS_EACH * TIMES_EACH
HALF_MONTH = DAYS // TIMES_EACH

OBSERVATION = (
    "key", "drug_id", "outlet_id", "price_fen", "in_stock", "observed_on", "source", "evidence",
    "selling", "delivery_id",
)  # fmt: skip
FACT = ("number", "outlet_id", "drug_id", "kind", "day", "before_fen", "after_fen", "open")
OFFER = (
    "drug_id", "outlet_id", "born", "died", "key", "outlet_code", "price_fen", "in_stock",
    "observed_on", "source", "lat", "lon", "district", "kind",
)  # fmt: skip
PRICE_DAY = (
    "drug_id", "day", "class", "count", "low_fen", "median_fen", "high_fen", "winning_fen",
    "at_winning",
)  # fmt: skip
_KINDS = {
    "down": PriceFact.DOWN, "up": PriceFact.UP, "restocked": PriceFact.RESTOCKED,
    "sold_out": PriceFact.SOLD_OUT, "first": PriceFact.FIRST,
}  # fmt: skip


class Standing(NamedTuple):
    """An outlet as its offers copy it."""

    id: int
    code: str
    lat: float | None
    lon: float | None
    district: str
    kind: str


class Town:
    """The outlets of a house with what each asks for each of its drugs, day by day."""

    def __init__(self, last: date) -> None:
        self.random = Random(SEED)
        self.first = last - timedelta(days=DAYS - 1)
        self.outlets = [
            Standing(*row)
            for row in run("SELECT id, code, lat, lon, district, kind FROM outlet ORDER BY id")
        ]
        # Winning prices to ask around; what never won is not sold here.
        self.won = dict(
            run("SELECT drug_id, MIN(price_fen) FROM win GROUP BY drug_id ORDER BY drug_id")
        )
        drugs = list(self.won)
        self.sold = {one.id: self.random.sample(drugs, DRUGS_EACH) for one in self.outlets}
        self.asked: dict[tuple[int, int], Seen] = {}
        self.keys: dict[tuple[int, int], int] = {}

    def fill(self) -> None:
        """Write the whole year: observations, facts, a publication a day; then the last offers."""
        base = Publication.current()
        for passed in tqdm(range(DAYS), "一年", unit=" 天", leave=False):
            day = self.first + timedelta(days=passed)
            self._publish(day, base + 1 + passed)
        self._offer(base + DAYS)
        self._days()

    def _publish(self, day: date, number: int) -> None:
        due = [one for one in self.outlets if (one.id + day.toordinal()) % HALF_MONTH == 0]
        with database.atomic():
            moment = datetime.combine(day, time(12), UTC)
            delivery = Delivery.create(
                kind="prices", name=f"演示 {day}", digest=str(number), state=Delivery.PUBLISHED,
                number=number, received_at=moment, beat_at=moment, published_at=moment,
            )  # fmt: skip
            observed, facts = [], []
            for outlet in due:
                for drug in self.sold[outlet.id]:
                    row, kinds = self._seen(outlet.id, drug, day, delivery.id)
                    observed.append(row)
                    facts += [(number, outlet.id, drug, *told, 1) for told in kinds]
            copy_rows("observation", OBSERVATION, observed)
            copy_rows("price_fact", FACT, facts)
            Publication.raise_to(number)

    def _seen(self, outlet, drug, day, delivery):
        draw, pair = self.random, (outlet, drug)
        before = self.asked.get(pair)
        now = Seen(day, SOURCES["declaration"], 0, *self._next(drug, before))
        key = self.keys[pair] = draw.getrandbits(62)
        self.asked[pair] = now
        iso = day.isoformat()
        kinds = [
            (_KINDS[kind], iso, before and before.price_fen, now.price_fen)
            for kind in sorted(changes(before, now))
        ]
        row = (key, drug, outlet, now.price_fen, int(bool(now.in_stock)), iso, now.source, "", 1,
               delivery)  # fmt: skip
        return row, kinds

    def _next(self, drug, before) -> tuple[int, bool]:
        draw, won = self.random, self.won[drug]
        if before is None:
            return max(1, won * draw.randint(95, 140) // 100), draw.random() < 0.95
        fen, stock = before.price_fen, bool(before.in_stock)
        if draw.random() < 1 / 12:
            fen = max(1, won * draw.randint(92, 140) // 100)
        return fen, stock if draw.random() > 1 / 20 else not stock

    def _offer(self, number: int) -> None:
        standing = {one.id: one for one in self.outlets}
        with database.atomic():
            # Deleted rows would leave holes on PostgreSQL that no import leaves.
            run("TRUNCATE offer" if is_postgres() else "DELETE FROM offer")
            copy_rows("offer", OFFER, (
                (drug, outlet, number, FOREVER, self.keys[outlet, drug], of.code, now.price_fen,
                 int(bool(now.in_stock)), now.day.isoformat(), now.source, of.lat, of.lon,
                 of.district, of.kind)
                for (outlet, drug), now in sorted(self.asked.items(), key=lambda one: one[0][::-1])
                for of in [standing[outlet]]
            ))  # fmt: skip

    def _days(self) -> None:
        with database.atomic():
            copy_rows("price_day", PRICE_DAY, self._taken())

    def _taken(self) -> Iterator[tuple]:
        for drug, won in self.won.items():
            for passed in range(DAYS - 1):
                day = (self.first + timedelta(days=passed)).isoformat()
                for class_ in ("", "pharmacy"):
                    middle = won * (108 + passed // 60) // 100
                    yield drug, day, class_, 1_000, won, middle, won * 5 // 4, won, 300


def opening_offers(town: Town) -> None:
    """Offers as on the first day, so that a page of offers can be measured before the year."""
    for outlet in town.outlets:
        for drug in town.sold[outlet.id]:
            fen, stock = town._next(drug, None)
            town.asked[outlet.id, drug] = Seen(town.first, 2, 0, fen, stock)
            town.keys[outlet.id, drug] = town.random.getrandbits(62)
    town._offer(Publication.current())
    town.asked.clear()
    if is_postgres():
        run("VACUUM ANALYZE offer")
