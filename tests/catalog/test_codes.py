"""Public codes: made from what a thing is, found by either code, never used again."""

import pytest

from backend.catalog.models import Drug
from backend.intake import actions as intake
from backend.prices.models import Observation
from backend.prices.sheetkinds import sheet_kinds
from tests.conftest import open_house
from tests.makers import (
    A_DRUG,
    A_PRICE,
    AN_OUTLET,
    checked,
    diff,
    drug,
    outlet,
    price,
    sheet,
    take,
)

NAMES = [f"演示{sign}片" for sign in "甲乙丙丁戊"]
NHSA = "XA10BAD018A001010100001"


def bring(folder, names):
    """Drugs, an outlet and a price each, in the order of the names; their codes as shown."""
    take("drugs", sheet(folder, [A_DRUG | {"通用名": name} for name in names]))
    outlet(folder)
    codes = {d.generic_name: d.code for d in Drug.select()}
    take("prices", sheet(folder, [A_PRICE | {"药品编码": codes[name]} for name in names]))
    return codes, {o.key for o in Observation.select()}


def test_codes_are_the_same_in_another_house_filled_in_another_order(house, tmp_path, cache):
    here = bring(tmp_path, NAMES)
    ids = {d.generic_name: d.id for d in Drug.select()}
    (tmp_path / "other").mkdir()
    open_house(tmp_path / "other", cache)
    from_scratch(house)
    there = bring(tmp_path, NAMES[::-1])
    assert {d.generic_name: d.id for d in Drug.select()} != ids
    assert there == here


def from_scratch(house):
    """Make the tables of the house that was opened last."""
    assert house.test_cli_runner().invoke(args=["migrate"]).exit_code == 0


def test_our_own_code_tells_packs_and_firms_apart_but_not_ways_of_writing(house, tmp_path):
    rows = [
        A_DRUG,
        A_DRUG | {"包装": "０．５ｇ＊６０"},
        A_DRUG | {"包装": "0.5g*30"},
        A_DRUG | {"生产企业": "乙药业有限公司"},
    ]
    take("drugs", sheet(tmp_path, rows))
    assert Drug.select().count() == 3


def test_without_a_pack_the_approval_number_tells_products_apart(house, tmp_path):
    bare = {"通用名": "甲片", "规格": "1g", "生产企业": "甲厂"}
    rows = [bare | {"批准文号": "国药准字H1"}, bare | {"批准文号": "国药准字H2"}]
    take("drugs", sheet(tmp_path, rows))
    assert Drug.select().count() == 2


def test_the_insurance_code_is_the_public_code_where_it_is_known(house, tmp_path):
    assert drug(tmp_path, 医保编码=NHSA).code == NHSA


def test_a_product_keeps_its_code_when_its_insurance_code_becomes_known(house, tmp_path):
    before = drug(tmp_path)
    after = drug(tmp_path, 医保编码=NHSA)
    assert (Drug.select().count(), after.code, after.nhsa_code) == (1, before.code, NHSA)


def test_a_sheet_without_insurance_codes_still_means_the_same_product(house, tmp_path):
    drug(tmp_path, 医保编码=NHSA)
    assert diff(checked("drugs", sheet(tmp_path, [A_DRUG]))) == {"unchanged": 1}


def test_rows_of_one_sheet_mean_one_product_whichever_bears_the_code(house, tmp_path):
    later = A_DRUG | {"采购批次": "第四批"}
    for rows in ([A_DRUG | {"医保编码": NHSA}, later], [later, A_DRUG | {"医保编码": NHSA}]):
        delivery = checked("drugs", sheet(tmp_path, rows))
        assert diff(delivery) == {"added": 1}
    intake.publish(sheet_kinds()["drugs"], delivery)
    assert Drug.get().nhsa_code == NHSA


def test_two_insurance_codes_are_two_products_however_alike(house, tmp_path):
    rows = [A_DRUG | {"医保编码": NHSA}, A_DRUG | {"医保编码": NHSA[:-1] + "2"}]
    take("drugs", sheet(tmp_path, rows))
    assert Drug.select().count() == 2


@pytest.fixture
def client(house):
    return house.test_client()


def test_a_drug_is_found_by_either_code_and_sold_under_either(client, tmp_path):
    own = drug(tmp_path)
    drug(tmp_path, 医保编码=NHSA)
    outlet(tmp_path)
    price(tmp_path, own, 药品编码=NHSA)
    for code in (own.code, NHSA):
        assert client.get(f"/api/v1/drugs/{code}").get_json()["code"] == own.code
        assert client.get(f"/api/v1/offers?drug={code}").get_json()["total"] == 1


def test_an_unknown_code_answers_404_and_a_withdrawn_one_410_with_what_took_its_place(
    client, tmp_path
):
    code = drug(tmp_path, 状态="撤销", 替代编码="D9").code
    place = outlet(tmp_path, 状态="撤销", 替代编码="A9").code
    unknown = client.get("/api/v1/drugs/Y000")
    assert (unknown.status_code, unknown.get_json()["code"]) == (404, "not_found")
    for path in (f"drugs/{code}", f"offers?drug={code}", f"outlets/{place}"):
        answer = client.get(f"/api/v1/{path}")
        told = answer.get_json()
        assert (answer.status_code, told["status"], told["code"]) == (410, 410, "gone")
        assert told["errors"]["replaced_by"] in ("D9", "A9")


def test_an_offers_code_names_the_observation_and_stays_with_it(client, tmp_path):
    product = drug(tmp_path)
    outlet(tmp_path)

    def shown():
        return client.get(f"/api/v1/offers?drug={product.code}").get_json()["items"][0]["offer"]

    price(tmp_path, product)
    first = shown()
    take("outlets", sheet(tmp_path, [AN_OUTLET | {"区县": "和平区", "纬度": "41.79"}]))
    drug(tmp_path, 中选价="3.30")
    price(tmp_path, product, 观测日期="2026-11-10", 价格="9.90")
    assert shown() == first
    price(tmp_path, product, 观测日期="2026-11-21")
    assert shown() != first
