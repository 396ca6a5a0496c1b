"""The terms of a policy pack about what residents report: from how many on it counts as what."""

from dataclasses import dataclass

from backend.policy.sourced import Sourced


@dataclass(frozen=True, kw_only=True)
class Outliers(Sourced):
    """Which prices look mistaken: more than `factor` times the median of at least `least` prices of
    the same product, or less than that part of it. They wait for a person, none is dropped."""

    factor: int
    least: int


@dataclass(frozen=True, kw_only=True)
class Reports(Sourced):
    """How reports are counted: days they count and are kept, and from how many askers on what.

    `task_…` askers within `within_days` make a task for staff. `agree` askers who say the same
    price, `agree_same_day` of them on one day, make an observation: askers of different days
    cannot be told apart.
    """

    within_days: int
    task_stock: int
    task_price: int
    task_closed: int
    task_place: int
    agree: int
    agree_same_day: int
    keep_days: int
    per_asker_day: int

    def task_askers(self, what: str) -> int:
        """From how many askers on it is a task: what is "stock", "price", "closed" or "place"."""
        return {
            "stock": self.task_stock,
            "price": self.task_price,
            "closed": self.task_closed,
            "place": self.task_place,
        }[what]
