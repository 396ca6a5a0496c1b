"""Filters that nobody can mean are refused by name, not answered with nothing."""

import pytest


@pytest.fixture
def code(phone):
    """The code of a drug many sell."""
    return phone.get("/api/v1/drugs", q="ejsg")["items"][0]["code"]


@pytest.mark.parametrize("field", ["district", "kind"])
def test_a_code_nobody_has_is_refused_by_its_field(phone, field):
    code = phone.get("/api/v1/drugs", q="ejsg")["items"][0]["code"]
    for path, asked in (("/api/v1/offers", {"drug": code}), ("/api/v1/outlets", {})):
        told = phone.get(path, status=422, **asked, **{field: "999999"})
        assert list(told["errors"]) == [field]


def test_an_unknown_disease_is_refused(phone):
    assert "category" in phone.get("/api/v1/drugs", status=422, category="nope")["errors"]


def test_a_page_says_the_field_in_words_people_know(phone):
    assert "距离：请填整数" in phone.page("/outlets", status=422, radius_m="三公里")


def test_outlets_are_asked_by_what_they_sell_and_counted_by_what_can_be_chosen(phone, code):
    every = phone.get("/api/v1/outlets")
    selling = phone.get("/api/v1/outlets", sells=code)
    cheap = phone.get("/api/v1/outlets", sells=code, at_winning="true")
    assert every["total"] > selling["total"] > cheap["total"] > 0
    for told in (every, selling, cheap):
        for counted in told["facets"].values():
            assert sum(one["count"] for one in counted) == told["total"]
    offers = phone.get("/api/v1/offers", drug=code, page_size=100)
    assert selling["total"] == offers["total"]


def test_a_choice_does_not_hide_what_else_could_be_chosen(phone):
    every = phone.get("/api/v1/outlets")["facets"]["district"]
    one = phone.get("/api/v1/outlets", district=every[0]["code"])
    assert one["total"] == every[0]["count"]
    assert one["facets"]["district"] == every
    assert sum(kind["count"] for kind in one["facets"]["kind"]) == one["total"]


def test_a_drug_nobody_knows_is_sold_nowhere(phone):
    phone.get("/api/v1/outlets", status=404, sells="nope")


def test_the_page_of_outlets_says_which_drug_they_sell_and_how_many_there_are(phone, code):
    page = phone.page("/outlets", sells=code)
    assert "只看在卖“" in page
    assert "沈河区（" in page
