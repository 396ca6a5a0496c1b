"""Every stop of the walk for a test: a dozen in `make test`, the others in `make walk`."""

import pytest

from tests.stories.looks.walk import STOPS

# One of each kind of page: what breaks all of them breaks these.
OFTEN = frozenset(
    ("home", "search-found", "offers-near", "drug", "outlet-active", "outlets", "map-district",
     "badge", "lists", "rules", "data", "error-404")
)  # fmt: skip

EVERY_STOP = pytest.mark.parametrize(
    "stop",
    [
        pytest.param(stop, id=stop.name, marks=() if stop.name in OFTEN else pytest.mark.walk)
        for stop in STOPS
    ],
)
