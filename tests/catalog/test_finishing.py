"""What an input method left half typed is finished with names of the catalogue."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.catalog.finishing import finished, is_mixed, joined
from backend.catalog.lexicon import Lexicon

NAMES = ("二甲双胍", "盐酸二甲双胍片", "阿莫西林", "阿莫西林胶囊", "阿奇霉素", "格华止",
         "维生素b12", "甲硝唑", "缬沙坦")  # fmt: skip
KNOWN = Lexicon({name: frozenset({name}) for name in NAMES}, {}, frozenset(), "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("阿莫xi", ["阿莫西"]),
        ("阿莫 x", ["阿莫西"]),
        ("阿莫xil", ["阿莫西林"]),
        ("阿mo", ["阿莫"]),
        ("二甲sg", ["二甲双胍"]),
        ("二甲sh", ["二甲双"]),
        ("甲xiao", ["甲硝"]),
        ("erjsg", ["二甲双胍"]),
        ("amoxl", ["阿莫西林"]),
        ("阿莫bu", []),
        ("天方sg", []),
        ("维生素b", []),  # written so
        ("阿莫西林", []),
        ("ejs", []),
        ("", []),
        ("0.5g", []),
    ],
)
def test_letters_after_characters_go_on_with_a_name(typed, expected):
    assert finished(typed, KNOWN) == expected


def test_several_beginnings_come_in_the_order_of_how_many_names_have_them():
    assert finished("阿m", KNOWN, most=3) == ["阿莫"]
    assert finished("阿q", KNOWN, most=3) == ["阿奇"]


def test_characters_followed_by_letters_are_what_is_half_typed():
    assert [is_mixed(one) for one in ("阿莫xi", "阿莫 xi", "amoxi", "阿莫", "xi阿莫")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_what_stands_between_the_syllables_of_letters_is_left_out():
    typed = ("amo'xi", "a'mo'x'", "er jia sh", "ａｍｏ＇ｘｉ", "amoxi", "b 12", "天方 sg")
    assert [joined(one) for one in typed] == [
        "amoxi", "amox", "erjiash", "amoxi", "amoxi", "b 12", "天方 sg",
    ]  # fmt: skip


@given(some.text(max_size=60))
def test_anything_may_be_typed(typed):
    assert len(finished(typed, KNOWN, most=3)) <= 3
