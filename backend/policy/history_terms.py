"""The terms of a policy pack about how long it is remembered how prices went."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class History(Sourced):
    """For how many days every observation is kept, after which the last of each month stays; and
    for how many days what changed (facts) and the city's prices by day are kept."""

    whole_days: int
    fact_days: int
    price_day_days: int
