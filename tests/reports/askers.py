"""Residents who say that something is not so: each from an address of his own."""

from datetime import UTC, datetime, timedelta

from backend.db import as_day, run
from backend.outside import outside
from backend.outside.clock import StoppedClock

BROWSER = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"
# Ten in the morning in the city.
FIRST = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def on_day(number, hour=2):
    """Put the clock to a day from FIRST on, at an hour UTC."""
    outside.clock = StoppedClock(FIRST.replace(hour=hour) + timedelta(days=number))


def address(number):
    """The address of one resident."""
    return {"REMOTE_ADDR": f"203.0.{number // 250}.{number % 250 + 1}"}


def say(house, what, *, askers=1, first=1, status=200, headers=None, **said):
    """So many residents report the same at outlet A1, one after another; the last answer."""
    client = house.test_client()
    for number in range(first, first + askers):
        answer = client.post(
            "/api/v1/reports", json={"outlet": "A1", "what": what} | said,
            headers={"User-Agent": BROWSER} | (headers or {}), environ_base=address(number),
        )  # fmt: skip
        assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def counted():
    """{(what, whether of a drug, day of the month): askers}."""
    rows = run("SELECT what, drug_id, day, askers FROM contradiction").fetchall()
    return {(what, bool(drug), as_day(day).day): askers for what, drug, day, askers in rows}


def named():
    """{(day of the month, price): askers}."""
    rows = run("SELECT day, price_fen, askers FROM reported_price").fetchall()
    return {(as_day(day).day, fen): askers for day, fen, askers in rows}
