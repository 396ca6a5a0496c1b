"""Rows of what is listed: districts, drugs and their winning prices, other names, editions."""

from collections.abc import Iterator
from datetime import UTC

from backend.catalog.models import Alias, Batch, Edition, Win
from backend.db import run
from backend.intake.lists import chunks
from backend.opendata.moment import AT_ONCE, Moment, drug_cards
from backend.outlets.places import districts

Rows = Iterator[tuple]

_ENTRIES = """
SELECT code, name, facts FROM entry WHERE edition_id = ? AND code > ? ORDER BY code LIMIT ?
"""


def district(moment: Moment) -> Rows:
    """Every district of the city."""
    for one in sorted(districts(), key=lambda one: one.code):
        yield one.code, one.name, round(one.centre[0], 6), round(one.centre[1], 6)


def drug(moment: Moment) -> Rows:
    """Every published drug with the winning price that holds on the day."""
    for one, card in drug_cards(moment.day):
        yield (
            one.code, one.nhsa_code, one.generic_name, one.core, one.brand, one.dosage_form,
            one.strength, one.pack, one.pack_qty, one.pack_unit, one.package_unit,
            one.manufacturer, one.approval_no, one.kind, bool(one.special),
            card["standing"]["code"], card["winning_price_fen"],
            card["batch"] if card["in_force"] else None, one.standard_fen, one.standard_source,
            "、".join(card["diseases"]), one.withdrawn_on, one.replaced_by, one.source,
        )  # fmt: skip


def win(moment: Moment) -> Rows:
    """Every winning price of every batch."""
    for chunk in chunks(list(moment.drugs.values()), AT_ONCE):
        codes = {drug.id: drug.code for drug in chunk}
        found = Win.select(Win, Batch).join(Batch).where(Win.drug.in_(list(codes)))
        told = [
            (codes[one.drug_id], one.batch.name, one.standing, one.price_fen,
             one.announced_on or one.batch.announced_on, one.valid_from, one.valid_until,
             one.regions, one.notice_url or one.batch.notice_url, one.source)
            for one in found
        ]  # fmt: skip
        yield from sorted(told, key=lambda row: row[:3])


def alias(moment: Moment) -> Rows:
    """Every published other name."""
    found = Alias.seen().order_by(Alias.name, Alias.generic_name, Alias.manufacturer)
    for one in found:
        yield one.name, one.kind, one.generic_name, one.manufacturer, one.disease, one.source


def edition(moment: Moment) -> Rows:
    """Every edition of both lists."""
    for one in _editions():
        published = one.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield one.list, one.number, one.effective_on, published, one.note


def edition_entry(moment: Moment) -> Rows:
    """Every entry of every edition, a stretch at a time: lists are long."""
    for one in _editions():
        last = ""
        while rows := run(_ENTRIES, one.id, last, AT_ONCE).fetchall():
            yield from ((one.list, one.number, *row) for row in rows)
            last = rows[-1][0]


def _editions():
    return list(Edition.select().order_by(Edition.list, Edition.number))
