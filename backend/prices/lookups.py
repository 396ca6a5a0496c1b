"""Reading prices: offers of a drug with their verdicts, what an outlet sells, the distribution."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.codes import written
from backend.db import as_day, run
from backend.outlets import lookups as outlets
from backend.outlets.models import Outlet
from backend.outlets.places import Position, districts
from backend.outside import outside
from backend.outside.clock import CITY_TIME
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.policy.wording import draft_notice
from backend.prices import ranking, rules, wording
from backend.prices.bands import Band
from backend.prices.candidates import Place, Question
from backend.prices.continuing import page_with_cursor
from backend.prices.sheets import SOURCES
from backend.prices.shelf import Shelf

_SOURCE_CODES = {weight: code for code, weight in SOURCES.items()}


def city_moment() -> datetime:
    """The city's time now."""
    return outside.clock.now().astimezone(CITY_TIME)


def offers(
    drug_code: str,
    *,
    origin: Position | None = None,
    radius_m: int | None = None,
    district: str = "",
    kind: str = "",
    at_or_below_winning: bool = False,
    in_stock: bool | None = None,
    sort: str = "distance",
    page: int = 1,
    page_size: int = 20,
    cursor: str = "",
    city: str = "shenyang",
) -> dict:
    """Who sells a drug: {items, total, page, page_size, next, degraded, drug}, with verdicts.

    origin is GCJ-02 degrees; without one a district's centre stands in. `cursor` is the `next` of
    the page before and goes before `page`. Raises NotFound and Gone for the drug's code,
    BadCursor.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlets.check_filters(district=district, kind=kind, pack=pack)
    drug = catalog.find(drug_code)
    told = catalog.card(drug, moment.date())
    question = Question(
        drug.id,
        origin=origin or centre_of(district),
        radius_m=radius_m,
        district=district,
        kind=kind,
        at_most_fen=_ceiling(told) if at_or_below_winning else None,
        in_stock=in_stock,
        outlet_ids=allowed_at(drug, moment.date()),
        order=sort,
        fen_per_km=pack.ranking.fen_per_km,
        page=page,
        page_size=page_size,
    )
    found, total, then = page_with_cursor(question, cursor)
    band = band_on(drug.id, moment.date(), pack)
    shown = outlets.cards_of([place.outlet_id for place in found], pack, moment)
    items = [
        offer_card(place, told, shown[place.outlet_id], band=band, pack=pack, moment=moment)
        | {"why": why_card(place, sort, pack)}
        for place in found
    ]
    return {
        "items": items, "total": total, "page": None if cursor else page, "page_size": page_size,
        "next": then, "degraded": False, "drug": told,
    }  # fmt: skip


def centre_of(district: str) -> Position | None:
    """The town centre of a district (GCJ-02), which stands in for a position nobody gave."""
    return next((d.centre for d in districts() if d.code == district), None)


def _ceiling(told):
    # Without a winning price in force nothing is at or below it.
    return told["winning_price_fen"] or 0


def allowed_at(drug: Drug, day: date) -> Sequence[int] | None:
    """The outlets a special drug may be shown at (S12), None where any may sell it."""
    if not drug.special:
        return None
    joined = outlets.joined_ids(day)
    rows = Outlet.select(Outlet.id).where(Outlet.special, Outlet.id.in_(joined)).tuples()
    return [id_ for (id_,) in rows]


def why_card(place: Place, sort: str, pack: Pack) -> dict:
    """Why an offer stands where it stands."""
    why = ranking.why(place, sort, fen_per_km=pack.ranking.fen_per_km)
    return {"code": why.code, "numbers": why.numbers, "text": wording.why(why.code, why.numbers)}


def offer_card(
    place: Place, drug: dict, outlet: dict, *, band: Band | None, pack: Pack, moment: datetime
) -> dict:
    """An offer as people see it: the price, the winning price, the verdict, the age."""
    days = (moment.date() - place.observed_on).days
    source = _SOURCE_CODES[place.source]
    return {
        "offer": offer_code(place.key),
        "drug": drug,
        "outlet": outlet,
        "price_fen": place.price_fen,
        "winning_price_fen": drug["winning_price_fen"],
        "delta_fen": _delta(place.price_fen, drug["winning_price_fen"]),
        "unit_price_fen": catalog.unit_price(place.price_fen, drug["pack_qty"]),
        "at_or_below_winning": rules.at_or_below_winning(
            place.price_fen, drug["winning_price_fen"], drug["standing"]["code"]
        ),
        "verdict": verdict_card(place.price_fen, drug, outlet, band=band, pack=pack),
        "self_pay": self_pay_card(place.price_fen, drug["payment_standard"]),
        "in_stock": place.in_stock,
        "observed_on": place.observed_on.isoformat(),
        "age": {
            "days": days,
            "text": wording.age(days, pack.freshness),
            "stale": pack.freshness.level(days) == "stale",
        },
        "source": {"code": source, "text": wording.SOURCES[source]},
        "distance_m": None if place.distance_m is None else int(place.distance_m + 0.5),
    }


def offer_code(key: int) -> str:
    """The public code of an offer: it names the observation that is shown."""
    return "P" + written(key)


def _delta(price, winning):
    return None if winning is None else price - winning


def verdict_card(
    price_fen: int, drug: dict, outlet: dict, *, band: Band | None, pack: Pack
) -> dict:
    """The verdict on a price as people see it, with the clause and the numbers."""
    verdict = rules.judge(
        rules.Facts(
            outlet_kind=outlet["kind"]["code"],
            designated=outlet["designated"],
            joined=outlet["badge"]["state"] == "active",
            agreement=outlet["agreement"],
            drug_kind=judged_kind(drug),
            standing=drug["standing"]["code"],
            winning_fen=drug["winning_price_fen"],
            asked_fen=price_fen,
            band=band,
        ),
        pack,
    )
    label = wording.label(verdict)
    return {
        "code": verdict.code,
        "label": label.word,
        "shape": label.shape,
        "tone": label.tone,
        "text": wording.explain(verdict, unit=drug["package_unit"] or "盒"),
        "clause": verdict.clause,
        "citation": verdict.citation,
        "pack": verdict.pack,
        "draft": draft_notice(pack),
        "numbers": verdict.numbers,
        "reason": {"code": verdict.reason, "text": wording.reason(verdict)},
        "comparison": verdict.comparison,
    }


def judged_kind(drug: dict) -> str:
    """The kind a drug is judged as: where another pack has won, this one's price is unknown."""
    another_pack_won = drug["kind"] == "not_won" and drug["standing"]["code"] == "unlisted_pack"
    return "won" if another_pack_won else drug["kind"]


def self_pay_card(price_fen: int, standard: dict | None) -> dict | None:
    """What a person would pay, named an estimate; None where no 支付标准 with a source is known."""
    known = rules.PaymentStandard(**standard) if standard else None
    estimate = rules.self_pay(price_fen, known)
    return {**vars(estimate), "text": wording.self_pay(estimate)} if estimate else None


def band_on(drug_id: int, day: date, pack: Pack) -> Band | None:
    """The band of a drug as it was last taken by that day with the pack's method."""
    return bands_on([drug_id], day, pack).get(drug_id)


def sold_at(
    outlet_code: str,
    *,
    words: str = "",
    drug: str = "",
    page: int = 1,
    page_size: int = 20,
    cursor: str = "",
    city: str = "shenyang",
) -> dict:
    """An outlet with its badge history and what it sells: {outlet, badge_history, items, total …}.

    Raises NotFound and Gone for the outlet's code, BadCursor.
    """
    moment = city_moment()
    pack = pack_on(city, moment.date())
    outlet = outlets.find(outlet_code)
    told = outlets.cards([outlet], pack, moment)[outlet.id]
    hides_special = not (outlet.special and told["badge"]["state"] == "active")
    shelf = Shelf(outlet.id, outlet.code, words=words, drug=drug, hides_special=hides_special)
    rows, total, then = shelf.page(page, page_size, cursor)
    drugs = catalog.listed_drugs(code for code, _ in rows)
    made = catalog.cards(list(drugs.values()), moment.date())
    bands = bands_on(list(made), moment.date(), pack)
    return {
        "outlet": told,
        "badge_history": outlets.badge_history(outlet, moment.date()),
        "items": [
            offer_card(place, made[drugs[code].id], told, band=bands.get(drugs[code].id), pack=pack,
                       moment=moment)
            for code, place in rows
        ],
        "total": total,
        "page": None if cursor else page,
        "page_size": page_size,
        "next": then,
    }  # fmt: skip


_BANDS = """
SELECT drug_id, low_fen, high_fen, clear_fen, count, method, day FROM band_snapshot
WHERE drug_id IN ({ids}) AND method = ? AND day BETWEEN ? AND ? ORDER BY day
"""


def bands_on(drug_ids: Sequence[int], day: date, pack: Pack) -> dict[int, Band]:
    """The bands of these drugs by id, as they were last taken by that day."""
    first = day - timedelta(days=pack.band.window_days)
    rows = run(
        _BANDS.format(ids=", ".join("?" * len(drug_ids)) or "NULL"),
        *drug_ids, pack.band.version, first.isoformat(), day.isoformat(),
    )  # fmt: skip
    return {
        drug_id: Band(low, high, clear, many, method, as_day(taken))
        for drug_id, low, high, clear, many, method, taken in rows.fetchall()
    }
