"""The intake of other names: brands and what people call a drug."""

from collections.abc import Iterable, Sequence
from datetime import date

from backend.catalog import naming
from backend.catalog.indexing import codes_of_cores
from backend.catalog.models import Alias
from backend.catalog.sheets import ALIASES
from backend.codes import own_code
from backend.db import run_many
from backend.indexing.notes import note
from backend.intake.kinds import Tell
from backend.intake.lists import ListKind, ListStager
from backend.intake.models import Delivery
from backend.sheets.reading import Problem, Row

_COLUMNS = ("name", "kind", "generic_name", "core", "manufacturer", "disease", "source")
_NAMED = ("name", "generic_name", "manufacturer")
_INSERT = f"INSERT INTO alias (born, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"
_UPDATE = f"UPDATE alias SET {', '.join(f'{c} = ?' for c in _COLUMNS)} WHERE id = ?"


class AliasesKind(ListKind):
    """Sheets of other names: one row per name, drug and firm."""

    key = "aliases"
    form = ALIASES

    def __init__(self, *, tell: Tell) -> None:
        self.tell = tell

    def gather(self, stager: ListStager, row: Row) -> list[Problem]:
        """A name is what it names; the same row twice says nothing new."""
        facts = {c: row.values.get(c) or "" for c in _COLUMNS}
        facts["kind"] = facts["kind"] or "商品名"
        facts["core"] = naming.core(facts["generic_name"])
        code = own_code("N", *(facts[c] for c in _NAMED))
        stager.gathered.setdefault(code, {"row": row.number, **facts})
        return []

    def published(self, codes: Sequence[str]) -> dict[str, dict]:
        """The published facts of these names."""
        wanted = set(codes)
        return {code: facts for code, _, facts in _published() if code in wanted}

    def codes_in_force(self) -> Iterable[str]:
        """Every published name."""
        return [code for code, _, _ in _published()]

    def insert(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Write new names."""
        run_many(_INSERT, [(number, *_values(facts)) for _, facts in rows])

    def update(self, rows: Sequence[tuple[str, dict]], number: int) -> None:
        """Change how a name is written and what is told of it."""
        ids = {code: id_ for code, id_, _ in _published()}
        run_many(_UPDATE, [(*_values(facts), ids[code]) for code, facts in rows])

    def withdraw(self, codes: Sequence[str], day: date) -> None:
        """A name nobody lists any more is dropped: nothing refers to it."""
        gone = set(codes)
        run_many(
            "DELETE FROM alias WHERE id = ?",
            [(id_,) for code, id_, _ in _published() if code in gone],
        )

    def flip(self, delivery: Delivery) -> None:
        """Change what is published; names belong to drugs, which the index must be told anew."""
        super().flip(delivery)
        cores = {facts["core"] for facts in self.touched_facts(delivery)}
        note("drugs", codes_of_cores(cores), number=delivery.number)


def _published():
    rows = Alias.seen().dicts()
    for row in rows:
        yield own_code("N", *(row[c] for c in _NAMED)), row["id"], {c: row[c] for c in _COLUMNS}


def _values(facts):
    return tuple(facts[column] for column in _COLUMNS)
