"""Datasette opens the file as a reader would: tables, facets, what each column means."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from datasette.app import Datasette

from backend.opendata.shapes import tables


@pytest.fixture(scope="module")
def get(published):
    """get(path) → (status, text) of a Datasette that serves the demonstration's data."""
    metadata = json.loads((published / "metadata.json").read_text(encoding="utf-8"))
    served = Datasette([str(published / "sanjin.db")], metadata=metadata)

    # In a thread of its own: a browser that some other test left open runs a loop in this one.
    with ThreadPoolExecutor(1) as beside:

        def ask(path):
            answer = beside.submit(lambda: asyncio.run(served.client.get(path))).result()
            return answer.status_code, answer.text

        yield ask


def test_the_title_and_the_licence_stand_in_front(get):
    status, page = get("/sanjin")
    assert status == 200
    for words in ("三进通开放数据", "演示", "由市医疗保障局决定"):
        assert words in page


@pytest.mark.parametrize("table", tables().values(), ids=lambda table: table.name)
def test_every_table_opens_and_says_what_its_columns_are(get, table):
    status, page = get(f"/sanjin/{table.name}")
    assert status == 200
    assert table.title in page
    assert table.columns[0].about in page


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("price", "verdict", "compliant"), ("outlet", "district", "210102"),
     ("outlet", "badge", "active"), ("edition_entry", "list", "outlets")],
)  # fmt: skip
def test_facets_count(get, table, column, value):
    status, text = get(f"/sanjin/{table}.json?_facet={column}&_size=1")
    found = json.loads(text)["facet_results"]
    found = found.get("results", found)[column]["results"]
    counts = {str(one["value"]): one["count"] for one in found}
    assert (status, counts[value] > 0) == (200, True)


def test_a_row_leads_to_what_it_refers_to(get):
    status, page = get("/sanjin/price?_size=1")
    assert status == 200
    assert 'href="/sanjin/outlet/DEMO' in page
