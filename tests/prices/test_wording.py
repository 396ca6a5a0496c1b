"""What people read about a price: a word, a shape, one sentence with the numbers, the reason."""

import re
from dataclasses import replace
from datetime import date

import pytest

from backend.policy.packs import pack_on
from backend.policy.payment import PaymentStandard, self_pay
from backend.prices import belief_wording, wording
from backend.prices.bands import Band
from backend.prices.rules import CODES, Facts, judge

DAY = date(2026, 11, 22)
PACK = pack_on("shenyang", DAY)
BAND = Band(416, 500, 650, 137, "band-1", DAY)
FACTS = Facts("chain_pharmacy", True, True, None, "won", "in_force", 435, 435, BAND)


def verdict(**changes):
    return judge(replace(FACTS, **changes), PACK)


def test_every_verdict_has_the_word_and_shape_of_the_published_list():
    assert {code: "".join(wording.LABELS[code][:2]) for code in CODES} == {
        "compliant": "达标●",
        "in_band": "可加价区间内◐",
        "above_band": "略高于区间◒",
        "clearly_high": "明显偏高▲",
        "off_winning": "偏离中选价▲",
        "undetermined": "无法判定○",
        "not_applicable": "不适用–",
    }


def test_a_comparison_is_named_a_comparison():
    assert wording.label(verdict(joined=False)).word == "对比"
    assert wording.label(verdict()).word == "达标"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "和中选价一样。"),
        ({"asked_fen": 420}, "每盒比中选价便宜 0.15 元。"),
        ({"asked_fen": 480}, "每盒比中选价贵 0.45 元，没有超过多数药店的价格（4.16–5.00 元）。"),
        ({"asked_fen": 600}, "每盒比中选价贵 1.65 元，比多数药店（4.16–5.00 元）略高。"),
        ({"asked_fen": 755}, "每盒比中选价贵 3.20 元，比多数药店（4.16–5.00 元）高出很多。"),
        ({"asked_fen": 480, "band": None}, "每盒比中选价贵 0.45 元，现在判不了该不该这样卖。"),
        ({"asked_fen": 436, "outlet_kind": "village_clinic"}, "每盒比中选价贵 0.01 元。"),
        (
            {"asked_fen": 480, "joined": False},
            "只作对比：每盒比中选价贵 0.45 元，没有超过多数药店的价格（4.16–5.00 元）。",
        ),
        ({"standing": "expired"}, "这个药的中选价已经过了执行期，不能再拿来对照。"),
        (
            {"outlet_kind": "private_clinic", "agreement": "free"},
            "这家机构的医保协议没有约定药价上限，没有可以对照的线。",
        ),
    ],
)
def test_the_card_says_it_in_one_sentence(changes, sentence):
    assert wording.explain(verdict(**changes)) == sentence


def test_the_sentence_counts_in_the_drugs_own_package():
    assert wording.explain(verdict(asked_fen=420), unit="瓶").startswith("每瓶")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked_fen": 600}, "超过 6.50 元才算明显偏高"),
        ({"asked_fen": 755}, "按本系统公布的算法，超过 6.50 元就算明显偏高"),
        ({"asked_fen": 480, "band": None}, "不到 10 家"),
        ({"outlet_kind": "village_clinic", "joined": False}, "三进名单里还没有它"),
    ],
)
def test_a_reason_says_the_limit_it_rests_on(changes, words):
    assert words in wording.reason(verdict(**changes))


def every_reason():
    """A verdict for every reason the rules know."""
    for kind in ("village_clinic", "private_clinic", "chain_pharmacy", "city_hospital"):
        for joined in (True, False):
            for asked in (434, 435, 436, 600, 700):
                for agreement in (None, "free", "at_winning"):
                    yield verdict(
                        outlet_kind=kind, joined=joined, asked_fen=asked, agreement=agreement
                    )
    for standing in ("expired", "not_yet", "elsewhere", "unsure", "unlisted_pack", "none"):
        yield verdict(standing=standing)
    yield verdict(designated=False)
    yield verdict(outlet_kind="village_clinic", drug_kind="granule")
    yield verdict(asked_fen=436, band=None)


def test_every_reason_is_a_full_chinese_sentence_and_none_is_idle():
    used = {found.reason for found in every_reason()}
    assert used == set(wording.REASONS)
    for found in every_reason():
        for said in (wording.reason(found), wording.explain(found)):
            assert said.endswith("。")
            assert not re.search(r"[{}A-Za-z]|None", said)


def test_only_the_forbidden_is_worded_as_a_breach():
    for asked in (420, 480, 600):
        found = verdict(asked_fen=asked)
        said = wording.reason(found) + wording.explain(found)
        assert not re.search("违|不得|应当|不能|投诉", said)
        assert wording.label(found).tone in ("good", "fair")
    assert "不得" in wording.reason(verdict(asked_fen=700))


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (0, "good", "今天"), (1, "good", "1 天前"), (30, "good", "30 天前"),
        (31, "fair", "31 天前，可能已变"), (90, "poor", "90 天前，很可能已变"),
        (0, "poor", "今天，很可能已变"), (-1, "good", "日期待核"),
    ],
)  # fmt: skip
def test_the_age_of_a_price_is_said_honestly(days, level, words):
    assert belief_wording.age(days, PACK.freshness, level) == words


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0.0, "0 米"), (420.4, "420 米"), (999.4, "999 米"), (999.6, "1.0 公里"),
        (1234.0, "1.2 公里"), (None, "距离不详"),
    ],
)  # fmt: skip
def test_a_distance_is_said_in_metres_or_kilometres(metres, words):
    assert wording.distance(metres) == words


def test_the_title_of_a_distribution_is_its_answer():
    assert wording.distribution(BAND.as_numbers(), max_fen=1480) == (
        "多数在 4.16–5.00 元，最高 14.80 元"
    )
    flat = replace(BAND, high_fen=416).as_numbers()
    assert wording.distribution(flat, max_fen=416) == "多数在 4.16 元，最高 4.16 元"
    assert "还不够多" in wording.distribution(None, max_fen=416)


@pytest.mark.parametrize(
    ("percent", "words"), [(70, "您大约付 2.41 元"), (None, "超过支付标准的 0.01 元由您自己付")]
)
def test_what_one_pays_is_called_an_estimate_with_its_source(percent, words):
    said = wording.self_pay(self_pay(801, PaymentStandard(800, "某市支付标准", percent)))
    assert said.startswith("估算：")
    assert words in said
    assert "某市支付标准" in said


def test_the_sentences_of_the_price_sheet_say_what_to_do():
    assert "第 18 行" in wording.contradicts(18)
    said = wording.doubtful("二甲双胍片", 4350, 435, 3)
    assert "相差 3 倍以上" in said
    assert "43.50 元" in said
    assert "请核对" in said
    for sentence in (wording.SPECIAL_REFUSED, wording.IN_THE_FUTURE, wording.TOO_OLD):
        assert "请" in sentence
