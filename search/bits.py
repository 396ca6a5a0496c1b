"""Which documents hold each value of a fact, a bit for each: small, and quickly counted."""

from collections.abc import Collection, Iterable, Iterator

from search.lines import Line

Fact = tuple[str, str]


def bits_of(numbers: Iterable[int]) -> int:
    """The number whose bits are these.

    >>> bits_of([0, 2, 3])
    13
    """
    numbers = list(numbers)
    row = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        row[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


class Holdings:
    """What the documents of a new edition hold, gathered in memory: a row of bits for each value,
    about a kilobyte for ten thousand documents."""

    def __init__(self) -> None:
        self.numbers: dict[Fact, int] = {}
        self.rows: dict[int, bytearray] = {}
        self.touched: set[int] = set()

    def changed(self, document: int, was: str, facts: dict[str, list[str]]) -> str:
        """Note what a document holds now, and no longer; all of it as kept beside it."""
        before = set(map(int, was.split()))
        now = {number for name, values in facts.items() for number in self._numbered(name, values)}
        byte, bit, rows = document >> 3, 1 << (document & 7), self.rows
        for number in now ^ before:
            row = rows[number] if number in rows else self.loaded(number)
            if len(row) <= byte:
                row.extend(bytes(byte + 1 - len(row)))
            row[byte] ^= bit
        self.touched |= now ^ before
        return " ".join(map(str, sorted(now)))

    def _numbered(self, name: str, values: list[str]) -> Iterator[int]:
        numbers = self.numbers
        for value in values:
            fact = name, value
            yield numbers[fact] if fact in numbers else self.numbered(fact)

    def numbered(self, fact: Fact) -> int:
        """The number of a value met for the first time."""
        number = self.numbers[fact] = len(self.numbers) + 1
        return number

    def loaded(self, number: int) -> bytearray:
        """The row of a value changed for the first time."""
        row = self.rows[number] = bytearray()
        return row

    def write(self, line: Line, edition: int) -> None:
        """Write all that was noted into an edition that has nothing yet."""
        line.executemany(
            f"INSERT INTO held_{edition} VALUES (?, ?, ?, ?)",
            ((number, *fact, self.rows[number]) for fact, number in self.numbers.items()),
        )


class KeptHoldings(Holdings):
    """What documents of an edition hold, changed; lives no longer than the transaction of its
    line. Rows are read and written once, however many documents change them."""

    def __init__(self, line: Line, edition: int) -> None:
        super().__init__()
        self.line, self.table = line, f"held_{edition}"

    def numbered(self, fact: Fact) -> int:
        """The number of a value, stored if it is new."""
        find = f"SELECT number FROM {self.table} WHERE (name, value) = (?, ?)"
        found = self.line.execute(find, fact).fetchone() or self._add(fact)
        self.numbers[fact] = found[0]
        return found[0]

    def _add(self, fact: Fact) -> tuple[int]:
        add = f"INSERT INTO {self.table} (name, value, documents) VALUES (?, ?, x'')"
        return self.line.execute(f"{add} RETURNING number", fact).fetchone()

    def loaded(self, number: int) -> bytearray:
        """The row of a value as it is stored."""
        find = f"SELECT documents FROM {self.table} WHERE number = ?"
        row = self.rows[number] = bytearray(self.line.execute(find, (number,)).fetchone()[0])
        return row

    def store(self) -> None:
        """Write what was noted."""
        self.line.executemany(
            f"UPDATE {self.table} SET documents = ? WHERE number = ?",
            ((self.rows[number], number) for number in self.touched),
        )


class HeldInBits:
    """What the documents of a shelf hold, read as it stands in the transaction of a line.

    `numbers` are those of the documents by their places.
    """

    def __init__(self, line: Line, edition: int, numbers: list[int]) -> None:
        self.line, self.table, self.numbers = line, f"held_{edition}", numbers

    def having(self, name: str, values: list[str]) -> Iterable[int]:
        """Places where a fact holds any of the values."""
        marks = ", ".join("?" * len(values))
        rows = self.line.execute(
            f"SELECT documents FROM {self.table} WHERE name = ? AND value IN ({marks})",
            (name, *values),
        )
        bits = 0
        for (row,) in rows:
            bits |= int.from_bytes(row, "little")
        held = bin(bits)[:1:-1].ljust(max(self.numbers, default=0) + 1, "0")
        return [place for place, number in enumerate(self.numbers) if held[number] == "1"]

    def counts(self, name: str, places: Collection[int] | None) -> dict[str, int]:
        """In how many of the places, or of all, a fact holds each of its values."""
        numbers = self.numbers if places is None else (self.numbers[place] for place in places)
        asked = bits_of(numbers)
        rows = self.line.execute(
            f"SELECT value, documents FROM {self.table} WHERE name = ?", (name,)
        )
        return {value: (int.from_bytes(row, "little") & asked).bit_count() for value, row in rows}
