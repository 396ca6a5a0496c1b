"""How long finding and suggesting take over the golden questions, in process."""

from collections.abc import Sequence
from random import Random

from backend import db
from backend.app import create_app
from backend.catalog.finding import search_drugs
from backend.prices.finding import suggest
from backend.prices.lookups import city_moment
from bench import machine, report
from bench.golden.table import Row
from bench.house import House
from bench.timing import Times, measured

WARM_UP, SEED = 50, 6
SUGGEST, FIND = "边输边查", "查药"
# The aim for suggestions, at 22,000 products.
MOST_MS = 10


def times(house: House, rows: Sequence[Row]) -> tuple[dict[str, Times], str]:
    """What each takes for all questions, in an order that is always the same; and the load."""
    create_app(house.settings())
    words = [row.query for row in rows]
    Random(SEED).shuffle(words)
    with db.opened():
        day = city_moment().date()
        begun = machine.moment()["load"]
        asked = [{SUGGEST: lambda w=w: suggest(w), FIND: lambda w=w: search_drugs(w, day=day)}
                 for w in words]  # fmt: skip
        took = measured("快慢", asked, warm_up=WARM_UP)
        load = f"{begun}–{machine.moment()['load']}"
    db.database.close_all()
    return took, load


def table(found: dict[str, dict[str, Times]]) -> report.Rows:
    """A row for each size: p50 / p95 / p99 of suggesting and finding."""
    header = ["数据", *(f"{name} p50 / p95 / p99（毫秒）" for name in (SUGGEST, FIND))]
    rows = [
        [size, *(report.spread(took[name]) for name in (SUGGEST, FIND))]
        for size, took in found.items()
    ]
    return [header, *rows]
