"""Fills a house by the project's own importers; killed at any point, the next run goes on."""

import json
import sys
from importlib.resources import as_file
from pathlib import Path
from time import perf_counter

from backend import db
from backend.app import create_app
from backend.bars import Bar
from backend.demo.prices import Product
from backend.demo.sheets import shipped
from backend.intake import actions as intake
from backend.intake.models import Delivery
from backend.prices.sheetkinds import sheet_kinds
from bench.machine import moment
from bench.sizes import Sheets

_TO_SELL = """
SELECT drug.code, MIN(win.price_fen), MIN(drug.generic_name)
FROM drug JOIN win ON win.drug_id = drug.id
WHERE drug.kind = 'won' AND win.standing = 'assumed' GROUP BY drug.code ORDER BY drug.code
"""


class Notes:
    """What was taken in so far, and how long each sheet took; kept beside the house."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "filled.json"
        told = self.path.read_text(encoding="utf-8") if self.path.exists() else "[]"
        self.sheets: list[dict] = json.loads(told)

    def has(self, name: str) -> bool:
        """Whether a sheet was taken in."""
        return any(sheet["name"] == name for sheet in self.sheets)

    def add(self, **sheet: object) -> None:
        """Note one more."""
        self.sheets.append(sheet | moment())
        self.path.write_text(json.dumps(self.sheets, ensure_ascii=False, indent=1))


def fill(size: str, folder: Path, sheets: Path) -> None:
    """Fill the house the environment points to with everything of a size."""
    create_app()
    notes, made, bar = Notes(folder), Sheets(sheets, size), Bar()
    with db.opened():
        db.migrate()
        intake.resume(sheet_kinds(), progress=bar)
        for kind in ("drugs", "aliases"):
            with as_file(shipped(kind)) as path:
                _take_in(kind, path, notes, bar)
        _take_in("outlets", made.outlets(), notes, bar)
        drugs = [Product(*row) for row in db.run(_TO_SELL).fetchall()]
        for path in made.prices(drugs):
            _take_in("prices", path, notes, bar)
        if db.is_postgres():
            # What its own housekeeping does within minutes.
            db.run("VACUUM ANALYZE")
    bar.close()
    (folder / f"{size}.whole").touch()


def _take_in(key, path, notes, bar):
    if notes.has(path.name):
        return
    kind, begun = sheet_kinds()[key], perf_counter()
    delivery = intake.receive(kind, path, progress=bar)
    checked = perf_counter() - begun
    if delivery.state == Delivery.CHECKED:
        intake.publish(kind, delivery, accept_doubts=True, progress=bar)
    bar.close()
    notes.add(
        name=path.name, kind=key, rows=delivery.rows, checked_s=round(checked, 2),
        published_s=round(perf_counter() - begun, 2),
    )  # fmt: skip


if __name__ == "__main__":
    fill(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
