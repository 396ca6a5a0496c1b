"""The intake of official figures: one row per outlet and period, corrected by a later sheet."""

from collections.abc import Iterable, Sequence
from datetime import date

from backend.db import as_day, run, run_many
from backend.intake import wording as intake_wording
from backend.intake.kinds import Tell
from backend.intake.lists import ListKind, ListStager, chunks
from backend.intake.models import Delivery, Publication
from backend.monitoring import wording
from backend.monitoring.official import STANDING
from backend.monitoring.rules import figure_written, period_of, period_written
from backend.monitoring.sheets import OFFICIAL
from backend.outlets.lookups import outlets_by_code
from backend.policy.wording import permille
from backend.sheets.reading import Problem, Row

# A figure outside these, in thousandths, may have been written with another base.
UNUSUAL = (500, 2000)

_PUBLISHED = f"""
SELECT outlet.code, standing.period, standing.permille, standing.document, standing.published_on
FROM ({STANDING}) AS standing JOIN outlet ON outlet.id = standing.outlet_id
"""
_INSERT = """
INSERT INTO official_index (outlet_id, period, born, permille, document, published_on)
VALUES ((SELECT id FROM outlet WHERE code = ?), ?, ?, ?, ?, ?)
"""
_WITHDRAW = """
UPDATE official_index SET withdrawn_on = ?
WHERE outlet_id = (SELECT id FROM outlet WHERE code = ?) AND period = ? AND withdrawn_on IS NULL
"""


class FigureStager(ListStager):
    """Gathers figures, knowing the outlets there are."""

    def __init__(self, *given) -> None:
        super().__init__(*given)
        self.outlets = outlets_by_code(self.today)


class OfficialKind(ListKind):
    """Sheets of official figures."""

    key = "official_index"
    form = OFFICIAL

    def __init__(self, *, tell: Tell) -> None:
        self.tell = tell

    def stager(self, delivery: Delivery, *, columns: frozenset[str], today: date) -> FigureStager:
        """A stager that knows the outlets that are published."""
        return FigureStager(self, delivery, columns, today)

    def gather(self, stager: FigureStager, row: Row) -> list[Problem]:
        """Read one figure; an outlet has one a period."""
        values = row.values
        problems = [Problem("", row.number, *found) for found in _wrong(values, stager)]
        if problems:
            return problems
        period, figure = period_written(values["period"]), figure_written(values["figure"])
        facts = {"permille": figure, "document": values["document"],
                 "published_on": values["published_on"].isoformat()}  # fmt: skip
        known = stager.gathered.setdefault(
            f"{values['outlet']}:{period}", {"row": row.number, "doubt": _doubt(figure), **facts}
        )
        if any(known[name] != value for name, value in facts.items()):
            what = wording.twice(known["row"])
            return [Problem("", row.number, "定点编码", values["outlet"], what)]
        return []

    def published(self, codes: Sequence[str]) -> dict[str, dict]:
        """The figures that stand for these outlets and periods."""
        found: dict[str, dict] = {}
        for chunk in chunks(codes, 400):
            outlets = {code.rpartition(":")[0] for code in chunk}
            where = f" WHERE outlet.code IN ({', '.join('?' * len(outlets))})"
            found |= _facts(_PUBLISHED + where, *outlets)
        return {code: found[code] for code in codes if code in found}

    def codes_in_force(self) -> Iterable[str]:
        """Every outlet and period with a figure that stands."""
        return list(_facts(_PUBLISHED))

    def insert(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write figures, born with this publication number."""
        run_many(
            _INSERT,
            [
                (*_parts(code), number, facts["permille"], facts["document"], facts["published_on"])
                for code, facts in rows
            ],
        )

    def update(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write corrected figures beside those they stand in place of."""
        self.insert(rows, number)

    def withdraw(self, codes: Sequence[str], day: date) -> None:
        """Withdraw figures: ours is shown again."""
        run_many(_WITHDRAW, [(day.isoformat(), *_parts(code)) for code in codes])


def _wrong(values, stager):
    if values["outlet"] not in stager.outlets:
        yield "定点编码", values["outlet"], intake_wording.unknown_code("机构")
    period = period_written(values["period"])
    if period is None:
        yield "期间", values["period"], wording.NO_PERIOD
    elif period > period_of(stager.today):
        yield "期间", values["period"], wording.PERIOD_AHEAD
    if figure_written(values["figure"]) is None:
        yield "指数", values["figure"], wording.NO_FIGURE
    if values["published_on"] > stager.today:
        yield "发布日期", values["published_on"].isoformat(), wording.PUBLISHED_AHEAD


def _doubt(figure):
    low, high = UNUSUAL
    return "" if low <= figure <= high else wording.unusual(permille(figure))


def _parts(code):
    outlet, _, period = code.rpartition(":")
    return outlet, period


def _facts(query, *values):
    return {
        f"{code}:{period}": {
            "permille": figure, "document": document,
            "published_on": as_day(published_on).isoformat(),
        }
        for code, period, figure, document, published_on
        in run(query, Publication.current(), *values).fetchall()
    }  # fmt: skip
