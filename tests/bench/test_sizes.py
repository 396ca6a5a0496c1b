"""The sheets that fill a house: whole, the same for every engine, and made once."""

import csv

from backend.demo.prices import Product
from bench.sizes import SIZES, Sheets, offers_of

DRUGS = [Product(f"D{number}", 1000, f"药{number}") for number in range(150)]


def few(folder):
    """Sheets of a thousand rows, so that a small house needs several."""
    return Sheets(folder, "10k", rows=1_000).prices(DRUGS)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_sizes_go_up_by_tens():
    assert [offers_of(size) for size in SIZES] == [10**4, 10**5, 10**6, 10**7]


def test_the_sheets_hold_as_many_prices_as_the_size_says(tmp_path):
    paths = list(few(tmp_path))
    assert [len(rows_of(path)) for path in paths] == [1_000] * 10


def test_a_fill_that_was_broken_off_finds_the_same_sheets_again(tmp_path):
    whole = [rows_of(path) for path in few(tmp_path / "whole")]
    for _ in zip(range(4), few(tmp_path / "broken"), strict=False):
        pass
    assert [rows_of(path) for path in few(tmp_path / "broken")] == whole


def test_the_sheets_stay_of_the_day_they_were_made(tmp_path):
    (tmp_path / "today").write_text("2026-01-02\n", encoding="utf-8")
    assert Sheets(tmp_path, "10k").today.isoformat() == "2026-01-02"
