"""What the API refuses, it refuses in one shape and in words; nothing hostile breaks it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.catalog.models import Drug
from backend.prices.models import Offer
from tests.miniprogram.promises import answers_of, broken

SHAPE = {"code", "status", "message", "errors"}


def is_chinese(text):
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def check(answer):
    """An answer that says no has the one shape and says why in Chinese."""
    told = answer.get_json()
    assert answer.status_code < 500, told
    if answer.status_code >= 400:
        assert set(told) == SHAPE
        assert told["status"] == answer.status_code
        assert is_chinese(told["message"])
        said = [line for lines in told["errors"].values() if isinstance(lines, list)
                for line in lines]  # fmt: skip
        assert all(map(is_chinese, said)), told
    return told


@pytest.fixture
def ask(town):
    """`ask(path, …)` → the answer to a resident, checked for its shape."""
    client = town.test_client()
    return lambda path, **asked: check(client.get(path, query_string=asked or None))


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("/api/v1/drugs", {"page": "0"}, "page"),
        ("/api/v1/drugs", {"page": "10001"}, "page"),
        ("/api/v1/drugs", {"page": "一"}, "page"),
        ("/api/v1/drugs", {"page": "1.5"}, "page"),
        ("/api/v1/drugs", {"page": "9" * 5_000}, "page"),
        ("/api/v1/drugs", {"page_size": "101"}, "page_size"),
        ("/api/v1/drugs", {"q": "药" * 65}, "q"),
        ("/api/v1/drugs", {"category": "没有"}, "category"),
        ("/api/v1/drugs", {"sort": "price"}, "sort"),
        ("/api/v1/offers", {}, "drug"),
        ("/api/v1/offers", {"drug": ""}, "drug"),
        ("/api/v1/offers", {"drug": "Y", "lat": "NaN", "lon": "1"}, "lat"),
        ("/api/v1/offers", {"drug": "Y", "lat": "1e400", "lon": "1"}, "lat"),
        ("/api/v1/offers", {"drug": "Y", "lat": "-inf", "lon": "1"}, "lat"),
        ("/api/v1/offers", {"drug": "Y", "lat": "90.1", "lon": "1"}, "lat"),
        ("/api/v1/offers", {"drug": "Y", "lat": "41.8"}, "lon"),
        ("/api/v1/offers", {"drug": "Y", "lon": "123.4"}, "lat"),
        ("/api/v1/offers", {"drug": "Y", "radius_m": "200001"}, "radius_m"),
        ("/api/v1/offers", {"drug": "Y", "radius_m": "0"}, "radius_m"),
        ("/api/v1/offers", {"drug": "Y", "in_stock": "maybe"}, "in_stock"),
        ("/api/v1/offers", {"drug": "Y", "sort": "best"}, "sort"),
        ("/api/v1/outlets", {"lat": "41.8"}, "lon"),
        ("/api/v1/outlets", {"badge": "gold"}, "badge"),
        ("/api/v1/suggest", {"q": "药" * 65}, "q"),
        ("/api/v1/lists/drugs/current", {"page_size": "501"}, "page_size"),
        ("/api/v1/lists/drugs/1/changes", {"page": "2"}, "page"),
    ],
)
def test_a_wrong_field_is_named(ask, path, asked, field):
    told = ask(path, **asked)
    assert (told["status"], told["code"]) == (422, "bad_input")
    assert list(told["errors"]) == [field]
    assert field in told["message"] or is_chinese(told["errors"][field][0])


def test_several_wrong_fields_are_all_named(ask):
    told = ask("/api/v1/drugs", page="0", page_size="0", colour="red")
    assert set(told["errors"]) == {"page", "page_size", "colour"}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/v1/drugs/Y0000000000", 404, "not_found"),
        ("/api/v1/offers?drug=Y0000000000", 404, "not_found"),
        ("/api/v1/outlets/%00", 404, "not_found"),
        ("/api/v1/lists/people/current", 404, "not_found"),
        ("/api/v1/lists/drugs/99", 404, "not_found"),
        ("/api/v1/lists/drugs/" + "9" * 30, 404, "not_found"),
        ("/api/v1/lists/drugs/" + "9" * 5_000, 404, "not_found"),
        ("/api/v1/lists/drugs/-1", 404, "not_found"),
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(ask, path, status, code):
    told = ask(path)
    assert (told["status"], told["code"]) == (status, code)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_refused_in_words(town, method):
    answer = getattr(town.test_client(), method)("/api/v1/drugs", json={})
    assert check(answer)["code"] == "method_not_allowed"
    assert "GET" in answer.headers["Allow"]


def test_refusals_keep_the_promise_of_the_description(town):
    client = town.test_client()
    document = client.get("/api/openapi.json").get_json()
    told = client.get("/api/v1/drugs?page=0").get_json()
    assert list(broken(told, answers_of(document, "/api/v1/drugs", 422), document)) == []


HOSTILE = st.sampled_from([
    "NaN", "-Infinity", "1e400", "-1e400", "1e-400", "9" * 400, "-" + "9" * 30, "0x10", "１２", "٣",
    "\x00", "%00", "%", "_", "!", "'", '"', "' OR 1=1 --", "\"; DROP TABLE drug; --", "\\", "*",
    'NEAR("a" "b", 5)', "a AND", "NOT", "OR", "^", "{x}:y", "name : x", "-", "(((", ")", "null",
    "true", "[]", "{}", "<script>", "../..", "\ud800", "\U0010ffff", "е" * 500, "片" * 64, " ", "",
    "1e3", "1_000", "+1", "0.5g*60", "ejsg", "二甲双胍", "210103", "distance", "A" * 40,
])  # fmt: skip
ANY = HOSTILE | st.text(max_size=70) | st.integers().map(str) | st.floats().map(str)
NAMES = st.sampled_from([
    "q", "category", "page", "page_size", "lat", "lon", "radius_m", "district", "kind", "drug",
    "at_or_below_winning", "in_stock", "sort", "badge", "unknown", "", "q[]",
])  # fmt: skip
SEGMENT = st.text(max_size=30).filter(lambda text: "/" not in text) | HOSTILE.filter(
    lambda text: "/" not in text
)
FIXED = st.sampled_from([
    "/api/v1/drugs", "/api/v1/offers", "/api/v1/outlets", "/api/v1/suggest",
    "/api/v1/lists/drugs/current", "/api/v1/lists/outlets/1", "/api/v1/lists/drugs/1/changes",
    "/healthz", "/readyz",
])  # fmt: skip
CODED = st.builds("/api/v1/{}/{}".format, st.sampled_from(["drugs", "outlets", "lists"]), SEGMENT)
PATHS = FIXED | CODED


def sendable(text):
    return text.encode("utf-8", "replace").decode()


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PATHS, st.lists(st.tuples(NAMES, ANY), max_size=5))
@example("/api/v1/outlets", [("q", "\x00")])
@example("/api/v1/outlets/DEMO210103-0001", [("q", "%_!")])
def test_nothing_that_can_be_asked_breaks_it(town, path, asked):
    client = town.test_client()
    query = [(sendable(name), sendable(value)) for name, value in asked]
    check(client.get(sendable(path).replace("?", "").replace("#", ""), query_string=query))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=64) | HOSTILE)
def test_any_words_are_a_question(town, words):
    client = town.test_client()
    for path in ("drugs", "outlets", "suggest", "outlets/DEMO210103-0001"):
        answer = client.get(f"/api/v1/{path}", query_string={"q": sendable(words)[:64]})
        check(answer)
        assert answer.status_code == 200


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "lat": st.floats(-90, 90),
        "lon": st.floats(-180, 180),
        "radius_m": st.integers(1, 200_000),
        "district": st.sampled_from(["210103", "210199", "沈河", ""]),
        "kind": st.sampled_from(["village_clinic", "", "x"]),
        "at_or_below_winning": st.booleans(),
        "in_stock": st.booleans(),
        "sort": st.sampled_from(["distance", "price", "balanced"]),
        "page": st.integers(1, 10_000),
        "page_size": st.integers(1, 100),
    },
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ASKED)
@example({"lat": 90.0, "lon": 180.0, "radius_m": 1})
@example({"lat": -90.0, "lon": -180.0, "radius_m": 200_000, "sort": "balanced"})
@example({"lat": 5e-324, "lon": 0.0, "sort": "price"})
def test_any_place_and_filter_is_answered(town, asked):
    client = town.test_client()
    code = Offer.select(Drug.code).join(Drug, on=Drug.id == Offer.drug_id).tuples().first()[0]
    told = check(client.get("/api/v1/offers", query_string={"drug": code} | asked))
    if "items" in told:
        assert len(told["items"]) <= told["total"]
        assert len(told["items"]) <= asked.get("page_size", 20)


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%C0%80", "page=%F0%9F", "&&==&", "q=%"])
def test_bytes_that_are_no_text_break_nothing(town, query):
    check(town.test_client().get("/api/v1/drugs", query_string=query))


def test_an_address_that_is_no_text_breaks_nothing(town):
    check(town.test_client().get("/api/v1/drugs/%ff%fe"))
