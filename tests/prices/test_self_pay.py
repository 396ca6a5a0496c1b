"""What a person would pay, where a payment standard with its source is known."""

import pytest

from backend.errors import BatchRefused
from backend.prices.lookups import offers
from tests.makers import drug, outlet, price


def test_a_known_payment_standard_gives_an_estimate_with_its_source(house, tmp_path):
    product = drug(tmp_path, 支付标准="3.40", 支付标准来源="沈阳市医保局公告（测试）")
    outlet(tmp_path)
    price(tmp_path, product, 价格="3.90")
    told = offers(product.code)["items"][0]["self_pay"]
    assert (told["within_fen"], told["above_fen"], told["own_fen"]) == (340, 50, None)
    assert told["estimate"]
    assert "估算" in told["text"]
    assert "沈阳市医保局公告（测试）" in told["text"]


def test_without_a_payment_standard_nothing_is_estimated(house, tmp_path):
    product = drug(tmp_path)
    outlet(tmp_path)
    price(tmp_path, product)
    assert offers(product.code)["items"][0]["self_pay"] is None


def test_a_payment_standard_without_its_source_is_refused(house, tmp_path):
    with pytest.raises(BatchRefused, match="支付标准来源"):
        drug(tmp_path, 支付标准="3.40")
