"""The year of a small town: written, asked, and told as tables."""

import pytest

from backend import db
from backend.outside import outside
from bench.house import House
from bench.year import asked, built, tables
from bench.year_town import DRUGS_EACH, OF_ONE


@pytest.mark.long
def test_a_small_towns_year_is_filled_asked_and_told(tmp_path):
    house = House(tmp_path)
    try:
        told = built(house, 3 * OF_ONE) | asked(house, 5, {})
    finally:
        db.database.close_all()
        outside.let_go()
    assert told["contents"]["offer"] == 3 * DRUGS_EACH
    assert told["contents"]["observation"] >= 3 * OF_ONE
    assert told["nights"]["稀疏掉的行"] > 0
    said = tables({"sqlite": told | {"moment": "今天"}})
    assert "| 机构（行） | 3 |" in said
    assert "一家一种药的走势" in said
