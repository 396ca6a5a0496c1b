"""How shelf prices stand to the winning price: one invented distribution per sort of outlet.

Public outlets: 96 % at the winning price, 2 % a little below, 2 % a little above (零差价 broken).
Pharmacies in the 三进 list: 45 % at it, 5 % up to 15 % below, 48 % a markup around 12 % (lognormal,
kept within 2–30 %), 2 % two to nearly three times it. Pharmacies that are not in the list, were
suspended or left: 10 % at it, 86 % a markup around 35 % (5–100 %), 4 % two to nearly three times.
Private clinics whose agreement says 按中选价: 85 % at it, 15 % a markup around 5 % (1–15 %); the
others: 40 % at it, 60 % a markup around 25 % (3–80 %). Nothing comes to three times a median, so a
demonstration sheet raises no doubts at import.
"""

from collections.abc import Mapping
from math import exp, log
from random import Random
from typing import NamedTuple

from backend.demo.kinds import PHARMACIES, PRIVATE

POINTS = 4096


def tier_of(outlet: Mapping[str, str]) -> str:
    """Which distribution an outlet's prices are drawn from."""
    joined = outlet["三进状态"] == "在名单"
    if outlet["机构类别"] in PHARMACIES:
        return "joined" if joined else "outside"
    if outlet["机构类别"] == PRIVATE:
        return "agreed" if outlet["价格约定"] == "按中选价" else "free"
    return "public"


class Tier(NamedTuple):
    """Chances of the winning price, less and far more; median, least and most of a markup."""

    at_winning: float
    below: float
    high: float
    median: float
    least: float
    most: float


TIERS = {
    "public": Tier(0.96, 0.02, 0, 0.02, 0.01, 0.05),
    "joined": Tier(0.45, 0.05, 0.02, 0.12, 0.02, 0.30),
    "outside": Tier(0.10, 0, 0.04, 0.35, 0.05, 1.0),
    "agreed": Tier(0.85, 0, 0, 0.05, 0.01, 0.15),
    "free": Tier(0.40, 0, 0, 0.25, 0.03, 0.8),
}


def factors(tier: str, seed: int) -> list[float]:
    """The distribution as equally likely factors on the winning price, ready to be drawn fast."""
    chances, rng = TIERS[tier], Random(f"factors:{seed}:{tier}")
    return [_factor(chances, (point + 0.5) / POINTS, rng) for point in range(POINTS)]


def _factor(tier, share, rng):
    if share < tier.at_winning:
        return 1
    if share < tier.at_winning + tier.below:
        return 1 - rng.uniform(0.01, min(0.15, tier.most))
    if share > 1 - tier.high:
        return rng.uniform(2, 2.8)
    markup = exp(rng.gauss(log(tier.median), 0.5))
    return 1 + min(max(markup, tier.least), tier.most)
