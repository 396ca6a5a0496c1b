"""One dictionary, and everything that is written follows it to the letter."""

import csv
import gzip
import hashlib
import json
import re
import sqlite3
from datetime import date, datetime

import pytest

from backend.opendata.rules import OFFICIAL
from backend.opendata.shapes import STORED, tables
from backend.opendata.sinks import database, write_table
from tests.opendata.conftest import TODAY
from tests.opendata.shops import ask, rows

TABLES = tables()
each_table = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)


@pytest.fixture(scope="module")
def package(published):
    return json.loads((published / "datapackage.json").read_text(encoding="utf-8"))


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@each_table
def test_every_file_has_the_columns_of_the_dictionary(published, package, table):
    with (published / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        assert tuple(next(csv.reader(file))) == table.names
    assert all(tuple(row) == table.names for row in rows(published, table.name)[:50])
    made = ask(published, f'PRAGMA table_info("{table.name}")')
    assert [(name, kind) for _, name, kind, *_ in made] == [
        (column.name, STORED[column.type][0]) for column in table.columns
    ]
    (described,) = [one for one in package["resources"] if one["name"] == table.name]
    assert [field["name"] for field in described["schema"]["fields"]] == list(table.names)
    told = [r for r in rows(published, "dictionary") if r["table_name"] == table.name]
    assert {(r["column_name"], r["title"]) for r in told} == {
        (column.name, column.title) for column in table.columns
    }
    page = (published / "dictionary.md").read_text(encoding="utf-8")
    section = page.split(f"## {table.name} {table.title}\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(table.names)


@each_table
def test_the_three_ways_of_writing_say_the_same(published, table):
    lines = rows(published, table.name)
    assert len(csv_rows(published / f"{table.name}.csv")) == len(lines)
    names = ", ".join(table.names)
    kept = ask(published, f'SELECT {names} FROM "{table.name}"')
    told = [tuple(_stored(row[c.name], c.type) for c in table.columns) for row in lines]
    assert sorted(kept, key=repr) == sorted(told, key=repr)


def _stored(value, kind):
    if kind == "json":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return int(value) if isinstance(value, bool) else value


CASTS = {
    "string": str, "integer": int, "number": float, "date": date.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
    "yearmonth": lambda text: datetime.strptime(text, "%Y-%m"), "object": json.loads,
    "boolean": {"true": True, "false": False}.__getitem__,
}  # fmt: skip


@each_table
def test_every_row_keeps_to_the_schema_of_the_package(published, package, table):
    """Types, required values, closed lists, keys and references, as a stranger would check them."""
    by_name = {one["name"]: one for one in package["resources"]}
    schema = by_name[table.name]["schema"]
    found = csv_rows(published / f"{table.name}.csv")
    assert by_name[table.name]["rows"] == len(found)
    for field in schema["fields"]:
        values = [row[field["name"]] for row in found]
        rule = field.get("constraints", {})
        assert not (rule.get("required") and "" in values), field["name"]
        given = {value for value in values if value != ""}
        assert given <= set(rule.get("enum", given)), field["name"]
        for value in given:
            CASTS[field["type"]](value)
    if "primaryKey" in schema:
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in found]
        assert len(keys) == len(set(keys))
    for reference in schema.get("foreignKeys", ()):
        to = reference["reference"]
        there = {_picked(row, to["fields"])
                 for row in csv_rows(published / by_name[to["resource"]]["path"])}  # fmt: skip
        here = {_picked(row, reference["fields"]) for row in found}
        assert {pair for pair in here if all(pair)} <= there


def _picked(row, names):
    return tuple(row[name] for name in ([names] if isinstance(names, str) else names))


def test_every_file_has_its_size_and_checksum(published, package):
    for one in package["resources"]:
        data = (published / one["path"]).read_bytes()
        assert one["bytes"] == len(data)
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    lines = (published / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    there = {path.name for path in published.iterdir()} - {"SHA256SUMS"}
    assert set(named) == there
    assert {one["path"] for one in package["resources"]} == there - {"datapackage.json"}


def test_the_package_says_whose_it_is_under_which_licence_and_that_it_is_a_demonstration(package):
    assert package["licenses"][0]["name"] == "notspecified"
    assert "由市医疗保障局决定" in package["licenses"][0]["title"]
    assert package["sanjin"]["demo"] is True
    assert "演示" in package["title"]
    assert package["version"] == TODAY.isoformat()


def test_the_sqlite_file_is_whole_and_refers_to_nothing_that_is_not_there(published):
    assert ask(published, "PRAGMA integrity_check") == [("ok",)]
    assert ask(published, "PRAGMA foreign_key_check") == []
    assert ask(published, "PRAGMA foreign_key_list(price)")


def written(folder, name, row):
    with database(folder) as file:
        write_table(TABLES[name], [row], folder, file)


def test_what_refers_to_nothing_is_never_published(tmp_path):
    band = ("nowhere", "2026-11-24", "band-1", 10, 1, 2, 3)
    with pytest.raises(sqlite3.IntegrityError, match="refer to nothing"):
        written(tmp_path, "band", band)


HOSTILE = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "007", "123456789012345678", "1-2", "1/2",
           "2026-01-05", "1E5", "＝1"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_excel_neither_runs_nor_misreads_a_text(tmp_path, text):
    table = TABLES["alias"]
    row = (text, "俗名", "演示药", "", "", "")
    with database(tmp_path) as file:
        write_table(table, [row], tmp_path, file)
        kept = file.execute("SELECT name FROM alias").fetchone()
    (written,) = csv_rows(tmp_path / "alias.csv")
    assert written["name"] == "'" + text
    with gzip.open(tmp_path / "alias.jsonl.gz", "rt") as lines:
        assert json.loads(lines.read())["name"] == text
    assert kept == (text,)


@pytest.mark.parametrize("text", ["0.5g×60片", "三（五）", "A0001", "210102", "8:00-20:00"])
def test_a_harmless_text_stays_as_it_is(tmp_path, text):
    written(tmp_path, "alias", (text, "俗名", "药", "", "", ""))
    assert csv_rows(tmp_path / "alias.csv")[0]["name"] == text


def test_a_price_says_where_it_was_seen_and_by_which_clause_it_is_judged(published):
    found = rows(published, "price")
    assert {row["source"] for row in found} <= set(OFFICIAL)
    judged = {row["verdict"] for row in found}
    assert {"compliant", "in_band", "clearly_high", "off_winning", "undetermined"} <= judged
    assert all(row["clause"] for row in found)
    high = next(row for row in found if row["verdict"] == "clearly_high")
    assert high["delta_fen"] == high["price_fen"] - high["winning_fen"] > 0
    assert high["position"] == "clearly_high"


def test_every_number_of_the_pack_has_its_clause_or_its_source(published):
    told = {row["path"]: row for row in rows(published, "policy_pack")}
    band = told["band.window_days"]
    assert (band["value"], band["clause"], band["draft"]) == ("30", "三（五）", True)
    assert "本系统公布的算法" in band["source"]
    numbers = [row for row in told.values() if (row["value"] or "").isdigit()]
    silent = [row["path"] for row in numbers if not (row["clause"] or row["source"])]
    assert silent == []
    assert (published / "pack-shenyang-2025-draft.1.toml").exists()
