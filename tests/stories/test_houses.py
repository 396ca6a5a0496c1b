"""Each house of the stories stands on the engines it says."""

from urllib.request import urlopen

import pytest

from tests.stories.test_nearest_at_winning_price import ask

pytestmark = pytest.mark.long


def test_every_plug_answers_and_the_index_is_the_one_plugged_in(site):
    with urlopen(f"{site}/readyz", timeout=10) as answer:
        assert answer.status == 200
    told = ask(site, "/api/v1/drugs", q="ejsg")
    assert told["total"] > 0
    assert not told["degraded"]
