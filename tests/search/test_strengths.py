"""Strengths and counts in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.strengths import numbers, scan, strengths


@pytest.mark.parametrize("text", ["0.5g", "500mg", "0.5克", "500毫克", "0.50 g", "５００ＭＧ"])
def test_one_mass_is_one_token(text):
    assert strengths(text) == ("500mg",)


@pytest.mark.parametrize("text", ["50ug", "50μg", "50µg", "50微克", "50mcg", "0.05mg"])
def test_micrograms_have_one_spelling(text):
    assert strengths(text) == ("0.05mg",)


@pytest.mark.parametrize("text", ["x20", "×20", "*20", "20片", "20粒", "20 支", "x20片", "×２０袋"])
def test_counts_have_one_spelling(text):
    assert strengths(text) == ("x20",)


@pytest.mark.parametrize("text", ["10万单位", "100000iu", "10万IU", "10万u", "100000国际单位"])
def test_units_of_effect_have_one_spelling(text):
    assert strengths(text) == ("100000iu",)


def test_a_printed_pack_holds_every_token():
    assert strengths("5ml:0.1g") == ("5ml", "100mg")
    assert strengths("0.5g*20片") == strengths("0.5gx20片") == ("500mg", "x20")
    assert strengths("0.25g 12片×2板") == ("250mg", "x12", "x2", "x24")
    assert strengths("80mg/5mg 7片") == ("80mg", "5mg", "x7")
    assert strengths("1L") == strengths("1000毫升") == ("1000ml",)
    assert strengths("0.9%") == ("0.9%",)
    assert strengths("7cm×10cm") == ("x10",)


def test_letters_and_names_are_not_taken_for_strengths():
    assert scan("维生素B12片") == ((), (), "维生素b12片")
    assert scan("86904180001034").strengths == ()
    assert scan("5gao").strengths == ()
    assert scan("二甲双胍 0.5g 片").rest.split() == ["二甲双胍", "片"]


def test_bare_numbers_are_kept_apart():
    assert scan("二甲双胍 500").numbers == ("500",)
    assert numbers("0.50g 60片") == ("0.5", "60")


@given(st.text(max_size=60))
def test_any_text_can_be_scanned(text):
    found = scan(text)
    assert all(found.strengths)
    assert all(found.numbers)
    strengths(text)


@given(st.integers(1, 99_999))
def test_milligrams_and_grams_agree(amount):
    assert strengths(f"{amount}mg") == strengths(f"{amount / 1000:.3f}g")
