"""What must hold between the parts of a policy pack, beyond each part's own shape."""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

from backend.policy import wording
from backend.policy.confidence_terms import SourceCode
from backend.policy.terms import OutletClass, Pack, Sourced

Fault = tuple[str, str]


def faults(pack: Pack) -> Iterator[Fault]:
    """Each (field, what is wrong with it); nothing when the pack is sound."""
    yield from _names(pack)
    yield from _references(pack)
    yield from _classes(pack)
    yield from _band(pack)
    yield from _amounts(pack)
    yield from _outliers(pack.outliers)
    yield from _days(pack)
    yield from _demand(pack.demand)
    yield from _confidence(pack.confidence)
    yield from _trusted(pack)
    yield from _monitoring(pack.monitoring)
    yield from _reports(pack.reports)
    yield from _history(pack)
    yield from _citizens(pack.citizens)
    yield from _pushes(pack.pushes)
    yield from _checking(pack.checking)
    yield from _notices(pack.notices)


def _names(pack):
    for key in ("id", "city", "city_name", "title"):
        if not getattr(pack, key).strip():
            yield key, wording.EMPTY


def _references(pack):
    for where, origin in origins(pack):
        if origin.document and origin.document not in pack.documents:
            yield where, wording.undefined(origin.document, "documents")
    for code in pack.zero_markup_exception.drug_kinds:
        if code not in pack.drug_kinds:
            yield "zero_markup_exception.drug_kinds", wording.undefined(code, "drug_kinds")
    for code in pack.proxy_buying.kinds if pack.proxy_buying else ():
        if code not in pack.outlet_kinds:
            yield "proxy_buying.kinds", wording.undefined(code, "outlet_kinds")


def _classes(pack):
    for class_ in get_args(OutletClass):
        for table in ("outlet_classes", "price_rules"):
            if class_ not in getattr(pack, table):
                yield table, wording.missing_key(class_)
    for code, terms in pack.agreements.items():
        if terms.mode == "agreement":
            yield f"agreements.{code}.mode", wording.AGREEMENT_OF_AGREEMENT


def _band(pack):
    band = pack.band
    for key in ("low_percent", "high_percent"):
        if not 0 < getattr(band, key) <= 100:
            yield f"band.{key}", wording.PERCENT
    if band.low_percent >= band.high_percent:
        yield "band.low_percent", wording.NOT_RISING
    for key in ("min_observations", "window_days"):
        if getattr(band, key) <= 0:
            yield f"band.{key}", wording.POSITIVE
    for key in ("clear_percent", "clear_spread_percent"):
        if getattr(band, key) < 0:
            yield f"band.{key}", wording.NOT_NEGATIVE


def _amounts(pack):
    for table in ("price_rules", "agreements"):
        for code, rule in getattr(pack, table).items():
            if rule.markup_fen < 0:
                yield f"{table}.{code}.markup_fen", wording.NOT_NEGATIVE
    for key in ("statement_hours", "statement_step_minutes", "sign_days"):
        if getattr(pack.signs, key) <= 0:
            yield f"signs.{key}", wording.POSITIVE
    if pack.ranking.fen_per_km < 0:
        yield "ranking.fen_per_km", wording.NOT_NEGATIVE
    if pack.open_data and pack.open_data.small_count < 2:
        yield "open_data.small_count", wording.HIDES_NOBODY


def _demand(terms):
    if terms is None:
        return
    if terms.small_count < 2:
        yield "demand.small_count", wording.HIDES_NOBODY
    for key in ("small_days", "keep_days", "reach_m"):
        if getattr(terms, key) <= 0:
            yield f"demand.{key}", wording.POSITIVE
    if terms.keep_days < terms.small_days:
        yield "demand.keep_days", wording.KEPT_SHORTER


def _confidence(terms):
    for key in ("fair_percent", "poor_percent", "doubt_percent"):
        if not 0 < getattr(terms, key) < 100:
            yield f"confidence.{key}", wording.PART_PERCENT
    if terms.poor_percent >= terms.fair_percent:
        yield "confidence.poor_percent", wording.POOR_ABOVE_FAIR
    if terms.told_from < 2:
        yield "confidence.told_from", wording.HIDES_NOBODY


def _trusted(pack):
    terms = pack.confidence
    for code in get_args(SourceCode):
        if code not in terms.sources:
            yield "confidence.sources", wording.missing_key(code)
    for code in terms.classes:
        if code not in pack.outlet_classes:
            yield "confidence.classes", wording.undefined(code, "outlet_classes")
    yield from _halves(terms)


def _halves(terms):
    for code, trust in terms.sources.items():
        if not terms.fair_percent <= trust.start_percent <= 100:
            yield f"confidence.sources.{code}.start_percent", wording.STARTS_BELOW_FAIR
    parts = {f"sources.{code}": trust for code, trust in terms.sources.items()}
    parts |= {f"classes.{code}": pace for code, pace in terms.classes.items()}
    for where, part in parts.items():
        for key in ("half_life_days", "stock_half_life_days", "price_percent", "stock_percent"):
            if getattr(part, key, 1) <= 0:
                yield f"confidence.{where}.{key}", wording.POSITIVE


def _monitoring(terms):
    if terms is None:
        return
    for key in ("min_drugs", "min_pharmacies", "window_days", "low_permille"):
        if getattr(terms, key) <= 0:
            yield f"monitoring.{key}", wording.POSITIVE
    if not 0 < terms.reference_percent <= 100:
        yield "monitoring.reference_percent", wording.PERCENT
    if not terms.low_permille <= 1000 <= terms.high_permille:
        yield "monitoring.low_permille", wording.NOT_AROUND_ONE


def _reports(terms):
    if terms is None:
        return
    pairs = ("task_stock", "task_price", "task_closed", "task_place", "agree", "agree_same_day")
    for least, words, keys in (
        (2, wording.ONE_ALONE, pairs),
        (1, wording.POSITIVE, ("within_days", "per_asker_day")),
    ):
        yield from ((f"reports.{key}", words) for key in keys if getattr(terms, key) < least)
    if terms.agree_same_day > terms.agree:
        yield "reports.agree_same_day", wording.MORE_THAN_ALL
    if terms.keep_days < terms.within_days:
        yield "reports.keep_days", wording.COUNTED_LONGER


def _history(pack):
    terms = pack.history
    if terms is None:
        return
    for key in ("whole_days", "fact_days", "price_day_days"):
        if getattr(terms, key) <= 0:
            yield f"history.{key}", wording.POSITIVE
    if terms.whole_days < pack.band.window_days:
        yield "history.whole_days", wording.SHORTER_THAN_BAND


def _citizens(terms):
    if terms is None:
        return
    for key in ("guardian_under", "session_days", "unconsented_days", "proof_days"):
        if getattr(terms, key) <= 0:
            yield f"citizens.{key}", wording.POSITIVE


def _pushes(terms):
    for key in ("keep_days", "tries", "first_wait_s"):
        if getattr(terms, key) <= 0:
            yield f"pushes.{key}", wording.POSITIVE
    if terms.most_wait_s < terms.first_wait_s:
        yield "pushes.most_wait_s", wording.WAITS_LESS


def _checking(terms):
    for key in ("verdict_minutes", "tries", "pause_minutes", "pieces", "keep_days"):
        if getattr(terms, key) <= 0:
            yield f"checking.{key}", wording.POSITIVE


def _notices(terms):
    if terms is None:
        return
    for key in ("quiet_from", "quiet_to"):
        if not 0 <= getattr(terms, key) <= 23:
            yield f"notices.{key}", wording.HOUR
    for key in ("gather_s", "just_now_s"):
        if not 0 <= getattr(terms, key) <= 3600:
            yield f"notices.{key}", wording.WITHIN_AN_HOUR
    if terms.keep_days <= 0:
        yield "notices.keep_days", wording.POSITIVE


def _outliers(terms):
    if terms.factor < 2:
        yield "outliers.factor", wording.DOUBTS_ALL
    if terms.least < 1:
        yield "outliers.least", wording.POSITIVE


def _days(pack):
    begins, ends = pack.effective_from, pack.effective_until
    if begins and ends and ends < begins:
        yield "effective_until", wording.DATES_REVERSED
    if pack.freshness.recent_days < 0:
        yield "freshness.recent_days", wording.NOT_NEGATIVE


def origins(pack: Pack) -> Iterator[tuple[str, Sourced]]:
    """Every part of the pack that says where it comes from, with its place in the file."""
    for field in fields(pack):
        yield from _within(field.name, getattr(pack, field.name))


def _within(where, part):
    if isinstance(part, Sourced):
        yield where, part
    elif isinstance(part, tuple):
        for i, one in enumerate(part):
            yield from _within(f"{where}[{i}]", one)
    elif hasattr(part, "items"):
        for key, one in part.items():
            yield from _within(f"{where}.{key}", one)
    elif where == "scope":
        yield from _within("scope.drugs", part.drugs)
        yield from _within("scope.outlets", part.outlets)
