"""Distinct words of the SQLite index, written once with everything they can be found by."""

from search.layers import SOUNDING
from search.lines import Line
from search.pinyin import homophone_phrase, initials, initials_suffixes, pinyin_suffixes
from search.text import spell_singly

WORD = (
    "CREATE TABLE word (number INTEGER PRIMARY KEY, kind TEXT, field TEXT, text TEXT,"
    " sounds TEXT, initials TEXT, UNIQUE (kind, field, text))"
)
FTS = (
    "CREATE VIRTUAL TABLE fts_{kind} USING fts5 (singly, sounds, pinyin, initials,"
    " content='', columnsize=0, prefix='1 2', tokenize='unicode61 remove_diacritics 0')"
)
_FIND = "SELECT number FROM word WHERE kind = ? AND field = ? AND text = ?"
_ADD = "INSERT INTO word (kind, field, text, sounds, initials) VALUES (?, ?, ?, ?, ?)"
_COLUMNS = "rowid, singly, sounds, pinyin, initials"


class Words:
    """Numbers of a kind's words; lives no longer than the transaction of its line."""

    def __init__(self, line: Line, kind: str) -> None:
        self.line, self.kind = line, kind
        self.numbers: dict[tuple[str, str], int] = {}

    def number(self, field: str, key: str) -> int:
        """The number of a word, stored if it is new."""
        word = field, key
        if word not in self.numbers:
            found = self.line.execute(_FIND, (self.kind, *word)).fetchone()
            self.numbers[word] = found[0] if found else self._add(*word)
        return self.numbers[word]

    def _add(self, field: str, key: str) -> int:
        sounding = key if field in SOUNDING else ""
        stored = self.kind, field, key, homophone_phrase(sounding), initials(sounding)
        (number,) = self.line.execute(f"{_ADD} RETURNING number", stored).fetchone()
        self.line.execute(
            f"INSERT INTO fts_{self.kind} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
            (number, *_found_by(field, key)),
        )
        return number

    def keep(self, carried: set[int]) -> None:
        """Take out all words but these."""
        kept = "SELECT number, field, text FROM word WHERE kind = ?"
        for number, *word in self.line.execute(kept, (self.kind,)).fetchall():
            if number not in carried:
                self._drop(number, *word)

    def _drop(self, number: int, field: str, key: str) -> None:
        """FTS5 forgets what it is told again."""
        self.line.execute(
            f"INSERT INTO fts_{self.kind} (fts_{self.kind}, {_COLUMNS})"
            " VALUES ('delete', ?, ?, ?, ?, ?)",
            (number, *_found_by(field, key)),
        )
        self.line.execute("DELETE FROM word WHERE number = ?", (number,))


def _found_by(field: str, key: str) -> tuple[str, str, str, str]:
    sounding = key if field in SOUNDING else ""
    return (
        spell_singly(key),
        homophone_phrase(sounding),
        " ".join(pinyin_suffixes(sounding)),
        " ".join(initials_suffixes(sounding)),
    )
