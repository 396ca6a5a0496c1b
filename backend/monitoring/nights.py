"""The nights that computed a period: which one is meant, and with what numbers it computed."""

import json

from backend.errors import BadInput, NotFound
from backend.monitoring import wording
from backend.monitoring.models import IndexNight
from backend.monitoring.official import any_stands
from backend.monitoring.rules import period_written
from backend.policy.monitoring_terms import Monitoring
from backend.prices.lookups import city_moment


def night_of(period: str = "") -> IndexNight | None:
    """The last night that computed a period, or any period up to today where none is named."""
    nights = IndexNight.select().where(IndexNight.computed_on <= city_moment().date())
    if period:
        nights = nights.where(IndexNight.period == period)
    return nights.order_by(IndexNight.computed_on.desc(), IndexNight.method.desc()).first()


def period_asked(words: str) -> str:
    """The month that is written so, nothing for nothing. Raises BadInput."""
    written = period_written(words) if words else ""
    if written is None:
        raise BadInput(wording.NO_PERIOD, errors={"period": [wording.NO_PERIOD]})
    return written


def chosen(words: str) -> tuple[str, IndexNight | None]:
    """The period that is asked for, and the night that computed it.

    Without words it is the last one computed; one with official figures only has no night. Raises
    BadInput, and NotFound where nothing is known of it.
    """
    period = period_asked(words)
    night = night_of(period)
    if night:
        return night.period, night
    if not (period and any_stands(period)):
        raise NotFound(wording.not_computed_for(period) if period else wording.NOT_YET)
    return period, None


def terms_of(night: IndexNight) -> Monitoring:
    """The numbers a period was computed with, whatever the pack says by now."""
    return Monitoring(**json.loads(night.facts)["terms"])
