"""Rows of the prices residents handed in: only groups in which nobody can be told from others."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter

from backend.db import run
from backend.opendata.moment import Moment
from backend.opendata.rules import Place, Released, Seen, month_of, released
from backend.outside.clock import city_day
from backend.prices.bands import summary
from backend.prices.sheets import FROM_RESIDENTS, SOURCES

# Evidence is read to know which rows are one receipt, and goes no further.
_SEEN = """
SELECT o.drug_id, o.outlet_id, o.observed_on, d.published_at, o.source, o.evidence, o.price_fen
FROM observation AS o LEFT JOIN delivery AS d ON d.id = o.delivery_id
WHERE o.source IN ({sources}) AND o.selling = 1
  AND (o.delivery_id IS NULL OR d.number <= ?)
ORDER BY o.drug_id
"""


def resident_price(moment: Moment) -> Iterator[tuple]:
    """What may be told of residents' prices, by drug, month and area."""
    sources = [SOURCES[code] for code in FROM_RESIDENTS]
    rows = run(_SEEN.format(sources=", ".join("?" * len(sources))), *sources, moment.number)
    told: list[tuple] = []
    for drug_id, group in groupby(rows, key=itemgetter(0)):
        if drug_id in moment.drugs:
            seen = [_seen(row, moment) for row in group if row[1] in moment.outlets]
            code = moment.drugs[drug_id].code
            found = released(seen, k=moment.terms.small_count, day=moment.day)
            told += [_row(code, one) for one in found]
    yield from sorted(told, key=lambda row: (*row[3:6], row[0], row[2] or "", row[1] or ""))


def _seen(row, moment) -> Seen:
    _, outlet_id, day, published, source, evidence, price_fen = row
    outlet = moment.outlets[outlet_id]
    return Seen(
        Place(outlet.district, outlet.code), month_of(str(day)), _month(published, moment),
        (str(day), str(source), evidence), price_fen,
    )  # fmt: skip


def _month(published, moment):
    """In which month of the city it was published; while it is being published, this one."""
    if published is None:
        return month_of(moment.day)
    at = datetime.fromisoformat(published) if isinstance(published, str) else published
    return month_of(city_day(at if at.tzinfo else at.replace(tzinfo=UTC)))


def _row(code: str, one: Released) -> tuple:
    group = one.group
    told = summary(one.prices)
    assert told is not None
    return (
        group.area, group.outlet, group.district, code, one.month, one.handed_in, one.times,
        told.min_fen, told.median_fen, told.max_fen,
    )  # fmt: skip
