"""The terms of a policy pack about the content check of what residents hand in."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Checking(Sourced):
    """How long WeChat is waited for before a person looks, and how often it is asked.

    `verdict_minutes` is for the verdict on a picture, from the question on; `tries` how often the
    question is put, after pauses that double up to `pause_minutes`; `pieces` into how many long
    words are cut at most. What is decided is noted for `keep_days`, without words or names.
    """

    verdict_minutes: int
    tries: int
    pause_minutes: int
    pieces: int
    keep_days: int
