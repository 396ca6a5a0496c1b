"""How an offer is told: its prices, the verdict with its clause, its age, how far to trust it."""

from datetime import datetime

from backend.catalog import lookups as catalog
from backend.codes import written
from backend.policy.terms import Pack
from backend.policy.wording import draft_notice
from backend.prices import belief_wording, ranking, rules, wording
from backend.prices.bands import Band
from backend.prices.candidates import Place
from backend.prices.confidence import GOOD, Doubts, believed, decay_of
from backend.prices.sheets import SOURCE_CODES
from backend.prices.sinking import NO_DOUBTS, class_of, price_decay


def why_card(place: Place, sort: str, pack: Pack) -> dict:
    """Why an offer stands where it stands."""
    why = ranking.why(place, sort, fen_per_km=pack.ranking.fen_per_km)
    return {"code": why.code, "numbers": why.numbers, "text": wording.why(why.code, why.numbers)}


def offer_card(
    place: Place, drug: dict, outlet: dict, *, band: Band | None, pack: Pack, moment: datetime,
    doubts: Doubts = NO_DOUBTS,
) -> dict:  # fmt: skip
    """An offer as people see it: the price, the winning price, the verdict, the age, and how far
    it is believed."""
    days = (moment.date() - place.observed_on).days
    source = SOURCE_CODES[place.source]
    confidence = confidence_card(place, outlet["kind"]["code"], days, pack, doubts)
    level = confidence["price"]["level"]
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
            "text": belief_wording.age(days, pack.freshness, level),
            "stale": level != GOOD,
        },
        "confidence": confidence,
        "source": {"code": source, "text": wording.SOURCES[source]},
        "distance_m": None if place.distance_m is None else int(place.distance_m + 0.5),
    }


def confidence_card(place: Place, kind: str, days: int, pack: Pack, doubts: Doubts) -> dict:
    """How far an offer's price and stock are believed after so many days and reports."""
    terms, source = pack.confidence, SOURCE_CODES[place.source]
    price = believed(terms, price_decay(pack, kind, place.source), days=days, doubts=doubts.price)
    fades = decay_of(terms, "stock", source=source, class_=class_of(pack, kind))
    stock = believed(terms, fades, days=days, doubts=doubts.stock)
    in_stock = belief_wording.stock(place.in_stock, days, stock.level)
    return {
        "price": price._asdict() | {"text": belief_wording.CHANGED[price.level]},
        "stock": stock._asdict() | {"text": in_stock},
        "reports": belief_wording.said_otherwise(doubts, terms.told_from),
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
