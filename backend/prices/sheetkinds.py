"""Every kind of sheet the bureau takes in, wired to what must follow from it."""

from backend.catalog.aliases import AliasesKind
from backend.catalog.arrivals import DrugsKind
from backend.catalog.product_codes import ProductCodesKind
from backend.indexing.draining import tell_index
from backend.intake.kinds import Kind, Progress, Tell
from backend.outlets.arrivals import OutletsKind
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices.actions import follow_outlets, note_sellers
from backend.prices.arrivals import PricesKind
from backend.prices.asides import AsideKind
from backend.prices.indexing import sources


def sheet_kinds(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets by key, in the order in which they stand on each other."""

    tell = telling(city)
    kinds: tuple[Kind, ...] = (
        DrugsKind(follow=note_sellers, tell=tell),
        AliasesKind(tell=tell),
        ProductCodesKind(tell=tell),
        OutletsKind(_pack_of(city), follow=follow_outlets, tell=tell),
        PricesKind(_pack_of(city), tell=tell),
    )
    return {kind.key: kind for kind in kinds}


def every_kind(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets, and what is published like one: whoever resumes must know them all."""
    return sheet_kinds(city) | {AsideKind.key: AsideKind(_pack_of(city), tell=telling(city))}


def _pack_of(city):
    def pack() -> Pack:
        return pack_on(city, city_day(outside.clock.now()))

    return pack


def telling(city: str) -> Tell:
    """What tells the index of that city what was noted for it."""

    def tell(progress: Progress) -> None:
        tell_index(sources(city), progress)

    return tell
