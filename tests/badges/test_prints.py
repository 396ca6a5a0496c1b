"""What the printed pages say: no price that is not there, no sign without a badge."""

import re

import pytest
import segno

from backend.catalog.diseases import diseases
from miniprogram_api.paper import BOARD_ROWS, LABELS, fit, sheets
from miniprogram_api.qr import MASK, QUIET, drawn
from tests.badges.days import ENDED, LEFT, NEVER, SUSPENDED
from tests.conftest import living
from tests.makers import drug, outlet, price


@pytest.fixture
def sold(hand_in, tmp_path):
    """A drug that A1 sells above its winning price."""
    hand_in({})
    one = drug(tmp_path)
    price(tmp_path, one, 价格="4.00")
    return one


def squares(drawing):
    """The dark squares a path draws, without the white around."""
    dark = set()
    for x, y, long in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawing.path):
        dark |= {(int(x) + n - QUIET, int(y) - QUIET) for n in range(int(long))}
    return dark


@pytest.mark.parametrize("text", ["A", "https://sanjin.example.cn/b/" + "x" * 119, "中选价" * 40])
def test_a_code_is_drawn_square_for_square(text):
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    wanted = {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    drawing = drawn(text)
    assert squares(drawing) == wanted
    assert drawing.size == len(matrix) + 2 * QUIET


def test_a_label_shows_both_prices_in_one_unit_with_batch_phone_and_day(sold, look):
    page = look("/outlets/A1/labels")
    for words in (
        "盐酸二甲双胍片", "0.5g×60片", "甲药业有限公司", "<b>3.40</b><small>元/盒</small>",
        "<b>4.00</b><small>元/盒</small>", "第三批", "咨询投诉 12393", "2026-11-24 印",
        "演示：假定仍有效", "演示价签",
    ):  # fmt: skip
        assert words in page, words


def test_without_a_winning_price_in_force_a_label_says_so(hand_in, look, tmp_path):
    hand_in({})
    price(tmp_path, drug(tmp_path, 效力="已到期"), 价格="4.00")
    for path in ("labels", "board"):
        page = look(f"/outlets/A1/{path}")
        assert "没有现行价" in page
        assert "3.40" not in page
        assert "4.00" in page


def test_the_code_of_a_label_leads_to_the_drug_at_this_outlet(sold, look, tmp_path):
    other = drug(tmp_path, 通用名="格列齐特片", 规格="30mg", 包装="30mg*30")
    price(tmp_path, other)
    wanted = drawn(f"http://localhost/outlets/A1?drug={sold.code}")
    assert wanted.path in look("/outlets/A1/labels", drug=sold.code)
    page = look(f"/outlets/A1?drug={sold.code}")
    assert "盐酸二甲双胍片" in page
    assert "格列齐特片" not in page


def test_codes_lead_to_the_address_people_use(tmp_path, cache):
    with living(tmp_path, cache, public_url="https://sanjin.example.cn") as app:
        outlet(tmp_path)
        page = app.test_client().get("/outlets/A1/badge").get_data(as_text=True)
        (link,) = re.findall(r'href="(https://sanjin.example.cn/b/[\w-]+)"', page)
        assert drawn(link).path in page


def test_fewer_are_printed_by_choosing_by_words_and_by_disease(sold, look, tmp_path):
    for n in range(3):
        price(tmp_path, drug(tmp_path, 通用名=f"演示药{n}片", 病种="高血压"))

    def names(path, **asked):
        page = look(f"/outlets/A1/{path}", **asked)
        return set(re.findall(r"(演示药\d片|盐酸二甲双胍片)</(?:h2|span)>", page))

    for path in ("labels", "board"):
        assert len(names(path)) == 4
        assert names(path, category="hypertension") == {f"演示药{n}片" for n in range(3)}
        assert names(path, q="演示药1") == {"演示药1片"}
        assert names(path, drug=sold.code) == {"盐酸二甲双胍片"}
        assert "没有可以印的药" in look(f"/outlets/A1/{path}", drug="X")
    chooser = look("/outlets/A1/print", category="hypertension")
    assert chooser.count('name="drug"') == 3
    assert "高血压 3" in chooser


def test_diseases_of_few_drugs_stand_behind_those_of_many(sold, look, tmp_path):
    names = [one.name for one in diseases() if one.code != "diabetes"][:14]
    for n in range(2):
        some = "、".join(names[n:])
        price(tmp_path, drug(tmp_path, 通用名=f"演示药{n}片", 病种=some))
    shown, hidden = look("/outlets/A1/print").split("更多病种（3）")
    assert f"{names[1]} 2" in shown
    assert f"{names[0]} 1" in hidden
    assert '<details class="plain"><summary>' in shown
    chosen = look("/outlets/A1/print", category=diseases()[0].code)
    assert '<details class="plain" open>' in chosen


@pytest.mark.parametrize(
    ("row", "why"),
    [(SUSPENDED, "货款逾期"), (LEFT, "自愿退出"), (ENDED, "2026-11-23"),
     ({"状态": "撤销"}, "不再使用"), (NEVER, "未参加三进")],
    ids=["suspended", "left", "expired", "withdrawn", "never"],
)  # fmt: skip
def test_a_badge_that_is_lost_prints_no_sign_but_says_why(hand_in, look, row, why):
    if row is not NEVER:
        hand_in({})
    hand_in(row)
    page = look("/outlets/A1/sign", status=409)
    assert why in page
    assert "集采药品专柜" not in page
    assert 'class="qr"' not in page


def test_a_sign_says_whose_it_is_since_when_and_whom_to_call(sold, look):
    page = look("/outlets/A1/sign")
    for words in ("集采药品专柜（区）", "演示沈河社区卫生服务中心01", "2026-03-01 起参加", "12393",
                  "演示，不是真实标牌"):  # fmt: skip
        assert words in page


def test_a_notice_board_has_the_verdict_and_numbers_its_sheets(sold, look):
    page = look("/outlets/A1/board")
    assert "偏离中选价" in page
    assert "第 1 张，共 1 张" in page


def test_a_size_nobody_offers_is_refused_by_name(sold, look):
    assert "大小" in look("/outlets/A1/labels?size=1x1", status=422)
    assert "大小" in look("/outlets/A1/sign?size=a0", status=422)


def test_sheets_are_filled_one_after_another():
    assert sheets(list(range(21)), 10) == [list(range(10)), list(range(10, 20)), [20]]
    assert sheets([], 10) == []
    for size in LABELS.values():
        assert (size.width * size.across <= 190, size.height * size.down <= 277) == (True, True)
    assert BOARD_ROWS == 8


def test_a_longer_name_is_never_set_larger():
    steps = [fit("药" * n) for n in range(60)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, 4)
    assert fit("a" * 16) < fit("药" * 16)
