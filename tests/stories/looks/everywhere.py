"""Every stop of the walk for a test of `make walk`."""

import pytest

from tests.stories.looks.walk import STOPS

EVERY_STOP = pytest.mark.parametrize(
    "stop", [pytest.param(stop, id=stop.name, marks=pytest.mark.walk) for stop in STOPS]
)
