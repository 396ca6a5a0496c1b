"""The terms of a policy pack about watching what pharmacies ask: the volume-price index."""

from dataclasses import dataclass
from typing import Literal

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Monitoring(Sourced):
    """The index that pharmacies' prices are watched with, and how it is computed here.

    An outlet has one from `min_drugs` drugs on, a drug counts from `min_pharmacies` pharmacies on;
    prices count for `window_days` days. What they are compared with is the `reference_percent`
    nearest rank; a ratio outside `low_permille` to `high_permille` counts as that bound.
    """

    name: str
    version: str
    period: Literal["month"]
    min_drugs: int
    min_pharmacies: int
    window_days: int
    reference_percent: int
    weights: Literal["equal"]
    low_permille: int
    high_permille: int
