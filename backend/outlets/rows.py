"""What a row of an outlet sheet says: the facts of an outlet, a stretch of its badge."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from backend.outlets import hours, wording
from backend.outlets.places import district_of, districts, to_gcj02
from backend.policy.terms import Pack

PLAIN = (
    "name", "kind", "chain", "district", "address", "lat", "lon", "hours", "phone", "designated",
    "special", "proxy_buyer", "agreement", "demo", "source", "replaced_by",
)  # fmt: skip
_DEFAULTS = {"lat": None, "lon": None, "designated": True, "special": False, "demo": False}

Values = Mapping[str, Any]


def wrong(values: Values, pack: Pack) -> Iterator[tuple[str, str, str]]:
    """(header, value, what is wrong) of every cell that cannot be taken in."""
    if not pack.kind_named(values["kind"]):
        yield "机构类别", values["kind"], wording.unknown_kind(pack)
    if not _district_code(values["district"]):
        yield "区县", values["district"], wording.UNKNOWN_DISTRICT
    if values.get("badge") in ("active", "suspended", "left") and not values.get("badge_since"):
        yield "三进起始日", "", wording.BADGE_NEEDS_A_DAY
    yield from _wrong_place(values)
    yield from _wrong_hours(values)


def _wrong_place(values):
    lat, lon = values.get("lat"), values.get("lon")
    if (lat is None) != (lon is None):
        header = "纬度" if lat is None else "经度"
        yield header, "", wording.HALF_A_PLACE
    elif lat is not None:
        try:
            _place(values)
        except ValueError as error:
            yield "坐标系", values.get("system") or "", str(error)


def _wrong_hours(values):
    try:
        hours.parse(values.get("hours"))
    except hours.HoursError as error:
        yield "营业时间", values["hours"], str(error)


def facts_of(values: Values, columns: Collection[str], pack: Pack) -> dict:
    """The facts of the row's outlet, its place in GCJ-02; columns the sheet lacks say nothing."""
    facts = {key: values[key] for key in PLAIN if key in columns}
    facts["kind"] = pack.kind_named(values["kind"])
    facts["district"] = _district_code(values["district"])
    if values.get("lat") is not None:
        facts["lat"], facts["lon"] = _place(values)
        facts["doubt"] = _doubt(facts)
    return {key: value_of(facts, key) for key in facts}


def _place(values):
    return to_gcj02(values["lat"], values["lon"], values.get("system") or "GCJ-02")


def _district_code(words):
    for district in districts():
        if words in (district.code, district.name, district.name.rstrip("区县市")):
            return district.code
    return None


def _doubt(facts):
    found = district_of(facts["lat"], facts["lon"])
    if found and found.code == facts["district"]:
        return ""
    stated = next(d.name for d in districts() if d.code == facts["district"])
    return wording.outside(stated, found.name if found else None)


def badge_of(values: Values) -> dict:
    """The stretch of the badge the row tells of, under the day it began; empty where none."""
    if not values.get("badge_since") or values.get("badge") in (None, "none"):
        return {}
    until = values.get("badge_until")
    stretch = {
        "state": values["badge"],
        "until": until and until.isoformat(),
        "round": values.get("badge_round") or "",
        "reason": values.get("badge_reason") or "",
    }
    return {f"badge:{values['badge_since'].isoformat()}": stretch}


def value_of(facts: Values, column: str) -> Any:
    """A fact as its column keeps it: empty text where nothing is known."""
    value = facts.get(column)
    return _DEFAULTS.get(column, "") if value is None else value
