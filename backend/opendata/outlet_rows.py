"""Rows of outlets with the badge they wear on the day, and every stretch of it."""

from collections.abc import Iterator

from backend.intake.lists import chunks
from backend.opendata.moment import AT_ONCE, Moment, OutletFacts
from backend.outlets.models import BadgeSpan, Outlet


def outlet(moment: Moment) -> Iterator[tuple]:
    """Every published outlet by code."""
    for chunk in chunks(list(moment.outlets.values()), AT_ONCE):
        facts = {one.id: one for one in chunk}
        found = Outlet.select().where(Outlet.id.in_(list(facts))).order_by(Outlet.code)
        yield from (_outlet(one, facts[one.id], moment) for one in found)


def _outlet(one: Outlet, facts: OutletFacts, moment: Moment) -> tuple:
    badge = facts.badge
    return (
        one.code, one.name, one.kind, moment.pack.outlet_kinds[one.kind].name, one.chain,
        one.district, one.address, one.lat, one.lon, one.hours, one.phone, bool(one.designated),
        bool(one.special), one.proxy_buyer, one.agreement, bool(one.demo), badge["state"],
        badge["since"], badge["until"], facts.edition, one.withdrawn_on, one.replaced_by,
    )  # fmt: skip


def badge_span(moment: Moment) -> Iterator[tuple]:
    """Every stretch of a badge that has begun by the day."""
    for chunk in chunks(list(moment.outlets.values()), AT_ONCE):
        codes = {one.id: one.code for one in chunk}
        found = BadgeSpan.select().where(
            BadgeSpan.outlet.in_(list(codes)), BadgeSpan.since <= moment.day
        )
        told = [
            (codes[one.outlet_id], one.since, one.until, one.state, one.round, one.reason)
            for one in found
        ]
        yield from sorted(told, key=lambda row: row[:2])
