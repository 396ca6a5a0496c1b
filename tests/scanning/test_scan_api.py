"""A scanned code asked of the API: the product, its price, who sells it, what a price is worth."""

import pytest

from backend.catalog.models import Drug
from tests.makers import A_DRUG, sheet, take
from tests.miniprogram.promises import answers_of, broken

WON, TRACE, EAN = "Y0C7BAP1ZXC", "0000007", "9520000000073"
SERIAL = "8123456789012"
PACKS = {"P30": "0.5g*30", "P60": "0.5g*60"}


@pytest.fixture
def packs(town, tmp_path):
    """One approval number, two packs."""
    rows = [
        A_DRUG | {"药品编码": code, "通用名": "演示双包装片", "包装": pack,
                  "批准文号": "国药准字H00000000", "医保编码": f"XA10BAE045A00101018404{n}"}
        for n, (code, pack) in enumerate(PACKS.items())
    ]  # fmt: skip
    take("drugs", sheet(tmp_path, rows))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (TRACE, "trace"), (TRACE + SERIAL, "trace"), (EAN, "gtin"),
        (f"(01)0{EAN}(17)270101(10)AB12(21)XY7", "gtin"), (f"%1D010{EAN}10AB%1D21XY7", "gtin"),
    ],
)  # fmt: skip
def test_a_code_leads_to_its_product_with_price_and_sellers(phone, code, kind):
    found = phone.get(f"/api/v1/scan/{code}")
    assert (found["known"], found["code"]["kind"], found["drug"]["code"]) == (True, kind, WON)
    assert found["drug"]["winning_price_fen"] == 435
    assert (found["demo"], "虚构" in found["note"]) == (True, True)
    assert found["asked"] is None
    assert len(found["offers"]) == 3
    assert found["total"] == phone.get("/api/v1/offers", drug=WON)["total"]


def test_the_sellers_are_the_nearest_ones_as_the_offers_tell_them(phone):
    where = {"lat": 41.796, "lon": 123.455}
    found = phone.get(f"/api/v1/scan/{TRACE}", **where)
    assert found["offers"] == phone.get("/api/v1/offers", drug=WON, page_size=3, **where)["items"]
    shen_he = phone.get(f"/api/v1/scan/{TRACE}", district="210103")["total"]
    assert 0 < shen_he < found["total"]


def test_the_serial_changes_no_byte_of_the_answer(town):
    client = town.test_client()
    short, whole = (client.get(f"/api/v1/scan/{code}") for code in (TRACE, TRACE + SERIAL))
    assert (short.data, short.headers["ETag"]) == (whole.data, whole.headers["ETag"])


def test_an_approval_number_of_several_packs_asks_which(phone, packs):
    found = phone.get("/api/v1/scan/国药准字h00000000", price_fen=340)
    assert [one["code"] for one in found["drugs"]] == list(PACKS)
    assert (found["drug"], found["offers"], found["asked"]) == (None, [], None)
    assert "请对着药盒选" in found["note"]
    chosen = phone.get("/api/v1/scan/H00000000", drug="P60", price_fen=340)
    assert (chosen["drug"]["code"], chosen["asked"]["delta_fen"]) == ("P60", 0)
    refused = phone.get("/api/v1/scan/H00000000", drug=WON, status=422)
    assert "请从下面几种里选" in refused["errors"]["drug"][0]


def test_a_code_of_insurance_names_one_pack(phone, packs):
    assert phone.get("/api/v1/scan/XA10BAE045A001010184041")["drug"]["code"] == "P60"


def test_a_withdrawn_product_is_not_offered(phone, packs):
    Drug.update(withdrawn_on="2026-11-01").where(Drug.code == "P30").execute()
    assert phone.get("/api/v1/scan/H00000000")["drug"]["code"] == "P60"
    Drug.update(withdrawn_on="2026-11-01").where(Drug.code == WON).execute()
    assert phone.get(f"/api/v1/scan/{TRACE}")["known"] is False


@pytest.mark.parametrize("code", ["9999999", "6901234567892", "H99999999", "86900000000001"])
def test_an_unknown_code_says_what_to_do(phone, code):
    found = phone.get(f"/api/v1/scan/{code}", price_fen=500)
    assert (found["known"], found["drugs"], found["asked"]) == (False, [], None)
    assert "换盒上的" in found["advice"][0]
    assert "按药名查" in found["advice"][1]
    assert "12393" in found["advice"][2]


def test_a_wrong_check_digit_is_named(phone):
    refused = phone.get("/api/v1/scan/9520000000074", status=422)
    assert "最后一位是 4，按前面的数字应当是 3" in refused["errors"]["code"][0]
    assert refused["errors"]["code"] == [refused["message"]]


def verdicts(phone, fen):
    asked = phone.get(f"/api/v1/scan/{TRACE}", price_fen=fen)["asked"]
    return asked, {one["place"]["code"]: one["verdict"] for one in asked["verdicts"]}


def test_a_price_is_judged_for_each_class_of_outlets_with_its_clause(phone):
    asked, told = verdicts(phone, 1200)
    assert {name: one["code"] for name, one in told.items()} == {
        "public": "off_winning", "private": "undetermined", "pharmacy": "clearly_high",
    }  # fmt: skip
    assert all(one["clause"] and one["citation"] and one["draft"] for one in told.values())
    assert (asked["delta_fen"], asked["text"]) == (765, "每盒比中选价贵 7.65 元")
    assert "假定" in asked["supposed"]


def test_the_winning_price_itself_is_kept_by_whoever_must_keep_it(phone):
    _, told = verdicts(phone, 435)
    assert (told["public"]["code"], told["pharmacy"]["code"]) == ("compliant", "compliant")


def test_the_verdict_is_the_one_the_offers_tell(phone):
    offers = phone.get("/api/v1/offers", drug=WON, kind="chain_pharmacy", page_size=100)["items"]
    joined = [one for one in offers if one["outlet"]["badge"]["state"] == "active"]
    assert joined
    for one in joined[:5]:
        assert verdicts(phone, one["price_fen"])[1]["pharmacy"] == one["verdict"]


@pytest.mark.parametrize(
    ("asked", "field"), [({"price_fen": 0}, "price_fen"), ({"lat": 41.8}, "lon"),
                         ({"district": "1"}, "district"), ({"serial": "1"}, "serial")]
)  # fmt: skip
def test_what_cannot_be_used_is_named(phone, asked, field):
    assert field in phone.get(f"/api/v1/scan/{TRACE}", status=422, **asked)["errors"]


def test_every_answer_is_as_the_description_promises(phone, packs):
    document = phone.get("/api/openapi.json")
    schema = answers_of(document, "/api/v1/scan/{code}")
    for path in (f"{TRACE}?price_fen=1200", "H00000000", "9999999", "H00000000?drug=P30"):
        assert list(broken(phone.get(f"/api/v1/scan/{path}"), schema, document)) == []
