"""A report is counted once for an asker and a day, and nothing of the asker is kept."""

import sqlite3

import pytest

from backend.db import run
from backend.outside import outside
from backend.outside.limits import connect
from backend.policy.packs import pack_on
from backend.prices.models import Offer
from backend.reports.models import ReportedPrice
from tests.makers import drug, price
from tests.reports.askers import BROWSER, FIRST, address, counted, named, on_day, say

TERMS = pack_on("shenyang", FIRST.date()).reports


def test_four_things_can_be_said_and_each_is_counted(house, sold):
    say(house, "out_of_stock", drug=sold, askers=2)
    say(house, "wrong_price", drug=sold, price_fen=500)
    say(house, "closed", askers=3)
    say(house, "wrong_place")
    assert counted() == {
        ("stock", True, 24): 2, ("price", True, 24): 1, ("closed", False, 24): 3,
        ("place", False, 24): 1,
    }  # fmt: skip
    assert named() == {(24, 500): 1}


def test_whoever_says_it_again_is_answered_the_same_and_not_counted(house, sold):
    answers = [say(house, "wrong_price", drug=sold, price_fen=500) for _ in range(4)]
    assert answers == [answers[0]] * 4
    assert "已记下" in answers[0]["text"]
    assert "5.00 元" in answers[0]["text"]
    assert "不记您是谁" in answers[0]["nobody"]
    assert "工作人员" in answers[0]["next"]
    assert (counted(), named()) == ({("price", True, 24): 1}, {(24, 500): 1})


def test_of_two_prices_one_asker_names_the_first_counts(house, sold):
    say(house, "wrong_price", drug=sold)
    say(house, "wrong_price", drug=sold, price_fen=500)
    say(house, "wrong_price", drug=sold, price_fen=600)
    assert (counted(), named()) == ({("price", True, 24): 1}, {(24, 500): 1})


def test_the_next_day_of_the_city_the_same_asker_is_counted_anew(house, sold):
    on_day(0, hour=15)
    say(house, "closed")
    on_day(0, hour=16)
    say(house, "closed")
    assert counted() == {("closed", False, 24): 1, ("closed", False, 25): 1}


def test_a_household_of_ipv6_is_one_asker(house, sold):
    client = house.test_client()
    for tail in ("1", "2", "ffff:1"):
        client.post(
            "/api/v1/reports", json={"outlet": "A1", "what": "closed"},
            headers={"User-Agent": BROWSER}, environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{tail}"},
        )  # fmt: skip
    assert counted() == {("closed", False, 24): 1}


def test_one_asker_reports_so_much_a_day_and_no_more(house, sold):
    for _ in range(TERMS.per_asker_day):
        say(house, "wrong_place")
    told = say(house, "closed", status=429)
    assert f"{TERMS.per_asker_day} 条" in told["message"]
    assert "没有记下" in told["message"]
    assert counted() == {("place", False, 24): 1}
    say(house, "closed", first=2)
    on_day(1)
    say(house, "closed")
    assert counted()[("closed", False, 25)] == 1


def test_whoever_may_report_no_more_is_told_when_the_day_is_over(house, sold):
    on_day(0, hour=15)
    client = house.test_client()
    for _ in range(TERMS.per_asker_day + 1):
        answer = client.post(
            "/api/v1/reports", json={"outlet": "A1", "what": "closed"},
            headers={"User-Agent": BROWSER}, environ_base=address(1),
        )  # fmt: skip
    assert answer.headers["Retry-After"] == "3600"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": "ugly"}, "what"),
        ({"what": None}, "what"),
        ({"what": "out_of_stock"}, "drug"),
        ({"what": "wrong_price", "drug": None}, "drug"),
        ({"what": "closed", "drug": "{sold}"}, "drug"),
        ({"what": "closed", "offer": "P0000000000000"}, "offer"),
        ({"what": "closed", "price_fen": 500}, "price_fen"),
        ({"what": "out_of_stock", "drug": "{sold}", "price_fen": 500}, "price_fen"),
        ({"what": "wrong_price", "drug": "{sold}", "price_fen": 0}, "price_fen"),
        ({"what": "wrong_price", "drug": "{sold}", "price_fen": 100_000_001}, "price_fen"),
        ({"what": "wrong_price", "drug": "{sold}", "price_fen": 10**30}, "price_fen"),
        ({"what": "wrong_price", "drug": "{sold}", "price_fen": "五元"}, "price_fen"),
        ({"what": "wrong_price", "drug": "{sold}", "offer": "P0000000000000"}, "offer"),
        ({"what": "wrong_price", "drug": "{sold}", "offer": "PZZZZZZZZZZZZZ"}, "offer"),
        ({"what": "wrong_price", "drug": "{sold}", "offer": "打"}, "offer"),
        ({"what": "closed", "outlet": ""}, "outlet"),
        ({"what": "closed", "who": "me"}, "who"),
    ],
)
def test_what_cannot_be_used_is_refused_in_chinese_and_names_the_field(house, sold, said, field):
    said = {name: sold if value == "{sold}" else value for name, value in said.items()}
    told = say(house, said.pop("what"), status=422, **said)
    assert list(told["errors"]) == [field]
    assert told["message"].startswith(f"{field}：")
    assert all("\u3400" <= line[0] <= "\u9fff" or "请" in line for line in told["errors"][field])
    assert counted() == {}


def test_unknown_codes_are_not_found(house, sold):
    say(house, "closed", outlet="NOWHERE", status=404)
    say(house, "out_of_stock", drug="NOWHERE", status=404)


def test_a_drug_the_outlet_does_not_show_cannot_be_corrected_there(house, sold, tmp_path):
    other = drug(tmp_path, 通用名="演示别的片").code
    told = say(house, "wrong_price", drug=other, price_fen=500, status=422)
    assert "没有列出" in told["message"]


def test_a_price_that_was_replaced_meanwhile_is_not_spoken_against(house, sold, tmp_path):
    seen = house.test_client().get(f"/api/v1/offers?drug={sold}").get_json()["items"][0]["offer"]
    assert say(house, "wrong_price", drug=sold, offer=seen)["status"] == "recorded"
    price(tmp_path, drug(tmp_path), 价格="5.00", 观测日期="2026-11-23")
    told = say(house, "wrong_price", drug=sold, offer=seen, first=2)
    assert told["status"] == "superseded"
    assert "更新" in told["text"]
    assert counted() == {("price", True, 24): 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"User-Agent": "Googlebot/2.1"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": ""},
    ],
)
def test_other_sites_pages_and_programs_are_refused_not_deceived(house, sold, headers):
    say(house, "closed", headers=headers, status=403)
    form = house.test_client().post(
        "/report", data={"outlet": "A1", "what": "closed"},
        headers={"User-Agent": BROWSER} | headers,
    )  # fmt: skip
    assert form.status_code == 403
    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://LOCALHOST"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_pages_and_apps_are_heard(house, sold, headers):
    say(house, "closed", headers=headers)
    assert counted() == {("closed", False, 24): 1}


def test_no_cookie_is_set_and_no_answer_is_kept(house, sold):
    client = house.test_client()
    answer = client.post(
        "/api/v1/reports", json={"outlet": "A1", "what": "closed"}, headers={"User-Agent": BROWSER}
    )
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_counts_within_reach_nothing_is_counted_and_that_is_said(house, sold):
    outside.limits = connect("redis://127.0.0.1:1/0", "off")
    told = say(house, "closed", status=503)
    assert "没有记下" in told["message"]
    assert counted() == {}


def test_a_report_the_database_cannot_take_may_be_made_again(house, sold):
    run("ALTER TABLE reported_price RENAME TO elsewhere")
    # What is missing is away to one engine and a surprise to the other.
    answer = house.test_client().post(
        "/api/v1/reports",
        json={"outlet": "A1", "what": "wrong_price", "drug": sold, "price_fen": 500},
        headers={"User-Agent": BROWSER}, environ_base=address(1),
    )  # fmt: skip
    assert answer.status_code in (500, 503)
    assert counted() == {}
    run("ALTER TABLE elsewhere RENAME TO reported_price")
    say(house, "wrong_price", drug=sold, price_fen=500)
    assert (counted(), named()) == ({("price", True, 24): 1}, {(24, 500): 1})


def test_a_report_changes_nothing_that_is_shown(house, sold):
    before = list(Offer.select().dicts())
    say(house, "wrong_price", drug=sold, price_fen=900, askers=9)
    assert list(Offer.select().dicts()) == before
    assert ReportedPrice.get().askers == 9


def test_nothing_of_the_person_is_in_any_table_file_or_log(house, sold, tmp_path, caplog):
    caplog.set_level("DEBUG")
    client = house.test_client()
    client.post(
        "/api/v1/reports",
        json={"outlet": "A1", "what": "wrong_price", "drug": sold, "price_fen": 500},
        headers={"User-Agent": BROWSER, "Cookie": "place=41.777,123.333"},
        environ_base={"REMOTE_ADDR": "203.0.113.77"},
    )
    # peewee tells of its statements at this level, with their values.
    told = caplog.text
    outside.let_go()
    for path in [one for one in tmp_path.rglob("*") if one.is_file()]:
        raw = path.read_bytes()
        for telling in (b"203.0.113", b"41.777", b"MicroMessenger"):
            assert telling not in raw, path.name
    for telling in ("203.0.113", "41.777", "MicroMessenger", "reporter"):
        assert telling not in told
    with sqlite3.connect(tmp_path / "limits.db") as file:
        names = [name for (name,) in file.execute("SELECT asker FROM hits")]
    marks = [name.split() for name in names if name.startswith("reporter ")]
    assert len(marks) == 3
    assert {len(mark) for _, _, mark in marks} == {4}
