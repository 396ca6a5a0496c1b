"""Every answer of the API is what its description promises, no key more and none less."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from backend.catalog.models import Drug
from tests.miniprogram.promises import answers_of, broken

HERE = {"lat": 41.796, "lon": 123.455}


@pytest.fixture
def document(phone):
    """The API's description of itself."""
    return phone.get("/api/openapi.json")


@pytest.fixture
def keeps(phone, document):
    """`keeps(path, like, …)` asks, holds the answer against the promise, returns it."""

    def ask(path, *, like=None, status=200, **asked):
        told = phone.get(path, status=status, **asked)
        schema = answers_of(document, like or path, status)
        assert list(broken(told, schema, document)) == []
        return told

    return ask


@pytest.fixture
def sold(keeps):
    """A drug that is sold and has a band."""
    found = keeps("/api/v1/drugs", q="二甲双胍")["items"]
    return next(item["code"] for item in found if item["in_force"])


def test_the_description_is_valid_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_the_description_is_in_chinese_and_names_units(document):
    doors = [
        door for methods in document["paths"].values()
        for method, door in methods.items() if method != "parameters"
    ]  # fmt: skip
    assert len(doors) >= len(document["paths"])
    for door in doors:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in door["summary"]), door
    assert "分" in document["info"]["description"]


def test_a_checker_that_finds_nothing_finds_something_when_there_is(document):
    schema = answers_of(document, "/healthz")
    assert list(broken({"status": "ok"}, schema, document)) == []
    assert list(broken({"status": "no"}, schema, document))
    assert list(broken({}, schema, document)) == ["$: 'status' is a required property"]
    assert list(broken({"status": "ok", "x": 1}, schema, document))


@pytest.mark.parametrize(
    "asked",
    [{}, {"q": "ejsg"}, {"category": "diabetes"}, {"q": "没有的药名"}, {"page": 10_000}],
)
def test_drugs_are_listed_as_promised(keeps, asked):
    keeps("/api/v1/drugs", **asked)


def test_every_drug_has_the_page_that_is_promised(keeps):
    codes = [drug.code for drug in Drug.select(Drug.code).order_by(Drug.code)][::15]
    for code in codes:
        keeps(f"/api/v1/drugs/{code}", like="/api/v1/drugs/{code}")


def test_a_drugs_page_has_its_distribution_and_band(keeps, sold):
    told = keeps(f"/api/v1/drugs/{sold}", like="/api/v1/drugs/{code}")
    assert told["outlet_count"] > 10
    assert (
        sum(bar["count"] for bar in told["distribution"]["bins"]) == told["distribution"]["count"]
    )
    assert told["distribution"]["band"]["count"] >= 10
    assert told["history"]


@pytest.mark.parametrize("sort", ["distance", "price", "balanced"])
@pytest.mark.parametrize("place", [{}, HERE, HERE | {"radius_m": 3_000}, {"district": "210103"}])
def test_offers_are_listed_as_promised(keeps, sold, sort, place):
    told = keeps("/api/v1/offers", drug=sold, sort=sort, **place)
    assert told["items"]
    assert {item["why"]["text"] for item in told["items"]}


def test_offers_at_or_below_the_winning_price_are_just_that(keeps, sold):
    told = keeps("/api/v1/offers", drug=sold, at_or_below_winning="true", page_size=100, **HERE)
    assert told["total"] > 0
    for item in told["items"]:
        assert item["price_fen"] <= item["winning_price_fen"]
        assert item["at_or_below_winning"] is True
        assert item["delta_fen"] <= 0


def test_nothing_is_at_or_below_a_price_that_is_not_in_force(keeps):
    found = keeps("/api/v1/drugs", q="片", page_size=100)["items"]
    without = [item["code"] for item in found if not item["in_force"]]
    for code in without[:3]:
        assert keeps("/api/v1/offers", drug=code, at_or_below_winning="true")["items"] == []


@pytest.mark.parametrize(
    "asked",
    [{}, HERE, {"q": "社区"}, {"badge": "active"}, {"kind": "village_clinic"}, {"page": 9_999}],
)
def test_outlets_are_listed_as_promised(keeps, asked):
    keeps("/api/v1/outlets", **asked)


def test_every_kind_of_outlet_has_the_page_that_is_promised(keeps):
    for badge in ("active", "suspended", "left", "none"):
        for found in keeps("/api/v1/outlets", badge=badge, page_size=3)["items"]:
            told = keeps(f"/api/v1/outlets/{found['code']}", like="/api/v1/outlets/{code}")
            assert told["outlet"]["badge"]["state"] == badge


def test_an_outlets_shelf_is_searched_by_name(keeps, sold):
    outlet = keeps("/api/v1/offers", drug=sold)["items"][0]["outlet"]["code"]
    told = keeps(f"/api/v1/outlets/{outlet}", like="/api/v1/outlets/{code}", q="二甲双胍")
    assert sold in {item["drug"]["code"] for item in told["items"]}
    assert {"二甲双胍" in item["drug"]["generic_name"] for item in told["items"]} == {True}


@pytest.mark.parametrize("kind", ["drugs", "outlets"])
def test_editions_are_listed_as_promised(keeps, kind):
    current = keeps(f"/api/v1/lists/{kind}/current", like="/api/v1/lists/{kind}/current")
    assert current["items"]
    for number in range(1, current["number"] + 1):
        path, like = f"/api/v1/lists/{kind}/{number}", "/api/v1/lists/{kind}/{number}"
        keeps(path, like=like)
        keeps(f"{path}/changes", like=f"{like}/changes")


@pytest.mark.parametrize("words", ["", "e", "二甲", "沈河", "zzzzzz"])
def test_suggestions_are_made_as_promised(keeps, words):
    keeps("/api/v1/suggest", q=words)


def test_health_is_told_as_promised(keeps):
    assert keeps("/healthz") == {"status": "ok"}
    assert keeps("/readyz")["checks"] == {"database": "ok", "search": "ok"}


def test_answers_are_json_in_plain_chinese_and_not_kept_by_others(town, sold):
    answer = town.test_client().get(f"/api/v1/drugs/{sold}")
    assert answer.mimetype == "application/json"
    assert json.loads(answer.data)["generic_name"].encode() in answer.data
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
