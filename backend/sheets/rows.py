"""A row as the form reads it, and what is wrong with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from backend.sheets.cells import Reader, clean, reader_for
from backend.sheets.errors import BadCell, LostCell
from backend.sheets.forms import Form
from backend.sheets.headers import Header

VALUE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong cell (or, with an empty `column`, one wrong row); `row` as people count them."""

    sheet: str
    row: int
    column: str
    value: str
    what: str

    @property
    def sentence(self) -> str:
        """For a person: 第 18 行 中选价：'一块八' 不是金额，请填数字，例如 1.80。"""
        return f"第 {self.row} 行{' ' if self.column else ''}{self.column}：{self.what}。"


@dataclass(slots=True)
class Row:
    """One row; `values` holds every key of the form, None where a cell is empty or wrong.

    `doubts` are cells of optional columns that a person should look at; they count as empty.
    """

    number: int
    values: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()


class RowReader:
    """Reads rows of one sheet by one form: the whole row at once, cell by cell when that fails."""

    def __init__(self, form: Form, header: Header, *, sheet: str, shifts_show: bool) -> None:
        self.form, self.header, self.sheet = form, header, sheet
        self.keys = tuple(header.places)
        self.absent = {c.key: None for c in form.columns if c.key not in header.places}
        self.readers: list[Reader] = [reader_for(form.by_key[key]) for key in self.keys]
        self.pick = _picker(header.places.values())
        # In a CSV a cell too many means a comma inside a text has pushed the others aside.
        self.shifts_show = shifts_show
        self.may_be_empty = not any(form.by_key[key].required for key in self.keys)
        self.seen: dict[int, int] = {}

    def read(self, number: int, cells: list[str]) -> Row | None:
        """The row, or None when nothing is written in it."""
        width = self.header.width
        if len(cells) != width:
            if self.shifts_show and any(cells[width:]):
                return self._shifted(number, cells)
            cells += [""] * (width - len(cells))
        try:
            values = dict(
                zip(
                    self.keys,
                    [read(raw) for read, raw in zip(self.readers, self.pick(cells), strict=True)],
                    strict=True,
                )
            )
        except BadCell:
            return self._read_closely(number, cells)
        if self.may_be_empty and not any(map(clean, cells)):
            return None
        values.update(self.absent)
        if self.form.unique and (twin := self._twin(number, values)):
            return Row(number, values, (twin,))
        return Row(number, values)

    def _read_closely(self, number: int, cells: list[str]) -> Row | None:
        written = [place for place, cell in enumerate(cells) if clean(cell)]
        if not written:
            return None
        values: dict[str, Any] = dict(self.absent)
        problems: list[Problem] = []
        doubts: list[Problem] = []
        for key, read, raw in zip(self.keys, self.readers, self.pick(cells), strict=True):
            try:
                values[key] = read(raw)
            except BadCell as bad:
                values[key] = None
                column = self.form.by_key[key]
                lost = isinstance(bad, LostCell) and not column.required
                found = doubts if lost else problems
                found.append(self._problem(number, column.name, raw, bad.what))
        if len(written) == 1 and len(problems) > 1:
            note = "这一行只有一格有字，如果是表尾说明请删掉这一行，否则请补全必填的列"
            problems = [self._problem(number, "", cells[written[0]], note)]
        return Row(number, values, tuple(problems), tuple(doubts))

    def _shifted(self, number: int, cells: list[str]) -> Row:
        what = (
            f"这一行有 {len(cells)} 格，表头只有 {self.header.width} 格，"
            "可能是文字里有逗号，请把这一格用英文双引号括起来"
        )
        values = dict.fromkeys(c.key for c in self.form.columns)
        return Row(number, values, (self._problem(number, "", ",".join(cells), what),))

    def _twin(self, number: int, values: dict[str, Any]) -> Problem | None:
        # Hashes, not values: a million rows then cost some 150 MB at most, whatever is in them.
        identity = tuple(values[key] for key in self.form.unique)
        first = self.seen.setdefault(hash(identity), number)
        if first == number or not any(part is not None for part in identity):
            return None
        names = "、".join(self.form.names(self.form.unique))
        return self._problem(
            number, names, "、".join(map(str, identity)), f"与第 {first} 行重复，请只留一行"
        )

    def _problem(self, number: int, column: str, raw: str, what: str) -> Problem:
        return Problem(self.sheet, number, column, clean(raw[:VALUE_CHARACTERS]), what)


def _picker(places: Iterable[int]) -> Callable[[list[str]], tuple[str, ...]]:
    places = tuple(places)
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)
