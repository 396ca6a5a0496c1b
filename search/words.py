"""Distinct words of the SQLite index, written once with everything they can be found by."""

from search.layers import SOUNDING
from search.lines import Line
from search.pinyin import homophone_phrase, initials, initials_suffixes, pinyin_suffixes
from search.text import spell_singly

_FIND = "SELECT number FROM word WHERE kind = ? AND field = ? AND text = ?"
_ADD = "INSERT INTO word (kind, field, text, sounds, initials) VALUES (?, ?, ?, ?, ?)"


class Words:
    """Numbers of words; lives no longer than the transaction of its line."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.numbers: dict[tuple[str, str, str], int] = {}

    def number(self, kind: str, field: str, key: str) -> int:
        """The number of a word, stored if it is new."""
        word = kind, field, key
        if word not in self.numbers:
            found = self.line.execute(_FIND, word).fetchone()
            self.numbers[word] = found[0] if found else self._add(*word)
        return self.numbers[word]

    def _add(self, kind: str, field: str, key: str) -> int:
        sounding = key if field in SOUNDING else ""
        sounds = homophone_phrase(sounding)
        stored = kind, field, key, sounds, initials(sounding)
        (number,) = self.line.execute(f"{_ADD} RETURNING number", stored).fetchone()
        typed = " ".join(pinyin_suffixes(sounding)), " ".join(initials_suffixes(sounding))
        self.line.execute(
            f"INSERT INTO fts_{kind} (rowid, singly, sounds, pinyin, initials)"
            " VALUES (?, ?, ?, ?, ?)",
            (number, spell_singly(key), sounds, *typed),
        )
        return number
