"""Keeping the feed: whatever may have changed a badge ends here, and only what did is numbered.

Called for every outlet the index is told of, because there every change passes already: who
changes an outlet notes it in the same transaction, and a note is crossed out only after this was
done with it, whatever is killed in between. What changes badges without touching an outlet (the
day, a new edition) is seen by itself, every time. The nightly comparison goes over all of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from orjson import dumps

from backend.badges.models import BadgeState, BadgeTurn
from backend.badges.standing import standings
from backend.catalog.models import Edition
from backend.db import as_day, in_turn, run, run_many
from backend.intake.lists import chunks
from backend.intake.models import Publication
from backend.outlets.lookups import district_name
from backend.outside import outside
from backend.outside.clock import city_day

AT_ONCE = 500

_EVER = """
SELECT DISTINCT outlet.code FROM badge_span AS span JOIN outlet ON outlet.id = span.outlet_id
WHERE span.since <= ? AND outlet.born <= ? ORDER BY outlet.code
"""
_KNOWN = "SELECT code, facts FROM badge_state WHERE code IN ({codes})"
_KEEP = """
INSERT INTO badge_state (code, seq, facts, changed_at) VALUES (?, ?, ?, ?)
ON CONFLICT (code) DO UPDATE
SET seq = excluded.seq, facts = excluded.facts, changed_at = excluded.changed_at
"""


class _Told(NamedTuple):
    """What the feed tells of an outlet, without a model around it: thousands are compared."""

    id: int
    code: str
    name: str
    kind: str
    district: str
    address: str
    lat: float | None
    lon: float | None
    phone: str
    replaced_by: str
    demo: bool
    withdrawn_on: date | None


_TOLD = f"""
SELECT {", ".join(_Told._fields)} FROM outlet WHERE born <= ? AND code IN ({{codes}})
"""


def keep_up(codes: Iterable[str] = (), *, whole: bool = False) -> int:
    """Number anew the badges of these outlets that changed; all of them where the day or the
    edition did, or `whole` says so. Returns how many changed. Safe to repeat.
    """
    day = city_day(outside.clock.now())
    turn = (day, _edition(day))
    if whole or BadgeTurn.known() != turn:
        changed = _keep_all(_ever_worn(day), day)
        # Known before it was looked at: an edition that came in meanwhile is seen next time.
        BadgeTurn.remember(*turn)
        return changed
    return _keep_all(sorted(set(codes)), day)


def _edition(day):
    edition = Edition.in_force("outlets", day)
    return edition.id if edition else 0


def _ever_worn(day):
    rows = run(_EVER, day.isoformat(), Publication.current()).fetchall()
    return [code for (code,) in rows]


def _keep_all(codes, day):
    return sum(_keep(chunk, day) for chunk in chunks(codes, AT_ONCE))


def _keep(codes: Sequence[str], day: date) -> int:
    # Most that are looked at only sell at another price: they hold nobody up.
    suspects = list(_differing(codes, day))
    if not suspects:
        return 0
    with in_turn():
        differing = _differing(suspects, day)
        newest, moment = BadgeState.newest(), BadgeState.changed_at.db_value(outside.clock.now())
        rows = [
            (code, newest + number, facts, moment)
            for number, (code, facts) in enumerate(sorted(differing.items()), start=1)
        ]
        run_many(_KEEP, rows)
    return len(rows)


def _differing(codes, day) -> dict[str, str]:
    """What the feed must say of those of these outlets of which it says something else."""
    known = dict(run(_KNOWN.format(codes=", ".join("?" * len(codes))), *codes).fetchall())
    return {code: told for code, told in _told(codes, day).items() if known.get(code) != told}


def _told(codes, day):
    """The facts of each outlet that has or had a badge, as the feed keeps them."""
    sql = _TOLD.format(codes=", ".join("?" * len(codes)))
    rows = run(sql, Publication.current(), *codes).fetchall()
    outlets = [_Told._make((*row[:-1], row[-1] and as_day(row[-1]))) for row in rows]
    worn = standings(outlets, day)
    return {
        outlet.code: dumps(_facts(outlet, worn[outlet.id])).decode()
        for outlet in outlets
        if worn[outlet.id]["state"] != "none"
    }


def _facts(outlet, badge):
    return {
        "code": outlet.code, "name": outlet.name, "kind": outlet.kind,
        "district": outlet.district, "district_name": district_name(outlet.district),
        "address": outlet.address, "lat": outlet.lat, "lon": outlet.lon, "phone": outlet.phone,
        **badge,
        "replaced_by": outlet.replaced_by if outlet.withdrawn_on else "",
        "demo": bool(outlet.demo),
    }  # fmt: skip
