"""Made-up towns of offers, written straight into the tables, and the same kept as plain records."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from backend.db import database, run, run_many
from backend.intake.models import FOREVER, Publication
from backend.outlets.models import Outlet
from backend.outlets.places import Position, metres_between
from backend.prices.candidates import Question
from backend.prices.models import Offer
from backend.prices.ranking import rank
from backend.prices.sinking import Since, Trusted

CENTRE = (41.8, 123.43)
KINDS = ("pharmacy_chain", "pharmacy_single", "village_clinic")
DISTRICTS = ("210102", "210103")


@dataclass(frozen=True)
class Sold:
    """One offer a reader may see."""

    outlet_id: int
    outlet_code: str
    place: Position | None
    district: str
    kind: str
    price_fen: int
    in_stock: bool | None
    seen: bool
    source: int = 2
    observed_on: date = date(2026, 11, 20)
    distance_m: float | None = None
    sunk: bool = False


def make(count: int, seed: int) -> list[Sold]:
    """Offers with many ties: few prices, shared doorsteps, some without a position."""
    rng = Random(seed)
    ids = rng.sample(range(1, 10 * count), count)
    doorsteps = [_anywhere(rng) for _ in range(max(1, count // 3))]
    return [
        Sold(
            outlet_id=ids[n], outlet_code=f"A{n:05d}",
            place=None if rng.random() < 0.1 else rng.choice(doorsteps),
            district=rng.choice(DISTRICTS), kind=rng.choice(KINDS),
            price_fen=rng.choice([300, 340, 340, 340, 350, rng.randint(200, 900)]),
            in_stock=rng.choice([True, True, False, None]), seen=rng.random() < 0.9,
            source=rng.choice([2, 2, 4]),
            observed_on=date(2026, 11, 20) - timedelta(days=rng.choice([0, 3, 30, 80, 90, 170])),
        )
        for n in range(count)
    ]  # fmt: skip


def _anywhere(rng):
    return rng.gauss(CENTRE[0], 0.02), rng.gauss(CENTRE[1], 0.03)


def trusted(offers: list[Sold]) -> Trusted:
    """What is believed of a town: by kind and source since another day, a tenth doubted."""
    shops = Since(KINDS[:2], 2, "2026-09-01"), Since(KINDS[:2], 4, "2026-08-30")
    clinics = Since(KINDS[2:], 2, "2026-06-05"), Since(KINDS[2:], 4, "2026-06-01")
    return Trusted((*shops, *clinics), tuple(sold.outlet_id for sold in offers[::10]))


def settle(offers: list[Sold], *, drug_id: int, number: int) -> None:
    """Write a town into the tables and publish it under this number.

    What is not `seen` belongs to the past, to the future, or to an outlet that withdrew.
    """
    with database.atomic():
        for table in (Offer, Outlet):
            table.delete().execute()
        run_many(
            "INSERT INTO outlet (id, code, name, kind, district, lat, lon, born, withdrawn_on,"
            " chain, address, hours, phone, designated, special, proxy_buyer, agreement, demo,"
            " source, replaced_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, '', '', '', '', TRUE, FALSE, '', '', TRUE, '',"
            " '')",
            [_outlet(sold) for sold in offers],
        )
        run_many(
            "INSERT INTO offer (drug_id, outlet_id, born, died, key, outlet_code, price_fen,"
            " in_stock, observed_on, source, lat, lon, district, kind)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_offer(sold, drug_id, number) for sold in offers],
        )
        Publication.raise_to(number)
    run("ANALYZE")


def _outlet(sold):
    gone = "2026-11-01" if _fate(sold) == 0 else None
    lat, lon = sold.place or (None, None)
    return sold.outlet_id, sold.outlet_code, "演示", sold.kind, sold.district, lat, lon, gone


def _fate(sold):
    """Why nobody sees it: 0 the outlet withdrew, 1 the offer ended, 2 it is not published yet."""
    return None if sold.seen else sold.outlet_id % 3


def _offer(sold, drug_id, number):
    born = number + 1 if _fate(sold) == 2 else number
    died = number if _fate(sold) == 1 else FOREVER
    born = born - 1 if _fate(sold) == 1 else born
    lat, lon = sold.place or (None, None)
    stock = None if sold.in_stock is None else int(sold.in_stock)
    return (
        drug_id, sold.outlet_id, born, died, sold.outlet_id * 7, sold.outlet_code, sold.price_fen,
        stock, sold.observed_on.isoformat(), sold.source, lat, lon, sold.district, sold.kind,
    )  # fmt: skip


def answer(offers: list[Sold], asked: Question) -> list[Sold]:
    """All offers that answer a question, in order, found by looking at every one."""
    found = [_measured(sold, asked) for sold in offers if sold.seen]
    return rank(
        [sold for sold in found if _fits(sold, asked)], asked.order, fen_per_km=asked.fen_per_km
    )


def _measured(sold, asked):
    metres = metres_between(asked.origin, sold.place) if asked.origin and sold.place else None
    return replace(sold, distance_m=metres, sunk=_has_sunk(sold, asked.trusted))


def _has_sunk(sold, trusted):
    if trusted is None:
        return False
    first = {
        (kind, one.source): date.fromisoformat(one.day)
        for one in trusted.since for kind in one.kinds
    }  # fmt: skip
    return sold.observed_on < first[sold.kind, sold.source] or sold.outlet_id in trusted.doubted


def _fits(sold, asked):
    near = asked.origin is None or asked.radius_m is None or (
        sold.distance_m is not None and sold.distance_m <= asked.radius_m
    )  # fmt: skip
    return (
        near
        and asked.district in ("", sold.district)
        and asked.kind in ("", sold.kind)
        and (asked.at_most_fen is None or sold.price_fen <= asked.at_most_fen)
        and (asked.in_stock is None or sold.in_stock is asked.in_stock)
        and (asked.outlet_ids is None or sold.outlet_id in asked.outlet_ids)
    )
