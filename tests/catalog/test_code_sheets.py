"""Codes on boxes come with a sheet: each stands for one product, whole or not at all."""

import pytest

from backend.catalog.models import ProductCode
from backend.intake.models import Delivery, Staged
from tests.makers import A_DRUG, checked, diff, problems, refused, sheet, take

TRACE, EAN = "8123456", "6901234567892"
WHOLE = f"{TRACE}9876543210123"


def row(code=TRACE, drug="D1", source="企业申报"):
    return {"码": code, "药品编码": drug, "来源": source}


@pytest.fixture
def products(house, tmp_path):
    drugs = [A_DRUG | {"药品编码": code, "医保编码": f"N{code}"} for code in ("D1", "D2")]
    take("drugs", sheet(tmp_path, drugs))


def told():
    return {(one.kind, one.code): (one.drug.code, one.source) for one in ProductCode.seen()}


def test_each_kind_of_code_is_known_by_how_it_looks(products, tmp_path):
    rows = [row(), row(EAN, "ND2"), row("86900000000001", "D2")]
    assert take("product_codes", sheet(tmp_path, rows)).state == "published"
    assert told() == {
        ("trace", TRACE): ("D1", "企业申报"),
        ("gtin", f"0{EAN}"): ("D2", "企业申报"),
        ("base", "86900000000001"): ("D2", "企业申报"),
    }


def test_a_whole_trace_code_in_the_sheet_is_cut_before_anything_is_written(products, tmp_path):
    take("product_codes", sheet(tmp_path, [row(WHOLE), row(f"(01)0{EAN}(21)SECRET7")]))
    assert set(told()) == {("trace", TRACE), ("gtin", f"0{EAN}")}
    refused("product_codes", sheet(tmp_path, [row(WHOLE, "D9"), row(WHOLE), row(WHOLE, "D2")]))
    written = str([*Delivery.select().dicts(), *Staged.select().dicts()])
    assert WHOLE[7:] not in written
    assert "SECRET7" not in written


def test_a_sheet_with_an_error_stays_out_whole_and_says_in_which_row(products, tmp_path):
    rows = [row(), row("6901234567893"), row("国药准字H20052330"), row(EAN, "D9"), row(drug="D2")]
    found = problems(refused("product_codes", sheet(tmp_path, rows)))
    assert [(at, column) for at, column, _, _ in found] == [
        (3, "码"), (4, "码"), (5, "药品编码"), (6, "码"),
    ]  # fmt: skip
    assert "校验位" in found[0][3]
    assert "药品表" in found[1][3]
    assert "第 2 行矛盾" in found[3][3]
    assert told() == {}


def test_the_source_must_be_told(products, tmp_path):
    found = problems(refused("product_codes", sheet(tmp_path, [row(source="")])))
    assert [(at, column) for at, column, _, _ in found] == [(2, "来源")]


def test_a_code_may_be_given_to_another_product_and_leaves_with_the_list(products, tmp_path):
    take("product_codes", sheet(tmp_path, [row(), row(EAN)]))
    changed = sheet(tmp_path, [row(drug="D2")], name="changed.csv")
    assert diff(checked("product_codes", changed)) == {"changed": 1}
    take("product_codes", changed)
    assert told()["trace", TRACE] == ("D2", "企业申报")
    take("product_codes", changed, whole=True)
    assert set(told()) == {("trace", TRACE)}


def test_the_same_sheet_again_changes_nothing(products, tmp_path):
    take("product_codes", sheet(tmp_path, [row(), row(), row(EAN)]))
    again = sheet(tmp_path, [row(EAN), row()], name="again.csv")
    assert diff(checked("product_codes", again)) == {"unchanged": 2}
