"""Coordinate systems, the thirteen districts of Shenyang, and distances."""

import json
import math
import subprocess
import sys
from pathlib import Path
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.outlets import places
from backend.outlets.places import (
    METRES_PER_DEGREE,
    district_of,
    districts,
    metres_between,
    outlines,
    rounded,
    scales,
    system_of,
    to_gcj02,
)

SQUARE = (39.915, 116.404)
IN_TOWN = st.tuples(st.floats(41.6, 42.2), st.floats(123.0, 123.8))

NAMES = [
    "和平区", "沈河区", "大东区", "皇姑区", "铁西区", "苏家屯区", "浑南区", "沈北新区", "于洪区",
    "辽中区", "康平县", "法库县", "新民市",
]  # fmt: skip


@pytest.mark.parametrize(
    ("system", "lat", "lon"),
    [
        ("WGS84", 39.916404, 116.410244),
        ("BD09", 39.908657, 116.397627),
        ("GCJ02", 39.915, 116.404),
    ],
)
def test_a_position_is_converted_as_the_published_formulas_say(system, lat, lon):
    assert to_gcj02(*SQUARE, system) == (lat, lon)


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("GCJ-02", "gcj02"), ("高德", "gcj02"), ("腾讯", "gcj02"), ("火星", "gcj02"),
        ("gcj_02", "gcj02"), ("ＷＧＳ８４", "wgs84"), ("GPS", "wgs84"), ("天地图", "wgs84"),
        ("cgcs2000", "wgs84"), (" 百度 ", "bd09"), ("bd-09", "bd09"),
    ],
)  # fmt: skip
def test_a_system_goes_by_many_names(name, system):
    assert system_of(name) == system


@pytest.mark.parametrize("name", ["", "北京54", "web墨卡托"])
def test_an_unknown_system_is_refused_in_words(name):
    with pytest.raises(ValueError, match="坐标系：.*请写"):
        to_gcj02(*SQUARE, name)


def test_degrees_that_are_no_position_are_refused_in_words():
    with pytest.raises(ValueError, match="经纬度：.*写反"):
        to_gcj02(123.4, 41.8, "GCJ-02")


def test_the_city_has_its_thirteen_districts_and_no_others():
    assert [one.name for one in districts()] == NAMES
    assert all(one.code.startswith("2101") for one in districts())


def test_every_town_centre_lies_in_its_own_district():
    for one in districts():
        assert district_of(*one.centre) is one


def test_every_town_centre_is_listed_under_its_name():
    listed = loads(Path(places.__file__).with_name("centres.toml").read_text(encoding="utf-8"))
    names = {code: place["name"] for code, place in listed["centres"].items()}
    assert names == {one.code: one.name for one in districts()}


def test_a_place_outside_the_city_has_no_district():
    assert district_of(38.914, 121.615) is None


def test_a_city_without_outlines_is_refused_in_words():
    with pytest.raises(ValueError, match="城市编码"):
        districts("999900")


def test_another_city_takes_points_inside_its_districts_as_centres():
    assert all(district_of(*one.centre, city="210200") is one for one in districts("210200"))


def test_outlines_are_kept_for_the_next_process(tmp_path):
    first = outlines("210100", cache=tmp_path / "new")
    kept = tmp_path / "new" / "districts-210100.json"
    assert [one[1] for one in json.loads(kept.read_text(encoding="utf-8"))] == NAMES
    kept.write_text(json.dumps(first[:1]), encoding="utf-8")
    assert outlines("210100", cache=tmp_path / "new") == first[:1]


def test_nothing_is_written_into_the_home_folder(tmp_path):
    asked = "from backend.outlets.places import district_of; print(district_of(41.8, 123.45).code)"
    root = Path(places.__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", asked], cwd=root, env={"HOME": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "210103"
    assert list(tmp_path.iterdir()) == []


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert metres_between((41.0, 123.0), (42.0, 123.0)) == pytest.approx(METRES_PER_DEGREE)


@given(IN_TOWN, IN_TOWN)
def test_the_flat_map_agrees_with_the_globe_within_a_city(a, b):
    assert metres_between(a, b) == pytest.approx(_on_the_globe(a, b), rel=0.007, abs=0.5)


@given(IN_TOWN, IN_TOWN)
def test_the_scales_give_sql_the_same_distance(a, b):
    ky, kx = scales(a[0])
    dy, dx = ky * (b[0] - a[0]), kx * (b[1] - a[1])
    assert math.sqrt(dy * dy + dx * dx) == metres_between(a, b)


def test_a_persons_place_is_kept_to_a_thousandth_of_a_degree():
    assert rounded(41.796449, 123.459551) == (41.796, 123.46)


def _on_the_globe(a, b):
    lat, lon, to_lat, to_lon = map(math.radians, (*a, *b))
    half = (
        math.sin((to_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))
