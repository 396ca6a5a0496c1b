"""The terms of a policy pack about what WeChat pushes: how long it is kept, how often tried."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Pushes(Sourced):
    """For how many days a push is kept; how often one that fails is tried, the first time again
    after `first_wait_s` seconds, each further time after twice as many, up to `most_wait_s`."""

    keep_days: int
    tries: int
    first_wait_s: int
    most_wait_s: int
