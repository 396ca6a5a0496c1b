"""How long after it is committed a change of a name can be found, and how long a rebuild takes."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import as_file
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from urllib.parse import quote

from backend import db
from backend.app import create_app
from backend.demo.sheets import shipped
from backend.intake import actions as intake
from backend.prices.sheetkinds import sheet_kinds
from bench.asking import OURS
from bench.house import House
from bench.server import Client, serving
from bench.timing import Times

# Which column is changed, and how the change shows in the table.
CHANGES = {
    "outlets": ("机构名称", "SELECT COUNT(*) FROM outlet WHERE name = ?"),
    "drugs": ("商品名", "SELECT COUNT(*) FROM drug WHERE brand = ?"),
}
_SYLLABLES = "春夏秋冬东南西北山川江河湖海星辰松竹梅兰"
GIVE_UP_S = 600.0


def rebuilt(house: House) -> float:
    """The seconds the operator's command takes to make both indexes anew from the tables; where a
    server finds, the built-in one that stands in for it is made anew as well."""
    runner = create_app(house.settings()).test_cli_runner()
    begun = perf_counter()
    done = runner.invoke(args=["index", "rebuild"])
    if done.exit_code:
        raise RuntimeError(f"index rebuild: {done.output}") from done.exception
    return round(perf_counter() - begun, 2)


def freshness(house: House, outlets: Path, *, times: int) -> dict[str, Times]:
    """Milliseconds from the commit of one changed outlet or drug until the website finds it."""
    create_app(house.settings())
    log = house.folder / "gunicorn-fresh.log"
    with db.opened(), serving(OURS, house.environment, log=log) as served, _night_shift(house):
        found = {}
        for kind, path in _sheets(outlets):
            # The first is not counted: whoever tells the index may only just be getting up.
            found[kind] = [_changed(kind, _first_row(path), served, n) for n in range(times + 1)]
            _take_in(kind, _first_row(path))
    return {kind: Times(tuple(sorted(ms[1:]))) for kind, ms in found.items()}


def _sheets(outlets) -> Iterator[tuple[str, Path]]:
    yield "outlets", outlets
    with as_file(shipped("drugs")) as drugs:
        yield "drugs", drugs


def _first_row(path):
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))


def _changed(kind, row, served: Client, number) -> float:
    column, shown = CHANGES[kind]
    word = "".join(Random(f"{time.time()} {number}").sample(_SYLLABLES, 6))
    publisher = threading.Thread(target=_in_a_visit, args=(kind, row | {column: word}))
    publisher.start()
    _until(lambda: db.run(shown, word).fetchone()[0])
    committed = perf_counter()
    _until(lambda: _is_found(kind, word, served))
    took = perf_counter() - committed
    publisher.join()
    return took * 1000


def _is_found(kind, word, served):
    told = json.loads(served.get(f"/api/v1/suggest?q={quote(word)}"))
    # An outlet is told by its name, which changed; a drug by its generic name, which did not.
    return any(kind == "drugs" or one["text"] == word for one in told["items"])


def _until(is_so: Callable[[], object]) -> None:
    given_up = perf_counter() + GIVE_UP_S
    while not is_so():
        if perf_counter() > given_up:
            raise RuntimeError(f"not found within {GIVE_UP_S:.0f} s")
        sleep(0.002)


def _in_a_visit(kind, row):
    with db.opened():
        _take_in(kind, row)


def _take_in(kind, row):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
            writer.writerow(row)
        chosen = sheet_kinds()[kind]
        intake.publish(chosen, intake.receive(chosen, path), accept_doubts=True)


@contextmanager
def _night_shift(house: House) -> Iterator[None]:
    """The worker, in case it is who tells the index."""
    with (house.folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "backend.worker"],
            env={**os.environ, **house.environment}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(timeout=60)
