"""What is carried out (执行情况): how many prices reach which verdict, this period and the last."""

import json
from collections import Counter, defaultdict
from typing import Any, get_args

from backend.errors import NotFound
from backend.monitoring import wording
from backend.monitoring.nights import night_of, period_asked
from backend.monitoring.rules import period_before
from backend.outlets.lookups import district_name
from backend.policy.packs import pack_on
from backend.policy.terms import OutletClass
from backend.prices.lookups import city_moment
from backend.prices.wording import COMPARISON, LABELS

_GOOD = ("compliant", "in_band", "above_band")
_BAD = ("clearly_high", "off_winning")

Counts = dict[tuple[str, OutletClass], Counter[str]]


def report(*, period: str = "", city: str = "shenyang") -> dict:
    """Each district and class of outlets with its verdicts: {period, computed_on, before,
    before_on, title, rows}.

    A row: {district, class, now, before, text}, counts by code of verdict; `before` is None where
    the month before was not counted. The whole city stands last, its district empty. Reads what
    the nights left and judges nothing anew. Raises BadInput, and NotFound before the first night.
    """
    period = period_asked(period)
    night = night_of(period)
    if night is None:
        raise NotFound(wording.not_computed_for(period) if period else wording.NOT_YET)
    past = night_of(period_before(night.period))
    now, before = _counts(night), _counts(past)
    pack = pack_on(city, city_moment().date())
    places = sorted(now.keys() | before.keys(), key=_order)
    told: dict[str, Any] = {
        "period": night.period,
        "computed_on": night.computed_on.isoformat(),
        "before": past and past.period,
        "before_on": past and past.computed_on.isoformat(),
        "rows": [
            {
                "district": {"code": district, "name": district_name(district) or wording.CITY},
                "class": {"code": class_, "name": pack.outlet_classes[class_].name},
                "now": _by_code(now[district, class_]),
                "before": _by_code(before[district, class_]) if past else None,
                "text": wording.shares(
                    _judged(now[district, class_]),
                    _judged(before[district, class_]) if past else None,
                ),
            }
            for district, class_ in places
        ],
    }
    return told | {"title": wording.report_title(told)}


def _counts(night) -> Counts:
    """The verdicts by (district, class); those of the whole city under an empty district."""
    counts: Counts = defaultdict(Counter)
    for district, class_, code, many in json.loads(night.facts)["verdicts"] if night else ():
        counts[district, class_][code] += many
        counts["", class_][code] += many
    return counts


def _order(place):
    district, class_ = place
    return not district, district, get_args(OutletClass).index(class_)


def _by_code(counts):
    return {code: counts[code] for code in (*LABELS, "comparison")}


def _judged(counts):
    bad = sum(counts[code] for code in _BAD)
    return bad + sum(counts[code] for code in _GOOD), bad


def columns() -> tuple[str, ...]:
    """The columns of the report as a sheet: each verdict now and before."""
    labels = [label.word for label in (*LABELS.values(), COMPARISON)]
    told = (f"{word}{when}" for word in labels for when in ("", wording.BEFORE))
    return (*wording.REPORT_COLUMNS, *told, wording.REPORT_WORDS)


def cells(told: dict, row: dict) -> list[str | int]:
    """A row of the report as a line of that sheet."""
    before = row["before"] or {}
    counts = (many for code, now in row["now"].items() for many in (now, before.get(code, "")))
    return [told["period"], told["before"] or "", row["district"]["code"],
            row["district"]["name"], row["class"]["name"], *counts, row["text"]]  # fmt: skip
