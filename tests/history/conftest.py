"""A shop whose prices go up and down."""

from datetime import timedelta

import pytest

from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.conftest import NOW
from tests.makers import A_PRICE, many_drugs, many_outlets, sheet, take


@pytest.fixture
def shop(house, tmp_path):
    """Three outlets, two drugs won at 3.40; `shop(row, …)` publishes one sheet of prices."""
    take("drugs", sheet(tmp_path, many_drugs(2)))
    take("outlets", sheet(tmp_path, many_outlets(3)))

    def bring(*rows):
        every = {"状态": "在售", "凭证": ""} | A_PRICE | {"定点编码": "A0000", "药品编码": "D0000"}
        return take("prices", sheet(tmp_path, [every | row for row in rows]))

    return bring


@pytest.fixture
def later():
    """`later(days=…)` puts the clock so many days after the tests' day."""

    def put(**gone):
        outside.clock = StoppedClock(NOW + timedelta(**gone))

    yield put
    outside.clock = StoppedClock(NOW)


def on(day, yuan="3.40", **more):
    """A price as seen on a day of November."""
    return {"观测日期": f"2026-11-{day:02d}", "价格": yuan} | more
