"""The page of a shopping list: all of it in the address, plans side by side, one to print."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

METFORMIN, AMLODIPINE, LOSARTAN = "Y0C7BAP1ZXC", "YF8X82T204N", "YSPY6RGPE33"
HERE = "lat=41.796&lon=123.455"
TWO = f"/basket?drug={METFORMIN}&packs-{METFORMIN}=2&drug={AMLODIPINE}"


def links(page, words):
    """Where the links with these words lead."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(href) for href, text in found if words in text]


def asked(address):
    return parse_qsl(urlsplit(address).query)


def test_the_home_page_leads_to_an_empty_list_with_the_drugs_of_two_diseases(phone):
    assert 'href="/basket"' in phone.page("/")
    page = phone.page("/basket")
    for words in ("列在“高血压”下的药", "列在“糖尿病”下的药", "不是用药建议",
                  f'name="drug" value="{AMLODIPINE}"'):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize("path", [f"/drugs/{METFORMIN}", f"/offers?drug={METFORMIN}"])
def test_a_drugs_pages_lead_to_a_list_with_it(phone, path):
    (address,) = links(phone.page(path), "和别的药一起买")
    assert asked(address) == [("drug", METFORMIN)]


def test_without_a_place_it_asks_from_where(phone):
    page = phone.page(TWO)
    assert "从哪里出发？" in page
    assert 'name="near" value="210103"' in page
    assert page.count(f'name="drug" value="{AMLODIPINE}"') >= 2


def test_a_place_comes_into_the_address_and_every_drug_stays_in_it(town):
    client = town.test_client()
    answer = client.get(f"{TWO}&near=210103")
    assert answer.status_code == 302
    said = asked(answer.location)
    assert [value for name, value in said if name == "drug"] == [METFORMIN, AMLODIPINE]
    assert (f"packs-{METFORMIN}", "2") in said
    back = client.post("/place", data={"district": "210103", "back": TWO}).location
    assert asked(back) == asked(TWO) or sorted(asked(back)) == sorted(asked(TWO))


def test_the_plans_stand_side_by_side_with_what_each_is_best_at(phone):
    page = phone.page(f"{TWO}&{HERE}")
    for words in ("最省钱", "路最短", "只跑一家", "来回", "2 盒 × ", "中选价 ", "达标",
                  "直线距离", "怎样比的"):  # fmt: skip
        assert words in page, words
    assert len(re.findall(r'<article class="card plan', page)) == page.count("单独看、打印")


def test_one_drug_is_taken_off_with_its_quantity_and_the_rest_stays(phone):
    page = phone.page(f"{TWO}&{HERE}")
    first, second = links(page, "去掉")
    assert asked(first)[:1] == [("drug", AMLODIPINE)]
    assert METFORMIN not in first
    assert (f"packs-{METFORMIN}", "2") in asked(second)


def test_a_drug_that_is_found_is_added_by_its_link(phone):
    page = phone.page(f"/basket?drug={AMLODIPINE}&{HERE}&q=ejsg")
    assert any(
        [value for name, value in asked(address) if name == "drug"] == [AMLODIPINE, METFORMIN]
        for address in links(page, "二甲双胍")
    )
    assert "没有找到“没有这种药”" in phone.page("/basket", q="没有这种药")


def test_one_plan_alone_is_a_sheet_to_take_along(phone):
    page = phone.page(f"{TWO}&{HERE}&plan=1")
    assert "购药单" in page
    assert page.count('<article class="card plan') == 1
    assert "要买的药</h2>" not in page
    assert "<details" not in page.split("<main")[1].split("</main>")[0]
    assert page.count('<article class="card plan') == 1
    assert "购药单" not in phone.page(f"{TWO}&{HERE}&plan=6".replace(f"&drug={AMLODIPINE}", ""))


def test_what_is_wrong_is_said_on_the_page_beside_the_list(phone):
    page = phone.page(f"/basket?drug={METFORMIN}&packs-{METFORMIN}=0&{HERE}", status=422)
    assert "第 1 种药的数量：请填 1–9999 之间的整数。" in page
    assert 'value="0"' in page
    page = phone.page(f"/basket?drug={METFORMIN}&drug=nowhere&{HERE}", status=404)
    assert "第 2 种药：没有这个编码的药，请核对。" in page
    assert len(links(page, "去掉")) == 2


def test_a_full_list_takes_no_more(phone):
    codes = [one["code"] for one in phone.get("/api/v1/drugs", q="片", page_size=13)["items"]]
    many = "&".join(f"drug={code}" for code in codes)
    assert "最多 12 种药" in phone.page(f"/basket?{many}&{HERE}", status=422) or (
        "请填 1–12 种药" in phone.page(f"/basket?{many}&{HERE}", status=422)
    )
    full = "&".join(f"drug={code}" for code in codes[:12])
    assert "已经有 12 种" in phone.page(f"/basket?{full}&{HERE}")
