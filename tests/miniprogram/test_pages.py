"""The residents' pages, as the server draws them."""

import re

import pytest

PAGES = ["/", "/search?q=ejsg", "/search?category=hypertension", "/outlets", "/lists",
         "/lists/drugs/1", "/lists/outlets/2", "/rules", "/data", "/place",
         "/scan", "/scan?code=0000007&price_fen=480",
         "/map", "/map?district=210103", "/api/docs/"]  # fmt: skip


@pytest.fixture
def code(phone):
    return phone.get("/api/v1/drugs", q="盐酸二甲双胍片")["items"][0]["code"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_the_outlets_are_a_demonstration(phone, path):
    page = phone.page(path)
    assert "演示" in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_script_or_style_or_loads_from_elsewhere(phone, path):
    page = phone.page(path)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"""(?:src|<link[^>]*href)=["']https?://""", page)


def test_the_results_show_both_prices_the_verdict_the_seal_and_the_distance(phone, code):
    page = phone.page("/offers", drug=code, lat="41.796", lon="123.455", radius_m="3000")
    for words in ("中选价", "3.40", "三进机构", "演示：假定仍有效", "依据", "征求意见稿"):
        assert words in page
    assert re.search(r"\d+ 米|\d\.\d 公里", page)


def test_nobody_within_reach_shows_the_next_one_beyond(phone, code):
    page = phone.page("/offers", drug=code, lat="42.9", lon="123.3", radius_m="1000")
    assert re.search("最近(有货|在卖)?的一家是", page)


def test_a_chosen_district_is_remembered_and_leads_back(town):
    client = town.test_client()
    answer = client.post("/place", data={"district": "210103", "back": "/outlets"})
    assert (answer.status_code, answer.location) == (303, "/outlets")
    assert "沈河区中心" in client.get("/outlets", follow_redirects=True).get_data(as_text=True)


def test_a_position_is_kept_to_a_hundred_metres_and_converted(town):
    client = town.test_client()
    client.post("/place", data={"lat": "41.79444", "lon": "123.45", "sys": "wgs84"})
    kept = client.get_cookie("place").value
    assert re.fullmatch(r"\d+\.\d{1,3}(?:,|%2C|\\054)\d+\.\d{1,3}", kept.strip('"'))


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_going_back_never_leads_to_another_site(town, back):
    answer = town.test_client().post("/mode", data={"mode": "elder", "back": back})
    assert answer.location == "/"


def test_the_larger_version_is_the_same_page_with_larger_steps(town):
    client = town.test_client()
    client.post("/mode", data={"mode": "elder", "back": "/"})
    page = client.get("/").get_data(as_text=True)
    assert 'class="elder"' in page
    assert "标准版" in page


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/drugs/nope", 404, "没有这个药品编码"),
        ("/outlets/nope", 404, "没有这个机构编码"),
        ("/nowhere", 404, "没有找到"),
        ("/offers", 422, "药品：请填写"),
        ("/lists/other/1", 404, "两种名单"),
    ],
)  # fmt: skip
def test_an_error_is_a_page_in_plain_chinese(phone, path, status, words):
    page = phone.page(path, status=status)
    assert words in page
    assert "<h1>" in page


def test_the_rules_page_names_document_clause_and_numbers(phone):
    page = phone.page("/rules")
    for words in ("三（五）", "征求意见稿", "band-1", "少于 10 家", "每公里按 1.00 元"):
        assert words in page


@pytest.mark.parametrize("kind", ["drugs", "aliases", "product_codes", "outlets", "prices"])
def test_a_blank_sheet_can_be_downloaded(town, kind):
    answer = town.test_client().get(f"/sheets/{kind}.xlsx")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"


def test_a_cursor_of_the_api_in_the_address_of_a_page_is_passed_over(phone, code):
    cursor = phone.get("/api/v1/offers", drug=code, page_size=5)["next"]
    assert "第 1 页" in phone.page("/offers", drug=code, cursor=cursor)
