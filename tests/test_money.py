"""Money: whole 分 inside, two places outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.money import yuan, yuan_each


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (99, "0.99"),
        (100, "1.00"),
        (320, "3.20"),
        (-5, "-0.05"),
        (-320, "-3.20"),
        (123_456_789_012, "1234567890.12"),
    ],
)
def test_fen_are_written_as_yuan_with_two_places(fen, written):
    assert yuan(fen) == written


@given(st.integers(-(10**14), 10**14))
def test_what_is_written_can_be_read_back_to_the_fen(fen):
    assert int(yuan(fen).replace(".", "")) == fen


@pytest.mark.parametrize(
    ("fen", "count", "written"),
    [(435, 64, "0.068"), (416, 28, "0.149"), (100, 1, "1.000"), (1, 20, "0.001"), (1, 21, "0.000")],
)
def test_the_price_of_one_piece_has_three_places_and_rounds_half_up(fen, count, written):
    assert yuan_each(fen, count) == written


def test_a_pack_of_nothing_has_no_price_for_one_piece():
    with pytest.raises(ValueError, match="at least one"):
        yuan_each(435, 0)
