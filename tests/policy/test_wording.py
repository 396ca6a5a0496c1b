"""What people read about the rules: the place of a rule, the draft, the published methods."""

from dataclasses import replace
from datetime import date

import pytest

from backend.policy import wording
from backend.policy.packs import pack_on
from backend.policy.payment import PaymentStandard, self_pay

PACK = pack_on("shenyang", date(2026, 11, 22))


def test_a_citation_names_the_document_the_clause_and_the_words():
    said = wording.citation(PACK, PACK.price_rules["public"])
    assert said.startswith("《沈阳市关于开展集中带量采购药品")
    assert "（征求意见稿）》三（五）：“公立基层医疗机构严格执行" in said


def test_where_no_document_speaks_the_other_source_is_cited():
    assert wording.citation(PACK, PACK.freshness) == PACK.freshness.source


def test_a_draft_is_said_and_a_document_in_force_is_not():
    assert "征求意见稿" in wording.draft_notice(PACK)
    assert wording.draft_notice(replace(PACK, draft=False)) == ""


def test_the_published_method_says_every_number_and_whose_it_is():
    said = "".join(wording.band_method(PACK.band))
    for number in ("30 天", "10 家", "25%", "75%", "30%", "150%", "band-1"):
        assert number in said
    assert "本系统公布的算法" in said
    assert "文件没有说明" in said


def test_the_published_order_says_what_a_kilometre_weighs():
    assert "每公里按 1.00 元" in wording.balanced_order(PACK.ranking)


def test_the_telephone_is_said_with_its_name():
    assert wording.consultation(PACK) == "咨询和投诉请拨 12393（国家医保服务热线）。"


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (-1, "unknown"), (0, "today"), (1, "recent"), (3, "recent"), (4, "older"), (31, "older"),
    ],
)  # fmt: skip
def test_a_price_ages_at_the_published_days(days, level):
    assert PACK.freshness.level(days) == level


def test_without_a_payment_standard_that_has_a_source_nothing_is_estimated():
    assert self_pay(1000, None) is None
    assert self_pay(1000, PaymentStandard(800, " ", 70)) is None


@pytest.mark.parametrize(
    ("asked", "percent", "parts"),
    [
        (1000, 70, (200, 800, 440)),
        (800, 70, (0, 800, 240)),
        (500, 70, (0, 500, 150)),
        (801, 70, (1, 800, 241)),
        (333, 70, (0, 333, 100)),
        (1000, None, (200, 800, None)),
    ],
)
def test_what_is_above_the_standard_is_paid_by_oneself(asked, percent, parts):
    found = self_pay(asked, PaymentStandard(800, "某市支付标准", percent))
    assert (found.above_fen, found.within_fen, found.own_fen) == parts
    assert found.estimate
