"""Which other sites' pages may read the API: the ones the setting names, nothing but the API."""

import pytest

from backend.errors import BadSetting
from backend.settings import Settings
from tests.conftest import open_house

BUREAU, OTHER, STRANGER = (
    "https://ybj.shenyang.gov.cn", "https://www.shenyang.gov.cn", "https://example.org",
)  # fmt: skip
API = ["/api/v1/drugs", "/api/v1/offers", "/api/openapi.json"]
ALLOWED = "Access-Control-Allow-Origin"


@pytest.fixture
def opened(house, tmp_path, cache):
    """opened(origins) → a client of a house that lets these sites read."""
    return lambda said: open_house(tmp_path, cache, cors_origins=said).test_client()


@pytest.mark.parametrize("path", API)
def test_a_page_of_the_bureau_may_read_even_what_is_refused(opened, path):
    client = opened(f"{BUREAU},{OTHER}")
    answer = client.get(path, headers={"Origin": BUREAU})
    assert answer.headers[ALLOWED] == BUREAU
    assert {"ETag", "Retry-After", "Link", "Deprecation", "Sunset"} == set(
        answer.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origins", [BUREAU, f"{BUREAU},{OTHER}"])
@pytest.mark.parametrize("asked", [{}, {"Origin": STRANGER}, {"Origin": "null"},
                                   {"Origin": f"{BUREAU}.evil.org"}])  # fmt: skip
def test_nobody_else_may_and_a_cache_keeps_them_apart(opened, origins, asked):
    answer = opened(origins).get("/api/v1/drugs", headers=asked)
    assert ALLOWED not in answer.headers
    assert "Origin" in answer.vary
    assert answer.status_code == 200
    assert "Accept-Encoding" in answer.vary


def test_an_answer_that_stayed_the_same_is_readable_too(opened):
    client, asked = opened(BUREAU), {"Origin": BUREAU}
    first = client.get("/api/v1/suggest", headers=asked)
    again = client.get("/api/v1/suggest", headers=asked | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers[ALLOWED]) == (304, BUREAU)
    assert again.headers["Vary"] == first.headers["Vary"]


def test_a_browser_that_asks_first_is_told_for_a_day(opened):
    answer = opened(BUREAU).options("/api/v1/offers", headers={
        "Origin": BUREAU, "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "If-None-Match",
    })  # fmt: skip
    assert answer.status_code == 200
    assert answer.headers[ALLOWED] == BUREAU
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    methods = set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    assert methods == {"GET", "HEAD", "OPTIONS"}


def test_everybody_may_where_the_setting_says_so(opened):
    answer = opened("*").get("/api/v1/drugs", headers={"Origin": STRANGER})
    assert answer.headers[ALLOWED] == "*"
    assert "Origin" not in answer.vary


@pytest.mark.parametrize("path", ["/", "/rules", "/healthz", "/metrics", "/api/docs/"])
def test_pages_and_the_state_of_the_house_are_never_opened(opened, path):
    assert ALLOWED not in opened("*").get(path, headers={"Origin": BUREAU}).headers


def test_without_the_setting_nobodys_page_may(house):
    answer = house.test_client().get("/api/v1/drugs", headers={"Origin": BUREAU})
    assert ALLOWED not in answer.headers
    assert "Origin" not in answer.vary


@pytest.mark.parametrize("said", [
    "ybj.shenyang.gov.cn", "http://ybj.shenyang.gov.cn", f"{BUREAU}/", f"{BUREAU},", f"{BUREAU},*",
    "https://*.gov.cn", "null", "https://ybj.gov.cn:port",
])  # fmt: skip
def test_an_origin_that_is_none_is_refused_by_name(said):
    with pytest.raises(BadSetting, match="CORS_ORIGINS"):
        Settings.from_environment({"CORS_ORIGINS": said})


def test_origins_are_read_as_they_are_written():
    said = f"{BUREAU}, http://localhost:5173, {BUREAU}"
    settings = Settings.from_environment({"CORS_ORIGINS": said})
    assert settings.cors_origins == f"{BUREAU},http://localhost:5173"
    assert Settings.from_environment({"CORS_ORIGINS": "*"}).cors_origins == "*"
