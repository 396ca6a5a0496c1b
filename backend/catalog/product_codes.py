"""The intake of codes on boxes: which product the number of a scanned code stands for."""

from collections.abc import Iterable, Sequence
from datetime import date

from backend.catalog import wording
from backend.catalog.lookups import DrugRef, drugs_by_code
from backend.catalog.models import ProductCode
from backend.catalog.packcodes import BASE, GTIN, TRACE, PackCode, read
from backend.catalog.sheets import PRODUCT_CODES
from backend.db import run_many
from backend.errors import BadInput
from backend.intake import wording as intake_wording
from backend.intake.kinds import Tell
from backend.intake.lists import ListKind, ListStager
from backend.intake.models import Delivery
from backend.sheets.reading import Problem, Row

_MAPPED = (TRACE, GTIN, BASE)
_INSERT = """
INSERT INTO product_code (kind, code, born, drug_id, source)
VALUES (?, ?, ?, (SELECT id FROM drug WHERE code = ?), ?)
"""
_UPDATE = """
UPDATE product_code SET drug_id = (SELECT id FROM drug WHERE code = ?), source = ?
WHERE kind = ? AND code = ?
"""


class CodeStager(ListStager):
    """Gathers codes, knowing the products there are."""

    def __init__(self, *given) -> None:
        super().__init__(*given)
        self.drugs: dict[str, DrugRef] = drugs_by_code()


class ProductCodesKind(ListKind):
    """Sheets of codes: one row per code, each for one product."""

    key = "product_codes"
    form = PRODUCT_CODES

    def __init__(self, *, tell: Tell) -> None:
        self.tell = tell

    def stager(self, delivery: Delivery, *, columns: frozenset[str], today: date) -> CodeStager:
        """A stager that knows the products that are published."""
        return CodeStager(self, delivery, columns, today)

    def gather(self, stager: CodeStager, row: Row) -> list[Problem]:
        """A code names one product; no problem repeats it, since it may be that of a single box."""
        code, drug = _read(row.values["code"]), stager.drugs.get(row.values["drug"])
        if not isinstance(code, PackCode):
            return [Problem("", row.number, "码", "", code)]
        if not drug:
            what = intake_wording.unknown_code("药品")
            return [Problem("", row.number, "药品编码", row.values["drug"], what)]
        facts = {"drug": drug.code, "source": row.values["source"]}
        known = stager.gathered.setdefault(_key(code), {"row": row.number, **facts})
        if known["drug"] != drug.code:
            return [Problem("", row.number, "码", "", wording.two_products(known["row"]))]
        return []

    def published(self, codes: Sequence[str]) -> dict[str, dict]:
        """The published facts of these codes."""
        numbers = [key.partition(":")[2] for key in codes]
        rows = ProductCode.seen().where(ProductCode.code.in_(numbers))
        found = {_key(one): {"drug": one.drug.code, "source": one.source} for one in rows}
        return {key: found[key] for key in codes if key in found}

    def codes_in_force(self) -> Iterable[str]:
        """Every published code."""
        return [_key(one) for one in ProductCode.seen()]

    def insert(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write new codes."""
        told = [(*key.split(":"), number, facts["drug"], facts["source"]) for key, facts in rows]
        run_many(_INSERT, told)

    def update(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Change what a code stands for, or where that is from."""
        run_many(
            _UPDATE, [(facts["drug"], facts["source"], *key.split(":")) for key, facts in rows]
        )

    def withdraw(self, codes: Sequence[str], day: date) -> None:
        """A code nobody lists any more is dropped: nothing refers to it."""
        run_many(
            "DELETE FROM product_code WHERE kind = ? AND code = ?",
            [tuple(key.split(":")) for key in codes],
        )


def _read(text) -> PackCode | str:
    """The code, or what is wrong with it."""
    try:
        code = read(text)
    except BadInput:
        return wording.NOT_READ
    return code if code.kind in _MAPPED else wording.IN_THE_DRUG_SHEET


def _key(code):
    return f"{code.kind}:{code.value if isinstance(code, PackCode) else code.code}"
