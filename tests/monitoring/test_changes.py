"""The report of what is carried out: every district and class, this month and the last."""

import csv
from datetime import UTC, date, datetime

import pytest

from backend.errors import NotFound
from backend.monitoring import wording
from backend.monitoring.changes import columns, report
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.prices.figures import take_figures
from tests.monitoring.streets import PHARMACY, TODAY, ask, street, take_on

JOINED = PHARMACY | {"三进状态": "在名单"}


def place(told, district, class_="pharmacy"):
    return next(
        row
        for row in told["rows"]
        if (row["district"]["code"], row["class"]["code"]) == (district, class_)
    )


@pytest.fixture
def two_months(house, tmp_path):
    """Two joined pharmacies that were too dear, one of them better a month later; two clinics."""
    street(
        tmp_path,
        [JOINED, JOINED | {"区县": "和平区"}, {}, {"区县": "和平区"}],
        asked={(12, 0): "9.90", (12, 1): "9.90", (13, 0): "9.90", (14, 0): "3.50"},
    )
    take_on(TODAY)
    outside.clock = StoppedClock(datetime(2026, 12, 1, 2, tzinfo=UTC))
    ask(tmp_path, range(16), asked={(12, 0): "9.90", (14, 0): "3.50"}, day=date(2026, 12, 1))
    take_on(date(2026, 12, 1))
    return house


def test_it_tells_how_many_prices_have_which_verdict_and_had_a_month_ago(two_months):
    told = report()
    assert (told["period"], told["before"]) == ("2026-12", "2026-11")
    row = place(told, "210103")
    assert (row["now"]["clearly_high"], row["before"]["clearly_high"]) == (1, 2)
    clinic = place(told, "210103", "public")
    assert (clinic["now"]["off_winning"], clinic["now"]["compliant"]) == (1, 10)
    whole = place(told, "")
    assert (whole["now"]["clearly_high"], whole["before"]["clearly_high"]) == (1, 3)
    assert told["rows"][-1]["district"]["name"] == "全市"


def test_the_changes_are_said_in_words(two_months):
    told = report()
    assert place(told, "210102")["text"] == (
        "能判的 11 个价格里 0 个越线（0.0%），上期 11 个里 1 个（9.1%），越线的少 1 个"
    )
    assert "越线的一样多" in place(told, "210103", "public")["text"]
    assert told["title"] == "2026-12 执行情况（2026-12-01 数的），和 2026-11（2026-11-24）比"


def test_the_first_month_has_nothing_to_be_compared_with(two_months):
    told = report(period="2026年11月")
    assert told["before"] is None
    assert place(told, "210103")["before"] is None
    assert place(told, "210103")["text"].endswith("没有上期可比")


def test_the_whole_city_is_what_the_figures_of_the_night_say(town):
    told = report()
    for one in take_figures(TODAY)["verdicts"]:
        for class_, many in one["by_class"].items():
            assert place(told, "", class_)["now"][one["code"]] == many


def test_the_command_says_it_and_writes_it_as_a_sheet(two_months, tmp_path):
    run, out = two_months.test_cli_runner().invoke, tmp_path / "执行.csv"
    assert "沈河区  定点零售药店：能判的" in run(args=["monitoring", "report"]).output
    assert run(args=["monitoring", "report", "--csv", str(out)]).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == columns()
    shenhe = next(r for r in rows if (r["区县"], r["机构大类"]) == ("沈河区", "定点零售药店"))
    assert (shenhe["明显偏高"], shenhe["明显偏高（上期）"]) == ("1", "2")


def test_before_the_first_night_it_says_so(house):
    with pytest.raises(NotFound, match="第一个夜里"):
        report()
    assert "第一个夜里" in house.test_cli_runner().invoke(args=["monitoring", "report"]).output


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ((0, 0), None, "没有能判的价格"),
        ((0, 0), (5, 1), "没有能判的价格，上期有"),
        ((3, 1), (0, 0), "能判的 3 个价格里 1 个越线（33.3%），上期没有能判的"),
    ],
)
def test_a_place_without_prices_that_can_be_judged_is_said_so(now, before, words):
    assert wording.shares(now, before) == words
