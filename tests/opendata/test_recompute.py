"""docs/recompute.py finds the same figures, and any that was tampered with."""

import ast
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.house.project import ROOT, imported
from tests.opendata.shops import PHARMACY, asked, hand_in, open_shops, opened

SCRIPT = ROOT / "docs/recompute.py"


def recompute(path):
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path)], capture_output=True, text=True, cwd="/"
    )


def test_it_needs_nothing_but_python():
    names = imported(ast.parse(SCRIPT.read_text(encoding="utf-8")))
    assert names <= sys.stdlib_module_names


def test_the_demonstration_comes_out_as_it_was_published(published):
    told = recompute(published / "sanjin.db")
    assert told.returncode == 0, told.stdout + told.stderr
    lines = [line.split(maxsplit=4) for line in told.stdout.splitlines()[1:]]
    by_what = {what.strip(): list(map(int, counts)) for *counts, what in lines}
    assert by_what["verdict, by outlet and drug"][2] > 20_000
    assert by_what["band (band-1), by drug"][2] > 100
    assert by_what["figure of the site"][2] > 40
    assert all(differ == 0 for *_, differ in by_what.values())


TAMPERED = {
    "UPDATE price SET verdict = 'compliant' WHERE verdict = 'clearly_high'": "verdict",
    "UPDATE price SET price_fen = price_fen + 1 WHERE rowid_of_one": "current price",
    "UPDATE band SET high_fen = high_fen + 1": "band (band-1)",
    "UPDATE outlet SET badge = 'active' WHERE badge = 'left'": "badge in force",
    "UPDATE drug SET winning_fen = winning_fen - 1 WHERE winning_fen > 100": "winning price",
    "UPDATE figure SET value = value + 1 WHERE name = 'edition.outlets.2'": "figure",
    "DELETE FROM price_history WHERE price_fen < 500": "current price",
    "UPDATE policy_pack SET value = '31' WHERE path = 'band.low_percent'": "band (band-1)",
    "INSERT INTO resident_price VALUES ('outlet', NULL, NULL, 'x', '2026-09', '2026-09', 3, 1, 1,"
    " 1)": "under k",
}


@pytest.mark.parametrize(("change", "what"), TAMPERED.items())
def test_what_was_tampered_with_is_found_and_named(published, tmp_path, change, what):
    path = shutil.copy(published / "sanjin.db", tmp_path)
    with sqlite3.connect(path) as file:
        one = "outlet = (SELECT MIN(outlet) FROM price)"
        file.execute(change.replace("rowid_of_one", one))
    told = recompute(path)
    assert told.returncode == 1
    bad = [line for line in told.stdout.splitlines()[1:]
           if not line.startswith(" " * 4 + "(") and len(line.split()) > 4
           and line.split()[3].isdigit() and int(line.split()[3])]  # fmt: skip
    assert any(what in line for line in bad), told.stdout


def test_odd_houses_come_out_the_same_too(house, tmp_path):
    """Every badge, agreement and standing, prices too old, of several sources, no longer sold."""
    open_shops(tmp_path, drugs=4, outlets=14, **PHARMACY)
    hand_in(tmp_path, *(asked(n, 0, f"3.{n:02d}") for n in range(13)))
    hand_in(tmp_path, asked(0, 0, "9.90", "价格监测"), asked(1, 0, "3.30", 观测日期="2026-09-01"))
    hand_in(tmp_path, asked(2, 0, "3.30", 状态="停售", 观测日期="2026-11-23"))
    hand_in(tmp_path, asked(3, 1, "3.40", "购药小票"), asked(3, 1, "3.90", 观测日期="2026-10-01"))
    hand_in(tmp_path, asked(4, 2, "0.10", "现场检查"), asked(4, 2, "0.20", "机构申报"))
    told = recompute(opened(tmp_path) / "sanjin.db")
    assert told.returncode == 0, told.stdout + told.stderr


def test_without_a_file_it_says_how_it_is_run():
    told = subprocess.run([sys.executable, "-I", str(SCRIPT)], capture_output=True, text=True)
    assert told.returncode == 2
    assert "recompute.py sanjin.db" in told.stdout
