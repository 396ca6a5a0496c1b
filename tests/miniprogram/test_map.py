"""The map: drawn on the server, with a list that has the same outlets under the same numbers."""

import gzip
import re
from itertools import combinations
from math import dist
from urllib.parse import parse_qs, urlsplit

import pytest

from miniprogram_api.map_drawing import ELDER_FINGER, FINGER, of_city

AROUND = {"lat": "41.796", "lon": "123.459", "radius_m": "3000"}


def marks(page):
    """Number → outlet code of every mark that stands alone."""
    found = re.findall(r'<a href="/outlets/([^"]+)" aria-label="第 (\d+) 家', page)
    return {int(number): code for code, number in found}


def listed(page):
    """Number → outlet code of every row of the list."""
    rows = re.findall(r'<li id="r-(\d+)"><a class="row" href="/outlets/([^"]+)"', page)
    return {int(number): code for number, code in rows}


def circles(page):
    return [int(count) for count in re.findall(r">(\d+)家</text>", page)]


def test_the_city_shows_every_district_with_its_number_and_a_way_in(phone):
    page, facets = phone.page("/map"), phone.get("/api/v1/outlets", badge="active")["facets"]
    for one in facets["district"]:
        assert f'aria-label="{one["name"]}，{one["count"]} 家"' in page
        count = page.count(f'href="/map?district={one["code"]}"')
        assert count == 3, "its land, its circle, its line in the list"


@pytest.mark.parametrize("finger", [FINGER, ELDER_FINGER], ids=["standard", "elder"])
def test_no_district_of_the_city_takes_a_part_of_the_reach_of_another(finger):
    for drawing in of_city({}, None, lambda **_: "", finger=finger):
        at = [(one["x"], one["y"]) for one in drawing["places"]]
        assert at
        assert drawing["reach"] == finger / 2
        assert min(dist(*pair) for pair in combinations(at, 2)) >= finger - 0.5
        for x, y in at:
            assert finger / 2 <= x <= drawing["width"] - finger / 2
            assert finger / 2 <= y <= drawing["height"] - finger / 2 + 0.1


def test_a_district_has_the_marks_of_its_list(phone):
    page = phone.page("/map", district="210103")
    total = phone.get("/api/v1/outlets", badge="active", district="210103")["total"]
    assert len(marks(page)) + sum(circles(page)) == total
    for number, code in marks(page).items():
        assert listed(page).get(number, code) == code


def test_the_list_beside_is_the_list_of_the_outlets_page(phone):
    asked = {"district": "210103", "kind": "chain_pharmacy"}
    beside = listed(phone.page("/map", **asked))
    alone = re.findall(r'class="row" href="/outlets/([^"]+)"', phone.page("/outlets", **asked))
    assert list(beside.values()) == alone
    assert list(beside) == list(range(1, len(alone) + 1))


def test_around_a_place_everything_lies_within_reach(phone):
    page = phone.page("/map", **AROUND)
    total = phone.get("/api/v1/outlets", badge="active", **AROUND)["total"]
    assert len(marks(page)) + sum(circles(page)) == total
    assert "map-here" in page


def test_all_outlets_can_be_seen_those_without_the_badge_hollow(phone):
    assert "map-out" not in phone.page("/map", **AROUND)
    page = phone.page("/map", badge="all", **AROUND)
    assert "未参加三进" in page
    assert "map-out" in page


def test_who_sells_a_drug_at_its_winning_price_is_kept_on_the_way(phone):
    drug = phone.get("/api/v1/drugs", q="盐酸二甲双胍片")["items"][0]
    asked = {"sells": drug["code"], "at_winning": "true", "district": "210103"}
    page = phone.page("/map", **asked)
    told = phone.get("/api/v1/outlets", badge="active", **asked)
    assert drug["generic_name"] in page
    assert len(marks(page)) + sum(circles(page)) == told["total"]
    assert f"sells={drug['code']}&amp;at_winning=true" in page


def test_the_steps_nearer_end_in_the_list(phone):
    page, seen = phone.page("/map", district="210103"), []
    while nearer := re.search(r'href="(/map\?[^"#]*radius_m=\d+)" aria-label="\d+ 家', page):
        address = nearer[1].replace("&amp;", "&")
        seen.append(int(parse_qs(urlsplit(address).query)["radius_m"][0]))
        page = phone.page(address)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) >= 1


def test_a_tapped_point_becomes_a_place_no_finer_than_a_hundred_metres(town):
    asked = {"lat": "41.8", "lon": "123.43", "half_m": "3000", "x": "288", "y": "0"}
    answer = town.test_client().get("/map/point", query_string=asked | {"kind": "village_clinic"})
    place = parse_qs(urlsplit(answer.location).query)
    assert answer.status_code == 302
    assert (place["lat"], place["lon"]) == (["41.827"], ["123.466"])
    assert place["kind"] == ["village_clinic"]
    assert "half_m" not in place


def test_a_key_instead_of_a_finger_means_the_middle(town):
    asked = {"lat": "41.8", "lon": "123.43", "half_m": "3000", "x": "0", "y": "0"}
    assert (
        "lat=41.8&lon=123.43" in town.test_client().get("/map/point", query_string=asked).location
    )


@pytest.mark.parametrize("name", ["lat", "half_m", "x"])
def test_a_point_that_is_none_is_refused_by_name(phone, name):
    assert "请填" in phone.page("/map/point", status=422, **{name: "there"})


@pytest.mark.parametrize("asked", [{}, {"district": "210103"}, AROUND | {"badge": "all"}])
def test_a_map_is_light_and_asks_nobody_else(phone, asked):
    page = phone.page("/map", **asked)
    assert len(gzip.compress(page.encode())) < 100_000
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|(?:src|xlink:href)=.https?:", page
    )


def test_a_map_of_nothing_is_still_a_page(house):
    for path in ("/map", "/map?district=210103", "/map?lat=41.8&lon=123.4&radius_m=1000"):
        assert house.test_client().get(path).status_code == 200
