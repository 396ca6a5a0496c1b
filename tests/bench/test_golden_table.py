"""The golden table: every row is well formed, can be answered, and is made again by its rule."""

import csv
from collections import Counter
from importlib.resources import as_file

import pytest

from backend.demo.sheets import shipped
from bench.golden import made
from bench.golden.judging import NONE_ALLOWED, Item, is_right
from bench.golden.names import demo
from bench.golden.scores import AIMS
from bench.golden.table import BY_HAND, KINDS, LARGE, SMALL, read

ROWS = read()


@pytest.fixture(scope="module")
def products():
    with as_file(shipped("drugs")) as path, path.open(encoding="utf-8", newline="") as file:
        return [
            Item(
                core=row["成分名"], name=row["通用名"], dosage_form=row["剂型"],
                strength=f"{row['规格']} {row['包装']}", count=int(row["包装数量"]),
                firm=row["生产企业"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def test_the_rules_make_the_same_rows_again():
    assert made.remake() == ROWS


def test_there_are_enough_questions_of_every_kind():
    counts = Counter(row.kind for row in ROWS)
    assert set(counts) == set(KINDS) == set(AIMS)
    assert min(counts.values()) >= 20
    assert counts["guard"] >= 150
    assert len(ROWS) >= 800


def test_no_question_of_a_kind_is_asked_twice():
    twice = [key for key, n in Counter((r.kind, r.query) for r in ROWS).items() if n > 1]
    assert twice == []


def test_every_substance_of_the_demonstration_is_asked():
    asked = {row.query for row in ROWS if row.kind == "exact"}
    assert {one.core for one in demo()} <= asked


def test_every_row_says_where_it_is_asked_and_how_it_came():
    for row in ROWS:
        assert row.query.strip(), row
        assert set(row.sizes.split()) <= {SMALL, LARGE}, row
        assert row.how == BY_HAND or ":" in row.how, row
        assert bool(row.substance) != (row.kind in NONE_ALLOWED), row


def test_what_is_asked_of_the_demonstration_can_be_answered_by_it(products):
    asked = [row for row in ROWS if row.asked_in(SMALL) and row.substance]
    assert [row for row in asked if not any(is_right(row, one) for one in products)] == []


def test_what_is_not_to_be_found_is_not_there(products):
    cores = {one.core for one in products}
    absent = [row for row in ROWS if row.kind in NONE_ALLOWED]
    assert [row for row in absent if row.query in cores] == []
    assert all(row.sizes == SMALL for row in absent if row.kind == "absent")


def test_a_wrong_character_makes_no_other_drug():
    cores = {one.core for one in demo()}
    assert [r for r in ROWS if r.kind in ("wrong", "homophone") and r.query in cores] == []
