"""Figures, days and addresses as the residents' pages write them."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from miniprogram_api.formats import FILTERS, day, firm, iso, linked, metres, unit_yuan, yuan


@pytest.mark.parametrize(
    ("fen", "text"),
    [(435, "4.35"), (180, "1.80"), (5, "0.05"), (0, "0.00"), (-45, "-0.45"), (None, "—")],
)
def test_an_amount_has_two_places_always(fen, text):
    assert yuan(fen) == text


@given(some.integers(-(10**14), 10**14))
def test_an_amount_reads_back_to_the_same_fen(fen):
    whole, cents = yuan(fen).lstrip("-").split(".")

    assert len(cents) == 2
    assert int(whole) * 100 + int(cents) == abs(fen)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (6.8, "0.068"),
        (14.857142857, "0.149"),
        (0.05, "0.0005"),
        (100, "1.00"),
        (5470.0, "54.70"),
        (None, "—"),
    ],
)
def test_one_tablet_is_priced_finely_enough_to_compare(fen, text):
    assert unit_yuan(fen) == text


def test_half_a_thousandth_is_rounded_up_as_people_expect():
    assert unit_yuan(6.85) == "0.069"


@pytest.mark.parametrize(
    ("distance", "text"),
    [
        (0, "0 米"),
        (420, "420 米"),
        (999.4, "999 米"),
        (999.6, "1 公里"),
        (3000, "3 公里"),
        (1249, "1.2 公里"),
    ],
)
def test_a_distance_turns_to_kilometres_at_a_thousand_metres(distance, text):
    assert metres(distance) == text


def test_an_unknown_distance_is_left_out():
    assert metres(None) == ""


def test_a_day_names_its_weekday():
    assert day(date(2026, 11, 22)) == "11 月 22 日（周日）"
    assert day("2026-11-23") == "11 月 23 日（周一）"


def test_a_moment_gives_its_day():
    assert iso(datetime(2026, 3, 1, 8, 30, tzinfo=UTC)) == "2026-03-01"
    assert iso("2026-03-01T08:30:00+08:00") == "2026-03-01"
    assert iso(date(2026, 3, 1)) == "2026-03-01"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_day_is_no_text(nothing):
    assert day(nothing) == ""
    assert iso(nothing) == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("天方药业有限公司", "天方药业"),
        ("浙江京新药业股份有限公司", "浙江京新药业"),
        ("重庆药友制药有限责任公司", "重庆药友制药"),
        ("BAYER AG", "BAYER AG"),
        ("有限公司", "有限公司"),
        (None, ""),
    ],
)
def test_a_firm_loses_its_legal_ending_but_never_its_name(name, text):
    assert firm(name) == text


def test_a_link_keeps_what_was_asked_and_changes_one_thing():
    asked = {"drug": "Y01", "order": "near", "page": 3, "in_stock": True}

    assert linked("/offers", asked, order="price", page=None) == (
        "/offers?drug=Y01&order=price&in_stock=true"
    )


def test_a_link_without_a_query_is_its_path():
    assert linked("/outlets", {"q": "", "kind": [], "open": False}) == "/outlets"
    assert linked("/outlets") == "/outlets"


def test_zero_stays_in_a_link():
    assert linked("/outlets", {"radius_m": 0}) == "/outlets?radius_m=0"


@given(some.text(min_size=1), some.lists(some.text(min_size=1), min_size=1))
def test_any_words_survive_the_address(words, kinds):
    url = linked("/search", {"q": words, "kind": kinds})

    assert parse_qs(urlsplit(url).query, keep_blank_values=True) == {"q": [words], "kind": kinds}


def test_every_filter_has_the_name_the_pages_use():
    names = {"yuan", "unit_yuan", "metres", "size", "day", "iso", "firm", "linked",
             "thousandths"}  # fmt: skip
    assert set(FILTERS) == names


@pytest.mark.parametrize(
    ("count", "words"),
    [(None, "—"), (0, "0 字节"), (812, "812 字节"), (2_769_299, "2.8 MB"), (10**9, "1.0 GB")],
)
def test_a_size_is_written_as_people_say_it(count, words):
    assert FILTERS["size"](count) == words
