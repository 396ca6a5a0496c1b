"""Drug sheets: what a row says of a product, how rows and sheets add up."""

import pytest

from backend.catalog.models import Batch, Drug, DrugTag, Win
from backend.outside import outside
from backend.outside.clock import StoppedClock
from search import Query
from tests.conftest import NOW
from tests.makers import A_DRUG, checked, diff, drug, problems, refused, sheet, take

BARE = {"通用名": "盐酸二甲双胍片", "规格": "0.5g", "包装": "0.5g*60", "生产企业": "甲药业有限公司"}


def the_drug():
    return Drug.get()


def test_a_winning_price_needs_strength_firm_and_batch(house, tmp_path):
    row = A_DRUG | {"规格": "", "生产企业": "", "采购批次": ""}
    found = problems(refused("drugs", sheet(tmp_path, [row])))
    assert [column for _, column, *_ in found] == ["规格", "生产企业", "采购批次"]


def test_two_prices_of_one_product_in_one_batch_contradict_and_both_rows_are_named(house, tmp_path):
    path = sheet(tmp_path, [A_DRUG, A_DRUG | {"中选价": "3.50"}])
    ((row, column, value, what),) = problems(refused("drugs", path))
    assert (row, column, value) == (3, "中选价", "3.50")
    assert "第 2 行" in what


def test_rows_of_one_product_in_two_batches_add_up(house, tmp_path):
    path = sheet(tmp_path, [A_DRUG, A_DRUG | {"采购批次": "第四批", "中选价": "3.20"}])
    take("drugs", path)
    assert Drug.select().count() == 1
    assert [(w.batch.name, w.price_fen) for w in Win.select().join(Batch).order_by(Batch.name)] == [
        ("第三批", 340),
        ("第四批", 320),
    ]


def test_a_price_that_is_corrected_replaces_the_one_of_its_batch(house, tmp_path):
    drug(tmp_path)
    drug(tmp_path, 中选价="3.30")
    assert [win.price_fen for win in Win.select()] == [330]


def test_a_batch_may_have_a_colon_in_its_name(house, tmp_path):
    name = "辽宁省:第三批:增补"
    drug(tmp_path, 采购批次=name)
    assert Batch.get().name == name
    again = sheet(tmp_path, [A_DRUG | {"采购批次": name}], name="again.csv")
    assert diff(checked("drugs", again)) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("row", "standing"),
    [
        ({"效力": "执行中"}, "official"),
        ({"效力": "归属待核"}, "unsure"),
        ({"效力": "", "供应本市": "否"}, "elsewhere"),
        ({"效力": "", "供应本市": "待核"}, "unsure"),
        ({"效力": "", "供应本市": "是"}, "historical"),
        ({"效力": "", "供应本市": "是", "有效期止": "2027-01-01"}, "official"),
    ],
)
def test_a_price_never_stands_for_more_than_its_row_can_prove(house, tmp_path, row, standing):
    drug(tmp_path, **row)
    assert Win.get().standing == standing


def test_columns_the_sheet_lacks_keep_what_is_known(house, tmp_path):
    drug(tmp_path, 批准文号="国药准字H1", 包装数量="60", 计量单位="片")
    code = the_drug().code
    before = Drug.select().dicts().get()
    take(
        "drugs", sheet(tmp_path, [{"药品编码": code, "通用名": "盐酸二甲双胍片", "商品名": "甲牌"}])
    )
    after = Drug.select().dicts().get()
    assert after == before | {"brand": "甲牌"}
    assert [tag.tag for tag in DrugTag.select()] == ["diabetes"]
    assert Win.get().price_fen == 340


def test_an_empty_cell_empties_but_an_empty_yes_or_no_is_no_change(house, tmp_path):
    row = A_DRUG | {"批准文号": "国药准字H1", "特药": ""}
    take("drugs", sheet(tmp_path, [row]))
    assert diff(checked("drugs", sheet(tmp_path, [row], name="again.csv"))) == {"unchanged": 1}
    take("drugs", sheet(tmp_path, [row | {"批准文号": ""}]))
    assert the_drug().approval_no == ""


def test_what_sort_of_medicine_it_is_does_not_undo_a_win(house, tmp_path):
    drug(tmp_path)
    take("drugs", sheet(tmp_path, [BARE | {"药品类别": "西药"}]))
    assert (Drug.select().count(), the_drug().kind) == (1, "won")


def test_the_strength_and_the_count_are_read_from_the_pack(house, tmp_path):
    take("drugs", sheet(tmp_path, [BARE | {"规格": "", "包装": "0.5g*10片*2板", "剂型": "片剂"}]))
    drug_ = the_drug()
    assert (drug_.strength, drug_.pack_qty, drug_.pack_unit) == ("0.5g", 20, "片")


def test_a_withdrawn_row_withdraws_and_counts_as_withdrawn(house, tmp_path):
    drug(tmp_path)
    delivery = checked("drugs", sheet(tmp_path, [A_DRUG | {"状态": "撤销"}]))
    assert diff(delivery) == {"withdrawn": 1}
    take("drugs", sheet(tmp_path, [A_DRUG | {"状态": "撤销"}]))
    assert the_drug().withdrawn_on.isoformat() == "2026-11-24"
    assert outside.index.find(Query("二甲双胍")).ids == []


def test_the_first_day_of_a_withdrawal_stays(house, tmp_path):
    gone = A_DRUG | {"状态": "撤销"}
    drug(tmp_path, 状态="撤销")
    outside.clock = StoppedClock(NOW.replace(day=26))
    assert diff(checked("drugs", sheet(tmp_path, [gone], name="again.csv"))) == {"unchanged": 1}
    drug(tmp_path, 状态="撤销", 替代编码="D9")
    assert (the_drug().withdrawn_on.isoformat(), the_drug().replaced_by) == ("2026-11-24", "D9")


def test_a_product_that_is_in_use_again_is_found_again(house, tmp_path):
    drug(tmp_path, 状态="撤销")
    drug(tmp_path, 状态="在用")
    assert the_drug().withdrawn_on is None
    assert outside.index.find(Query("二甲双胍")).ids == [the_drug().code]


def test_a_day_of_withdrawal_is_the_citys(house, tmp_path):
    """At half past seven in the city it is still yesterday in UTC."""
    take("drugs", sheet(tmp_path, [A_DRUG, BARE | {"通用名": "甲片"}]))
    outside.clock = StoppedClock(NOW.replace(day=25, hour=23, minute=30))
    take("drugs", sheet(tmp_path, [A_DRUG]), whole=True)
    gone = Drug.get(Drug.generic_name == "甲片")
    assert gone.withdrawn_on.isoformat() == "2026-11-26"
