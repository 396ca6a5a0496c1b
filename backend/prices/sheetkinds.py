"""Every kind of sheet the bureau takes in, wired to what must follow from it."""

from backend.catalog.aliases import AliasesKind
from backend.catalog.arrivals import DrugsKind
from backend.catalog.indexing import reindex_cores, reindex_drugs
from backend.intake.kinds import Kind
from backend.outlets.arrivals import OutletsKind
from backend.outlets.indexing import reindex_outlets
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices.actions import follow_outlets
from backend.prices.arrivals import PricesKind


def sheet_kinds(city: str = "shenyang") -> dict[str, Kind]:
    """The kinds of sheets by key, in the order in which they stand on each other."""

    def pack() -> Pack:
        return pack_on(city, city_day(outside.clock.now()))

    kinds: tuple[Kind, ...] = (
        DrugsKind(reindex_drugs),
        AliasesKind(reindex_cores),
        OutletsKind(pack, follow=follow_outlets, reindex=reindex_outlets),
        PricesKind(),
    )
    return {kind.key: kind for kind in kinds}
