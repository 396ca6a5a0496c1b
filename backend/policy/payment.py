"""What insurance reckons with (支付标准) and what is left to pay: always an estimate (估算)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaymentStandard:
    """What insurance reckons with (支付标准), in 分 per pack, and who says so.

    `covered_percent` is the share of it that is paid for this person, None when nobody knows.
    """

    fen: int
    source: str
    covered_percent: int | None = None


@dataclass(frozen=True)
class SelfPay:
    """An estimate (估算) in 分: above the standard, within it, and in all if the share is known."""

    above_fen: int
    within_fen: int
    own_fen: int | None
    source: str
    estimate: bool = True


def self_pay(asked_fen: int, standard: PaymentStandard | None) -> SelfPay | None:
    """What the person would pay, or None where no standard with a source is known."""
    if standard is None or not standard.source.strip():
        return None
    within = min(asked_fen, standard.fen)
    above = asked_fen - within
    own = None
    if standard.covered_percent is not None:
        # Rounded up: an estimate must not promise less than the till may ask.
        own = above - (-within * (100 - standard.covered_percent) // 100)
    return SelfPay(above, within, own, standard.source)
