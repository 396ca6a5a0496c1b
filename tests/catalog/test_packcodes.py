"""The codes on a box: each is recognised however it is written, and read no further than needed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from backend.catalog.packcodes import (
    APPROVAL,
    BASE,
    GTIN,
    LONGEST,
    NHSA,
    TRACE,
    PackCode,
    check_digit,
    clear,
    read,
)
from backend.errors import BadInput

# The barcode textbooks print; 952 is what GS1 keeps for examples.
EAN, AS_14 = "6901234567892", "06901234567892"
SERIAL = "4567890123456"
GS = "\x1d"


@pytest.mark.parametrize(
    "written",
    [
        f"8123456{SERIAL}", "8123456 4567 8901 23456 ", f"8123456-{SERIAL}",
        "８１２３４５６４５６７８９０１２３４５６", "8123456", f"]C08123456{SERIAL}",
        f"https://example.org/?code=8123456{SERIAL}", f"追溯码：8123456{SERIAL}。",
    ],
)  # fmt: skip
def test_of_a_trace_code_only_the_product_is_kept(written):
    assert read(written) == PackCode(TRACE, "8123456")


@pytest.mark.parametrize(
    "written",
    [
        EAN, AS_14, "690 1234 567892", f"]E0{EAN}", f"(01){AS_14}(17)270101(10)AB12(21)XY7",
        f"（01）{AS_14}（21）XY7", f"(17)270101(01){AS_14}", f"]d201{AS_14}1727010110AB12{GS}21XY7",
        f"]C101{AS_14}", f"{GS}01{AS_14}1727010110AB12{GS}21XY7", f"01{AS_14}10AB12␝21XY7",
        f"]d21727010110AB12{GS}01{AS_14}21XY7", f"]C121XY7{GS}3103001234{GS}01{AS_14}",
        f"01{AS_14}17270101", f"https://example.org/01/{AS_14}/21/XY7", f"]C101{AS_14}1012",
    ],
)  # fmt: skip
def test_of_a_gs1_code_only_the_number_of_the_product_is_kept(written):
    assert read(written) == PackCode(GTIN, AS_14)


def test_twenty_digits_without_a_mark_of_gs1_are_a_trace_code():
    assert read(f"01{AS_14}1012") == PackCode(TRACE, "0106901")


@pytest.mark.parametrize(
    "written",
    [
        "国药准字H20052330", "国药准字h20052330", "Ｈ２００５２３３０", "h 2005 2330",
        "国药准字 H20052330", "国药准字：H20052330", "批准文号:H20052330",
    ],
)  # fmt: skip
def test_an_approval_number_may_be_written_anyhow(written):
    assert read(written) == PackCode(APPROVAL, "H20052330")


def test_the_codes_of_insurance_and_of_the_drug_administration_are_told_apart():
    assert read("xa10bae045a001010184043").kind == NHSA
    assert read("86900000000001") == PackCode(BASE, "86900000000001")


@pytest.mark.parametrize(
    ("digits", "last"),
    [("690123456789", "2"), ("0690123456789", "2"), ("952000000007", "3"), ("000000000000", "0")],
)
def test_the_check_digit_of_gs1(digits, last):
    assert check_digit(digits) == last


@pytest.mark.parametrize(
    "written", ["6901234567893", "(01)06901234567893(21)XY7", f"]d201{AS_14[:-1]}3"]
)
def test_a_wrong_check_digit_is_named_with_the_right_one(written):
    with pytest.raises(BadInput) as refused:
        read(written)
    assert "最后一位是 3，按前面的数字应当是 2" in refused.value.errors["code"][0]


@given(some.text("0123456789", min_size=12, max_size=12), some.integers(0, 11), some.integers(1, 9))
def test_one_wrong_digit_never_passes(digits, at, by):
    whole = digits + check_digit(digits)
    wrong = whole[:at] + str((int(whole[at]) + by) % 10) + whole[at + 1 :]
    with pytest.raises(BadInput):
        read(wrong)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("81234567890", "这是 11 位数字"), ("8" * 19, "这是 19 位数字"),
        ("8" * 21, "这是 21 位数字"), ("20052330", "要连同前面的字母"),
        ("二甲双胍", "不是认得的码"), ("", "不是认得的码"), ("H2005233", "不是认得的码"),
        ("1" * (LONGEST + 1), "不是认得的码"), ("٣" * 20, "不是认得的码"),
        (f"]C110AB12{GS}21X", "没有商品条码"), (f"]d201{AS_14[:9]}", "没有商品条码"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_told_what_would_be(written, words):
    with pytest.raises(BadInput, match=words):
        read(written)


@given(some.text(max_size=60))
def test_no_text_breaks_it_and_what_it_understood_it_understands_again(text):
    try:
        found = read(text)
    except BadInput:
        return
    assert read(found.text) == found


@given(some.text("0123456789", min_size=20, max_size=20))
def test_no_refusal_and_no_reading_repeats_the_serial(code):
    assert read(code).text == code[:7]
    assume(not code.startswith("01"))  # one digit more may make a GS1 code of it
    with pytest.raises(BadInput) as refused:
        read(code + "9")
    assert not re.search(r"\d{9}", refused.value.words)


@pytest.mark.parametrize("outer", ["1", "8"])
def test_a_carton_keeps_its_own_number(outer):
    number = f"{outer}690123456789"
    number += check_digit(number)
    found = read(f"(01){number}")
    assert (found.kind, read(found.text)) == (GTIN, found)


@pytest.mark.parametrize(
    ("words", "is_code"),
    [
        (f"8123456{SERIAL}", True), (EAN, True), ("国药准字H20052330", True), ("h20052330", True),
        ("9520000000073", True), ("8123456", False), ("812 3456", False),
        ("5012345678900", False), ("二甲双胍", False), ("13800138000", False),
        ("21010319500101123X", False), ("0.5g*60", False), ("6901234567893", False), ("", False),
    ],
)  # fmt: skip
def test_among_the_words_people_search_for_only_what_is_surely_a_code_is_one(words, is_code):
    assert (clear(words) is not None) == is_code
