"""What the search index is told of outlets."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from backend.catalog import editions
from backend.db import run
from backend.outlets import naming
from backend.outlets.lookups import NO_BADGE, badges, district_name
from backend.outlets.models import Outlet
from search import Document


class Shelf(NamedTuple):
    """Public codes of the drugs an outlet sells, and of those at or below their winning price."""

    sells: tuple[str, ...] = ()
    at_winning: tuple[str, ...] = ()


NOTHING = Shelf()


def outlet_codes() -> list[str]:
    """The code of every outlet that can be found."""
    return [outlet.code for outlet in Outlet.seen().where(Outlet.withdrawn_on.is_null())]


def outlets_in_use(codes: Sequence[str]) -> list[Outlet]:
    """Those of these outlets that can be found."""
    return list(Outlet.seen().where(Outlet.code.in_(list(codes)), Outlet.withdrawn_on.is_null()))


_ORDERING = """
SELECT code, name, address, district, chain, lat, lon FROM outlet WHERE code IN ({codes})
"""


def marks(codes: Sequence[str]) -> dict[str, str]:
    """What the place of each of these outlets in a list depends on: never what it sells."""
    rows = run(_ORDERING.format(codes=", ".join("?" * len(codes)) or "NULL"), *codes).fetchall()
    return {row[0]: repr(row[1:]) for row in rows}


def documents(outlets: Sequence[Outlet], day: date, shelves: Mapping[int, Shelf]) -> list[Document]:
    """These outlets as documents of the index, as they stand on a day; shelves by outlet id."""
    worn = badges([outlet.id for outlet in outlets], day)
    _, named = editions.naming("outlets", [outlet.code for outlet in outlets], day)
    return [
        _document(
            outlet,
            badge=worn.get(outlet.id, NO_BADGE)["state"],
            listed=outlet.code in named,
            shelf=shelves.get(outlet.id, NOTHING),
        )
        for outlet in outlets
    ]


def _document(outlet, *, badge, listed, shelf):
    district = district_name(outlet.district)
    return Document(
        id=outlet.code,
        kind="outlets",
        name=outlet.name,
        core=naming.core(outlet.name),
        aliases=naming.aliases(
            outlet.name, chain=outlet.chain, district=district, address=outlet.address
        ),
        tags=(district,),
        maker=outlet.chain,
        place=None if outlet.lat is None else (outlet.lat, outlet.lon),
        facts={
            "district": outlet.district, "kind": outlet.kind, "badge": badge,
            "listed": int(listed), "sells": shelf.sells, "sells_at_winning": shelf.at_winning,
        },
    )  # fmt: skip
