"""How far what was seen may still be believed: it falls with age and with every report against it,
and only new evidence raises it."""

from bisect import bisect_left
from functools import lru_cache
from typing import Literal, NamedTuple

from backend.policy.confidence_terms import Confidence, Pace, SourceCode

# What is believed less and less: a price, or whether it is in stock.
Matter = Literal["price", "stock"]
MATTERS: tuple[Matter, ...] = ("price", "stock")
LEVELS = GOOD, FAIR, POOR = ("good", "fair", "poor")

# Nothing is believed so long, whatever a pack says.
_LONGEST = 36_500


class Belief(NamedTuple):
    """Whole percent (rounded down), and good, fair (may have changed) or poor (probably has)."""

    percent: int
    level: str


class Decay(NamedTuple):
    """How one matter seen by one source at one class of outlets is believed less: percent on the
    day it was seen, days after which half of that is left."""

    start_percent: int
    half_life_days: float


class Doubts(NamedTuple):
    """How many independent askers contradicted the price, and the stock, since it was seen."""

    price: int = 0
    stock: int = 0


def decay_of(terms: Confidence, matter: Matter, *, source: SourceCode, class_: str | None) -> Decay:
    """How what a source saw fades. Raises KeyError for a source the pack does not know."""
    trust = terms.sources[source]
    pace = terms.classes.get(class_ or "", Pace())
    if matter == "price":
        return Decay(trust.start_percent, trust.half_life_days * pace.price_percent / 100)
    return Decay(trust.start_percent, trust.stock_half_life_days * pace.stock_percent / 100)


def believed(terms: Confidence, decay: Decay, *, days: int, doubts: int = 0) -> Belief:
    """How far it is believed after so many days and so many independent reports against it.

    A day that lies in the future counts as today.
    """
    left = _left(decay, max(days, 0)) * (terms.doubt_percent / 100) ** doubts
    return Belief(int(left), level_of(terms, left))


def level_of(terms: Confidence, percent: float) -> str:
    """What so many percent are called."""
    if percent < terms.poor_percent:
        return POOR
    return FAIR if percent < terms.fair_percent else GOOD


@lru_cache(maxsize=256)
def days_until(decay: Decay, percent: int) -> int:
    """The first age in days at which less than so many percent are left without any report."""
    return bisect_left(range(_LONGEST), True, key=lambda days: _left(decay, days) < percent)


def is_sunk(terms: Confidence, price: Decay, *, days: int, doubts: Doubts) -> bool:
    """Whether an offer goes behind the others: its price has probably changed, or so many said
    it is not to be had that even a price of today would not be believed."""
    if believed(terms, price, days=days, doubts=doubts.price).level == POOR:
        return True
    return believed(terms, price, days=0, doubts=doubts.stock).level == POOR


def _left(decay, days):
    return decay.start_percent * 0.5 ** (days / decay.half_life_days)
