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
    monitoring_method,
)
from backend.prices import wording
from backend.prices.lookups import city_moment


def method_page(*, city: str = "shenyang") -> dict:
    """The rules in words with today's numbers: {pack, verdicts, band, ranking, current, phone}.

    `monitoring` too, where the pack has an index."""
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
        "phone": pack.consultation.phone,
    }


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
