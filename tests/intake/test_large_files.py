"""The large real files go in whole, where they lie beside the project."""

from pathlib import Path

import pytest

from backend.catalog.models import Alias, Drug, Win
from backend.demo.load import load_large
from backend.intake.kinds import in_silence
from backend.intake.models import Delivery
from backend.outside import outside

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = [
    pytest.mark.large,
    pytest.mark.long,
    pytest.mark.skipif(not DATA.is_dir(), reason="the large real files are not beside the project"),
]


def test_the_large_real_files_go_in_without_a_problem(house):
    names = load_large(DATA, in_silence)
    assert names == ["vbp_winners.csv", "drug_catalog.csv", "drug_aliases.csv"]
    assert [d.rows for d in Delivery.select().order_by(Delivery.id)] == [790, 22_245, 2_834]
    assert {(d.state, d.problem_count) for d in Delivery.select()} == {("published", 0)}
    standings = [win.standing for win in Win.select()]
    assert {one: standings.count(one) for one in set(standings)} == {
        "historical": 219, "unsure": 27, "elsewhere": 544,
    }  # fmt: skip
    assert outside.index.count("drugs") == Drug.seen().count() > 20_000
    assert Alias.seen().count() > 2_700
    shown = house.test_client().get("/api/v1/drugs?q=二甲双胍").get_json()
    assert shown["total"] > 10
    assert {item["winning_price_fen"] for item in shown["items"]} == {None}
