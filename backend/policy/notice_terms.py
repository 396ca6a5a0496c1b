"""The terms of a policy pack about messages to people: when nobody is woken, what is joined."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Notices(Sourced):
    """Quiet from one hour of the city to another (both alike: never), seconds a case gathers, and
    seconds after his own last act in which somebody counts as awake; days a message is kept."""

    quiet_from: int
    quiet_to: int
    gather_s: int
    just_now_s: int
    keep_days: int
