"""The golden table beside the large real files, where they lie beside the project."""

import csv
from pathlib import Path

import pytest

from backend.catalog.naming import core
from bench.golden import names
from bench.golden.judging import Item, is_right
from bench.golden.table import LARGE, Row, read

ROWS = read()
DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = [
    pytest.mark.large,
    pytest.mark.skipif(not DATA.is_dir(), reason="the large real files are not beside the project"),
]


@pytest.fixture(scope="module")
def catalogue():
    """Every product of the large files by name and strength, their own columns read as they are."""
    found = []
    for name in ("vbp_winners.csv", "drug_catalog.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                drug = row["generic_name"]
                spec = f"{row['strength']} {row['pack']}"
                found.append(Item(core(drug), drug, row["dosage_form"], spec))
    return found


def test_what_was_drawn_is_still_there_with_every_name_that_lies_near():
    # Not the draw itself: a better rule for what is one substance would draw other names.
    asked, near = ({one.core for one in names.drawn(role)} for role in ("asked", "near"))
    known = names.known(DATA)
    assert asked | near <= known
    meant = asked | {one.core for one in names.demo()}
    beside = {one for one in known - meant if any(names.one_apart(one, other) for other in meant)}
    assert beside == near


def test_what_is_asked_only_of_the_large_house_is_there(catalogue):
    here = {one.core: one for one in catalogue}.values()
    asked = [row for row in ROWS if row.sizes == LARGE and not (row.form or row.strength)]
    assert [row for row in asked if not any(is_right(row, one) for one in here)] == []


def test_a_wrong_character_makes_no_drug_of_the_large_files(catalogue):
    cores = {one.core for one in catalogue}
    wrong = [row for row in ROWS if row.kind in ("wrong", "homophone")]
    assert [row for row in wrong if row.query in cores] == []


def test_a_strength_nobody_makes_is_in_no_large_file(catalogue):
    asked = [row for row in ROWS if row.kind == "no_strength" and row.asked_in(LARGE)]
    wanted = {row.substance for row in asked}
    products = [one for one in catalogue if one.core in wanted]
    # As a question for that strength, where the strength has to be there.
    strict = [Row("strength", r.query, r.substance, strength=r.strength) for r in asked]
    assert [row for row in strict if any(is_right(row, one) for one in products)] == []
