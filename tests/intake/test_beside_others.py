"""A hundred thousand prices come in while others go on writing: nobody is turned away."""

import json
import sqlite3
import time

from backend.intake import actions as intake
from backend.prices.sheetkinds import sheet_kinds
from tests.intake.processes import end, start, until
from tests.makers import many_drugs, many_outlets, many_prices, sheet, take, visible

DRUGS, OUTLETS = 200, 500


def write_all_the_time(path, stop, report):
    """Small rows on a connection of its own until `stop` is there; then what it met."""
    line = sqlite3.connect(path, timeout=10, isolation_level=None)
    written, longest, refused = 0, 0.0, []
    while not stop.exists():
        began = time.monotonic()
        try:
            line.execute("INSERT INTO note (said) VALUES ('上午来过')")
            written += 1
        except sqlite3.OperationalError as error:
            refused.append(str(error))
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.001)
    report.write_text(json.dumps([written, longest, refused]))


def test_small_writes_go_on_during_a_large_import(house, tmp_path, record_property):
    take("drugs", sheet(tmp_path, many_drugs(DRUGS)))
    take("outlets", sheet(tmp_path, many_outlets(OUTLETS)))
    path = sheet(tmp_path, many_prices(DRUGS, OUTLETS))
    stop, report = tmp_path / "stop", tmp_path / "report.json"
    line = sqlite3.connect(tmp_path / "sanjin.db")
    line.execute("CREATE TABLE note (said TEXT)")
    line.close()
    writer = start(lambda: write_all_the_time(tmp_path / "sanjin.db", stop, report))
    kind = sheet_kinds()["prices"]
    intake.publish(kind, intake.receive(kind, path))
    stop.touch()
    until(report.exists)
    assert end(writer) == 0
    written, longest, refused = json.loads(report.read_text())
    record_property("longest_wait_seconds", longest)
    print(f"{written} small writes, the longest waited {longest:.3f} s")  # noqa: T201
    assert refused == []
    assert written > 100
    assert len(visible()) == DRUGS * OUTLETS
