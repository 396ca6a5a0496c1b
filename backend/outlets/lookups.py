"""Reading outlets: by code, near a place, by kind and badge; each as the card people see."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from backend import workdays
from backend.catalog import editions
from backend.db import as_day, run
from backend.errors import BadInput, Gone, NotFound
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.outlets import hours, wording
from backend.outlets.models import BadgeSpan, Outlet
from backend.outlets.places import districts
from backend.policy.terms import Pack


class Span(NamedTuple):
    """A stretch of a badge, without a model around it: every card of an outlet asks for one."""

    outlet_id: int
    state: str
    since: date
    until: date | None
    round: str
    reason: str


class Standing(NamedTuple):
    """What a card tells of an outlet, without a model around it."""

    id: int
    code: str
    name: str
    kind: str
    district: str
    address: str
    lat: float | None
    lon: float | None
    phone: str
    designated: bool
    agreement: str
    hours: str
    demo: bool


class OutletRef(NamedTuple):
    """What the intake of prices asks of an outlet."""

    id: int
    code: str
    may_choose_special: bool


def outlets_by_code(day: date) -> dict[str, OutletRef]:
    """Every published outlet in use, by code."""
    joined = set(joined_ids(day))
    rows = (
        Outlet.select(Outlet.id, Outlet.code, Outlet.special)
        .where(Outlet.born <= Publication.current(), Outlet.withdrawn_on.is_null())
        .tuples()
    )
    return {
        code: OutletRef(id_, code, bool(special) and id_ in joined) for id_, code, special in rows
    }


JOINED = """
SELECT span.outlet_id FROM badge_span AS span
WHERE span.state = ? AND span.since <= ? AND (span.until IS NULL OR span.until >= ?)
  AND NOT EXISTS (SELECT 1 FROM badge_span AS later WHERE later.outlet_id = span.outlet_id
                  AND later.since > span.since AND later.since <= ?)
"""


def joined_ids(day: date) -> list[int]:
    """The ids of the outlets whose 三进 badge is in force on that day."""
    iso = day.isoformat()
    return [row[0] for row in run(JOINED, "active", iso, iso, iso).fetchall()]


def find(code: str) -> Outlet:
    """The outlet with this code; raises NotFound, or Gone naming what replaced it."""
    outlet = Outlet.coded(code)
    if not outlet:
        raise NotFound(wording.NO_SUCH_OUTLET)
    if outlet.withdrawn_on:
        raise Gone(wording.OUTLET_WITHDRAWN, replaced_by=outlet.replaced_by or None)
    return outlet


_SPANS = """
SELECT outlet_id, state, since, until, round, reason FROM badge_span
WHERE outlet_id IN ({ids}) AND since <= ? ORDER BY since
"""


def badges(ids: Iterable[int], day: date) -> dict[int, dict]:
    """The badge of each of these outlets on a day, as people see it."""
    return {span.outlet_id: badge_card(span, day) for span in _spans(list(ids), day)}


def _spans(ids, day):
    """The stretches that began by a day, the oldest first."""
    for chunk in chunks(ids):
        rows = run(_SPANS.format(ids=", ".join("?" * len(chunk))), *chunk, day.isoformat())
        for row in rows.fetchall():
            yield Span._make((*row[:2], as_day(row[2]), row[3] and as_day(row[3]), *row[4:]))


NO_BADGE = {
    "state": "none",
    "text": wording.BADGES["none"],
    "since": None,
    "until": None,
    "round": "",
    "reason": "",
}


def badge_card(span: BadgeSpan | Span, day: date) -> dict:
    """A stretch of a badge as it reads on a day: past its last day an active one has expired."""
    state = span.state
    if state == "active" and span.until and span.until < day:
        state = "expired"
    return {
        "state": state,
        "text": wording.BADGES[state],
        "since": span.since.isoformat(),
        "until": span.until.isoformat() if span.until else None,
        "round": span.round,
        "reason": span.reason,
    }


def badge_history(outlet: Outlet, day: date) -> list[dict]:
    """Every stretch of an outlet's badge, newest first."""
    spans = BadgeSpan.select().where(BadgeSpan.outlet == outlet, BadgeSpan.since <= day)
    return [badge_card(span, day) for span in spans.order_by(BadgeSpan.since.desc())]


_STANDING = f"SELECT {', '.join(Standing._fields)} FROM outlet WHERE id IN ({{ids}})"


def cards_of(ids: Sequence[int], pack: Pack, moment: datetime) -> dict[int, dict]:
    """The cards of the outlets with these ids; `moment` is the city's time now."""
    rows = run(_STANDING.format(ids=", ".join("?" * len(ids)) or "NULL"), *ids).fetchall()
    return cards([Standing(*row) for row in rows], pack, moment)


def cards(outlets: Sequence[Outlet | Standing], pack: Pack, moment: datetime) -> dict[int, dict]:
    """The cards of these outlets by id; `moment` is the city's time now."""
    day = moment.date()
    worn = badges([o.id for o in outlets], day)
    number, named = editions.naming("outlets", [o.code for o in outlets], day)
    made = {}
    for outlet in outlets:
        edition = number if outlet.code in named else None
        badge = worn.get(outlet.id, NO_BADGE) | {"edition": edition}
        made[outlet.id] = card(outlet, badge, pack, moment)
    return made


def card(outlet: Outlet | Standing, badge: dict, pack: Pack, moment: datetime) -> dict:
    """An outlet as people see it; lat and lon are GCJ-02 degrees or None."""
    return place_card(outlet, pack) | {
        "badge": badge,
        "designated": bool(outlet.designated),
        "agreement": outlet.agreement,
        "hours": hours_card(outlet.hours, moment),
    }


def place_card(outlet: Outlet | Standing, pack: Pack) -> dict:
    """Which outlet it is and where, in use or withdrawn; lat and lon are GCJ-02 degrees."""
    return {
        "code": outlet.code,
        "name": outlet.name,
        "kind": {"code": outlet.kind, "name": pack.outlet_kinds[outlet.kind].name},
        "district": {"code": outlet.district, "name": district_name(outlet.district)},
        "address": outlet.address,
        "lat": outlet.lat,
        "lon": outlet.lon,
        "phone": outlet.phone,
        "demo": bool(outlet.demo),
    }


def hours_card(text: str, moment: datetime) -> dict:
    """Opening hours: what was handed in, and how they stand at this moment."""
    # Hours change state at whole minutes, and most outlets keep the same few hours.
    return dict(_hours_at(text, moment.replace(second=0, microsecond=0)))


@lru_cache(maxsize=2_000)
def _hours_at(text, minute):
    # An outlet open past midnight is asked about with the day before; it may open a week later.
    first, span = minute.date() - timedelta(days=1), 10
    holidays = workdays.holidays_from(first, span)
    table = hours.parse(text)
    state = hours.state(
        table, minute, holidays=holidays, made_up=workdays.made_up_from(first, span)
    )
    named = holidays.get(minute.date())
    unsure = table is not None and state is None
    return {
        "text": text,
        "open": None if state is None else isinstance(state, hours.Open),
        "state": wording.holiday(named) if unsure and named else hours.words(state, minute),
    }


def check_filters(*, district: str, kind: str, pack: Pack) -> None:
    """Refuse a district or kind nobody has: BadInput naming the field."""
    errors = {}
    if district and not district_name(district):
        errors["district"] = [wording.UNKNOWN_DISTRICT_CODE]
    if kind and kind not in pack.outlet_kinds:
        errors["kind"] = [wording.unknown_kind_code(pack)]
    if errors:
        raise BadInput("；".join(said[0] for said in errors.values()), errors=errors)


def district_name(code: str) -> str:
    """The name of a district of the city."""
    return next((d.name for d in districts() if d.code == code), "")


def name_of(code: str) -> str | None:
    """The name of the outlet with this code, for a link that leads to it."""
    outlet = Outlet.coded(code)
    return outlet and outlet.name


def has_demo_data() -> bool:
    """Whether any outlet shown is synthetic: then every page says so."""
    return Outlet.select(Outlet.id).where(Outlet.demo).exists()
