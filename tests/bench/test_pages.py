"""Every page is drawn, opened and told, in a small house."""

import pytest

from bench.house import opened
from bench.pages import MOST_MS, Figures, built, figures, table
from bench.timing import Times


@pytest.mark.long
def test_every_page_opens_and_has_its_figures(tmp_path):
    with opened("sqlite", tmp_path) as house:
        built(house, "demo")
        holds, found = figures(house, samples=3, warm_up=1)
    assert holds.startswith("400 家机构")
    assert all(len(one.times.ms) == 3 and one.packed > 500 for one in found.values())
    assert [row[0] for row in table(found)[1:]] == list(found)


def test_a_page_that_is_too_slow_is_called_so():
    rows = table({"慢": _figures(MOST_MS + 1), "快": _figures(MOST_MS)})
    assert [row[2] for row in rows[1:]] == ["否", "是"]


def _figures(ms):
    return Figures(Times((float(ms),)), 2_000)
