"""A town of a few outlets and drugs, and what the index knows of them."""

from datetime import timedelta

from backend import db
from backend.outside import outside
from backend.prices.indexing import sources
from search import Document, Query, SearchError
from tests.makers import drug, outlet, price


def stock(folder):
    """One drug, won at 3.40, at two outlets: at the winning price and above it."""
    one = drug(folder)
    for code, asked in (("A1", "3.40"), ("A2", "5.00")):
        outlet(folder, 定点编码=code, 机构名称=f"演示{code}")
        price(folder, one, 定点编码=code, 价格=asked)
    return one


def found(**where):
    """The outlets the index finds with these facts."""
    return sorted(outside.index.find(Query("", kind="outlets", where=where)).ids)


def names(words, kind="drugs"):
    """What the index finds by words."""
    return outside.index.find(Query(words, kind=kind)).ids


def notes():
    """What is noted: (kind, code), in the order of the notes."""
    rows = db.run("SELECT kind, code FROM index_change WHERE told = 0 ORDER BY id").fetchall()
    return [tuple(row) for row in rows]


def source(kind="outlets"):
    """Where the documents of a kind come from."""
    return sources()[kind]


class Unwilling:
    """An engine that takes nothing while it is told not to; beyond that it is another one."""

    def __init__(self, engine):
        self.engine, self.away = engine, False

    def put(self, documents: list[Document]) -> None:
        """Take documents, or not."""
        if self.away:
            raise SearchError("away")
        self.engine.put(documents)

    def __getattr__(self, name):
        return getattr(self.engine, name)


def later(**span):
    """Let so much time pass."""
    outside.clock.moment += timedelta(**span)
