"""Every kind of sheet the bureau takes in, the official figures of the index among them."""

from backend.indexing.draining import tell_index
from backend.intake.kinds import Kind, Progress
from backend.monitoring.arrivals import OfficialKind
from backend.prices import sheetkinds as prices
from backend.prices.indexing import sources


def sheet_kinds(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets by key, in the order in which they stand on each other."""
    return prices.sheet_kinds(city) | _official(city)


def every_kind(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets, and what is published like one: whoever resumes must know them all."""
    return prices.every_kind(city) | _official(city)


def _official(city):
    def tell(progress: Progress) -> None:
        tell_index(sources(city), progress)

    official = OfficialKind(tell=tell)
    return {official.key: official}
