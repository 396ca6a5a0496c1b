"""The yardsticks: what anybody has in ten minutes from FTS5 trigram or Meilisearch as it comes."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import islice
from secrets import token_hex
from typing import NamedTuple

from meilisearch import Client

from backend import db
from bench.golden.judging import Item
from bench.meili import address

LONGEST_MS = 600_000

_DRUGS = """
SELECT code, core, generic_name, dosage_form, strength, pack, pack_qty, manufacturer, brand
FROM drug WHERE withdrawn_on IS NULL ORDER BY id
"""
_BRANDS = "SELECT core, name FROM alias"
_ASK = "SELECT code FROM drugs WHERE drugs MATCH ? ORDER BY rank LIMIT ?"

Find = Callable[[str, int], list[str]]


class Product(NamedTuple):
    """A drug, and what is written down to find it by: name, brands, firm, strength and pack."""

    item: Item
    words: tuple[str, str, str, str]


def products() -> dict[str, Product]:
    """Every drug of the open house by its code."""
    brands = defaultdict(list)
    for core, name in db.run(_BRANDS).fetchall():
        brands[core].append(name)
    found = {}
    for code, core, name, form, strength, pack, count, firm, brand in db.run(_DRUGS).fetchall():
        named = " ".join(dict.fromkeys(filter(None, (brand, *brands[core]))))
        spec = f"{strength} {pack}"
        item = Item(core, name, form, spec, count, firm)
        found[code] = Product(item, (name, named, firm, spec))
    return found


@contextmanager
def trigram(products: Mapping[str, Product]) -> Iterator[Find]:
    """FTS5 with the trigram tokenizer, best bm25 first; each word of the question quoted."""
    with closing(sqlite3.connect(":memory:")) as line:
        line.execute(
            "CREATE VIRTUAL TABLE drugs USING fts5"
            " (code UNINDEXED, name, brands, firm, spec, tokenize='trigram')"
        )
        rows = ((code, *one.words) for code, one in products.items())
        line.executemany("INSERT INTO drugs VALUES (?, ?, ?, ?, ?)", rows)

        def find(words: str, most: int) -> list[str]:
            quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
            return [code for (code,) in line.execute(_ASK, (quoted, most))] if quoted else []

        yield find


@contextmanager
def meili(products: Mapping[str, Product]) -> Iterator[Find]:
    """A Meilisearch index with default settings, deleted after."""
    at = address()
    if not at:
        raise RuntimeError("TEST_MEILI_URL 没有给出。")
    client, name = Client(at.url, at.key, timeout=120), f"golden_{token_hex(4)}_bare"
    try:
        _fill(client, name, products)
        index = client.index(name)
        yield lambda words, most: [
            hit["code"] for hit in index.search(words, {"limit": most})["hits"]
        ]
    finally:
        client.wait_for_task(client.delete_index(name).task_uid, LONGEST_MS, 50)


def _fill(client, name, products):
    rows = (
        dict(zip(("code", "name", "brands", "firm", "spec"), (code, *one.words), strict=True))
        for code, one in products.items()
    )
    while batch := list(islice(rows, 5_000)):
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in batch)
        task = client.index(name).add_documents_ndjson(lines.encode(), "code")
        done = client.wait_for_task(task.task_uid, LONGEST_MS, 50)
        if done.status != "succeeded":
            raise RuntimeError(f"Meilisearch: {done.error}")
