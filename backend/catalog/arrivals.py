"""The intake of drug sheets: products, their winning prices, the diseases they are listed under."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from backend.catalog import wording
from backend.catalog.models import Batch, Drug, DrugTag, Win
from backend.catalog.products import (
    PLAIN,
    WIN,
    code_named,
    facts_of,
    incomplete,
    plain,
    two_prices,
    value_of,
    win_key,
    wins_in,
)
from backend.catalog.sheets import DRUGS
from backend.db import run, run_many
from backend.indexing.notes import note
from backend.intake.differences import merged
from backend.intake.kinds import Tell
from backend.intake.lists import ListKind, ListStager, chunks
from backend.intake.models import Delivery
from backend.money import yuan
from backend.sheets.reading import Problem, Row

# What follows from changed drugs for what sells them, under a publication number.
Follow = Callable[[Sequence[str], int], None]

_COLUMNS = (*PLAIN, "withdrawn_on")
_INSERT = (
    f"INSERT INTO drug (code, born, {', '.join(_COLUMNS)}) VALUES (?, ?{', ?' * len(_COLUMNS)})"
)
_UPDATE = f"UPDATE drug SET {', '.join(f'{c} = ?' for c in _COLUMNS)} WHERE code = ?"
_UPSERT_WIN = f"""
INSERT INTO win (drug_id, batch_id, standing, {", ".join(WIN)}) VALUES (?, ?, ?{", ?" * len(WIN)})
ON CONFLICT (drug_id, batch_id, standing) DO UPDATE SET
{", ".join(f"{c} = excluded.{c}" for c in WIN)}
"""
_INSERT_BATCH = """
INSERT INTO batch (name, announced_on, notice_url) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING
"""


class DrugStager(ListStager):
    """Gathers drug rows, knowing by which code each product is published already."""

    def __init__(self, *given) -> None:
        super().__init__(*given)
        self.by_nhsa: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self.nhsa_of: dict[str, str] = {}
        for drug in Drug.seen().dicts().iterator():
            self._know(drug["code"], drug["nhsa_code"], code_named(drug))

    def code_of(self, values: dict, facts: dict) -> str:
        """The code of the row's product: as stated, by 医保编码, by what it is, or a new one."""
        nhsa, name = values.get("nhsa_code") or "", code_named(facts)
        code = values.get("code") or self.by_nhsa.get(nhsa) or self._by_name(name, nhsa)
        code = code or nhsa or name
        self._know(code, nhsa, name)
        return code

    def _by_name(self, name, nhsa):
        code = self.by_name.get(name)
        # Two 医保编码 are two products, however alike they are described.
        same = code and (not nhsa or self.nhsa_of.get(code, "") in ("", nhsa))
        return code if same else None

    def _know(self, code, nhsa, name):
        self.by_name.setdefault(name, code)
        if nhsa:
            self.by_nhsa.setdefault(nhsa, code)
            self.nhsa_of[code] = nhsa


class DrugsKind(ListKind):
    """Sheets of drugs: one row per product and batch it won."""

    key = "drugs"
    form = DRUGS

    def __init__(self, *, follow: Follow, tell: Tell) -> None:
        self.follow, self.tell = follow, tell

    def stager(self, delivery: Delivery, *, columns: frozenset[str], today: date) -> DrugStager:
        """A stager that knows the products that are published."""
        return DrugStager(self, delivery, columns, today)

    def gather(self, stager: DrugStager, row: Row) -> list[Problem]:
        """Merge the row into its product; a second price for one batch contradicts the first."""
        values = row.values
        lacking = [
            Problem("", row.number, header, "", wording.NEEDED_WITH_A_PRICE)
            for header in incomplete(values)
        ]
        if lacking:
            return lacking
        facts = facts_of(values, stager.columns) | stager.withdrawal(values.get("state"))
        known = stager.gathered.setdefault(stager.code_of(values, facts), {"row": row.number})
        if two_prices(known, facts):
            what = wording.two_prices(known["row"])
            return [Problem("", row.number, "中选价", yuan(values["price_fen"]), what)]
        known |= {key: value for key, value in facts.items() if value or key not in known}
        return []

    def published(self, codes: Sequence[str]) -> dict[str, dict]:
        """The published facts of these codes."""
        drugs = {d.code: d for d in Drug.seen().where(Drug.code.in_(codes))}
        found = {code: _published(drug) for code, drug in drugs.items()}
        ids = {drug.id: code for code, drug in drugs.items()}
        for tag in DrugTag.select().where(DrugTag.drug.in_(list(ids))).order_by(DrugTag.tag):
            found[ids[tag.drug_id]]["tags"].append(tag.tag)
        for win in Win.select(Win, Batch).join(Batch).where(Win.drug.in_(list(ids))):
            found[ids[win.drug_id]][win_key(win.batch.name, win.standing)] = {
                name: plain(getattr(win, name)) for name in WIN
            }
        return found

    def codes_in_force(self) -> Iterable[str]:
        """Every published product that is not withdrawn."""
        return [d.code for d in Drug.seen().where(Drug.withdrawn_on.is_null())]

    def insert(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write new products with their wins and tags."""
        run_many(_INSERT, [(code, number, *_values(facts)) for code, facts in rows])
        _attach(rows)

    def update(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Change published products; columns the sheet lacks keep their values."""
        for chunk in chunks(rows):
            before = self.published([code for code, _ in chunk])
            after = [(code, merged(before[code], facts)) for code, facts in chunk]
            run_many(_UPDATE, [(*_values(facts), code) for code, facts in after])
            _attach(after)

    def withdraw(self, codes: Sequence[str], day: date) -> None:
        """Withdraw products: their codes will answer that they are gone."""
        run_many(
            "UPDATE drug SET withdrawn_on = ? WHERE code = ?", [(day.isoformat(), c) for c in codes]
        )

    def flip(self, delivery: Delivery) -> None:
        """Change what is published, and note what the index must be told of it."""
        super().flip(delivery)
        note("drugs", self.touched(delivery), number=delivery.number)
        self.follow(self.known_before(delivery), delivery.number)


def _published(drug):
    facts = {key: getattr(drug, key) for key in PLAIN}
    return facts | {"withdrawn_on": plain(drug.withdrawn_on), "tags": []}


def _values(facts):
    return *(value_of(facts, column) for column in PLAIN), facts.get("withdrawn_on")


def _attach(rows):
    """Write the wins and tags of products that are in the table by now."""
    batches = _batches(rows)
    codes = [code for code, _ in rows]
    ids = dict(iter(Drug.select(Drug.code, Drug.id).where(Drug.code.in_(codes)).tuples()))
    tagged = [(ids[code], facts["tags"]) for code, facts in rows if "tags" in facts]
    run_many("DELETE FROM drug_tag WHERE drug_id = ?", [(id_,) for id_, _ in tagged])
    run_many(
        "INSERT INTO drug_tag (drug_id, tag) VALUES (?, ?)",
        [(id_, tag) for id_, tags in tagged for tag in tags],
    )
    run_many(
        _UPSERT_WIN,
        [
            (ids[code], batches[batch], standing, *(win.get(c) for c in WIN))
            for code, facts in rows
            for batch, standing, win in wins_in(facts)
        ],
    )


def _batches(rows):
    """Batch ids by name; a batch is known from its first winning price on."""
    told: dict[str, dict] = {}
    for _, facts in rows:
        for batch, _, win in wins_in(facts):
            told.setdefault(batch, win)
    for name, win in told.items():
        run(_INSERT_BATCH, name, win.get("announced_on"), win.get("notice_url") or "")
    found = Batch.select(Batch.name, Batch.id).where(Batch.name.in_(list(told)))
    return dict(iter(found.tuples()))
