"""The intake of outlet sheets: places converted once, badge stretches kept as history."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from backend.db import run_many
from backend.indexing.notes import note
from backend.intake.differences import merged
from backend.intake.kinds import Tell
from backend.intake.lists import ListKind, ListStager, chunks
from backend.intake.models import Delivery
from backend.outlets import wording
from backend.outlets.models import BadgeSpan, Outlet
from backend.outlets.rows import PLAIN, badge_of, facts_of, value_of, wrong
from backend.outlets.sheets import OUTLETS
from backend.policy.terms import Pack
from backend.sheets.reading import Problem, Row

_SPAN = ("state", "until", "round", "reason")
_COLUMNS = (*PLAIN, "withdrawn_on")
# What offers copy from their outlet.
_COPIED = ("lat", "lon", "district", "kind")
_INSERT = (
    f"INSERT INTO outlet (code, born, {', '.join(_COLUMNS)}) VALUES (?, ?{', ?' * len(_COLUMNS)})"
)
_UPDATE = f"UPDATE outlet SET {', '.join(f'{c} = ?' for c in _COLUMNS)} WHERE code = ?"
_UPSERT_SPAN = f"""
INSERT INTO badge_span (outlet_id, since, {", ".join(_SPAN)}) VALUES (?, ?{", ?" * len(_SPAN)})
ON CONFLICT (outlet_id, since) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in _SPAN)}
"""


class OutletsKind(ListKind):
    """Sheets of outlets: one row per outlet, or several where its badge has a history."""

    key = "outlets"
    form = OUTLETS

    def __init__(
        self, pack: Callable[[], Pack], *, follow: Callable[[Sequence[str]], None], tell: Tell
    ) -> None:
        self.pack, self.follow, self.tell = pack, follow, tell

    def gather(self, stager: ListStager, row: Row) -> list[Problem]:
        """Read the row's outlet and its badge stretch; rows of one code add up."""
        values, pack = row.values, self.pack()
        problems = [Problem("", row.number, *found) for found in wrong(values, pack)]
        if problems:
            return problems
        told = facts_of(values, stager.columns, pack) | badge_of(values)
        told |= stager.withdrawal(values.get("state"))
        known = stager.gathered.setdefault(values["code"], {"row": row.number})
        # Another stretch of the badge adds up; anything else told twice must be told alike.
        if any(known.get(key, value) != value for key, value in told.items()):
            what = wording.contradicts(known["row"])
            return [Problem("", row.number, "定点编码", values["code"], what)]
        known |= told
        return []

    def published(self, codes: Sequence[str]) -> dict[str, dict]:
        """The published facts of these codes."""
        outlets = {o.code: o for o in Outlet.seen().where(Outlet.code.in_(codes))}
        found = {code: _published(outlet) for code, outlet in outlets.items()}
        by_id = {outlet.id: code for code, outlet in outlets.items()}
        for span in BadgeSpan.select().where(BadgeSpan.outlet.in_(list(by_id))):
            found[by_id[span.outlet_id]][f"badge:{span.since.isoformat()}"] = {
                "state": span.state,
                "until": span.until and span.until.isoformat(),
                "round": span.round,
                "reason": span.reason,
            }
        return found

    def codes_in_force(self) -> Iterable[str]:
        """Every published outlet that is not withdrawn."""
        return [o.code for o in Outlet.seen().where(Outlet.withdrawn_on.is_null())]

    def insert(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write new outlets with their badges."""
        run_many(_INSERT, [(code, number, *_values(facts)) for code, facts in rows])
        _attach(rows)

    def update(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Change published outlets, and what offers copied from them."""
        moved = []
        for chunk in chunks(rows):
            before = self.published([code for code, _ in chunk])
            after = {code: merged(before[code], facts) for code, facts in chunk}
            run_many(_UPDATE, [(*_values(facts), code) for code, facts in after.items()])
            _attach(list(after.items()))
            moved += [c for c, f in after.items() if any(f[k] != before[c][k] for k in _COPIED)]
        self.follow(moved)

    def withdraw(self, codes: Sequence[str], day: date) -> None:
        """Withdraw outlets: their codes will answer that they are gone."""
        run_many(
            "UPDATE outlet SET withdrawn_on = ? WHERE code = ?",
            [(day.isoformat(), code) for code in codes],
        )

    def flip(self, delivery: Delivery) -> None:
        """Change what is published, and note what the index must be told of it."""
        super().flip(delivery)
        note("outlets", self.touched(delivery), number=delivery.number)


def _published(outlet):
    gone = outlet.withdrawn_on
    facts = {key: getattr(outlet, key) for key in PLAIN}
    return facts | {"withdrawn_on": gone and gone.isoformat()}


def _values(facts):
    return *(value_of(facts, column) for column in PLAIN), facts.get("withdrawn_on")


def _attach(rows):
    codes = [code for code, _ in rows]
    ids = dict(iter(Outlet.select(Outlet.code, Outlet.id).where(Outlet.code.in_(codes)).tuples()))
    spans = [
        (ids[code], key.removeprefix("badge:"), *(span[c] for c in _SPAN))
        for code, facts in rows
        for key, span in facts.items()
        if key.startswith("badge:")
    ]
    run_many(_UPSERT_SPAN, spans)
