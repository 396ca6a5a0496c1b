"""A street of pharmacies and the drugs they sell, by way of sheets."""

from datetime import timedelta

from backend.monitoring.actions import take_index
from backend.monitoring.models import OutletIndex
from backend.outlets.models import Outlet
from backend.outside.clock import city_day
from backend.prices.actions import snapshot_bands
from tests.conftest import NOW
from tests.makers import A_PRICE, many_drugs, many_outlets, sheet, take

TODAY = city_day(NOW)
PHARMACY = {"机构类别": "零售药店（单体）"}
PHARMACIES, DRUGS = 12, 11


def street(folder, changes=(), *, drugs=DRUGS, asked=None):
    """Twelve pharmacies and whoever stands in `changes`; each asks 3.40 for each of the drugs.

    `asked` is {(outlet number, drug number): price in yuan, or None for not sold}.
    """
    take("drugs", sheet(folder, many_drugs(drugs)))
    rows = many_outlets(PHARMACIES + len(changes))
    kept = [*[PHARMACY] * PHARMACIES, *changes]
    take("outlets", sheet(folder, [r | c for r, c in zip(rows, kept, strict=True)]))
    ask(folder, range(len(rows)), drugs=drugs, asked=asked or {})


def ask(folder, outlets, *, drugs=DRUGS, asked=None, day=TODAY - timedelta(days=2)):
    """These outlets ask 3.40, or what `asked` says, for each of the drugs on a day."""
    rows = [
        A_PRICE | {"定点编码": f"A{o:04d}", "药品编码": f"D{d:04d}", "价格": told,
                   "观测日期": day.isoformat()}
        for o in outlets
        for d in range(drugs)
        if (told := (asked or {}).get((o, d), "3.40"))
    ]  # fmt: skip
    take("prices", sheet(folder, rows))


def take_on(day):
    """What a night does: the bands of the day, then the index."""
    snapshot_bands(day)
    return take_index(day)


def kept(period="2026-11"):
    """{outlet code: (index in thousandths, drugs)} as it is kept of a period."""
    codes = dict(Outlet.select(Outlet.id, Outlet.code).tuples())
    rows = OutletIndex.select().where(OutletIndex.period == period)
    return {codes[row.outlet_id]: (row.permille, row.drugs) for row in rows}
