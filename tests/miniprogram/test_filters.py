"""Filters that nobody can mean are refused by name, not answered with nothing."""

import pytest


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
