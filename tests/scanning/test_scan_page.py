"""The page of scanned codes: taken by POST, answered at an address that names only the product."""

import logging
import re

import pytest

from backend.catalog import searches

TRACE, SERIAL = "0000007", "8123456789012"
WHOLE = TRACE + SERIAL


@pytest.fixture
def client(town):
    return town.test_client()


def sent(client, code, price=""):
    return client.post("/scan", data={"code": code, "price": price})


@pytest.mark.parametrize(
    ("code", "price", "target"),
    [
        (WHOLE, "", f"/scan?code={TRACE}"),
        ("0000007 8123 4567 89012", "12", f"/scan?code={TRACE}&price_fen=1200"),
        ("（01）09520000000073（21）AB12", "12.5元", "/scan?code=9520000000073&price_fen=1250"),
        ("国药准字h20052330", "￥3.40", "/scan?code=H20052330&price_fen=340"),
    ],
)
def test_what_is_handed_in_goes_on_to_the_part_that_names_the_product(client, code, price, target):
    answer = sent(client, code, price)
    assert (answer.status_code, answer.location) == (303, target)


@pytest.mark.parametrize("path", [f"/scan?code={WHOLE}&price_fen=480", f"/search?q={WHOLE}"])
def test_an_address_with_a_whole_code_gives_way_to_one_without(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert re.fullmatch(rf"/scan\?code={TRACE}(&price_fen=480)?", answer.location)
    assert SERIAL not in answer.get_data(as_text=True)


def test_the_answer_shows_product_price_verdicts_sellers_and_that_it_is_invented(client):
    page = client.get(f"/scan?code={TRACE}&price_fen=1200").get_data(as_text=True)
    for words in ("盐酸二甲双胍缓释片", "4.35", "12.00", "每盒比中选价贵 7.65 元", "偏离中选价",
                  "无法判定", "明显偏高", "演示对照", "征求意见稿", "价格低的几家",
                  "/drugs/Y0C7BAP1ZXC?price_fen=1200", "/offers?drug=Y0C7BAP1ZXC"):  # fmt: skip
        assert words in page, words


def test_the_nearest_sellers_come_first_where_a_place_is_chosen(client):
    client.post("/place", data={"district": "210103", "back": "/scan"})
    assert "最近的几家" in client.get(f"/scan?code={TRACE}").get_data(as_text=True)


def test_an_unknown_code_is_told_what_to_do(client):
    answer = client.get("/scan?code=9999999")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    for words in ("换盒上的国药准字", "按药名查", "tel:12393"):
        assert words in page


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_kept(client):
    answer = sent(client, "9520000000074", "很贵")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (422, "no-store")
    assert "最后一位是 4，按前面的数字应当是 3" in page
    assert "不是金额" in page
    assert 'value="9520000000074"' in page


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_code_that_cannot_be_read_stands_in_no_link(client, ask):
    code = WHOLE + "9"
    answer = client.get(f"/scan?code={code}") if ask == "get" else sent(client, code)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert f'id="code" name="code" type="text" value="{code}"' in page
    assert page.count(SERIAL) == 1


def test_no_page_after_a_scan_holds_the_serial(client):
    for path in (f"/scan?code={WHOLE}", f"/search?q={WHOLE}"):
        page = client.get(path, follow_redirects=True)
        assert page.status_code == 200
        assert SERIAL not in page.get_data(as_text=True)


def test_words_that_are_a_code_are_no_search_and_leave_no_line(client):
    kept = []
    listener = logging.Handler()
    listener.emit = lambda record: kept.append(record.getMessage())
    searches.switch(True)
    searches.log.addHandler(listener)
    client.get(f"/search?q={WHOLE}")
    client.get("/search?q=国药准字H20052330")
    client.get(f"/api/v1/drugs?q={WHOLE}")
    client.get("/api/v1/drugs?q=(01)09520000000073(21)SECRET7")
    client.get("/api/v1/drugs?q=%1D010952000000007310LOT%1D21SECRET7")
    searches.log.removeHandler(listener)
    assert ["＊" in line for line in kept] == [True] * 3
    assert not [word for word in (SERIAL, "SECRET7", "LOT") if word in "".join(kept)]


def test_the_home_page_leads_to_it_and_the_form_needs_no_script(client):
    assert 'href="/scan"' in client.get("/").get_data(as_text=True)
    page = client.get("/scan").get_data(as_text=True)
    assert 'action="/scan" method="post"' in page
    assert re.search(r"<div[^>]* hidden data-photo>", page)
