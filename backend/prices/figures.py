"""How the city's prices were judged, counted once a night, so that anybody can count again.

At a million offers this takes seconds; what is asked on a page is the kept answer.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from backend.catalog import lookups as catalog
from backend.catalog.models import Drug
from backend.db import as_day, in_turn, run
from backend.errors import NotFound
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.outlets.lookups import JOINED
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import belief_wording, rules, wording, worked
from backend.prices.cards import judged_kind
from backend.prices.confidence import FAIR, POOR, believed
from backend.prices.lookups import bands_on, city_moment
from backend.prices.models import NightFigures
from backend.prices.sinking import price_decay

# How many pharmacies a band stands on, after the fewest that make one; the last is open above.
BAND_STEPS = (20, 50, 100, 500)

# Prices that are alike for every rule are judged once and counted.
_ALIKE = f"""
SELECT offer.drug_id, outlet.kind, outlet.designated, outlet.agreement,
       joined.outlet_id IS NOT NULL AS is_joined, offer.price_fen, COUNT(*)
FROM offer JOIN outlet ON outlet.id = offer.outlet_id JOIN drug ON drug.id = offer.drug_id
LEFT JOIN ({JOINED}) AS joined ON joined.outlet_id = outlet.id
WHERE offer.born <= ? AND offer.died > ? AND outlet.withdrawn_on IS NULL
  AND drug.withdrawn_on IS NULL
  AND (drug.special = ? OR (outlet.special = ? AND joined.outlet_id IS NOT NULL))
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1
"""
_AGES = """
SELECT observed_on, kind, source, COUNT(*) FROM offer WHERE born <= ? AND died > ?
GROUP BY observed_on, kind, source
"""


def take_figures(day: date, *, city: str = "shenyang") -> dict:
    """Count how the prices stand on a day, keep it as that day's figures and return them."""
    pack = pack_on(city, day)
    facts = {**_counted(pack, day), "ages": _ages(pack, day), "worked": worked.examples(pack, day)}
    with in_turn():
        NightFigures.delete().where(NightFigures.day == day).execute()
        NightFigures.insert(
            day=day, number=Publication.current(), pack=pack.id,
            facts=json.dumps(facts, ensure_ascii=False),
        ).execute()  # fmt: skip
    return facts


def latest_figures() -> dict:
    """The figures of the last night there are; raises NotFound before the first.

    {day, publication, pack, offers, title, verdicts, drugs, bands, ages, worked}
    """
    kept = (
        NightFigures.select()
        .where(NightFigures.day <= city_moment().date())
        .order_by(NightFigures.day.desc())
        .first()
    )
    if kept is None:
        raise NotFound(wording.NO_FIGURES_YET)
    return {
        "day": kept.day.isoformat(),
        "publication": kept.number,
        "pack": kept.pack,
    } | json.loads(kept.facts)


def _counted(pack: Pack, day: date) -> dict[str, Any]:
    verdicts: dict[str, Counter] = defaultdict(Counter)
    sold, banded = 0, Counter[int]()
    for card, band, alike in _by_drug(pack, day):
        sold += card["kind"] == "won"
        if band:
            banded[band.count] += 1
        for kind, designated, agreement, joined, price, count in alike:
            verdict = rules.judge(
                rules.Facts(
                    outlet_kind=kind, designated=bool(designated), joined=bool(joined),
                    agreement=agreement, drug_kind=judged_kind(card),
                    standing=card["standing"]["code"], winning_fen=card["winning_price_fen"],
                    asked_fen=price, band=band,
                ),
                pack,
            )  # fmt: skip
            code = "comparison" if verdict.comparison else verdict.code
            verdicts[code][pack.outlet_kinds[kind].class_] += count
    return _told(verdicts) | _bands_told(banded, sold, pack)


def _by_drug(pack, day) -> Iterator[tuple[dict, Any, list[tuple]]]:
    """Drug by drug: its card, its band, and the prices asked for it, those alike counted."""
    iso, number = day.isoformat(), Publication.current()
    asked: dict[int, list[tuple]] = defaultdict(list)
    values = ("active", iso, iso, iso, number, number, False, True)
    for drug_id, *alike in run(_ALIKE, *values).fetchall():
        asked[drug_id].append(tuple(alike))
    for ids in chunks(list(asked), 400):
        cards = catalog.cards(list(Drug.select().where(Drug.id.in_(ids))), day)
        bands = bands_on(ids, day, pack)
        for id_ in ids:
            yield cards[id_], bands.get(id_), asked[id_]


def _told(verdicts):
    """The verdicts with their words, in the published order, counted by class of outlet."""
    labels = {**wording.LABELS, "comparison": wording.COMPARISON}
    told = [
        {"code": code, "label": label.word, "shape": label.shape, "tone": label.tone,
         "count": verdicts[code].total(), "by_class": dict(sorted(verdicts[code].items()))}
        for code, label in labels.items()
    ]  # fmt: skip
    count = {one["code"]: one["count"] for one in told}
    bad = count["clearly_high"] + count["off_winning"]
    good = count["compliant"] + count["in_band"] + count["above_band"]
    return {
        "offers": sum(count.values()),
        "title": wording.figures_title(good + bad, good, bad),
        "verdicts": told,
    }


def _bands_told(banded, sold, pack):
    least = pack.band.min_observations
    starts = (least, *(step for step in BAND_STEPS if step > least))
    return {
        "drugs": {"sold": sold, "with_band": banded.total(), "without_band": sold - banded.total(),
                  "least": least, "method": pack.band.version},
        "bands": [
            {"from": low, "to": high and high - 1,
             "drugs": sum(n for many, n in banded.items()
                          if low <= many and (high is None or many < high))}
            for low, high in zip(starts, (*starts[1:], None), strict=True)
        ],
    }  # fmt: skip


def _ages(pack, day):
    """How old the prices are: the published steps of freshness and belief, each counted."""
    number, levels = Publication.current(), Counter[str]()
    for observed_on, kind, source, count in run(_AGES, number, number).fetchall():
        levels[_level(pack, (day - as_day(observed_on)).days, kind, source)] += count
    return [
        {"level": level, "text": text, "count": levels[level]}
        for level, text in belief_wording.age_levels(pack.freshness).items()
    ]


def _level(pack, days, kind, source):
    fades = price_decay(pack, kind, source)
    told = {FAIR: "stale", POOR: "outdated"}
    level = believed(pack.confidence, fades, days=days).level
    return told.get(level) or pack.freshness.level(days)


def figures_if_any() -> dict | None:
    """The same, or None before the first night."""
    try:
        return latest_figures()
    except NotFound:
        return None
