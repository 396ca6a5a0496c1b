"""Every kind of sheet the bureau takes in, the official figures of the index among them."""

from backend.intake.kinds import Kind
from backend.monitoring.arrivals import OfficialKind
from backend.prices import sheetkinds as prices


def sheet_kinds(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets by key, in the order in which they stand on each other."""
    return prices.sheet_kinds(city) | _official(city)


def every_kind(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets, and what is published like one: whoever resumes must know them all."""
    return prices.every_kind(city) | _official(city)


def _official(city):
    official = OfficialKind(tell=prices.telling(city))
    return {official.key: official}
