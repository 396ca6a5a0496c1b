"""Possible but suspicious prices wait for a person's yes."""

import json

import pytest

from backend.errors import NotNow
from backend.intake import actions as intake
from backend.prices.sheetkinds import sheet_kinds
from tests.makers import A_PRICE, checked, many_drugs, many_outlets, sheet, take, visible


@pytest.fixture
def ask(house, tmp_path):
    """`ask(yuan, …)` hands in what the first, second … outlet asks for one drug; a dry run."""
    take("drugs", sheet(tmp_path, many_drugs(1)))
    take("outlets", sheet(tmp_path, many_outlets(6)))

    def hand_in(*yuan, day="2026-11-20", take_in=False, first=0):
        rows = [
            A_PRICE | {"定点编码": f"A{n:04d}", "药品编码": "D0000", "价格": price, "观测日期": day}
            for n, price in enumerate(yuan, start=first)
        ]
        path = sheet(tmp_path, rows, name=f"{day}-{first}.csv")
        return take("prices", path) if take_in else checked("prices", path)

    return hand_in


def doubted(delivery):
    return [doubt["row"] for doubt in json.loads(delivery.diff)["doubtful"]]


@pytest.mark.parametrize(
    ("price", "rows"),
    [("30.00", []), ("30.01", [5]), ("3.34", []), ("3.33", [5]), ("300.00", [5])],
)
def test_more_than_three_times_or_less_than_a_third_of_the_median_is_doubted(ask, price, rows):
    delivery = ask("10.00", "10.00", "10.00", price)
    assert (doubted(delivery), delivery.doubt_count) == (rows, len(rows))


def test_two_observations_doubt_nobody(ask):
    assert doubted(ask("10.00", "300.00")) == []


def test_a_doubt_says_what_was_expected(ask):
    (doubt,) = json.loads(ask("10.00", "10.00", "10.00", "99.00").diff)["doubtful"]
    assert doubt["code"] == "A0003"
    assert "99.00" in doubt["what"]
    assert "10.00" in doubt["what"]


def test_nothing_doubtful_is_published_without_a_yes(ask):
    delivery, kind = ask("10.00", "10.00", "10.00", "99.00"), sheet_kinds()["prices"]
    with pytest.raises(NotNow, match="1 个数值"):
        intake.publish(kind, delivery)
    assert visible() == []
    intake.publish(kind, delivery, accept_doubts=True)
    assert len(visible()) == 4


def test_prices_that_are_shown_already_are_the_measure(ask):
    ask("10.00", "10.00", "10.00", take_in=True)
    assert doubted(ask("99.00", "99.00", "99.00", day="2026-11-21", first=3)) == [2, 3, 4]


def test_what_is_already_known_or_only_history_is_not_doubted(ask):
    ask("10.00", "10.00", "10.00", "99.00", take_in=True)
    assert doubted(ask("10.00", "10.00", "10.00", "99.00", "10.00")) == []
    assert doubted(ask("99.00", day="2026-11-19")) == []


def test_a_doubt_goes_away_when_the_measure_has_changed(ask):
    """A dry run looked at again after other prices came in."""
    kind = sheet_kinds()["prices"]
    waiting = ask("10.00", "10.00", "10.00", "31.00")
    assert waiting.doubt_count == 1
    ask("12.00", "12.00", "12.00", day="2026-11-19", take_in=True)
    assert intake.compare(kind, waiting).doubts == 0
    assert intake.publish(kind, waiting).state == "published"
