"""What leaves in a sheet cannot run in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sheets.exports import as_csv_cell, as_written
from tests.sheets.makers import PRICES


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "|calc"]
)
def test_text_that_would_run_is_disarmed(text):
    assert as_csv_cell(text).startswith("'")


@given(st.text())
def test_no_text_leaves_able_to_run(text):
    assert as_csv_cell(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_values_leave_as_people_write_them():
    values = (None, True, False, 3, 1.5, date(2026, 3, 1), ("甲", "乙"), "药\x00\u202e")
    assert [as_csv_cell(v) for v in values] == [
        "", "是", "否", 3, 1.5, "2026-03-01", "甲、乙", "药",
    ]  # fmt: skip


def test_a_value_is_written_as_its_column_reads_it():
    column = PRICES.by_key
    assert as_written(column["price"], 180) == "1.80"
    assert as_written(column["source"], 4) == "小票"
    assert as_written(column["source"], 9) == "9"
    assert as_written(column["tags"], ("甲", "乙")) == "甲、乙"
    assert as_written(column["in_stock"], True) == "是"
    assert as_written(column["day"], date(2026, 3, 1)) == "2026-03-01"
    assert as_written(column["name"], None) == ""
    assert as_written(column["name"], "甲") == "甲"
