"""People who ask in vain: each from an address of his own."""

from datetime import UTC, datetime, timedelta

from backend.demand.actions import waiting, write_down
from backend.demand.models import Unmet
from backend.outside import outside
from backend.outside.clock import StoppedClock

# A person's browser; one that calls itself a program is not counted.
BROWSER = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def on_day(number, hour=2):
    """Put the clock to a day of the week of MONDAY (0), or of a later one (7 …), at an hour UTC."""
    outside.clock = StoppedClock(MONDAY.replace(hour=hour) + timedelta(days=number))


def ask(house, path, *, askers=1, first=1, **headers):
    """So many people open a page, one after another; what they noted is written down."""
    client = house.test_client()
    for number in range(first, first + askers):
        told = client.get(
            path,
            headers={"User-Agent": BROWSER} | headers,
            environ_base={"REMOTE_ADDR": f"203.0.{number // 250}.{number % 250 + 1}"},
        )
        assert told.status_code == 200, told.get_data(as_text=True)
    write_down()
    assert waiting.is_empty


def counted():
    """{(district, drug or words, why): askers}, whatever the day."""
    told = {}
    for row in Unmet.select().order_by(Unmet.day):
        key = (row.district, row.drug or row.words, row.why)
        told[key] = told.get(key, 0) + row.askers
    return told
