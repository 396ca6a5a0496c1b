"""Names in a bare FTS5 table: what it costs to find them, without ranking or repairing anything.

Written so that any part of a name, its sound, pinyin and initials are found; each name is kept
once, as it is with the project's own index.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from backend import db
from search.pinyin import homophone_phrase, initials_suffixes, pinyin_suffixes
from search.text import compact, has_chinese, spell_singly

_WRITTEN = {
    "drugs": "SELECT generic_name, '' FROM drug UNION SELECT core, '' FROM drug"
             " UNION SELECT name, core FROM alias",
    "outlets": "SELECT name, code FROM outlet",
}  # fmt: skip
_TABLE = "CREATE TABLE {kind} (number INTEGER PRIMARY KEY, name TEXT, code TEXT)"
_FTS = (
    "CREATE VIRTUAL TABLE fts_{kind} USING fts5 (singly, sounds, typed, content='', columnsize=0,"
    " prefix='1 2', tokenize='unicode61 remove_diacritics 0')"
)
_ASK = """
SELECT {kind}.name, {kind}.code
FROM (SELECT rowid FROM fts_{kind} WHERE fts_{kind} MATCH ? ORDER BY rank LIMIT ?) AS best
JOIN {kind} ON {kind}.number = best.rowid
"""


def spelt(*names: str) -> dict[str, list[str]]:
    """How names are written down to be found: character by character, as heard, as typed."""
    return {
        "singly": [spell_singly(compact(name)) for name in names],
        "sounds": [homophone_phrase(name) for name in names],
        "typed": [one for n in names for one in (*pinyin_suffixes(n), *initials_suffixes(n))],
    }


def written(path: Path) -> Path:
    """A file with the names of the open house, made where it is missing."""
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as line, line:
            for kind, sql in _WRITTEN.items():
                _fill(line, kind, db.run(sql).fetchall())
        draft.replace(path)
    return path


def _fill(line, kind, names: Sequence[tuple[str, str]]):
    line.execute(_TABLE.format(kind=kind))
    line.execute(_FTS.format(kind=kind))
    numbered = list(enumerate(names, start=1))
    line.executemany(f"INSERT INTO {kind} VALUES (?, ?, ?)", ((n, *told) for n, told in numbered))
    line.executemany(
        f"INSERT INTO fts_{kind} (rowid, singly, sounds, typed) VALUES (?, ?, ?, ?)",
        ((n, *map(" ".join, spelt(name).values())) for n, (name, _) in numbered),
    )


def named(line: sqlite3.Connection, kind: str, words: str, most: int) -> list[tuple[str, str]]:
    """Names of a kind that contain the words, or sound or abbreviate like them, best first; with
    each the outlet's code, or the substance another name stands for."""
    key = compact(words)
    ways = [f'singly : "{spell_singly(key)}"']
    if has_chinese(key):
        ways.append(f'sounds : "{homophone_phrase(key)}"')
    else:
        ways.append(f'typed : "{key}" *')
    return line.execute(_ASK.format(kind=kind), (" OR ".join(ways), most)).fetchall()
