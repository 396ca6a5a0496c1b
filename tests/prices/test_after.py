"""Going on after an offer: cursor after cursor gives the list that sorting all of it gives."""

import pytest

from backend.prices.after import After, later
from backend.prices.candidates import Question
from backend.prices.continuing import page_with_cursor
from backend.prices.ranking import ORDERS
from tests.prices.towns import CENTRE, answer, make, settle, trusted

DRUG = 5
FAR = (40.0, 120.0)


def walked(question):
    """Every offer by cursor, and the totals that were told."""
    found, total, cursor = page_with_cursor(question, "")
    seen, totals = list(found), {total}
    while cursor:
        found, total, cursor = page_with_cursor(question, cursor)
        assert found
        seen += found
        totals.add(total)
    return seen, totals


def told(found):
    return [(place.outlet_code, place.price_fen, place.distance_m) for place in found]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "asked",
    [{}, {"origin": CENTRE}, {"origin": FAR}, {"origin": CENTRE, "radius_m": 3_000},
     {"origin": CENTRE, "radius_m": 9_000}, {"origin": CENTRE, "at_most_fen": 340},
     {"origin": CENTRE, "fen_per_km": 0}, {"origin": CENTRE, "in_stock": False},
     {"origin": CENTRE, "trusted": None}],
)  # fmt: skip
@pytest.mark.parametrize(("count", "size"), [(60, 1), (60, 7), (1_500, 100)])
def test_cursor_after_cursor_gives_the_whole_list_in_its_order(house, order, asked, count, size):
    town = make(count, seed=count)
    asked = {"trusted": trusted(town)} | asked
    settle(town, drug_id=DRUG, number=3)
    question = Question(DRUG, order=order, page_size=size, **{"fen_per_km": 200} | asked)
    everything = answer(town, question)
    seen, totals = walked(question)
    assert told(seen) == told(everything)
    assert totals == {len(everything)}


def test_a_missing_value_stands_behind_every_known_one():
    assert later([("a", [], None), ("b", [], 2)]) == (
        "(a IS NULL AND (b > ? OR b = ? AND 1 = 0 OR b IS NULL))", [2, 2],
    )  # fmt: skip
    where, values = later([("a + ?", [9], 1)])
    assert where == "(a + ? > ? OR a + ? = ? AND 1 = 0 OR a + ? IS NULL)"
    assert values == [9, 1, 9, 1, 9]


def test_an_offer_without_a_position_has_no_score():
    after = After("balanced", 340, None, "A1", gone=True, fen_per_km=200)
    where, values = after.where()
    assert "price_fen + ? * metres / 1000 IS NULL" in where
    assert values[:4] == [0, 0, 1, 1]
