"""Rows about the whole: what this data is, its dictionary, figures anybody can count again."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tomllib import loads as toml

from backend.catalog import editions
from backend.catalog.models import Edition
from backend.opendata import wording
from backend.opendata.moment import Moment
from backend.opendata.shapes import tables
from backend.outlets.lookups import has_demo_data

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"

# Where on the site a figure stands.
_PAGES = {"edition": "/lists", "outlets.badge": "/outlets", "outlets.district": "/outlets",
          "outlets.kind": "/outlets"}  # fmt: skip


def meta(moment: Moment) -> Iterator[tuple]:
    """What this data is."""
    facts = {
        "day": moment.day.isoformat(),
        "city": moment.pack.city_name,
        "pack": moment.pack.id,
        "method": moment.pack.band.version,
        "software": software(),
        "demo": str(has_demo_data()).lower(),
        "small_count": str(moment.terms.small_count),
        "licence": moment.terms.licence,
        "currency": "CNY",
        "system": "GCJ-02",
    }
    yield from sorted((name, value, wording.META[name]) for name, value in facts.items())


def software() -> str:
    """The version of the program."""
    return toml(_PROJECT.read_text(encoding="utf-8"))["project"]["version"]


def dictionary(moment: Moment) -> Iterator[tuple]:
    """Every column of every table."""
    for name, table in sorted(tables().items()):
        for number, one in sorted(enumerate(table.columns, 1), key=lambda pair: pair[1].name):
            yield (
                name, one.name, number, one.title, one.type, one.unit, one.about, one.ref,
                "、".join(one.values),
            )  # fmt: skip


def figure(moment: Moment) -> Iterator[tuple]:
    """The figures, by name."""
    counted: dict[str, float] = dict(_editions(moment))
    counted |= _drugs(moment) | _outlets(moment) | _prices(moment)
    for name, value in sorted(counted.items()):
        unit, about = wording.FIGURES[_kind(name)]
        yield name, value, unit, _PAGES.get(_kind(name)), about


def _kind(name):
    return next((n for n in (name, *_above(name)) if n in wording.FIGURES), "")


def _above(name):
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _editions(moment):
    for kind in editions.LISTS:
        for one in Edition.select().where(Edition.list == kind):
            yield f"edition.{kind}.{one.number}", editions.count(one)
        one = Edition.in_force(kind, moment.day)
        if one:
            yield f"edition.{kind}", editions.count(one)


def _drugs(moment):
    used = [drug for drug in moment.drugs.values() if drug.in_use]
    won = sum(1 for drug in used if drug.winning_fen is not None)
    return {"drugs": len(used), "drugs.won": won, "bands": len(moment.bands)}


def _outlets(moment):
    counts: Counter[str] = Counter()
    for outlet in moment.outlets.values():
        if outlet.in_use:
            counts["outlets"] += 1
            counts[f"outlets.badge.{outlet.badge['state']}"] += 1
            counts[f"outlets.district.{outlet.district}"] += 1
            counts[f"outlets.kind.{outlet.kind}"] += 1
    return {"outlets": 0} | dict(counts)


def _prices(moment):
    names = ("price", "price.with_winning", "price.at_or_below_winning")
    told: dict[str, float] = dict.fromkeys(names, 0)
    told.update(moment.told)
    if told["price.with_winning"]:
        part = (
            Decimal(100 * moment.told["price.at_or_below_winning"])
            / moment.told["price.with_winning"]
        )
        share = part.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        told["price.share_at_or_below_winning"] = float(share)
    return told
