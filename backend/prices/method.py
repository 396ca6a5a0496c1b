"""How prices are judged and outlets ranked, told from the pack in force: the page 怎么算的."""

from collections.abc import Mapping

from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.policy.wording import (
    CURRENT,
    MEANINGS,
    ORDERS,
    balanced_order,
    band_method,
    citation,
    confidence_method,
    monitoring_method,
)
from backend.prices import wording
from backend.prices.confidence import MATTERS, days_until, decay_of
from backend.prices.lookups import city_moment
from backend.prices.sheets import SOURCES


def method_page(*, city: str = "shenyang") -> dict:
    """The rules in words with today's numbers: {pack, verdicts, band, ranking, current,
    confidence, phone}, and `monitoring`, where the pack has an index."""
    pack = pack_on(city, city_moment().date())
    document = next(iter(pack.documents.values()))
    return {
        "pack": {
            "document": document.title,
            "draft": pack.draft,
            "version": pack.id,
            "effective_from": pack.effective_from and pack.effective_from.isoformat(),
        },
        "verdicts": [_verdict(code, pack) for code in wording.LABELS],
        "band": {"version": pack.band.version, "paragraphs": band_method(pack.band)},
        "monitoring": _monitoring(pack),
        "ranking": {"paragraphs": (*ORDERS, balanced_order(pack.ranking))},
        "current": {"paragraphs": CURRENT},
        "confidence": {
            "paragraphs": confidence_method(pack.confidence),
            "table": threshold_days(pack),
        },
        "phone": pack.consultation.phone,
    }


def threshold_days(pack: Pack) -> list[dict]:
    """From which day on what each source saw may have changed, and probably has: {source, class,
    price: [days, days], stock: [days, days]}, the weightiest source first; classes that fade
    alike stand together."""
    terms, rows = pack.confidence, []
    for source in reversed(SOURCES):
        alike: dict[tuple, list[str]] = {}
        for class_, told in pack.outlet_classes.items():
            fades = tuple(
                decay_of(terms, matter, source=source, class_=class_) for matter in MATTERS
            )
            alike.setdefault(fades, []).append(told.name)
        rows += [
            {"source": wording.SOURCES[source], "class": "、".join(names)}
            | {matter: [days_until(decay, percent)
                        for percent in (terms.fair_percent, terms.poor_percent)]
               for matter, decay in zip(MATTERS, fades, strict=True)}
            for fades, names in alike.items()
        ]  # fmt: skip
    return rows


def _monitoring(pack):
    terms = pack.monitoring
    return terms and {
        "name": terms.name,
        "version": terms.version,
        "paragraphs": monitoring_method(terms),
        "citation": citation(pack, terms),
    }


def _verdict(code: str, pack: Pack) -> dict:
    label = wording.LABELS[code]
    when, who, table, key = MEANINGS[code]
    origin = getattr(pack, table)
    origin = origin[key] if isinstance(origin, Mapping) else getattr(origin, key)
    return {
        "code": code,
        "label": label.word,
        "shape": label.shape,
        "tone": label.tone,
        "when": when,
        "who": who,
        "citation": citation(pack, origin),
    }
