"""What stands beside the tables: descriptions for programs and for people, and checksums."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from backend.opendata import wording
from backend.opendata.moment import Moment
from backend.opendata.shapes import STORED, Column, Table, tables
from backend.opendata.sinks import DATABASE, csv_name, lines_name
from backend.outlets.lookups import has_demo_data

PACKAGE, METADATA, DICTIONARY, SUMS = (
    "datapackage.json", "metadata.json", "dictionary.md", "SHA256SUMS",
)  # fmt: skip
_CHUNK = 1 << 20


def describe(moment: Moment, folder: Path, counts: Mapping[str, int]) -> None:
    """Write the descriptions of a folder whose tables are written, and last its checksums."""
    told = _about(moment)
    _write(folder / DICTIONARY, dictionary(told))
    _write(folder / METADATA, _json(datasette(told)))
    _write(folder / PACKAGE, _json(data_package(told, folder, counts)))
    _write(folder / SUMS, "".join(f"{mark}  {name}\n" for name, mark in _marks(folder).items()))


def _about(moment: Moment) -> dict[str, Any]:
    demo = has_demo_data()
    terms = moment.terms
    return {
        "day": moment.day.isoformat(), "demo": demo, "pack": moment.pack.id,
        "title": wording.demo_title(f"{wording.TITLE} {moment.day}", demo=demo),
        "licence": terms.licence, "licence_id": terms.licence_id, "small_count": terms.small_count,
        "city": moment.pack.city_name,
    }  # fmt: skip


def data_package(told: Mapping, folder: Path, counts: Mapping[str, int]) -> dict:
    """The folder as a Frictionless Data Package: tables with types, keys, references, checksums."""
    listed = [one for table in tables().values() for one in _tabular(table, folder, counts)]
    others = sorted(path.name for path in folder.iterdir() if path.name in (
        DATABASE, METADATA, DICTIONARY) or path.suffix == ".toml")  # fmt: skip
    return {
        "profile": "tabular-data-package" if not others else "data-package",
        "name": f"sanjin-{told['day']}",
        "title": told["title"],
        "description": "\n".join(wording.method(told["small_count"])),
        "version": told["day"],
        "licenses": [{"name": told["licence_id"], "title": told["licence"]}],
        "sources": [{"title": source} for source in sorted({t.source for t in tables().values()})],
        "contributors": [{"title": told["city"], "role": "publisher"}],
        "sanjin": {key: told[key] for key in ("day", "demo", "pack", "small_count", "licence")},
        "resources": [*listed, *(_resource(folder / name) for name in others)],
    }


def _tabular(table: Table, folder: Path, counts) -> Iterable[dict]:
    described = {
        "title": table.title, "description": table.about, "rows": counts[table.name],
        "sources": [{"title": table.source}],
    }  # fmt: skip
    kept = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "schema": schema(table)}  # fmt: skip
    yield _resource(folder / csv_name(table)) | {"name": table.name} | described | kept
    lines = {"format": "jsonl", "mediatype": "application/jsonl", "compression": "gz"}
    yield (
        _resource(folder / lines_name(table)) | {"name": f"{table.name}-lines"} | described | lines
    )


def _resource(path: Path) -> dict:
    name = path.name.lower().replace("_", "-").replace(".", "-")
    mark = f"sha256:{sha256(path)}"
    return {"name": name, "path": path.name, "bytes": path.stat().st_size, "hash": mark}


def schema(table: Table) -> dict:
    """The Table Schema of a table."""
    made: dict[str, Any] = {"fields": [_field(one) for one in table.columns], "missingValues": [""]}
    if table.key:
        made["primaryKey"] = list(table.key)
    refs: list[dict[str, Any]] = [
        {"fields": one.name, "reference": {"resource": to, "fields": name}}
        for one in table.columns if one.ref
        for to, name in [one.ref.split(".")]
    ]  # fmt: skip
    for ref in table.refs:
        names = list(ref.columns)
        refs.append({"fields": names, "reference": {"resource": ref.to, "fields": names}})
    return made | ({"foreignKeys": refs} if refs else {})


def _field(column: Column) -> dict:
    about = column.about + (f"（{column.unit}）" if column.unit else "")
    made: dict[str, Any] = {"name": column.name, "type": STORED[column.type][1],
                            "title": column.title, "description": about}  # fmt: skip
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    return made | ({"constraints": constraints} if constraints else {})


def datasette(told: Mapping) -> dict:
    """What Datasette shows of the SQLite file: titles, licence, the meaning of each column."""
    described = {
        table.name: {
            "title": table.title, "description": table.about, "source": table.source,
            "columns": {one.name: _field(one)["description"] for one in table.columns},
        }
        for table in tables().values()
    }  # fmt: skip
    return {
        "title": told["title"], "license": told["licence"],
        "description": "\n".join(wording.method(told["small_count"])),
        "databases": {Path(DATABASE).stem: {"title": told["title"], "tables": described}},
    }  # fmt: skip


def dictionary(told: Mapping) -> str:
    """The data dictionary for people, as Markdown."""
    lines = [f"# {told['title']}", "", told["licence"], ""]
    lines += [f"- {words}" for words in wording.method(told["small_count"])] + [""]
    for table in tables().values():
        lines += [
            f"## {table.name} {table.title}",
            "",
            table.about,
            "",
            f"{wording.FROM}{table.source}",
            "",
        ]
        lines += [wording.HEAD, "|---|---|---|---|---|"]
        lines += [f"| {' | '.join(_cells(one, table))} |" for one in table.columns] + [""]
    return "\n".join(lines)


def _cells(column: Column, table: Table):
    marks = [wording.KEY] if column.name in table.key else []
    marks += [f"→ {column.ref}"] if column.ref else []
    return (f"`{column.name}`", column.title, column.type, column.unit,
            "；".join((column.about, *marks)))  # fmt: skip


def sha256(path: Path) -> str:
    """The checksum of a file, read a stretch at a time."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        while stretch := file.read(_CHUNK):
            made.update(stretch)
    return made.hexdigest()


def _marks(folder):
    return {path.name: sha256(path) for path in sorted(folder.iterdir()) if path.name != SUMS}


def _json(facts):
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _write(path, text):
    path.write_text(text, encoding="utf-8")
