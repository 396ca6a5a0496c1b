"""Fill an empty house with the demonstration: real drugs and winning prices, synthetic outlets."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from importlib.resources import as_file
from pathlib import Path

from backend.catalog import wording as catalog_wording
from backend.catalog.cards import pack_words
from backend.catalog.editions import publish_edition
from backend.catalog.lookups import winning, wins_of
from backend.catalog.models import Drug, Edition, ProductCode
from backend.demo.prices import Product
from backend.demo.sheets import SCALES, shipped, write_codes, write_sheets
from backend.history.actions import note_list_facts, take_price_day
from backend.history.models import PriceDay
from backend.indexing.draining import tell_index
from backend.intake import actions as intake
from backend.intake.kinds import Diff, Progress
from backend.intake.models import Delivery
from backend.monitoring.actions import take_index
from backend.monitoring.models import IndexNight
from backend.outlets.lookups import badges, district_name
from backend.outlets.models import Outlet
from backend.prices.figures import take_figures
from backend.prices.indexing import sources
from backend.prices.models import NightFigures, Offer
from backend.prices.sheetkinds import sheet_kinds

# Far enough back that badges have come and gone since.
FIRST_EDITION = timedelta(days=90)

LARGE = (("drugs", "vbp_winners.csv"), ("drugs", "drug_catalog.csv"),
         ("aliases", "drug_aliases.csv"))  # fmt: skip


def load_demo(today: date, *, scale: str, progress: Progress) -> None:
    """Load the demonstration where it is not loaded yet; safe to repeat."""
    with ExitStack() as open_files:
        for kind in ("drugs", "aliases"):
            path = open_files.enter_context(as_file(shipped(kind)))
            _take_in(kind, path, progress)
    if not ProductCode.select().exists():
        with tempfile.TemporaryDirectory() as folder:
            _take_in("product_codes", write_codes(Path(folder), list(_demo_drugs())), progress)
    if not Offer.select(Offer.drug_id).exists():
        with tempfile.TemporaryDirectory() as folder:
            write_sheets(Path(folder), drugs=list(_demo_drugs()), scale=scale, today=today)
            for kind in ("outlets", "prices"):
                _take_in(kind, Path(folder) / f"{kind}.csv", progress)
    if not Edition.select().exists():
        _publish_lists(today)
        tell_index(sources(), progress)
    _do_what_nights_do(today)


def _do_what_nights_do(today):
    if not NightFigures.select().where(NightFigures.day == today).exists():
        take_figures(today)
    if not IndexNight.select().where(IndexNight.computed_on == today).exists():
        take_index(today)
    if not PriceDay.select().where(PriceDay.day == today).exists():
        take_price_day(today)
        note_list_facts(today)


def load_large(folder: Path, progress: Progress) -> list[str]:
    """Take the large real files of a folder in, through the same importers; returns their names."""
    found = [(kind, folder / name) for kind, name in LARGE if (folder / name).exists()]
    for kind, path in found:
        _take_in(kind, path, progress)
    return [path.name for _, path in found]


def _take_in(key, path, progress):
    kind = sheet_kinds()[key]
    delivery = intake.receive(kind, path, progress=progress)
    # The demonstration's own odd prices are part of the show: a 明显偏高 must be there to be seen.
    intake.publish(kind, delivery, accept_doubts=True, progress=progress)


def _demo_drugs() -> Iterator[Product]:
    drugs = list(Drug.seen().where(Drug.kind == "won"))
    wins = wins_of([drug.id for drug in drugs])
    for drug in drugs:
        held = next((win for win in wins[drug.id] if win.standing == "assumed"), None)
        if held:
            yield Product(drug.code, held.price_fen, drug.generic_name)


def _publish_lists(today: date) -> None:
    """Two editions of the outlets (so that there is a difference to look at), one of the drugs."""
    before = today - FIRST_EDITION
    note = catalog_wording.STANDINGS["assumed"]
    publish_edition("drugs", drug_entries(today), effective_on=before, note=note)
    for day, text in ((before, "演示：首批名单"), (today, "演示：动态更新")):
        publish_edition("outlets", outlet_entries(day), effective_on=day, note=text)


def drug_entries(day: date) -> Iterator[tuple[str, str, dict]]:
    """The drugs whose winning price holds here on a day, as entries of an edition."""
    drugs = list(Drug.seen().where(Drug.withdrawn_on.is_null(), Drug.kind == "won"))
    wins = wins_of([drug.id for drug in drugs])
    for drug in drugs:
        win, standing = winning(wins[drug.id], day)
        if win and standing == "in_force":
            yield drug.code, drug.generic_name, {
                "pack": pack_words(drug), "manufacturer": drug.manufacturer,
                "winning_price_fen": win.price_fen, "batch": win.batch.name,
            }  # fmt: skip


def outlet_entries(day: date) -> Iterator[tuple[str, str, dict]]:
    """The outlets whose badge is in force on a day, as entries of an edition."""
    outlets = list(Outlet.seen().where(Outlet.withdrawn_on.is_null()))
    worn = badges([outlet.id for outlet in outlets], day)
    for outlet in outlets:
        badge = worn.get(outlet.id)
        if badge and badge["state"] == "active":
            yield outlet.code, outlet.name, {
                "district": district_name(outlet.district), "kind": outlet.kind,
                "since": badge["since"],
            }  # fmt: skip


def summary(delivery: Delivery) -> Diff:
    """The difference a delivery made or would make."""
    return Diff(**json.loads(delivery.diff))


__all__ = ["SCALES", "drug_entries", "load_demo", "load_large", "outlet_entries", "summary"]
