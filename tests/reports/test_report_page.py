"""The page of a report: what it is about, the choices, one button, and what follows."""

import re

import pytest

from tests.reports.askers import BROWSER, address, counted, named


@pytest.fixture
def visit(house):
    """`visit(…)` posts the form as a resident's browser does; (status, page)."""
    client = house.test_client()

    def post(number=1, **form):
        answer = client.post(
            "/report", data={"outlet": "A1"} | form, environ_base=address(number),
            headers={"User-Agent": BROWSER, "Origin": "http://localhost"},
        )  # fmt: skip
        assert "Set-Cookie" not in answer.headers
        # Each answer has its own word by which it knows its scripts.
        shown = re.sub(r'nonce="[^"]+"', "", answer.get_data(as_text=True))
        return answer.status_code, shown

    return post


def page(house, path):
    answer = house.test_client().get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_offer_and_every_outlet_leads_to_it(house, sold):
    for path in (f"/offers?drug={sold}", "/outlets/A1"):
        shown = page(house, path)
        links = re.findall(r'href="(/report\?[^"]+)"', shown)
        whats = {re.search(r"what=(\w+)", link)[1] for link in links}
        assert {"out_of_stock", "wrong_price"} <= whats
        for link in links:
            assert " checked" in page(house, link.replace("&amp;", "&"))
    assert {"closed", "wrong_place"} <= whats


def test_it_shows_what_it_is_about_and_the_choices(house, sold):
    shown = page(house, f"/report?outlet=A1&drug={sold}")
    assert "演示沈河社区卫生服务中心01" in shown
    assert "0.5g×60" in shown
    assert re.findall(r'name="what" value="(\w+)"', shown) == [
        "out_of_stock", "wrong_price", "closed", "wrong_place",
    ]  # fmt: skip
    assert "checked" not in shown
    bare = page(house, "/report?outlet=A1")
    assert re.findall(r'name="what" value="(\w+)"', bare) == ["closed", "wrong_place"]
    assert 'name="price"' not in bare


def test_whoever_reports_is_told_what_was_recorded_and_what_follows(house, sold, visit):
    status, shown = visit(drug=sold, what="wrong_price", price="12.5")
    assert status == 200
    for words in ("谢谢，已记下", "问到的价 12.50 元", "不记您是谁", "满 3 个人", "打 12393"):
        assert words in shown
    assert (counted(), named()) == ({("price", True, 24): 1}, {(24, 1250): 1})
    assert visit(drug=sold, what="wrong_price", price="12.5") == (200, shown)
    assert named() == {(24, 1250): 1}


def test_what_is_said_of_the_outlet_takes_no_drug_and_no_price_along(house, sold, visit):
    assert visit(drug=sold, what="closed", price="打错了")[0] == 200
    assert counted() == {("closed", False, 24): 1}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "请选一样"),
        ({"what": "wrong_price", "price": "十块"}, "请填金额"),
        ({"what": "wrong_price", "price": "1.234"}, "请填金额"),
        ({"what": "wrong_price", "price": "99999999999"}, "请填金额"),
        ({"what": "out_of_stock", "offer": "P0000000000000"}, "没有这个报价编码"),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_counted(house, sold, visit, form, words):
    status, shown = visit(drug=sold, **form)
    assert (status, words in shown) == (422, True)
    assert 'action="/report"' in shown
    assert counted() == {}


def test_whoever_has_reported_enough_is_told_so_on_the_form(house, sold, visit):
    told = [visit(what="closed") for _ in range(11)]
    assert [status for status, _ in told] == [200] * 10 + [429]
    assert "没有记下" in told[-1][1]


@pytest.mark.parametrize("path", ["/report?outlet=NOWHERE", "/report?outlet=A1&drug=NOWHERE"])
def test_what_there_is_not_cannot_be_reported(house, sold, path):
    assert house.test_client().get(path).status_code == 404


def test_an_address_without_an_outlet_is_refused(house):
    assert house.test_client().get("/report").status_code == 422


def test_the_rules_tell_how_reports_are_counted(house, sold):
    shown = page(house, "/rules")
    assert 'id="reports"' in shown
    for words in ("14 天里", "其中一天里至少 2 个", "高于中位数的 3 倍", "计数留 400 天"):
        assert words in shown
