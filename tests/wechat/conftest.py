"""A stand-in for WeChat, and a line to it over real HTTP as the settings open it."""

import pytest

from backend.outside import limits, wechat
from backend.outside.clock import StoppedClock
from tests.conftest import NOW
from tests.wechat.standin import APP_ID, SECRET, StandIn


@pytest.fixture
def standin():
    """WeChat's place, taken for the length of a test."""
    with StandIn() as here:
        yield here


@pytest.fixture
def opened(standin, tmp_path):
    """opened(secret=…, url=…, clock=…) → a line to the stand-in; those of one file share."""
    lines = []

    def one(*, secret=SECRET, url="", shared="limits.db", clock=None):
        counts = limits.connect(url or f"sqlite:///{tmp_path}/{shared}", "off")
        given = wechat.Given(standin.url, APP_ID, secret)
        stands = clock or StoppedClock(NOW)
        lines.append((wechat.connect(given, counts.kept, lambda: stands), counts))
        return lines[-1][0]

    yield one
    for line, counts in lines:
        line.close()
        counts.close()


@pytest.fixture
def line(opened):
    """One line to the stand-in."""
    return opened()
