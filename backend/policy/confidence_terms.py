"""The terms of a policy pack about how far what was seen may still be trusted, by its age."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from backend.policy.sourced import Sourced

SourceCode = Literal["report", "declaration", "monitoring", "receipt", "inspection"]


@dataclass(frozen=True, kw_only=True)
class Trust(Sourced):
    """How far a source is trusted on the day (percent), and in how many days half of it is gone."""

    start_percent: int
    half_life_days: int
    stock_half_life_days: int


@dataclass(frozen=True, kw_only=True)
class Pace(Sourced):
    """How long prices and stock keep at a class of outlets: percent of the source's half-life."""

    price_percent: int = 100
    stock_percent: int = 100


@dataclass(frozen=True, kw_only=True)
class Confidence(Sourced):
    """How confidence falls with age and with every independent report against it.

    Below `fair_percent` what was seen may have changed, below `poor_percent` it probably has and
    sinks in every order. Each independent report leaves `doubt_percent` of the confidence; how many
    said so is told from `told_from` on, since one alone might be known to the outlet.
    """

    fair_percent: int
    poor_percent: int
    doubt_percent: int
    told_from: int
    sources: Mapping[SourceCode, Trust]
    classes: Mapping[str, Pace]
