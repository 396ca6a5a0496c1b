"""The terms of a policy pack about whoever signs in: from what age alone, how long what is kept."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Citizens(Sourced):
    """Whoever is younger than `guardian_under` years needs a guardian's consent; the rest is days.

    A session ends `session_days` after it was last used, a person without the consent to personal
    data is forgotten after `unconsented_days`, and the records of consents of whoever had himself
    deleted are kept, cut off from him, until they are `proof_days` old.
    """

    guardian_under: int
    session_days: int
    unconsented_days: int
    proof_days: int
