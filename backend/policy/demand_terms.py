"""The terms of a policy pack about drugs that are not to be had: who buys, what is counted."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Channel(Sourced):
    """A way a drug that was bought for an outlet (代采) comes to it, and when it is taken."""

    name: str
    plain: str


@dataclass(frozen=True, kw_only=True)
class ProxyBuying(Sourced):
    """For which kinds of outlets others buy (代采), in plain words, and how drugs come there."""

    kinds: tuple[str, ...]
    plain: str
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Demand(Sourced):
    """How unmet demand is counted: from how many askers on it is shown, how many days fewer are
    kept and how many days all, and how many metres away is out of reach."""

    small_count: int
    small_days: int
    keep_days: int
    reach_m: int
